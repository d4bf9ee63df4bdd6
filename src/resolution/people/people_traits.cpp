#include "resolution/people/people_traits.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "resolution/people/person_name.hpp"
#include "resolution/setting.hpp"

namespace pitchblende::resolution {

const std::array<std::string_view, k_traits> k_trait_names = {"given",
                                                              "second_given",
                                                              "given_rarity",
                                                              "family",
                                                              "family_commonness",
                                                              "bearers_places",
                                                              "bearers_subjects",
                                                              "bearers_companions",
                                                              "companions",
                                                              "companion_rarity",
                                                              "rarest_companion",
                                                              "companion_share",
                                                              "companion_count",
                                                              "companion_most",
                                                              "affiliation",
                                                              "rarest_segment",
                                                              "institution",
                                                              "affiliation_part",
                                                              "country",
                                                              "email_local",
                                                              "email_name",
                                                              "implied_given",
                                                              "places_beside",
                                                              "places_beside_part",
                                                              "email_domain",
                                                              "about",
                                                              "words",
                                                              "rarest_word",
                                                              "subjects",
                                                              "rarest_subject",
                                                              "journal",
                                                              "language",
                                                              "years",
                                                              "grants",
                                                              "own_paper"};

namespace {

constexpr float k_unknown = std::numeric_limits<float>::quiet_NaN();

// Values of the traits of names that no model has seen.
constexpr float k_kin_given = 2.5F;
constexpr float k_slip = -1;
constexpr float k_swapped = -2;

class Writer {
 public:
  explicit Writer(Traits& out) : m_out(out) { m_out.fill(k_unknown); }
  float& operator[](Trait trait) { return m_out[static_cast<size_t>(trait)]; }

 private:
  Traits& m_out;
};

template <typename Each>
void each_shared(std::span<const uint32_t> a, std::span<const uint32_t> b, const Each& each) {
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) {
      each(a[i]);
    }
    const bool first = a[i] <= b[j];
    const bool second = b[j] <= a[i];
    i += first ? 1 : 0;
    j += second ? 1 : 0;
  }
}

struct Overlap {
  float cosine = k_unknown;
  float rarest = k_unknown;
};

template <typename Rarity>
Overlap overlap(const PeopleFeatures& people, const Bag& a, const Bag& b, const Rarity& rarity) {
  if (a.size == 0 || b.size == 0) {
    return {};
  }
  Overlap out{0, 0};
  each_shared(people.ids(a), people.ids(b), [&](uint32_t id) {
    const float weight = rarity(id);
    out.cosine += weight * weight;
    out.rarest = std::max(out.rarest, weight);
  });
  const float norms = a.norm * b.norm;
  out.cosine = norms > 0 ? std::min(out.cosine / norms, 1.0F) : 0;
  return out;
}

float given_trait(Kin kin, GivenMatch match, bool two_initials) {
  const bool full = match == GivenMatch::full || kin == Kin::swapped;
  return kin == Kin::first_name         ? k_kin_given
         : full                         ? 4.0F
         : match == GivenMatch::variant ? 3.0F
         : two_initials                 ? 1.0F
                                        : 2.0F;
}

float family_trait(Kin kin, FamilyMatch match, bool to_the_letter) {
  return kin == Kin::swapped          ? k_swapped
         : kin == Kin::slip           ? k_slip
         : match == FamilyMatch::part ? 0.0F
         : to_the_letter              ? 2.0F
                                      : 1.0F;
}

