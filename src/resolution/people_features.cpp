#include "resolution/people_features.hpp"

#include <algorithm>

#include "resolution/person_name.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_affiliations_weighed = 8;

constexpr float k_reference = 6;
constexpr float k_institution = 4;
constexpr float k_alike = 3;
constexpr float k_department = 1;
constexpr float k_place = 0.5F;
constexpr float k_rare_companion = 4;
constexpr float k_next_rare_companion = 3;
constexpr float k_companion = 1.5F;
constexpr float k_companions_together = 9;

void sort_unique(std::vector<uint32_t>& pool, size_t begin) {
  std::sort(pool.begin() + static_cast<std::ptrdiff_t>(begin), pool.end());
  pool.erase(std::unique(pool.begin() + static_cast<std::ptrdiff_t>(begin), pool.end()), pool.end());
}

}  // namespace

PeopleFeatures::PeopleFeatures(const Ordered& mentions) : m_mentions(mentions) {
  uint32_t people = 0;
  while (people < mentions.size() && mentions[people].kind == registry::Kind::person) {
    ++people;
  }
  m_name.reserve(people);
  m_companions.reserve(people);
  m_affiliations.reserve(people + 1);
  m_own_reference.reserve(people);
  for (uint32_t mention = 0; mention < people; ++mention) {
    take_name(mention);
    take_companions(mention);
    take_affiliations(mention);
  }
  m_affiliations.push_back(static_cast<uint32_t>(m_affiliation_pool.size()));
  m_lists.push_back(static_cast<uint32_t>(m_form_pool.size()));
  count_forms();
}

void PeopleFeatures::take_name(uint32_t number) {
  const Mention& mention = m_mentions[number];
  thread_local std::string key;
  key.assign(mention.family);
  key += '\n';
  key += mention.given;
  const uint32_t id = m_name_texts.intern(key);
  if (id == m_names.size()) {
    const std::string_view kept = m_name_texts.text(id);
    m_names.push_back({kept.substr(0, mention.family.size()), kept.substr(mention.family.size() + 1),
                       m_forms.intern(short_form(mention.family, mention.given))});
  }
  m_name.push_back(id);
}

void PeopleFeatures::take_companions(uint32_t number) {
  const auto& companions = m_mentions[number].companions;
  if (!companions || companions->empty()) {
    m_companions.push_back(k_none);
    return;
  }
  const auto [at, fresh] = m_list_ids.try_emplace(companions.get(), static_cast<uint32_t>(m_lists.size()));
  if (fresh) {
    m_lists.push_back(static_cast<uint32_t>(m_form_pool.size()));
    for (const std::string& companion : *companions) {
      m_form_pool.push_back(m_forms.intern(companion));
    }
    sort_unique(m_form_pool, m_lists.back());
  }
  m_companions.push_back(at->second);
}

PeopleFeatures::Affiliation PeopleFeatures::read_affiliation(std::string_view text) {
  Affiliation out{static_cast<uint32_t>(m_segment_pool.size()), 0, static_cast<uint32_t>(m_token_pool.size()), 0};
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find(';', begin), text.size());
    const Segment segment = classify(text.substr(begin, end - begin));
    if (segment.worth != SegmentClass::none) {
      const uint32_t id = m_segments.intern(segment.text);
      if (id == m_worth.size()) {
        m_worth.push_back(segment.worth);
      }
      m_segment_pool.push_back(id);
      for (const std::string& token : segment.tokens) {
        m_token_pool.push_back(m_tokens.intern(token));
      }
    }
    begin = end + 1;
  }
  sort_unique(m_segment_pool, out.segments);
  sort_unique(m_token_pool, out.tokens);
  out.segments_end = static_cast<uint32_t>(m_segment_pool.size());
  out.tokens_end = static_cast<uint32_t>(m_token_pool.size());
  return out;
}

void PeopleFeatures::take_affiliations(uint32_t number) {
  const Mention& mention = m_mentions[number];
  m_affiliations.push_back(static_cast<uint32_t>(m_affiliation_pool.size()));
  for (const std::string& affiliation : mention.affiliations) {
    const uint32_t id = m_affiliation_texts.intern(affiliation);
    if (id == m_read.size()) {
      m_read.push_back(read_affiliation(affiliation));
    }
    m_affiliation_pool.push_back(id);
  }
  uint32_t own = k_none;
  if (!mention.context.empty()) {
    own = m_segments.intern(mention.context);
    if (own == m_worth.size()) {
      m_worth.push_back(SegmentClass::reference);
    }
  }
  m_own_reference.push_back(own);
}

void PeopleFeatures::count_forms() {
  m_form_mentions.assign(m_forms.size(), 0);
  m_form_names.assign(m_forms.size(), 0);
  for (const uint32_t name : m_name) {
    ++m_form_mentions[m_names[name].form];
  }
  for (const NameEntry& name : m_names) {
    m_form_names[name.form] += is_initials(name.given) ? 0 : 1;
  }
}

bool PeopleFeatures::compatible(uint32_t name_a, uint32_t name_b) const {
  const NameEntry& a = m_names[name_a];
  const NameEntry& b = m_names[name_b];
  if (compare_given(a.given, b.given).match == GivenMatch::conflict) {
    return false;
  }
  return a.family.empty() || b.family.empty() || compare_family(a.family, b.family) != FamilyMatch::conflict;
}

