#include "groups/proposals.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace pitchblende::groups {

namespace {

using search::Facet;
using search::FacetCount;

constexpr size_t k_topics = 8;
constexpr size_t k_proofs = 3;
constexpr double k_of_topics = 0.5;
constexpr double k_of_leads = 3;

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

}  // namespace

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

}  // namespace pitchblende::groups
