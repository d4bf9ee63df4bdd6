#include "requests/requests_rules.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "requests/errors.hpp"

namespace pitchblende::requests {
namespace {

constexpr int64_t k_day = 86'400;
constexpr int64_t k_monday = 20'514 * k_day;  // 2 March 2026

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

Draft draft() {
  Draft out;
  out.subject = "Sorting";
  out.text = "Twelve samples of blood";
  return out;
}

TEST(RequestsRules, rule_2_what_is_asked_is_whole) {
  EXPECT_TRUE(judge_draft(draft(), "2026-03-02"));
  Draft wrong = draft();
  wrong.subject = "  ";
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_SUBJECT");
  wrong = draft();
  wrong.text = "\n";
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_TEXT");
  wrong = draft();
  wrong.wanted_by = "2026-02-30";
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_DATE");
  wrong.wanted_by = "2026-03-01";
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_PAST");
  wrong.wanted_by = "2026-03-02";
  EXPECT_TRUE(judge_draft(wrong, "2026-03-02"));
  wrong = draft();
  wrong.to.assign(k_most_recipients + 1, Id(3));
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_MANY");
  wrong = draft();
  // Characters are counted, not bytes.
  std::string accents;
  for (size_t i = 0; i < k_longest_subject; ++i) {
    accents += "é";
  }
  wrong.subject = accents;
  EXPECT_TRUE(judge_draft(wrong, "2026-03-02"));
  wrong.subject += "é";
  EXPECT_EQ(code_of(judge_draft(wrong, "2026-03-02")), "REQUESTS_LENGTH");
}

TEST(RequestsRules, a_company_says_who_it_is) {
  EXPECT_TRUE(judge_asker({0, "lou@company.example", "Lou", "Company", "en"}));
  EXPECT_EQ(code_of(judge_asker({0, "lou@company.example", " ", "Company", "en"})), "REQUESTS_NAME");
  EXPECT_EQ(code_of(judge_asker({0, "lou@company.example\r\nBcc: all@example.org", "Lou", "", "en"})),
            "REQUESTS_EMAIL");
  EXPECT_TRUE(judge_asker({7, "lou@company.example", "", "", "en"})) << "an account is known";
}

// Rule 8 as a table: from each state, what each side may make of it.
TEST(RequestsRules, rule_8_which_state_follows_which) {
  const auto after = [](State from, Side side) {
    std::string out;
    for (const State to : k_states) {
      out += may_become(from, to, side) ? std::string(name(to)) + " " : "";
    }
    return out;
  };
  EXPECT_EQ(after(State::fresh, Side::recipient), "accepted declined ");
  EXPECT_EQ(after(State::accepted, Side::recipient), "declined running done ");
  EXPECT_EQ(after(State::declined, Side::recipient), "accepted ");
  EXPECT_EQ(after(State::running, Side::recipient), "done ");
  EXPECT_EQ(after(State::done, Side::recipient), "running ");
  EXPECT_EQ(after(State::withdrawn, Side::recipient), "");
  for (const State from : k_states) {
    EXPECT_EQ(after(from, Side::asker), is_open(from) ? "withdrawn " : "");
  }
  Thread thread;
  EXPECT_EQ(code_of(judge_answer(thread, State::declined, " ", Side::recipient)), "REQUESTS_REASON");
  EXPECT_TRUE(judge_answer(thread, State::declined, "no room", Side::recipient));
  EXPECT_EQ(code_of(judge_answer(thread, State::done, "", Side::recipient)), "REQUESTS_STATE");
  EXPECT_EQ(code_of(judge_answer(thread, State::accepted, "", Side::asker)), "REQUESTS_NOT_YOURS");
  EXPECT_EQ(code_of(judge_answer(thread, State::withdrawn, "", Side::recipient)), "REQUESTS_NOT_YOURS");
}

// Day by day, as one counts on the fingers.
int64_t slowly(int64_t at, int days) {
  const auto weekend = [](int64_t time) { return (time / k_day + 3) % 7 > 4; };
  while (weekend(at)) {
    at = (at / k_day + 1) * k_day;
  }
  for (; days > 0; --days) {
    do {
      at += k_day;
    } while (weekend(at));
  }
  return at;
}

RC_GTEST_PROP(RequestsRules, working_days_are_those_that_one_counts, ()) {
  const int64_t at = k_monday + *rc::gen::inRange<int64_t>(-4000 * k_day, 4000 * k_day);
  const int days = *rc::gen::inRange(0, 40);
  RC_ASSERT(working_days_after(at, days) == slowly(at, days));
}

RC_GTEST_PROP(RequestsRules, the_median_is_the_middle_one, (std::vector<int64_t> values)) {
  const auto found = median(values);
  RC_ASSERT(found.has_value() == !values.empty());
  if (found) {
    std::sort(values.begin(), values.end());
    RC_ASSERT(*found == values[(values.size() - 1) / 2]);
  }
}

// Where the waiting leads to when nobody ever answers: asked hour by hour.
std::vector<std::string> hour_by_hour(Thread thread, Reachable who, int64_t until) {
  std::vector<std::string> out;
  for (int64_t now = thread.sent; now <= until; now += 3600) {
    const Step step = next_step(thread, who, now);
    if (step == Step::nothing) {
      continue;
    }
    const std::string day = std::to_string((now - thread.sent) / k_day);
    if (step == Step::remind) {
      thread.reminded = now;
      out.push_back(day + " remind " + std::string(name(thread.level)));
    } else {
      thread.level = step == Step::substitute ? Level::substitute : Level::staff;
      thread.level_since = now;
      out.push_back(day + " to " + std::string(name(thread.level)));
    }
  }
  return out;
}

Thread asked_at(int64_t at, Level level) {
  Thread thread;
  thread.sent = thread.level_since = thread.owed_since = at;
  thread.level = level;
  return thread;
}

TEST(RequestsRules, rules_9_to_11_somebody_is_always_the_next) {
  using Steps = std::vector<std::string>;
  const int64_t monday = k_monday + 9 * 3600;
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::owner), {true, true}, monday + 28 * k_day),
            (Steps{"3 remind owner", "7 to substitute", "10 remind substitute", "14 to staff", "17 remind staff",
                   "24 remind staff"}));
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::owner), {true, false}, monday + 15 * k_day),
            (Steps{"3 remind owner", "7 to staff", "10 remind staff"}));
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::staff), {false, false}, monday + 11 * k_day),
            (Steps{"3 remind staff", "10 remind staff"}));
  // The owner has left meanwhile: nobody is reminded in vain, it goes on at once; so with a substitute who was let go.
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::owner), {false, false}, monday + 8 * k_day),
            (Steps{"0 to staff", "3 remind staff"}));
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::owner), {false, true}, monday + 8 * k_day),
            (Steps{"0 to substitute", "3 remind substitute", "7 to staff"}));
  EXPECT_EQ(hour_by_hour(asked_at(monday, Level::substitute), {true, false}, monday + 4 * k_day),
            (Steps{"0 to staff", "3 remind staff"}));
  Thread answered = asked_at(monday, Level::owner);
  answered.owed_since = 0;
  EXPECT_TRUE(hour_by_hour(answered, {true, true}, monday + 90 * k_day).empty());
  // A question after an answer is owed anew, at the level where it stands, with a reminder of its own.
  answered.reminded = monday + 3 * k_day;
  answered.owed_since = monday + 28 * k_day;
  answered.sent = answered.owed_since;
  EXPECT_EQ(hour_by_hour(answered, {true, false}, monday + 36 * k_day), (Steps{"3 remind owner", "7 to staff"}));
}

