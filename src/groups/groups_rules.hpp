// What may be said and who gets a place. Pure, any thread. Numbers of rules are those of docs/rules/groups.md.
#pragma once

#include <span>
#include <vector>

#include "base/result.hpp"
#include "groups/groups_types.hpp"

namespace pitchblende::groups {

// Errors: GROUPS_TITLE, GROUPS_LONG_TEXT, GROUPS_DAY, GROUPS_ENDS_FIRST, GROUPS_CLOSES, GROUPS_PLACES, GROUPS_ADDRESS.
Result<void> judge(const Presentation& presentation);
Result<void> judge(const News& news);
Result<void> judge(const Event& event);

// Whether somebody may register now. Errors: GROUPS_CANCELLED, GROUPS_NOT_OPEN, GROUPS_CLOSED.
Result<void> judge_registering(const Event& event, int64_t now);

// Rule 7: who moves up from the waiting list, the longest waiting first.
std::vector<int64_t> moving_up(const Event& event, std::span<const Registration> registrations);

// Rule 14: whether who is proposed waits for nobody. `begins`: the first day of each who leads it today, empty for long
// ago; days as "2026-03-02".
bool nobody_decides(std::span<const std::string> begins, std::string_view last_decision, std::string_view long_ago);

// Under which key an event is published, and which event a key is of; 0: of none.
std::string event_key(int64_t event);
int64_t event_of_key(std::string_view key);

}  // namespace pitchblende::groups
