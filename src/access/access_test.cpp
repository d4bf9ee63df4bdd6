#include "access/access.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

#include "../tests/postgresql.hpp"
#include "../tests/rules_table.hpp"
#include "access/errors.hpp"
#include "base/secret.hpp"

namespace pitchblende::access {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::chrono::system_clock::time_point begin_of_test() {
  return std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + hours(12);
}

class AccessTest : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "pitchblende_access_XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
    store::Options options;
    options.folder = m_folder;
    options.create = true;
    if (GetParam() == store::Dialect::postgresql) {
      if (!tests::PostgresqlServer::installed()) {
        GTEST_SKIP() << tests::PostgresqlServer::k_missing;
      }
      options.database = tests::PostgresqlServer::instance().new_database();
    }
    auto opened = store::Store::open(options);
    ASSERT_TRUE(opened) << opened.error().message();
    m_store = std::move(*opened);
    m_access = std::make_unique<Access>(*m_store, m_clock, "key of this test",
                                        Things{{}, [this](Id id) { return id == m_merged ? Id(7) : id; }});
  }
  void TearDown() override {
    m_access.reset();
    m_store.reset();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
  }

  Result<std::string> ask(const std::string& email, const std::string& browser, const std::string& peer = "192.0.2.1",
                          const std::string& next = {}) {
    std::string secret;
    TRY(m_access->ask_link({email, browser, "fr", next, peer},
                           [&](store::Transaction&, const Link&, std::string_view made) -> Result<void> {
                             secret = made;
                             return {};
                           }));
    return secret;
  }
  std::shared_ptr<const Actor> sign_in(const std::string& email, const std::string& browser = "browser") {
    const auto link = ask(email, browser + " of " + email);
    EXPECT_TRUE(link) << link.error().message();
    const auto opened = m_access->open_link(*link, browser + " of " + email, "Test/1", "192.0.2.1");
    EXPECT_TRUE(opened) << opened.error().message();
    return *m_access->actor(opened->session);
  }
  void execute(const std::string& sql) {
    const auto done = m_store->write([&](store::Transaction& transaction) -> Result<void> {
      TRY(transaction.execute(sql));
      return {};
    });
    ASSERT_TRUE(done) << done.error().message();
  }
  // As somebody would who owns the database.
  void take_guard_away() {
    const bool postgresql = GetParam() == store::Dialect::postgresql;
    for (const char* name : {"altered", "deleted", "replaced"}) {
      execute(postgresql ? "DROP TRIGGER IF EXISTS audit_append_only ON audit"
                         : "DROP TRIGGER audit_not_" + std::string(name));
    }
  }
  bool is_refused(const std::string& sql) {
    const auto done = m_store->write([&](store::Transaction& transaction) -> Result<void> {
      TRY(transaction.execute(sql));
      return {};
    });
    return !done && std::string_view(done.error().kind().code) == "STORE_CONSTRAINT";
  }
  std::vector<std::string> check() { return m_access->audit().check().value(); }
  int64_t count(const std::string& sql, const std::string& value) {
    int64_t out = -1;
    EXPECT_TRUE(m_store->read([&](store::Connection& db) {
      return db.query(sql, {value}, [&](const store::Row& row) { out = row.integer(0); });
    }));
    return out;
  }

  const Id m_merged = Id(77);  // went into 7
  std::string m_folder;
  FixedClock m_clock{begin_of_test()};
  std::unique_ptr<store::Store> m_store;
  std::unique_ptr<Access> m_access;
};

// Rules 5 and 6.
TEST_P(AccessTest, ALinkSignsInOnceInItsBrowser) {
  const std::string link = ask("Camille@Example.org", "here", "192.0.2.1", "/fr/team/1").value();
  EXPECT_EQ(m_access->look_at_link(link, "here")->email, "camille@example.org");
  EXPECT_TRUE(m_access->look_at_link(link, "elsewhere").error().is(errors::browser));
  EXPECT_TRUE(m_access->open_link(link, "", "a", "p").error().is(errors::browser));
  EXPECT_TRUE(m_access->open_link(link, "elsewhere", "a", "p").error().is(errors::browser));
  const auto opened = m_access->open_link(link, "here", "Test/1", "192.0.2.1");
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->next, "/fr/team/1");
  EXPECT_EQ((*m_access->actor(opened->session))->email, "camille@example.org");
  EXPECT_TRUE(m_access->open_link(link, "here", "a", "p").error().is(errors::link));
  EXPECT_EQ(*m_access->actor("0000"), nullptr);
  EXPECT_EQ(count("SELECT count(*) FROM sign_in_link WHERE token_hash = ?", link), 0);
  EXPECT_EQ(count("SELECT count(*) FROM session WHERE token_hash = ?", opened->session), 0);
}

