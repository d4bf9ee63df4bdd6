// Strings as small numbers, and a flat map from 64-bit keys. Owner: base. One thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pitchblende {

inline constexpr uint32_t k_none = UINT32_MAX;

// Open addressing, linear probing; the key 2⁶⁴−1 is not for use.
class FlatMap {
 public:
  // The value under the key, or k_none.
  uint32_t find(uint64_t key) const {
    if (m_slots.empty()) {
      return k_none;
    }
    for (size_t at = place(key);; at = (at + 1) & (m_slots.size() - 1)) {
      if (m_slots[at].key == key) {
        return m_slots[at].value;
      }
      if (m_slots[at].key == k_free) {
        return k_none;
      }
    }
  }
  // The value that stands under the key afterwards: the one that was there before, if there was one.
  uint32_t insert(uint64_t key, uint32_t value) {
    if ((m_count + 1) * 10 > m_slots.size() * 7) {
      grow();
    }
    for (size_t at = place(key);; at = (at + 1) & (m_slots.size() - 1)) {
      if (m_slots[at].key == key) {
        return m_slots[at].value;
      }
      if (m_slots[at].key == k_free) {
        m_slots[at] = {key, value};
        ++m_count;
        return value;
      }
    }
  }

 private:
  struct Slot {
    uint64_t key;
    uint32_t value;
  };
  static constexpr uint64_t k_free = UINT64_MAX;

  size_t place(uint64_t key) const {
    uint64_t mixed = key * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 32;
    return mixed & (m_slots.size() - 1);
  }
  void grow() {
    std::vector<Slot> old(m_slots.empty() ? 64 : m_slots.size() * 2, Slot{k_free, 0});
    old.swap(m_slots);
    for (const Slot& slot : old) {
      if (slot.key != k_free) {
        size_t at = place(slot.key);
        while (m_slots[at].key != k_free) {
          at = (at + 1) & (m_slots.size() - 1);
        }
        m_slots[at] = slot;
      }
    }
  }

  std::vector<Slot> m_slots;
  size_t m_count = 0;
};

// The same without values: half the room.
class FlatSet {
 public:
  bool contains(uint64_t key) const { return !m_slots.empty() && m_slots[place(key)] == key; }
  void insert(uint64_t key) {
    if ((m_count + 1) * 10 > m_slots.size() * 7) {
      grow();
    }
    uint64_t& slot = m_slots[place(key)];
    m_count += slot == k_free ? 1 : 0;
    slot = key;
  }

 private:
  static constexpr uint64_t k_free = UINT64_MAX;

  // Where the key stands or would stand.
  size_t place(uint64_t key) const {
    uint64_t mixed = key * 0x9E3779B97F4A7C15u;
    mixed ^= mixed >> 32;
    size_t at = mixed & (m_slots.size() - 1);
    while (m_slots[at] != key && m_slots[at] != k_free) {
      at = (at + 1) & (m_slots.size() - 1);
    }
    return at;
  }
  void grow() {
    std::vector<uint64_t> old(m_slots.empty() ? 64 : m_slots.size() * 2, k_free);
    old.swap(m_slots);
    for (const uint64_t key : old) {
      if (key != k_free) {
        m_slots[place(key)] = key;
      }
    }
  }

  std::vector<uint64_t> m_slots;
  size_t m_count = 0;
};

inline uint64_t pair_key(uint32_t a, uint32_t b) { return uint64_t{a} << 32 | b; }

// Numbers in the order of first sight. Views: the strings must outlive it.
class ViewTable {
 public:
  uint32_t intern(std::string_view text) {
    const auto [at, fresh] = m_ids.try_emplace(text, static_cast<uint32_t>(m_texts.size()));
    if (fresh) {
      m_texts.push_back(text);
    }
    return at->second;
  }
  std::string_view text(uint32_t id) const { return m_texts[id]; }
  // Nothing is interned any more: texts stay.
  void finish() { m_ids = {}; }
  size_t size() const { return m_texts.size(); }

 private:
  std::unordered_map<std::string_view, uint32_t> m_ids;
  std::vector<std::string_view> m_texts;
};

// The same for strings that are made on the way: it owns them.
class TextTable {
 public:
  uint32_t intern(std::string_view text) {
    const auto found = m_ids.find(text);
    if (found != m_ids.end()) {
      return found->second;
    }
    const auto id = static_cast<uint32_t>(m_texts.size());
    if (m_room < text.size() || m_pages.empty()) {
      m_pages.emplace_back();
      m_pages.back().reserve(std::max(text.size(), k_page));
      m_room = m_pages.back().capacity();
    }
    std::string& page = m_pages.back();
    const size_t begin = page.size();
    page.append(text);
    m_room -= text.size();
    const std::string_view kept = std::string_view(page).substr(begin);
    m_ids.emplace(kept, id);
    m_texts.push_back(kept);
    return id;
  }
  uint32_t find(std::string_view text) const {
    const auto found = m_ids.find(text);
    return found == m_ids.end() ? k_none : found->second;
  }
  std::string_view text(uint32_t id) const { return m_texts[id]; }
  // Nothing is interned any more: texts stay.
  void finish() { m_ids = {}; }
  size_t size() const { return m_texts.size(); }

 private:
  static constexpr size_t k_page = 1 << 16;
  std::list<std::string> m_pages;  // never grown beyond their capacity, so that views stay good
  size_t m_room = 0;
  std::unordered_map<std::string_view, uint32_t> m_ids;
  std::vector<std::string_view> m_texts;
};

}  // namespace pitchblende
