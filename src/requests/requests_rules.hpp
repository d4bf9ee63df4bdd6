// What may be asked, which state follows which, when somebody is reminded and who comes next: docs/rules/requests.md.
// Pure; any thread.
#pragma once

#include <map>
#include <span>

#include "base/result.hpp"
#include "requests/requests_types.hpp"

namespace pitchblende::requests {

inline constexpr size_t k_most_recipients = 20;
inline constexpr size_t k_longest_subject = 200;  // characters
inline constexpr size_t k_longest_text = 10'000;
inline constexpr size_t k_longest_name = 200;
inline constexpr int k_remind_after = 3;       // working days
inline constexpr int k_pass_on_after = 5;      // working days
inline constexpr int k_remind_again = 5;       // working days, the staff
inline constexpr int64_t k_of_a_company = 10;  // requests a day
inline constexpr int64_t k_of_an_account = 50;
inline constexpr int64_t k_messages_an_hour = 30;

// Errors: REQUESTS_SUBJECT, _TEXT, _LENGTH, _MANY, _DATE.
Result<void> judge_draft(const Draft& draft, std::string_view today);
// Errors: REQUESTS_EMAIL, _NAME, _LENGTH.
Result<void> judge_asker(const Asker& asker);
// Errors: REQUESTS_TEXT, _LENGTH, _OVER.
Result<void> judge_message(const Thread& thread, std::string_view text);
// Errors: REQUESTS_STATE, _NOT_YOURS, _REASON.
Result<void> judge_answer(const Thread& thread, State to, std::string_view reason, Side side);
bool may_become(State from, State to, Side side);
// `reached`: who is written to of this conversation now. Error: REQUESTS_LETTER_MOVED.
Result<void> judge_letter(const LetterLink& link, const Thread& thread, std::span<const std::string> reached);

// So many working days (Monday to Friday) later, at the same time of day; from a weekend on, from Monday morning.
int64_t working_days_after(int64_t at, int days);
// Until when an answer is owed at this level.
int64_t due(const Thread& thread);

// Who can be written to of a resource.
struct Reachable {
  bool owner = false;
  bool substitute = false;
};
Level first_level(const Reachable& who);

enum class Step : uint8_t { nothing, remind, substitute, staff };
// What is to be done now about an answer that is owed.
Step next_step(const Thread& thread, const Reachable& who, int64_t now);

// The middle one, of two the lower; nullopt: none.
std::optional<int64_t> median(std::vector<int64_t> values);
struct Figures {
  size_t asked = 0;
  size_t answered = 0;
  size_t open = 0;
  size_t late = 0;                     // an answer is owed, and its day has passed
  std::optional<int64_t> answer_time;  // seconds, the median
};
std::map<Id, Figures> figures_by_resource(std::span<const Case> cases, int64_t now);

}  // namespace pitchblende::requests
