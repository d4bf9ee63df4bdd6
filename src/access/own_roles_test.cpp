// Roles that follow from a card, that are asked for, that are changed many at once.
#include <gmock/gmock.h>

#include "../tests/either_store.hpp"
#include "access/access.hpp"
#include "access/contacts.hpp"
#include "access/errors.hpp"

namespace pitchblende::access {

namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Id k_house(70);
const Object k_team{Id(7), {k_house}, "team"};

class OwnRolesTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    tests::EitherStoreTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    m_clock.set(std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + hours(12));
    const Things things{{}, {}, [this](const std::vector<std::string>& emails, std::string_view) {
                          std::map<std::string, std::vector<Id>> out;
                          for (const std::string& email : emails) {
                            if (m_cards.contains(email)) {
                              out.emplace(email, m_cards[email]);
                            }
                          }
                          return out;
                        }};
    m_access = std::make_unique<Access>(*m_store, m_clock, "key of this test", things);
    m_contacts = std::make_unique<Contacts>(*m_store, things);
    ASSERT_TRUE(m_access->add_administrator("root@example.org"));
    m_root = sign_in("root@example.org");
  }
  void TearDown() override {
    m_access.reset();
    tests::EitherStoreTest::TearDown();
  }
  std::shared_ptr<const Actor> sign_in(const std::string& email) {
    const auto link = m_access->link_at_terminal(email);
    const auto opened = m_access->open_link(link.value(), "", "Test/1", "192.0.2.1");
    EXPECT_TRUE(opened) << opened.error().message();
    return *m_access->actor(opened->session);
  }
  std::shared_ptr<const Actor> again(const std::shared_ptr<const Actor>& actor) {
    return *m_access->actor(actor->session_secret);
  }
  std::vector<AllGrant> all() { return m_access->all_grants().value(); }

  FixedClock m_clock{{}};
  std::map<std::string, std::vector<Id>> m_cards;
  std::unique_ptr<Access> m_access;
  std::unique_ptr<Contacts> m_contacts;
  std::shared_ptr<const Actor> m_root;
};

// Rule 15.
TEST_P(OwnRolesTest, AnAddressOnACardMakesAResearcherAsLongAsItStandsThere) {
  auto ada = sign_in("ada@example.org");
  EXPECT_FALSE(may_somewhere(*ada, Right::see_consortium));
  m_cards["ada@example.org"] = {k_house};
  ada = again(ada);
  ASSERT_THAT(ada->grants, SizeIs(1));
  EXPECT_EQ(ada->grants.front().role, Role::researcher);
  EXPECT_EQ(ada->grants.front().id, 0) << "nobody gave it";
  EXPECT_EQ(ada->viewer.reach, Visibility::consortium);
  EXPECT_THAT(ada->viewer.institutions, ElementsAre(k_house));
  EXPECT_THAT(m_contacts->viewer(ada->account, ada->today)->institutions, ElementsAre(k_house))
      << "what is looked up for him is what he would see";
  EXPECT_THAT(all(), SizeIs(1)) << "nothing is stored";
  m_cards.clear();
  EXPECT_THAT(again(ada)->grants, IsEmpty());
}

TEST_P(OwnRolesTest, WhatWasGivenIsNotDoubledByTheCard) {
  ASSERT_TRUE(
      m_access->grant(*m_root, {"ada@example.org", Role::researcher, {k_house, {}, "organisation"}, {}, "2026-11-27"}));
  m_cards["ada@example.org"] = {k_house};
  auto ada = sign_in("ada@example.org");
  ASSERT_THAT(ada->grants, SizeIs(1));
  EXPECT_NE(ada->grants.front().id, 0);
  m_clock.set(m_clock.now() + hours(48));
  EXPECT_EQ(again(ada)->grants.size(), 2U) << "the one given is over, the card still stands";
}

