#include "resolution/people/people_features.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"
#include "resolution/people/name_sounds.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/setting.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_words_kept = 40;  // of a setting, the rarest
constexpr size_t k_tokens_kept = 48;
constexpr std::string_view k_label = "label:";
constexpr uint32_t k_smallest_total = 2000;
constexpr size_t k_spread_pairs = 48;
constexpr float k_spread_least = 4;  // pairs, below which nothing is known of how alike bearers are
constexpr size_t k_features = 8;     // under which a mention of a large block is met

void sort_unique(std::vector<uint32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

uint32_t dense(FlatMap& map, std::vector<uint32_t>& counts, uint32_t hash) {
  const uint32_t id = map.insert(hash, static_cast<uint32_t>(counts.size()));
  if (id == counts.size()) {
    counts.push_back(0);
  }
  return id;
}

}  // namespace

float PeopleFeatures::rarity(uint32_t count, uint32_t total) {
  // A small pool knows little of how rare things are: it counts as one of two thousand.
  const float all = std::log(static_cast<float>(std::max(total, k_smallest_total)) + 1);
  return std::max(0.0F, 1 - std::log(static_cast<float>(std::max(count, 1U))) / all);
}

void PeopleFeatures::Vocabulary::weigh() {
  rarities.resize(counts.size());
  for (size_t id = 0; id < counts.size(); ++id) {
    rarities[id] = rarity(counts[id], total);
  }
}

PeopleFeatures::PeopleFeatures(const Ordered& mentions) : m_mentions(mentions) {
  uint32_t people = 0;
  while (people < mentions.size() && mentions[people].kind == registry::Kind::person) {
    ++people;
  }
  m_name.reserve(people);
  m_list.reserve(people);
  m_place.reserve(people);
  m_scene.reserve(people);
  m_own_paper.reserve(people);
  for (uint32_t mention = 0; mention < people; ++mention) {
    take_name(mention);
    take_companions(mention);
    take_place(mention);
    take_scene(mention);
  }
  m_topics.place();
  count_names();
  count_families();
  weigh_all();
  measure_spreads();
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
    NameEntry name{kept.substr(0, mention.family.size()),
                   kept.substr(mention.family.size() + 1),
                   m_forms.intern(short_form(mention.family, mention.given)),
                   k_none,
                   k_none,
                   k_none};
    const std::string family = core_family(mention.family);
    name.family_id = m_families.intern(family);
    if (!is_initials(name.given)) {
      const std::string_view first = name.given.substr(0, name.given.find(' '));
      name.first = m_firsts.intern(first);
      name.full = m_fulls.intern(family + " " + std::string(first));
      const std::vector<std::string> called = resolution::called(first);
      for (size_t at = 0; at < std::min(called.size(), name.called.size()); ++at) {
        name.called[at] = m_called.intern(called[at]);
      }
    }
    m_names.push_back(name);
  }
  m_name.push_back(id);
}

// Sorts, counts and stores what one thing has.
Bag PeopleFeatures::keep(std::vector<uint32_t>& ids, Vocabulary& counts) {
  sort_unique(ids);
  const Bag bag{static_cast<uint32_t>(m_pool.size()), static_cast<uint32_t>(m_pool.size() + ids.size()),
                static_cast<uint32_t>(ids.size()), 0};
  for (const uint32_t id : ids) {
    counts.counts.resize(std::max<size_t>(counts.counts.size(), id + 1), 0);
    ++counts.counts[id];
  }
  m_pool.insert(m_pool.end(), ids.begin(), ids.end());
  ids.clear();
  return bag;
}

void PeopleFeatures::take_companions(uint32_t number) {
  const auto& companions = m_mentions[number].companions;
  if (!companions || companions->size() < 2) {
    m_list.push_back(k_none);
    return;
  }
  const auto [at, fresh] = m_list_ids.try_emplace(companions.get(), static_cast<uint32_t>(m_lists.size()));
  if (fresh) {
    std::vector<uint32_t> ids;
    for (const std::string& companion : *companions) {
      ids.push_back(m_forms.intern(companion));
    }
    m_lists.push_back(keep(ids, m_form_counts));
    ++m_form_counts.total;
  }
  m_list.push_back(at->second);
}

uint32_t PeopleFeatures::segment_id(std::string_view text, SegmentClass worth) {
  const uint32_t id = m_segments.intern(text);
  if (id == m_worth.size()) {
    m_worth.push_back(worth);
  }
  return id;
}

