#include "resolution/constrained_clusters.hpp"

#include <algorithm>
#include <numeric>

namespace pitchblende::resolution {

namespace {

constexpr size_t k_names_of_cluster = 16;  // more are joined by identifiers only; the rest is not compared
constexpr uint8_t k_refusals_of_mention = 4;

}  // namespace

ConstrainedClusters::ConstrainedClusters(size_t mentions, Naming naming)
    : m_naming(std::move(naming)),
      m_parent(mentions),
      m_size(mentions, 1),
      m_next(mentions),
      m_exclusive(mentions, k_none),
      m_name(mentions, k_none),
      m_refusals(mentions, 0) {
  std::iota(m_parent.begin(), m_parent.end(), 0);
  std::iota(m_next.begin(), m_next.end(), 0);
}

void ConstrainedClusters::set_slot(uint32_t mention, uint32_t slot, uint32_t value, bool hard) {
  if (m_slot_in.find(pair_key(mention, slot)) == k_none) {
    m_slot_in.insert(pair_key(mention, slot), value);
    m_slots[mention].push_back({slot, value, hard});
  }
}

bool ConstrainedClusters::part(uint32_t a, uint32_t b) {
  if (together(a, b)) {
    return false;
  }
  m_enemies[a].push_back(b);
  m_enemies[b].push_back(a);
  return true;
}

uint32_t ConstrainedClusters::root(uint32_t mention) {
  while (m_parent[mention] != mention) {
    m_parent[mention] = m_parent[m_parent[mention]];
    mention = m_parent[mention];
  }
  return mention;
}

bool ConstrainedClusters::names_agree(uint32_t a, uint32_t b) const {
  if (m_name[a] == m_name[b] && m_names.find(a) == m_names.end() && m_names.find(b) == m_names.end()) {
    return true;
  }
  const auto names = [&](uint32_t cluster) {
    const auto several = m_names.find(cluster);
    return several == m_names.end() ? std::vector<uint32_t>{m_name[cluster]} : several->second;
  };
  const std::vector<uint32_t> of_a = names(a);
  const std::vector<uint32_t> of_b = names(b);
  for (const uint32_t own : of_a) {
    for (const uint32_t other : of_b) {
      if (own != k_none && other != k_none && own != other && !m_naming.compatible(own, other) &&
          !also_called(of_a, own, other) && !also_called(of_b, other, own)) {
        return false;
      }
    }
  }
  return true;
}

// Whether somebody who is known under several names bears the other one beside his own.
bool ConstrainedClusters::also_called(const std::vector<uint32_t>& names, uint32_t own, uint32_t other) const {
  return std::any_of(names.begin(), names.end(), [&](uint32_t name) {
    const bool two = name != k_none && name != own && (!m_naming.compatible(own, name) || m_naming.kin(own, name));
    return two && m_naming.compatible(name, other) &&
           (m_naming.says_no_more(other, name) || m_naming.given_agree(own, other));
  });
}

std::optional<Obstacle> ConstrainedClusters::obstacle(uint32_t small, uint32_t large, const Licence& licence) {
  uint32_t member = small;
  do {
    if (m_exclusive[member] != k_none && has_exclusive(large, m_exclusive[member])) {
      return Obstacle{Evidence::exclusive, m_exclusive[member], m_exclusive[member]};
    }
    if (const auto enemies = m_enemies.find(member); enemies != m_enemies.end()) {
      for (const uint32_t enemy : enemies->second) {
        if (root(enemy) == large) {
          return Obstacle{Evidence::decided_different};
        }
      }
    }
    if (const auto slots = m_slots.find(member); slots != m_slots.end()) {
      for (const Slot& slot : slots->second) {
        const uint32_t value = m_slot_in.find(pair_key(large, slot.slot));
        const bool held = slot.hard || !(licence.overrules || slot.slot == licence.shared_slot);
        if (value != k_none && value != slot.value && held) {
          return Obstacle{Evidence::other_identifier, slot.value, value};
        }
      }
    }
    member = m_next[member];
  } while (member != small);
  if (!licence.overrules && !licence.passes_names && !names_agree(small, large)) {
    return Obstacle{Evidence::other_name};
  }
  return std::nullopt;
}

void ConstrainedClusters::unite_names(uint32_t small, uint32_t large) {
  const auto more = m_names.find(small);
  if (more == m_names.end() && m_names.find(large) == m_names.end() && m_name[small] == m_name[large]) {
    return;
  }
  std::vector<uint32_t> all = more == m_names.end() ? std::vector<uint32_t>{m_name[small]} : std::move(more->second);
  const auto known = m_names.find(large);
  if (known == m_names.end()) {
    all.push_back(m_name[large]);
  } else {
    all.insert(all.end(), known->second.begin(), known->second.end());
  }
  m_names.erase(small);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::erase(all, k_none);
  std::vector<uint32_t> kept;  // those that say most
  for (const uint32_t name : all) {
    const bool said = std::any_of(all.begin(), all.end(), [&](uint32_t other) {
      return other != name && m_naming.says_no_more(name, other) &&
             !(other > name && m_naming.says_no_more(other, name));
    });
    if (!said && kept.size() < k_names_of_cluster) {
      kept.push_back(name);
    }
  }
  if (kept.size() == 1) {
    m_name[large] = kept.front();
    m_names.erase(large);
  } else if (!kept.empty()) {
    m_names[large] = std::move(kept);
  }
}

void ConstrainedClusters::unite(uint32_t small, uint32_t large) {
  if (m_size[large] == 1 && m_exclusive[large] != k_none) {
    m_exclusive_in.insert(pair_key(large, m_exclusive[large]));
  }
  uint32_t member = small;
  do {
    if (m_exclusive[member] != k_none) {
      m_exclusive_in.insert(pair_key(large, m_exclusive[member]));
    }
    if (const auto slots = m_slots.find(member); slots != m_slots.end()) {
      for (const Slot& slot : slots->second) {
        m_slot_in.insert(pair_key(large, slot.slot), slot.value);
      }
    }
    member = m_next[member];
  } while (member != small);
  unite_names(small, large);
  std::swap(m_next[small], m_next[large]);
  m_parent[small] = large;
  m_size[large] += m_size[small];
}

void ConstrainedClusters::refuse(const Edge& edge, const Obstacle& obstacle) {
  if (m_refusals[edge.a] < k_refusals_of_mention && m_refusals[edge.b] < k_refusals_of_mention) {
    ++m_refusals[edge.a];
    ++m_refusals[edge.b];
    m_refused.push_back({edge, obstacle});
  }
}

bool ConstrainedClusters::never_one(uint32_t a, uint32_t b) {
  const uint32_t root_a = root(a);
  const uint32_t root_b = root(b);
  const bool swap = m_size[root_a] > m_size[root_b];
  return root_a != root_b && obstacle(swap ? root_b : root_a, swap ? root_a : root_b, {.overrules = true}).has_value();
}

void ConstrainedClusters::finish() {
  m_size = {};
  m_next = {};
  m_exclusive = {};
  m_name = {};
  m_names = {};
  m_slots = {};
  m_enemies = {};
  m_exclusive_in = {};
  m_slot_in = {};
  m_refused_roots = {};
  m_joined.shrink_to_fit();
}

bool ConstrainedClusters::join(const Edge& edge, const Licence& licence) {
  uint32_t small = root(edge.a);
  uint32_t large = root(edge.b);
  if (small == large) {
    return true;
  }
  if (m_size[small] > m_size[large] || (m_size[small] == m_size[large] && small < large)) {
    std::swap(small, large);
  }
  // What may pass over nothing and was refused once is refused for good: constraints only grow.
  const bool plain = !licence.overrules && !licence.passes_names && licence.shared_slot == k_none;
  if (plain && m_refused_roots.contains(pair_key(small, large))) {
    return false;
  }
  if (std::optional<Obstacle> found = obstacle(small, large, licence)) {
    if (plain) {
      m_refused_roots.insert(pair_key(small, large));
    }
    if (small != root(edge.a)) {
      std::swap(found->of_a, found->of_b);
    }
    refuse(edge, *found);
    return false;
  }
  unite(small, large);
  m_joined.push_back(edge);
  return true;
}

}  // namespace pitchblende::resolution