TEST_P(AccessTest, ALinkOf15MinutesIsTooOld) {
  const std::string link = ask("camille@example.org", "here").value();
  m_clock.set(begin_of_test() + minutes(14) + std::chrono::seconds(59));
  EXPECT_TRUE(m_access->look_at_link(link, "here"));
  m_clock.set(begin_of_test() + minutes(15));
  EXPECT_TRUE(m_access->open_link(link, "here", "a", "p").error().is(errors::link));
}

// Two that open one link at the same moment: one comes in.
TEST_P(AccessTest, ALinkUsedTwiceAtOnceOpensOnce) {
  const std::string link = ask("camille@example.org", "here").value();
  std::atomic<int> opened = 0;
  std::vector<std::thread> threads;
  for (int at = 0; at < 8; ++at) {
    threads.emplace_back([&] { opened += m_access->open_link(link, "here", "a", "p") ? 1 : 0; });
  }
  for (std::thread& each : threads) {
    each.join();
  }
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(count("SELECT count(*) FROM session s JOIN account a ON a.id = s.account WHERE a.email = ?",
                  "camille@example.org"),
            1);
  EXPECT_TRUE(check().empty());
}

// Rule 7.
TEST_P(AccessTest, AskingIsSlowedDownButTheOwnerIsNot) {
  sign_in("owner@example.org");
  const auto refused = [&](const std::string& browser, const std::string& peer) {
    const auto asked = ask("owner@example.org", browser, peer);
    return !asked && asked.error().is(errors::often);
  };
  for (int at = 0; at < 5; ++at) {
    EXPECT_FALSE(refused("foreign", "203.0.113.9")) << at;
  }
  EXPECT_TRUE(refused("foreign", "203.0.113.9"));
  for (int at = 0; at < 30; ++at) {
    EXPECT_FALSE(refused("foreign", "203.0.113." + std::to_string(10 + at))) << "each one's first";
  }
  EXPECT_TRUE(refused("foreign", "203.0.113.10")) << "a second, after 20 of all together";
  EXPECT_FALSE(refused("a new one of his", "198.51.100.1"));
  for (int at = 0; at < 100; ++at) {
    refused("foreign", "203.0.113." + std::to_string(100 + at));
  }
  EXPECT_TRUE(refused("foreign", "198.51.100.2")) << "nor any number of letters";
  EXPECT_FALSE(refused("browser of owner@example.org", "203.0.113.9")) << "where he was signed in before";
  m_clock.set(begin_of_test() + minutes(61));
  EXPECT_FALSE(refused("foreign", "203.0.113.9"));
}

TEST_P(AccessTest, ACrowdBehindOneAddressDoesNotShutOutWhoHasAnAccount) {
  sign_in("owner@example.org");
  int letters = 0;
  for (int at = 0; at < 80; ++at) {
    const auto sent = ask("nobody" + std::to_string(at) + "@example.org", "foreign", "203.0.113.9");
    ASSERT_TRUE(sent) << "the same answer to all";
    letters += sent->empty() ? 0 : 1;
  }
  EXPECT_EQ(letters, 60);
  EXPECT_NE(*ask("owner@example.org", "a new one of his", "203.0.113.9"), "");
}

TEST_P(AccessTest, ABrowserHasOneSession) {
  const auto first = sign_in("camille@example.org");
  const auto second = sign_in("camille@example.org");
  EXPECT_EQ(*m_access->actor(first->session_secret), nullptr);
  EXPECT_NE(*m_access->actor(second->session_secret), nullptr);
}

