#include "pages/around.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <unordered_map>

#include "http/http.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;
using search::Facet;

constexpr uint32_t k_outputs = 10;
constexpr uint32_t k_others = 6;
constexpr uint32_t k_one_or_two = 2;  // so few more are shown too: a page of their own would say no more
constexpr uint32_t k_with_a_role = 12;
constexpr uint32_t k_years = 120;
constexpr uint32_t k_bars = 10;
constexpr uint32_t k_teams_among = 60;  // places of outputs that are teams, and are left out

// The facet under which others name a thing of a kind.
std::optional<Facet> facet_of(Kind kind) {
  switch (kind) {
    case Kind::person:
      return Facet::person;
    case Kind::organisation:
    case Kind::team:
      return Facet::institution;
    case Kind::group:
      return Facet::group;
    default:
      return std::nullopt;
  }
}

bool holds_codes(Facet facet) {
  static constexpr std::array k_codes = {Facet::type,    Facet::role,        Facet::condition, Facet::open_to,
                                         Facet::booking, Facet::open_access, Facet::access,    Facet::phase,
                                         Facet::status,  Facet::position};
  return std::find(k_codes.begin(), k_codes.end(), facet) != k_codes.end();
}

// In the order of the page.
constexpr std::array k_listed = {Kind::team,    Kind::group,   Kind::platform,   Kind::equipment,    Kind::service,
                                 Kind::project, Kind::trial,   Kind::patent,     Kind::award,        Kind::partnership,
                                 Kind::event,   Kind::dataset, Kind::collection, Kind::organisation, Kind::person};

class Neighbourhood {
 public:
  // `teams`: listed already.
  Neighbourhood(const Site& site, Facet facet, Id id, size_t teams, const access::Viewer& viewer, const Words& words)
      : m_index(site.index()), m_facet(facet), m_id(id), m_teams(teams), m_viewer(viewer), m_words(words) {}

  Around look() {
    Around out;
    search::Query query = asking({"publication"}, k_outputs);
    query.facets = {{Facet::year, k_years},
                    {Facet::concept_, k_bars + k_check_tags},
                    {Facet::person, k_bars + 1},
                    {Facet::institution, k_bars + k_teams_among}};
    const search::Answer outputs = m_index->search(query, m_viewer);
    const search::Answer others = count_kinds();
    std::vector<uint64_t> counts(registry::k_kinds);
    for (const auto& each : others.facets.empty() ? std::vector<search::FacetCount>{} : others.facets[0]) {
      if (const auto kind = registry::kind(each.value)) {
        counts[static_cast<size_t>(*kind)] = each.count;
      }
    }
    if (outputs.count > 0) {
      add_plots(outputs, out.aside);
      out.blocks.push_back(hits_block("publication", outputs.hits, outputs.count, outputs_address(), m_words));
    }
    for (const Kind kind : k_listed) {
      add_list(kind, counts[static_cast<size_t>(kind)], out.blocks);
    }
    return out;
  }

 private:
  search::Query asking(std::vector<std::string> kinds, uint32_t size) const {
    search::Query query;
    if (m_facet == Facet::group) {
      query.words = group_query();
    } else {
      query.filters = {{m_facet, {m_id.text()}}};
    }
    if (!kinds.empty()) {
      query.filters.push_back({Facet::kind, std::move(kinds)});
    }
    query.order = search::Order::newest;
    query.size = size;
    query.facet_size = 0;
    query.snippets = false;
    return query;
  }

  search::Answer count_kinds() const {
    search::Query query = asking({}, 0);
    query.facets = {{Facet::kind, registry::k_kinds}};
    return m_index->search(query, m_viewer);
  }

  // A group has what its teams have: the facet knows what names the group itself, the query all of it.
  std::string group_query() const { return "group:" + m_id.text(); }

  std::string more(const std::string& kind) const {
    const std::string name = m_facet == Facet::group ? "q" : std::string(search::name(m_facet));
    return search_address(m_words.code(), {{"kind", kind}, {name, name == "q" ? group_query() : m_id.text()}});
  }

  // The list of the outputs, or of those with one value more.
  std::string outputs_address(std::string_view name = "sort", std::string_view value = "newest") const {
    std::string out = more("publication") + "&";
    out += name;
    out += '=';
    return out + http::percent_encoded(value);
  }

