// What is known of people, as numbers: names, co-authors, affiliations. Owner: resolution. One thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "resolution/affiliation.hpp"
#include "resolution/interning.hpp"
#include "resolution/matching.hpp"

namespace pitchblende::resolution {

struct NameEntry {
  std::string_view family;
  std::string_view given;
  uint32_t form = k_none;  // "dupont j"
};

// What two people have in common beside their name, in points; 4 is worth a full given name.
struct Support {
  float affiliation = 0;
  float companions = 0;
  uint32_t segment = k_none;
  uint32_t companion = k_none;
};

class PeopleFeatures {
 public:
  explicit PeopleFeatures(const Ordered& mentions);

  size_t people() const { return m_name.size(); }  // they are the first mentions
  size_t names() const { return m_names.size(); }
  const NameEntry& name(uint32_t id) const { return m_names[id]; }
  uint32_t name_of(uint32_t mention) const { return m_name[mention]; }
  bool described(uint32_t mention) const { return m_mentions[mention].described; }
  bool compatible(uint32_t name_a, uint32_t name_b) const;
  bool says_no_more(uint32_t name_a, uint32_t name_b) const;

  Support support(uint32_t a, uint32_t b) const;
  // Features under which mentions of a block may support each other; numbers of companions and segments do not overlap.
  void features(uint32_t mention, std::vector<uint32_t>& out) const;
  // Nothing is weighed any more: names, forms and segments stay.
  void finish();
  std::string_view form(uint32_t id) const { return m_forms.text(id); }
  std::string_view segment(uint32_t id) const { return m_segments.text(id); }

 private:
  struct Affiliation {
    uint32_t segments = 0;  // ranges in the pools
    uint32_t segments_end = 0;
    uint32_t tokens = 0;
    uint32_t tokens_end = 0;
  };
  void take_name(uint32_t mention);
  void take_companions(uint32_t mention);
  void take_affiliations(uint32_t mention);
  Affiliation read_affiliation(std::string_view text);
  void count_forms();
  bool rare(uint32_t form) const {
    return m_form_mentions[form] <= 15 || (m_form_names[form] >= 1 && m_form_names[form] <= 3);
  }
  void weigh_affiliations(uint32_t a, uint32_t b, Support& out) const;
  void weigh_companions(uint32_t a, uint32_t b, Support& out) const;
  void weigh(const Affiliation& a, const Affiliation& b, Support& out) const;
  std::span<const uint32_t> affiliations(uint32_t mention) const {
    return std::span(m_affiliation_pool)
        .subspan(m_affiliations[mention], m_affiliations[mention + 1] - m_affiliations[mention]);
  }
  std::span<const uint32_t> companions(uint32_t mention) const {
    const uint32_t list = m_companions[mention];
    return list == k_none ? std::span<const uint32_t>{}
                          : std::span(m_form_pool).subspan(m_lists[list], m_lists[list + 1] - m_lists[list]);
  }

  const Ordered& m_mentions;
  std::vector<uint32_t> m_name;  // by mention
  std::vector<NameEntry> m_names;
  TextTable m_name_texts;
  TextTable m_forms;
  std::vector<uint32_t> m_form_mentions;
  std::vector<uint32_t> m_form_names;  // with a full given name

  std::vector<uint32_t> m_companions;  // list, by mention
  std::vector<uint32_t> m_lists;
  std::vector<uint32_t> m_form_pool;
  std::unordered_map<const void*, uint32_t> m_list_ids;

  std::vector<uint32_t> m_affiliations;  // begin in the pool, by mention
  std::vector<uint32_t> m_affiliation_pool;
  ViewTable m_affiliation_texts;
  std::vector<Affiliation> m_read;  // by affiliation
  TextTable m_segments;
  std::vector<SegmentClass> m_worth;  // by segment
  std::vector<uint32_t> m_segment_pool;
  TextTable m_tokens;
  std::vector<uint32_t> m_token_pool;
  std::vector<uint32_t> m_own_reference;  // the author's paper, as a segment, by mention
};

}  // namespace pitchblende::resolution
