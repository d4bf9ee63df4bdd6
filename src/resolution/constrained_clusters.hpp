// Union-find that knows what must stay apart: every join is checked against all members of both clusters. Owner:
// resolution. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "resolution/interning.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// A link that was made or offered, between mentions by number. `detail`: what the two have in common.
struct Edge {
  uint32_t a = 0;
  uint32_t b = 0;
  Evidence evidence = Evidence::name;
  float probability = 1;
  uint32_t detail = k_none;
};

// What keeps two clusters apart; of two identifiers both, of a list the list twice.
struct Obstacle {
  Evidence why = Evidence::exclusive;
  uint32_t of_a = k_none;
  uint32_t of_b = k_none;
};

struct Refusal {
  Edge edge;
  Obstacle obstacle;
};

// What a link may pass over.
struct Licence {
  bool overrules = false;         // soft slots and names
  bool passes_names = false;      // names alone
  uint32_t shared_slot = k_none;  // a soft slot in which the two have a value in common
};

class ConstrainedClusters {
 public:
  // Whether the names of two mentions may be one person's, whether the first says no more than the second, whether the
  // given names alone may be one person's, and whether the two are different names of which one person may have both.
  struct Naming {
    std::function<bool(uint32_t, uint32_t)> compatible;
    std::function<bool(uint32_t, uint32_t)> says_no_more;
    std::function<bool(uint32_t, uint32_t)> given_agree;
    std::function<bool(uint32_t, uint32_t)> kin;
  };

  ConstrainedClusters(size_t mentions, Naming naming);

  void set_exclusive(uint32_t mention, uint32_t exclusive) { m_exclusive[mention] = exclusive; }
  // The value of a slot; a mention's first one of each slot counts. Two clusters with different values stay apart.
  void set_slot(uint32_t mention, uint32_t slot, uint32_t value, bool hard);
  void set_name(uint32_t mention, uint32_t name) { m_name[mention] = name; }
  // From now on the two stay apart; false: they are together already.
  bool part(uint32_t a, uint32_t b);

  // true: the two are together now. A refusal is kept, once for two clusters.
  bool join(const Edge& edge, const Licence& licence);

  // Keeps a link that somebody else held; of each mention a few.
  void refuse(const Edge& edge, const Obstacle& obstacle);

  // Whether nothing that anybody could say would make one cluster of the two: nobody need be asked.
  bool never_one(uint32_t a, uint32_t b);

  // No join comes any more: all but the clusters and their links is given back.
  void finish();

  uint32_t root(uint32_t mention);
  bool together(uint32_t a, uint32_t b) { return root(a) == root(b); }
  const std::vector<Edge>& joined() const { return m_joined; }
  const std::vector<Refusal>& refused() const { return m_refused; }

 private:
  struct Slot {
    uint32_t slot;
    uint32_t value;
    bool hard;
  };
  std::optional<Obstacle> obstacle(uint32_t small, uint32_t large, const Licence& licence);
  bool has_exclusive(uint32_t cluster, uint32_t exclusive) const {
    return m_size[cluster] == 1 ? m_exclusive[cluster] == exclusive
                                : m_exclusive_in.contains(pair_key(cluster, exclusive));
  }
  bool names_agree(uint32_t a, uint32_t b) const;
  bool also_called(const std::vector<uint32_t>& names, uint32_t own, uint32_t other) const;
  void unite(uint32_t small, uint32_t large);
  void unite_names(uint32_t small, uint32_t large);

  Naming m_naming;
  std::vector<uint32_t> m_parent;
  std::vector<uint32_t> m_size;
  std::vector<uint32_t> m_next;  // members of a cluster in a ring
  std::vector<uint32_t> m_exclusive;
  std::vector<uint32_t> m_name;  // of a root: the only name, unless m_names has more
  std::unordered_map<uint32_t, std::vector<uint32_t>> m_names;
  std::unordered_map<uint32_t, std::vector<Slot>> m_slots;        // by mention
  std::unordered_map<uint32_t, std::vector<uint32_t>> m_enemies;  // by mention
  FlatSet m_exclusive_in;                                         // root, exclusive; of clusters of several
  FlatMap m_slot_in;                                              // root, slot → value
  FlatSet m_refused_roots;
  std::vector<Edge> m_joined;
  std::vector<Refusal> m_refused;
  std::vector<uint8_t> m_refusals;  // of a mention
};

}  // namespace pitchblende::resolution
