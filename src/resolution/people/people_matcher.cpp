#include "resolution/people/people_matcher.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <unordered_map>

#include "base/parallel.hpp"
#include "resolution/people/average_linkage.hpp"
#include "resolution/people/lives.hpp"
#include "resolution/people/name_blocks.hpp"
#include "resolution/people/people_features.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/people/sole_bearer.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_all_pairs = 48;   // blocks up to here are compared pair by pair
constexpr size_t k_window = 3;       // beyond, a mention meets so many before it under each feature they share
constexpr size_t k_checked = 16;     // pairs between two groups that are known before the two are joined
constexpr size_t k_pairs = 200'000;  // scored at a time, by all threads
constexpr float k_alike = 0.3F;      // likeness of affiliations that is worth telling
constexpr float k_doubted = 0.25F;   // from which a curator may want to look
constexpr float k_company = 0.34F;  // share of mentions with a companion of the other group that holds the two together
constexpr float k_one_subject =
    0.2F;  // likeness of what two groups write about, from which two places may be one life's
constexpr float k_enough_for_kin = 0.6F;
constexpr float k_enough_for_entry = 0.5F;  // mean from which an entry of a list is one with what stands elsewhere
constexpr float k_others = 0.02F;  // others of the full name, as many may be expected: the name alone says too little

float probability(float log_odds) { return 1 / (1 + std::exp(-log_odds)); }

constexpr double k_certain_bits = -20;

std::string printable(const NameEntry& name) {
  std::string out(name.family);
  out += name.given.empty() ? "" : " ";
  out += name.given;
  return out;
}

// "0.42": how alike their papers are.
std::string topic_detail(const Traits& traits) {
  const float words = traits[static_cast<size_t>(Trait::words)];
  const float subjects = traits[static_cast<size_t>(Trait::subjects)];
  const float alike = std::isnan(words) ? subjects : std::isnan(subjects) ? words : std::max(words, subjects);
  return std::isnan(alike) ? std::string() : std::to_string(static_cast<int>(std::lround(alike * 100))) + " %";
}

struct Block {
  std::vector<uint32_t> members;
  std::vector<uint32_t> roots;  // of the members, as identifiers and decisions left them
  std::vector<ScoredPair> pairs;
  std::vector<uint32_t> staff;  // members that are entries of lists
  bool of_kin = false;          // of its pairs only those whose names are kin have not met elsewhere
};

