#include "groups/groups.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>
#include <set>
#include <thread>

#include "../tests/pool_fixture.hpp"
#include "groups/errors.hpp"
#include "groups/event_calendar.hpp"
#include "groups/groups_rules.hpp"
#include "groups/plain_words.hpp"
#include "groups/proposals.hpp"

namespace pitchblende::groups {

namespace {

constexpr int64_t k_hour = 3600;

class GroupsTest : public testing::Test {
 protected:
  GroupsTest() : m_groups(*m_place.store, m_place.clock, *m_place.pool) {
    m_place.import(tests::PoolPlace::source("groups", "groups", sources::Mode::snapshot),
                   "Code,Nom\nA1,Axe Premier\nA2,Axe Second\n");
    m_place.settle();
    m_group = m_place.id_of("name:axe premier");
  }
  Event event(int64_t places) {
    Event out;
    out.group = m_group;
    out.title = {"Journée inventée", "Invented day"};
    out.begins = m_groups.now() + 48 * k_hour;
    out.ends = out.begins + 8 * k_hour;
    out.closes = out.begins;
    out.local_begin = "2026-03-03T01:00";
    out.local_end = "2026-03-03T09:00";
    out.places = places;
    return out;
  }
  int64_t stored(const Event& wanted) {
    const auto number = m_groups.put(wanted, k_leader);
    EXPECT_TRUE(number) << number.error().message();
    return number.value_or(0);
  }
  int64_t taken(int64_t number) {
    const auto all = m_groups.registrations(number).value();
    return std::ranges::count(all, Seat::registered, &Registration::seat);
  }

