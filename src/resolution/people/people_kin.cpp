// Which names may be one person's.
#include <algorithm>

#include "resolution/people/name_sounds.hpp"
#include "resolution/people/people_features.hpp"
#include "resolution/people/person_name.hpp"

namespace pitchblende::resolution {

namespace {

constexpr float k_rare_family = 0.5F;
constexpr uint32_t k_times_slipped = 3;  // that the rarer of the two forms stands in the pool at most
constexpr size_t k_names = 16;           // of a group; more forms of one name are hardly met

}  // namespace

bool PeopleFeatures::compatible(uint32_t name_a, uint32_t name_b) const {
  const NameEntry& a = m_names[name_a];
  const NameEntry& b = m_names[name_b];
  const bool given = compare_given(a.given, b.given).match != GivenMatch::conflict;
  const bool family =
      a.family.empty() || b.family.empty() || compare_family(a.family, b.family) != FamilyMatch::conflict;
  return (given && family) || kin(name_a, name_b) != Kin::none;
}

// Of a frequent name somebody else bears the other form, and nobody slips each time.
bool PeopleFeatures::is_slip(const NameEntry& a, const NameEntry& b) const {
  const auto rare = [&](const NameEntry& name) {
    return rarity(m_family_counts[name.family_id], m_form_counts.total) >= k_rare_family;
  };
  const bool seldom = std::min(m_family_counts[a.family_id], m_family_counts[b.family_id]) <= k_times_slipped;
  return seldom && rare(a) && rare(b) && one_slip(core_family(a.family), core_family(b.family));
}

Kin PeopleFeatures::kin(uint32_t name_a, uint32_t name_b) const {
  const NameEntry& a = m_names[name_a];
  const NameEntry& b = m_names[name_b];
  if (a.first == k_none || b.first == k_none || a.family.empty() || b.family.empty()) {
    return Kin::none;
  }
  if (a.first != b.first) {
    const bool meet = std::any_of(a.called.begin(), a.called.end(), [&](uint32_t called) {
      return called != k_none && std::find(b.called.begin(), b.called.end(), called) != b.called.end();
    });
    // Alex and Alexandre agree as they are written.
    if (meet && compare_family(a.family, b.family) == FamilyMatch::equal &&
        compare_given(a.given, b.given).match == GivenMatch::conflict &&
        compare_given(a.given, b.given, FirstNames::kin).match != GivenMatch::conflict) {
      return Kin::first_name;
    }
    const bool alike = a.family.back() == b.given.back() && b.family.back() == a.given.back();  // of most names not
    const bool swapped =
        alike && core_family(a.family) == core_family(b.given) && core_family(b.family) == core_family(a.given);
    return swapped ? Kin::swapped : Kin::none;
  }
  const bool given = compare_given(a.given, b.given).match == GivenMatch::full;
  return given && a.family_id != b.family_id && is_slip(a, b) ? Kin::slip : Kin::none;
}

Kin PeopleFeatures::kin_of_groups(std::span<const uint32_t> a, std::span<const uint32_t> b) const {
  const auto names = [&](std::span<const uint32_t> group) {
    std::vector<uint32_t> out;
    for (const uint32_t mention : group) {
      if (out.size() < k_names && std::find(out.begin(), out.end(), name_of(mention)) == out.end()) {
        out.push_back(name_of(mention));
      }
    }
    return out;
  };
  const std::vector<uint32_t> of_b = names(b);
  Kin found = Kin::none;
  for (const uint32_t x : names(a)) {
    for (const uint32_t y : of_b) {
      const Kin now = kin(x, y);
      found = found == Kin::none || now == Kin::slip ? now : found;
    }
  }
  return found;
}

}  // namespace pitchblende::resolution
