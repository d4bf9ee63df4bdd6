#include "insight/insight_store.hpp"
#include "store/numbering.hpp"

#include <algorithm>
#include <optional>

namespace pitchblende::insight::rows {

namespace {

using access::Visibility;
using registry::Kind;
using store::Row;
using store::Rows;

using store::id_at;
using store::number;

// Of a card at the end of a link: columns page, visibility.
bool is_seen(const Row& row, int page, Visibility reach) {
  return row.integer(page) == 1 && row.integer(page + 1) <= static_cast<int64_t>(reach);
}

}  // namespace

Result<std::vector<Id>> shown(store::Connection& db, Kind kind, Visibility reach) {
  std::vector<Id> out;
  TRY(db.query("SELECT id FROM card WHERE kind = ? AND page = 1 AND visibility <= ? ORDER BY id",
               {registry::name(kind), static_cast<int64_t>(reach)},
               [&](const Row& row) { out.push_back(id_at(row, 0)); }));
  return out;
}

Result<void> add_ties(store::Connection& db, Kind kind, std::span<const std::string_view> fields, Direction direction,
                      Visibility reach, std::vector<Tie>& out) {
  std::pair<int64_t, int64_t> last{-1, -1};
  bool last_stands = false;
  const auto take_last_back = [&] {
    if (last_stands) {
      out.pop_back();
      last_stands = false;
    }
  };
  return db.query(
      "SELECT l.source, l.ordinal, l.field, i.entity, l.since, l.until, COALESCE(t.page, 0), COALESCE(t.visibility, "
      "9), "
      "t.kind FROM card f JOIN link l ON l.source = f.id JOIN identifier i ON i.ref = l.ref LEFT JOIN card t ON t.id = "
      "i.entity WHERE f.kind = ? AND f.page = 1 AND f.visibility <= ? AND l.visibility <= ? ORDER BY l.source, "
      "l.ordinal",
      {registry::name(kind), static_cast<int64_t>(reach), static_cast<int64_t>(reach)}, [&](const Row& row) {
        const std::pair here{row.integer(0), row.integer(1)};
        if (here == last) {
          take_last_back();  // a second thing has that name
          return;
        }
        last = here;
        last_stands = false;
        if (!is_seen(row, 6, reach) || std::ranges::find(fields, row.text(2)) == fields.end()) {
          return;
        }
        Tie tie{id_at(row, 0),
                id_at(row, 3),
                kind,
                registry::kind(row.text(8)).value_or(Kind::person),
                std::string(row.text(4)),
                std::string(row.text(5))};
        if (direction == Direction::turned) {
          std::swap(tie.from, tie.to);
          std::swap(tie.from_kind, tie.to_kind);
        }
        out.push_back(std::move(tie));
        last_stands = true;
      });
}

Result<std::unordered_map<std::string, Target>> targets(store::Connection& db, const std::vector<std::string>& refs,
                                                        Visibility reach) {
  Rows rows{{"ref"}};
  for (const std::string& ref : refs) {
    rows.add(ref);
  }
  std::unordered_map<std::string, std::optional<Target>> found;
  TRY(db.lookup(
      "SELECT q.ref, i.entity, COALESCE(t.page, 0), COALESCE(t.visibility, 9), t.kind FROM {rows} q JOIN "
      "identifier i ON i.ref = q.ref LEFT JOIN card t ON t.id = i.entity",
      rows, [&](const Row& row) {
        const auto [at, is_first] = found.try_emplace(std::string(row.text(0)));
        at->second = is_first && is_seen(row, 2, reach)
                         ? std::optional(Target{id_at(row, 1), registry::kind(row.text(4)).value_or(Kind::person)})
                         : std::nullopt;
      }));
  std::unordered_map<std::string, Target> out;
  for (auto& [ref, target] : found) {
    if (target) {
      out.emplace(ref, *target);
    }
  }
  return out;
}

Result<void> cards(store::Connection& db, std::span<const Id> ids, const access::Viewer& viewer,
                   const OnCard& on_card) {
  Rows rows{{"id", store::ColumnType::integer}};
  for (const Id id : ids) {
    rows.add(number(id));
  }
  Result<void> decoded;
  TRY(db.lookup("SELECT c.id, c.kind, c.body FROM {rows} q JOIN card c ON c.id = q.id WHERE c.page = 1", rows,
                [&](const Row& row) {
                  auto card = registry::decode_card(id_at(row, 0), registry::kind(row.text(1)).value_or(Kind::person),
                                                    row.text(2));
                  if (!card) {
                    decoded = tl::unexpected(card.error());
                  } else if (auto seen = registry::seen_by(std::move(*card), viewer)) {
                    on_card(std::move(*seen), row.text(2).size());
                  }
                }));
  return decoded;
}

Result<std::unordered_map<int64_t, std::vector<Id>>> named(store::Connection& db, Kind kind,
                                                           const std::vector<int64_t>& records) {
  Rows rows{{"record", store::ColumnType::integer}};
  for (const int64_t record : records) {
    rows.add(record);
  }
  std::unordered_map<int64_t, std::vector<Id>> out;
  std::unordered_map<int64_t, int64_t> printed;  // how many names the record prints now: it printed others before
  Result<void> decoded;
  TRY(
      db.lookup("SELECT q.record, a.entity, a.part, r.key, v.payload FROM {rows} q JOIN assignment a ON a.record = "
                "q.record AND a.part > 0 JOIN card c ON c.id = a.entity AND c.page = 1 JOIN record r ON r.id = "
                "q.record JOIN version v ON v.id = r.version",
                rows, [&](const Row& row) {
                  const auto [at, is_new] = printed.try_emplace(row.integer(0), 0);
                  if (is_new) {
                    const auto record = registry::decode(kind, row.text(3), row.text(4));
                    if (!record) {
                      decoded = tl::unexpected(record.error());
                      return;
                    }
                    at->second = std::ranges::count_if(record->values, [](const auto& value) {
                      return registry::description(value.first).type == registry::FieldType::mention;
                    });
                  }
                  if (row.integer(2) <= at->second) {
                    out[row.integer(0)].push_back(id_at(row, 1));
                  }
                }));
  TRY(decoded);
  return out;
}

}  // namespace pitchblende::insight::rows
