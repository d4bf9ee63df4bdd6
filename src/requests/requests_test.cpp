#include "requests/requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "either_store.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::requests {
namespace {

using store::Transaction;

constexpr int64_t k_monday = 20'514LL * 86'400 + 9 * 3600;  // 2 March 2026, nine o'clock

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

class RequestsTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    EitherStoreTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    m_room = std::make_unique<Requests>(*m_store, m_clock, "key of this test");
  }

  void later(int64_t seconds) { m_clock.set(m_clock.now() + std::chrono::seconds(seconds)); }
  static Draft draft(const std::string& once = {}) {
    Draft out;
    out.kind = Kind::service;
    out.subject = "Sorting of <b>cells</b>";
    out.text = "Twelve samples.\nBefore Easter.";
    out.once = once;
    return out;
  }
  Request ask(const std::vector<Recipient>& to, const Asker& asker = k_camille) {
    const auto done = m_room->ask(asker, draft(), to, {});
    EXPECT_TRUE(done) << done.error().message();
    return done.value_or(Request{});
  }
  std::vector<Case> cases(Query::Which which, int64_t number = 0) {
    Query query;
    query.which = which;
    query.number = number;
    return m_room->cases(query).value();
  }
  // The secret of the link that was posted last.
  PostLink keep(std::string& secret) {
    return [&secret](Transaction&, const Pending&, std::string_view posted) -> Result<void> {
      secret = posted;
      return {};
    };
  }
  std::string ask_first(const std::string& email, const std::string& client, Result<void>* result = nullptr) {
    std::string secret;
    const auto done = m_room->ask_first({0, email, "Lou", "Company", "en"}, draft(), {"browser", client}, keep(secret));
    if (result != nullptr) {
      *result = done;
    }
    return secret;
  }

  inline static const Asker k_camille{1, "camille@example.org", "Camille", "", "fr"};
  static constexpr Voice k_asker{Side::asker, 1};
  static constexpr Voice k_manager{Side::recipient, 2};
  FixedClock m_clock{std::chrono::system_clock::time_point(std::chrono::seconds(k_monday))};
  std::unique_ptr<Requests> m_room;
};

INSTANTIATE_TEST_SUITE_P(Stores, RequestsTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(RequestsTest, rule_3_each_recipient_has_a_conversation_of_its_own) {
  const Request asked = ask({{Id(5), Level::owner}, {Id(6), Level::substitute}});
  const auto all = cases(Query::Which::request, asked.id);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].thread.resource, Id(5));
  EXPECT_EQ(all[0].thread.level, Level::substitute);
  EXPECT_EQ(all[0].request.draft.text, draft().text);
  ASSERT_TRUE(m_room->write(all[1].thread.id, "Which cells?", k_manager, {}));
  EXPECT_EQ(m_room->messages(all[1].thread.id)->size(), 1U);
  EXPECT_TRUE(m_room->messages(all[0].thread.id)->empty());
  EXPECT_EQ(m_room->resources().value(), (std::vector<Id>{Id(5), Id(6)}));
  Query query;
  query.which = Query::Which::resources;
  query.resources = {Id(6), Id(7)};
  EXPECT_EQ(m_room->cases(query)->size(), 1U);
  query.which = Query::Which::asker;
  query.email = "camille@example.org";
  EXPECT_EQ(m_room->cases(query)->size(), 2U);
  query.email = "other@example.org";
  EXPECT_TRUE(m_room->cases(query)->empty()) << "account 0 is nobody's";
}

TEST_P(RequestsTest, without_a_recipient_it_goes_to_the_staff) {
  const Request asked = ask({});
  const auto all = cases(Query::Which::request, asked.id);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].thread.resource, Id());
  EXPECT_EQ(all[0].thread.level, Level::staff);
}