bool compare_names(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  const uint32_t id_a = people.name_of(a);
  const uint32_t id_b = people.name_of(b);
  const NameEntry& name_a = people.name(id_a);
  const NameEntry& name_b = people.name(id_b);
  GivenComparison given = compare_given(name_a.given, name_b.given);
  if (given.match == GivenMatch::unknown) {
    return false;
  }
  const FamilyMatch family = compare_family(name_a.family, name_b.family);
  Kin kin = Kin::none;
  if (given.match == GivenMatch::conflict || family == FamilyMatch::conflict) {
    kin = people.kin(id_a, id_b);
    if (kin == Kin::none) {
      return false;
    }
    given = kin == Kin::first_name ? compare_given(name_a.given, name_b.given, FirstNames::kin) : given;
  }
  out[Trait::given] = given_trait(kin, given.match, is_initials(name_a.given) && is_initials(name_b.given));
  const bool second_a = name_a.given.find(' ') != std::string_view::npos;
  const bool second_b = name_b.given.find(' ') != std::string_view::npos;
  if (second_a || second_b) {
    const bool long_second =
        name_a.given.size() > 2 && name_a.given == name_b.given && name_a.given.rfind(' ') + 2 < name_a.given.size();
    out[Trait::second_given] = !given.second ? 0.0F : long_second ? 2.0F : 1.0F;
  }
  if (name_a.first != k_none && name_a.first == name_b.first) {
    out[Trait::given_rarity] = people.firsts().rarities[name_a.first];
  }
  out[Trait::family] = family_trait(kin, family, name_a.family == name_b.family);
  const uint32_t rarer = people.form_rarity(name_a.form) > people.form_rarity(name_b.form) ? name_a.form : name_b.form;
  out[Trait::family_commonness] = std::max(people.family_commonness(name_a), people.family_commonness(name_b));
  const bool both_full = name_a.full != k_none && name_a.full == name_b.full;
  const Spread& spread = both_full ? people.spread_of_full(name_a.full) : people.spread_of_form(rarer);
  const auto known = [](float likeness) { return likeness < 0 ? k_unknown : likeness; };
  out[Trait::bearers_places] = known(spread.places);
  out[Trait::bearers_subjects] = known(spread.subjects);
  out[Trait::bearers_companions] = known(spread.companions);
  return true;
}

void compare_companions(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  const Bag* list_a = people.companions(a);
  const Bag* list_b = people.companions(b);
  if (list_a == nullptr || list_b == nullptr) {
    return;
  }
  const uint32_t own_a = people.name(people.name_of(a)).form;
  const uint32_t own_b = people.name(people.name_of(b)).form;
  float count = 0;
  float sum = 0;
  float rarest = 0;
  each_shared(people.ids(*list_a), people.ids(*list_b), [&](uint32_t id) {
    if (id != own_a && id != own_b) {
      const float rarity = people.form_rarity(id);
      ++count;
      sum += rarity;
      rarest = std::max(rarest, rarity);
    }
  });
  const auto others_a = static_cast<float>(list_a->size) - 1;
  const auto others_b = static_cast<float>(list_b->size) - 1;
  out[Trait::companions] = count;
  out[Trait::companion_rarity] = sum;
  out[Trait::rarest_companion] = rarest;
  out[Trait::companion_share] = others_a + others_b > count ? count / (others_a + others_b - count) : 1;
  out[Trait::companion_count] = std::min(others_a, others_b);
  out[Trait::companion_most] = std::max(others_a, others_b);
}

// The longest run of letters that both have, of the longer one.
float common_run(std::string_view a, std::string_view b) {
  size_t longest = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) {
      size_t run = 0;
      while (i + run < a.size() && j + run < b.size() && a[i + run] == b[j + run]) {
        ++run;
      }
      longest = std::max(longest, run);
    }
  }
  return static_cast<float>(longest) / static_cast<float>(std::max<size_t>({a.size(), b.size(), 1}));
}

constexpr size_t k_name_read = 4;  // letters that a first name read from an address has at least

// “shaili” of “S Jain” with “shaili.jain” or “jainshaili”: what begins with the initial once the family name is out.
std::string_view given_in_address(std::string_view local, const NameEntry& name) {
  const char initial = name.given.empty() ? '\0' : name.given.front();
  const std::string_view family = name.family.substr(name.family.rfind(' ') + 1);
  const auto letters = [](char c) { return c >= 'a' && c <= 'z'; };
  for (size_t at = 0; at < local.size();) {
    size_t end = at;
    while (end < local.size() && letters(local[end])) {
      ++end;
    }
    std::string_view word = local.substr(at, end - at);
    if (family.size() >= 3 && word.size() > family.size()) {
      word = word.ends_with(family)     ? word.substr(0, word.size() - family.size())
             : word.starts_with(family) ? word.substr(family.size())
                                        : word;
    }
    if (word.size() >= k_name_read && word.front() == initial && word != family) {
      return word;
    }
    at = end + 1;
  }
  return {};
}

