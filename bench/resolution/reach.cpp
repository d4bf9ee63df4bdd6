#include "resolution/reach.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "resolution/forest.hpp"
#include "resolution/people/people_matcher.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/scores.hpp"

namespace pitchblende::bench {

namespace {

using resolution::Mention;

bool share_key(const Mention& a, const Mention& b) {
  const auto keys = resolution::blocking_keys(a);
  const auto others = resolution::blocking_keys(b);
  return std::any_of(keys.begin(), keys.end(), [&](const resolution::BlockingKey& key) {
    return std::any_of(others.begin(), others.end(),
                       [&](const resolution::BlockingKey& other) { return other.hash == key.hash; });
  });
}

bool conflict(const Mention& a, const Mention& b) {
  return resolution::compare_given(a.given, b.given).match == resolution::GivenMatch::conflict ||
         resolution::compare_family(a.family, b.family) == resolution::FamilyMatch::conflict;
}

void take(Reach& reach, const Mention& a, const Mention& b) {
  ++reach.pairs;
  reach.blocked += share_key(a, b) ? 1 : 0;
  reach.conflicting += conflict(a, b) ? 1 : 0;
}

uint32_t root(std::vector<uint32_t>& parent, uint32_t mention) {
  while (parent[mention] != mention) {
    mention = parent[mention] = parent[parent[mention]];
  }
  return mention;
}

}  // namespace

Reach reach(const LabelledSet& set) {
  Reach out;
  const resolution::Ordered ordered(set.input);
  std::map<std::string, std::vector<uint32_t>> of_bearer;
  for (uint32_t mention = 0; mention < ordered.size(); ++mention) {
    if (const auto bearer = set.bearers.find(ordered[mention].ref); bearer != set.bearers.end()) {
      of_bearer[bearer->second].push_back(mention);
    }
  }
  std::vector<uint32_t> parent(ordered.size());
  std::iota(parent.begin(), parent.end(), 0);
  const resolution::Forest none;
  resolution::PeopleMatcher matcher(ordered, none);
  matcher.each_pair([&](uint32_t a, uint32_t b, const resolution::Traits&) {
    const auto bearer_a = set.bearers.find(ordered[a].ref);
    const auto bearer_b = set.bearers.find(ordered[b].ref);
    if (bearer_a != set.bearers.end() && bearer_b != set.bearers.end()) {
      ++out.compared;
      if (bearer_a->second == bearer_b->second) {
        parent[root(parent, a)] = root(parent, b);
      }
    }
  });
  for (const auto& [bearer, mentions] : of_bearer) {
    for (size_t i = 0; i < mentions.size(); ++i) {
      for (size_t j = i + 1; j < mentions.size(); ++j) {
        take(out, ordered[mentions[i]], ordered[mentions[j]]);
        out.reached += root(parent, mentions[i]) == root(parent, mentions[j]) ? 1 : 0;
      }
    }
  }
  return out;
}

Reach reach(const LabelledPairs& set) {
  Reach out;
  std::map<resolution::MentionRef, const Mention*> by_ref;
  for (const Mention& mention : set.input.mentions) {
    by_ref[mention.ref] = &mention;
  }
  for (const LabelledPairs::Pair& pair : set.pairs) {
    if (pair.same) {
      take(out, *by_ref.at(pair.a), *by_ref.at(pair.b));
    }
  }
  out.reached = out.blocked;
  out.compared = set.pairs.size();
  return out;
}

}  // namespace pitchblende::bench
