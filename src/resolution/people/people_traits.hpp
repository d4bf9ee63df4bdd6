// How two mentions of people compare: one number a trait, unknown where either says nothing. Owner: resolution. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "resolution/people/people_features.hpp"

namespace pitchblende::resolution {

// In the order of k_trait_names. Rarities and cosines are 0 … 1; rarities are of the pool itself.
enum class Trait : uint8_t {
  given,               // 1 two initials, 2 an initial and a name, 2.5 kin, 3 variants, 4 the same first name
  second_given,        // 0 one has none, 1 initials agree, 2 names agree
  given_rarity,        // of a first name that both have
  family,              // −2 it is the other's given name, −1 a slip, 0 one a part of the other, 1 equal but for
                       // particle and spaces, 2 equal
  family_commonness,   // of the family name beside other initials
  bearers_places,      // how alike affiliations of the name are, of the form where there is but an initial
  bearers_subjects,    // and papers
  bearers_companions,  // how often two of them have somebody beside them in common
  companions,          // shared ones
  companion_rarity,    // sum over those that are shared
  rarest_companion,
  companion_share,     // shared of all, Jaccard
  companion_count,     // the smaller number of the two
  companion_most,      // the larger one
  affiliation,         // cosine of the words of the affiliations
  rarest_segment,      // of a segment that both have
  institution,         // rarity of a named institution that both have
  affiliation_part,    // share of the shorter one's words that the longer one has, by rarity
  country,             // 1 the same, 0 two
  email_local,         // how much of what stands before the @ is the same, where both have an address
  email_name,          // 1: the address of one has the first name of the other in it
  implied_given,       // whether first names agree where at least one is read from an address (1, 0)
  places_beside,       // where one says no place: cosine of the words of all affiliations on the two papers
  places_beside_part,  // share of the shorter one's words that the longer one has, by rarity
  email_domain,        // rarity of a shared one, 0: other ones
  about,               // how alike what the papers are about is, by the words that go with theirs: −1 … 1
  words,               // cosine of title and abstract
  rarest_word,
  subjects,  // cosine of subject headings and keywords
  rarest_subject,
  journal,    // rarity of the same one, 0: another one
  language,   // 1 the same and not English, 0 two languages
  years,      // apart
  grants,     // rarity of the rarest shared one
  own_paper,  // 1: one confirms the paper of the other
  count_
};
inline constexpr size_t k_traits = static_cast<size_t>(Trait::count_);
using Traits = std::array<float, k_traits>;

extern const std::array<std::string_view, k_traits> k_trait_names;

enum class TraitGroup : uint8_t { names, companions, places, topics };
TraitGroup group_of(Trait trait);

// false: their names cannot be one person's.
bool compare(const PeopleFeatures& people, uint32_t a, uint32_t b, Traits& out);

// Whether something beside the names speaks for the two, where names alone are never enough, whatever a model says: an
// initial tells nobody apart, two lists of staff know two people, and of names that are kin each has bearers of its
// own.
bool supported(const PeopleFeatures& people, uint32_t a, uint32_t b, const Traits& traits);

// Log-odds for what no labelled set shows and no model could learn: a paper that one confirms as his own, the same
// organisation by its reference, a family name that is a part of the other, names that are kin.
float beyond_learning(const Traits& traits);
// The same for an entry of a list of staff and a name elsewhere, where both say a place: whether it is the same one.
float where_listed(const PeopleFeatures& people, uint32_t a, uint32_t b, const Traits& traits);
// Whether the two say a place, an address or a paper that is the same.
bool shares_place(const Traits& traits);
// Whether the names are kin (people_features.hpp).
bool are_kin(const Traits& traits);
// The traits as the model knows them.
Traits as_learned(const Traits& traits);

// The rarest of what two mentions have in common; k_none: nothing.
struct Shared {
  uint32_t companion = k_none;  // a form
  uint32_t segment = k_none;
};
Shared rarest_shared(const PeopleFeatures& people, uint32_t a, uint32_t b);

}  // namespace pitchblende::resolution
