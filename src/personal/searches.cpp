#include "personal/searches.hpp"

#include <chrono>
#include <cstdlib>
#include <unordered_set>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "personal/errors.hpp"
#include "personal/personal_rules.hpp"
#include "store/numbering.hpp"

namespace pitchblende::personal {

namespace {

using store::Connection;
using store::Row;
using store::Rows;
using store::Transaction;

using store::number;

SavedSearch search_at(const Row& row) {
  return {row.integer(0),
          row.integer(1),
          std::string(row.text(2)),
          std::string(row.text(3)),
          every_of(row.text(4)).value_or(Every::never),
          std::string(row.text(5)),
          std::string(row.text(6)),
          row.integer(7)};
}

constexpr std::string_view k_columns =
    "SELECT id, account, name, address, every, made, told, revision FROM saved_search ";

Result<std::string> checked_name(std::string_view text) {
  std::string name = squeeze(text);
  if (name.empty() || name.size() > 200) {
    return fail(errors::label);
  }
  return name;
}

Rows told_rows(int64_t search, const std::vector<Id>& things) {
  Rows rows{{"search", store::ColumnType::integer}, {"entity", store::ColumnType::integer}};
  for (const Id thing : things) {
    rows.add(search).add(number(thing));
  }
  return rows;
}

Result<void> tell(Transaction& db, int64_t search, const std::vector<Id>& things) {
  TRY(
      db.bulk("INSERT INTO told_thing (search, entity) SELECT search, entity FROM {rows} AS q WHERE true "
              "ON CONFLICT (search, entity) DO NOTHING",
              told_rows(search, things)));
  return {};
}

}  // namespace

std::string next_look(std::string_view now, Every every) {
  namespace chrono = std::chrono;
  constexpr std::string_view k_hour = "T05:00:00Z";
  const std::string text(now);
  const chrono::year_month_day today{chrono::year(std::atoi(text.substr(0, 4).c_str())),
                                     chrono::month(static_cast<unsigned>(std::atoi(text.substr(5, 2).c_str()))),
                                     chrono::day(static_cast<unsigned>(std::atoi(text.substr(8, 2).c_str())))};
  chrono::sys_days at = chrono::sys_days(today);
  if (text.substr(10) >= k_hour) {
    at += chrono::days(1);
  }
  while (every == Every::weekly && chrono::weekday(at) != chrono::Monday) {
    at += chrono::days(1);
  }
  const chrono::year_month_day then(at);
  const auto two = [](unsigned part) { return (part < 10 ? "0" : "") + std::to_string(part); };
  return std::to_string(static_cast<int>(then.year())) + "-" + two(static_cast<unsigned>(then.month())) + "-" +
         two(static_cast<unsigned>(then.day())) + std::string(k_hour);
}

Result<void> Searches::post_next(Transaction& transaction, int64_t search, Every every) const {
  const std::string of = std::to_string(search);
  return every == Every::never
             ? m_jobs.cancel(transaction, k_search_job, of)
             : m_jobs.post(transaction, {std::string(k_search_job), of, {}, next_look(m_clock.now_text(), every)});
}

// What is there when somebody begins to be written to is no news.
Result<void> Searches::tell_first(Transaction& transaction, int64_t search, const std::vector<Id>& found) const {
  TRY(transaction.execute("DELETE FROM told_thing WHERE search = ?", {search}));
  return tell(transaction, search, found);
}

Result<int64_t> Searches::save(const SavedSearch& search, const std::vector<Id>& found) const {
  TRY_ASSIGN(const std::string name_of, checked_name(search.name));
  const std::string address = search_address(search.address);
  if (address.empty()) {
    return fail(errors::search, beginning(search.address, 100));
  }
  return m_store.write([&](Transaction& db) -> Result<int64_t> {
    int64_t id = 0;
    int64_t there = 0;
    TRY(db.query("SELECT count(*) FROM saved_search WHERE account = ?", {search.account},
                 [&](const Row& row) { there = row.integer(0); }));
    TRY(db.query("SELECT id FROM saved_search WHERE account = ? AND address = ?", {search.account, address},
                 [&](const Row& row) { id = row.integer(0); }));
    if (id == 0 && there >= static_cast<int64_t>(k_most_searches)) {
      return fail(errors::many, std::to_string(k_most_searches));
    }
    if (id == 0) {
      TRY_ASSIGN(id, store::next_id(db, "saved_search"));
      TRY(
          db.execute("INSERT INTO saved_search (id, account, name, address, every, made, told, revision) "
                     "VALUES (?, ?, ?, ?, ?, ?, '', 1)",
                     {id, search.account, name_of, address, name(search.every), m_clock.now_text()}));
    } else {
      TRY(db.execute("UPDATE saved_search SET name = ?, every = ?, revision = revision + 1 WHERE id = ?",
                     {name_of, name(search.every), id}));
    }
    TRY(tell_first(db, id, search.every == Every::never ? std::vector<Id>() : found));
    TRY(post_next(db, id, search.every));
    return id;
  });
}

Result<void> Searches::change(const SavedSearch& search, const std::vector<Id>& found) const {
  TRY_ASSIGN(const std::string name_of, checked_name(search.name));
  return m_store.write([&](Transaction& db) -> Result<void> {
    std::optional<SavedSearch> there;
    TRY(db.query(std::string(k_columns) + "WHERE id = ? AND account = ?", {search.id, search.account},
                 [&](const Row& row) { there = search_at(row); }));
    if (!there) {
      return fail(errors::unknown);
    }
    if (there->revision != search.revision) {
      return fail(errors::changed);
    }
    TRY(db.execute("UPDATE saved_search SET name = ?, every = ?, revision = revision + 1 WHERE id = ?",
                   {name_of, name(search.every), search.id}));
    if ((there->every == Every::never) != (search.every == Every::never)) {
      TRY(tell_first(db, search.id, search.every == Every::never ? std::vector<Id>() : found));
    }
    return post_next(db, search.id, search.every);
  });
}

Result<void> Searches::remove(int64_t account, int64_t search) const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(const int64_t gone,
               db.execute("DELETE FROM saved_search WHERE id = ? AND account = ?", {search, account}));
    if (gone == 0) {
      return fail(errors::unknown);
    }
    TRY(tell_first(db, search, {}));
    return post_next(db, search, Every::never);
  });
}

