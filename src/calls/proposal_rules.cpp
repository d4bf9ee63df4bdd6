#include "calls/proposal_rules.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/id.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/plan.hpp"

namespace pitchblende::calls {

namespace {

template <typename OnCharacter>
void each_character(std::string_view text, OnCharacter&& on_character) {
  for (size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);
    on_character(c);
  }
}

bool is_space(UChar32 c) { return u_isUWhiteSpace(c) != 0; }

int64_t count_words(std::string_view text) {
  int64_t words = 0;
  bool in_word = false;
  each_character(text, [&](UChar32 c) {
    if (is_space(c)) {
      in_word = false;
    } else if (!in_word && u_isalnum(c) != 0) {
      in_word = true;
      ++words;
    }
  });
  return words;
}

int64_t count_characters(std::string_view text) {
  int64_t characters = 0;
  int64_t trailing = 0;
  each_character(text, [&](UChar32 c) {
    if (is_space(c)) {
      trailing += characters == 0 ? 0 : 1;
    } else {
      characters += trailing + 1;
      trailing = 0;
    }
  });
  return characters;
}

// As pages know an amount again, to say it in the reader's way.
std::string euros_text(int64_t euros) { return std::to_string(euros) + " EUR"; }

void judge_length(const Section& section, std::string_view text, std::vector<Problem>& problems) {
  const int64_t length = count(text, section.unit);
  if (section.limit > 0 && length > section.limit) {
    problems.push_back(
        {section_text_name(section.number), Error(section.unit == Unit::words ? errors::words : errors::characters,
                                                  std::to_string(length), std::to_string(section.limit))});
  }
}

void judge_rows(const Plan& plan, Budget& budget) {
  int64_t with_budget = 0;
  for (const BudgetRow& row : budget.rows) {
    with_budget += row.sum > 0 ? 1 : 0;
    if (budget.sum > 0 && row.sum * 100 > plan.share * budget.sum) {
      budget.problems.push_back({budget_name(row.key, plan.first_year),
                                 Error(errors::budget_share, row.label, std::to_string((row.sum * 100) / budget.sum),
                                       std::to_string(plan.share))});
    }
  }
  if (with_budget < plan.partners) {
    budget.problems.push_back(
        {"asked", Error(errors::budget_partners, std::to_string(with_budget), std::to_string(plan.partners))});
  }
}

}  // namespace

std::string mark_of(std::string_view text) { return hash128_hex(text).substr(0, 16); }

int64_t count(std::string_view text, Unit unit) {
  return unit == Unit::words ? count_words(text) : count_characters(text);
}

std::string budget_name(std::string_view party, int year) {
  return "budget_" + std::string(party) + "_" + std::to_string(year);
}

std::string section_text_name(int number) { return "section_" + std::to_string(number); }

std::string score_name(int criterion) { return "score_" + std::to_string(criterion); }

std::string party_key(std::string_view kind, std::string_view name) {
  return "n" + hash128_hex(std::string(kind) + "\n" + normalised(name)).substr(0, 12);
}

Budget budget_of(const Plan& plan, const Texts& texts, const std::vector<Party>& parties) {
  Budget budget;
  budget.years.resize(static_cast<size_t>(plan.years));
  for (const Party& party : parties) {
    if (party.part != Part::partner) {
      continue;
    }
    BudgetRow row{party.key, party.label, {}, {}, 0};
    for (int year = 0; year < plan.years; ++year) {
      const std::string name = budget_name(party.key, plan.first_year + year);
      const std::string_view typed = text_in(texts, name);
      const auto amount = read_whole(typed);
      if (!amount && !trim(typed).empty()) {
        budget.problems.push_back({name, Error(errors::money, std::string(trim(typed).substr(0, 40)))});
      }
      row.typed.emplace_back(typed);
      row.amounts.push_back(amount.value_or(0));
      row.sum += row.amounts.back();
      budget.years[static_cast<size_t>(year)] += row.amounts.back();
    }
    budget.sum += row.sum;
    budget.rows.push_back(std::move(row));
  }
  const std::string_view asked = trim(text_in(texts, "asked"));
  const auto total = read_whole(asked);
  if (!total && !asked.empty()) {
    budget.problems.push_back({"asked", Error(errors::money, std::string(asked.substr(0, 40)))});
  } else if (total && *total != budget.sum) {
    budget.problems.push_back({"asked", Error(errors::budget_sum, euros_text(*total), euros_text(budget.sum))});
  }
  if (plan.most > 0 && budget.sum > plan.most) {
    budget.problems.push_back({"asked", Error(errors::budget_most, euros_text(budget.sum), euros_text(plan.most))});
  }
  return budget;
}

