// What is known of people, as numbers: names, companions, places, settings, and how rare each is. Owner: resolution.
// Built by one thread, then read by any.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "resolution/affiliation.hpp"
#include "resolution/interning.hpp"
#include "resolution/ordered.hpp"
#include "resolution/people/family_forms.hpp"
#include "resolution/people/topic_space.hpp"

namespace pitchblende::resolution {

struct NameEntry {
  std::string_view family;
  std::string_view given;
  uint32_t form = k_none;   // "dupont j"
  uint32_t first = k_none;  // the first given name, unless it is an initial
  uint32_t family_id = k_none;
  uint32_t full = k_none;                                     // family and first given name
  std::array<uint32_t, 3> called = {k_none, k_none, k_none};  // what the first given name is or is short for
};

// Two names that differ and may be one person's all the same: the first name is short for the other or written by
// another rule, a slip is in a rare family name, family and given name have changed places.
enum class Kin : uint8_t { none, first_name, slip, swapped };

// How alike those who bear a name are, as far as the pool tells.
struct Spread {
  float places = k_unspread;      // mean likeness of the affiliations of two bearers
  float subjects = k_unspread;    // of what their papers are about
  float companions = k_unspread;  // share of pairs of bearers that have somebody beside them in common
  static constexpr float k_unspread = -1;
};

// Sorted numbers with a weight each, in a pool that they share; `norm` is the length of the whole vector, before what
// only one has was left out.
struct Bag {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size = 0;  // before anything was left out
  float norm = 0;
};

class PeopleFeatures {
 public:
  explicit PeopleFeatures(const Ordered& mentions);

  size_t people() const { return m_name.size(); }  // they are the first mentions
  size_t names() const { return m_names.size(); }
  const NameEntry& name(uint32_t id) const { return m_names[id]; }
  uint32_t name_of(uint32_t mention) const { return m_name[mention]; }
  bool described(uint32_t mention) const { return m_mentions[mention].described; }
  // As they are written, or as kin.
  bool compatible(uint32_t name_a, uint32_t name_b) const;
  Kin kin(uint32_t name_a, uint32_t name_b) const;
  // How some name of one group of mentions is kin to one of the other; none: all agree as they are written.
  Kin kin_of_groups(std::span<const uint32_t> a, std::span<const uint32_t> b) const;
  bool says_no_more(uint32_t name_a, uint32_t name_b) const;
  bool given_agree(uint32_t name_a, uint32_t name_b) const;

  // Rarity of what is counted `count` times among `total`: 0 … 1, 1 for what stands there once.
  static float rarity(uint32_t count, uint32_t total);

  struct Vocabulary {
    std::vector<uint32_t> counts;  // of those that have it, by id
    std::vector<float> rarities;
    uint32_t total = 0;
    void weigh();
  };
  const Vocabulary& firsts() const { return m_first_counts; }
  uint32_t given_names(uint32_t family) const { return m_family_firsts[family]; }
  // How common the family name is beside other initials than the form's own: 0 … 1.
  float family_commonness(const NameEntry& name) const;
  // Others of a family name and an initial that may be expected beside one who bears them.
  float others_expected(const NameEntry& name) const {
    return m_family_forms.others(name.family_id, name.given.empty() ? ' ' : name.given.front());
  }
  // The mentions are a part of a pool, whose other bearers of a name are not all here.
  bool partial() const { return m_mentions.input.part_of_pool; }
  const std::optional<Id>& held_by(uint32_t mention) const { return m_mentions[mention].held; }
  std::string_view local_part(uint32_t id) const { return m_locals.text(id); }
  const Spread& spread_of_full(uint32_t full) const { return m_full_spread[full]; }
  const Spread& spread_of_form(uint32_t form) const { return m_form_spread[form]; }

  struct Place {
    Bag segments;
    Bag tokens;
    Bag domains;  // of e-mail addresses
    uint32_t country = k_none;
    uint32_t mentions = 0;    // that stand at this place
    uint32_t local = k_none;  // of the first e-mail address, what stands before the @
  };
  struct Scene {
    Bag words;
    Bag subjects;
    Bag grants;
    Bag places;
    uint32_t journal = k_none;
    uint32_t language = 0;
    int year = 0;
  };
  // null: nothing is known.
  const Place* place(uint32_t mention) const { return at(m_places, m_place[mention]); }
  const Scene* scene(uint32_t mention) const { return at(m_scenes, m_scene[mention]); }
  const Bag* companions(uint32_t mention) const { return at(m_lists, m_list[mention]); }
  // How alike what the papers of two mentions are about is, −1 … 1; NaN: not known.
  float topic_likeness(uint32_t a, uint32_t b) const {
    const bool known = m_scene[a] != k_none && m_scene[b] != k_none;
    return known ? m_topics.likeness(m_scene[a], m_scene[b]) : std::numeric_limits<float>::quiet_NaN();
  }
  uint32_t own_paper(uint32_t mention) const { return m_own_paper[mention]; }
  bool confirms(uint32_t mention, uint32_t paper) const;

