#include "resolution/people/sole_bearer.hpp"

#include <algorithm>
#include <cmath>

#include "resolution/people/lives.hpp"
#include "resolution/people/people_traits.hpp"

namespace pitchblende::resolution {

namespace {

constexpr float k_others = 0.05F;   // others of the name, where more may be expected nothing is said
constexpr float k_sure = 99;        // odds from which the two are one
constexpr float k_likely = 19;      // from which a curator is asked
constexpr size_t k_looked_at = 16;  // pairs of two groups
constexpr float k_company = 0.34F;

}  // namespace

SoleBearer::Known SoleBearer::known(std::span<const Group> groups) const {
  Known out;
  for (const Group& group : groups) {
    const auto entry =
        std::find_if(group.begin(), group.end(), [&](uint32_t mention) { return m_people.described(mention); });
    if (entry == group.end()) {
      continue;
    }
    if (out.group != nullptr) {
      return {};
    }
    const auto papers =
        std::count_if(group.begin(), group.end(), [&](uint32_t mention) { return !m_people.described(mention); });
    out = {&group, *entry, static_cast<float>(papers)};
  }
  return out;
}

// Another given name, or another form of the family name.
bool SoleBearer::of_another(const Known& known, const Group& group) const {
  const uint32_t own = m_people.name_of(known.entry);
  return std::any_of(group.begin(), group.end(), [&](uint32_t mention) {
    const uint32_t name = m_people.name_of(mention);
    return m_people.name(name).family_id != m_people.name(own).family_id || !m_people.compatible(name, own) ||
           m_people.kin(name, own) != Kin::none;
  });
}

SoleBearer::Where SoleBearer::where(const Known& known, const Group& group) const {
  const Lives lives(m_people, *known.group, group);
  const bool apart = lives.both_placed() && !lives.one_place() && lives.shared_company() < k_company;
  return !apart ? Where::nothing_against : lives.meanwhile() ? Where::another_life : Where::elsewhere;
}

// A part of a pool does not tell who else bears the name: what all of it told before stays.
bool SoleBearer::held_together(const Known& known, const Group& stray) const {
  return std::all_of(stray.begin(), stray.end(), [&](uint32_t mention) {
    return m_people.held_by(mention) && m_people.held_by(mention) == m_people.held_by(known.entry);
  });
}

// The quadratic mean of probabilities, as groups are joined by, without asking what speaks for the two beside a name.
float SoleBearer::likeness(const Group& a, const Group& b) const {
  const size_t all = a.size() * b.size();
  const size_t count = std::min(all, k_looked_at);
  float squares = 0;
  for (size_t at = 0; at < count; ++at) {
    const size_t pair = at * all / count;
    const uint32_t x = a[pair / b.size()];
    const uint32_t y = b[pair % b.size()];
    Traits traits;
    if (compare(m_people, x, y, traits)) {
      const float log_odds =
          m_model.log_odds(as_learned(traits)) + beyond_learning(traits) + where_listed(m_people, x, y, traits);
      const float probability = 1 / (1 + std::exp(-log_odds));
      squares += probability * probability;
    }
  }
  return std::sqrt(squares / static_cast<float>(std::max<size_t>(count, 1)));
}

std::vector<SoleBearer::Found> SoleBearer::find(std::span<const Group> groups) const {
  const Known known = this->known(groups);
  if (known.group == nullptr || groups.size() < 2) {
    return {};
  }
  const float others = m_people.others_expected(m_people.name(m_people.name_of(known.entry)));
  const auto other = [&](const Group& group) {
    return &group != known.group && (of_another(known, group) || where(known, group) == Where::another_life);
  };
  if (others > k_others || std::any_of(groups.begin(), groups.end(), other)) {
    return {};
  }
  std::vector<Found> out;
  for (const Group& group : groups) {
    if (&group == known.group) {
      continue;
    }
    const float like = likeness(*known.group, group);
    const float odds = like / std::max(1 - like, 1e-6F) * known.papers / others;
    if (odds >= k_likely) {
      const bool all_here = !m_people.partial() || held_together(known, group);
      const bool sure = odds >= k_sure && all_here && where(known, group) == Where::nothing_against;
      out.push_back({known.entry, group.front(), odds / (1 + odds), sure});
    }
  }
  return out;
}

}  // namespace pitchblende::resolution
