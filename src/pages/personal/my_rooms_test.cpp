// What every room says on My page, what waits for somebody, and how long the page takes with much of it.
#include <algorithm>
#include <chrono>

#include "pages/personal/personal_fixture.hpp"
#include "store/numbering.hpp"

namespace pitchblende::pages {
namespace {

constexpr int k_much = 40;
constexpr int64_t k_ada = 2;  // her account, the second one

class MyRoomsTest : public PersonalPagesTest {
 protected:
  MyRoomsTest() {
    m_place.import(m_place.source("demo-groups", "groups", sources::Mode::snapshot),
                   "id,name,type\nG1,Microenvironnement,key_area\n");
    m_place.settle();
    m_cookie = sign_in("ada@example.org");
  }
  void script(std::string text, int n = 0) {
    const auto put = [&](const std::string& name, const std::string& value) {
      for (size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
        text.replace(at, name.size(), value);
      }
    };
    put("$ada", std::to_string(k_ada));
    put("$card", std::to_string(store::number(ada())));
    put("$group", std::to_string(store::number(m_place.id_of("name:microenvironnement"))));
    put("$other", std::to_string(n + 1000));  // a proposal of somebody else
    put("$n", std::to_string(n));
    const auto done = m_place.store->write([&](store::Transaction& db) { return db.script(text); });
    ASSERT_TRUE(done) << done.error().message();
  }
  // The n-th of each room.
  void fill(int n) {
    script(
        "INSERT INTO request VALUES ($n, $ada, 'ada@example.org', 'Ada', '', 'en', 'access', 0, 's', 't', '', 'o$n', "
        "1);"
        "INSERT INTO request_thread VALUES ($n, $n, 0, 'staff', 'new', '', 1, 1, 1, 0, 1, 0, 1, 0);"
        "INSERT INTO calls VALUES ($n, 'published', 1, 4000000000, 0, 0, 0, '2026', 1);"
        "INSERT INTO proposal VALUES ($n, 'r$n', $n, 0, 0, '2026', $ada);"
        "INSERT INTO proposal_editor VALUES ($n, 'ada@example.org', '2026');"
        "INSERT INTO proposal VALUES ($other, 'r$other', $n, 1, 0, '2026', 1);"
        "INSERT INTO submission VALUES ($other, 1, 'R-$n', 1, 1, 0, 'h', '{}');"
        "INSERT INTO review VALUES ($n, 'v$n', $other, 0, 'Ada', 'ada@example.org', 't$n', 'accepted', '2026-05-01', "
        "'', "
        "'', '2026', '');"
        "INSERT INTO group_event VALUES ($n, $group, 'Journée $n', 'Day $n', '', '', 4000000000, 4000003600, "
        "'2096-10-02T09:06', '2096-10-02T10:06', '', '', 0, 4000000000, '', 1, 0, 1, '2026', 1);"
        "INSERT INTO group_registration VALUES ($n, $ada, 'registered', 1, '2026');"
        "INSERT INTO partnership VALUES ($n, 'With company $n', 'research', 'signed', '', '2026-01-01', '2090-01-01', "
        "-1, 'public', 1, '', '', 1, '2026', '2026', 0);"
        "INSERT INTO partnership_member VALUES ($n, 'person', $card, 1);"
        "INSERT INTO intake VALUES ($n, $ada, 0, 'demo-$n', 'people', '', 'demo', 0, 50, '', 1, 'tried', 0, '', 1, "
        "'2026', '2026')",
        n);
  }

  std::string m_cookie;
};

// Rule 7.
TEST_F(MyRoomsTest, EachRoomSaysWhatItHasOfHim) {
  const std::string empty = get("/en/account", m_cookie).body;
  for (const char* word : {"open request of mine", "proposal that I write", "review of mine", "Member of",
                           "Event:", "Partnership that I run", "to apply or to drop"}) {
    EXPECT_THAT(empty, Not(HasSubstr(word)));
  }
  fill(1);
  script("INSERT INTO group_member VALUES ($group, $card, 'confirmed', '2026-01-01', 1)");
  const std::string page = get("/en/account", m_cookie).body;
  for (const char* word : {"1 open request of mine", "1 proposal that I write", "1 review of mine",
                           "Member of: Microenvironnement", "Event: Day 1", "Partnership that I run: With company 1"}) {
    EXPECT_THAT(page, HasSubstr(word));
  }
  for (const char* task :
       {"1 file that you brought to apply or to drop", "1 proposal to submit", "1 review to write"}) {
    EXPECT_THAT(page, HasSubstr(task));
  }
  const std::string group = m_place.id_of("name:microenvironnement").text();
  for (const std::string& path :
       {std::string("/en/requests"), std::string("/en/proposals"), std::string("/en/reviews"), "/en/group/" + group,
        "/en/group/" + group + "/events/1", std::string("/en/partnerships/1")}) {
    EXPECT_THAT(page, HasSubstr("href=\"" + path + "\""));
    EXPECT_EQ(get(path, m_cookie).status, 200) << path;
  }
  const std::string french = get("/fr/account", m_cookie).body;
  for (const char* word : {"1 demande de ma part est ouverte", "Membre de", "Journée 1", "1 expertise à mon nom"}) {
    EXPECT_THAT(french, HasSubstr(word));
  }
  // Nobody else's.
  const std::string other = get("/en/account", sign_in("noa@example.org")).body;
  for (const char* word :
       {"request of mine", "proposal that I write", "Member of", "Event:", "Partnership that I run"}) {
    EXPECT_THAT(other, Not(HasSubstr(word)));
  }
}

TEST_F(MyRoomsTest, WhatIsOverIsNotToldAnyMore) {
  fill(1);
  script(
      "UPDATE request_thread SET state = 'done'; UPDATE partnership SET stage = 'ended'; UPDATE group_event SET "
      "cancelled = 1; UPDATE review SET state = 'declined'; UPDATE intake SET state = 'applied'");
  const std::string page = get("/en/account", m_cookie).body;
  EXPECT_THAT(page, HasSubstr("none of my requests is open"));
  // A proposal that was withdrawn since takes nobody's page down.
  script("UPDATE review SET state = 'accepted'; UPDATE proposal SET submitted = 0");
  EXPECT_EQ(get("/en/account", m_cookie).status, 200);
  EXPECT_EQ(get("/en/reviews", m_cookie).status, 200);
  for (const char* word : {"review of mine", "Event:", "Partnership that I run", "to apply or to drop"}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

TEST_F(MyRoomsTest, MyPageIsMadeQuicklyWithMuchInEachRoom) {
  for (int at = 1; at <= k_much; ++at) {
    fill(at);
  }
  std::vector<double> times;
  for (int at = 0; at < 60; ++at) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(get("/en/account", m_cookie).status, 200);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  std::cout << "own page, " << k_much << " of each room: " << times.front() << " ms at least, "
            << times[times.size() / 2] << " ms (median)\n";
  EXPECT_LT(times[times.size() / 2], 25) << "5 ms on an idle machine";
}

}  // namespace
}  // namespace pitchblende::pages
