// A query against one segment: which documents match, and how well.
//
// BM25F in its simple form (Robertson, Zaragoza, Taylor 2004): the occurrences of a word are summed over the fields
// with their weights, and the sum is saturated once. A word is the union of its forms; its document frequency is that
// of its most frequent form, over public values of living documents. One thread uses a Matcher; many may run at once.
#pragma once

#include <span>
#include <vector>

#include "search/analysis.hpp"
#include "search/snapshot.hpp"

namespace pitchblende::search {

// BM25's two constants. k1 is for weight 1 and grows with the mean weight of a word.
inline constexpr double k_k1 = 1.6;
inline constexpr double k_b = 0.75;

struct Statistics {
  float fixed = 0;       // k1·(1 - b)
  float per_length = 0;  // k1·b / mean length
  uint64_t documents = 0;

  explicit Statistics(const Snapshot& snapshot);
  float idf(uint64_t document_frequency) const;
};

// A word of the query with its terms in each segment.
struct QueryWord {
  Need need = Need::wanted;
  float idf = 0;
  std::vector<std::vector<uint32_t>> terms;  // [segment]
};
QueryWord look_up(const Word& word, const Snapshot& snapshot, const Statistics& statistics);
std::vector<QueryWord> look_up(const Wish& wish, const Snapshot& snapshot, const Statistics& statistics);
struct Plan;  // matching/plan.hpp

enum class Mode : uint8_t { all, any };

// What a matcher works in; kept from query to query.
struct Scratch {
  struct List {
    std::vector<uint32_t> docs;
    std::vector<uint8_t> weights;
  };
  std::vector<List> lists;
  List joined;
  std::vector<float> scores;     // of the documents asked about, in their order
  std::vector<uint8_t> weights;  // of the documents asked about, in their order
  std::vector<float> norms;      // of the documents asked about, in their order
  std::vector<float> group;      // scores of a group's own words and then its best, in their order
  std::vector<float> other;      // of an alternative
  std::vector<uint64_t> bits;    // all 0 between queries
  std::vector<uint64_t> mask;    // [facet value]; all 0 between queries
  std::vector<uint32_t> docs;
  std::vector<uint32_t> candidates;
};

class Matcher {
 public:
  Matcher(const Snapshot& snapshot, size_t segment, const access::Viewer& viewer, const Plan& plan, Scratch& scratch);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  // The documents that the viewer sees and that match words and filters, ascending; good until the next call.
  std::span<const uint32_t> match(Mode mode, std::span<const Filter> filters);
  // The scores of the documents that match() gave, in their order; good until the next call.
  std::span<const float> score(std::span<const uint32_t> docs, const Statistics& statistics);

 private:
  // A word here. Where many documents have it, they are kept as bits. Else the union of its terms is made only where it
  // is read through: where few documents are asked about, they are sought in each term's postings instead.
  struct List {
    Need need = Need::wanted;
    bool grouped = false;  // of a group, or of one of its alternatives
    float idf = 0;
    const std::vector<uint32_t>* terms = nullptr;
    size_t size = 0;  // of all terms together
    std::shared_ptr<const FrequentWord> frequent;
    bool gathered = false;
    Postings postings;  // when gathered
  };
  void add_word(const QueryWord& word, size_t segment);
  bool asks(const List& list, Mode mode) const;
  const Postings& gather(List& list);
  bool is_sought(const List& list, size_t docs) const;
  void intersect_terms(const List& list);
  void weigh(const Postings& postings, std::span<const uint32_t> docs);
  void keep_those_with(List& list);
  void drop_those_with(List& list);
  Scratch::List seen_of(const HiddenPostings& hidden) const;
  void add_list(const Postings& list, Scratch::List& into);
  void match_everything();
  void match_all();
  void match_frequent(std::span<List* const> lists);
  void take_bits(size_t words);
  void match_any();
  // Keeps the documents that have what the plan asks beside words.
  void narrow(Mode mode);
  void add_scores(List& list, std::span<const uint32_t> docs, std::vector<float>& into);
  void add_group_scores(std::span<const uint32_t> docs);
  // The documents of the filter that lets the fewest pass, with some that the viewer may not know of; false: no filter
  // lets fewer than `most` pass.
  bool candidates(std::span<const Filter> filters, size_t most);
  void keep_filtered(std::span<const Filter> filters);
  bool passes(uint32_t doc, uint64_t wanted) const;

  const Snapshot& m_snapshot;
  size_t m_number;  // of the segment
  const Plan& m_plan;
  const LiveSegment& m_live;
  const Segment& m_segment;
  const access::Viewer& m_viewer;
  bool m_sees_hidden;
  std::vector<List> m_lists;  // of the plan's words, then of the words of alternatives
  Scratch& m_scratch;
};

}  // namespace pitchblende::search
