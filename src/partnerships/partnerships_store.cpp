#include "partnerships/partnerships_store.hpp"

#include <array>
#include <unordered_map>

#include "partnerships/partnerships_rules.hpp"
#include "store/numbering.hpp"

namespace pitchblende::partnerships::rows {

namespace {

using access::Visibility;
using store::Connection;
using store::Row;
using store::Transaction;

struct Part {
  std::string_view name;
  std::vector<Id> Draft::*ids;
};
constexpr std::array<Part, 3> k_parts{
    {{"party", &Draft::parties}, {"person", &Draft::people}, {"area", &Draft::areas}}};

Visibility visibility(std::string_view name) {
  for (const Visibility each : {Visibility::everyone, Visibility::consortium, Visibility::institution}) {
    if (access::name(each) == name) {
      return each;
    }
  }
  return Visibility::owner;
}

// Names that are parties no more stay: what was published of them is to be withdrawn.
Result<void> put_named(Transaction& transaction, int64_t id, const std::vector<std::string>& names) {
  TRY(transaction.execute("UPDATE partnership_named SET place = -1 WHERE partnership = ?", {id}));
  int64_t place = 0;
  for (const std::string& each : names) {
    TRY(
        transaction.execute("INSERT INTO partnership_named (partnership, name, place) VALUES (?, ?, ?) "
                            "ON CONFLICT (partnership, name) DO UPDATE SET place = excluded.place",
                            {id, each, place++}));
  }
  return {};
}

Result<void> put_members(Transaction& transaction, int64_t id, const Draft& draft) {
  TRY(transaction.execute("DELETE FROM partnership_member WHERE partnership = ?", {id}));
  store::Rows rows{{"partnership", store::ColumnType::integer},
                   {"part", store::ColumnType::text},
                   {"entity", store::ColumnType::integer},
                   {"place", store::ColumnType::integer}};
  for (const Part& part : k_parts) {
    int64_t place = 0;
    for (const Id entity : draft.*part.ids) {
      rows.add(id).add(std::string(part.name)).add(static_cast<int64_t>(entity.bits())).add(place++);
    }
  }
  if (!rows.empty()) {
    TRY(
        transaction.bulk("INSERT INTO partnership_member (partnership, part, entity, place) SELECT partnership, part, "
                         "entity, place FROM {rows} WHERE true ON CONFLICT (partnership, part, entity) DO NOTHING",
                         rows));
  }
  return put_named(transaction, id, draft.named);
}

// "2024-01-01/2025-12-31"
std::string text_of(const std::optional<Period>& period) { return period ? period->starts + "/" + period->ends : ""; }

std::optional<Period> period_in(std::string_view text) {
  const size_t slash = text.find('/');
  return slash == std::string_view::npos
             ? std::nullopt
             : std::optional(Period{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))});
}

Partnership partnership_of(const Row& row) {
  Partnership out;
  out.id = row.integer(0);
  Draft& draft = out.draft;
  draft.title = row.text(1);
  draft.kind = kind(row.text(2)).value_or(Kind::other);
  out.stage = stage(row.text(3)).value_or(Stage::contact);
  draft.field = row.text(4);
  draft.starts = row.text(5);
  draft.ends = row.text(6);
  if (row.integer(7) >= 0) {
    draft.amount = row.integer(7);
  }
  draft.amount_seen = visibility(row.text(8));
  draft.shown = row.integer(9) == 0 ? Shown::no : Shown::yes;
  draft.description = row.text(10);
  draft.note = row.text(11);
  out.revision = row.integer(12);
  out.made = row.text(13);
  out.changed = row.text(14);
  out.card = Id(static_cast<uint64_t>(row.integer(15)));
  return out;
}

}  // namespace

Result<int64_t> add(Transaction& transaction, const Partnership& partnership) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "partnership"));
  const Draft& draft = partnership.draft;
  TRY(transaction.execute(
      "INSERT INTO partnership (id, title, kind, stage, field, starts, ends, amount, amount_seen, shown, description, "
      "note, revision, made, changed, stands_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
      {id, draft.title, name(draft.kind), name(partnership.stage), draft.field, draft.starts, draft.ends,
       draft.amount.value_or(-1), access::name(draft.amount_seen), int64_t{draft.shown == Shown::yes ? 1 : 0},
       draft.description, draft.note, partnership.made, partnership.changed,
       static_cast<int64_t>(partnership.card.bits())}));
  TRY(put_members(transaction, id, draft));
  return id;
}

Result<void> update(Transaction& transaction, const Partnership& partnership) {
  const Draft& draft = partnership.draft;
  TRY(transaction.execute(
      "UPDATE partnership SET title = ?, kind = ?, stage = ?, field = ?, starts = ?, ends = ?, amount = ?, "
      "amount_seen = ?, shown = ?, description = ?, note = ?, revision = revision + 1, changed = ? WHERE id = ?",
      {draft.title, name(draft.kind), name(partnership.stage), draft.field, draft.starts, draft.ends,
       draft.amount.value_or(-1), access::name(draft.amount_seen), int64_t{draft.shown == Shown::yes ? 1 : 0},
       draft.description, draft.note, partnership.changed, partnership.id}));
  return put_members(transaction, partnership.id, draft);
}

