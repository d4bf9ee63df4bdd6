#include "search/matching/matcher.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "search/matching/document_lists.hpp"
#include "search/matching/plan.hpp"

namespace pitchblende::search {

namespace {

// What the whole of a compound counts beside its parts, which have been counted already; measured on judged
// collections.
constexpr float k_whole = 0.5F;
// What another name of a concept counts beside the words that were typed: who typed a word sees it first.
constexpr float k_translated = 0.6F;
constexpr size_t k_seek = 4;  // several lists more than so many times longer are sought in and not joined

uint8_t added(uint8_t a, uint8_t b) { return static_cast<uint8_t>(std::min(a + b, 255)); }

uint64_t count_live(const LiveSegment& live, std::span<const uint32_t> docs) {
  uint64_t count = docs.size();
  if (live.dead == nullptr) {
    return count;
  }
  if (docs.size() <= size_t{live.dead_count} * k_sweep) {
    return static_cast<uint64_t>(
        std::count_if(docs.begin(), docs.end(), [&](uint32_t doc) { return !live.is_dead(doc); }));
  }
  size_t at = 0;
  for (size_t i = 0; i < live.dead->size(); ++i) {
    for (uint64_t bits = (*live.dead)[i]; bits != 0; bits &= bits - 1) {
      const auto doc = static_cast<uint32_t>(i * 64 + static_cast<size_t>(std::countr_zero(bits)));
      at = seek(docs, at, doc);
      count -= at < docs.size() && docs[at] == doc ? 1 : 0;
    }
  }
  return count;
}

}  // namespace

Statistics::Statistics(const Snapshot& snapshot) : documents(snapshot.documents) {
  const double weight =
      snapshot.words > 0 ? static_cast<double>(snapshot.length) / static_cast<double>(snapshot.words) : 1;
  const double k1 = k_k1 * weight;
  fixed = static_cast<float>(k1 * (1 - k_b));
  if (snapshot.length > 0) {
    per_length =
        static_cast<float>(k1 * k_b * static_cast<double>(snapshot.documents) / static_cast<double>(snapshot.length));
  }
}

float Statistics::idf(uint64_t document_frequency) const {
  const auto all = static_cast<double>(documents);
  const auto frequency = static_cast<double>(document_frequency);
  return static_cast<float>(std::log(1 + (all - frequency + 0.5) / (frequency + 0.5)));
}

QueryWord look_up(const Word& word, const Snapshot& snapshot, const Statistics& statistics) {
  QueryWord found;
  found.need = word.need;
  found.terms.resize(snapshot.segments.size());
  uint64_t most = 0;
  for (const std::string& form : word.forms) {
    uint64_t frequency = 0;
    for (size_t i = 0; i < snapshot.segments.size(); ++i) {
      const LiveSegment& live = snapshot.segments[i];
      if (const auto term = live.segment->find_term(form)) {
        found.terms[i].push_back(*term);
        frequency += count_live(live, live.segment->postings(*term).docs);
      }
    }
    most = std::max(most, frequency);
  }
  found.idf = statistics.idf(most) * (word.need == Need::scored ? k_whole : 1.0F);
  return found;
}

std::vector<QueryWord> look_up(const Wish& wish, const Snapshot& snapshot, const Statistics& statistics) {
  std::vector<QueryWord> words;
  for (const Word& word : wish.words) {
    words.push_back(look_up(word, snapshot, statistics));
  }
  return words;
}

Matcher::Matcher(const Snapshot& snapshot, size_t segment, const access::Viewer& viewer, const Plan& plan,
                 Scratch& scratch)
    : m_snapshot(snapshot),
      m_number(segment),
      m_plan(plan),
      m_live(snapshot.segments[segment]),
      m_segment(*m_live.segment),
      m_viewer(viewer),
      m_sees_hidden(viewer.reach != access::Visibility::everyone),
      m_scratch(scratch) {
  for (const QueryWord& word : plan.words) {
    add_word(word, segment);
  }
  for (const Plan::Group& group : plan.groups) {
    for (const uint32_t own : group.own) {
      m_lists[own].grouped = true;
    }
  }
  for (const Plan::Group& group : plan.groups) {
    for (const std::vector<QueryWord>& alternative : group.alternatives) {
      for (const QueryWord& word : alternative) {
        add_word(word, segment);
        m_lists.back().grouped = true;
      }
    }
  }
  m_scratch.lists.resize(std::max(m_scratch.lists.size(), m_lists.size()));
}

void Matcher::add_word(const QueryWord& word, size_t segment) {
  List& list = m_lists.emplace_back();
  list.need = word.need;
  list.idf = word.idf;
  list.terms = &word.terms[segment];
  for (const uint32_t term : *list.terms) {
    list.size += m_segment.postings(term).docs.size();
    list.size += m_sees_hidden ? m_segment.hidden_postings(term).docs.size() : 0;
  }
  if (!m_sees_hidden && m_live.frequent->is_frequent(list.size)) {
    list.frequent = m_live.frequent->of(m_segment, *list.terms);
  }
}

// Whether a document must have the word, or some word, for itself. What is grouped is asked for as a group, unless any
// word will do.
bool Matcher::asks(const List& list, Mode mode) const {
  return (list.need == Need::wanted || list.need == Need::required) && (mode == Mode::any || !list.grouped);
}

Matcher::~Matcher() {
  for (Scratch::List& list : m_scratch.lists) {
    list.docs.clear();
    list.weights.clear();
  }
}

// The documents of a word that the viewer may know of: one list as it stands, or the union of several.
const Postings& Matcher::gather(List& list) {
  if (list.gathered) {
    return list.postings;
  }
  list.gathered = true;
  const std::vector<uint32_t>& terms = *list.terms;
  const auto has_hidden = [&](uint32_t term) { return m_sees_hidden && !m_segment.hidden_postings(term).docs.empty(); };
  if (terms.size() == 1 && !has_hidden(terms[0])) {
    list.postings = m_segment.postings(terms[0]);
    return list.postings;
  }
  Scratch::List& into = m_scratch.lists[static_cast<size_t>(&list - m_lists.data())];
  for (const uint32_t term : terms) {
    add_list(m_segment.postings(term), into);
    if (has_hidden(term)) {
      const Scratch::List seen = seen_of(m_segment.hidden_postings(term));
      add_list({seen.docs, seen.weights}, into);
    }
  }
  list.postings = {into.docs, into.weights};
  return list.postings;
}

// What is hidden stands in lists with levels, which are only ever joined.
bool Matcher::is_sought(const List& list, size_t docs) const {
  return !list.gathered && !m_sees_hidden && list.terms->size() > 1 && list.size > docs * k_seek;
}

// Keeps the documents that have any of the word's terms.
void Matcher::intersect_terms(const List& list) {
  std::vector<size_t> at(list.terms->size());
  std::erase_if(m_scratch.docs, [&](uint32_t doc) {
    bool found = false;
    for (size_t i = 0; i < at.size() && !found; ++i) {
      const std::span<const uint32_t> docs = m_segment.postings((*list.terms)[i]).docs;
      at[i] = seek(docs, at[i], doc);
      found = at[i] < docs.size() && docs[at[i]] == doc;
    }
    return !found;
  });
}

Scratch::List Matcher::seen_of(const HiddenPostings& hidden) const {
  Scratch::List seen;
  for (size_t i = 0; i < hidden.docs.size(); ++i) {
    if (!m_segment.sees(m_viewer, static_cast<access::Visibility>(hidden.levels[i]), hidden.docs[i])) {
      continue;
    }
    if (!seen.docs.empty() && seen.docs.back() == hidden.docs[i]) {
      seen.weights.back() = added(seen.weights.back(), hidden.weights[i]);
    } else {
      seen.docs.push_back(hidden.docs[i]);
      seen.weights.push_back(hidden.weights[i]);
    }
  }
  return seen;
}

void Matcher::add_list(const Postings& list, Scratch::List& into) {
  if (into.docs.empty()) {
    into.docs.assign(list.docs.begin(), list.docs.end());
    into.weights.assign(list.weights.begin(), list.weights.end());
    return;
  }
  Scratch::List& joined = m_scratch.joined;
  joined.docs.resize(into.docs.size() + list.docs.size());
  joined.weights.resize(joined.docs.size());
  size_t a = 0;
  size_t b = 0;
  size_t out = 0;
  while (a < into.docs.size() && b < list.docs.size()) {
    const uint32_t left = into.docs[a];
    const uint32_t right = list.docs[b];
    joined.docs[out] = std::min(left, right);
    joined.weights[out++] = added(left <= right ? into.weights[a] : 0, right <= left ? list.weights[b] : 0);
    a += left <= right ? 1 : 0;
    b += right <= left ? 1 : 0;
  }
  for (; a < into.docs.size(); ++a, ++out) {
    joined.docs[out] = into.docs[a];
    joined.weights[out] = into.weights[a];
  }
  for (; b < list.docs.size(); ++b, ++out) {
    joined.docs[out] = list.docs[b];
    joined.weights[out] = list.weights[b];
  }
  joined.docs.resize(out);
  joined.weights.resize(out);
  std::swap(joined, into);
}

void Matcher::match_everything() {
  for (uint32_t doc = 0; doc < m_segment.documents(); ++doc) {
    const access::Visibility level = m_segment.visibility(doc);
    if (level == access::Visibility::everyone || (m_sees_hidden && m_segment.sees(m_viewer, level, doc))) {
      m_scratch.docs.push_back(doc);
    }
  }
}

void Matcher::match_all() {
  std::vector<List*> lists;
  std::vector<List*> frequent;
  for (List& list : m_lists) {
    if (asks(list, Mode::all)) {
      (list.frequent != nullptr ? frequent : lists).push_back(&list);
    }
  }
  if (lists.empty()) {
    match_frequent(frequent);
    return;
  }
  std::sort(lists.begin(), lists.end(), [](const List* a, const List* b) { return a->size < b->size; });
  const std::span<const uint32_t> first = gather(*lists[0]).docs;
  m_scratch.docs.assign(first.begin(), first.end());
  for (size_t i = 1; i < lists.size() && !m_scratch.docs.empty(); ++i) {
    if (is_sought(*lists[i], m_scratch.docs.size())) {
      intersect_terms(*lists[i]);
    } else {
      intersect(m_scratch.docs, gather(*lists[i]).docs);
    }
  }
  for (List* list : frequent) {
    keep_those_with(*list);
  }
}

// The documents that have all of the words.
void Matcher::match_frequent(std::span<List* const> lists) {
  const Bitmap& first = lists[0]->frequent->bits;
  const size_t size = first.size();
  std::vector<uint64_t>& bits = m_scratch.bits;
  bits.resize(std::max(bits.size(), size));
  std::copy(first.begin(), first.end(), bits.begin());
  for (const List* list : lists.subspan(1)) {
    std::transform(bits.begin(), bits.begin() + static_cast<std::ptrdiff_t>(size), list->frequent->bits.begin(),
                   bits.begin(), std::bit_and());
  }
  take_bits(size);
}

// Moves the documents whose bits are set to the others found; the bits are 0 again.
void Matcher::take_bits(size_t words) {
  std::vector<uint64_t>& bits = m_scratch.bits;
  size_t count = 0;
  for (size_t i = 0; i < words; ++i) {
    count += static_cast<size_t>(std::popcount(bits[i]));
  }
  m_scratch.docs.resize(count);
  uint32_t* out = m_scratch.docs.data();
  for (size_t i = 0; i < words; ++i) {
    for (uint64_t left = bits[i]; left != 0; left &= left - 1) {
      *out++ = static_cast<uint32_t>(i * 64 + static_cast<size_t>(std::countr_zero(left)));
    }
    bits[i] = 0;
  }
}

void Matcher::keep_those_with(List& list) {
  if (list.frequent == nullptr) {
    intersect(m_scratch.docs, gather(list).docs);
  } else {
    std::erase_if(m_scratch.docs, [&](uint32_t doc) { return !has_bit(list.frequent->bits, doc); });
  }
}

void Matcher::drop_those_with(List& list) {
  if (list.frequent == nullptr) {
    subtract(m_scratch.docs, gather(list).docs);
  } else {
    std::erase_if(m_scratch.docs, [&](uint32_t doc) { return has_bit(list.frequent->bits, doc); });
  }
}

void Matcher::match_any() {
  std::vector<uint64_t>& bits = m_scratch.bits;
  bits.resize(std::max<size_t>(bits.size(), (m_segment.documents() + 63) / 64));
  for (List& list : m_lists) {
    if (!asks(list, Mode::any)) {
      continue;
    }
    if (list.frequent != nullptr) {
      std::transform(list.frequent->bits.begin(), list.frequent->bits.end(), bits.begin(), bits.begin(), std::bit_or());
    } else {
      for (const uint32_t doc : gather(list).docs) {
        set_bit(bits, doc);
      }
    }
  }
  const Evaluator evaluator(m_snapshot, m_number, m_viewer);
  for (const Plan::Group& group : m_plan.groups) {
    const Bitmap some = evaluator.evaluate(group.node, Bitmap(make_bitmap(m_segment.documents()).size(), ~uint64_t{0}));
    std::transform(some.begin(), some.end(), bits.begin(), bits.begin(), std::bit_or());
  }
  take_bits(bits.size());
  for (List& list : m_lists) {
    if (list.need == Need::required) {
      keep_those_with(list);
    }
  }
}

bool Matcher::passes(uint32_t doc, uint64_t wanted) const {
  uint64_t met = 0;
  m_segment.each_facet(doc, [&](uint32_t value) { met |= m_scratch.mask[value]; });
  if (m_sees_hidden) {
    for (const uint32_t value : m_segment.hidden_facets(doc)) {
      const auto level = static_cast<access::Visibility>(value >> k_level_shift);
      met |= m_segment.sees(m_viewer, level, doc) ? m_scratch.mask[value & k_value_mask] : 0;
    }
  }
  return met == wanted;
}

bool Matcher::candidates(std::span<const Filter> filters, size_t most) {
  std::vector<uint32_t> best;
  bool found = false;
  for (const Filter& filter : filters) {
    std::vector<uint32_t> numbers;
    size_t size = 0;
    for (const std::string& value : filter.values) {
      if (const auto number = m_segment.find_value(filter.facet, value)) {
        numbers.push_back(*number);
        size += m_segment.docs_of(*number).size() + (m_sees_hidden ? m_segment.hidden_docs_of(*number).size() : 0);
      }
    }
    if (!filter.values.empty() && size < most) {
      found = true;
      most = size;
      best = std::move(numbers);
    }
  }
  std::vector<uint32_t>& docs = m_scratch.candidates;
  docs.clear();
  const auto take = [&](std::span<const uint32_t> more) {
    const auto middle = static_cast<std::ptrdiff_t>(docs.size());
    docs.insert(docs.end(), more.begin(), more.end());
    std::inplace_merge(docs.begin(), docs.begin() + middle, docs.end());
  };
  for (const uint32_t number : best) {
    take(m_segment.docs_of(number));
    if (m_sees_hidden) {
      take(m_segment.hidden_docs_of(number));
    }
  }
  docs.erase(std::unique(docs.begin(), docs.end()), docs.end());
  return found;
}

void Matcher::keep_filtered(std::span<const Filter> filters) {
  std::vector<uint64_t>& mask = m_scratch.mask;
  mask.resize(std::max<size_t>(mask.size(), m_segment.values()));
  // A word of the mask has room for 64 filters: more go in several rounds.
  for (size_t first = 0; first < filters.size(); first += 64) {
    const auto some = filters.subspan(first, std::min<size_t>(64, filters.size() - first));
    uint64_t wanted = 0;
    std::vector<uint32_t> marked;
    for (size_t i = 0; i < some.size(); ++i) {
      wanted |= some[i].values.empty() ? 0 : uint64_t{1} << i;
      for (const std::string& value : some[i].values) {
        if (const auto number = m_segment.find_value(some[i].facet, value)) {
          mask[*number] |= uint64_t{1} << i;
          marked.push_back(*number);
        }
      }
    }
    if (wanted != 0) {
      std::erase_if(m_scratch.docs, [&](uint32_t doc) { return !passes(doc, wanted); });
    }
    for (const uint32_t number : marked) {
      mask[number] = 0;
    }
  }
}

std::span<const uint32_t> Matcher::match(Mode mode, std::span<const Filter> filters) {
  m_scratch.docs.clear();
  const bool has_words =
      std::any_of(m_lists.begin(), m_lists.end(), [&](const List& list) { return asks(list, mode); });
  if (!has_words) {
    // Whoever passes a filter has its value at a level that the viewer sees: he may know of the document as well.
    if (candidates(filters, m_segment.documents())) {
      std::swap(m_scratch.docs, m_scratch.candidates);
    } else {
      match_everything();
    }
  } else if (mode == Mode::all) {
    match_all();
  } else {
    match_any();
  }
  for (List& list : m_lists) {
    if (list.need == Need::excluded) {
      drop_those_with(list);
    }
  }
  if (m_live.dead != nullptr) {
    std::erase_if(m_scratch.docs, [&](uint32_t doc) { return m_live.is_dead(doc); });
  }
  if (!filters.empty()) {
    if (has_words && candidates(filters, m_scratch.docs.size())) {
      intersect(m_scratch.docs, m_scratch.candidates);
    }
    keep_filtered(filters);
  }
  narrow(mode);
  return m_scratch.docs;
}

void Matcher::narrow(Mode mode) {
  const bool grouped = mode == Mode::all && !m_plan.groups.empty();
  if (m_scratch.docs.empty() || (!grouped && m_plan.required.children.empty())) {
    return;
  }
  Bitmap within = make_bitmap(m_segment.documents());
  for (const uint32_t doc : m_scratch.docs) {
    set_bit(within, doc);
  }
  const Evaluator evaluator(m_snapshot, m_number, m_viewer);
  for (const Plan::Group& group : m_plan.groups) {
    if (grouped) {
      within = evaluator.evaluate(group.node, within);
    }
  }
  within = evaluator.evaluate(m_plan.required, within);
  std::erase_if(m_scratch.docs, [&](uint32_t doc) { return !has_bit(within, doc); });
}

// Adds the occurrences that postings have of documents to their weights.
void Matcher::weigh(const Postings& postings, std::span<const uint32_t> docs) {
  uint8_t* const weights = m_scratch.weights.data();
  const bool swept = postings.docs.size() <= docs.size() * k_sweep;
  size_t at = 0;
  for (size_t i = 0; i < docs.size(); ++i) {
    at = swept ? step_to(postings.docs, at, docs[i]) : seek(postings.docs, at, docs[i]);
    if (at == postings.docs.size()) {
      break;
    }
    if (postings.docs[at] == docs[i]) {
      weights[i] = added(weights[i], postings.weights[at]);
    }
  }
}

std::span<const float> Matcher::score(std::span<const uint32_t> docs, const Statistics& statistics) {
  const std::span<const uint32_t> lengths = m_segment.lengths();
  std::vector<float>& scores = m_scratch.scores;
  std::vector<float>& norms = m_scratch.norms;
  scores.assign(docs.size(), 0.0F);
  norms.resize(docs.size());
  for (size_t i = 0; i < docs.size(); ++i) {
    norms[i] = statistics.fixed + statistics.per_length * static_cast<float>(lengths[docs[i]]);
  }
  // The sum is made in the order of the words, whatever the way, so that a document has one score in any segment.
  for (List& list : m_lists) {
    if (list.need != Need::excluded && !list.grouped) {
      add_scores(list, docs, scores);
    }
  }
  add_group_scores(docs);
  return scores;
}

void Matcher::add_scores(List& list, std::span<const uint32_t> docs, std::vector<float>& into) {
  std::vector<uint8_t>& weights = m_scratch.weights;
  const std::vector<float>& norms = m_scratch.norms;
  weights.assign(docs.size(), 0);
  if (list.frequent != nullptr) {
    for (size_t i = 0; i < docs.size(); ++i) {
      weights[i] = list.frequent->weight(docs[i]);
    }
  } else if (is_sought(list, docs.size())) {
    for (const uint32_t term : *list.terms) {
      weigh(m_segment.postings(term), docs);
    }
  } else {
    weigh(gather(list), docs);
  }
  for (size_t i = 0; i < docs.size(); ++i) {
    const auto weight = static_cast<float>(weights[i]);
    into[i] += weight > 0 ? list.idf * weight / (weight + norms[i]) : 0.0F;
  }
}

// The best that one name of a concept gives a document.
void Matcher::add_group_scores(std::span<const uint32_t> docs) {
  std::vector<float>& best = m_scratch.group;
  std::vector<float>& other = m_scratch.other;
  size_t next = m_plan.words.size();
  for (const Plan::Group& group : m_plan.groups) {
    best.assign(docs.size(), 0.0F);
    for (const uint32_t own : group.own) {
      add_scores(m_lists[own], docs, best);
    }
    for (const std::vector<QueryWord>& alternative : group.alternatives) {
      other.assign(docs.size(), 0.0F);
      for (size_t i = 0; i < alternative.size(); ++i) {
        add_scores(m_lists[next++], docs, other);
      }
      for (size_t i = 0; i < docs.size(); ++i) {
        best[i] = std::max(best[i], k_translated * other[i]);
      }
    }
    std::transform(best.begin(), best.end(), m_scratch.scores.begin(), m_scratch.scores.begin(), std::plus());
  }
}

}  // namespace pitchblende::search
