// Bits of documents, node by node: what costs little first, so that texts are read of few documents.
#include <algorithm>
#include <bit>
#include <functional>

#include "search/matching/plan.hpp"
#include "search/pairs/word_pairs.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_terms_kept = 3;  // forms of one word; what has more terms is not kept as bits

void intersect(Bitmap& bits, const Bitmap& with) {
  std::transform(bits.begin(), bits.end(), with.begin(), bits.begin(), std::bit_and());
}

// 0: bits alone; 1: texts are read somewhere in it.
int cost(const PlanNode& node) {
  if (node.type == PlanNode::Type::text) {
    return 1;
  }
  int most = 0;
  for (const PlanNode& child : node.children) {
    most = std::max(most, cost(child));
  }
  return most;
}

}  // namespace

Evaluator::Evaluator(const Snapshot& snapshot, size_t segment, const access::Viewer& viewer)
    : m_live(snapshot.segments[segment]),
      m_segment(*m_live.segment),
      m_number(segment),
      m_viewer(viewer),
      m_sees_hidden(viewer.reach != access::Visibility::everyone) {}

Bitmap Evaluator::everything() const {
  Bitmap bits = make_bitmap(m_segment.documents());
  for (uint32_t doc = 0; doc < m_segment.documents(); ++doc) {
    const access::Visibility level = m_segment.visibility(doc);
    const bool seen = level == access::Visibility::everyone || (m_sees_hidden && m_segment.sees(m_viewer, level, doc));
    if (seen && !m_live.is_dead(doc)) {
      set_bit(bits, doc);
    }
  }
  return bits;
}

Bitmap Evaluator::evaluate(const PlanNode& node, const Bitmap& within) const {
  Bitmap bits;
  switch (node.type) {
    case PlanNode::Type::all:
      return all_of(node, within);
    case PlanNode::Type::any:
      bits = make_bitmap(m_segment.documents());
      for (const PlanNode& child : node.children) {
        const Bitmap some = evaluate(child, within);
        std::transform(bits.begin(), bits.end(), some.begin(), bits.begin(), std::bit_or());
      }
      return bits;
    case PlanNode::Type::negation:
      bits = within;
      if (!node.children.empty()) {
        const Bitmap some = evaluate(node.children.front(), within);
        std::transform(bits.begin(), bits.end(), some.begin(), bits.begin(),
                       [](uint64_t a, uint64_t b) { return a & ~b; });
      }
      return bits;
    case PlanNode::Type::terms:
      bits = with_terms(node.terms[m_number]);
      break;
    case PlanNode::Type::values:
      bits = with_values(node.values[m_number]);
      break;
    case PlanNode::Type::text:
      return with_text(node, within);
    case PlanNode::Type::nothing:
      return make_bitmap(m_segment.documents());
  }
  intersect(bits, within);
  return bits;
}

Bitmap Evaluator::all_of(const PlanNode& node, const Bitmap& within) const {
  Bitmap bits = within;
  for (const int wanted : {0, 1}) {
    for (const PlanNode& child : node.children) {
      if (cost(child) == wanted) {
        bits = evaluate(child, bits);
      }
    }
  }
  return bits;
}

Bitmap Evaluator::with_terms(const std::vector<uint32_t>& terms) const {
  size_t size = 0;
  for (const uint32_t term : terms) {
    size += m_segment.postings(term).docs.size();
  }
  if (!m_sees_hidden && terms.size() <= k_terms_kept && m_live.frequent->is_frequent(size)) {
    return m_live.frequent->of(m_segment, terms)->bits;
  }
  Bitmap bits = make_bitmap(m_segment.documents());
  for (const uint32_t term : terms) {
    for (const uint32_t doc : m_segment.postings(term).docs) {
      set_bit(bits, doc);
    }
    if (m_sees_hidden) {
      const HiddenPostings hidden = m_segment.hidden_postings(term);
      for (size_t i = 0; i < hidden.docs.size(); ++i) {
        if (m_segment.sees(m_viewer, static_cast<access::Visibility>(hidden.levels[i]), hidden.docs[i])) {
          set_bit(bits, hidden.docs[i]);
        }
      }
    }
  }
  return bits;
}

Bitmap Evaluator::with_values(const std::vector<uint32_t>& values) const {
  Bitmap bits = make_bitmap(m_segment.documents());
  for (const uint32_t value : values) {
    for (const uint32_t doc : m_segment.docs_of(value)) {
      set_bit(bits, doc);
    }
    if (!m_sees_hidden) {
      continue;
    }
    for (const uint32_t doc : m_segment.hidden_docs_of(value)) {
      for (const uint32_t own : m_segment.hidden_facets(doc)) {
        if ((own & k_value_mask) == value &&
            m_segment.sees(m_viewer, static_cast<access::Visibility>(own >> k_level_shift), doc)) {
          set_bit(bits, doc);
        }
      }
    }
  }
  return bits;
}

// Documents with a hidden text that the viewer may see and that has any of the terms of each word: what is listed of
// public texts says nothing of it.
Bitmap Evaluator::with_hidden_terms(const PlanNode& node) const {
  Bitmap bits = make_bitmap(m_segment.documents());
  if (!m_sees_hidden) {
    return bits;
  }
  bits.assign(bits.size(), ~uint64_t{0});
  for (const PlanNode::BySegment& word : node.words) {
    Bitmap some = make_bitmap(m_segment.documents());
    for (const uint32_t term : word[m_number]) {
      for (const uint32_t doc : m_segment.hidden_postings(term).docs) {
        set_bit(some, doc);
      }
    }
    intersect(bits, some);
  }
  return bits;
}

// Of a phrase what the lists of pairs say: takes out of `bits` the documents that have it nowhere, and gives those that
// have it somewhere.
Bitmap Evaluator::by_pairs(const PlanNode& node, Bitmap& bits) const {
  Bitmap sure = make_bitmap(m_segment.documents());
  if (node.need.form != TextNeed::Form::phrase || node.need.words.size() < 2) {
    return sure;
  }
  const bool is_pair = node.need.words.size() == 2 && node.need.fields.empty();
  const Bitmap hidden = with_hidden_terms(node);
  for (size_t at = 0; at + 1 < node.need.words.size(); ++at) {
    const auto said = said_of_pair(m_segment, node.need.words[at], node.need.words[at + 1]);
    for (size_t i = 0; said && i < bits.size(); ++i) {
      bits[i] &= said->with[i] | ~said->listed[i] | hidden[i];
      sure[i] = is_pair ? said->with[i] & bits[i] : 0;
    }
  }
  return sure;
}

Bitmap Evaluator::with_text(const PlanNode& node, const Bitmap& within) const {
  Bitmap bits = within;
  for (const PlanNode::BySegment& word : node.words) {
    intersect(bits, with_terms(word[m_number]));
  }
  const Bitmap sure = by_pairs(node, bits);
  TextFinder finder(node.need);
  for (size_t i = 0; i < bits.size(); ++i) {
    for (uint64_t left = bits[i] & ~sure[i]; left != 0; left &= left - 1) {
      const auto doc = static_cast<uint32_t>(i * 64 + static_cast<size_t>(std::countr_zero(left)));
      if (!finder.stands_in(m_segment, doc, m_viewer)) {
        bits[i] &= ~(left & (~left + 1));
      }
    }
  }
  return bits;
}

}  // namespace pitchblende::search