void PeopleFeatures::read_affiliation(std::string_view text, std::vector<uint32_t>& segments,
                                      std::vector<uint32_t>& tokens, uint32_t& country) {
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(';', begin), text.size());
    const std::string_view part = text.substr(begin, end - begin);
    if (part.starts_with(k_label)) {  // a unit by its code, as papers write it
      read_affiliation(fold_affiliation(part.substr(k_label.size())), segments, tokens, country);
    }
    const Segment segment = classify(part);
    const std::string_view found = country_in(segment.text);
    country = found.empty() ? country : m_countries.intern(found);
    if (segment.worth != SegmentClass::none) {
      segments.push_back(segment_id(segment.text, segment.worth));
    }
    if (segment.worth != SegmentClass::reference) {
      std::string_view rest = segment.text;
      while (!rest.empty()) {
        const size_t space = std::min(rest.find(' '), rest.size());
        if (space > 1) {
          tokens.push_back(m_tokens.intern(rest.substr(0, space)));
        }
        rest.remove_prefix(std::min(space + 1, rest.size()));
      }
    }
    begin = end + 1;
  }
}

void PeopleFeatures::take_place(uint32_t number) {
  const Mention& mention = m_mentions[number];
  m_own_paper.push_back(mention.context.empty() ? k_none : segment_id(mention.context, SegmentClass::reference));
  thread_local std::string key;
  key.clear();
  for (const std::string& affiliation : mention.affiliations) {
    key += affiliation;
    key += '\n';
  }
  for (const std::string& identifier : mention.identifiers) {
    const size_t host = identifier.starts_with("email:") ? identifier.find('@') : std::string::npos;
    if (host != std::string::npos) {
      key += '@';
      key += std::string_view(identifier).substr(6);
      key += '\n';
    }
  }
  if (key.empty()) {
    m_place.push_back(k_none);
    return;
  }
  const uint32_t id = m_place_texts.intern(key);
  m_place.push_back(id);
  if (id < m_places.size()) {
    ++m_places[id].mentions;
    return;
  }
  std::vector<uint32_t> segments;
  std::vector<uint32_t> tokens;
  std::vector<uint32_t> domains;
  uint32_t country = k_none;
  uint32_t local = k_none;
  std::string_view rest = m_place_texts.text(id);
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    if (rest.front() == '@') {
      const std::string_view address = rest.substr(1, end - 1);
      const size_t host = address.find('@');
      domains.push_back(m_domains.intern(address.substr(host + 1)));
      local = local == k_none ? m_locals.intern(address.substr(0, host)) : local;
    } else {
      read_affiliation(rest.substr(0, end), segments, tokens, country);
    }
    rest.remove_prefix(end + 1);
  }
  m_places.push_back({keep(segments, m_segment_counts), keep(tokens, m_token_counts), keep(domains, m_domain_counts),
                      country, 1, local});
}

void PeopleFeatures::take_scene(uint32_t number) {
  const auto& setting = m_mentions[number].setting;
  if (!setting) {
    m_scene.push_back(k_none);
    return;
  }
  const auto [at, fresh] = m_scene_ids.try_emplace(setting.get(), static_cast<uint32_t>(m_scenes.size()));
  if (fresh) {
    const auto bag = [&](const std::vector<uint32_t>& hashes, FlatMap& map, Vocabulary& counts) {
      std::vector<uint32_t> ids;
      for (const uint32_t hash : hashes) {
        ids.push_back(dense(map, counts.counts, hash));
      }
      counts.total += hashes.empty() ? 0 : 1;
      return keep(ids, counts);
    };
    Scene scene;
    scene.words = bag(setting->words, m_words, m_word_counts);
    scene.subjects = bag(setting->subjects, m_subjects, m_subject_counts);
    scene.grants = bag(setting->grants, m_grants, m_grant_counts);
    scene.places = bag(setting->places, m_place_words, m_place_counts);
    if (setting->journal != 0) {
      scene.journal = dense(m_journals, m_journal_counts.counts, setting->journal);
      ++m_journal_counts.counts[scene.journal];
      ++m_journal_counts.total;
    }
    scene.language = setting->language;
    scene.year = setting->year;
    m_scenes.push_back(scene);
    m_topics.add(*setting);
  }
  m_scene.push_back(at->second);
}

