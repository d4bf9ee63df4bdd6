#include "groups/proposals.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace pitchblende::groups {

namespace {

using search::Facet;
using search::FacetCount;

constexpr int k_years = 5;
constexpr uint32_t k_most_values = 2000;
constexpr size_t k_topics = 8;
constexpr size_t k_proofs = 3;
constexpr int64_t k_fewest = 3;  // outputs that make a topic
constexpr double k_of_topics = 0.5;
constexpr double k_of_leads = 3;

search::Query outputs(int this_year) {
  search::Query query;
  query.filters = {{Facet::kind, {"publication"}}, {Facet::year, {}}};
  for (int year = this_year - k_years + 1; year <= this_year + 1; ++year) {
    query.filters.back().values.push_back(std::to_string(year));
  }
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
                               const access::Viewer& viewer, uint64_t* all = nullptr) {
  query.facets = {{facet, k_most_values}};
  search::Answer answer = index.search(query, viewer);
  if (all != nullptr) {
    *all = answer.count;
  }
  const auto at = static_cast<size_t>(facet);
  return at < answer.facets.size() ? std::move(answer.facets[at]) : std::vector<FacetCount>{};
}

void add(std::map<Id, Proposal>& people, const std::vector<FacetCount>& counts, int64_t Proposal::*field) {
  for (const FacetCount& each : counts) {
    if (const auto id = Id::parse(each.value)) {
      Proposal& proposal = people[*id];
      proposal.person = *id;
      proposal.*field += each.count;
    }
  }
}

// The newest outputs that speak for him: with the group's teams, else on its topics.
std::vector<Id> proofs_of(const search::Index& index, const Proposal& proposal, const Scope& scope,
                          const search::Filter& topics, const access::Viewer& viewer) {
  search::Query query = proposal.with_teams > 0 ? outputs_of(scope) : outputs(scope.this_year);
  if (proposal.with_teams == 0) {
    query.filters.push_back(topics);
  }
  query.filters.push_back({Facet::person, {proposal.person.text()}});
  query.size = k_proofs;
  std::vector<Id> out;
  for (const search::Hit& hit : index.search(query, viewer).hits) {
    out.push_back(hit.id);
  }
  return out;
}

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

std::vector<std::pair<std::string, int64_t>> named(const std::vector<FacetCount>& counts) {
  std::vector<std::pair<std::string, int64_t>> out;
  for (const FacetCount& each : counts) {
    out.emplace_back(each.value, each.count);
  }
  return out;
}

}  // namespace

std::vector<Topic> topics_of(const search::Index& index, const Scope& scope, const access::Viewer& viewer,
                             size_t most) {
  if (scope.teams.empty()) {
    return {};
  }
  uint64_t own = 0;
  uint64_t all = 0;
  const auto here = counts(index, outputs_of(scope), Facet::concept_, viewer, &own);
  std::map<std::string, int64_t> everywhere;
  for (const FacetCount& each : counts(index, outputs(scope.this_year), Facet::concept_, viewer, &all)) {
    everywhere[each.value] = each.count;
  }
  std::vector<Topic> out;
  for (const FacetCount& each : here) {
    const double share = static_cast<double>(each.count) / static_cast<double>(std::max<uint64_t>(own, 1));
    const double of_all = static_cast<double>(everywhere[each.value]) / static_cast<double>(std::max<uint64_t>(all, 1));
    if (each.count >= k_fewest && share > of_all && !says_nothing(each.value)) {
      // What is frequent here and rarer elsewhere; a rare word that is here alone tells little.
      out.push_back({each.value, each.count, share * (share - of_all) / std::max(of_all, 1e-9)});
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &Topic::weight);
  out.resize(std::min(out.size(), most));
  return out;
}

std::vector<Proposal> proposals(const search::Index& index, const Scope& scope, const std::vector<Id>& decided,
                                const access::Viewer& viewer, size_t most) {
  std::map<Id, Proposal> people;
  if (!scope.teams.empty()) {
    add(people, counts(index, outputs_of(scope), Facet::person, viewer), &Proposal::with_teams);
  }
  search::Filter topics{Facet::concept_, {}};
  for (const Topic& topic : topics_of(index, scope, viewer, k_topics)) {
    topics.values.push_back(topic.name);
  }
  if (!topics.values.empty()) {
    search::Query query = outputs(scope.this_year);
    query.filters.push_back(topics);
    add(people, counts(index, std::move(query), Facet::person, viewer), &Proposal::on_topics);
  }
  search::Query led;
  led.filters = {{Facet::kind, {"project", "award", "trial", "patent"}}, {Facet::group, {scope.group.text()}}};
  led.size = 0;
  led.facet_size = 0;
  add(people, counts(index, std::move(led), Facet::person, viewer), &Proposal::leads);
  std::vector<Proposal> out;
  for (auto& [id, proposal] : people) {
    if (!std::ranges::binary_search(decided, id)) {
      proposal.score = static_cast<double>(proposal.with_teams) +
                       k_of_topics * static_cast<double>(proposal.on_topics) +
                       k_of_leads * static_cast<double>(proposal.leads);
      out.push_back(std::move(proposal));
    }
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &Proposal::score);
  out.resize(std::min(out.size(), most));
  for (Proposal& proposal : out) {
    proposal.proofs = proofs_of(index, proposal, scope, topics, viewer);
  }
  return out;
}

std::vector<std::pair<std::string, int64_t>> covered(const search::Index& index, const Scope& scope,
                                                     const access::Viewer& viewer) {
  return scope.teams.empty() ? std::vector<std::pair<std::string, int64_t>>{}
                             : named(counts(index, outputs_of(scope), Facet::concept_, viewer));
}

std::vector<std::pair<std::string, int64_t>> all_topics(const search::Index& index, int this_year,
                                                        const access::Viewer& viewer, size_t most) {
  auto out = named(counts(index, outputs(this_year), Facet::concept_, viewer));
  std::erase_if(out, [](const auto& topic) { return says_nothing(topic.first); });
  out.resize(std::min(out.size(), most));
  return out;
}

}  // namespace pitchblende::groups