TEST(RequestsRules, rule_5_it_begins_with_who_is_there) {
  EXPECT_EQ(first_level({true, true}), Level::owner);
  EXPECT_EQ(first_level({true, false}), Level::owner);
  EXPECT_EQ(first_level({false, true}), Level::substitute);
  EXPECT_EQ(first_level({false, false}), Level::staff);
}

TEST(RequestsRules, figures_count_what_was_answered_and_what_is_late) {
  std::vector<Case> cases(4);
  for (Case& each : cases) {
    each.thread = asked_at(k_monday, Level::owner);
    each.thread.resource = Id(5);
  }
  cases[0].thread.answered = k_monday + 100;
  cases[1].thread.answered = k_monday + 300;
  cases[2].thread.answered = k_monday + 200;
  for (size_t at = 0; at < 3; ++at) {
    cases[at].thread.owed_since = 0;
    cases[at].thread.state = State::done;
  }
  const auto figures = figures_by_resource(cases, k_monday + 8 * k_day);
  ASSERT_EQ(figures.size(), 1U);
  EXPECT_EQ(figures.at(Id(5)).answer_time, 200);
  EXPECT_EQ(figures.at(Id(5)).asked, 4U);
  EXPECT_EQ(figures.at(Id(5)).answered, 3U);
  EXPECT_EQ(figures.at(Id(5)).open, 1U);
  EXPECT_EQ(figures.at(Id(5)).late, 1U);
  EXPECT_EQ(figures_by_resource(cases, k_monday + 6 * k_day).at(Id(5)).late, 0U);
}

}  // namespace
}  // namespace pitchblende::requests
