#include "personal/personal.hpp"

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "personal/errors.hpp"
#include "personal/personal_rules.hpp"
#include "registry/identifiers.hpp"
#include "store/numbering.hpp"

namespace pitchblende::personal {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

constexpr int64_t k_listed = 12;

using store::id_at;
using store::number;

Claim::State state_of(std::string_view text) {
  return text == "confirmed" ? Claim::State::confirmed
         : text == "refused" ? Claim::State::refused
                             : Claim::State::asked;
}

std::string_view word(Claim::State state) {
  return state == Claim::State::confirmed ? "confirmed" : state == Claim::State::refused ? "refused" : "asked";
}

Result<int64_t> count(Transaction& db, std::string_view table, int64_t account) {
  int64_t rows = 0;
  TRY(db.query("SELECT count(*) FROM " + std::string(table) + " WHERE account = ?", {account},
               [&](const Row& row) { rows = row.integer(0); }));
  return rows;
}

}  // namespace

Result<std::optional<Claim>> Personal::claim_of(Connection& db, int64_t account) const {
  std::optional<Claim> found;
  TRY(db.query("SELECT entity, state, made FROM claim WHERE account = ?", {account}, [&](const Row& row) {
    found = Claim{account, id_at(row, 0), state_of(row.text(1)), std::string(row.text(2))};
  }));
  return found;
}

Result<Shelf> Personal::shelf(int64_t account) const {
  return m_store.read([&](Connection& db) -> Result<Shelf> {
    Shelf out;
    TRY(db.query("SELECT entity FROM favourite WHERE account = ? ORDER BY since DESC, entity", {account},
                 [&](const Row& row) { out.favourites.push_back(id_at(row, 0)); }));
    TRY(db.query("SELECT entity FROM recently_seen WHERE account = ? AND at > ? ORDER BY at DESC, entity LIMIT ?",
                 {account, m_clock.text_in(-std::chrono::hours(24 * k_seen_days)), k_listed},
                 [&](const Row& row) { out.seen.push_back(id_at(row, 0)); }));
    TRY(db.query("SELECT id, label, address FROM quick_link WHERE account = ? ORDER BY id", {account},
                 [&](const Row& row) {
                   out.links.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2))});
                 }));
    TRY(
        db.query("SELECT id, name, address, every, made, told, revision FROM saved_search WHERE account = ? "
                 "ORDER BY id",
                 {account}, [&](const Row& row) {
                   out.searches.push_back({row.integer(0), account, std::string(row.text(1)), std::string(row.text(2)),
                                           every_of(row.text(3)).value_or(Every::never), std::string(row.text(4)),
                                           std::string(row.text(5)), row.integer(6)});
                 }));
    TRY(db.query("SELECT remembers FROM personal_setting WHERE account = ?", {account},
                 [&](const Row& row) { out.remembers = row.integer(0) != 0; }));
    TRY_ASSIGN(out.claim, claim_of(db, account));
    return out;
  });
}

Result<bool> Personal::is_favourite(int64_t account, Id thing) const {
  bool found = false;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT 1 FROM favourite WHERE account = ? AND entity = ?", {account, number(thing)},
                    [&](const Row&) { found = true; });
  }));
  return found;
}

Result<void> Personal::keep(int64_t account, Id thing, Keep keep) const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    if (keep == Keep::no) {
      TRY(db.execute("DELETE FROM favourite WHERE account = ? AND entity = ?", {account, number(thing)}));
      return {};
    }
    TRY_ASSIGN(const int64_t there, count(db, "favourite", account));
    if (there >= static_cast<int64_t>(k_most_favourites)) {
      return fail(errors::many, std::to_string(k_most_favourites));
    }
    TRY(
        db.execute("INSERT INTO favourite (account, entity, since) VALUES (?, ?, ?) "
                   "ON CONFLICT (account, entity) DO NOTHING",
                   {account, number(thing), m_clock.now_text()}));
    return {};
  });
}

