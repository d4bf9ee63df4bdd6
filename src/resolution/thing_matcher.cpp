#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "resolution/matching.hpp"
#include "resolution/naming_keys.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Kind;

constexpr size_t k_window = 16;  // namesakes before it, in the order of context, that a mention is compared with

std::pair<std::string_view, std::string_view> parted(std::string_view context) {
  const size_t bar = context.find('|');
  return {context.substr(0, bar), bar == std::string_view::npos ? std::string_view{} : context.substr(bar + 1)};
}

bool agree(std::string_view a, std::string_view b) { return a.empty() || b.empty() || a == b; }
bool same(std::string_view a, std::string_view b) { return !a.empty() && a == b; }

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const std::string& text) { return std::find(b.begin(), b.end(), text) != b.end(); });
}

bool share_surroundings(const Mention& a, const Mention& b) {
  return share_one(a.affiliations, b.affiliations) ||
         (a.companions && b.companions && share_one(*a.companions, *b.companions));
}

int number(std::string_view year) { return std::atoi(std::string(year).c_str()); }

std::optional<Evidence> same_publication(const Mention& a, const Mention& b) {
  const auto [year_a, first_a] = parted(a.context);
  const auto [year_b, first_b] = parted(b.context);
  const bool years = !year_a.empty() && !year_b.empty();
  if (!agree(first_a, first_b) || (years && std::abs(number(year_a) - number(year_b)) > 1)) {
    return std::nullopt;
  }
  return years || same(first_a, first_b) ? std::optional(Evidence::title) : std::nullopt;
}

std::optional<Evidence> same_organisation(const Mention& a, const Mention& b, std::string_view name, bool ambiguous) {
  const auto [country_a, town_a] = parted(a.context);
  const auto [country_b, town_b] = parted(b.context);
  if (!agree(country_a, country_b) || !agree(town_a, town_b)) {
    return std::nullopt;
  }
  if (same(town_a, town_b)) {
    return Evidence::name_and_affiliation;
  }
  // An acronym names many, and where namesakes stand in several places one without a place may be any of them.
  const bool acronym = name.size() <= 6 && name.find(' ') == std::string_view::npos;
  return acronym || ambiguous ? std::nullopt : std::optional(Evidence::name);
}

std::optional<Evidence> same_by_surroundings(const Mention& a, const Mention& b) {
  const auto [country_a, town_a] = parted(a.context);
  const auto [country_b, town_b] = parted(b.context);
  if (!agree(country_a, country_b) || !agree(town_a, town_b)) {
    return std::nullopt;
  }
  const bool town_tells = a.kind == Kind::team || a.kind == Kind::site;
  if (share_one(a.affiliations, b.affiliations) || (town_tells && same(town_a, town_b))) {
    return Evidence::name_and_affiliation;
  }
  return std::nullopt;
}

std::optional<Evidence> same_by_title(const Mention& a, const Mention& b, std::string_view name) {
  if (!agree(a.context, b.context)) {
    return std::nullopt;
  }
  const bool around = share_surroundings(a, b);
  const bool dated = same(a.context, b.context);
  const bool is_short = std::count(name.begin(), name.end(), ' ') < 3;
  if (is_short ? dated && around : dated || around) {
    return around ? Evidence::name_and_affiliation : Evidence::title;
  }
  return std::nullopt;
}

std::optional<Evidence> same_thing(const Mention& a, const Mention& b, std::string_view name, bool ambiguous) {
  switch (a.kind) {
    case Kind::publication:
      return same_publication(a, b);
    case Kind::organisation:
      return same_organisation(a, b, name, ambiguous);
    case Kind::team:
    case Kind::platform:
    case Kind::service:
    case Kind::site:
    case Kind::collection:
      return same_by_surroundings(a, b);
    default:
      return same_by_title(a, b, name);
  }
}

}  // namespace

void ThingMatcher::join_namesakes(std::span<const Named> group, ConstrainedClusters& clusters) {
  std::vector<uint32_t> members;
  for (const Named& named : group) {
    members.push_back(named.mention);
  }
  std::stable_sort(members.begin(), members.end(),
                   [&](uint32_t a, uint32_t b) { return m_mentions[a].context < m_mentions[b].context; });
  bool ambiguous = false;
  std::string_view place;
  for (const uint32_t member : members) {
    const std::string_view town = parted(m_mentions[member].context).second;
    ambiguous = ambiguous || !agree(town, place);
    place = town.empty() ? place : town;
  }
  const std::string_view name = m_names.text(group.front().name);
  for (size_t at = 1; at < members.size(); ++at) {
    for (size_t before = at; before > at - std::min(at, k_window); --before) {
      const uint32_t a = members[before - 1];
      const uint32_t b = members[at];
      const auto evidence =
          clusters.together(a, b) ? std::nullopt : same_thing(m_mentions[a], m_mentions[b], name, ambiguous);
      if (evidence) {
        const float probability = *evidence == Evidence::name ? 0.85F : 0.95F;
        clusters.join({a, b, *evidence, probability, group.front().name}, {});
      }
    }
  }
}

void ThingMatcher::join(ConstrainedClusters& clusters) {
  std::vector<Named> all;
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    const Mention& mention = m_mentions[at];
    if (mention.kind == Kind::person) {
      continue;
    }
    for (const std::string& name : mention.names) {
      if (tells_enough(mention.kind, name)) {
        all.push_back({mention.kind, m_names.intern(name), at});
      }
    }
  }
  const auto key = [](const Named& named) { return std::tuple(named.kind, named.name, named.mention); };
  std::sort(all.begin(), all.end(), [&](const Named& a, const Named& b) { return key(a) < key(b); });
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end].kind == all[begin].kind && all[end].name == all[begin].name) {
      ++end;
    }
    if (end - begin > 1) {
      join_namesakes(std::span(all).subspan(begin, end - begin), clusters);
    }
    begin = end;
  }
}

std::string ThingMatcher::detail(const Edge& edge) const {
  std::string out(m_names.text(edge.detail));
  const auto [first, second] = parted(m_mentions[edge.a].context);
  for (const std::string_view part : {first, second}) {
    out += part.empty() ? "" : "; ";
    out += part;
  }
  return out;
}

}  // namespace pitchblende::resolution