// Rule 14.
TEST_P(AccessTest, OldSessionsAreForgotten) {
  sign_in("camille@example.org");
  m_clock.set(begin_of_test() + hours(24 * 364));
  ASSERT_TRUE(m_access->forget_old());
  EXPECT_EQ(count("SELECT count(*) FROM session WHERE agent = ?", "Test/1"), 1);
  m_clock.set(begin_of_test() + hours(24 * 365));
  ASSERT_TRUE(m_access->forget_old());
  EXPECT_EQ(count("SELECT count(*) FROM session WHERE agent = ?", "Test/1"), 0);
  EXPECT_TRUE(check().empty());
}

TEST_P(AccessTest, WrongLinksAreSlowedDownAndTheRightOneIsTaken) {
  const std::string link = ask("camille@example.org", "here").value();
  for (int at = 0; at < 20; ++at) {
    EXPECT_TRUE(m_access->open_link(random_secret(), "here", "a", "192.0.2.7").error().is(errors::link));
  }
  EXPECT_TRUE(m_access->open_link(random_secret(), "here", "a", "192.0.2.7").error().is(errors::often));
  EXPECT_TRUE(m_access->open_link(link, "here", "a", "192.0.2.7"));
}

// Rule 11.
TEST_P(AccessTest, SessionsAreSeenAndEnded) {
  const auto first = sign_in("camille@example.org");
  const auto second = sign_in("camille@example.org", "second");
  const auto other = sign_in("lou@example.org");
  EXPECT_EQ(m_access->sessions(first->account)->size(), 2U);
  EXPECT_TRUE(m_access->end_session(*other, first->session).error().is(errors::unknown));
  ASSERT_TRUE(m_access->end_session(*second, first->session));
  EXPECT_EQ(*m_access->actor(first->session_secret), nullptr);
  EXPECT_NE(*m_access->actor(second->session_secret), nullptr);
  const auto third = sign_in("camille@example.org", "third");
  ASSERT_TRUE(m_access->end_session(*third, std::nullopt));
  EXPECT_EQ(*m_access->actor(second->session_secret), nullptr);
  EXPECT_NE(*m_access->actor(other->session_secret), nullptr);
  m_clock.set(begin_of_test() + hours(24 * 14));
  EXPECT_EQ(*m_access->actor(third->session_secret), nullptr);
}

TEST_P(AccessTest, ASessionThatIsUsedEndsAfter60Days) {
  const auto actor = sign_in("camille@example.org");
  for (int day = 7; day < 60; day += 7) {
    m_clock.set(begin_of_test() + hours(24 * day));
    ASSERT_NE(*m_access->actor(actor->session_secret), nullptr) << day;
    ASSERT_TRUE(m_store->write([](store::Transaction&) -> Result<void> { return {}; }));  // "last seen" is written
  }
  m_clock.set(begin_of_test() + hours(24 * 60));
  EXPECT_EQ(*m_access->actor(actor->session_secret), nullptr);
}