void Personal::note_seen(int64_t account, Id thing) const {
  const std::string now = m_clock.now_text();
  static_cast<void>(m_store.write_later([account, thing, now](Transaction& db) -> Result<void> {
    bool remembers = true;
    TRY(db.query("SELECT remembers FROM personal_setting WHERE account = ?", {account},
                 [&](const Row& row) { remembers = row.integer(0) != 0; }));
    if (remembers) {
      TRY(
          db.execute("INSERT INTO recently_seen (account, entity, at) SELECT id, ?, ? FROM account WHERE id = ? "
                     "ON CONFLICT (account, entity) DO UPDATE SET at = excluded.at",
                     {number(thing), std::string_view(now), account}));
    }
    return {};
  }));
}

Result<void> Personal::add_link(int64_t account, const QuickLink& link) const {
  const std::string address = link_address(link.address);
  const std::string label = squeeze(link.label);
  if (label.empty() || label.size() > 200) {
    return fail(errors::label);
  }
  if (address.empty()) {
    return fail(errors::address, beginning(link.address, 100));
  }
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(const int64_t there, count(db, "quick_link", account));
    if (there >= static_cast<int64_t>(k_most_links)) {
      return fail(errors::many, std::to_string(k_most_links));
    }
    TRY_ASSIGN(const int64_t id, store::next_id(db, "quick_link"));
    TRY(
        db.execute("INSERT INTO quick_link (id, account, label, address) VALUES (?, ?, ?, ?) "
                   "ON CONFLICT (account, address) DO UPDATE SET label = excluded.label",
                   {id, account, label, address}));
    return {};
  });
}

Result<void> Personal::remove_link(int64_t account, int64_t link) const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("DELETE FROM quick_link WHERE account = ? AND id = ?", {account, link}));
    return {};
  });
}

Result<void> Personal::set_remembers(Transaction& transaction, int64_t account, Keep keep) const {
  TRY(
      transaction.execute("INSERT INTO personal_setting (account, remembers) VALUES (?, ?) "
                          "ON CONFLICT (account) DO UPDATE SET remembers = excluded.remembers",
                          {account, int64_t{keep == Keep::yes}}));
  if (keep == Keep::no) {
    TRY(transaction.execute("DELETE FROM recently_seen WHERE account = ?", {account}));
  }
  return {};
}

Result<std::optional<Id>> Personal::card_of(const access::Actor& actor, const registry::Registry& registry) const {
  TRY_ASSIGN(const std::optional<Id> by_email, registry.find(registry::reference("email", actor.email)));
  if (by_email) {
    TRY_ASSIGN(const auto found, registry.find(*by_email, access::Viewer::everything()));
    if (found.card && found.card->kind == registry::Kind::person) {
      return std::optional<Id>(found.id);
    }
  }
  std::optional<Claim> claim;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    TRY_ASSIGN(claim, claim_of(db, actor.account));
    return {};
  }));
  if (!claim || claim->state != Claim::State::confirmed) {
    return std::optional<Id>{};
  }
  return registry.current(claim->card);
}

Result<std::map<int64_t, Id>> Personal::claimed_by(const std::vector<int64_t>& accounts) const {
  store::Rows wanted{{"account", store::ColumnType::integer}};
  for (const int64_t account : accounts) {
    wanted.add(account);
  }
  std::map<int64_t, Id> out;
  if (!wanted.empty()) {
    TRY(m_store.read([&](Connection& db) {
      return db.lookup(
          "SELECT c.account, c.entity FROM {rows} r JOIN claim c ON c.account = r.account WHERE c.state = 'confirmed'",
          wanted, [&](const Row& row) { out.emplace(row.integer(0), id_at(row, 1)); });
    }));
  }
  return out;
}

Result<void> Personal::claim(int64_t account, Id card) const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    bool taken = false;
    TRY(db.query("SELECT 1 FROM claim WHERE entity = ? AND account <> ? AND state = 'confirmed'",
                 {number(card), account}, [&](const Row&) { taken = true; }));
    if (taken) {
      return fail(errors::claimed);
    }
    TRY(
        db.execute("INSERT INTO claim (account, entity, state, made, judged, judged_by) "
                   "VALUES (?, ?, 'asked', ?, '', 0) ON CONFLICT (account) DO UPDATE SET entity = excluded.entity, "
                   "state = 'asked', made = excluded.made, judged = '', judged_by = 0",
                   {account, number(card), m_clock.now_text()}));
    return {};
  });
}