  void add_list(Kind kind, uint64_t count, Views& out) const {
    if (count == 0 || (kind == Kind::team && count <= m_teams)) {
      return;
    }
    const std::string name(registry::name(kind));
    search::Query query = asking({name}, k_others + k_one_or_two + 1);
    if (kind == Kind::team || kind == Kind::platform || kind == Kind::person || kind == Kind::organisation) {
      query.order = search::Order::title;
    }
    search::Answer answer = m_index->search(query, m_viewer);
    const size_t before = answer.hits.size();
    std::erase_if(answer.hits, [&](const search::Hit& hit) { return hit.id == m_id; });
    const uint64_t others = answer.count - (before - answer.hits.size());
    if (answer.hits.size() > k_others + k_one_or_two) {
      answer.hits.resize(k_others);
    }
    if (others > 0) {
      out.push_back(hits_block(name, answer.hits, others, more(name), m_words));
    }
  }

  void add_plots(const search::Answer& outputs, Views& out) const {
    const auto with = [&](Facet facet) { return outputs.facets[static_cast<size_t>(facet)]; };
    const auto years = years_of(outputs);
    if (years.size() > 1) {
      out.push_back(years_block("outputs", years, m_words));
    }
    add_bars("topics", Facet::concept_, topics_of(outputs), out);
    add_bars(m_facet == Facet::person ? "collaborators" : "active", Facet::person, with(Facet::person), out);
    add_bars("partners", Facet::institution, organisations_in(with(Facet::institution)), out);
  }

  // Outputs are found by their teams as by their institutions: those that publish together are institutions alone.
  std::vector<search::FacetCount> organisations_in(std::vector<search::FacetCount> counts) const {
    std::vector<Id> ids;
    for (const search::FacetCount& each : counts) {
      ids.push_back(Id::parse(each.value).value_or(Id()));
    }
    std::set<std::string> organisations;
    for (const search::Hit& hit : m_index->known(ids, m_viewer)) {
      if (hit.kind == Kind::organisation) {
        organisations.insert(hit.id.text());
      }
    }
    std::erase_if(counts, [&](const search::FacetCount& each) { return !organisations.contains(each.value); });
    return counts;
  }

  void add_bars(std::string_view id, Facet facet, std::vector<search::FacetCount> counts, Views& out) const {
    std::erase_if(counts, [&](const search::FacetCount& each) { return each.value == m_id.text(); });
    if (counts.size() > k_bars) {
      counts.resize(k_bars);
    }
    const auto rows = counted(*m_index, counts, facet, m_viewer, m_words,
                              [&](const std::string& value) { return outputs_address(search::name(facet), value); });
    if (!rows.empty()) {
      out.push_back(bars_block(id, rows, m_words));
    }
  }

  std::shared_ptr<const search::Index> m_index;
  Facet m_facet;
  Id m_id;
  size_t m_teams;
  const access::Viewer& m_viewer;
  const Words& m_words;
};

// What MeSH puts on nearly every paper: whom it is about, and not what it is about.
constexpr std::array<std::string_view, k_check_tags> k_tags = {"Adolescent",
                                                               "Adult",
                                                               "Aged",
                                                               "Aged, 80 and over",
                                                               "Animals",
                                                               "Cats",
                                                               "Cattle",
                                                               "Child",
                                                               "Child, Preschool",
                                                               "Dogs",
                                                               "Female",
                                                               "Guinea Pigs",
                                                               "Humans",
                                                               "Infant",
                                                               "Infant, Newborn",
                                                               "Male",
                                                               "Mice",
                                                               "Middle Aged",
                                                               "Pregnancy",
                                                               "Rabbits",
                                                               "Rats",
                                                               "Swine",
                                                               "Young Adult"};

}  // namespace

std::vector<search::FacetCount> topics_of(const search::Answer& answer) {
  std::vector<search::FacetCount> topics = answer.facets[static_cast<size_t>(Facet::concept_)];
  std::erase_if(topics, [](const search::FacetCount& each) {
    return std::find(k_tags.begin(), k_tags.end(), each.value) != k_tags.end();
  });
  return topics;
}