  std::span<const uint32_t> ids(const Bag& bag) const {
    return std::span(m_pool).subspan(bag.begin, bag.end - bag.begin);
  }
  float form_rarity(uint32_t id) const { return m_form_counts.rarities[id]; }
  float segment_rarity(uint32_t id) const { return m_segment_counts.rarities[id]; }
  SegmentClass segment_class(uint32_t id) const { return m_worth[id]; }
  float token_rarity(uint32_t id) const { return m_token_counts.rarities[id]; }
  float word_rarity(uint32_t id) const { return m_word_counts.rarities[id]; }
  float subject_rarity(uint32_t id) const { return m_subject_counts.rarities[id]; }
  float place_rarity(uint32_t id) const { return m_place_counts.rarities[id]; }
  float journal_rarity(uint32_t id) const { return m_journal_counts.rarities[id]; }
  float grant_rarity(uint32_t id) const { return m_grant_counts.rarities[id]; }
  float domain_rarity(uint32_t id) const { return m_domain_counts.rarities[id]; }

  // Features under which mentions of a large block may meet, the rarest first; numbers of one kind and of another do
  // not overlap.
  void features(uint32_t mention, std::vector<uint64_t>& out) const;
  // Nothing is weighed any more: names, forms and segments stay.
  void finish();
  std::string_view form(uint32_t id) const { return m_forms.text(id); }
  std::string_view segment(uint32_t id) const { return m_segments.text(id); }

 private:
  template <typename T>
  static const T* at(const std::vector<T>& list, uint32_t id) {
    return id == k_none ? nullptr : &list[id];
  }
  void take_name(uint32_t mention);
  bool is_slip(const NameEntry& a, const NameEntry& b) const;
  void take_companions(uint32_t mention);
  void take_place(uint32_t mention);
  void take_scene(uint32_t mention);
  void read_affiliation(std::string_view text, std::vector<uint32_t>& segments, std::vector<uint32_t>& tokens,
                        uint32_t& country);
  uint32_t segment_id(std::string_view text, SegmentClass worth);
  Bag keep(std::vector<uint32_t>& ids, Vocabulary& counts);
  void count_names();
  void count_families();
  void measure_spreads();
  Spread measure(std::span<const uint32_t> bearers) const;
  float likeness(const Bag& a, const Bag& b, const Vocabulary& vocabulary) const;
  void weigh(Bag& bag, const Vocabulary& vocabulary, size_t most, bool shared = false);
  void weigh_all();

  const Ordered& m_mentions;
  std::vector<uint32_t> m_name;  // by mention
  std::vector<NameEntry> m_names;
  TextTable m_name_texts;
  TextTable m_forms;
  TextTable m_firsts;
  TextTable m_called;
  Vocabulary m_form_counts;
  Vocabulary m_first_counts;
  TextTable m_families;
  TextTable m_fulls;
  std::vector<uint32_t> m_family_firsts;
  std::vector<uint32_t> m_family_counts;  // of bearers in lists, by family
  FamilyForms m_family_forms;
  TextTable m_locals;
  std::vector<Spread> m_full_spread;
  std::vector<Spread> m_form_spread;

  std::vector<uint32_t> m_pool;
  std::vector<uint32_t> m_list;  // by mention
  std::vector<Bag> m_lists;
  std::unordered_map<const void*, uint32_t> m_list_ids;

  std::vector<uint32_t> m_place;  // by mention
  std::vector<Place> m_places;
  TextTable m_place_texts;
  TextTable m_segments;
  std::vector<SegmentClass> m_worth;  // by segment
  TextTable m_tokens;
  TextTable m_domains;
  TextTable m_countries;
  Vocabulary m_segment_counts;
  Vocabulary m_token_counts;
  Vocabulary m_domain_counts;
  std::vector<uint32_t> m_own_paper;  // as a segment, by mention

  std::vector<uint32_t> m_scene;  // by mention
  std::vector<Scene> m_scenes;
  std::unordered_map<const void*, uint32_t> m_scene_ids;
  TopicSpace m_topics;  // its texts are the scenes
  FlatMap m_words;
  FlatMap m_subjects;
  FlatMap m_grants;
  FlatMap m_place_words;
  FlatMap m_journals;
  Vocabulary m_word_counts;
  Vocabulary m_subject_counts;
  Vocabulary m_grant_counts;
  Vocabulary m_place_counts;
  Vocabulary m_journal_counts;
};

}  // namespace pitchblende::resolution
