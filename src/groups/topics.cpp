#include "groups/topics.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "search/query/query_text.hpp"

namespace pitchblende::groups {

namespace {

using search::Facet;
using search::FacetCount;

constexpr int k_years = 5;
constexpr uint32_t k_most_values = 2000;
constexpr int64_t k_fewest = 3;  // outputs that make a topic
constexpr size_t k_telling = 5;  // of each area
constexpr size_t k_shared = 8;
constexpr size_t k_of_nobody = 12;

// What the indexers of MEDLINE put to nearly every paper ("check tags"): of whom or what, not about what.
bool says_nothing(std::string_view topic) {
  static constexpr std::array<std::string_view, 24> k_tags{"Humans", "Animals",    "Male",        "Female",
                                                           "Adult",  "Aged",       "Middle Aged", "Aged, 80 and over",
                                                           "Child",  "Infant",     "Young Adult", "Child, Preschool",
                                                           "Mice",   "Rats",       "Rabbits",     "Infant, Newborn",
                                                           "Cattle", "Chickens",   "Dogs",        "Cats",
                                                           "Swine",  "Adolescent", "Pregnancy",   "Guinea Pigs"};
  return std::ranges::find(k_tags, topic) != k_tags.end();
}

Counted counted(const search::Index& index, search::Query query, const access::Viewer& viewer) {
  Counted out;
  uint64_t all = 0;
  for (const FacetCount& each : counts(index, std::move(query), Facet::concept_, viewer, &all)) {
    if (!says_nothing(each.value)) {
      out.topics[each.value] = each.count;
    }
  }
  out.outputs = static_cast<int64_t>(all);
  return out;
}

int64_t count_of(const Counted& counted, const std::string& topic) {
  const auto found = counted.topics.find(topic);
  return found == counted.topics.end() ? 0 : found->second;
}

double share(int64_t part, int64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<int64_t>(whole, 1));
}

// What is frequent here and rarer elsewhere, the most telling first; a rare word that is here alone tells little.
std::vector<Topic> telling(const Counted& here, const Counted& everywhere, size_t most) {
  std::vector<Topic> out;
  for (const auto& [topic, count] : here.topics) {
    const double own = share(count, here.outputs);
    const double of_all = share(count_of(everywhere, topic), everywhere.outputs);
    if (count >= k_fewest && own > of_all) {
      out.push_back({topic, count, own * (own - of_all) / std::max(of_all, 1e-9)});
    }
  }
  std::ranges::stable_sort(out, [](const Topic& a, const Topic& b) {
    return std::tuple(-a.weight, -a.outputs) < std::tuple(-b.weight, -b.outputs);
  });
  out.resize(std::min(out.size(), most));
  return out;
}

std::string topic_query(const std::string& topic) {
  search::QueryNode root;
  root.children = search::plain_value(topic, "topic");
  return search::write_query(root, search::QueryLanguage::english);
}

// What platforms do is somebody's, whatever has been published with it.
bool is_offered(const search::Index& index, const std::string& topic, const access::Viewer& viewer) {
  search::Query query;
  query.words = topic_query(topic);
  query.filters = {{Facet::kind, {"platform", "equipment", "service"}}};
  query.size = 0;
  query.facet_size = 0;
  query.snippets = false;
  return index.search(query, viewer).count > 0;
}

void keep_most_frequent(std::vector<TopicRow>& rows, size_t most) {
  std::ranges::stable_sort(rows, std::ranges::greater{}, &TopicRow::all);
  rows.resize(std::min(rows.size(), most));
}

}  // namespace

std::vector<std::string> years(int this_year) {
  std::vector<std::string> out;
  for (int year = this_year - k_years + 1; year <= this_year + 1; ++year) {
    out.push_back(std::to_string(year));
  }
  return out;
}

search::Query outputs(int this_year) {
  search::Query query;
  query.filters = {{Facet::kind, {"publication"}}, {Facet::year, {}}};
  query.filters.back().values = years(this_year);
  query.order = search::Order::newest;
  query.size = 0;
  query.facet_size = 0;
  query.snippets = false;
  return query;
}

search::Query outputs_of(const Scope& scope) {
  search::Query query = outputs(scope.this_year);
  search::Filter teams{Facet::institution, {}};
  for (const Id team : scope.teams) {
    teams.values.push_back(team.text());
  }
  query.filters.push_back(std::move(teams));
  return query;
}