// Rule 14.
TEST_P(RequestsTest, a_form_sent_twice_asks_once) {
  const auto first = m_room->ask(k_camille, draft("of this form"), {}, {});
  const auto second = m_room->ask(k_camille, draft("of this form"), {}, {});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, second->id);
  EXPECT_EQ(cases(Query::Which::all).size(), 1U);
  const Asker lou{2, "lou@example.org", "", "", "en"};
  EXPECT_NE(m_room->ask(lou, draft("of this form"), {}, {})->id, first->id) << "another's form";
}

TEST_P(RequestsTest, rule_8_changed_as_it_was_seen) {
  const Request asked = ask({{Id(5), Level::owner}});
  const int64_t thread = cases(Query::Which::request, asked.id).front().thread.id;
  EXPECT_EQ(code_of(m_room->answer({thread, 1}, State::declined, "", k_manager, {})), "REQUESTS_REASON");
  later(3600);
  ASSERT_TRUE(m_room->answer({thread, 1}, State::accepted, "", k_manager, {}));
  EXPECT_EQ(code_of(m_room->answer({thread, 1}, State::declined, "full", k_manager, {})), "REQUESTS_CHANGED");
  EXPECT_EQ(code_of(m_room->answer({thread, 2}, State::withdrawn, "", k_manager, {})), "REQUESTS_NOT_YOURS");
  EXPECT_EQ(code_of(m_room->answer({99, 1}, State::accepted, "", k_manager, {})), "REQUESTS_UNKNOWN");
  const Thread now = cases(Query::Which::thread, thread).front().thread;
  EXPECT_EQ(now.answered - now.sent, 3600);
  EXPECT_EQ(now.owed_since, 0);
  EXPECT_EQ(now.handler, 2);
  ASSERT_TRUE(m_room->answer({thread, 2}, State::withdrawn, "", k_asker, {}));
  EXPECT_EQ(code_of(m_room->write(thread, "still there?", k_asker, {})), "REQUESTS_OVER");
  EXPECT_EQ(m_room->messages(thread)->back().text, "state.withdrawn");
}

TEST_P(RequestsTest, rule_7_who_writes_again_waits_again) {
  const Request asked = ask({{Id(5), Level::owner}});
  const int64_t thread = cases(Query::Which::request, asked.id).front().thread.id;
  EXPECT_EQ(cases(Query::Which::owed).size(), 1U);
  ASSERT_TRUE(m_room->write(thread, "Yes, in May.", k_manager, {}));
  EXPECT_TRUE(cases(Query::Which::owed).empty());
  later(3600);
  ASSERT_TRUE(m_room->write(thread, "Is April possible?", k_asker, {}));
  later(3600);
  ASSERT_TRUE(m_room->write(thread, "Or June?", k_asker, {}));
  ASSERT_EQ(cases(Query::Which::owed).size(), 1U);
  EXPECT_EQ(cases(Query::Which::owed).front().thread.owed_since, k_monday + 3600) << "since the first question";
  EXPECT_EQ(code_of(m_room->write(thread, " \n", k_asker, {})), "REQUESTS_TEXT");
}

TEST_P(RequestsTest, what_fails_beside_it_leaves_nothing) {
  const auto done = m_room->ask(k_camille, draft(), {}, [](Transaction&, const Request&, const std::vector<Thread>&) {
    return Result<void>(fail(errors::unknown));
  });
  EXPECT_FALSE(done);
  EXPECT_TRUE(cases(Query::Which::all).empty());
}