Result<std::vector<Claim>> Personal::claims() const {
  std::vector<Claim> out;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT account, entity, state, made FROM claim WHERE state = 'asked' ORDER BY made, account", {},
                    [&](const Row& row) {
                      out.push_back({row.integer(0), id_at(row, 1), state_of(row.text(2)), std::string(row.text(3))});
                    });
  }));
  return out;
}

Result<void> Personal::judge(Transaction& transaction, int64_t account, Claim::State state, int64_t by) const {
  TRY_ASSIGN(const int64_t changed,
             transaction.execute("UPDATE claim SET state = ?, judged = ?, judged_by = ? WHERE account = ? AND "
                                 "state = 'asked'",
                                 {word(state), m_clock.now_text(), by, account}));
  return changed == 0 ? Result<void>(fail(errors::unknown)) : Result<void>();
}

Result<void> Personal::forget_old() const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("DELETE FROM recently_seen WHERE at <= ?",
                   {m_clock.text_in(-std::chrono::hours(24 * k_seen_days))}));
    return {};
  });
}

access::Holding Personal::holding() const {
  const auto told = [&store = m_store](const access::Subject& subject) -> Result<std::vector<access::Held>> {
    std::vector<access::Held> out;
    const auto add = [&](std::string what, const std::vector<std::string>& columns,
                         std::string_view sql) -> Result<void> {
      TRY_ASSIGN(access::Held table, access::held(store, std::move(what), columns, sql, {subject.account}));
      out.push_back(std::move(table));
      return {};
    };
    TRY(add("favourites", {"@thing", "since"},
            "SELECT entity, since FROM favourite WHERE account = ? ORDER BY since, entity"));
    TRY(add("recently_seen", {"@thing", "at"}, "SELECT entity, at FROM recently_seen WHERE account = ? ORDER BY at"));
    TRY(add("quick_links", {"label", "address"},
            "SELECT label, address FROM quick_link WHERE account = ? ORDER BY id"));
    TRY(add("saved_searches", {"name", "address", "every", "made", "told"},
            "SELECT name, address, every, made, told FROM saved_search WHERE account = ? ORDER BY id"));
    TRY(add("claims", {"@thing", "state", "made", "judged"},
            "SELECT entity, state, made, judged FROM claim WHERE account = ?"));
    TRY_ASSIGN(access::Held wishes,
               access::held(store, "wishes", {"kind", "@thing", "made", "due", "state", "closed", "reason"},
                            "SELECT kind, entity, made, due, state, closed, reason FROM wish WHERE account = ? OR "
                            "(entity = ? AND entity <> 0) ORDER BY id",
                            {subject.account, number(subject.person)}));
    out.push_back(std::move(wishes));
    return out;
  };
  const auto forget = [](Transaction& db, const access::Subject& subject) -> Result<void> {
    TRY(db.execute("DELETE FROM told_thing WHERE search IN (SELECT id FROM saved_search WHERE account = ?)",
                   {subject.account}));
    for (const std::string_view table :
         {"favourite", "recently_seen", "quick_link", "saved_search", "personal_setting", "claim"}) {
      TRY(db.execute("DELETE FROM " + std::string(table) + " WHERE account = ?", {subject.account}));
    }
    TRY(db.execute("UPDATE wish SET reason = '' WHERE account = ? AND account <> 0", {subject.account}));
    for (const std::string_view table : {"favourite", "recently_seen", "told_thing", "claim"}) {
      TRY(db.execute("DELETE FROM " + std::string(table) + " WHERE entity = ?", {number(subject.person)}));
    }
    return {};
  };
  return {"personal",
          told,
          forget,
          {},
          {{"personal_setting", {"account"}},
           {"favourite", {"account", "entity"}},
           {"recently_seen", {"account", "entity"}, access::Term::month},
           {"quick_link", {"account", "label", "address"}},
           {"saved_search", {"account", "name", "address"}},
           {"told_thing", {"entity"}},
           {"claim", {"account", "entity"}},
           {"claim", {"judged_by"}, access::Term::erasure, access::Fate::number},
           {"wish", {"reason"}, access::Term::for_good, access::Fate::emptied},
           {"wish", {"account", "entity", "closed_by"}, access::Term::for_good, access::Fate::number},
           {"page_notice", {"entity"}, access::Term::for_good, access::Fate::number}}};
}

}  // namespace pitchblende::personal