std::vector<FacetCount> counts(const search::Index& index, search::Query query, Facet facet,
                               const access::Viewer& viewer, uint64_t* all) {
  return counts_of_most(index, std::move(query), facet, k_most_values, viewer, all);
}

std::vector<FacetCount> counts_of_most(const search::Index& index, search::Query query, Facet facet, uint32_t most,
                                       const access::Viewer& viewer, uint64_t* all) {
  query.facets = {{facet, most}};
  search::Answer answer = index.search(query, viewer);
  if (all != nullptr) {
    *all = answer.count;
  }
  const auto at = static_cast<size_t>(facet);
  return at < answer.facets.size() ? std::move(answer.facets[at]) : std::vector<FacetCount>{};
}

std::vector<Topic> topics_of(const search::Index& index, const Scope& scope, const access::Viewer& viewer,
                             size_t most) {
  if (scope.teams.empty()) {
    return {};
  }
  return telling(counted(index, outputs_of(scope), viewer), counted(index, outputs(scope.this_year), viewer), most);
}

std::vector<TopicRow> telling_rows(const Counted& all, const std::vector<Counted>& areas) {
  std::set<std::string> chosen;
  for (const Counted& area : areas) {
    for (Topic& topic : telling(area, all, k_telling)) {
      chosen.insert(std::move(topic.name));
    }
  }
  std::vector<TopicRow> rows;
  std::vector<TopicRow> shared;
  std::vector<TopicRow> nobody;
  for (const auto& [topic, count] : all.topics) {
    TopicRow row{topic, TopicRow::Why::telling, {}, count};
    size_t covering = 0;
    for (const Counted& area : areas) {
      row.outputs.push_back(count_of(area, topic));
      covering += row.outputs.back() >= k_fewest ? 1 : 0;
    }
    if (chosen.contains(topic)) {
      rows.push_back(std::move(row));
    } else if (covering > 1 && covering * 2 > areas.size()) {
      row.why = TopicRow::Why::shared;
      shared.push_back(std::move(row));
    } else if (count >= k_fewest && std::ranges::count(row.outputs, 0) == std::ssize(row.outputs)) {
      row.why = TopicRow::Why::nobody;
      nobody.push_back(std::move(row));
    }
  }
  std::ranges::stable_sort(rows, {}, [](const TopicRow& row) {
    const auto most = std::ranges::max_element(row.outputs);
    return std::pair(most - row.outputs.begin(), -*most);
  });
  keep_most_frequent(shared, k_shared);
  keep_most_frequent(nobody, k_of_nobody);
  std::ranges::move(shared, std::back_inserter(rows));
  std::ranges::move(nobody, std::back_inserter(rows));
  return rows;
}

std::vector<TopicRow> coverage(const search::Index& index, const std::vector<Scope>& areas,
                               const access::Viewer& viewer) {
  if (areas.empty()) {
    return {};
  }
  std::vector<Counted> own;
  for (const Scope& area : areas) {
    own.push_back(area.teams.empty() ? Counted() : counted(index, outputs_of(area), viewer));
  }
  std::vector<TopicRow> rows = telling_rows(counted(index, outputs(areas.front().this_year), viewer), own);
  std::erase_if(rows, [&](const TopicRow& row) {
    return row.why == TopicRow::Why::nobody && is_offered(index, row.name, viewer);
  });
  return rows;
}

std::optional<TopicRow> uncovered(const search::Index& index, const std::vector<Scope>& areas,
                                  const std::string& concept_name, const access::Viewer& viewer) {
  search::Query query = outputs(areas.front().this_year);
  query.words = topic_query(concept_name);
  const auto all = static_cast<int64_t>(index.search(query, viewer).count);
  search::Filter teams{Facet::institution, {}};
  for (const Scope& area : areas) {
    for (const Id team : area.teams) {
      teams.values.push_back(team.text());
    }
  }
  if (all > 0 && !teams.values.empty()) {
    query.filters.push_back(std::move(teams));
    if (index.search(query, viewer).count > 0) {
      return std::nullopt;
    }
  }
  if (is_offered(index, concept_name, viewer)) {
    return std::nullopt;
  }
  return TopicRow{concept_name, TopicRow::Why::nobody, std::vector<int64_t>(areas.size(), 0), all};
}

}  // namespace pitchblende::groups
