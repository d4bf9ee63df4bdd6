#include "search/finder.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "search/facet_counter.hpp"
#include "search/matching/matcher.hpp"
#include "search/snippet.hpp"

namespace pitchblende::search {

namespace {

constexpr uint32_t k_largest_page = 1000;
constexpr size_t k_all = size_t{1} << 32;  // more than an index numbers

struct Found {
  uint64_t rank = 0;  // the highest comes first
  uint64_t id = 0;
  float score = 0;
  uint32_t segment = 0;
  uint32_t doc = 0;
};

// By rank; documents of one rank in the order of titles by the whole of what they are sorted by; then by id.
struct IsBefore {
  const Snapshot& snapshot;
  Order order;

  bool operator()(const Found& a, const Found& b) const {
    if (a.rank != b.rank) {
      return a.rank > b.rank;
    }
    if (order == Order::title) {
      if (const int way = sort_text(a).compare(sort_text(b)); way != 0) {
        return way < 0;
      }
    }
    return a.id < b.id;
  }
  std::string_view sort_text(const Found& found) const {
    return TextReader(snapshot.segments[found.segment].segment->raw_texts(found.doc)).sort_text();
  }
};

// Scores are not negative: their bits are ordered as they are.
uint64_t rank_of(Order order, const Segment& segment, uint32_t doc, float score) {
  switch (order) {
    case Order::relevance:
      return std::bit_cast<uint32_t>(score);
    case Order::newest:
      return uint64_t{segment.date(doc)} << 32 | std::bit_cast<uint32_t>(score);
    case Order::title:
      return ~segment.sort_key(doc);
  }
  return 0;
}

// The best so many of all that are offered.
class Best {
 public:
  Best(size_t size, IsBefore is_before) : m_size(size), m_is_before(is_before) {}

  bool may_enter(uint64_t rank) const { return !m_full || rank >= m_least; }
  void offer(const Found& found) {
    if (m_size == 0) {
      return;
    }
    m_found.push_back(found);
    if (m_found.size() >= m_size * 2 + 64) {
      const auto last = m_found.begin() + static_cast<std::ptrdiff_t>(m_size) - 1;
      std::nth_element(m_found.begin(), last, m_found.end(), m_is_before);
      m_found.resize(m_size);
      m_least = m_found.back().rank;
      m_full = true;
    }
  }
  std::vector<Found> page(size_t from) {
    const size_t end = std::min(m_found.size(), m_size);
    std::partial_sort(m_found.begin(), m_found.begin() + static_cast<std::ptrdiff_t>(end), m_found.end(), m_is_before);
    return {m_found.begin() + static_cast<std::ptrdiff_t>(std::min(from, end)),
            m_found.begin() + static_cast<std::ptrdiff_t>(end)};
  }

 private:
  size_t m_size;
  IsBefore m_is_before;
  std::vector<Found> m_found;
  bool m_full = false;
  uint64_t m_least = 0;
};

std::array<uint32_t, k_facets> wanted_facets(const Query& query) {
  std::array<uint32_t, k_facets> sizes{};
  if (query.facets.empty()) {
    std::fill_n(sizes.begin(), k_facets_for_people, query.facet_size);
  }
  for (const auto& [facet, size] : query.facets) {
    sizes[static_cast<size_t>(facet)] = size;
  }
  return sizes;
}

// A topic is filtered by as it is counted: by all values that name it.
std::vector<Filter> with_topics(std::vector<Filter> filters, const Snapshot& snapshot) {
  for (Filter& filter : filters) {
    const std::vector<std::string> typed = filter.facet == Facet::concept_ ? filter.values : std::vector<std::string>();
    for (const std::string& value : typed) {
      for (const uint32_t number : snapshot.topics->values(value)) {
        filter.values.emplace_back(snapshot.values->value(number));
      }
    }
  }
  return filters;
}

class Search {
 public:
  Search(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer)
      : Search(snapshot, query, viewer, size_t{query.from} + std::min(query.size, k_largest_page)) {}
  // Of what is found the best so many.
  Search(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer, size_t most)
      : m_snapshot(snapshot),
        m_query(query),
        m_viewer(viewer),
        m_filters(with_topics(query.filters, snapshot)),
        m_statistics(snapshot),
        m_plan(query.match == Match::any ? plan_of_words(query, snapshot, m_statistics)
                                         : plan_of(query, snapshot, viewer, m_statistics)),
        m_best(most, {snapshot, query.order}) {}