std::vector<std::string> proposal_names(const Plan& plan, const std::vector<Party>& parties) {
  std::vector<std::string> out{"title", "acronym", "summary"};
  for (const Section& section : plan.sections) {
    out.push_back(section_text_name(section.number));
  }
  for (const Party& party : parties) {
    for (int year = 0; party.part == Part::partner && year < plan.years; ++year) {
      out.push_back(budget_name(party.key, plan.first_year + year));
    }
  }
  out.emplace_back("asked");
  return out;
}

std::vector<Problem> judge_draft(const Plan& plan, const Texts& texts, const std::vector<Party>& parties) {
  std::vector<Problem> problems;
  for (const Section& section : plan.sections) {
    judge_length(section, text_in(texts, section_text_name(section.number)), problems);
  }
  Budget budget = budget_of(plan, texts, parties);
  problems.insert(problems.end(), budget.problems.begin(), budget.problems.end());
  return problems;
}

std::vector<Problem> judge_proposal(const Plan& plan, const Texts& texts, const std::vector<Party>& parties) {
  std::vector<Problem> problems;
  const auto want = [&](const std::string& name) {
    if (trim(text_in(texts, name)).empty()) {
      problems.push_back({name, Error(errors::wanted)});
    }
  };
  want("title");
  want("summary");
  const auto coordinators =
      std::ranges::count_if(parties, [](const Party& each) { return each.part == Part::coordinator; });
  if (coordinators != 1) {
    problems.push_back({"parties", Error(errors::coordinator, std::to_string(coordinators))});
  }
  for (const Section& section : plan.sections) {
    want(section_text_name(section.number));
    judge_length(section, text_in(texts, section_text_name(section.number)), problems);
  }
  want("asked");
  Budget budget = budget_of(plan, texts, parties);
  judge_rows(plan, budget);
  problems.insert(problems.end(), budget.problems.begin(), budget.problems.end());
  return problems;
}

std::vector<std::string> review_names(const Plan& plan) {
  std::vector<std::string> out;
  for (const Criterion& criterion : plan.criteria) {
    out.push_back(score_name(criterion.number));
  }
  out.emplace_back("to_applicants");
  out.emplace_back("to_committee");
  return out;
}

std::vector<Problem> judge_review(const Plan& plan, const Texts& texts) {
  std::vector<Problem> problems;
  for (const Criterion& criterion : plan.criteria) {
    const auto score = read_whole(text_in(texts, score_name(criterion.number)));
    if (!score || *score < 1 || *score > plan.scale) {
      problems.push_back({score_name(criterion.number), Error(errors::score, std::to_string(plan.scale))});
    }
  }
  if (trim(text_in(texts, "to_applicants")).empty()) {
    problems.push_back({"to_applicants", Error(errors::wanted)});
  }
  return problems;
}

std::optional<int64_t> score_of(const Plan& plan, const Texts& texts) {
  int64_t sum = 0;
  int64_t weights = 0;
  for (const Criterion& criterion : plan.criteria) {
    const auto score = read_whole(text_in(texts, score_name(criterion.number)));
    if (!score || *score < 1 || *score > plan.scale) {
      return std::nullopt;
    }
    sum += *score * criterion.weight;
    weights += criterion.weight;
  }
  return weights == 0 ? std::nullopt : std::optional((sum * 100 + weights / 2) / weights);
}

}  // namespace pitchblende::calls