TEST_P(OwnRolesTest, StaffRefusesTheRoleOfACardAndAllowsItAgain) {
  m_cards["ada@example.org"] = {k_house};
  m_cards["noa@example.org"] = {k_house};
  ASSERT_TRUE(m_access->known("noa@example.org", "fr"));  // his address is not proved
  auto ada = sign_in("ada@example.org");
  ASSERT_THAT(*m_access->own_roles(), SizeIs(1));
  EXPECT_EQ(m_access->own_roles()->front().email, "ada@example.org");
  EXPECT_TRUE(m_access->set_own_role(*ada, ada->account, Access::Own::refused).error().is(errors::may_not));
  EXPECT_TRUE(m_access->set_own_role(*m_root, 999, Access::Own::refused).error().is(errors::unknown));
  ASSERT_TRUE(m_access->set_own_role(*m_root, ada->account, Access::Own::refused));
  EXPECT_THAT(again(ada)->grants, IsEmpty());
  EXPECT_EQ(m_contacts->viewer(ada->account, ada->today)->reach, Visibility::everyone);
  EXPECT_FALSE(m_access->own_roles()->front().refused.empty());
  ASSERT_TRUE(m_access->set_own_role(*m_root, ada->account, Access::Own::allowed));
  EXPECT_THAT(again(ada)->grants, SizeIs(1));
  EXPECT_EQ(m_access->audit().entries(0, 1)->front().deed.verb, "allow_own_role");
}

// Rule 15.
TEST_P(OwnRolesTest, AnInstitutionsAdministratorRefusesForHisOwnAlone) {
  const Id other(71);
  const Object house{k_house, {k_house}, "organisation"};
  m_cards["ada@example.org"] = {k_house, other};
  auto ada = sign_in("ada@example.org");
  ASSERT_TRUE(m_access->grant(*m_root, {"keeper@example.org", Role::institution_administrator, house, {}, {}}));
  const auto keeper = sign_in("keeper@example.org");
  const auto set = [&](Access::Own own, const Object& of) {
    return m_access->set_own_role(*keeper, ada->account, own, of);
  };
  EXPECT_TRUE(set(Access::Own::refused, {}).error().is(errors::may_not)) << "for all of them";
  EXPECT_TRUE(set(Access::Own::refused, {other, {other}, "organisation"}).error().is(errors::may_not));
  ASSERT_TRUE(set(Access::Own::refused, house));
  ASSERT_TRUE(set(Access::Own::refused, house)) << "twice is once";
  ASSERT_THAT(again(ada)->grants, SizeIs(1));
  EXPECT_EQ(again(ada)->grants.front().object, other);
  EXPECT_THAT(m_access->own_roles()->front().refused_at, ElementsAre(k_house));
  EXPECT_TRUE(m_access->own_roles()->front().refused.empty());
  const auto told = m_access->audit().entries(0, 1)->front().deed;
  EXPECT_EQ(told.verb, "refuse_own_role");
  EXPECT_EQ(told.detail, k_house.text());
  ASSERT_TRUE(set(Access::Own::allowed, house));
  EXPECT_THAT(again(ada)->grants, SizeIs(2));
  // What staff refuses no institution allows.
  ASSERT_TRUE(m_access->set_own_role(*m_root, ada->account, Access::Own::refused));
  ASSERT_TRUE(set(Access::Own::allowed, house));
  EXPECT_THAT(again(ada)->grants, IsEmpty());
}

