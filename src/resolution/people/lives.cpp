#include "resolution/people/lives.hpp"

#include <algorithm>
#include <cmath>

namespace pitchblende::resolution {

namespace {

constexpr size_t k_looked_at = 16;  // mentions of a group
constexpr size_t k_places = 8;
constexpr uint32_t k_papers = 2;          // of the smaller group, before its years say anything
constexpr uint32_t k_full_of_papers = 8;  // of the smaller group, before it says anything that nobody is beside both
constexpr float k_one_place = 0.7F;

// Whether `each` holds for one of those who stand beside a mention; itself left out.
template <typename Each>
bool any_companion(const PeopleFeatures& people, uint32_t mention, const Each& each) {
  const Bag* list = people.companions(mention);
  if (list == nullptr) {
    return false;
  }
  const uint32_t own = people.name(people.name_of(mention)).form;
  const auto ids = people.ids(*list);
  return std::any_of(ids.begin(), ids.end(), [&](uint32_t id) { return id != own && each(id); });
}

}  // namespace

Lives::Life Lives::life(const PeopleFeatures& people, std::span<const uint32_t> group) {
  Life out;
  const size_t count = std::min(group.size(), k_looked_at);
  std::vector<const PeopleFeatures::Place*> places;
  for (size_t at = 0; at < count; ++at) {
    const uint32_t mention = group[at * group.size() / count];
    out.mentions.push_back(mention);
    const auto* place = people.place(mention);
    if (place != nullptr && place->tokens.size > 0 && places.size() < k_places &&
        std::find(places.begin(), places.end(), place) == places.end()) {
      places.push_back(place);
      out.placed.push_back(mention);
    }
    any_companion(people, mention, [&](uint32_t id) {
      out.companions.push_back(id);
      return false;
    });
    if (const auto* scene = people.scene(mention); scene != nullptr && scene->year != 0) {
      out.first_year = out.papers == 0 ? scene->year : std::min(out.first_year, scene->year);
      out.last_year = std::max(out.last_year, scene->year);
      ++out.papers;
    }
  }
  std::sort(out.companions.begin(), out.companions.end());
  return out;
}

Lives::Lives(const PeopleFeatures& people, std::span<const uint32_t> a, std::span<const uint32_t> b)
    : m_people(people),
      m_small(life(people, a.size() > b.size() ? b : a)),
      m_large(life(people, a.size() > b.size() ? a : b)) {}

bool Lives::one_place() const {
  Traits traits;
  const auto value = [&](Trait trait) { return traits[static_cast<size_t>(trait)]; };
  for (const uint32_t x : m_small.placed) {
    for (const uint32_t y : m_large.placed) {
      if (compare(m_people, x, y, traits) &&
          (value(Trait::institution) > 0 || value(Trait::affiliation) >= k_one_place ||
           value(Trait::email_domain) > 0 || value(Trait::own_paper) > 0)) {
        return true;
      }
    }
  }
  return false;
}

float Lives::shared_company() const {
  uint32_t listed = 0;
  uint32_t shared = 0;
  for (const uint32_t mention : m_small.mentions) {
    listed += m_people.companions(mention) != nullptr ? 1 : 0;
    shared += any_companion(m_people, mention,
                            [&](uint32_t id) {
                              return std::binary_search(m_large.companions.begin(), m_large.companions.end(), id);
                            })
                  ? 1
                  : 0;
  }
  return listed == 0 ? -1 : static_cast<float>(shared) / static_cast<float>(listed);
}

bool Lives::meanwhile() const {
  return m_small.papers >= k_papers && m_large.papers > 0 && m_small.first_year <= m_large.last_year &&
         m_large.first_year <= m_small.last_year;
}

float Lives::topic_likeness() const {
  float sum = 0;
  float count = 0;
  for (const uint32_t x : m_small.mentions) {
    for (const uint32_t y : m_large.mentions) {
      const float likeness = m_people.topic_likeness(x, y);
      sum += std::isnan(likeness) ? 0 : likeness;
      count += std::isnan(likeness) ? 0 : 1;
    }
  }
  return count > 0 ? sum / count : -1;
}

bool Lives::strangers() const { return meanwhile() && m_small.papers >= k_full_of_papers && shared_company() == 0; }

float Lives::others_expected() const {
  const NameEntry& name = m_people.name(m_people.name_of(m_small.mentions.front()));
  const auto others = static_cast<float>(m_people.given_names(name.family_id)) - 1;
  const auto& firsts = m_people.firsts();
  const float share = name.first == k_none ? 1
                                           : static_cast<float>(firsts.counts[name.first]) /
                                                 static_cast<float>(std::max(1U, firsts.total));
  return others * share;
}

}  // namespace pitchblende::resolution