// Rules 2, 3, 8, 9.
TEST_P(AccessTest, RolesAreGivenForAnObjectAndAPeriod) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  EXPECT_TRUE(m_access->add_administrator("root@example.org").error().is(errors::granted));
  const auto root = sign_in("root@example.org");
  const Object platform{Id(7), {Id(70)}, "platform"};
  const auto wanted = [&](Role role, const Object& object, std::string starts = {}, std::string ends = {}) {
    return GrantRequest{"lou@example.org", role, object, std::move(starts), std::move(ends)};
  };
  EXPECT_TRUE(m_access->grant(*root, wanted(Role::platform_manager, {})).error().is(errors::object));
  EXPECT_TRUE(
      m_access->grant(*root, wanted(Role::platform_manager, platform, "2026-02-30")).error().is(errors::period));
  EXPECT_TRUE(m_access->grant(*root, wanted(Role::platform_manager, platform, "2027-01-02", "2027-01-01"))
                  .error()
                  .is(errors::period));
  EXPECT_TRUE(m_access->grant(*root, wanted(Role::team_leader, platform)).error().is(errors::kind));
  EXPECT_TRUE(m_access->grant(*root, wanted(Role::researcher, {Id(8), {}, {}})).error().is(errors::kind));
  EXPECT_TRUE(m_access->grant(*root, wanted(Role::staff, platform)).error().is(errors::whole)) << "more than was asked";
  ASSERT_TRUE(m_access->grant(*root, wanted(Role::platform_manager, platform, "2026-11-27", "2026-11-28")));
  auto lou = sign_in("lou@example.org");
  EXPECT_FALSE(may_somewhere(*lou, Right::see_consortium));
  for (const auto& [day, in] : std::map<int, bool>{{0, false}, {1, true}, {2, true}, {3, false}}) {
    m_clock.set(begin_of_test() + hours(24 * day));
    lou = *m_access->actor(lou->session_secret);
    EXPECT_EQ(may_somewhere(*lou, Right::see_consortium), in) << day;
    EXPECT_EQ(lou->viewer.owned.size(), in ? 1U : 0U) << day;
  }
  EXPECT_TRUE(m_access->grant(*lou, wanted(Role::researcher, platform)).error().is(errors::may_not));
  int64_t own = 0;
  const auto grants = m_access->grants();
  for (const GrantRow& row : *grants) {
    own = row.email == "root@example.org" ? row.grant.id : own;
  }
  EXPECT_TRUE(m_access->end_grant(*lou, own, {}).error().is(errors::may_not));
  EXPECT_TRUE(m_access->end_grant(*root, own, {}).error().is(errors::last));
  ASSERT_TRUE(m_access->add_administrator("second@example.org"));
  EXPECT_TRUE(m_access->end_grant(*root, own, {}));
  EXPECT_FALSE(may_somewhere(**m_access->actor(root->session_secret), Right::see_audit));
}

TEST_P(AccessTest, AnInstitutionsAdministratorGivesRolesForWhatIsItsOwn) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  ASSERT_TRUE(m_access->grant(
      *root, {"admin@example.org", Role::institution_administrator, {Id(70), {}, "organisation"}, {}, {}}));
  const auto admin = sign_in("admin@example.org");
  const Object own{Id(7), {Id(70)}, "team"};
  EXPECT_TRUE(m_access->grant(*admin, {"lou@example.org", Role::team_leader, own, {}, {}}));
  EXPECT_TRUE(m_access->grant(*admin, {"lou@example.org", Role::researcher, {Id(70), {}, "organisation"}, {}, {}}));
  for (const Role role : {Role::group_leader, Role::reviewer, Role::staff, Role::system_administrator,
                          Role::institution_administrator, Role::company_contact}) {
    EXPECT_TRUE(m_access->grant(*admin, {"lou@example.org", role, own, {}, {}}).error().is(errors::may_not))
        << name(role);
  }
  const Object foreign{Id(8), {Id(80)}, "team"};
  EXPECT_TRUE(
      m_access->grant(*admin, {"lou@example.org", Role::team_leader, foreign, {}, {}}).error().is(errors::may_not));
}

TEST_P(AccessTest, ARoleFollowsWhatItIsForWhenThatIsMerged) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  ASSERT_TRUE(m_access->grant(*root, {"lou@example.org", Role::team_leader, {m_merged, {}, "team"}, {}, {}}));
  const auto lou = sign_in("lou@example.org");
  EXPECT_TRUE(covers(lou->grants.front(), {Id(7), {}, "team"}));
  EXPECT_EQ(lou->viewer.owned, std::vector<Id>{Id(7)});
}

TEST_P(AccessTest, WhoHoldsARoleIsWhomToWriteTo) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  const Object platform{Id(7), {Id(70)}, "platform"};
  const auto give = [&](const std::string& email, const std::string& starts) {
    ASSERT_TRUE(m_access->grant(*root, {email, Role::platform_manager, platform, starts, {}}));
  };
  give("lou@example.org", {});
  give("lou@example.org", "2026-01-01");
  give("later@example.org", "2026-11-27");
  const Object instrument{Id(8), {Id(7), Id(70)}, "equipment"};
  const auto holders = m_access->holders(Role::platform_manager, instrument).value();
  ASSERT_EQ(holders.size(), 1U);
  EXPECT_EQ(holders[0].email, "lou@example.org");
  EXPECT_EQ(holders[0].language, "fr");
  EXPECT_TRUE(m_access->holders(Role::platform_manager, {Id(9), {Id(70)}, "equipment"})->empty());
  EXPECT_EQ(m_access->holders(Role::system_administrator, {})->size(), 1U);
}