// The members by the cluster that they are in; the groups in the order of their first mention.
std::vector<std::vector<uint32_t>> groups_of(const Block& block, ConstrainedClusters& clusters) {
  std::vector<std::pair<uint32_t, uint32_t>> by_root;
  for (const uint32_t mention : block.members) {
    by_root.emplace_back(clusters.root(mention), mention);
  }
  std::sort(by_root.begin(), by_root.end());
  std::vector<std::vector<uint32_t>> groups;
  for (size_t at = 0; at < by_root.size(); ++at) {
    if (at == 0 || by_root[at].first != by_root[at - 1].first) {
      groups.emplace_back();
    }
    groups.back().push_back(by_root[at].second);
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

// What is one already needs no probability.
void leave_out_joined(Block& block) {
  const auto root = [&](uint32_t mention) {
    const auto at = std::lower_bound(block.members.begin(), block.members.end(), mention);
    return block.roots[static_cast<size_t>(at - block.members.begin())];
  };
  std::erase_if(block.pairs, [&](const ScoredPair& pair) { return root(pair.a) == root(pair.b); });
}

}  // namespace

struct PeopleMatcher::Inside {
  Inside(const Ordered& mentions, const Forest& forest) : features(mentions), model(forest) {}

  PeopleFeatures features;
  const Forest& model;
  std::vector<uint32_t> begin;  // mentions by name
  std::vector<uint32_t> by_name;
  NameBlocks blocks;
  // Entries of lists of staff, by the root of their cluster.
  std::unordered_map<uint32_t, std::vector<uint32_t>> staff;

  void index_names();
  bool fill(const std::vector<uint32_t>& names, Block& block) const;
  void list_pairs(Block& block) const;
  void list_all_pairs(Block& block) const;
  void list_windows(std::vector<std::pair<uint64_t, uint32_t>>& listed, std::vector<ScoredPair>& pairs) const;
  float score(uint32_t a, uint32_t b) const;
  void score(std::vector<Block>& batch, ConstrainedClusters& clusters) const;
  void join(const Block& block, ConstrainedClusters& clusters, std::vector<Edge>& doubts);
  void join_sole_bearer(const Block& block, ConstrainedClusters& clusters, std::vector<Edge>& doubts);
  void move_staff(uint32_t root_a, uint32_t root_b, uint32_t root);
  void list_staff(ConstrainedClusters& clusters);
  bool staff_agree(uint32_t root_a, uint32_t root_b, const Block& block, ConstrainedClusters& clusters) const;
  bool contested(const Block& block, uint32_t mention, ConstrainedClusters& clusters) const;
  bool listed(const Block& block, uint32_t mention) const;
  bool two_lives(const AverageLinkage::Offered& offered, const Block& block, ConstrainedClusters& clusters) const;
  bool join(const AverageLinkage::Offered& offered, const Block& block, ConstrainedClusters& clusters,
            std::vector<Edge>& doubts);
  Edge edge(const ScoredPair& pair, float mean) const;
  template <typename Each>
  void each_batch(const Each& each);
};

PeopleMatcher::PeopleMatcher(const Ordered& mentions, const Forest& model)
    : m_inside(std::make_unique<Inside>(mentions, model)) {}
PeopleMatcher::~PeopleMatcher() = default;

ConstrainedClusters::Naming PeopleMatcher::naming() const {
  const PeopleFeatures& features = m_inside->features;
  return {[&features](uint32_t a, uint32_t b) { return features.compatible(a, b); },
          [&features](uint32_t a, uint32_t b) { return features.says_no_more(a, b); },
          [&features](uint32_t a, uint32_t b) { return features.given_agree(a, b); },
          [&features](uint32_t a, uint32_t b) { return features.kin(a, b) != Kin::none; }};
}

void PeopleMatcher::name_members(ConstrainedClusters& clusters) const {
  for (uint32_t mention = 0; mention < m_inside->features.people(); ++mention) {
    clusters.set_name(mention, m_inside->features.name_of(mention));
  }
}

void PeopleMatcher::Inside::index_names() {
  begin.assign(features.names() + 1, 0);
  for (uint32_t mention = 0; mention < features.people(); ++mention) {
    ++begin[features.name_of(mention) + 1];
  }
  for (size_t name = 1; name < begin.size(); ++name) {
    begin[name] += begin[name - 1];
  }
  by_name.resize(features.people());
  std::vector<uint32_t> filled(begin.begin(), begin.end() - 1);
  for (uint32_t mention = 0; mention < features.people(); ++mention) {
    by_name[filled[features.name_of(mention)]++] = mention;
  }
}

bool PeopleMatcher::Inside::fill(const std::vector<uint32_t>& names, Block& block) const {
  for (const uint32_t name : names) {
    block.members.insert(block.members.end(), by_name.begin() + begin[name], by_name.begin() + begin[name + 1]);
  }
  std::sort(block.members.begin(), block.members.end());
  std::copy_if(block.members.begin(), block.members.end(), std::back_inserter(block.staff),
               [&](uint32_t mention) { return features.described(mention); });
  return block.members.size() > 1;
}

void PeopleMatcher::Inside::list_windows(std::vector<std::pair<uint64_t, uint32_t>>& listed,
                                         std::vector<ScoredPair>& pairs) const {
  std::sort(listed.begin(), listed.end());
  size_t first = 0;
  for (size_t at = 0; at < listed.size(); ++at) {
    first = at > 0 && listed[at].first != listed[at - 1].first ? at : first;
    for (size_t earlier = std::max(first, at - std::min(at, k_window)); earlier < at; ++earlier) {
      pairs.push_back({listed[earlier].second, listed[at].second, 0});
    }
  }
  listed.clear();
}

void PeopleMatcher::Inside::list_pairs(Block& block) const {
  list_all_pairs(block);
  if (block.of_kin) {
    std::erase_if(block.pairs, [&](const ScoredPair& pair) {
      return !newly_met(features, features.name_of(pair.a), features.name_of(pair.b));
    });
  }
}

void PeopleMatcher::Inside::list_all_pairs(Block& block) const {
  const auto& members = block.members;
  if (members.size() <= k_all_pairs) {
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t j = i + 1; j < members.size(); ++j) {
        block.pairs.push_back({members[i], members[j], 0});
      }
    }
    return;
  }
  std::vector<std::pair<uint64_t, uint32_t>> listed;
  std::vector<uint64_t> own;
  for (const uint32_t mention : members) {
    own.clear();
    features.features(mention, own);
    for (const uint64_t feature : own) {
      listed.emplace_back(feature, mention);
    }
  }
  list_windows(listed, block.pairs);
  // Bearers of one full name meet whatever else they share.
  for (const uint32_t mention : members) {
    const uint32_t first = features.name(features.name_of(mention)).first;
    if (first != k_none) {
      listed.emplace_back(first, mention);
    }
  }
  list_windows(listed, block.pairs);
  const auto key = [](const ScoredPair& pair) { return pair_key(pair.a, pair.b); };
  std::sort(block.pairs.begin(), block.pairs.end(),
            [&](const ScoredPair& x, const ScoredPair& y) { return key(x) < key(y); });
  block.pairs.erase(std::unique(block.pairs.begin(), block.pairs.end(),
                                [&](const ScoredPair& x, const ScoredPair& y) { return key(x) == key(y); }),
                    block.pairs.end());
}

