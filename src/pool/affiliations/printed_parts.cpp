#include "pool/affiliations/printed_parts.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace pitchblende::pool {

namespace {

// Whether a part of an affiliation is the name of a house and not a word that many have: "UK", "And", "Department of
// Biological Sciences", "University Hospital" are names of some organisation too.
bool names_a_house(std::string_view printed, std::string_view name) {
  static constexpr std::array<std::string_view, 12> k_within = {
      "department ", "departement ", "division ", "faculty ",      "faculte ",    "school of ",
      "section ",    "service ",     "unit of ",  "institute of ", "college of ", "center for "};
  static constexpr std::array<std::string_view, 10> k_words = {"usa",
                                                               "uae",
                                                               "prc",
                                                               "university hospital",
                                                               "university hospitals",
                                                               "cancer center",
                                                               "cancer centre",
                                                               "medical school",
                                                               "hopital universitaire",
                                                               "research center"};
  const bool capitals = std::none_of(printed.begin(), printed.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return (name.size() > 3 || (name.size() == 3 && capitals)) &&
         std::find(k_words.begin(), k_words.end(), name) == k_words.end() &&
         std::none_of(k_within.begin(), k_within.end(), [&](std::string_view word) { return name.starts_with(word); });
}

}  // namespace

void houses_in(std::string_view affiliation, const std::function<void(std::string ref)>& on_ref) {
  constexpr size_t k_shortest = 3;
  constexpr size_t k_longest = 200;
  while (!affiliation.empty()) {
    const size_t end = affiliation.find_first_of(",;");
    const std::string_view part = trim(affiliation.substr(0, end));
    if (part.size() >= k_shortest && part.size() <= k_longest) {
      const std::string name = normalised(part);
      if (names_a_house(part, name)) {
        on_ref("name:" + name);
      }
    }
    affiliation = end == std::string_view::npos ? std::string_view{} : affiliation.substr(end + 1);
  }
}

}  // namespace pitchblende::pool
