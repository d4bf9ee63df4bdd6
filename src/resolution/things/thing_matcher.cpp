#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/id.hpp"
#include "resolution/things/thing_keys.hpp"
#include "resolution/things/thing_matcher.hpp"
#include "resolution/things/thing_weights.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Kind;

constexpr size_t k_window = 16;     // namesakes before it, in the order of context, that a mention is compared with
constexpr double k_rival_bits = 3;  // a second partner that is as near as this makes both doubtful
constexpr size_t k_asked = 16;      // members of a cluster that are asked whether they contradict

bool agree(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }

// The members of clusters of things, by root.
class Members {
 public:
  Members(const Ordered& mentions, ConstrainedClusters& clusters) : m_mentions(mentions), m_clusters(clusters) {
    for (uint32_t at = 0; at < mentions.size(); ++at) {
      if (mentions[at].kind != Kind::person) {
        m_of[clusters.root(at)].push_back(at);
      }
    }
  }

  // Most of their members' pairs are not at odds.
  bool agree(uint32_t a, uint32_t b) {
    const auto& x = m_of[m_clusters.root(a)];
    const auto& y = m_of[m_clusters.root(b)];
    size_t asked = 0;
    size_t against = 0;
    for (size_t at = 0; at < std::min(x.size(), k_asked); ++at) {
      for (size_t other = 0; other < std::min(y.size(), k_asked); ++other) {
        ++asked;
        against += weigh_things(m_mentions[x[at]], m_mentions[y[other]], false).contradicts ? 1 : 0;
      }
    }
    return against * 2 < asked;
  }

  void unite(uint32_t root_a, uint32_t root_b) {
    const uint32_t now = m_clusters.root(root_a);
    const uint32_t gone = now == root_a ? root_b : root_a;
    auto& members = m_of[now];
    const auto& more = m_of[gone];
    members.insert(members.end(), more.begin(), more.end());
    std::sort(members.begin(), members.end());
    m_of.erase(gone);
  }

 private:
  const Ordered& m_mentions;
  ConstrainedClusters& m_clusters;
  std::unordered_map<uint32_t, std::vector<uint32_t>> m_of;
};

}  // namespace

// Bearers of one name in several places: one without a place may be any of them.
bool ThingMatcher::is_ambiguous(std::span<const uint32_t> members) const {
  std::string_view place;
  for (const uint32_t member : members) {
    const std::string_view town = context_of(m_mentions[member]).second;
    if (!agree(town, place)) {
      return true;
    }
    place = town.empty() ? place : town;
  }
  return false;
}

void ThingMatcher::weigh_block(std::span<const Named> block, const std::vector<uint32_t>& roots) {
  std::vector<uint32_t> members;
  for (const Named& named : block) {
    members.push_back(named.mention);
  }
  std::stable_sort(members.begin(), members.end(),
                   [&](uint32_t a, uint32_t b) { return m_mentions[a].context < m_mentions[b].context; });
  // Whether the name is ambiguous is said by each block anew; the most careful one counts.
  const bool may_differ = block.front().kind == Kind::organisation;
  const bool ambiguous = may_differ && is_ambiguous(members);
  ReadyThings things(block.front().kind);
  for (const uint32_t member : members) {
    things.add(m_mentions[member]);
  }
  for (size_t at = 1; at < members.size(); ++at) {
    for (size_t before = at; before > at - std::min(at, k_window); --before) {
      const bool in_order = members[before - 1] < members[at];
      const auto [x, y] = in_order ? std::pair(before - 1, at) : std::pair(at, before - 1);
      const auto [a, b] = std::pair(members[x], members[y]);
      if (roots[a] == roots[b] || (!may_differ && m_seen.contains(pair_key(a, b)))) {
        continue;
      }
      m_seen.insert(pair_key(a, b));
      const ThingEvidence evidence = weigh_things(things, x, y, ambiguous, k_doubt_bits);
      if (evidence.bits >= k_doubt_bits) {
        const auto& names = m_mentions[a].names;
        const uint32_t name = names.empty() ? k_none : m_names.intern(names.front());
        const auto probability = static_cast<float>(thing_probability(evidence.bits));
        m_weighed.push_back({{a, b, evidence.evidence, probability, name}, evidence.bits, evidence.other_form});
      }
    }
  }
}