TEST_P(AccessTest, WhereHeFirstSignsInHeHasChosenHisLanguage) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  Holder told;
  ASSERT_TRUE(m_access->grant(*root, {"new@example.org", Role::staff, {}, {}, {}},
                              [&](store::Transaction&, const Holder& holder, const GrantRequest&) -> Result<void> {
                                told = holder;
                                return {};
                              }));
  EXPECT_EQ(told.email, "new@example.org");
  EXPECT_EQ(told.language, "fr") << "as who gave it reads";
  execute("UPDATE account SET language = 'en' WHERE email = 'root@example.org'");
  const auto language_of_new = [&](const char* email) {
    EXPECT_TRUE(m_access->grant(*root, {email, Role::staff, {}, {}, {}},
                                [&](store::Transaction&, const Holder& holder, const GrantRequest&) -> Result<void> {
                                  told = holder;
                                  return {};
                                }));
    return told.language;
  };
  EXPECT_EQ(language_of_new("third@example.org"), "en");
  EXPECT_EQ(language_of_new("root@example.org"), "en");
  EXPECT_EQ(m_access->known("other@example.org", "en")->language, "en");
  EXPECT_TRUE(m_access->known("other", "en").error().is(errors::email));
  execute("UPDATE account SET language = 'en'");
  sign_in("new@example.org");
  EXPECT_EQ(m_access->known("new@example.org", "en")->language, "fr") << "he asked on a French page";
  execute("UPDATE account SET language = 'en'");
  sign_in("new@example.org");
  EXPECT_EQ(m_access->known("new@example.org", "fr")->language, "en") << "what he set since stays";
}

TEST_P(AccessTest, AccountsAreListedAndTheirSessionsEnded) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  const auto camille = sign_in("camille@example.org");
  const auto all = m_access->accounts().value();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].email, "camille@example.org");
  EXPECT_EQ(all[0].sessions, 1);
  ASSERT_TRUE(m_access->end_sessions(*root, camille->account));
  EXPECT_EQ(*m_access->actor(camille->session_secret), nullptr);
  EXPECT_EQ(m_access->accounts()->front().sessions, 0);
  EXPECT_EQ(m_access->audit().entries(0, 1)->front().deed.verb, "end_sessions");
  EXPECT_TRUE(m_access->end_sessions(*root, 999).error().is(errors::unknown));
  ASSERT_TRUE(m_access->grant(*root, {"camille@example.org", Role::staff, {}, {}, {}}));
  const auto grants = m_access->all_grants().value();
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].given_by, root->account);
  EXPECT_EQ(grants[1].given_by, 0) << "at the terminal";
  Holder told;
  const auto tell = [&](store::Transaction&, const Holder& holder, const Grant& grant) -> Result<void> {
    told = holder;
    EXPECT_EQ(grant.role, Role::staff);
    return {};
  };
  ASSERT_TRUE(m_access->end_grant(*root, grants[0].row.grant.id, {}, tell));
  EXPECT_EQ(told.email, "camille@example.org");
  EXPECT_EQ(told.language, "fr");
  EXPECT_EQ(m_access->grants()->size(), 1U);
  const auto ended = m_access->all_grants().value();
  ASSERT_EQ(ended.size(), 2U);
  EXPECT_EQ(ended[0].ended.substr(0, 10), "2026-11-26") << "the day on which it was given and ended";
  EXPECT_EQ(ended[1].ended, "");
}