float PeopleMatcher::Inside::score(uint32_t a, uint32_t b) const {
  Traits traits;
  if (!resolution::compare(features, a, b, traits)) {
    return 0;
  }
  if (!supported(features, a, b, traits)) {
    return 0;
  }
  return probability(model.log_odds(as_learned(traits)) + beyond_learning(traits) +
                     where_listed(features, a, b, traits));
}

void PeopleMatcher::Inside::score(std::vector<Block>& batch, ConstrainedClusters& clusters) const {
  for (Block& block : batch) {
    block.roots.reserve(block.members.size());
    for (const uint32_t mention : block.members) {
      block.roots.push_back(clusters.root(mention));
    }
  }
  in_parallel(batch.size(), 1, [&](size_t from, size_t to) {
    for (size_t at = from; at < to; ++at) {
      list_pairs(batch[at]);
      leave_out_joined(batch[at]);
      for (ScoredPair& pair : batch[at].pairs) {
        pair.probability = score(pair.a, pair.b);
      }
    }
  });
}

// Blocks in their order, scored some at a time.
template <typename Each>
void PeopleMatcher::Inside::each_batch(const Each& each) {
  index_names();
  blocks = name_blocks(features);
  std::vector<Block> batch;
  size_t expected = 0;
  const auto flush = [&] {
    each(batch);
    batch.clear();
    expected = 0;
  };
  for (size_t at = 0; at < blocks.names.size(); ++at) {
    Block block;
    block.of_kin = at >= blocks.first_of_kin;
    if (!fill(blocks.names[at], block)) {
      continue;
    }
    const size_t size = block.members.size();
    expected += size <= k_all_pairs ? size * size / 2 : size * k_all_pairs;
    batch.push_back(std::move(block));
    if (expected >= k_pairs) {
      flush();
    }
  }
  flush();
}

