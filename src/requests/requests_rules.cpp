#include "requests/requests_rules.hpp"

#include <algorithm>
#include <chrono>

#include "access/access_rules.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "requests/errors.hpp"

namespace pitchblende::requests {

namespace {

constexpr int64_t k_day = 86'400;

template <typename Value, size_t size>
std::optional<Value> named(const std::array<Value, size>& all, std::string_view wanted) {
  const auto at = std::find_if(all.begin(), all.end(), [&](Value each) { return name(each) == wanted; });
  return at == all.end() ? std::nullopt : std::optional(*at);
}

size_t characters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Result<void> within(std::string_view text, size_t most) {
  return characters(text) > most ? Result<void>(fail(errors::length, std::to_string(most))) : Result<void>();
}

int weekday_of(int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }  // 0: Monday

}  // namespace

std::string_view name(Kind kind) {
  static constexpr std::array<std::string_view, 7> k_names{"access",    "training", "service", "samples",
                                                           "expertise", "data",     "choose"};
  return k_names[static_cast<size_t>(kind)];
}
std::string_view name(State state) {
  static constexpr std::array<std::string_view, 6> k_names{"new",     "accepted", "declined",
                                                           "running", "done",     "withdrawn"};
  return k_names[static_cast<size_t>(state)];
}
std::string_view name(Level level) {
  static constexpr std::array<std::string_view, 3> k_names{"owner", "substitute", "staff"};
  return k_names[static_cast<size_t>(level)];
}
std::string_view name(Side side) {
  static constexpr std::array<std::string_view, 4> k_names{"asker", "recipient", "program", "staff"};
  return k_names[static_cast<size_t>(side)];
}
std::optional<Kind> kind(std::string_view wanted) { return named(k_kinds, wanted); }
std::optional<State> state(std::string_view wanted) { return named(k_states, wanted); }
std::optional<Level> level(std::string_view wanted) { return named(k_levels, wanted); }
std::optional<Side> side(std::string_view wanted) {
  return named(std::array{Side::asker, Side::recipient, Side::program, Side::staff}, wanted);
}

// Rules 1 and 2.
Result<void> judge_draft(const Draft& draft, std::string_view today) {
  if (trim(draft.subject).empty()) {
    return fail(errors::subject);
  }
  if (trim(draft.text).empty()) {
    return fail(errors::text);
  }
  TRY(within(draft.subject, k_longest_subject));
  TRY(within(draft.text, k_longest_text));
  if (draft.to.size() > k_most_recipients) {
    return fail(errors::many, std::to_string(k_most_recipients));
  }
  if (!access::is_date_or_empty(draft.wanted_by)) {
    return fail(errors::date, beginning(draft.wanted_by, 40));
  }
  if (!draft.wanted_by.empty() && draft.wanted_by < today) {
    return fail(errors::past, draft.wanted_by);
  }
  return {};
}

Result<void> judge_asker(const Asker& asker) {
  if (!access::email_address(asker.email)) {
    return fail(errors::email, beginning(asker.email, 100));
  }
  if (asker.account == 0 && trim(asker.name).empty()) {
    return fail(errors::name);
  }
  TRY(within(asker.name, k_longest_name));
  return within(asker.company, k_longest_name);
}

Result<void> judge_message(const Thread& thread, std::string_view text) {
  if (thread.state == State::withdrawn) {
    return fail(errors::over);
  }
  if (trim(text).empty()) {
    return fail(errors::text);
  }
  return within(text, k_longest_text);
}

// Rule 8.
bool may_become(State from, State to, Side side) {
  if (side == Side::asker) {
    return to == State::withdrawn && is_open(from);
  }
  switch (to) {
    case State::accepted:
      return from == State::fresh || from == State::declined;
    case State::declined:
      return from == State::fresh || from == State::accepted;
    case State::running:
      return from == State::accepted || from == State::done;
    case State::done:
      return from == State::accepted || from == State::running;
    default:
      return false;
  }
}

Result<void> judge_answer(const Thread& thread, State to, std::string_view reason, Side side) {
  if (!may_become(thread.state, to, side)) {
    const bool the_others = may_become(thread.state, to, side == Side::asker ? Side::recipient : Side::asker);
    return the_others ? fail(errors::not_yours)
                      : fail(errors::state, std::string(name(thread.state)), std::string(name(to)));
  }
  if (to == State::declined && trim(reason).empty()) {
    return fail(errors::reason);
  }
  return within(reason, k_longest_text);
}

// Rule 21.
Result<void> judge_letter(const LetterLink& link, const Thread& thread, std::span<const std::string> reached) {
  const bool his = link.level == thread.level && std::find(reached.begin(), reached.end(), link.email) != reached.end();
  return his ? Result<void>() : fail(errors::letter_moved);
}

int64_t working_days_after(int64_t at, int days) {
  int64_t day = at >= 0 ? at / k_day : (at - k_day + 1) / k_day;
  int64_t time = at - day * k_day;
  if (const int weekday = weekday_of(day); weekday > 4) {
    day += 7 - weekday;
    time = 0;
  }
  // Whole weeks at once, then around at most one weekend.
  day += static_cast<int64_t>(days / 5) * 7;
  const int left = days % 5;
  day += left + (weekday_of(day) + left > 4 ? 2 : 0);
  return day * k_day + time;
}

int64_t due(const Thread& thread) {
  return thread.owed_since == 0 ? 0
                                : working_days_after(std::max(thread.owed_since, thread.level_since), k_pass_on_after);
}

// Rule 5.
Level first_level(const Reachable& who) {
  return who.owner ? Level::owner : who.substitute ? Level::substitute : Level::staff;
}

// Rules 9 to 11.
Step next_step(const Thread& thread, const Reachable& who, int64_t now) {
  if (thread.owed_since == 0 || thread.state == State::withdrawn) {
    return Step::nothing;
  }
  const int64_t since = std::max(thread.owed_since, thread.level_since);
  const bool reminded = thread.reminded >= since;
  if (thread.level == Level::staff) {
    const int64_t next =
        reminded ? working_days_after(thread.reminded, k_remind_again) : working_days_after(since, k_remind_after);
    return now >= next ? Step::remind : Step::nothing;
  }
  const bool gone = thread.level == Level::owner ? !who.owner : !who.substitute;
  if (gone || now >= working_days_after(since, k_pass_on_after)) {
    return thread.level == Level::owner && who.substitute ? Step::substitute : Step::staff;
  }
  return !reminded && now >= working_days_after(since, k_remind_after) ? Step::remind : Step::nothing;
}

std::optional<int64_t> median(std::vector<int64_t> values) {
  if (values.empty()) {
    return std::nullopt;
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::map<Id, Figures> figures_by_resource(std::span<const Case> cases, int64_t now) {
  std::map<Id, Figures> out;
  std::map<Id, std::vector<int64_t>> times;
  for (const auto& [request, thread] : cases) {
    Figures& figures = out[thread.resource];
    ++figures.asked;
    figures.open += is_open(thread.state) ? 1 : 0;
    figures.late += thread.owed_since != 0 && now > due(thread) ? 1 : 0;
    if (thread.answered != 0) {
      ++figures.answered;
      times[thread.resource].push_back(thread.answered - thread.sent);
    }
  }
  for (auto& [resource, figures] : out) {
    figures.answer_time = median(std::move(times[resource]));
  }
  return out;
}

}  // namespace pitchblende::requests