  static constexpr By k_leader{1, true};
  tests::PoolPlace m_place;
  Groups m_groups;
  Id m_group;
};

// Rule 3.
TEST_F(GroupsTest, ThePresentationOfTwoAtOnceIsNobodysLoss) {
  ASSERT_TRUE(m_groups.set_presentation(m_group, {{"Premier texte", "First"}, 0, {}}, k_leader));
  const auto seen = m_groups.presentation(m_group).value();
  EXPECT_EQ(seen.revision, 1);
  ASSERT_TRUE(m_groups.set_presentation(m_group, {{"Le sien", ""}, seen.revision, {}}, k_leader));
  const auto late = m_groups.set_presentation(m_group, {{"Le mien", ""}, seen.revision, {}}, k_leader);
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().is(errors::changed));
  EXPECT_EQ(m_groups.presentation(m_group)->text.french, "Le sien");
  EXPECT_TRUE(m_groups.set_presentation(m_group, {{"x", ""}, 2, {}}, {2, false}).error().is(errors::not_yours));
  EXPECT_TRUE(m_groups.set_presentation(m_group, {{std::string(50'000, 'x'), ""}, 2, {}}, k_leader)
                  .error()
                  .is(errors::long_text));
}

// Rule 4.
TEST_F(GroupsTest, MembersAreThoseWhomTheLeaderConfirmed) {
  ASSERT_TRUE(m_groups.decide(m_group, Id(7), Decided::confirmed, k_leader));
  ASSERT_TRUE(m_groups.decide(m_group, Id(8), Decided::declined, k_leader));
  ASSERT_TRUE(m_groups.decide(m_group, Id(7), Decided::declined, k_leader)) << "he thought again";
  EXPECT_FALSE(m_groups.decide(m_group, Id(9), Decided::confirmed, {2, false}));
  auto members = m_groups.members(m_group).value();
  ASSERT_EQ(members.size(), 2u);
  EXPECT_EQ(members[0].decided, Decided::declined);
  ASSERT_TRUE(m_groups.decide(m_group, Id(7), std::nullopt, k_leader));
  EXPECT_EQ(m_groups.members(m_group)->size(), 1u);
  EXPECT_TRUE(m_groups.members(m_place.id_of("name:axe second"))->empty());
}

// Rules 3 and 5.
TEST_F(GroupsTest, NewsAndEventsThatContradictThemselvesAreRefused) {
  News news{0, m_group, {"", ""}, {}, "2026-03-01", false, 0};
  EXPECT_TRUE(m_groups.put(news, k_leader).error().is(errors::title));
  news.title.english = "News";
  news.published = "yesterday";
  EXPECT_TRUE(m_groups.put(news, k_leader).error().is(errors::day));
  news.published = "2026-03-01";
  const int64_t number = m_groups.put(news, k_leader).value();
  EXPECT_EQ(m_groups.news(number)->title.english, "News");
  news.id = number;
  EXPECT_TRUE(m_groups.put(news, k_leader).error().is(errors::changed)) << "revision 0 is not the stored one";
  news.revision = 1;
  news.group = m_place.id_of("name:axe second");
  EXPECT_TRUE(m_groups.put(news, k_leader).error().is(errors::unknown)) << "another group's news";

  Event wrong = event(0);
  wrong.ends = wrong.begins;
  EXPECT_TRUE(m_groups.put(wrong, k_leader).error().is(errors::ends_first));
  wrong = event(0);
  wrong.closes = wrong.begins + 1;
  EXPECT_TRUE(m_groups.put(wrong, k_leader).error().is(errors::closes));
  wrong = event(-1);
  EXPECT_TRUE(m_groups.put(wrong, k_leader).error().is(errors::places));
  wrong = event(0);
  wrong.online = "javascript:alert(1)";
  EXPECT_TRUE(m_groups.put(wrong, k_leader).error().is(errors::address));
}

// Rule 8.
TEST_F(GroupsTest, AnEventIsInTheRegistryUntilItIsCancelled) {
  Event wanted = event(0);
  wanted.title = {"Colloque zorgien", "Zorgian colloquium"};
  wanted.id = stored(wanted);
  EXPECT_EQ(m_place.found("zorgien"), 1u);
  const registry::Found card = m_place.find(m_place.id_of(pool::published_reference("groups", "event-1")));
  ASSERT_TRUE(card.card);
  EXPECT_EQ(card.card->text(registry::field(registry::Kind::event, "from")), "2026-03-03");
  EXPECT_EQ(event_of_key(card.card->sources.front().key), 1);
  EXPECT_EQ(event_of_key("news-1"), 0);
  wanted.revision = 1;
  wanted.is_cancelled = true;
  stored(wanted);
  EXPECT_EQ(m_place.found("zorgien"), 0u);
}

// Rule 8: a card has no marks.
TEST(PlainWords, AreWhatATextSays) {
  EXPECT_EQ(plain_words("## Programme\n*Un* [clic](javascript:alert(1)) **fort**"), "Programme\nUn clic fort");
  EXPECT_EQ(plain_words("> - [*a*](https://a.example) `code`\n\n# \nb_c 5 * 3 _d_."), "– a code\nb_c 5 * 3 d.");
  EXPECT_EQ(plain_words("![plan](x.png) \\*5 [no link] (x) [open](y"), "plan *5 [no link] (x) [open](y");
  EXPECT_EQ(plain_words("#hashtag __x__"), "#hashtag x");
  EXPECT_EQ(plain_words("é*"), "é");
  EXPECT_EQ(plain_words(""), "");
}

// Rule 6: of many who come at once as many get a place as there are, and all others wait.
TEST_F(GroupsTest, TheLastPlaceIsTakenOnce) {
  const int64_t number = stored(event(5));
  std::vector<std::thread> threads;
  for (int64_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      for (int64_t each = 0; each < 10; ++each) {
        EXPECT_TRUE(m_groups.enrol(number, 100 + thread * 10 + each));
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(taken(number), 5);
  EXPECT_EQ(m_groups.registrations(number)->size(), 40u);
  std::set<int64_t> turns;
  const auto registrations = m_groups.registrations(number).value();
  for (const Registration& each : registrations) {
    EXPECT_TRUE(turns.insert(each.turn).second);
  }
}

// The same as a row of chairs and a queue of people.
TEST_F(GroupsTest, SeatsAreWhatARowOfChairsSays) {
  std::mt19937 random(11);
  for (int round = 0; round < 5; ++round) {
    Event of = event(1 + static_cast<int64_t>(random() % 4));
    of.id = stored(of);
    std::set<int64_t> chairs;
    std::deque<int64_t> queue;
    for (int step = 0; step < 60; ++step) {
      const int64_t who = 1 + static_cast<int64_t>(random() % 9);
      const bool here = chairs.contains(who) || std::ranges::find(queue, who) != queue.end();
      if (random() % 10 == 0) {
        of.places += 1;
        ++of.revision;
        stored(of);
      } else if (random() % 2 == 0) {
        ASSERT_TRUE(m_groups.enrol(of.id, who));
        if (!here && static_cast<int64_t>(chairs.size()) < of.places) {
          chairs.insert(who);
        } else if (!here) {
          queue.push_back(who);
        }
      } else {
        ASSERT_EQ(m_groups.give_back(of.id, who).has_value(), here);
        chairs.erase(who);
        std::erase(queue, who);
      }
      while (!queue.empty() && static_cast<int64_t>(chairs.size()) < of.places) {
        chairs.insert(queue.front());
        queue.pop_front();
      }
      std::set<int64_t> seated;
      std::set<int64_t> waiting;
      const auto registrations = m_groups.registrations(of.id).value();
      for (const Registration& each : registrations) {
        if (each.seat == Seat::registered) {
          seated.insert(each.account);
        } else if (each.seat == Seat::waiting) {
          waiting.insert(each.account);
        }
      }
      ASSERT_EQ(seated, chairs) << round << "/" << step;
      ASSERT_EQ(waiting, std::set<int64_t>(queue.begin(), queue.end())) << round << "/" << step;
    }
  }
}

// Rule 7.
TEST_F(GroupsTest, WhoWaitedLongestIsToldThatHeHasAPlace) {
  const int64_t number = stored(event(1));
  ASSERT_TRUE(m_groups.enrol(number, 1));
  ASSERT_EQ(m_groups.enrol(number, 2).value(), Seat::waiting);
  ASSERT_EQ(m_groups.enrol(number, 3).value(), Seat::waiting);
  std::vector<int64_t> told;
  ASSERT_TRUE(m_groups.give_back(number, 1, [&](store::Transaction&, const Change& change) -> Result<void> {
    told = change.moved_up;
    return {};
  }));
  EXPECT_EQ(told, (std::vector<int64_t>{2}));
  const auto failing = [](store::Transaction&, const Change&) -> Result<void> { return fail(errors::nobody); };
  EXPECT_FALSE(m_groups.give_back(number, 2, failing));
  EXPECT_EQ(m_groups.registrations(number)->at(1).seat, Seat::registered) << "nothing is done without its letter";
}

TEST_F(GroupsTest, NobodyRegistersForWhatIsClosedOrCancelled) {
  Event of = event(0);
  of.closes = m_groups.now() - 1;
  of.id = stored(of);
  EXPECT_TRUE(m_groups.enrol(of.id, 1).error().is(errors::closed));
  of.closes = of.begins;
  of.revision = 1;
  of.is_open = false;
  stored(of);
  EXPECT_TRUE(m_groups.enrol(of.id, 1).error().is(errors::not_open));
  of.revision = 2;
  of.is_cancelled = true;
  stored(of);
  EXPECT_TRUE(m_groups.enrol(of.id, 1).error().is(errors::cancelled));
  EXPECT_TRUE(m_groups.enrol(99, 1).error().is(errors::unknown));
  EXPECT_TRUE(m_groups.give_back(of.id, 1).error().is(errors::not_registered));
}

// Rule 9.
TEST_F(GroupsTest, TheCalendarKeepsItsLinesShortAndItsTextsInTheirPlace) {
  Event of = event(0);
  of.id = 3;
  of.place = "Salle 1; étage 2, Paris\nATTENDEE:mailto:evil@example.org";
  const std::string text = calendar_text(
      "Axe", {{of, std::string("ééééééééééééééééééééééééééééééééééééééééé") + "\r\nBEGIN:VALARM", "a,b", ""}},
      "pool.example.org", 0);
  EXPECT_EQ(text.find("\r\nATTENDEE"), std::string::npos);
  EXPECT_EQ(text.find("\r\nBEGIN:VALARM"), std::string::npos);
  EXPECT_NE(text.find("DTSTART:20260303T000000Z\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Salle 1\\; étage 2\\, Paris\\nATTENDEE"), std::string::npos) << text;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75u);
    EXPECT_FALSE((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    at = end + 2;
  }
}

// Whose work is with the area's teams comes before whose work is only on its topics; others are not proposed.
// Rule 4.
TEST_F(GroupsTest, PeopleAreProposedByTheEvidenceOfTheirWork) {
  m_place.import_members("I1,Institut Exemple,member,2007\n");
  m_place.import(tests::PoolPlace::source("teams", "teams", sources::Mode::snapshot),
                 "Code,Nom,Tutelles\nT1,Équipe Zorg,Institut Exemple\n");
  m_place.import_staff("demo",
                       "1,Premier,Camille,0000-0002-1825-0097,Institut Exemple,2015\n"
                       "2,Ailleurs,Noa,0000-0001-5109-3700,Institut Exemple,2015\n");
  std::string articles;
  for (int at = 0; at < 4; ++at) {
    articles += tests::pubmed_article(
        10 + at, "Zorg paper " + std::to_string(at),
        {{"Premier", "Camille", "Équipe Zorg, Institut Exemple, Paris", "0000-0002-1825-0097"}}, 2025);
  }
  articles += tests::pubmed_article(30, "Another thing",
                                    {{"Ailleurs", "Noa", "Institut Exemple, Paris", "0000-0001-5109-3700"}}, 2025);
  m_place.import_pubmed(articles);
  m_place.settle();
  const Scope scope{m_group, {m_place.id_of("name:équipe zorg")}, 2026};
  const auto index = m_place.pool->index();
  const auto found = proposals(*index, scope, {}, access::Viewer::visitor(), 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].person, m_place.id_of("orcid:0000-0002-1825-0097"));
  EXPECT_EQ(found[0].with_teams, 4);
  EXPECT_EQ(found[0].proofs.size(), 3u);
  EXPECT_TRUE(proposals(*index, scope, {found[0].person}, access::Viewer::visitor(), 10).empty());
  EXPECT_TRUE(proposals(*index, {m_group, {}, 2026}, {}, access::Viewer::visitor(), 10).empty());
}

// Rule 14.
TEST(GroupRules, WhoIsProposedWaitsForSomebody) {
  const std::vector<std::string> nobody;
  const std::vector<std::string> long_since{"", "2025-01-01"};
  const std::vector<std::string> new_one{"", "2026-02-20"};
  EXPECT_TRUE(nobody_decides(nobody, "2026-03-01", "2026-01-01")) << "the staff decide on the others too";
  EXPECT_TRUE(nobody_decides(long_since, "", "2026-01-01"));
  EXPECT_TRUE(nobody_decides(long_since, "2025-12-31", "2026-01-01"));
  EXPECT_FALSE(nobody_decides(long_since, "2026-01-01", "2026-01-01"));
  EXPECT_FALSE(nobody_decides(new_one, "", "2026-01-01"));
}

// Rule 11.
TEST(GroupTopics, RowsAreThoseThatSaySomething) {
  const Counted all{100, {{"Prognosis", 60}, {"Zorgs", 20}, {"Ploks", 12}, {"Gaps", 9}, {"Once", 2}, {"Few", 4}}};
  const std::vector<Counted> areas{{20, {{"Prognosis", 12}, {"Zorgs", 18}, {"Few", 1}}},
                                   {20, {{"Prognosis", 11}, {"Ploks", 10}, {"Zorgs", 1}}},
                                   {10, {{"Prognosis", 5}}}};
  const auto rows = telling_rows(all, areas);
  ASSERT_EQ(rows.size(), 4U) << "of what nobody has much nothing is said";
  using Why = TopicRow::Why;
  EXPECT_EQ(rows[0], (TopicRow{"Zorgs", Why::telling, {18, 1, 0}, 20}));
  EXPECT_EQ(rows[1], (TopicRow{"Ploks", Why::telling, {0, 10, 0}, 12}));
  EXPECT_EQ(rows[2], (TopicRow{"Prognosis", Why::shared, {12, 11, 5}, 60}));
  EXPECT_EQ(rows[3], (TopicRow{"Gaps", Why::nobody, {0, 0, 0}, 9}));
  EXPECT_TRUE(telling_rows({}, areas).empty());
  EXPECT_TRUE(telling_rows({}, {}).empty());
}

}  // namespace

}  // namespace pitchblende::groups