  Answer run() {
    m_facets.begin(m_snapshot, wanted_facets(m_query));
    look();
    if (wants_facets()) {
      m_answer.facets = m_facets.finish(m_snapshot);
    }
    show();
    m_answer.ignored = std::move(m_plan.wish.ignored);
    m_answer.notes = std::move(m_plan.notes);
    m_answer.translated = std::move(m_plan.translated);
    return std::move(m_answer);
  }

  List list() {
    look();
    List out;
    std::array<bool, registry::k_kinds> met{};
    for (const Found& found : m_best.page(0)) {
      out.ids.emplace_back(found.id);
      met[static_cast<size_t>(m_snapshot.segments[found.segment].segment->kind(found.doc))] = true;
    }
    for (size_t kind = 0; kind < met.size(); ++kind) {
      if (met[kind]) {
        out.kinds.push_back(static_cast<registry::Kind>(kind));
      }
    }
    return out;
  }

  FoundDocuments documents() {
    look();
    FoundDocuments out;
    for (const Found& found : m_best.page(m_query.from)) {
      out.best.push_back({found.segment, found.doc, found.score});
    }
    out.count = m_answer.count;
    out.relaxed = m_answer.relaxed;
    out.plan = std::move(m_plan);
    return out;
  }

 private:
  void look() {
    match(m_query.match == Match::all ? Mode::all : Mode::any);
    const std::vector<Word>& words = m_plan.wish.words;
    const auto wanted = [](const Word& word) { return word.need == Need::wanted; };
    if (m_query.match == Match::all && m_answer.count == 0 && words.size() > 1 &&
        std::any_of(words.begin(), words.end(), wanted)) {
      match(Mode::any);
      m_answer.relaxed = m_answer.count > 0;
    }
  }

  bool wants_facets() const { return m_query.facet_size > 0 || !m_query.facets.empty(); }

  void match(Mode mode) {
    for (uint32_t i = 0; i < m_snapshot.segments.size(); ++i) {
      Matcher matcher(m_snapshot, i, m_viewer, m_plan, m_scratch);
      const std::span<const uint32_t> docs = matcher.match(mode, m_filters);
      if (docs.empty()) {
        continue;
      }
      m_answer.count += docs.size();
      if (wants_facets()) {
        m_facets.count(m_snapshot.segments[i], docs, m_viewer);
      }
      const std::span<const float> scores = matcher.score(docs, m_statistics);
      const Segment& segment = *m_snapshot.segments[i].segment;
      for (size_t at = 0; at < docs.size(); ++at) {
        const uint64_t rank = rank_of(m_query.order, segment, docs[at], scores[at]);
        if (m_best.may_enter(rank)) {
          m_best.offer({rank, segment.ids()[docs[at]], scores[at], i, docs[at]});
        }
      }
    }
  }

  void show() {
    SnippetMaker maker(m_plan.wish, m_query.reader, m_plan.marked, m_plan.marked_as);
    for (const Found& found : m_best.page(m_query.from)) {
      const Segment& segment = *m_snapshot.segments[found.segment].segment;
      Hit& hit = m_answer.hits.emplace_back();
      hit.id = Id(found.id);
      hit.kind = segment.kind(found.doc);
      hit.score = found.score;
      if (m_query.snippets) {
        maker.fill(hit, segment, found.doc, m_viewer);
      } else {
        const TextReader texts(segment.sound_texts(found.doc));
        hit.title = texts.title();
        hit.note = texts.note();
      }
    }
  }

  static thread_local Scratch m_scratch;
  static thread_local FacetCounter m_facets;

  const Snapshot& m_snapshot;
  const Query& m_query;
  const access::Viewer& m_viewer;
  std::vector<Filter> m_filters;
  Statistics m_statistics;
  Plan m_plan;
  Best m_best;
  Answer m_answer;
};

thread_local Scratch Search::m_scratch;
thread_local FacetCounter Search::m_facets;

}  // namespace

FoundDocuments find_documents(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer) {
  return Search(snapshot, query, viewer).documents();
}

List list_all(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer) {
  Query bare = query;
  bare.facets.clear();
  bare.facet_size = 0;
  return Search(snapshot, bare, viewer, k_all).list();
}

Answer find(const Snapshot& snapshot, const Query& query, const access::Viewer& viewer) {
  return Search(snapshot, query, viewer).run();
}

}  // namespace pitchblende::search
