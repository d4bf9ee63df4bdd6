// What a proposal must be to be submitted: limits of its sections, a budget that adds up; scores of reviews; marks of
// texts. Pure, any thread. The rules have numbers in docs/rules/calls.md.
#pragma once

#include <vector>

#include "calls/calls_types.hpp"

namespace pitchblende::calls {

inline constexpr size_t k_longest_text = 100'000;  // characters of one text
inline constexpr size_t k_most_parties = 60;
inline constexpr size_t k_most_files = 10;

// Rule 4: by what a form knows again the text that it showed.
std::string mark_of(std::string_view text);

// Rule 6. Words are what white space parts, where there is a letter or a digit in it; characters are those of Unicode,
// line ends too, without the white space at both ends.
int64_t count(std::string_view text, Unit unit);

// A line of the budget: a partner's euros, by year.
struct BudgetRow {
  std::string key;
  std::string label;
  std::vector<std::string> typed;
  std::vector<int64_t> amounts;  // 0 where nothing, or no amount, was typed
  int64_t sum = 0;
};
struct Budget {
  std::vector<BudgetRow> rows;
  std::vector<int64_t> years;  // sums of columns
  int64_t sum = 0;
  std::vector<Problem> problems;
};
std::string budget_name(std::string_view party, int year);  // "budget_7ZK0000001_2027"
std::string section_text_name(int number);                  // "section_2"
// Rule 7.
Budget budget_of(const Plan& plan, const Texts& texts, const std::vector<Party>& parties);

// Names of the texts that a proposal of that call may have.
std::vector<std::string> proposal_names(const Plan& plan, const std::vector<Party>& parties);
// All that keeps it from being submitted; empty: nothing.
std::vector<Problem> judge_proposal(const Plan& plan, const Texts& texts, const std::vector<Party>& parties);
// What is wrong with what was written so far, without what is missing yet.
std::vector<Problem> judge_draft(const Plan& plan, const Texts& texts, const std::vector<Party>& parties);

std::string score_name(int criterion);  // "score_2"
std::vector<std::string> review_names(const Plan& plan);
std::vector<Problem> judge_review(const Plan& plan, const Texts& texts);
// The weighted mean of a review's scores, in hundredths; nullopt: one is missing.
std::optional<int64_t> score_of(const Plan& plan, const Texts& texts);

// Keys of parties that the registry does not know are made of their names.
std::string party_key(std::string_view kind, std::string_view name);

}  // namespace pitchblende::calls
