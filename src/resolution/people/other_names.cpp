#include "resolution/people/other_names.hpp"

#include <algorithm>

namespace pitchblende::resolution {

namespace {

// Words before a name that say what kind of other name it is.
constexpr std::string_view k_ways[] = {"nee", "ne",    "born",  "formerly", "epouse",
                                       "ep",  "epoux", "veuve", "dite",     "dit"};

std::string_view without_way(std::string_view said) {
  for (;;) {
    const size_t begin = std::min(said.find_first_not_of(" \t("), said.size());
    const size_t end = std::min(said.find_first_of(" \t.", begin), said.size());
    const std::string word = fold_name(said.substr(begin, end - begin));
    if (end == said.size() || std::find(std::begin(k_ways), std::end(k_ways), word) == std::end(k_ways)) {
      return said.substr(begin, said.find_last_not_of(" \t)") + 1 - begin);
    }
    said.remove_prefix(end + 1);
  }
}

bool same_person(std::string_view given_a, std::string_view given_b) {
  const GivenMatch match = compare_given(given_a, given_b).match;
  return match != GivenMatch::conflict && match != GivenMatch::unknown;
}

}  // namespace

void add_other_name(std::vector<PersonName>& names, std::string_view said, const PersonName& own) {
  const std::string_view text = without_way(said);
  PersonName name = parse_printed(text);
  const bool own_family = compare_family(name.family, own.family) == FamilyMatch::equal;
  if (!own_family && !same_person(name.given, own.given)) {
    name = {fold_name(text), own.given};  // a family name, perhaps of several words
  } else if (says_no_more(name.given, own.given)) {
    name.given = own.given;
  }
  const auto known = [&](const PersonName& each) {
    return compare_family(each.family, name.family) == FamilyMatch::equal && says_no_more(name.given, each.given);
  };
  if (!name.family.empty() && !name.given.empty() && names.size() < k_other_names && !known(own) &&
      std::none_of(names.begin(), names.end(), known)) {
    names.push_back(std::move(name));
  }
}

}  // namespace pitchblende::resolution