Edge PeopleMatcher::Inside::edge(const ScoredPair& pair, float mean) const {
  Edge edge{pair.a, pair.b, Evidence::name, mean, k_none};
  Traits traits;
  if (!resolution::compare(features, pair.a, pair.b, traits)) {
    return edge;
  }
  const Shared shared = rarest_shared(features, pair.a, pair.b);
  const auto value = [&](Trait trait) { return traits[static_cast<size_t>(trait)]; };
  const bool placed =
      value(Trait::own_paper) == 1 || value(Trait::institution) > 0 || value(Trait::affiliation) > k_alike;
  if (shared.segment != k_none && placed) {
    edge.evidence = Evidence::name_and_affiliation;
    edge.detail = shared.segment;
  } else if (shared.companion != k_none) {
    edge.evidence = Evidence::name_and_companions;
    edge.detail = shared.companion;
  }
  return edge;
}

void PeopleMatcher::Inside::list_staff(ConstrainedClusters& clusters) {
  staff.clear();
  for (uint32_t mention = 0; mention < features.people(); ++mention) {
    if (features.described(mention)) {
      staff[clusters.root(mention)].push_back(mention);
    }
  }
}

// Two entries of lists of staff are not one through what some have in common with the one and others with the other:
// they have a place in common, or somebody names the places of both.
bool PeopleMatcher::Inside::staff_agree(uint32_t root_a, uint32_t root_b, const Block& block,
                                        ConstrainedClusters& clusters) const {
  const auto of_a = staff.find(root_a);
  const auto of_b = staff.find(root_b);
  if (of_a == staff.end() || of_b == staff.end()) {
    return true;
  }
  Traits traits;
  const auto at_place_of = [&](uint32_t mention, const std::vector<uint32_t>& entries) {
    return std::any_of(entries.begin(), entries.end(), [&](uint32_t entry) {
      return resolution::compare(features, mention, entry, traits) && shares_place(traits);
    });
  };
  for (const uint32_t a : of_a->second) {
    for (const uint32_t b : of_b->second) {
      if (resolution::compare(features, a, b, traits) && supported(features, a, b, traits)) {
        return true;
      }
    }
  }
  return std::any_of(block.members.begin(), block.members.end(), [&](uint32_t mention) {
    const uint32_t root = clusters.root(mention);
    return (root == root_a || root == root_b) && !features.described(mention) && at_place_of(mention, of_a->second) &&
           at_place_of(mention, of_b->second);
  });
}

// Whether lists of staff know two people by the name of a mention.
bool PeopleMatcher::Inside::contested(const Block& block, uint32_t mention, ConstrainedClusters& clusters) const {
  uint32_t first = k_none;
  return std::any_of(block.staff.begin(), block.staff.end(), [&](uint32_t entry) {
    if (!features.compatible(features.name_of(entry), features.name_of(mention))) {
      return false;
    }
    const uint32_t root = clusters.root(entry);
    first = first == k_none ? root : first;
    return root != first;
  });
}

// Whether a list of staff knows somebody by the name of a mention, in whatever cluster.
bool PeopleMatcher::Inside::listed(const Block& block, uint32_t mention) const {
  return std::any_of(block.staff.begin(), block.staff.end(), [&](uint32_t entry) {
    return features.compatible(features.name_of(entry), features.name_of(mention));
  });
}

// Whether two groups, each looked at as a whole, are two people of one name, or may as well be.
bool PeopleMatcher::Inside::two_lives(const AverageLinkage::Offered& offered, const Block& block,
                                      ConstrainedClusters& clusters) const {
  const auto [a, b, probability] = offered.best;
  const auto* place = features.place(a);
  if (place != nullptr && place == features.place(b) && place->tokens.size > 0) {
    return false;
  }
  const Lives lives(features, offered.a, offered.b);
  if (!lives.both_placed()) {
    Traits traits;
    const bool placed = resolution::compare(features, a, b, traits) && shares_place(traits);
    return !placed && lives.shared_company() <= 0 && contested(block, a, clusters);
  }
  if (lives.shared_company() >= k_company) {
    return false;
  }
  if (lives.one_place()) {
    return lives.strangers();
  }
  const bool of_entry = staff.contains(clusters.root(a)) || staff.contains(clusters.root(b));
  const bool namesakes = lives.others_expected() >= k_others;
  const bool one_subject = !of_entry && !namesakes && lives.topic_likeness() >= k_one_subject;
  return (lives.meanwhile() && !one_subject) || (of_entry && offered.mean < k_enough_for_entry) ||
         (namesakes && listed(block, a));
}