std::vector<Count> counted(const search::Index& index, const std::vector<search::FacetCount>& counts, Facet facet,
                           const access::Viewer& viewer, const Words& words,
                           const std::function<std::string(const std::string& value)>& address) {
  const bool of_things = facet == Facet::institution || facet == Facet::group || facet == Facet::person ||
                         facet == Facet::platform || facet == Facet::broader;
  std::vector<Id> ids;
  for (const search::FacetCount& each : counts) {
    if (const auto id = of_things ? Id::parse(each.value) : std::nullopt) {
      ids.push_back(*id);
    }
  }
  std::unordered_map<std::string, std::string> titles;
  for (search::Hit& hit : index.known(ids, viewer)) {
    titles[hit.id.text()] = search::title_in(hit.title, words.code());
  }
  std::vector<Count> rows;
  for (const search::FacetCount& each : counts) {
    std::string label = each.value;
    if (of_things) {
      label = titles[each.value];
    } else if (facet == Facet::kind) {
      const auto kind = registry::kind(each.value);
      label = kind ? words.kinds(*kind) : each.value;
    } else if (facet == Facet::language) {
      label = words.language(each.value);
    } else if (facet == Facet::place) {
      label = words.of_code(each.value);
    } else if (facet == Facet::concept_) {
      label = index.topic_in(each.value, words.language());
    } else if (holds_codes(facet)) {
      label = words.of_word(each.value);
      label = facet == Facet::type && label == each.value ? index.topic_in(each.value, words.language()) : label;
    }
    // Two values of one topic have counts of their own: the second stands as it is written.
    if (std::any_of(rows.begin(), rows.end(), [&](const Count& row) { return row.label == label; }) && !of_things) {
      label = each.value;
    }
    // A title that he may not know is not counted for him either.
    if (!label.empty()) {
      rows.push_back({std::move(label), address(each.value), each.count});
    }
  }
  return rows;
}

std::vector<std::pair<int, uint64_t>> years_of(const search::Answer& answer) {
  std::vector<std::pair<int, uint64_t>> years;
  for (const search::FacetCount& each : answer.facets[static_cast<size_t>(Facet::year)]) {
    int year = 0;
    const auto read = std::from_chars(each.value.data(), each.value.data() + each.value.size(), year);
    if (read.ec == std::errc() && year >= 1500 && year <= 2200) {
      years.emplace_back(year, each.count);
    }
  }
  std::sort(years.begin(), years.end());
  return years;
}

namespace {

// What a query finds, as a block of that id with the way to all of it; none where it finds nothing.
void add_found(const Site& site, std::string_view id, search::Query query, const std::string& more,
               const access::Viewer& viewer, const Words& words, Views& out) {
  query.facet_size = 0;
  query.snippets = false;
  const search::Answer answer = site.index()->search(query, viewer);
  if (answer.count > 0) {
    out.push_back(hits_block(id, answer.hits, answer.count, more, words));
  }
}

// What is about a concept, by any of its names and of what is narrower.
Around around_concept(const Site& site, Id id, const access::Viewer& viewer, const Words& words) {
  const std::vector<search::Hit> own = site.index()->known(std::vector<Id>{id}, viewer);
  Around out;
  if (own.empty()) {
    return out;
  }
  std::string label(search::title_in(own.front().title, words.code()));
  std::erase(label, '"');
  search::Query query;
  query.words = "topic:\"" + label + "\"";
  query.order = search::Order::newest;
  query.size = k_outputs;
  const std::string more = search_address(words.code(), {{"q", query.words}, {"sort", "newest"}});
  add_found(site, "on_topic", std::move(query), more, viewer, words, out.blocks);
  return out;
}

}  // namespace

Around around(const Site& site, Kind kind, Id id, size_t teams, const access::Viewer& viewer, const Words& words) {
  if (kind == Kind::concept_) {
    return around_concept(site, id, viewer, words);
  }
  const auto facet = facet_of(kind);
  return facet ? Neighbourhood(site, *facet, id, teams, viewer, words).look() : Around{};
}

Views roles_in_consortium(const Site& site, const access::Viewer& viewer, const Words& words) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_roles = {
      {{"founders", "founder"},
       {"members", "member"},
       {"partners_of", "partner"},
       {"regional_players", "regional_player"}}};
  Views out;
  for (const auto& [id, role] : k_roles) {
    search::Query query;
    query.filters = {{Facet::kind, {"organisation"}}, {Facet::role, {std::string(role)}}};
    query.order = search::Order::title;
    query.size = k_with_a_role;
    add_found(site, id, std::move(query),
              search_address(words.code(), {{"kind", "organisation"}, {"role", std::string(role)}}), viewer, words,
              out);
  }
  return out;
}

}  // namespace pitchblende::pages
