#include "calls/plan.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"

namespace pitchblende::calls {

namespace {

constexpr int64_t k_most_money = 1'000'000'000;
constexpr std::array<std::string_view, 15> k_names{"title_fr", "title_en", "text_fr",    "text_en",  "opens",
                                                   "closes",   "money",    "first_year", "years",    "most",
                                                   "share",    "partners", "scale",      "scale_fr", "scale_en"};
constexpr std::array<std::string_view, 4> k_review_names{"reviews", "review_until", "conflict_years", "parents_apart"};
constexpr std::array<std::string_view, 6> k_section_parts{"title_fr", "title_en", "help_fr",
                                                          "help_en",  "limit",    "unit"};
constexpr std::array<std::string_view, 3> k_criterion_parts{"title_fr", "title_en", "weight"};

class Reader {
 public:
  explicit Reader(const Texts& texts) : m_texts(texts) {}

  std::string_view text(std::string_view name) const { return trim(text_in(m_texts, name)); }
  void wrong(std::string_view name, Error error) { m_problems.push_back({std::string(name), std::move(error)}); }

  // The named text in both languages; one of them at least when it is wanted.
  Both both(const std::string& stem, bool wanted) {
    Both out{std::string(text(stem + "_fr")), std::string(text(stem + "_en"))};
    for (const auto& [code, value] :
         {std::pair<std::string_view, const std::string*>{"_fr", &out.french}, {"_en", &out.english}}) {
      if (wanted && value->empty()) {
        wrong(stem + std::string(code), Error(errors::wanted));
      }
    }
    return out;
  }
  int64_t number(std::string_view name, int64_t least, int64_t most, int64_t otherwise) {
    const std::string_view typed = text(name);
    if (typed.empty()) {
      return otherwise;
    }
    const auto value = read_whole(typed);
    if (!value || *value < least || *value > most) {
      wrong(name, Error(errors::number, std::string(typed.substr(0, 40)), std::to_string(least), std::to_string(most)));
      return otherwise;
    }
    return *value;
  }
  int64_t time(std::string_view name, Twice twice) {
    const std::string_view typed = text(name);
    const auto at = read_paris(typed, twice);
    if (!at) {
      wrong(name, typed.empty() ? Error(errors::wanted) : Error(errors::time, std::string(typed.substr(0, 40))));
    }
    return at.value_or(0);
  }
  std::vector<Problem> problems() { return std::move(m_problems); }