bool PeopleMatcher::Inside::join(const AverageLinkage::Offered& offered, const Block& block,
                                 ConstrainedClusters& clusters, std::vector<Edge>& doubts) {
  const uint32_t root_a = clusters.root(offered.best.a);
  const uint32_t root_b = clusters.root(offered.best.b);
  if (root_a == root_b) {
    return true;
  }
  const Edge edge = this->edge(offered.best, offered.mean);
  if (const Kin kin = features.kin_of_groups(offered.a, offered.b); kin != Kin::none) {
    // A part of a pool does not tell how often a name is written so: what all of it told before stays.
    const std::optional<Id>& held = features.held_by(edge.a);
    const bool untold = kin == Kin::slip && features.partial() && !(held && held == features.held_by(edge.b));
    if (offered.mean < k_enough_for_kin || untold) {
      doubts.push_back(edge);
      return false;
    }
  }
  const bool agree = staff_agree(root_a, root_b, block, clusters);
  if (!agree || two_lives(offered, block, clusters)) {
    clusters.refuse(edge, {agree ? Evidence::two_lives : Evidence::two_entries});
    doubts.push_back(edge);
    return false;
  }
  if (!clusters.join(edge, {})) {
    return false;
  }
  move_staff(root_a, root_b, clusters.root(edge.a));
  return true;
}

// Two clusters are one now, under the root of one of them.
void PeopleMatcher::Inside::move_staff(uint32_t root_a, uint32_t root_b, uint32_t root) {
  if (const auto moved = staff.find(root == root_a ? root_b : root_a); moved != staff.end()) {
    const std::vector<uint32_t> entries = std::move(moved->second);
    staff.erase(moved);
    staff[root].insert(staff[root].end(), entries.begin(), entries.end());
  }
}

void PeopleMatcher::Inside::join(const Block& block, ConstrainedClusters& clusters, std::vector<Edge>& doubts) {
  std::vector<std::vector<uint32_t>> groups = groups_of(block, clusters);
  if (groups.size() < 2) {
    return;
  }
  AverageLinkage linkage(std::move(groups), block.pairs);
  linkage.run(
      model.enough(), k_checked, [&](uint32_t a, uint32_t b) { return score(a, b); },
      [&](const AverageLinkage::Offered& offered) { return join(offered, block, clusters, doubts); });
  join_sole_bearer(block, clusters, doubts);
  for (const AverageLinkage::Link& link : linkage.left(k_doubted)) {
    if (!clusters.together(link.best.a, link.best.b)) {
      doubts.push_back(edge(link.best, link.mean()));
    }
  }
}

// What is left over of a name that one entry of a list has, and nobody else here seems to bear, is hers.
void PeopleMatcher::Inside::join_sole_bearer(const Block& block, ConstrainedClusters& clusters,
                                             std::vector<Edge>& doubts) {
  if (block.staff.empty() || block.of_kin) {
    return;
  }
  const std::vector<std::vector<uint32_t>> groups = groups_of(block, clusters);
  for (const SoleBearer::Found& found : SoleBearer(features, model).find(groups)) {
    const Edge edge{found.of_list, found.stray, Evidence::name, found.probability, k_none};
    const uint32_t root_a = clusters.root(edge.a);
    const uint32_t root_b = clusters.root(edge.b);
    if (found.sure && clusters.join(edge, {})) {
      move_staff(root_a, root_b, clusters.root(edge.a));
    } else {
      doubts.push_back(edge);
    }
  }
}

