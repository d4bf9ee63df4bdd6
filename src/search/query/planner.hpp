// From the tree of a query to a plan: fields become terms and values, names become the things that bear them.
//
// Inside search; one thread uses a Planner.
#pragma once

#include "search/matching/plan.hpp"
#include "search/query/query_fields.hpp"

namespace pitchblende::search {

class Planner {
 public:
  Planner(const Query& query, const Snapshot& snapshot, const access::Viewer& viewer, const Statistics& statistics)
      : m_query(query), m_snapshot(snapshot), m_viewer(viewer), m_statistics(statistics) {}
  Plan plan();

 private:
  // Top: a part of the query that must hold.
  void take_part(const QueryNode& node, WishMaker& words);
  void weigh(const QueryNode& node, WishMaker& words) const;
  void group_words();
  void add_group(std::vector<uint32_t> own, const std::vector<uint32_t>& concepts);

  PlanNode node_of(const QueryNode& node);
  PlanNode all_of(const std::vector<QueryNode>& nodes);
  PlanNode leaf(const QueryNode& leaf);
  PlanNode words_anywhere(const std::string& text);
  PlanNode translated_words(const std::vector<QueryNode>& run);
  PlanNode prefix(const std::string& folded);
  PlanNode in_text(const QueryNode& leaf, const std::vector<std::string_view>& fields);
  PlanNode phrase(std::vector<std::string> atoms, std::vector<uint32_t> fields);
  PlanNode with_forms(const Word& word) const;
  PlanNode by_value(const QueryNode& leaf, Facet facet);
  PlanNode by_range(const QueryNode& leaf, Facet facet) const;
  PlanNode by_name(const QueryNode& leaf, const QueryField& field);
  PlanNode by_topic(const QueryNode& leaf);
  PlanNode by_kind(const QueryNode& leaf);
  PlanNode by_open(const QueryNode& leaf);

  // A node of facet values; `find`: the numbers of those that are meant, in one segment.
  template <typename Find>
  PlanNode values(Find&& find) const;
  PlanNode exact_value(Facet facet, std::string_view value) const;
  std::vector<std::string> members_of(const std::vector<std::string>& groups) const;
  std::vector<std::string> ids_named(const QueryNode& leaf, const QueryField& field);
  std::vector<std::vector<Word>> alternatives(const std::vector<std::vector<std::string>>& own,
                                              const std::vector<uint32_t>& concepts, Translated& said) const;
  const Thesaurus* thesaurus() const;
  void note(QueryNote::Reason reason, const std::string& text);

  const Query& m_query;
  const Snapshot& m_snapshot;
  const access::Viewer& m_viewer;
  const Statistics& m_statistics;
  Plan m_plan;
};

}  // namespace pitchblende::search
