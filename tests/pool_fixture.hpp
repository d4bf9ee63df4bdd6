// A pool in a folder of its own, for tests: files in, cards and answers out, and what it holds as text to compare.
#pragma once

#include <gtest/gtest.h>

#include "made_up.hpp"
#include "pool/pool.hpp"

namespace pitchblende::tests {

// Opened anew as often as a test wants. `database` empty: SQLite in the folder.
class PoolPlace {
 public:
  explicit PoolPlace(std::string database = {}) : m_database(std::move(database)) { open(true); }

  void open(bool create = false) {
    pool.reset();
    store.reset();
    store::Options options;
    options.folder = folder.path();
    options.create = create;
    options.database = m_database;
    auto opened = store::Store::open(options);
    EXPECT_TRUE(opened) << opened.error().message();
    store = std::move(*opened);
    auto made = pool::Pool::open(*store, clock, {folder.path("index")});
    EXPECT_TRUE(made) << made.error().message();
    pool = std::move(*made);
  }

  static pool::SourceSettings source(const std::string& name, const std::string& format, sources::Mode mode) {
    pool::SourceSettings settings;
    settings.name = name;
    settings.format = format;
    settings.mode = mode;
    return settings;
  }

  pool::RunReport import(const pool::SourceSettings& settings, const std::string& text,
                         pool::ImportOptions options = {}) {
    auto report = pool->import(settings, {folder.write(settings.name + ".in", text)}, options, {});
    EXPECT_TRUE(report) << report.error().message();
    if (report) {
      EXPECT_EQ(report->accepted + report->rejected, report->read);
    }
    return report.value_or(pool::RunReport{});
  }

  pool::SettleReport settle() {
    auto report = pool->settle({});
    EXPECT_TRUE(report) << report.error().message();
    return report.value_or(pool::SettleReport{});
  }

  pool::RunReport import_pubmed(const std::string& articles, sources::Mode mode = sources::Mode::feed) {
    return import(source("pubmed", "pubmed", mode), pubmed_set(articles));
  }

  pool::RunReport import_ror() {
    auto report = pool->import(source("ror", "ror", sources::Mode::snapshot),
                               {std::string(PB_SOURCE_DIR) + "/tests/fixtures/ror/schema_2.jsonl"}, {}, {});
    EXPECT_TRUE(report) << report.error().message();
    return report.value_or(pool::RunReport{});
  }

  // Staff of an institution: CSV rows of id, family name, given names, ORCID, organisation.
  pool::RunReport import_staff(const std::string& institution, const std::string& rows,
                               pool::ImportOptions options = {}) {
    pool::SourceSettings settings = source(institution + "-staff", "people", sources::Mode::snapshot);
    settings.institution = institution;
    settings.trust = 60;
    return import(settings, "id,family name,given names,orcid,organisation,from\n" + rows, options);
  }

  pool::RunReport import_members(const std::string& rows) {
    return import(source("members", "organisations", sources::Mode::snapshot), "id,name,role,from\n" + rows);
  }

  // A member, and two of its people whose addresses are those of the accounts of tests: Dominique Zorgue, Camille
  // Zermatt.
  void import_two_people() {
    import_members("I1,Institut Demo,member,2007\n");
    pool::SourceSettings staff = source("demo-staff", "people", sources::Mode::snapshot);
    staff.institution = "demo";
    staff.republish = true;
    import(staff,
           "id,family name,given names,email,organisation,from\nP1,Zorgue,Dominique,dominique@example.org,Institut "
           "Demo,2015\nP2,Zermatt,Camille,camille@example.org,Institut Demo,2015\n");
    settle();
  }

  Id id_of(const std::string& ref) {
    const auto found = registry::Registry(*store).find(ref);
    EXPECT_TRUE(found && *found) << ref;
    return found && *found ? **found : Id();
  }

  registry::Found find(Id id, const access::Viewer& viewer = access::Viewer::everything()) {
    auto found = registry::Registry(*store).find(id, viewer);
    EXPECT_TRUE(found);
    return found.value_or(registry::Found{});
  }

  uint64_t found(const std::string& words) {
    search::Query query;
    query.words = words;
    const search::Answer answer = pool->index()->search(query, access::Viewer::visitor());
    return answer.relaxed ? 0 : answer.count;
  }

  // Everything that rebuild remakes, as text; and what is true, apart from times.
  std::string dump(const std::string& sql) const {
    std::string out;
    const auto read = store->read([&](store::Connection& db) {
      return db.query(sql, {}, [&](const store::Row& row) { out += std::string(row.text(0)) + '\n'; });
    });
    EXPECT_TRUE(read) << read.error().message();
    return out;
  }
  std::string derived() const {
    return dump("SELECT body FROM card ORDER BY id") +
           dump("SELECT ref || ' ' || entity FROM identifier ORDER BY ref, entity") +
           dump(
               "SELECT source || ' ' || ordinal || field || ref || role || since || until || visibility FROM link "
               "ORDER BY source, "
               "ordinal") +
           dump("SELECT hash || ' ' || record || ' ' || part FROM match_key ORDER BY hash, record, part");
  }
  std::string identity() const {
    return dump("SELECT record || '/' || part || ' ' || entity FROM assignment ORDER BY record, part") +
           dump("SELECT id || kind || coalesce(redirect, 0) FROM entity ORDER BY id");
  }

  Folder folder;
  FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::unique_ptr<store::Store> store;
  std::unique_ptr<pool::Pool> pool;

 private:
  std::string m_database;
};

}  // namespace pitchblende::tests