 private:
  const Texts& m_texts;
  std::vector<Problem> m_problems;
};

bool any_of(const Texts& texts, const std::string& begin) {
  const auto from = texts.lower_bound(begin);
  for (auto at = from; at != texts.end() && at->first.starts_with(begin); ++at) {
    if (!trim(at->second).empty() && !at->first.ends_with("_unit")) {
      return true;
    }
  }
  return false;
}

void read_sections(const Texts& texts, Reader& reader, Plan& plan) {
  for (int number = 1; number <= k_most_sections; ++number) {
    const std::string stem = "section_" + std::to_string(number) + "_";
    if (!any_of(texts, stem)) {
      continue;
    }
    Section section;
    section.number = number;
    section.title = reader.both(stem + "title", true);
    section.help = reader.both(stem + "help", false);
    section.limit = reader.number(stem + "limit", 1, 100'000, 0);
    const std::string_view unit = reader.text(stem + "unit");
    if (!unit.empty() && unit != "words" && unit != "characters") {
      reader.wrong(stem + "unit", Error(errors::choice, std::string(unit.substr(0, 40))));
    }
    section.unit = unit == "characters" ? Unit::characters : Unit::words;
    plan.sections.push_back(std::move(section));
  }
  if (plan.sections.empty()) {
    reader.wrong("section_1_title_fr", Error(errors::no_section));
  }
}

void read_criteria(const Texts& texts, Reader& reader, Plan& plan) {
  for (int number = 1; number <= k_most_criteria; ++number) {
    const std::string stem = "criterion_" + std::to_string(number) + "_";
    if (!any_of(texts, stem)) {
      continue;
    }
    Criterion criterion;
    criterion.number = number;
    criterion.title = reader.both(stem + "title", true);
    criterion.weight = reader.number(stem + "weight", 1, 100, 1);
    plan.criteria.push_back(std::move(criterion));
  }
  if (plan.criteria.empty()) {
    reader.wrong("criterion_1_title_fr", Error(errors::no_criterion));
  }
}

}  // namespace

std::string section_name(int number, std::string_view what) {
  return "section_" + std::to_string(number) + "_" + std::string(what);
}

std::string criterion_name(int number, std::string_view what) {
  return "criterion_" + std::to_string(number) + "_" + std::string(what);
}

ReadPlan read_plan(const Texts& texts) {
  Reader reader(texts);
  Plan plan;
  plan.title = reader.both("title", true);
  plan.text = reader.both("text", true);
  plan.opens = reader.time("opens", Twice::first);
  plan.closes = reader.time("closes", Twice::second);
  if (plan.opens != 0 && plan.closes != 0 && plan.closes <= plan.opens) {
    reader.wrong("closes", Error(errors::ends_first));
  }
  read_sections(texts, reader, plan);
  plan.first_year = static_cast<int>(reader.number("first_year", 2000, 2100, 0));
  if (plan.first_year == 0 && reader.text("first_year").empty()) {
    reader.wrong("first_year", Error(errors::wanted));
  }
  plan.years = static_cast<int>(reader.number("years", 1, 6, 1));
  plan.most = reader.number("most", 0, k_most_money, 0);
  plan.share = reader.number("share", 1, 100, 100);
  plan.partners = reader.number("partners", 1, 50, 1);
  plan.money = reader.number("money", 0, k_most_money, 0);
  read_criteria(texts, reader, plan);
  plan.scale = reader.number("scale", 2, 100, 5);
  plan.scale_text = reader.both("scale", false);
  plan.reviews = reader.number("reviews", 1, 20, 2);
  plan.conflict_years = reader.number("conflict_years", 1, 50, 5);
  plan.review_until = reader.text("review_until");
  if (!plan.review_until.empty() && !is_day(plan.review_until)) {
    reader.wrong("review_until", Error(errors::day, plan.review_until.substr(0, 40)));
  }
  return {std::move(plan), reader.problems()};
}

int filled_sections(const Texts& texts) {
  int last = 0;
  for (int number = 1; number <= k_most_sections; ++number) {
    last = any_of(texts, section_name(number, "")) ? number : last;
  }
  return last;
}

int filled_criteria(const Texts& texts) {
  int last = 0;
  for (int number = 1; number <= k_most_criteria; ++number) {
    last = any_of(texts, criterion_name(number, "")) ? number : last;
  }
  return last;
}

std::vector<std::string> plan_names(int sections, int criteria) {
  std::vector<std::string> out(k_names.begin(), k_names.end());
  out.insert(out.end(), k_review_names.begin(), k_review_names.end());
  for (int number = 1; number <= std::min(sections, k_most_sections); ++number) {
    for (const std::string_view what : k_section_parts) {
      out.push_back(section_name(number, what));
    }
  }
  for (int number = 1; number <= std::min(criteria, k_most_criteria); ++number) {
    for (const std::string_view what : k_criterion_parts) {
      out.push_back(criterion_name(number, what));
    }
  }
  return out;
}

bool may_change(std::string_view name, Phase phase) {
  switch (phase) {
    case Phase::draft:
    case Phase::coming:
      return true;
    case Phase::open:
      return name.starts_with("title_") || name.starts_with("text_") || name == "closes" || name == "money" ||
             std::ranges::find(k_review_names, name) != k_review_names.end();
    case Phase::closed:
      return name == "money" || std::ranges::find(k_review_names, name) != k_review_names.end();
    case Phase::announced:
      break;
  }
  return false;
}

std::optional<int64_t> read_whole(std::string_view text) {
  constexpr size_t k_most_digits = 12;
  int64_t value = 0;
  size_t digits = 0;
  text = trim(text);
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      ++digits;
      ++at;
    } else if (c == ' ') {
      ++at;
    } else if (text.substr(at).starts_with("\u00a0")) {
      at += 2;
    } else if (text.substr(at).starts_with("\u202f")) {
      at += 3;
    } else {
      return std::nullopt;
    }
    if (digits > k_most_digits) {
      return std::nullopt;
    }
  }
  return digits == 0 ? std::nullopt : std::optional(value);
}

}  // namespace pitchblende::calls