TEST_P(AccessTest, WhatHadEndedKeepsItsEnd) {
  ASSERT_TRUE(m_access->add_administrator("root@example.org"));
  const auto root = sign_in("root@example.org");
  const Object team{Id(7), {}, "team"};
  const int64_t past =
      m_access->grant(*root, {"lou@example.org", Role::team_leader, team, "2025-01-01", "2025-12-31"}).value();
  ASSERT_TRUE(
      m_access->end_grant(*root, past, {}, [](store::Transaction&, const Holder&, const Grant&) -> Result<void> {
        ADD_FAILURE() << "it was over";
        return {};
      }));
  EXPECT_EQ(m_access->all_grants().value().front().ended, "");
  EXPECT_EQ(count("SELECT count(*) FROM role_grant WHERE ends = ?", "2025-12-31"), 1);
}

// Rule 13.
TEST_P(AccessTest, TheDatabaseItselfKeepsTheAuditLogAsItIs) {
  sign_in("camille@example.org");
  const std::string again = "INTO audit SELECT id, at, 9, verb, kind, object, detail, hash FROM audit WHERE id = 1";
  EXPECT_TRUE(is_refused("UPDATE audit SET actor = 9 WHERE id = 2"));
  EXPECT_TRUE(is_refused("DELETE FROM audit WHERE id = 2"));
  EXPECT_TRUE(is_refused("DELETE FROM audit"));
  EXPECT_TRUE(is_refused(GetParam() == store::Dialect::sqlite ? "INSERT OR REPLACE " + again : "TRUNCATE audit"));
  EXPECT_TRUE(is_refused("INSERT " + again + " ON CONFLICT (id) DO UPDATE SET actor = 9"));
  EXPECT_EQ(count("SELECT count(*) FROM audit WHERE actor = 9 AND verb <> ?", ""), 0);
  sign_in("lou@example.org");
  EXPECT_TRUE(check().empty()) << "it goes on";
}

// Rule 13.
TEST_P(AccessTest, TheAuditLogMissesNothing) {
  sign_in("camille@example.org");
  sign_in("lou@example.org");
  EXPECT_TRUE(check().empty());
  EXPECT_EQ(count("SELECT count(*) FROM audit WHERE detail LIKE ? OR verb LIKE '%@%'", "%@%"), 0);
  take_guard_away();
  execute("UPDATE audit SET actor = 9 WHERE id = 2");
  EXPECT_EQ(check(), std::vector<std::string>{"audit log: entry 2 is not as it was written"});
}

TEST_P(AccessTest, TheAuditLogMissesAllOfItself) {
  EXPECT_TRUE(check().empty());
  sign_in("camille@example.org");
  take_guard_away();
  execute("DELETE FROM audit");
  execute("DELETE FROM audit_head");
  EXPECT_FALSE(check().empty());
}

TEST_P(AccessTest, TheAuditLogMissesARow) {
  sign_in("camille@example.org");
  sign_in("lou@example.org");
  take_guard_away();
  execute("DELETE FROM audit WHERE id = 2");
  EXPECT_FALSE(check().empty());
}

TEST_P(AccessTest, TheAuditLogMissesItsTail) {
  sign_in("camille@example.org");
  sign_in("lou@example.org");
  take_guard_away();
  execute("DELETE FROM audit WHERE id = 4");
  EXPECT_EQ(check(), std::vector<std::string>{"audit log: it ends at entry 3, 4 were written"});
  execute("UPDATE audit_head SET entries = 3, hash = (SELECT hash FROM audit WHERE id = 3)");
  EXPECT_EQ(check(), std::vector<std::string>{"audit log: its end is not sealed by this folder's key"});
  execute("DELETE FROM audit_head");
  EXPECT_FALSE(check().empty());
}

INSTANTIATE_TEST_SUITE_P(Databases, AccessTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "Sqlite" : "Postgresql";
                         });

Scope scope_of(std::string_view cell) { return cell == "any" ? Scope::any : cell == "own" ? Scope::own : Scope::none; }