void compare_implied(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  bool read = false;
  const auto implied = [&](uint32_t mention) {
    const NameEntry& name = people.name(people.name_of(mention));
    if (name.first != k_none) {
      return name.given.substr(0, name.given.find(' '));
    }
    const uint32_t local = people.place(mention)->local;
    const std::string_view found =
        local == k_none ? std::string_view{} : given_in_address(people.local_part(local), name);
    read = read || !found.empty();
    return found;
  };
  const std::string_view first_a = implied(a);
  const std::string_view first_b = implied(b);
  if (read && first_a.size() >= k_name_read && first_b.size() >= k_name_read) {
    out[Trait::implied_given] = first_a.starts_with(first_b) || first_b.starts_with(first_a) ? 1 : 0;
  }
}

void compare_addresses(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  const uint32_t local_a = people.place(a)->local;
  const uint32_t local_b = people.place(b)->local;
  if (local_a != k_none && local_b != k_none) {
    out[Trait::email_local] = local_a == local_b ? 1
                                                 : common_run(people.local_part(local_a).substr(0, 24),
                                                              people.local_part(local_b).substr(0, 24));
  }
  const auto names = [&](uint32_t local, uint32_t other) {
    const std::string_view given = people.name(people.name_of(other)).given;
    const std::string_view first = given.substr(0, given.find(' '));
    if (local != k_none && first.size() >= 4) {
      const float found = people.local_part(local).find(first) != std::string_view::npos ? 1 : 0;
      out[Trait::email_name] = std::isnan(out[Trait::email_name]) ? found : std::max(found, out[Trait::email_name]);
    }
  };
  names(local_a, b);
  names(local_b, a);
}

void compare_places(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  const auto* place_a = people.place(a);
  const auto* place_b = people.place(b);
  if (place_a == nullptr || place_b == nullptr) {
    return;
  }
  const auto token_rarity = [&](uint32_t id) { return people.token_rarity(id); };
  out[Trait::affiliation] = overlap(people, place_a->tokens, place_b->tokens, token_rarity).cosine;
  if (place_a->segments.size > 0 && place_b->segments.size > 0) {
    float rarest = 0;
    float institution = 0;
    each_shared(people.ids(place_a->segments), people.ids(place_b->segments), [&](uint32_t id) {
      const float rarity = people.segment_rarity(id);
      rarest = std::max(rarest, rarity);
      const SegmentClass worth = people.segment_class(id);
      if (worth == SegmentClass::institution || worth == SegmentClass::reference) {
        institution = std::max(institution, rarity + (worth == SegmentClass::reference ? 1.0F : 0.0F));
      }
    });
    out[Trait::rarest_segment] = rarest;
    out[Trait::institution] = institution;
  }
  if (place_a->tokens.size > 0 && place_b->tokens.size > 0) {
    float shared = 0;
    each_shared(people.ids(place_a->tokens), people.ids(place_b->tokens),
                [&](uint32_t id) { shared += people.token_rarity(id) * people.token_rarity(id); });
    const float smaller = std::min(place_a->tokens.norm, place_b->tokens.norm);
    out[Trait::affiliation_part] = smaller > 0 ? std::min(shared / (smaller * smaller), 1.0F) : 0;
  }
  compare_addresses(people, a, b, out);
  compare_implied(people, a, b, out);
  if (place_a->country != k_none && place_b->country != k_none) {
    out[Trait::country] = place_a->country == place_b->country ? 1 : 0;
  }
  out[Trait::email_domain] =
      overlap(people, place_a->domains, place_b->domains, [&](uint32_t id) { return people.domain_rarity(id); }).rarest;
}

