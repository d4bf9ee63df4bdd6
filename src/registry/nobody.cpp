#include "registry/nobody.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace pitchblende::registry {

namespace {

constexpr std::string_view k_others[] = {"et al", "al et", "and others", "et coll", "et autres", "others"};
constexpr std::string_view k_no_name[] = {"null", "none", "unknown", "inconnu", "non renseigne"};
constexpr std::string_view k_marks[] = {"n/a", "#n/a", "n/d", "#n/d"};  // not the initials N. A.

template <size_t Size>
bool is_one_of(std::string_view text, const std::string_view (&list)[Size]) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

}  // namespace

bool stands_for_others(std::string_view family, std::string_view given) {
  const std::string last = normalised(family);
  const std::string first = normalised(given);
  // “al.” is short for others behind “et” alone: Al is a family name.
  const bool parted = last == "al" && (first == "et" || first == "and");
  return parted || (last == "et" && first == "al") || is_one_of(last, k_others) ||
         (last.empty() && is_one_of(first, k_others));
}

bool says_no_given_name(std::string_view given) {
  const std::string folded = normalised(given);
  const bool blank = given.find_first_not_of(" \t\n") == std::string_view::npos;
  return !blank && (folded.empty() || is_one_of(folded, k_no_name) || is_one_of(fold(given), k_marks));
}

}  // namespace pitchblende::registry
