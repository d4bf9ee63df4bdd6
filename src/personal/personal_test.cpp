#include "personal/personal.hpp"

#include <gtest/gtest.h>

#include "access/access.hpp"
#include "personal/errors.hpp"
#include "personal/notices.hpp"
#include "personal/personal_rules.hpp"
#include "personal/searches.hpp"
#include "personal/wishes.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::personal {
namespace {

constexpr int64_t k_ada = 1;
constexpr int64_t k_ben = 2;

class PersonalTest : public testing::Test {
 protected:
  PersonalTest()
      : m_access(*m_place.store, m_place.clock, "key of this test", {}),
        m_jobs(*m_place.store, m_place.clock),
        m_personal(*m_place.store, m_place.clock),
        m_searches(*m_place.store, m_place.clock, m_jobs),
        m_notices(*m_place.store, m_place.clock, m_jobs),
        m_wishes(*m_place.store, m_place.clock, *m_place.pool, m_access.audit(),
                 {access::account_holding(*m_place.store), m_personal.holding()}) {
    EXPECT_EQ(m_access.add_administrator("ada@example.org").value(), k_ada);
    EXPECT_EQ(m_access.add_administrator("ben@example.org").value(), k_ben);
    m_place.import_members("I1,Institut Demo,member,2007\n");
    pool::SourceSettings staff = m_place.source("demo-staff", "people", sources::Mode::snapshot);
    staff.institution = "demo";
    m_place.import(staff,
                   "id,family name,given names,email,organisation,from\n"
                   "P1,Exemple,Ada,ada@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
    m_place.settle();
  }
  Id ada() { return m_place.id_of("email:ada@example.org"); }
  access::Actor actor(int64_t account, const std::string& email) const {
    access::Actor out;
    out.account = account;
    out.email = email;
    out.today = m_place.clock.today();
    return out;
  }
  registry::Registry registry() const { return registry::Registry(*m_place.store); }
  SavedSearch search(const std::string& address, Every every = Every::never) const {
    SavedSearch out;
    out.account = k_ada;
    out.name = "vortices";
    out.address = address;
    out.every = every;
    return out;
  }
  std::string jobs_due() const {
    return m_place.dump("SELECT name || ' ' || of || ' ' || due FROM job ORDER BY name, of");
  }

  tests::PoolPlace m_place;
  access::Access m_access;
  jobs::Jobs m_jobs;
  Personal m_personal;
  Searches m_searches;
  Notices m_notices;
  Wishes m_wishes;
};

// Rules 6 and 8.
TEST(PersonalRules, AddressesThatMayBeKept) {
  EXPECT_EQ(link_address(" https://example.org/a?b=c "), "https://example.org/a?b=c");
  EXPECT_EQ(link_address("/fr/slots"), "/fr/slots");
  for (const char* bad : {"javascript:alert(1)", "//evil.example", "https://", "https:///a", "data:text/html,x",
                          "ftp://a", "https://a\"b", "https://a<b", "", "relative"}) {
    EXPECT_EQ(link_address(bad), "") << bad;
  }
  EXPECT_EQ(search_address("/search?q=a"), "/search?q=a");
  EXPECT_EQ(search_address("/person?position=professor"), "/person?position=professor");
  for (const char* bad : {"/account", "/search/../account", "//evil/search?q=", "https://a/search", "search?q=a"}) {
    EXPECT_EQ(search_address(bad), "") << bad;
  }
}

TEST(PersonalRules, TimesToCome) {
  EXPECT_EQ(month_after("2026-01-31"), "2026-02-28");
  EXPECT_EQ(month_after("2026-12-05"), "2027-01-05");
  EXPECT_EQ(next_look("2026-03-02T04:59:59Z", Every::daily), "2026-03-02T05:00:00Z");  // a Monday
  EXPECT_EQ(next_look("2026-03-02T05:00:00Z", Every::daily), "2026-03-03T05:00:00Z");
  EXPECT_EQ(next_look("2026-03-02T05:00:00Z", Every::weekly), "2026-03-09T05:00:00Z");
  EXPECT_EQ(next_look("2026-02-28T12:00:00Z", Every::daily), "2026-03-01T05:00:00Z");
}

// Rule 3.
TEST(PersonalRules, WhatAGoodCardHas) {
  registry::Card card;
  const auto names = [&] {
    std::vector<std::string> out;
    for (const Missing& each : missing_on(card)) {
      out.push_back(std::string(registry::description(each.field).name) + each.language);
    }
    return out;
  };
  EXPECT_EQ(names(), (std::vector<std::string>{"family_name", "given_names", "orcid", "photo", "biographyfr",
                                               "biographyen", "skills", "homepage", "positions"}));
  EXPECT_EQ(wanted_of(registry::Kind::person), 9U);
  registry::CardValue biography;
  biography.value = {"Text", "fr", {}};
  registry::CardValue hidden;
  hidden.value = {"0000-0002-1825-0097", {}, {}};
  hidden.hidden = true;
  card.fields = {{registry::field(registry::Kind::person, "biography"), {biography}},
                 {registry::field(registry::Kind::person, "orcid"), {hidden}}};
  EXPECT_EQ(missing_on(card).size(), 8U);
}

// Rule 4.
TEST_F(PersonalTest, FavouritesAreEachOnesOwn) {
  ASSERT_TRUE(m_personal.keep(k_ada, ada(), Personal::Keep::yes));
  ASSERT_TRUE(m_personal.keep(k_ada, ada(), Personal::Keep::yes));
  EXPECT_EQ(m_personal.shelf(k_ada)->favourites, std::vector<Id>{ada()});
  EXPECT_TRUE(m_personal.shelf(k_ben)->favourites.empty());
  EXPECT_FALSE(*m_personal.is_favourite(k_ben, ada()));
  ASSERT_TRUE(m_personal.keep(k_ada, ada(), Personal::Keep::no));
  EXPECT_FALSE(*m_personal.is_favourite(k_ada, ada()));
}

// Rule 5.
TEST_F(PersonalTest, WhatIsLookedAtIsKeptThirtyDaysUnlessHeWishesNot) {
  m_personal.note_seen(k_ada, ada());
  ASSERT_TRUE(m_personal.keep(k_ada, ada(), Personal::Keep::no));  // written behind it
  EXPECT_EQ(m_personal.shelf(k_ada)->seen, std::vector<Id>{ada()});
  m_place.clock.set(m_place.clock.now() + std::chrono::hours(24 * 30 + 1));
  EXPECT_TRUE(m_personal.shelf(k_ada)->seen.empty());
  ASSERT_TRUE(m_personal.forget_old());
  EXPECT_EQ(m_place.dump("SELECT entity FROM recently_seen"), "");
  m_personal.note_seen(k_ada, ada());
  ASSERT_TRUE(m_place.store->write(
      [&](store::Transaction& db) { return m_personal.set_remembers(db, k_ada, Personal::Keep::no); }));
  m_personal.note_seen(k_ada, ada());
  ASSERT_TRUE(m_personal.keep(k_ada, ada(), Personal::Keep::no));
  EXPECT_EQ(m_place.dump("SELECT entity FROM recently_seen"), "");
  EXPECT_FALSE(m_personal.shelf(k_ada)->remembers);
}

// Rule 6.
TEST_F(PersonalTest, QuickLinks) {
  ASSERT_TRUE(m_personal.add_link(k_ada, {0, "Slots", "/fr/slots"}));
  EXPECT_TRUE(m_personal.add_link(k_ada, {0, "", "/fr/slots"}).error().is(errors::label));
  EXPECT_TRUE(m_personal.add_link(k_ada, {0, "x", "javascript:alert(1)"}).error().is(errors::address));
  const int64_t id = m_personal.shelf(k_ada)->links.front().id;
  ASSERT_TRUE(m_personal.remove_link(k_ben, id));
  EXPECT_EQ(m_personal.shelf(k_ada)->links.size(), 1U) << "somebody else's";
  for (size_t at = 1; at < k_most_links; ++at) {
    ASSERT_TRUE(m_personal.add_link(k_ada, {0, "x", "/fr/" + std::to_string(at)}));
  }
  EXPECT_TRUE(m_personal.add_link(k_ada, {0, "x", "/fr/one-more"}).error().is(errors::many));
}

// Rule 2.
TEST_F(PersonalTest, ACardIsHisWhoReadsItsAddressElseByConfirmation) {
  EXPECT_EQ(*m_personal.card_of(actor(k_ada, "ada@example.org"), registry()), ada());
  EXPECT_EQ(*m_personal.card_of(actor(k_ben, "ben@example.org"), registry()), std::nullopt);
  const Id noa = m_place.id_of("name:noa autre");
  ASSERT_TRUE(m_personal.claim(k_ben, noa));
  EXPECT_EQ(*m_personal.card_of(actor(k_ben, "ben@example.org"), registry()), std::nullopt) << "not confirmed yet";
  ASSERT_EQ(m_personal.claims()->size(), 1U);
  const auto judge = [&](int64_t account, Claim::State state) {
    return m_place.store->write([&](store::Transaction& db) { return m_personal.judge(db, account, state, k_ada); });
  };
  ASSERT_TRUE(judge(k_ben, Claim::State::confirmed));
  EXPECT_EQ(*m_personal.card_of(actor(k_ben, "ben@example.org"), registry()), noa);
  EXPECT_TRUE(judge(k_ben, Claim::State::refused).error().is(errors::unknown)) << "judged already";
  EXPECT_TRUE(m_personal.claim(k_ada, noa).error().is(errors::claimed));
}

// Rule 9.
TEST_F(PersonalTest, ASearchTellsOnlyWhatIsNewAndOnlyOnce) {
  const Id one(101);
  const Id two(102);
  const Id three(103);
  const int64_t id = *m_searches.save(search("/search?q=vortex", Every::daily), {one});
  EXPECT_EQ(jobs_due(), "personal.search 1 2026-03-01T05:00:00Z\n");
  EXPECT_EQ(*m_searches.news(id, {two, one}), std::vector<Id>{two});
  const auto told = [&](const std::vector<Id>& things) {
    return *m_place.store->write([&](store::Transaction& db) { return m_searches.note_told(db, id, things); });
  };
  EXPECT_TRUE(told({two}));
  EXPECT_TRUE(m_searches.news(id, {one})->empty());
  EXPECT_TRUE(m_searches.news(id, {two, one})->empty()) << "it left and came back";
  EXPECT_EQ(*m_searches.news(id, {three, two, one}), std::vector<Id>{three});
  ASSERT_TRUE(m_searches.stop_letters(id));
  EXPECT_EQ(jobs_due(), "");
  EXPECT_FALSE(told({three})) << "stopped while it was looked for";
  EXPECT_EQ(jobs_due(), "");
}

// Rule 8.
TEST_F(PersonalTest, SearchesAreChangedUnderTheirRevisionByTheirOwner) {
  const int64_t id = *m_searches.save(search("/search?q=vortex"), {});
  EXPECT_EQ(*m_searches.save(search("/search?q=vortex", Every::weekly), {}), id) << "the same address again";
  EXPECT_EQ(jobs_due(), "personal.search 1 2026-03-02T05:00:00Z\n");
  SavedSearch change = *m_searches.find(id).value();
  change.name = "other";
  ASSERT_TRUE(m_searches.change(change, {}));
  EXPECT_TRUE(m_searches.change(change, {}).error().is(errors::changed));
  change = *m_searches.find(id).value();
  change.account = k_ben;
  EXPECT_TRUE(m_searches.change(change, {}).error().is(errors::unknown));
  EXPECT_TRUE(m_searches.remove(k_ben, id).error().is(errors::unknown));
  EXPECT_TRUE(m_searches.save(search("/account"), {}).error().is(errors::search));
  ASSERT_TRUE(m_searches.remove(k_ada, id));
  EXPECT_EQ(jobs_due(), "");
}

// docs/rules/erasure.md, rule 1.
TEST_F(PersonalTest, AnObjectionTakesThePageOffAtOnceAndBack) {
  ASSERT_EQ(m_place.found("Exemple"), 1U);
  ASSERT_TRUE(m_wishes.object(ada(), k_ada));
  ASSERT_TRUE(m_wishes.object(ada(), k_ada));
  EXPECT_EQ(m_place.found("Exemple"), 0U);
  EXPECT_FALSE(m_place.find(ada(), access::Viewer::visitor()).card);
  EXPECT_EQ(m_wishes.all(10)->size(), 1U);
  EXPECT_EQ(*m_wishes.waiting(), 0);
  EXPECT_EQ(m_place.dump("SELECT who FROM decision"), "account 1\n");
  ASSERT_TRUE(m_wishes.take_back_objection(ada(), k_ada));
  EXPECT_EQ(m_place.found("Exemple"), 1U);
  EXPECT_TRUE(m_wishes.take_back_objection(ada(), k_ada).error().is(errors::unknown));
}

// docs/rules/erasure.md, rules 2 and 3.
TEST_F(PersonalTest, AnErasureTakesTheAccountToo) {
  const Id card = ada();
  ASSERT_TRUE(m_personal.keep(k_ada, card, Personal::Keep::yes));
  ASSERT_TRUE(m_personal.keep(k_ben, card, Personal::Keep::yes));
  ASSERT_TRUE(m_searches.save(search("/search?q=vortex", Every::daily), {card}));
  const int64_t wish = *m_wishes.ask_erasure(card, k_ada);
  EXPECT_EQ(*m_wishes.ask_erasure(card, k_ada), wish);
  EXPECT_EQ(m_wishes.all(1)->front().due, "2026-04-01");
  const std::string file = *m_wishes.file_on({k_ada, "ada@example.org", card}, R"({"id":"x"})");
  for (const char* part :
       {"\"email\":\"ada@example.org\"", "favourites", "vortex", "erasure", "\"card\":{\"id\":\"x\"}"}) {
    EXPECT_NE(file.find(part), std::string::npos) << part;
  }
  const auto done = m_wishes.erase({card, 0, {}}, k_ben, {});
  ASSERT_TRUE(done) << done.error().message();
  EXPECT_EQ(m_place.dump("SELECT email FROM account"), "ben@example.org\n");
  EXPECT_EQ(m_place.dump("SELECT entity FROM favourite"), "");
  EXPECT_EQ(m_place.dump("SELECT name FROM saved_search"), "");
  EXPECT_EQ(m_place.dump("SELECT state FROM wish"), "done\n");
  EXPECT_EQ(m_place.found("Exemple"), 0U);
  EXPECT_EQ(m_access.audit().check().value(), std::vector<std::string>{});
  EXPECT_EQ(m_access.audit().entries(0, 1)->front().deed.verb, "erase");
  m_personal.note_seen(k_ada, card);  // a page that was open
  ASSERT_TRUE(m_personal.forget_old());
  EXPECT_EQ(m_place.dump("SELECT account FROM recently_seen"), "");
}

// docs/rules/erasure.md, rule 2.
TEST_F(PersonalTest, TheReasonOfAnErasureDoesNotNameHim) {
  for (const char* why : {"letter of Ada EXEMPLE", "asked by ada@example.org"}) {
    const auto done = m_wishes.erase({ada(), 0, why}, 0, {});
    ASSERT_FALSE(done) << why;
    EXPECT_TRUE(done.error().is(errors::names_him));
  }
  ASSERT_TRUE(m_wishes.erase({ada(), 0, "letter of 3 May"}, 0, {}));
  EXPECT_EQ(m_place.dump("SELECT reason FROM wish"), "letter of 3 May\n");
}

// docs/rules/erasure.md, rule 11.
TEST_F(PersonalTest, TheLastAdministratorStays) {
  ASSERT_TRUE(m_wishes.erase({Id(), k_ben, {}}, k_ada, {}));
  EXPECT_FALSE(m_wishes.erase({ada(), 0, {}}, k_ada, {}));
  EXPECT_EQ(m_place.found("Exemple"), 1U) << "nothing was done";
}

// docs/rules/erasure.md, rule 2.
TEST_F(PersonalTest, RefusingNeedsAReason) {
  const int64_t wish = *m_wishes.ask_erasure(ada(), k_ada);
  EXPECT_TRUE(m_wishes.refuse(wish, k_ben, " ").error().is(errors::reason));
  EXPECT_TRUE(m_wishes.refuse(wish, k_ben, std::string(2001, 'x')).error().is(errors::long_reason)) << "and not cut";
  ASSERT_TRUE(m_wishes.refuse(wish, k_ben, "a duty to keep"));
  EXPECT_TRUE(m_wishes.refuse(wish, k_ben, "again").error().is(errors::unknown));
  EXPECT_EQ(*m_wishes.waiting(), 0);
}

// docs/rules/personal.md, rule 13.
TEST_F(PersonalTest, NoticesGoToEachOnce) {
  EXPECT_EQ(m_notices.count()->to_write, 1);
  EXPECT_EQ(m_notices.count()->no_address, 1);
  EXPECT_FALSE(m_notices.count()->begun);
  const auto next = *m_notices.next(10);
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next.front().email, "ada@example.org");
  ASSERT_TRUE(m_place.store->write([&](store::Transaction& db) -> Result<void> {
    TRY(m_notices.begin(db));
    return m_notices.note(db, next.front());
  }));
  EXPECT_EQ(m_notices.count()->to_write, 0);
  EXPECT_EQ(m_notices.count()->told, 1);
  EXPECT_TRUE(m_notices.count()->begun);
}

}  // namespace
}  // namespace pitchblende::personal
