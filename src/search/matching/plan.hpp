// What a query needs of a document, made ready for the segments of one snapshot and for one viewer.
//
// Values; one thread uses a Plan.
#pragma once

#include <memory>
#include <vector>

#include "search/analysis.hpp"
#include "search/matching/matcher.hpp"
#include "search/matching/text_need.hpp"
#include "search/query/query_text.hpp"

namespace pitchblende::search {

struct PlanNode {
  enum class Type : uint8_t {
    all,
    any,
    negation,
    terms,   // documents that have any of these terms
    text,    // terms, and then what must stand in the texts
    values,  // documents that have any of these facet values
    nothing
  };
  using BySegment = std::vector<std::vector<uint32_t>>;
  Type type = Type::all;
  std::vector<PlanNode> children = {};
  BySegment terms = {};               // terms
  std::vector<BySegment> words = {};  // text: each must be there
  TextNeed need = {};                 // text
  BySegment values = {};              // values
};

struct Plan {
  // A run of wanted words that a vocabulary knows, and what it calls the same. A document needs all of the run's own
  // words or all of an alternative's; its score is the better one.
  struct Group {
    std::vector<uint32_t> own;                         // places in wish.words
    std::vector<std::vector<QueryWord>> alternatives;  // need: weighed
    PlanNode node;
  };
  Wish wish;
  std::vector<QueryWord> words;     // of wish.words
  std::vector<Word> marked;         // words of alternatives, for snippets: each stands for …
  std::vector<uint32_t> marked_as;  // … this one of wish.words
  std::vector<Group> groups;
  PlanNode required;  // of type all: its children must hold in any mode
  std::vector<QueryNote> notes;
  std::vector<Translated> translated;
};

// Of a query that is Match::any: its words alone.
Plan plan_of_words(const Query& query, const Snapshot& snapshot, const Statistics& statistics);
Plan plan_of(const Query& query, const Snapshot& snapshot, const access::Viewer& viewer, const Statistics& statistics);

// The documents among `within` that a node lets pass. Works on one segment of the snapshot.
class Evaluator {
 public:
  Evaluator(const Snapshot& snapshot, size_t segment, const access::Viewer& viewer);
  Bitmap evaluate(const PlanNode& node, const Bitmap& within) const;
  // All that are alive and that the viewer may know of.
  Bitmap everything() const;

 private:
  Bitmap all_of(const PlanNode& node, const Bitmap& within) const;
  Bitmap with_terms(const std::vector<uint32_t>& terms) const;
  Bitmap with_values(const std::vector<uint32_t>& values) const;
  Bitmap with_text(const PlanNode& node, const Bitmap& within) const;
  Bitmap with_hidden_terms(const PlanNode& node) const;
  Bitmap by_pairs(const PlanNode& node, Bitmap& bits) const;

  const LiveSegment& m_live;
  const Segment& m_segment;
  size_t m_number;
  const access::Viewer& m_viewer;
  bool m_sees_hidden;
};

}  // namespace pitchblende::search