void PeopleFeatures::count_names() {
  m_form_counts.counts.resize(m_forms.size(), 0);
  m_first_counts.counts.assign(m_firsts.size(), 0);
  // Names that stand in no list of companions count as well: once for each mention.
  for (uint32_t mention = 0; mention < m_name.size(); ++mention) {
    const NameEntry& name = m_names[m_name[mention]];
    if (m_list[mention] == k_none) {
      ++m_form_counts.counts[name.form];
      ++m_form_counts.total;
    }
  }
  for (const NameEntry& name : m_names) {
    if (name.first != k_none) {
      ++m_first_counts.counts[name.first];  // families that have it
      ++m_first_counts.total;
    }
  }
}

float PeopleFeatures::family_commonness(const NameEntry& name) const {
  const uint32_t all = m_family_counts[name.family_id];
  const uint32_t own = m_form_counts.counts[name.form];
  const uint32_t others = all > own ? all - own : 0;
  return std::log(1.0F + static_cast<float>(others)) / std::log(2.0F + static_cast<float>(m_form_counts.total));
}

void PeopleFeatures::count_families() {
  // Every form is “family i”: what stands before its last space is the family.
  std::vector<uint32_t> family_of(m_forms.size(), k_none);
  for (uint32_t form = 0; form < m_forms.size(); ++form) {
    const std::string_view text = m_forms.text(form);
    const size_t space = text.rfind(' ');
    family_of[form] = m_families.intern(text.substr(0, space));
  }
  m_family_counts.assign(m_families.size(), 0);
  for (uint32_t form = 0; form < m_forms.size(); ++form) {
    m_family_counts[family_of[form]] += m_form_counts.counts[form];
    m_family_forms.take(family_of[form], m_forms.text(form));
  }
  m_family_forms.count();
  m_family_firsts.assign(m_families.size(), 0);
  std::vector<uint64_t> seen;  // family, first
  for (const NameEntry& name : m_names) {
    if (name.first != k_none) {
      seen.push_back(pair_key(name.family_id, name.first));
    }
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const uint64_t pair : seen) {
    ++m_family_firsts[pair >> 32];
  }
}

