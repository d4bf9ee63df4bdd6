#include <algorithm>
#include <cmath>

#include "resolution/matching.hpp"
#include "resolution/naming_keys.hpp"
#include "resolution/people_features.hpp"
#include "resolution/person_name.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_all_pairs = 32;  // blocks up to here are compared pair by pair
constexpr size_t k_window = 8;      // beyond, a mention meets so many before it under each feature they share

constexpr float k_full = 4;
constexpr float k_variant = 2;
constexpr float k_initial = 1;
constexpr float k_second = 1;
constexpr float k_part_of_family = -2;
constexpr float k_enough = 4;
constexpr float k_supported = 2;  // from here support counts as such

struct Candidate {
  float excess = 0;
  Edge edge;
};

}  // namespace

struct PeopleMatcher::Inside {
  explicit Inside(const Ordered& mentions) : features(mentions) {}

  PeopleFeatures features;
  std::vector<uint32_t> members;  // of the block
  std::vector<uint64_t> pairs;
  std::vector<Candidate> candidates;

  void find_pairs(bool by_name_alone);
  void find_window_pairs(std::vector<uint64_t>& listed);
  float commonness(const std::vector<uint32_t>& names) const;
  void weigh(uint32_t a, uint32_t b, float common);
  void match_block(const std::vector<uint32_t>& names, std::span<const uint32_t> begin,
                   std::span<const uint32_t> by_name, ConstrainedClusters& clusters);
};

PeopleMatcher::PeopleMatcher(const Ordered& mentions) : m_inside(std::make_unique<Inside>(mentions)) {}
PeopleMatcher::~PeopleMatcher() = default;

ConstrainedClusters::Naming PeopleMatcher::naming() const {
  const PeopleFeatures& features = m_inside->features;
  return {[&features](uint32_t a, uint32_t b) { return features.compatible(a, b); },
          [&features](uint32_t a, uint32_t b) { return features.says_no_more(a, b); }};
}

void PeopleMatcher::name_members(ConstrainedClusters& clusters) const {
  for (uint32_t mention = 0; mention < m_inside->features.people(); ++mention) {
    clusters.set_name(mention, m_inside->features.name_of(mention));
  }
}

// How many people may stand behind the block, in points that a link must bring: 0 for up to three given names.
float PeopleMatcher::Inside::commonness(const std::vector<uint32_t>& names) const {
  std::vector<std::string_view> full;
  std::vector<std::string_view> initials;
  for (const uint32_t id : names) {
    const std::string_view given = features.name(id).given;
    (is_initials(given) ? initials : full).push_back(is_initials(given) ? given : given.substr(0, given.find(' ')));
  }
  const auto count = [](std::vector<std::string_view>& words) {
    std::sort(words.begin(), words.end());
    return static_cast<float>(std::unique(words.begin(), words.end()) - words.begin());
  };
  const float people = std::max(count(full), count(initials));
  return people <= 3 ? 0.0F : std::min(3.0F, std::log2(people / 3));
}

void PeopleMatcher::Inside::find_window_pairs(std::vector<uint64_t>& listed) {
  std::sort(listed.begin(), listed.end());
  size_t begin = 0;
  for (size_t at = 0; at < listed.size(); ++at) {
    begin = at > 0 && listed[at] >> 32 != listed[at - 1] >> 32 ? at : begin;
    for (size_t before = std::max(begin, at - std::min(at, k_window)); before < at; ++before) {
      pairs.push_back(pair_key(static_cast<uint32_t>(listed[before]), static_cast<uint32_t>(listed[at])));
    }
  }
  listed.clear();
}

void PeopleMatcher::Inside::find_pairs(bool by_name_alone) {
  pairs.clear();
  if (members.size() <= k_all_pairs) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        pairs.push_back(pair_key(members[i], members[j]));
      }
    }
    return;
  }
  std::vector<uint64_t> listed;  // feature, mention
  std::vector<uint32_t> own;
  for (const uint32_t mention : members) {
    own.clear();
    features.features(mention, own);
    for (const uint32_t feature : own) {
      listed.push_back(pair_key(feature, mention));
    }
  }
  find_window_pairs(listed);
  if (by_name_alone) {
    TextTable givens;
    for (const uint32_t mention : members) {
      const std::string_view given = features.name(features.name_of(mention)).given;
      if (!is_initials(given)) {
        listed.push_back(pair_key(givens.intern(given.substr(0, given.find(' '))), mention));
      }
    }
    find_window_pairs(listed);
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
}