Result<void> put_event(Transaction& transaction, int64_t id, const Event& event) {
  TRY_ASSIGN(const int64_t number, store::next_id(transaction, "partnership_event"));
  TRY(transaction.execute(
      "INSERT INTO partnership_event (id, partnership, at, account, stage, note, renewed) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {number, id, event.at, event.account, event.stage ? name(*event.stage) : std::string_view(), event.note,
       text_of(event.renewed)}));
  return {};
}

Result<std::vector<Partnership>> read(Connection& connection, int64_t id, Id run_by) {
  const auto person = static_cast<int64_t>(run_by.bits());
  std::vector<Partnership> out;
  std::unordered_map<int64_t, size_t> places;
  TRY(
      connection.query("SELECT id, title, kind, stage, field, starts, ends, amount, amount_seen, shown, description, "
                       "note, revision, made, changed, stands_for FROM partnership WHERE (? = 0 OR id = ?) AND (? = 0 "
                       "OR id IN (SELECT partnership "
                       "FROM partnership_member WHERE part = 'person' AND entity = ?)) ORDER BY changed DESC, "
                       "id DESC",
                       {id, id, person, person}, [&](const Row& row) {
                         places.emplace(row.integer(0), out.size());
                         out.push_back(partnership_of(row));
                       }));
  TRY(connection.query(
      "SELECT partnership, part, entity FROM partnership_member WHERE (? = 0 OR partnership = ?) AND (? = 0 OR "
      "partnership IN (SELECT partnership FROM partnership_member WHERE part = 'person' AND entity = ?)) "
      "ORDER BY partnership, part, place",
      {id, id, person, person}, [&](const Row& row) {
        const auto at = places.find(row.integer(0));
        for (const Part& part : k_parts) {
          if (at != places.end() && row.text(1) == part.name) {
            (out[at->second].draft.*part.ids).emplace_back(static_cast<uint64_t>(row.integer(2)));
          }
        }
      }));
  TRY(connection.query(
      "SELECT partnership, name FROM partnership_named WHERE place >= 0 AND (? = 0 OR partnership = ?) "
      "ORDER BY partnership, place",
      {id, id}, [&](const Row& row) {
        const auto at = places.find(row.integer(0));
        if (at != places.end()) {
          out[at->second].draft.named.emplace_back(row.text(1));
        }
      }));
  return out;
}

Result<std::vector<Naming>> namings(Connection& connection) {
  std::vector<Naming> out;
  TRY(connection.query(
      "SELECT n.partnership, n.name, n.place, p.shown, p.stage FROM partnership_named n JOIN partnership p ON "
      "p.id = n.partnership ORDER BY n.partnership, n.name",
      {}, [&](const Row& row) {
        Partnership of;
        of.draft.shown = row.integer(3) == 0 ? Shown::no : Shown::yes;
        of.stage = stage(row.text(4)).value_or(Stage::contact);
        out.push_back({row.integer(0), std::string(row.text(1)), row.integer(2) >= 0 && is_published(of)});
      }));
  return out;
}

Result<int64_t> standing_for(Connection& connection, Id card) {
  int64_t out = 0;
  TRY(connection.query("SELECT id FROM partnership WHERE stands_for = ? AND stands_for <> 0",
                       {static_cast<int64_t>(card.bits())}, [&](const Row& row) { out = row.integer(0); }));
  return out;
}

Result<int64_t> begun_with(Connection& connection, int64_t request) {
  int64_t out = 0;
  TRY(connection.query("SELECT partnership FROM partnership_request WHERE request = ?", {request},
                       [&](const Row& row) { out = row.integer(0); }));
  return out;
}

Result<int64_t> request_of(Connection& connection, int64_t partnership) {
  int64_t out = 0;
  TRY(connection.query("SELECT request FROM partnership_request WHERE partnership = ?", {partnership},
                       [&](const Row& row) { out = row.integer(0); }));
  return out;
}

Result<void> put_request(Transaction& transaction, int64_t request, int64_t partnership) {
  TRY(transaction.execute("INSERT INTO partnership_request (request, partnership) VALUES (?, ?)",
                          {request, partnership}));
  return {};
}

Result<std::vector<Event>> events(Connection& connection, int64_t id) {
  std::vector<Event> out;
  TRY(connection.query(
      "SELECT at, account, stage, note, renewed FROM partnership_event WHERE partnership = ? ORDER BY id", {id},
      [&](const Row& row) {
        out.push_back({std::string(row.text(0)), row.integer(1), stage(row.text(2)), std::string(row.text(3)),
                       period_in(row.text(4))});
      }));
  return out;
}

}  // namespace pitchblende::partnerships::rows
