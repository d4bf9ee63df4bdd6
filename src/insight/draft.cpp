#include "insight/draft.hpp"

#include <algorithm>
#include <array>

#include "insight/insight_rules.hpp"
#include "pool/affiliations/printed_parts.hpp"
#include "resolution/affiliation.hpp"

namespace pitchblende::insight {

using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::FieldType;
using registry::Kind;

namespace {

// When a thing of a kind counts, and by which links it is an institution's or a team's.
struct Way {
  Kind kind;
  std::string_view year;  // a field: it counts in that one year alone
  std::string_view day;   // the same, when there is no year
  std::string_view from;  // and when there is neither: it counts in every year from … to …
  std::string_view to;
  std::array<std::string_view, 3> links;
};
constexpr std::array<Way, 6> k_ways{{{Kind::publication, "year", {}, {}, {}, {}},
                                     {Kind::project, {}, {}, "from", "to", {"partners"}},
                                     {Kind::trial, {}, {}, "from", "to", {"sponsor", "sites", "collaborators"}},
                                     {Kind::patent, "year", "filed", {}, {}, {"applicants"}},
                                     {Kind::partnership, {}, {}, "from", "to", {"parties"}},
                                     {Kind::award, "year", {}, {}, {}, {"institutions", "teams"}}}};

// Rule 2. What says no date at all counts in every year, and lacks it.
When when_of(const Card& card, const Way& way) {
  if (!way.year.empty()) {
    const std::string_view year = text_of(card, way.year);
    return {true, std::string(year.empty() ? text_of(card, way.day) : year), {}};
  }
  return {false, std::string(text_of(card, way.from)), std::string(text_of(card, way.to))};
}

Openness openness_of(const Card& card) {
  const std::string_view said = text_of(card, "open_access");
  if (said.empty()) {
    return Openness::unknown;
  }
  return said == "closed" ? Openness::closed : Openness::open;
}

void add_links(const Card& card, std::string_view name, std::vector<std::string>& out) {
  const auto field = name.empty() ? std::nullopt : registry::find_field(card.kind, name);
  const CardField* values = field ? card.find(*field) : nullptr;
  if (values != nullptr) {
    for (const auto& value : values->values) {
      if (!value.lost) {
        out.push_back(registry::link_key(value.value.text));
      }
    }
  }
}

void add_affiliations(const Card& card, AffiliationReader& affiliations, Thing& thing) {
  thing.item.lacks = true;
  for (const CardField& field : card.fields) {
    if (registry::description(field.field).type != FieldType::mention) {
      continue;
    }
    for (const auto& value : field.values) {
      for (const auto& [attribute, text] : value.value.attributes) {
        if (value.lost || (attribute != Attribute::affiliation && attribute != Attribute::affiliation_id)) {
          continue;
        }
        thing.item.lacks = false;
        if (attribute == Attribute::affiliation_id) {
          thing.refs.push_back(text);
          continue;
        }
        const auto& read = affiliations.read(text);
        thing.refs.insert(thing.refs.end(), read.refs.begin(), read.refs.end());
        if (!read.country.empty()) {
          thing.countries.push_back(read.country);
        }
      }
    }
  }
}

void sort_out(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::ranges::unique(texts).begin(), texts.end());
}

}  // namespace

std::string_view text_of(const Card& card, std::string_view name) {
  const auto field = name.empty() ? std::nullopt : registry::find_field(card.kind, name);
  return field ? card.text(*field) : std::string_view();
}

const AffiliationReader::Read& AffiliationReader::read(const std::string& affiliation) {
  const auto [at, is_new] = m_known.try_emplace(affiliation);
  if (is_new) {
    pool::houses_in(affiliation, [&](std::string ref) { at->second.refs.push_back(std::move(ref)); });
    const std::string folded = resolution::fold_affiliation(affiliation);
    const size_t last = folded.rfind(';');
    at->second.country =
        resolution::country_in(std::string_view(folded).substr(last == std::string::npos ? 0 : last + 1));
  }
  return at->second;
}

bool When::in(int year) const {
  return once ? std::string_view(from).substr(0, 4) == std::to_string(year) : holds_in(from, to, year);
}

Thing thing_of(const Card& card, AffiliationReader& affiliations) {
  const auto* const way = std::ranges::find(k_ways, card.kind, &Way::kind);
  Thing thing;
  thing.item.id = card.id;
  if (way == k_ways.end()) {
    return thing;
  }
  thing.when = when_of(card, *way);
  thing.item.lacks = !thing.when.once && thing.when.from.empty();
  for (const std::string_view field : way->links) {
    add_links(card, field, thing.refs);
  }
  add_links(card, "areas", thing.areas);
  if (card.kind == Kind::publication) {
    add_affiliations(card, affiliations, thing);
    thing.item.openness = openness_of(card);
  }
  sort_out(thing.refs);
  sort_out(thing.countries);
  for (const registry::CardSource& source : card.sources) {
    thing.records.push_back(source.record);
  }
  return thing;
}

}  // namespace pitchblende::insight