void PeopleMatcher::Inside::weigh(uint32_t a, uint32_t b, float common) {
  const NameEntry& name_a = features.name(features.name_of(a));
  const NameEntry& name_b = features.name(features.name_of(b));
  const GivenComparison given = compare_given(name_a.given, name_b.given);
  if (given.match == GivenMatch::conflict || given.match == GivenMatch::unknown) {
    return;
  }
  const FamilyMatch family = compare_family(name_a.family, name_b.family);
  if (family == FamilyMatch::conflict) {
    return;
  }
  float points = given.match == GivenMatch::full ? k_full : given.match == GivenMatch::variant ? k_variant : k_initial;
  points += given.second ? k_second : 0;
  points += family == FamilyMatch::part ? k_part_of_family : 0;
  const Support support = features.support(a, b);
  const bool two_files = features.described(a) && features.described(b);
  if (two_files && support.affiliation < k_supported && support.companions < k_supported) {
    return;
  }
  const float excess = points + support.affiliation + support.companions - k_enough - common;
  if (excess < 0) {
    return;
  }
  Candidate& candidate = candidates.emplace_back();
  candidate.excess = excess;
  candidate.edge = {a, b, Evidence::name, 1 / (1 + std::exp(-0.5F - excess)), k_none};
  if (support.affiliation >= k_supported && support.affiliation >= support.companions) {
    candidate.edge.evidence = Evidence::name_and_affiliation;
    candidate.edge.detail = support.segment;
  } else if (support.companion != k_none && support.companions >= 1) {
    candidate.edge.evidence = Evidence::name_and_companions;
    candidate.edge.detail = support.companion;
  }
}

void PeopleMatcher::Inside::match_block(const std::vector<uint32_t>& names, std::span<const uint32_t> begin,
                                        std::span<const uint32_t> by_name, ConstrainedClusters& clusters) {
  members.clear();
  for (const uint32_t name : names) {
    const auto bearers = by_name.subspan(begin[name], begin[name + 1] - begin[name]);
    members.insert(members.end(), bearers.begin(), bearers.end());
  }
  if (members.size() < 2) {
    return;
  }
  std::sort(members.begin(), members.end());
  const float common = commonness(names);
  find_pairs(common == 0);
  candidates.clear();
  for (const uint64_t pair : pairs) {
    const auto a = static_cast<uint32_t>(pair >> 32);
    const auto b = static_cast<uint32_t>(pair);
    if (!clusters.together(a, b)) {
      weigh(a, b, common);
    }
  }
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& x, const Candidate& y) {
    return x.excess != y.excess ? x.excess > y.excess : std::pair(x.edge.a, x.edge.b) < std::pair(y.edge.a, y.edge.b);
  });
  for (const Candidate& candidate : candidates) {
    clusters.join(candidate.edge, {});
  }
}

void PeopleMatcher::join(ConstrainedClusters& clusters) {
  const PeopleFeatures& features = m_inside->features;
  std::vector<uint32_t> begin(features.names() + 1, 0);  // mentions by name
  for (uint32_t mention = 0; mention < features.people(); ++mention) {
    ++begin[features.name_of(mention) + 1];
  }
  for (size_t name = 1; name < begin.size(); ++name) {
    begin[name] += begin[name - 1];
  }
  std::vector<uint32_t> by_name(features.people());
  std::vector<uint32_t> filled(begin.begin(), begin.end() - 1);
  for (uint32_t mention = 0; mention < features.people(); ++mention) {
    by_name[filled[features.name_of(mention)]++] = mention;
  }
  TextTable keys;
  std::vector<std::vector<uint32_t>> blocks;  // names, in the order of first sight, which is that of the mentions
  for (uint32_t name = 0; name < features.names(); ++name) {
    for (const std::string& key : person_keys(features.name(name).family, features.name(name).given)) {
      const uint32_t block = keys.intern(key);
      if (block == blocks.size()) {
        blocks.emplace_back();
      }
      blocks[block].push_back(name);
    }
  }
  for (const std::vector<uint32_t>& names : blocks) {
    m_inside->match_block(names, begin, by_name, clusters);
  }
}

void PeopleMatcher::finish() {
  m_inside->features.finish();
  m_inside->members = {};
  m_inside->pairs = {};
  m_inside->candidates = {};
}

std::string PeopleMatcher::detail(const Edge& edge) const {
  const PeopleFeatures& features = m_inside->features;
  if (edge.a >= features.people()) {
    return {};
  }
  const NameEntry& name = features.name(features.name_of(edge.a));
  std::string out(name.family);
  out += name.given.empty() ? "" : " ";
  out += name.given;
  if (edge.evidence == Evidence::name_and_companions) {
    out += "; ";
    out += features.form(edge.detail);
  } else if (edge.evidence == Evidence::name_and_affiliation && edge.detail != k_none) {
    out += "; ";
    out += features.segment(edge.detail);
  }
  return out;
}

}  // namespace pitchblende::resolution
