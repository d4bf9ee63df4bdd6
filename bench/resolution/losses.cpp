#include "resolution/losses.hpp"

#include <cmath>
#include <vector>

#include "resolution/people/people_traits.hpp"
#include "resolution/scores.hpp"

namespace pitchblende::bench {

namespace {

using resolution::Trait;

constexpr float k_same_place = 0.4F;  // likeness of affiliations

struct Judged {
  uint32_t mention;
  std::string bearer;
  int cluster;
};

std::string kind(const resolution::PeopleFeatures& people, uint32_t a, uint32_t b) {
  resolution::Traits traits;
  if (!resolution::compare(people, a, b, traits)) {
    return "names_apart";
  }
  const auto value = [&](Trait trait) { return traits[static_cast<size_t>(trait)]; };
  const float given = value(Trait::given);
  const float place = value(Trait::affiliation);
  const float beside = value(Trait::companions);
  std::string out = given >= 3 ? "first_names" : given >= 2 ? "one_initial" : "initials";
  out += std::isnan(place) ? "_no_place" : place >= k_same_place ? "_same_place" : "_elsewhere";
  out += std::isnan(beside) ? "_alone" : beside > 0 ? "_company" : "_others_beside";
  return out;
}

// What the pairs of one group cost that are apart on the other side.
template <typename Group, typename Apart>
void add_pairs(const resolution::PeopleFeatures& people, const std::vector<Judged>& judged, const Group& group,
               const Apart& apart, std::map<std::string, double>& into) {
  std::map<decltype(group(judged.front())), std::vector<const Judged*>> groups;
  for (const Judged& one : judged) {
    groups[group(one)].push_back(&one);
  }
  for (const auto& [key, members] : groups) {
    const double share = 2 / (static_cast<double>(members.size()) * static_cast<double>(judged.size()));
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        if (apart(*members[i], *members[j])) {
          into[kind(people, members[i]->mention, members[j]->mention)] += share;
        }
      }
    }
  }
}

}  // namespace

Losses losses(const LabelledSet& set, const std::map<resolution::MentionRef, int>& cluster_of) {
  const resolution::Ordered ordered(set.input);
  const resolution::PeopleFeatures people(ordered);
  std::vector<Judged> judged;
  for (uint32_t mention = 0; mention < people.people(); ++mention) {
    const auto bearer = set.bearers.find(ordered[mention].ref);
    const auto cluster = cluster_of.find(ordered[mention].ref);
    if (bearer != set.bearers.end() && cluster != cluster_of.end()) {
      judged.push_back({mention, bearer->second, cluster->second});
    }
  }
  Losses out;
  if (judged.empty()) {
    return out;
  }
  add_pairs(
      people, judged, [](const Judged& one) { return one.bearer; },
      [](const Judged& a, const Judged& b) { return a.cluster != b.cluster; }, out.split);
  add_pairs(
      people, judged, [](const Judged& one) { return one.cluster; },
      [](const Judged& a, const Judged& b) { return a.bearer != b.bearer; }, out.merged);
  return out;
}

}  // namespace pitchblende::bench