Result<void> Searches::stop_letters(int64_t search) const {
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE saved_search SET every = 'never', revision = revision + 1 WHERE id = ? AND every <> 'never'",
                   {search}));
    TRY(tell_first(db, search, {}));
    return post_next(db, search, Every::never);
  });
}

Result<std::optional<SavedSearch>> Searches::find(int64_t search) const {
  std::optional<SavedSearch> found;
  TRY(m_store.read([&](Connection& db) {
    return db.query(std::string(k_columns) + "WHERE id = ?", {search}, [&](const Row& row) { found = search_at(row); });
  }));
  return found;
}

Result<std::vector<Id>> Searches::news(int64_t search, const std::vector<Id>& found) const {
  std::unordered_set<int64_t> told;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT entity FROM told_thing WHERE search = ?", {search},
                    [&](const Row& row) { told.insert(row.integer(0)); });
  }));
  std::vector<Id> out;
  for (const Id thing : found) {
    if (!told.contains(number(thing))) {
      out.push_back(thing);
    }
  }
  return out;
}

Result<bool> Searches::note_told(Transaction& transaction, int64_t search, const std::vector<Id>& told) const {
  Every every = Every::never;
  TRY(transaction.query("SELECT every FROM saved_search WHERE id = ?", {search},
                        [&](const Row& row) { every = every_of(row.text(0)).value_or(Every::never); }));
  if (every == Every::never) {
    return false;
  }
  TRY(tell(transaction, search, told));
  if (!told.empty()) {
    TRY(transaction.execute("UPDATE saved_search SET told = ? WHERE id = ?", {m_clock.now_text(), search}));
  }
  TRY(post_next(transaction, search, every));
  return true;
}

}  // namespace pitchblende::personal
