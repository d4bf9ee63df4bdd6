// What may be written. Pure; the rules are numbered in docs/rules/texts.md.
#pragma once

#include "base/result.hpp"
#include "texts/texts_types.hpp"

namespace pitchblende::texts {

// Rule 1.
bool is_name(std::string_view name);
// Errors: TEXTS_UNKNOWN, TEXTS_TOO_LONG.
Result<void> judge(const Text& wanted);
// Rule 4: `stored` is the newest version. Errors: TEXTS_CHANGED: it is not the one that was changed. TEXTS_SAME.
Result<void> judge_seen(const Text& wanted, const Text& stored);

}  // namespace pitchblende::texts