// Rule 16.
TEST_P(OwnRolesTest, ARoleIsAskedForOnceAndAnsweredOnce) {
  const RoleAsks& asks = m_access->asks();
  const auto ada = sign_in("ada@example.org");
  EXPECT_TRUE(asks.ask(*ada, Role::team_leader, k_team, "  ").error().is(errors::why));
  EXPECT_TRUE(asks.ask(*ada, Role::team_leader, k_team, std::string(1001, 'x')).error().is(errors::why));
  EXPECT_TRUE(asks.ask(*ada, Role::team_leader, {}, "mine").error().is(errors::object));
  EXPECT_TRUE(asks.ask(*ada, Role::platform_manager, k_team, "mine").error().is(errors::kind));
  const auto ask = asks.ask(*ada, Role::team_leader, k_team, "I lead it\nsince May");
  ASSERT_TRUE(ask) << ask.error().message();
  EXPECT_TRUE(asks.ask(*ada, Role::team_leader, k_team, "again").error().is(errors::asked));
  ASSERT_THAT(*asks.waiting(), SizeIs(1));
  EXPECT_EQ(asks.waiting()->front().why, "I lead it since May");
  EXPECT_TRUE(asks.take_back(m_root->account, *ask).error().is(errors::unknown)) << "not his";
  const auto judge = [&](RoleAsk::State state) {
    return m_store->write([&](store::Transaction& db) { return asks.judge(db, *ask, state, m_root->account); });
  };
  ASSERT_TRUE(judge(RoleAsk::State::declined));
  EXPECT_TRUE(judge(RoleAsk::State::granted).error().is(errors::unknown)) << "it is answered";
  EXPECT_TRUE(asks.take_back(ada->account, *ask).error().is(errors::unknown));
  EXPECT_EQ(asks.of(ada->account)->front().state, RoleAsk::State::declined);
  EXPECT_TRUE(asks.ask(*ada, Role::team_leader, k_team, "once more"));
  ASSERT_TRUE(m_access->grant(*m_root, {"ada@example.org", Role::staff, {}, {}, {}}));
  EXPECT_TRUE(asks.ask(*again(ada), Role::staff, {}, "mine").error().is(errors::asked)) << "he has it";
  m_clock.set(m_clock.now() + hours(24 * 366));
  ASSERT_TRUE(m_access->forget_old());
  EXPECT_THAT(*asks.of(ada->account), SizeIs(1)) << "the one that waits";
}

TEST_P(OwnRolesTest, TenRolesAskedForAreEnough) {
  const auto ada = sign_in("ada@example.org");
  for (uint64_t team = 1; team <= 10; ++team) {
    ASSERT_TRUE(m_access->asks().ask(*ada, Role::team_leader, {Id(team), {}, "team"}, "mine"));
  }
  EXPECT_TRUE(
      m_access->asks().ask(*ada, Role::team_leader, {Id(11), {}, "team"}, "mine").error().is(errors::many_asks));
  ASSERT_TRUE(m_access->asks().take_back(ada->account, m_access->asks().of(ada->account)->front().id));
  EXPECT_TRUE(m_access->asks().ask(*ada, Role::team_leader, {Id(11), {}, "team"}, "mine"));
}

// Rule 19.
TEST_P(OwnRolesTest, ManyRolesAreChangedAtOnceAndTheLastAdministratorStays) {
  std::vector<RoleChange> changes;
  for (int at = 0; at < 300; ++at) {
    changes.push_back({{"p" + std::to_string(at) + "@example.org", Role::team_leader, k_team, {}, {}}, 0});
  }
  int told = 0;
  const auto also = [&](store::Transaction&, const Holder&, const GrantRequest&) -> Result<void> {
    ++told;
    return {};
  };
  ASSERT_TRUE(m_access->change_roles(*m_root, changes, also));
  EXPECT_EQ(all().size(), 301U);
  EXPECT_EQ(told, 300);
  ASSERT_TRUE(m_access->change_roles(*m_root, changes, also)) << "what is there already is passed over";
  EXPECT_EQ(all().size(), 301U);
  EXPECT_EQ(told, 300);
  const int64_t first = m_access->grants_ever()->front().grant.id;
  RoleChange dated{{"p0@example.org", Role::team_leader, k_team, "2026-01-01", "2027-01-01"}, first};
  ASSERT_TRUE(m_access->change_roles(*m_root, {dated}));
  EXPECT_EQ(m_access->grants_ever()->front().grant.ends, "2027-01-01");
  EXPECT_EQ(m_access->audit().entries(0, 1)->front().deed.verb, "date_team_leader");
  dated.wanted.role = Role::reviewer;
  EXPECT_FALSE(m_access->change_roles(*m_root, {dated})) << "a role of another kind";
  int64_t own = 0;
  for (const AllGrant& each : all()) {
    own = each.row.email == "root@example.org" ? each.row.grant.id : own;
  }
  const RoleChange last{{"root@example.org", Role::system_administrator, {}, {}, "2026-01-01"}, own};
  EXPECT_TRUE(m_access->change_roles(*m_root, {last}).error().is(errors::last));
  const auto lou = sign_in("p1@example.org");
  EXPECT_TRUE(m_access->change_roles(*lou, changes).error().is(errors::may_not));
}

INSTANTIATE_TEST_SUITE_P(Stores, OwnRolesTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace

}  // namespace pitchblende::access