bool PeopleFeatures::says_no_more(uint32_t name_a, uint32_t name_b) const {
  const NameEntry& a = m_names[name_a];
  const NameEntry& b = m_names[name_b];
  return resolution::says_no_more(a.given, b.given) && a.family.size() <= b.family.size() &&
         (a.family.empty() || compare_family(a.family, b.family) != FamilyMatch::conflict);
}

void PeopleFeatures::weigh(const Affiliation& a, const Affiliation& b, Support& out) const {
  float sum = 0;
  float best = 0;
  uint32_t segment = k_none;
  uint32_t i = a.segments;
  uint32_t j = b.segments;
  while (i < a.segments_end && j < b.segments_end) {
    const uint32_t x = m_segment_pool[i];
    const uint32_t y = m_segment_pool[j];
    if (x == y) {
      const SegmentClass worth = m_worth[x];
      const float points = worth == SegmentClass::reference     ? k_reference
                           : worth == SegmentClass::institution ? k_institution
                           : worth == SegmentClass::department  ? k_department
                                                                : k_place;
      sum += points;
      if (points > best) {
        best = points;
        segment = x;
      }
    }
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  float points = std::max(best, std::min(sum, k_alike));
  if (points < k_alike) {
    uint32_t shared = 0;
    for (i = a.tokens, j = b.tokens; i < a.tokens_end && j < b.tokens_end;) {
      const uint32_t x = m_token_pool[i];
      const uint32_t y = m_token_pool[j];
      shared += x == y ? 1 : 0;
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
    }
    const uint32_t fewer = std::min(a.tokens_end - a.tokens, b.tokens_end - b.tokens);
    if (shared >= 2 && shared * 2 > fewer) {
      points = k_alike;
      segment = segment == k_none && a.segments < a.segments_end ? m_segment_pool[a.segments] : segment;
    }
  }
  if (points > out.affiliation) {
    out.affiliation = points;
    out.segment = segment;
  }
}

void PeopleFeatures::weigh_affiliations(uint32_t a, uint32_t b, Support& out) const {
  const auto of_a = affiliations(a);
  const auto of_b = affiliations(b);
  for (const uint32_t x : of_a.first(std::min(of_a.size(), k_affiliations_weighed))) {
    for (const uint32_t y : of_b.first(std::min(of_b.size(), k_affiliations_weighed))) {
      weigh(m_read[x], m_read[y], out);
    }
  }
  // The paper that one confirms as his own, or the same paper from two sources.
  const auto confirms = [&](uint32_t one, uint32_t other) {
    const uint32_t paper = m_own_reference[other];
    if (paper == k_none || out.affiliation >= k_reference) {
      return;
    }
    bool found = m_own_reference[one] == paper;
    if (described(one)) {
      for (const uint32_t x : affiliations(one)) {
        found = found || std::binary_search(m_segment_pool.begin() + m_read[x].segments,
                                            m_segment_pool.begin() + m_read[x].segments_end, paper);
      }
    }
    if (found) {
      out.affiliation = k_reference;
      out.segment = paper;
    }
  };
  confirms(a, b);
  confirms(b, a);
}

void PeopleFeatures::weigh_companions(uint32_t a, uint32_t b, Support& out) const {
  const auto of_a = companions(a);
  const auto of_b = companions(b);
  const uint32_t own_a = m_names[m_name[a]].form;
  const uint32_t own_b = m_names[m_name[b]].form;
  bool any_rare = false;
  for (size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
    const uint32_t x = of_a[i];
    const uint32_t y = of_b[j];
    if (x == y && x != own_a && x != own_b) {
      const bool is_rare = rare(x);
      out.companions += is_rare ? (any_rare ? k_next_rare_companion : k_rare_companion) : k_companion;
      out.companion = out.companion == k_none || (is_rare && !any_rare) ? x : out.companion;
      any_rare = any_rare || is_rare;
    }
    i += x <= y ? 1 : 0;
    j += y <= x ? 1 : 0;
  }
  out.companions = std::min(out.companions, k_companions_together);
}

Support PeopleFeatures::support(uint32_t a, uint32_t b) const {
  Support out;
  weigh_affiliations(a, b, out);
  weigh_companions(a, b, out);
  return out;
}

void PeopleFeatures::features(uint32_t mention, std::vector<uint32_t>& out) const {
  const uint32_t own = m_names[m_name[mention]].form;
  for (const uint32_t form : companions(mention)) {
    if (form != own) {
      out.push_back(form * 2);
    }
  }
  const size_t begin = out.size();
  for (const uint32_t affiliation : affiliations(mention)) {
    for (uint32_t at = m_read[affiliation].segments; at < m_read[affiliation].segments_end; ++at) {
      out.push_back(m_segment_pool[at] * 2 + 1);
    }
  }
  if (m_own_reference[mention] != k_none) {
    out.push_back(m_own_reference[mention] * 2 + 1);
  }
  sort_unique(out, begin);
}

void PeopleFeatures::finish() {
  m_name_texts.finish();
  m_forms.finish();
  m_segments.finish();
  m_worth = {};
  m_form_mentions = {};
  m_form_names = {};
  m_companions = {};
  m_lists = {};
  m_form_pool = {};
  m_list_ids = {};
  m_affiliations = {};
  m_affiliation_pool = {};
  m_affiliation_texts = {};
  m_read = {};
  m_segment_pool = {};
  m_tokens = {};
  m_token_pool = {};
  m_own_reference = {};
}

}  // namespace pitchblende::resolution