float PeopleFeatures::likeness(const Bag& a, const Bag& b, const Vocabulary& vocabulary) const {
  float sum = 0;
  const auto of_a = ids(a);
  const auto of_b = ids(b);
  for (size_t i = 0, j = 0; i < of_a.size() && j < of_b.size();) {
    sum += of_a[i] == of_b[j] ? vocabulary.rarities[of_a[i]] * vocabulary.rarities[of_a[i]] : 0;
    const bool first = of_a[i] <= of_b[j];
    const bool second = of_b[j] <= of_a[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
  const float norms = a.norm * b.norm;
  return norms > 0 ? std::min(sum / norms, 1.0F) : 0;
}

// Bearers are compared two by two, some spread over all of them.
Spread PeopleFeatures::measure(std::span<const uint32_t> bearers) const {
  Spread out;
  struct Mean {
    float sum = 0;
    float count = 0;
    float value() const { return count >= k_spread_least ? sum / count : Spread::k_unspread; }
  };
  Mean places;
  Mean subjects;
  Mean companions;
  const size_t count = bearers.size();
  size_t done = 0;
  for (size_t step = 1; step < count && done < k_spread_pairs; step = step * 2 + 1) {
    const size_t stride = std::max<size_t>(1, count / k_spread_pairs);
    for (size_t at = 0; at + step < count && done < k_spread_pairs; at += stride, ++done) {
      const uint32_t a = bearers[at];
      const uint32_t b = bearers[at + step];
      if (place(a) != nullptr && place(b) != nullptr && place(a)->tokens.size > 0 && place(b)->tokens.size > 0) {
        places.sum += likeness(place(a)->tokens, place(b)->tokens, m_token_counts);
        ++places.count;
      }
      if (scene(a) != nullptr && scene(b) != nullptr && scene(a)->words.size > 0 && scene(b)->words.size > 0) {
        subjects.sum += likeness(scene(a)->words, scene(b)->words, m_word_counts);
        ++subjects.count;
      }
      if (this->companions(a) != nullptr && this->companions(b) != nullptr) {
        const auto of_a = ids(*this->companions(a));
        const auto of_b = ids(*this->companions(b));
        size_t shared = 0;
        for (const uint32_t id : of_a) {
          shared += std::binary_search(of_b.begin(), of_b.end(), id) ? 1 : 0;
        }
        companions.sum += shared > 1 ? 1 : 0;  // the name itself is one
        ++companions.count;
      }
    }
  }
  out.places = places.value();
  out.subjects = subjects.value();
  out.companions = companions.value();
  return out;
}

void PeopleFeatures::measure_spreads() {
  const auto each = [&](std::vector<Spread>& spreads, size_t size, auto number) {
    std::vector<std::pair<uint32_t, uint32_t>> bearers;  // name, mention
    for (uint32_t mention = 0; mention < m_name.size(); ++mention) {
      const uint32_t of = number(m_names[m_name[mention]]);
      if (of != k_none) {
        bearers.emplace_back(of, mention);
      }
    }
    std::sort(bearers.begin(), bearers.end());
    spreads.assign(size, {});
    std::vector<size_t> begins;  // of the bearers of one name
    for (size_t at = 0; at < bearers.size(); ++at) {
      if (at == 0 || bearers[at - 1].first != bearers[at].first) {
        begins.push_back(at);
      }
    }
    in_parallel(begins.size(), 256, [&](size_t from, size_t to) {
      std::vector<uint32_t> of_one;
      for (size_t which = from; which < to; ++which) {
        const size_t end = which + 1 < begins.size() ? begins[which + 1] : bearers.size();
        of_one.clear();
        for (size_t at = begins[which]; at < end; ++at) {
          of_one.push_back(bearers[at].second);
        }
        spreads[bearers[begins[which]].first] = measure(of_one);
      }
    });
  };
  each(m_full_spread, m_fulls.size(), [](const NameEntry& name) { return name.full; });
  each(m_form_spread, m_forms.size(), [](const NameEntry& name) { return name.form; });
}

// Leaves out what nobody else has and, of long bags, what is most frequent.
void PeopleFeatures::weigh(Bag& bag, const Vocabulary& vocabulary, size_t most, bool shared) {
  float squares = 0;
  std::vector<uint32_t> kept;
  for (uint32_t at = bag.begin; at < bag.end; ++at) {
    const uint32_t id = m_pool[at];
    squares += vocabulary.rarities[id] * vocabulary.rarities[id];
    if (shared || vocabulary.counts[id] > 1) {
      kept.push_back(id);
    }
  }
  if (kept.size() > most) {
    std::sort(kept.begin(), kept.end(), [&](uint32_t a, uint32_t b) {
      return vocabulary.counts[a] != vocabulary.counts[b] ? vocabulary.counts[a] < vocabulary.counts[b] : a < b;
    });
    kept.resize(most);
    std::sort(kept.begin(), kept.end());
  }
  std::copy(kept.begin(), kept.end(), m_pool.begin() + bag.begin);
  bag.end = bag.begin + static_cast<uint32_t>(kept.size());
  bag.norm = std::sqrt(squares);
}

void PeopleFeatures::weigh_all() {
  const auto places = static_cast<uint32_t>(m_places.size());
  m_segment_counts.counts.resize(m_segments.size(), 0);
  for (const uint32_t paper : m_own_paper) {
    if (paper != k_none) {
      ++m_segment_counts.counts[paper];
    }
  }
  m_token_counts.counts.resize(m_tokens.size(), 0);
  m_domain_counts.counts.resize(m_domains.size(), 0);
  m_segment_counts.total = places;
  m_token_counts.total = places;
  m_domain_counts.total = places;
  for (Vocabulary* vocabulary :
       {&m_form_counts, &m_first_counts, &m_segment_counts, &m_token_counts, &m_domain_counts, &m_word_counts,
        &m_subject_counts, &m_grant_counts, &m_place_counts, &m_journal_counts}) {
    vocabulary->weigh();
  }
  for (Bag& list : m_lists) {
    weigh(list, m_form_counts, SIZE_MAX);
  }
  for (Place& place : m_places) {
    const bool shared = place.mentions > 1;  // whoever else stands there has all of it
    weigh(place.segments, m_segment_counts, k_tokens_kept, shared);
    weigh(place.tokens, m_token_counts, k_tokens_kept, shared);
    weigh(place.domains, m_domain_counts, k_tokens_kept, shared);
  }
  for (Scene& scene : m_scenes) {
    weigh(scene.words, m_word_counts, k_words_kept);
    weigh(scene.subjects, m_subject_counts, k_words_kept);
    weigh(scene.grants, m_grant_counts, k_words_kept);
    weigh(scene.places, m_place_counts, k_words_kept);
  }
}

bool PeopleFeatures::says_no_more(uint32_t name_a, uint32_t name_b) const {
  const NameEntry& a = m_names[name_a];
  const NameEntry& b = m_names[name_b];
  return resolution::says_no_more(a.given, b.given) && a.family.size() <= b.family.size() &&
         (a.family.empty() || compare_family(a.family, b.family) != FamilyMatch::conflict);
}

bool PeopleFeatures::given_agree(uint32_t name_a, uint32_t name_b) const {
  return compare_given(m_names[name_a].given, m_names[name_b].given).match != GivenMatch::conflict;
}

bool PeopleFeatures::confirms(uint32_t mention, uint32_t paper) const {
  if (paper == k_none) {
    return false;
  }
  if (m_own_paper[mention] == paper) {
    return true;
  }
  const Place* own = described(mention) ? place(mention) : nullptr;
  const auto segments = own == nullptr ? std::span<const uint32_t>{} : ids(own->segments);
  return std::binary_search(segments.begin(), segments.end(), paper);
}

void PeopleFeatures::features(uint32_t mention, std::vector<uint64_t>& out) const {
  enum class Of : uint64_t { form, segment, word, subject, paper, domain };
  struct Found {
    float rarity;
    uint64_t feature;
  };
  std::vector<Found> found;
  const auto add = [&](Of of, uint32_t id, float rarity) {
    found.push_back({rarity, static_cast<uint64_t>(of) << 28 | id});
  };
  const uint32_t own = m_names[m_name[mention]].form;
  if (const Bag* list = companions(mention)) {
    for (const uint32_t id : ids(*list)) {
      if (id != own) {
        add(Of::form, id, form_rarity(id) + 0.5F);
      }
    }
  }
  if (const Place* at_place = place(mention)) {
    for (const uint32_t id : ids(at_place->segments)) {
      add(Of::segment, id, segment_rarity(id));
    }
    for (const uint32_t id : ids(at_place->domains)) {
      add(Of::domain, id, domain_rarity(id));
    }
  }
  if (const Scene* at_scene = scene(mention)) {
    for (const uint32_t id : ids(at_scene->words)) {
      add(Of::word, id, word_rarity(id) - 0.3F);
    }
    for (const uint32_t id : ids(at_scene->subjects)) {
      add(Of::subject, id, subject_rarity(id) - 0.3F);
    }
  }
  if (m_own_paper[mention] != k_none) {
    add(Of::paper, m_own_paper[mention], 2);
  }
  const auto before = [](const Found& x, const Found& y) {
    return x.rarity != y.rarity ? x.rarity > y.rarity : x.feature < y.feature;
  };
  if (found.size() > k_features) {
    std::nth_element(found.begin(), found.begin() + k_features, found.end(), before);
    found.resize(k_features);
  }
  for (const Found& each : found) {
    out.push_back(each.feature);
  }
}

void PeopleFeatures::finish() {
  m_name_texts.finish();
  m_forms.finish();
  m_segments.finish();
  m_firsts = {};
  m_called = {};
  m_tokens = {};
  m_domains = {};
  m_place_texts = {};
  m_pool = {};
  m_list = {};
  m_lists = {};
  m_list_ids = {};
  m_place = {};
  m_places = {};
  m_own_paper = {};
  m_scene = {};
  m_scenes = {};
  m_scene_ids = {};
  m_topics = {};
  m_families = {};
  m_fulls = {};
  m_countries = {};
  m_family_firsts = {};
  m_family_counts = {};
  m_family_forms = {};
  m_locals = {};
  m_full_spread = {};
  m_form_spread = {};
  m_words = {};
  m_subjects = {};
  m_grants = {};
  m_place_words = {};
  m_journals = {};
  for (Vocabulary* vocabulary :
       {&m_form_counts, &m_first_counts, &m_segment_counts, &m_token_counts, &m_domain_counts, &m_word_counts,
        &m_subject_counts, &m_grant_counts, &m_place_counts, &m_journal_counts}) {
    *vocabulary = {};
  }
}

}  // namespace pitchblende::resolution