// Rule 1: code and document are one table.
TEST(AccessRules, ThePolicyIsTheTableOfTheRules) {
  auto rows = tests::rules_table(PB_SOURCE_DIR);
  ASSERT_EQ(rows.size(), k_rights + 1);
  for (size_t at = 0; at < k_roles; ++at) {
    EXPECT_EQ(rows["right"][at + 2], name(static_cast<Role>(at)));
  }
  for (size_t at = 0; at < k_rights; ++at) {
    const auto right = static_cast<Right>(at);
    ASSERT_TRUE(rows.contains(std::string(name(right)))) << name(right);
    const std::vector<std::string>& row = rows[std::string(name(right))];
    EXPECT_EQ(scope_of(row[0]), scope_of_visitor(right)) << name(right);
    EXPECT_EQ(scope_of(row[1]), scope_of_account(right)) << name(right);
    for (size_t role = 0; role < k_roles; ++role) {
      EXPECT_EQ(scope_of(row[role + 2]), scope(static_cast<Role>(role), right)) << name(right) << " " << role;
    }
  }
}

// Rule 4.
TEST(AccessRules, WhatIsSeenFollowsTheRoles) {
  const auto viewer = [](Role role) { return viewer_of({{1, 1, role, Id(7), {}, {}}}, "2026-11-26"); };
  EXPECT_EQ(viewer(Role::reviewer).reach, Visibility::everyone);
  EXPECT_EQ(viewer(Role::company_contact).reach, Visibility::everyone);
  EXPECT_EQ(viewer(Role::researcher).reach, Visibility::consortium);
  EXPECT_EQ(viewer(Role::researcher).institutions, std::vector<Id>{Id(7)});
  EXPECT_TRUE(can_see(viewer(Role::platform_manager), Visibility::owner, Id(7), {}));
  EXPECT_FALSE(can_see(viewer(Role::platform_manager), Visibility::owner, Id(8), {}));
  EXPECT_TRUE(can_see(viewer(Role::staff), Visibility::owner, Id(8), {}));
  EXPECT_FALSE(can_see(viewer(Role::staff), Visibility::nobody, Id(8), {}));
  EXPECT_FALSE(can_see(viewer(Role::system_administrator), Visibility::institution, Id(8), {}));
}

// Rule 12.
TEST(AccessRules, OnlyPathsOfThisSiteAreGoneTo) {
  EXPECT_EQ(own_path("/fr/team/1?a=b"), "/fr/team/1?a=b");
  for (const std::string_view path : {"//evil.example", "https://evil.example", "/\\evil.example", "evil", "",
                                      "/fr/\r\nSet-Cookie: a=b", "/\t/evil.example", "javascript:alert(1)"}) {
    EXPECT_EQ(own_path(path), "") << path;
  }
}

TEST(AccessRules, AddressesThatLettersCanGoTo) {
  EXPECT_EQ(email_address(" Camille.Exemple+x@Example.ORG "), "camille.exemple+x@example.org");
  for (const std::string_view text :
       {"", "a", "@b.c", "a@", "a@b", "a@b..c", "a b@c.d", "a@b.c\r\nBcc: x@y.z", "a@b.c,x@y.z", "<a@b.c>", "a@@b.c",
        "-a@b.c", "a@-b.c", "\"a b\"@c.d", ".a@b.c", "a@b.c."}) {
    EXPECT_EQ(email_address(text), std::nullopt) << text;
  }
}

// Rule 7.
TEST(AccessRules, ANetworkIsOneClient) {
  EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2::1"));
  EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
  EXPECT_EQ(network_of("what a proxy made up"), "what a proxy made up");
  EXPECT_EQ(network_of(std::string(100'000, 'a')).size(), 64U);
}

TEST(Secrets, AreSealedAndNotAlteredUnseen) {
  const std::string seal = sealed("what a letter says", "key");
  EXPECT_EQ(unsealed(seal, "key"), "what a letter says");
  EXPECT_EQ(unsealed(seal, "other"), std::nullopt);
  EXPECT_EQ(seal.find("letter"), std::string::npos);
  for (size_t at = 0; at < seal.size(); ++at) {
    std::string altered = seal;
    altered[at] = altered[at] == '0' ? '1' : '0';
    EXPECT_EQ(unsealed(altered, "key"), std::nullopt) << at;
  }
  EXPECT_EQ(unsealed("", "key"), std::nullopt);
  EXPECT_EQ(unsealed("zz", "key"), std::nullopt);
  EXPECT_NE(random_secret(), random_secret());
}

}  // namespace

}  // namespace pitchblende::access