// Two instruments of a model in one room, by one list or by their serial numbers, and a third from another list: it may
// be either, so that it is neither.
void ThingMatcher::part_rivals() {
  std::unordered_map<uint32_t, std::vector<size_t>> of;
  for (size_t at = 0; at < m_weighed.size(); ++at) {
    const Edge& edge = m_weighed[at].edge;
    if (m_mentions[edge.a].kind == Kind::equipment) {
      of[edge.a].push_back(at);
      of[edge.b].push_back(at);
    }
  }
  const auto source = [&](uint32_t mention) {
    const std::string_view origin = m_mentions[mention].origin;
    return origin.substr(0, origin.find('/'));
  };
  std::vector<size_t> doubtful;
  for (const auto& [mention, pairs] : of) {
    const auto other = [&, own = mention](size_t at) {
      const Edge& edge = m_weighed[at].edge;
      return edge.a == own ? edge.b : edge.a;
    };
    for (const size_t x : pairs) {
      if (std::any_of(pairs.begin(), pairs.end(), [&](size_t y) {
            return other(x) != other(y) && m_weighed[y].bits > m_weighed[x].bits - k_rival_bits &&
                   (source(other(x)) == source(other(y)) ||
                    weigh_things(m_mentions[other(x)], m_mentions[other(y)], false).contradicts);
          })) {
        doubtful.push_back(x);
      }
    }
  }
  for (const size_t at : doubtful) {
    m_weighed[at].bits = std::min(m_weighed[at].bits, 0.0);
    m_weighed[at].edge.probability = static_cast<float>(thing_probability(m_weighed[at].bits));
  }
}

void ThingMatcher::join(ConstrainedClusters& clusters) {
  const auto place = [](const Weighed& each) { return std::pair(each.edge.a, each.edge.b); };
  std::sort(m_weighed.begin(), m_weighed.end(), [&](const Weighed& x, const Weighed& y) {
    return std::tuple(place(x), x.bits) < std::tuple(place(y), y.bits);
  });
  m_weighed.erase(std::unique(m_weighed.begin(), m_weighed.end(),
                              [&](const Weighed& x, const Weighed& y) { return place(x) == place(y); }),
                  m_weighed.end());
  std::sort(m_weighed.begin(), m_weighed.end(), [&](const Weighed& x, const Weighed& y) {
    return std::tuple(-x.bits, place(x)) < std::tuple(-y.bits, place(y));
  });
  if (m_weighed.empty()) {
    return;
  }
  Members members(m_mentions, clusters);
  for (const Weighed& each : m_weighed) {
    const uint32_t root_a = clusters.root(each.edge.a);
    const uint32_t root_b = clusters.root(each.edge.b);
    if (root_a == root_b) {
      continue;
    }
    if (each.other_form) {
      if (each.bits >= k_join_bits) {
        clusters.refuse(each.edge, {Evidence::other_form});
      }
    } else if (each.bits < k_join_bits || !members.agree(each.edge.a, each.edge.b)) {
      m_doubts.push_back(each.edge);
    } else if (clusters.join(each.edge, {})) {
      members.unite(root_a, root_b);
    }
  }
  std::erase_if(m_doubts, [&](const Edge& edge) {
    return clusters.together(edge.a, edge.b) || clusters.never_one(edge.a, edge.b);
  });
  std::sort(m_doubts.begin(), m_doubts.end(),
            [](const Edge& x, const Edge& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
  m_weighed = {};
}

void ThingMatcher::weigh(const std::vector<uint32_t>& roots) {
  std::vector<Named> all;
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    const Mention& mention = m_mentions[at];
    if (mention.kind == Kind::person) {
      continue;
    }
    for (const std::string& key : thing_keys(mention)) {
      all.push_back({hash64(key), at, mention.kind});
    }
  }
  const auto key = [](const Named& named) { return std::tuple(named.kind, named.key, named.mention); };
  std::sort(all.begin(), all.end(), [&](const Named& a, const Named& b) { return key(a) < key(b); });
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end].kind == all[begin].kind && all[end].key == all[begin].key) {
      ++end;
    }
    if (end - begin > 1) {
      weigh_block(std::span(all).subspan(begin, end - begin), roots);
    }
    begin = end;
  }
  all = {};
  m_seen = {};
  part_rivals();
}

std::vector<Weight> ThingMatcher::weights(uint32_t a, uint32_t b) const {
  ThingEvidence evidence = weigh_things(m_mentions[std::min(a, b)], m_mentions[std::max(a, b)], false);
  evidence.weights.push_back({"prior", evidence.prior_bits, {}});
  return std::move(evidence.weights);
}

std::string ThingMatcher::detail(const Edge& edge) const {
  std::string out(edge.detail == k_none ? std::string_view{} : m_names.text(edge.detail));
  const Context context = context_of(m_mentions[edge.a]);
  for (const std::string_view part : {context.first, context.second}) {
    out += part.empty() || out.empty() ? "" : "; ";
    out += part;
  }
  return out;
}

}  // namespace pitchblende::resolution