bool says_where(const PeopleFeatures& people, uint32_t mention) {
  return people.place(mention) != nullptr && people.place(mention)->tokens.size > 0;
}

// Whoever says no place often stands beside somebody who does.
void compare_places_beside(const PeopleFeatures& people, const Bag& a, const Bag& b, Writer& out) {
  if (a.size == 0 || b.size == 0) {
    return;
  }
  float shared = 0;
  each_shared(people.ids(a), people.ids(b),
              [&](uint32_t id) { shared += people.place_rarity(id) * people.place_rarity(id); });
  const float norms = a.norm * b.norm;
  const float smaller = std::min(a.norm, b.norm);
  out[Trait::places_beside] = norms > 0 ? std::min(shared / norms, 1.0F) : 0;
  out[Trait::places_beside_part] = smaller > 0 ? std::min(shared / (smaller * smaller), 1.0F) : 0;
}

void compare_scenes(const PeopleFeatures& people, uint32_t a, uint32_t b, Writer& out) {
  const auto* scene_a = people.scene(a);
  const auto* scene_b = people.scene(b);
  if (scene_a == nullptr || scene_b == nullptr) {
    return;
  }
  out[Trait::about] = people.topic_likeness(a, b);
  const Overlap words =
      overlap(people, scene_a->words, scene_b->words, [&](uint32_t id) { return people.word_rarity(id); });
  out[Trait::words] = words.cosine;
  out[Trait::rarest_word] = words.rarest;
  const Overlap subjects =
      overlap(people, scene_a->subjects, scene_b->subjects, [&](uint32_t id) { return people.subject_rarity(id); });
  out[Trait::subjects] = subjects.cosine;
  out[Trait::rarest_subject] = subjects.rarest;
  if (!says_where(people, a) || !says_where(people, b)) {
    compare_places_beside(people, scene_a->places, scene_b->places, out);
  }
  out[Trait::grants] =
      overlap(people, scene_a->grants, scene_b->grants, [&](uint32_t id) { return people.grant_rarity(id); }).rarest;
  if (scene_a->journal != k_none && scene_b->journal != k_none) {
    out[Trait::journal] = scene_a->journal == scene_b->journal ? people.journal_rarity(scene_a->journal) : 0;
  }
  if (scene_a->language != 0 && scene_b->language != 0) {
    const bool english = is_english(scene_a->language);
    if (scene_a->language != scene_b->language) {
      out[Trait::language] = 0;
    } else if (!english) {
      out[Trait::language] = 1;
    }
  }
  if (scene_a->year != 0 && scene_b->year != 0) {
    out[Trait::years] = static_cast<float>(std::abs(scene_a->year - scene_b->year));
  }
}

constexpr float k_by_reference = 1;  // an institution of more than this is one by its reference
constexpr float k_own_paper = 8;
constexpr float k_same_reference = 3;
constexpr float k_part_of_family = -1.5F;
constexpr float k_of_kin = -1.5F;
constexpr float k_where_listed = 2;
constexpr float k_elsewhere = -2;

// From here on an affiliation speaks for two entries of two lists of staff.
constexpr float k_alike = 0.3F;
constexpr Trait k_supports[] = {Trait::companions,  Trait::rarest_segment, Trait::affiliation, Trait::email_domain,
                                Trait::email_local, Trait::implied_given,  Trait::words,       Trait::subjects,
                                Trait::journal,     Trait::grants,         Trait::own_paper};

}  // namespace

bool supported(const PeopleFeatures& people, uint32_t a, uint32_t b, const Traits& traits) {
  const auto value = [&](Trait trait) {
    const float found = traits[static_cast<size_t>(trait)];
    return std::isnan(found) ? 0 : found;
  };
  if (people.described(a) && people.described(b)) {
    return value(Trait::institution) >= k_alike || value(Trait::affiliation) >= k_alike;
  }
  if (are_kin(traits)) {
    return shares_place(traits) || value(Trait::companions) > 0 || value(Trait::grants) > 0;
  }
  return value(Trait::given) >= 3 ||
         std::any_of(std::begin(k_supports), std::end(k_supports), [&](Trait trait) { return value(trait) > 0; });
}