std::vector<Edge> PeopleMatcher::join(ConstrainedClusters& clusters) {
  std::vector<Edge> doubts;
  m_inside->list_staff(clusters);
  m_inside->each_batch([&](std::vector<Block>& batch) {
    m_inside->score(batch, clusters);
    for (const Block& block : batch) {
      m_inside->join(block, clusters, doubts);
    }
  });
  std::erase_if(doubts, [&](const Edge& edge) { return clusters.never_one(edge.a, edge.b); });
  return doubts;
}

void PeopleMatcher::each_pair(const std::function<void(uint32_t, uint32_t, const Traits&)>& each) {
  m_inside->each_batch([&](std::vector<Block>& batch) {
    for (Block& block : batch) {
      m_inside->list_pairs(block);
      for (const ScoredPair& pair : block.pairs) {
        Traits traits;
        if (resolution::compare(m_inside->features, pair.a, pair.b, traits)) {
          each(pair.a, pair.b, traits);
        }
      }
    }
  });
}

bool PeopleMatcher::traits(uint32_t a, uint32_t b, Traits& out) const {
  const PeopleFeatures& features = m_inside->features;
  return resolution::compare(features, a, b, out);
}

Comparison PeopleMatcher::compare(uint32_t a, uint32_t b) const {
  const PeopleFeatures& features = m_inside->features;
  Comparison out;
  Traits traits;
  const NameEntry& name_a = features.name(features.name_of(a));
  const NameEntry& name_b = features.name(features.name_of(b));
  const std::string names =
      printable(name_a) +
      (name_a.given == name_b.given && name_a.family == name_b.family ? "" : " / " + printable(name_b));
  if (!this->traits(a, b, traits)) {
    out.weights.push_back({"names_apart", k_certain_bits, names});
    return out;
  }
  if (!supported(features, a, b, traits)) {
    out.weights.push_back({"names_alone", k_certain_bits, names});
    return out;
  }
  std::vector<float> by_trait;
  float log_odds = m_inside->model.contributions(as_learned(traits), by_trait);
  by_trait[static_cast<size_t>(Trait::own_paper)] += beyond_learning(traits) + where_listed(features, a, b, traits);
  float groups[4] = {log_odds, 0, 0, 0};  // what all pairs start from goes with the names
  for (size_t trait = 0; trait < k_traits; ++trait) {
    groups[static_cast<size_t>(group_of(static_cast<Trait>(trait)))] += by_trait[trait];
    log_odds += by_trait[trait];
  }
  out.probability = probability(log_odds);
  const Shared shared = rarest_shared(features, a, b);
  const std::string details[] = {names, shared.companion == k_none ? "" : std::string(features.form(shared.companion)),
                                 shared.segment == k_none ? "" : std::string(features.segment(shared.segment)),
                                 topic_detail(traits)};
  constexpr std::string_view codes[] = {"names", "companions", "places", "topics"};
  for (size_t group = 0; group < 4; ++group) {
    out.weights.push_back({std::string(codes[group]), groups[group] / std::log(2.0F), details[group]});
  }
  std::stable_sort(out.weights.begin(), out.weights.end(),
                   [](const Weight& x, const Weight& y) { return std::abs(x.bits) > std::abs(y.bits); });
  return out;
}

void PeopleMatcher::finish() {
  m_inside->staff = {};
  m_inside->features.finish();
  m_inside->blocks = {};
  m_inside->begin = {};
  m_inside->by_name = {};
}

std::string PeopleMatcher::detail(const Edge& edge) const {
  const PeopleFeatures& features = m_inside->features;
  if (edge.a >= features.people()) {
    return {};
  }
  std::string out = printable(features.name(features.name_of(edge.a)));
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
