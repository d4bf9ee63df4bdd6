// A call's plan, read from its texts: sections, budget rules, criteria; and what of it may still change. Pure, any
// thread.
#pragma once

#include <vector>

#include "calls/calls_types.hpp"

namespace pitchblende::calls {

struct ReadPlan {
  Plan plan;
  std::vector<Problem> problems;
};
// What is wrong stays as it was typed and is told; a call is published when nothing is.
ReadPlan read_plan(const Texts& texts);

// Names of all texts that a call has, in the order of its form: those of `sections` and `criteria` rows too.
std::vector<std::string> plan_names(int sections, int criteria);
// How many rows of each are filled in.
int filled_sections(const Texts& texts);
int filled_criteria(const Texts& texts);
std::string section_name(int number, std::string_view what);    // "section_2_title_fr"
std::string criterion_name(int number, std::string_view what);  // "criterion_2_weight"

// Rule 3: what applicants have written for does not change under their hands. The name of what may not change any more
// is not in it.
bool may_change(std::string_view name, Phase phase);

// A whole number; nullopt: none. Spaces between groups of digits are let pass.
std::optional<int64_t> read_whole(std::string_view text);

}  // namespace pitchblende::calls