TEST_P(RequestsTest, rule_12_a_link_sends_once_from_its_browser) {
  const std::string secret = ask_first("Lou@Company.example", "192.0.2.1");
  ASSERT_EQ(secret.size(), 64U);
  EXPECT_TRUE(cases(Query::Which::all).empty()) << "nobody is asked before";
  EXPECT_EQ(code_of(m_room->look(secret, "another browser")), "REQUESTS_BROWSER");
  EXPECT_EQ(code_of(m_room->look("0", "browser")), "REQUESTS_LINK");
  EXPECT_EQ(m_room->look(secret, "browser")->asker.email, "lou@company.example");
  EXPECT_EQ(code_of(m_room->confirm(secret, "another browser", {}, {})), "REQUESTS_BROWSER");
  later(2 * 86'400);  // a mail server that is down over a weekend loses nothing
  const auto asked = m_room->confirm(secret, "browser", {{Id(5), Level::owner}}, {});
  ASSERT_TRUE(asked) << asked.error().message();
  EXPECT_EQ(code_of(m_room->confirm(secret, "browser", {}, {})), "REQUESTS_LINK");
  EXPECT_EQ(cases(Query::Which::all).size(), 1U);
  EXPECT_EQ(m_room->by_link(m_room->link(asked->id)).value(), asked->id);
  for (const std::string& forged : {std::string(), std::string("1"), m_room->link(asked->id) + "0",
                                    std::to_string(asked->id + 1) + m_room->link(asked->id).substr(1)}) {
    EXPECT_EQ(code_of(m_room->by_link(forged)), "REQUESTS_UNKNOWN") << forged;
  }
  EXPECT_NE(Requests(*m_store, m_clock, "another key").link(asked->id), m_room->link(asked->id));
}

// Rule 18.
TEST_P(RequestsTest, a_link_is_too_old_after_three_days) {
  const std::string secret = ask_first("lou@company.example", "192.0.2.1");
  later(73 * 3600);
  EXPECT_EQ(code_of(m_room->look(secret, "browser")), "REQUESTS_LINK");
  EXPECT_EQ(code_of(m_room->confirm(secret, "browser", {}, {})), "REQUESTS_LINK");
  ASSERT_TRUE(m_room->forget_old());
}

TEST_P(RequestsTest, rule_13_who_floods_waits_and_others_do_not) {
  Result<void> done;
  for (int i = 0; i < 5; ++i) {
    ask_first("lou@company.example", "192.0.2.1", &done);
    ASSERT_TRUE(done) << i;
  }
  ask_first("lou@company.example", "192.0.2.1", &done);
  EXPECT_EQ(code_of(done), "REQUESTS_OFTEN");
  // Its owner, elsewhere, asks all the same; so does another company behind the same address.
  EXPECT_EQ(ask_first("lou@company.example", "198.51.100.7").size(), 64U);
  EXPECT_EQ(ask_first("noa@other.example", "192.0.2.1").size(), 64U);
  // Many names of one client: it waits, others go on.
  for (int i = 0; i < 40; ++i) {
    ask_first("name" + std::to_string(i) + "@company.example", "192.0.2.9", &done);
  }
  EXPECT_EQ(code_of(done), "REQUESTS_OFTEN");
  EXPECT_EQ(ask_first("noa@other.example", "203.0.113.1").size(), 64U);
  later(3601);
  EXPECT_EQ(ask_first("lou@company.example", "192.0.2.1").size(), 64U);
}

TEST_P(RequestsTest, a_verified_company_has_so_many_a_day) {
  for (int64_t i = 0; i < k_of_a_company; ++i) {
    const std::string secret = ask_first("lou@company.example", "192.0.2." + std::to_string(i));
    ASSERT_TRUE(m_room->confirm(secret, "browser", {}, {})) << i;
  }
  Result<void> done;
  ask_first("lou@company.example", "203.0.113.7", &done);
  EXPECT_EQ(code_of(done), "REQUESTS_OFTEN");
  later(86'400);
  EXPECT_FALSE(ask_first("lou@company.example", "203.0.113.7").empty());
}

TEST_P(RequestsTest, who_writes_and_writes_waits) {
  const Request asked = ask({{Id(5), Level::owner}});
  const int64_t thread = cases(Query::Which::request, asked.id).front().thread.id;
  for (int64_t i = 0; i < k_messages_an_hour; ++i) {
    ASSERT_TRUE(m_room->write(thread, "once more", k_asker, {}));
  }
  EXPECT_EQ(code_of(m_room->write(thread, "once more", k_asker, {})), "REQUESTS_OFTEN");
  EXPECT_TRUE(m_room->write(thread, "an answer", k_manager, {})) << "the other side is free";
  later(3601);
  EXPECT_TRUE(m_room->write(thread, "once more", k_asker, {}));
}

TEST_P(RequestsTest, the_staff_forward_to_those_who_can_answer) {
  const Request asked = ask({});
  const int64_t thread = cases(Query::Which::request, asked.id).front().thread.id;
  const auto sent =
      m_room->forward(thread, {{Id(5), Level::owner}, {Id(6), Level::staff}}, "They sort cells.", k_manager, {});
  ASSERT_TRUE(sent) << sent.error().message();
  EXPECT_EQ(sent->size(), 2U);
  EXPECT_EQ(m_room->messages(sent->front().id)->front().text, "They sort cells.");
  EXPECT_EQ(m_room->messages(sent->front().id)->front().side, Side::staff) << "it is no answer to who asks";
  EXPECT_EQ(m_room->messages(thread)->back().text, "forwarded");
  const Thread passed = cases(Query::Which::thread, thread).front().thread;
  EXPECT_EQ(passed.owed_since, 0);
  EXPECT_EQ(passed.state, State::done);
  EXPECT_EQ(passed.answered, 0) << "to forward is not to answer";
  EXPECT_EQ(cases(Query::Which::owed).size(), 2U);
  EXPECT_EQ(code_of(m_room->forward(thread, {{Id(5), Level::owner}}, "", k_manager, {})), "REQUESTS_ASKED");
}

TEST_P(RequestsTest, passed_on_unless_somebody_answered_meanwhile) {
  const Request asked = ask({{Id(5), Level::owner}});
  const Thread seen = cases(Query::Which::request, asked.id).front().thread;
  later(5 * 86'400);
  EXPECT_TRUE(m_room->pass_on({seen.id, seen.revision}, Level::owner, {}).value());
  EXPECT_EQ(cases(Query::Which::thread, seen.id).front().thread.reminded, k_monday + 5 * 86'400);
  EXPECT_TRUE(m_room->pass_on({seen.id, seen.revision}, Level::staff, {}).value());
  const Thread passed = cases(Query::Which::thread, seen.id).front().thread;
  EXPECT_EQ(passed.level, Level::staff);
  EXPECT_EQ(passed.level_since, k_monday + 5 * 86'400);
  EXPECT_EQ(m_room->messages(seen.id)->back().text, "level.staff");
  ASSERT_TRUE(m_room->write(seen.id, "We look at it.", k_manager, {}));
  EXPECT_FALSE(m_room->pass_on({seen.id, seen.revision}, Level::staff, {}).value());
}

// Many at once: nothing acknowledged is lost, one answer of two wins.
TEST_P(RequestsTest, two_at_once) {
  const Request asked = ask({{Id(5), Level::owner}});
  const int64_t thread = cases(Query::Which::request, asked.id).front().thread.id;
  std::atomic<int> answers = 0;
  std::atomic<int> written = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      answers +=
          m_room->answer({thread, 1}, i % 2 == 0 ? State::accepted : State::declined, "why", {Side::recipient, i}, {})
              ? 1
              : 0;
      for (int j = 0; j < 10; ++j) {
        written += m_room->write(thread, std::to_string(i * 10 + j), {Side::recipient, i}, {}) ? 1 : 0;
      }
    });
  }
  for (std::thread& each : threads) {
    each.join();
  }
  EXPECT_EQ(answers, 1);
  EXPECT_EQ(written, 40);
  std::set<std::string> texts;
  const auto messages = m_room->messages(thread).value();
  for (const Message& each : messages) {
    texts.insert(each.text);
  }
  EXPECT_EQ(texts.size(), 41U) << "forty texts and one state";
}

}  // namespace
}  // namespace pitchblende::requests
