// Ids for ever: which cluster keeps which id, and new ids for the others.
#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

namespace {

struct RefHash {
  size_t operator()(const MentionRef& ref) const {
    return (static_cast<uint64_t>(ref.record) << 20 ^ static_cast<uint64_t>(ref.part)) * 0x9E3779B97F4A7C15u >> 8;
  }
};

// Who holds an id: the cluster with its oldest record keeps it.
struct Holding {
  MentionRef oldest;
  size_t cluster = 0;
  int64_t since = 0;  // of its first assignment
};

class Assigner {
 public:
  Assigner(std::span<const Cluster> clusters, std::span<const Mention> mentions, const std::function<bool(Id)>& taken)
      : m_clusters(clusters), m_mentions(mentions), m_taken(taken), m_out(clusters.size()) {
    m_places.reserve(mentions.size());
    for (size_t at = 0; at < mentions.size(); ++at) {
      m_places.emplace(mentions[at].ref, static_cast<uint32_t>(at));
    }
  }

  std::vector<Identity> run() {
    find_holdings();
    keep();
    make_new();
    return std::move(m_out);
  }

 private:
  const Mention& mention(const MentionRef& ref) const { return m_mentions[m_places.at(ref)]; }

  void find_holdings() {
    for (size_t cluster = 0; cluster < m_clusters.size(); ++cluster) {
      for (const MentionRef& ref : m_clusters[cluster].members) {
        const Mention& member = mention(ref);
        if (!member.held) {
          continue;
        }
        const auto [at, fresh] = m_holdings.try_emplace(*member.held, Holding{ref, cluster, member.held_since});
        if (!fresh) {
          at->second.since = std::min(at->second.since, member.held_since);
          if (ref < at->second.oldest) {
            at->second.oldest = ref;
            at->second.cluster = cluster;
          }
        }
      }
    }
  }

  // Of the ids that are left to a cluster the one assigned first stays, the others redirect to it.
  void keep() {
    std::vector<std::vector<std::pair<Id, Holding>>> kept(m_clusters.size());
    for (const auto& [id, holding] : m_holdings) {
      kept[holding.cluster].emplace_back(id, holding);
    }
    for (size_t cluster = 0; cluster < m_clusters.size(); ++cluster) {
      auto& ids = kept[cluster];
      std::sort(ids.begin(), ids.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second.since, a.second.oldest, a.first) < std::tie(b.second.since, b.second.oldest, b.first);
      });
      m_out[cluster].fresh = ids.empty();
      if (!ids.empty()) {
        m_out[cluster].id = ids.front().first;
        for (size_t at = 1; at < ids.size(); ++at) {
          m_out[cluster].absorbed.push_back(ids[at].first);
        }
        std::sort(m_out[cluster].absorbed.begin(), m_out[cluster].absorbed.end());
      }
    }
  }

  // Of records before names, the first by source and key: the order in which files arrive gives no other id.
  MentionRef first_by_name(const Cluster& cluster) const {
    return *std::min_element(cluster.members.begin(), cluster.members.end(),
                             [&](const MentionRef& a, const MentionRef& b) {
                               return std::forward_as_tuple(a.part != 0, mention(a).origin) <
                                      std::forward_as_tuple(b.part != 0, mention(b).origin);
                             });
  }

  // In the order of what seeds them, so that collisions fall alike on every machine.
  void make_new() {
    struct Seed {
      registry::Kind kind;
      std::string_view origin;
      size_t cluster;
    };
    std::vector<Seed> seeds;
    for (size_t cluster = 0; cluster < m_clusters.size(); ++cluster) {
      if (m_out[cluster].fresh && !m_clusters[cluster].members.empty()) {
        const Mention& first = mention(first_by_name(m_clusters[cluster]));
        seeds.push_back({first.kind, first.origin, cluster});
      }
    }
    std::sort(seeds.begin(), seeds.end(), [](const Seed& a, const Seed& b) {
      return std::tie(a.kind, a.origin, a.cluster) < std::tie(b.kind, b.origin, b.cluster);
    });
    std::set<Id> made;
    for (const Seed& seed : seeds) {
      std::string text(registry::name(seed.kind));
      text += '\n';
      text += seed.origin;
      Id id(hash64(text) >> 14);
      while (made.contains(id) || m_holdings.contains(id) || m_taken(id)) {
        id = id.next();
      }
      made.insert(id);
      m_out[seed.cluster].id = id;
    }
  }

  std::span<const Cluster> m_clusters;
  std::span<const Mention> m_mentions;
  const std::function<bool(Id)>& m_taken;
  std::vector<Identity> m_out;
  std::unordered_map<MentionRef, uint32_t, RefHash> m_places;
  std::unordered_map<Id, Holding> m_holdings;
};

}  // namespace

std::vector<Identity> assign_ids(std::span<const Cluster> clusters, std::span<const Mention> mentions,
                                 const std::function<bool(Id)>& taken) {
  return Assigner(clusters, mentions, taken).run();
}

}  // namespace pitchblende::resolution