bool are_kin(const Traits& traits) {
  return traits[static_cast<size_t>(Trait::given)] == k_kin_given || traits[static_cast<size_t>(Trait::family)] < 0;
}

bool shares_place(const Traits& traits) {
  const auto value = [&](Trait trait) { return traits[static_cast<size_t>(trait)]; };
  return value(Trait::institution) > 0 || value(Trait::rarest_segment) >= k_alike ||
         value(Trait::affiliation) >= k_alike || value(Trait::email_domain) > 0 || value(Trait::own_paper) > 0;
}

float where_listed(const PeopleFeatures& people, uint32_t a, uint32_t b, const Traits& traits) {
  const bool listed = people.described(a) != people.described(b) && says_where(people, a) && says_where(people, b);
  return !listed ? 0 : shares_place(traits) ? k_where_listed : k_elsewhere;
}

float beyond_learning(const Traits& traits) {
  const auto value = [&](Trait trait) { return traits[static_cast<size_t>(trait)]; };
  float out = 0;
  out += value(Trait::own_paper) == 1 ? k_own_paper : 0;
  out += value(Trait::institution) > k_by_reference ? k_same_reference : 0;
  out += value(Trait::family) == 0 ? k_part_of_family : 0;
  out += are_kin(traits) ? k_of_kin : 0;
  return out;
}

Traits as_learned(const Traits& traits) {
  Traits out = traits;
  float& family = out[static_cast<size_t>(Trait::family)];
  family = std::max(family, 1.0F);
  float& given = out[static_cast<size_t>(Trait::given)];
  given = given == k_kin_given ? 3 : given;
  float& institution = out[static_cast<size_t>(Trait::institution)];
  institution = institution > k_by_reference ? 1 : institution;
  return out;
}

TraitGroup group_of(Trait trait) {
  return trait <= Trait::bearers_companions                          ? TraitGroup::names
         : trait <= Trait::companion_most                            ? TraitGroup::companions
         : trait <= Trait::email_domain || trait == Trait::own_paper ? TraitGroup::places
                                                                     : TraitGroup::topics;
}

Shared rarest_shared(const PeopleFeatures& people, uint32_t a, uint32_t b) {
  Shared out;
  const Bag* list_a = people.companions(a);
  const Bag* list_b = people.companions(b);
  if (list_a != nullptr && list_b != nullptr) {
    const uint32_t own_a = people.name(people.name_of(a)).form;
    const uint32_t own_b = people.name(people.name_of(b)).form;
    each_shared(people.ids(*list_a), people.ids(*list_b), [&](uint32_t id) {
      const bool rarer = out.companion == k_none || people.form_rarity(id) > people.form_rarity(out.companion);
      out.companion = id != own_a && id != own_b && rarer ? id : out.companion;
    });
  }
  const auto* place_a = people.place(a);
  const auto* place_b = people.place(b);
  if (place_a != nullptr && place_b != nullptr) {
    each_shared(people.ids(place_a->segments), people.ids(place_b->segments), [&](uint32_t id) {
      const bool rarer = out.segment == k_none || people.segment_rarity(id) > people.segment_rarity(out.segment);
      out.segment = rarer ? id : out.segment;
    });
  }
  for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
    out.segment = people.confirms(one, people.own_paper(other)) ? people.own_paper(other) : out.segment;
  }
  return out;
}

bool compare(const PeopleFeatures& people, uint32_t a, uint32_t b, Traits& out) {
  Writer writer(out);
  if (!compare_names(people, a, b, writer)) {
    return false;
  }
  compare_companions(people, a, b, writer);
  compare_places(people, a, b, writer);
  compare_scenes(people, a, b, writer);
  if (people.confirms(a, people.own_paper(b)) || people.confirms(b, people.own_paper(a))) {
    writer[Trait::own_paper] = 1;
  }
  return true;
}

}  // namespace pitchblende::resolution
