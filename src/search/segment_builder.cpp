#include "search/segment_builder.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/text_words.hpp"
#include "search/analysis.hpp"
#include "search/naming.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_largest_vocabulary = size_t{96} << 20;  // bytes, then it is forgotten
constexpr uint32_t k_most_weight = 255;

// Occurrences of terms, document by document, as they are met.
struct Forward {
  std::vector<uint32_t> terms;
  std::vector<uint8_t> weights;
  std::vector<uint8_t> levels;  // of hidden ones only
  std::vector<uint32_t> ends;   // of each document
};

struct Inverted {
  std::vector<uint32_t> starts;
  std::vector<uint32_t> docs;
  std::vector<uint8_t> weights;
  std::vector<uint8_t> levels;
};

// Counting sort by term; `rank` says where a term stands in the dictionary. Frees what it has read.
Inverted invert(Forward&& forward, const std::vector<uint32_t>& rank, size_t terms) {
  Inverted out;
  out.starts.assign(terms + 1, 0);
  for (const uint32_t term : forward.terms) {
    ++out.starts[rank[term] + 1];
  }
  std::partial_sum(out.starts.begin(), out.starts.end(), out.starts.begin());
  std::vector<uint32_t> next(out.starts.begin(), out.starts.end() - 1);
  out.docs.resize(forward.terms.size());
  out.weights.resize(forward.terms.size());
  out.levels.resize(forward.levels.size());
  size_t i = 0;
  for (uint32_t doc = 0; doc < forward.ends.size(); ++doc) {
    for (; i < forward.ends[doc]; ++i) {
      const uint32_t at = next[rank[forward.terms[i]]]++;
      out.docs[at] = doc;
      out.weights[at] = forward.weights[i];
      if (!forward.levels.empty()) {
        out.levels[at] = forward.levels[i];
      }
    }
  }
  forward = {};
  return out;
}

// The first bytes as a number that is ordered as they are.
uint64_t sort_key(std::string_view text) {
  uint64_t key = 0;
  for (size_t at = 0; at < sizeof key; ++at) {
    key = key << 8 | (at < text.size() ? static_cast<unsigned char>(text[at]) : 0U);
  }
  return key;
}

std::string cleaned(std::string&& text) { return is_valid_utf8(text) ? std::move(text) : clean_utf8(text); }

}  // namespace

class SegmentBuilder::Work {
 public:
  Work(SegmentBuilder& builder, size_t text_bytes) : m_builder(builder) { m_texts.reserve(text_bytes); }

  void add(Document&& document);
  std::shared_ptr<const Segment> finish();

 private:
  void add_texts(Document& document);
  void count_level(const Document& document, access::Visibility level);
  void count_name(std::string_view name);
  void add_facets(const Document& document);
  void add_documents(SegmentImage& image) const;
  void add_values(SegmentImage& image);
  void add_pairs(SegmentImage& image);

  struct Item {
    uint32_t value;
    access::Visibility level;
  };

  SegmentBuilder& m_builder;
  uint32_t m_documents = 0;
  std::vector<uint64_t> m_ids;
  std::vector<uint8_t> m_kinds;
  std::vector<uint8_t> m_levels;
  std::vector<uint32_t> m_lengths;
  std::vector<uint32_t> m_words;
  std::vector<uint32_t> m_dates;
  std::vector<uint64_t> m_sort_keys;
  std::vector<uint32_t> m_owner_starts{0};
  std::vector<Id> m_owners;
  StringTable m_values;  // facet, then the value
  std::vector<uint32_t> m_facet_starts{0};
  std::vector<Item> m_items;
  std::vector<uint64_t> m_text_starts{0};
  std::vector<uint32_t> m_text_checks;
  std::string m_texts;
  Forward m_public;
  Forward m_hidden;
  std::vector<uint32_t> m_weight_of;  // of each term in the document and level at hand
  std::vector<uint32_t> m_met;
  WordSequences m_sequences;  // of public texts
  PairLists m_pairs;

  std::vector<uint32_t> m_value_starts{0};
  std::vector<uint8_t> m_value_facets;
  std::string m_value_bytes;
  std::vector<uint32_t> m_public_starts{0};
  std::vector<uint32_t> m_public_facets;
  std::vector<uint32_t> m_hidden_starts{0};
  std::vector<uint32_t> m_hidden_facets;
  std::vector<FacetLine> m_facet_lines;
  DocsOfValues m_docs_of_values;
  DocsOfValues m_hidden_docs_of_values;
};

void SegmentBuilder::Work::add(Document&& document) {
  m_ids.push_back(document.id.bits());
  m_kinds.push_back(static_cast<uint8_t>(document.kind));
  m_levels.push_back(static_cast<uint8_t>(document.visibility));
  std::sort(document.owners.begin(), document.owners.end());
  m_owners.insert(m_owners.end(), document.owners.begin(), document.owners.end());
  m_owner_starts.push_back(static_cast<uint32_t>(m_owners.size()));
  add_facets(document);
  add_texts(document);
  ++m_documents;
}

void SegmentBuilder::Work::add_texts(Document& document) {
  const size_t begin = m_texts.size();
  append_sized(m_texts, cleaned(std::move(document.title)));
  append_sized(m_texts, cleaned(std::move(document.note)));
  document.sort_text = cleaned(std::move(document.sort_text));
  append_sized(m_texts, document.sort_text);
  m_dates.push_back(document.date);
  m_sort_keys.push_back(sort_key(document.sort_text));
  m_lengths.push_back(0);
  m_words.push_back(0);
  for (TextField& text : document.texts) {
    text.text = cleaned(std::move(text.text));
    text.weight = std::clamp<uint8_t>(text.weight, 1, 10);
    append_text(m_texts, {text.weight, text.visibility, stem_language(text.lang), field_code(text.field), text.text});
  }
  for (const auto level : {access::Visibility::everyone, access::Visibility::consortium,
                           access::Visibility::institution, access::Visibility::owner, access::Visibility::nobody}) {
    count_level(document, level);
  }
  m_public.ends.push_back(static_cast<uint32_t>(m_public.terms.size()));
  m_hidden.ends.push_back(static_cast<uint32_t>(m_hidden.terms.size()));
  m_sequences.ends.push_back(m_sequences.words.size());
  m_text_checks.push_back(static_cast<uint32_t>(checksum(std::string_view(m_texts).substr(begin))));
  m_text_starts.push_back(m_texts.size());
}

// The terms of the texts that are seen at one level: a text of a hidden document is as hidden as the document.
void SegmentBuilder::Work::count_level(const Document& document, access::Visibility level) {
  for (const TextField& text : document.texts) {
    if (std::max(text.visibility, document.visibility) != level) {
      continue;
    }
    const StemLanguage language = stem_language(text.lang);
    ChunkScanner scanner(text.text);
    Chunk chunk;
    uint32_t words = 0;
    while (scanner.next(chunk)) {
      ++words;
      const Spelling list =
          m_builder.spelling(std::string_view(text.text).substr(chunk.begin, chunk.end - chunk.begin), language);
      m_weight_of.resize(std::max<size_t>(m_weight_of.size(), m_builder.m_terms.size()));
      for (uint32_t i = 0; i < list.count; ++i) {
        const uint32_t term = list.count == 1 ? list.first : m_builder.m_spelling_terms[list.first + i];
        if (m_weight_of[term] == 0) {
          m_met.push_back(term);
        }
        m_weight_of[term] += text.weight;
      }
      for (uint32_t i = 0; level == access::Visibility::everyone && i < list.atoms; ++i) {
        m_sequences.words.push_back(list.atoms == 1 ? list.first_atom
                                                    : m_builder.m_spelling_atoms[list.first_atom + i]);
      }
    }
    m_sequences.words.push_back(WordSequences::k_end_of_text);
    if (text.part == TextPart::name) {
      count_name(text.text);
    }
    if (level == document.visibility) {
      m_words.back() += words;
      m_lengths.back() += words * text.weight;
    }
  }
  const bool everyone = level == access::Visibility::everyone;
  Forward& forward = everyone ? m_public : m_hidden;
  for (const uint32_t term : m_met) {
    forward.terms.push_back(term);
    forward.weights.push_back(static_cast<uint8_t>(std::min(m_weight_of[term], k_most_weight)));
    if (!everyone) {
      forward.levels.push_back(static_cast<uint8_t>(level));
    }
    m_weight_of[term] = 0;
  }
  m_met.clear();
}

void SegmentBuilder::Work::count_name(std::string_view name) {
  const std::string whole = name_term(name);
  if (whole.empty()) {
    return;
  }
  const uint32_t term = m_builder.m_terms.number(whole);
  m_weight_of.resize(std::max<size_t>(m_weight_of.size(), m_builder.m_terms.size()));
  if (m_weight_of[term] == 0) {
    m_met.push_back(term);
  }
  m_weight_of[term] = k_name_weight;
}

void SegmentBuilder::Work::add_facets(const Document& document) {
  std::vector<Item> items;
  const auto add = [&](Facet facet, std::string_view value, access::Visibility visibility) {
    std::string key(1, static_cast<char>(facet));
    key += value;
    items.push_back({m_values.number(key), std::max(visibility, document.visibility)});
  };
  add(Facet::kind, registry::name(document.kind), access::Visibility::everyone);
  for (const FacetValue& value : document.facets) {
    if (!value.value.empty()) {
      add(value.facet, clean_utf8(value.value), value.visibility);
    }
  }
  // Twice the same value: the one that more people see.
  std::sort(items.begin(), items.end(),
            [](const Item& a, const Item& b) { return std::tie(a.value, a.level) < std::tie(b.value, b.level); });
  items.erase(std::unique(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.value == b.value; }),
              items.end());
  m_items.insert(m_items.end(), items.begin(), items.end());
  m_facet_starts.push_back(static_cast<uint32_t>(m_items.size()));
}

// Puts the facet values into their order and renumbers them in the documents.
void SegmentBuilder::Work::add_values(SegmentImage& image) {
  std::vector<uint32_t> order(m_values.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return m_values[a] < m_values[b]; });
  std::vector<uint32_t> rank(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) {
    const std::string_view key = m_values[order[i]];
    rank[order[i]] = i;
    m_value_facets.push_back(static_cast<uint8_t>(key[0]));
    m_value_bytes += key.substr(1);
    m_value_starts.push_back(static_cast<uint32_t>(m_value_bytes.size()));
  }
  for (uint32_t doc = 0; doc < m_documents; ++doc) {
    const std::span<Item> items(m_items.data() + m_facet_starts[doc], m_facet_starts[doc + 1] - m_facet_starts[doc]);
    for (Item& item : items) {
      item.value = rank[item.value];
    }
    std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.value < b.value; });
    for (const Item& item : items) {
      if (item.level == access::Visibility::everyone) {
        m_public_facets.push_back(item.value);
      } else {
        m_hidden_facets.push_back(item.value | static_cast<uint32_t>(item.level) << k_level_shift);
      }
    }
    m_public_starts.push_back(static_cast<uint32_t>(m_public_facets.size()));
    m_hidden_starts.push_back(static_cast<uint32_t>(m_hidden_facets.size()));
  }
  image.add(Section::value_starts, m_value_starts);
  image.add(Section::value_facets, m_value_facets);
  image.add(Section::value_bytes, m_value_bytes);
  image.add(Section::facet_starts, m_public_starts);
  image.add(Section::facets, m_public_facets);
  m_facet_lines = facet_lines(m_public_starts, m_public_facets);
  image.add(Section::facet_lines, m_facet_lines);
  image.add(Section::hidden_facet_starts, m_hidden_starts);
  image.add(Section::hidden_facets, m_hidden_facets);
  m_docs_of_values = DocsOfValues(m_public_starts, m_public_facets, m_value_facets.size());
  image.add(Section::value_doc_starts, m_docs_of_values.starts);
  image.add(Section::value_docs, m_docs_of_values.docs);
  m_hidden_docs_of_values = DocsOfValues(m_hidden_starts, m_hidden_facets, m_value_facets.size());
  image.add(Section::hidden_value_doc_starts, m_hidden_docs_of_values.starts);
  image.add(Section::hidden_value_docs, m_hidden_docs_of_values.docs);
}

// What was learned from little is learned again from much.
void SegmentBuilder::Work::add_pairs(SegmentImage& image) {
  constexpr uint64_t k_much = 4;
  if (m_sequences.words.size() > m_builder.m_pair_rule.learned_from * k_much) {
    if (PairRule rule = PairRule::learned(m_sequences, m_builder.m_atoms); !rule.empty()) {
      m_builder.m_pair_rule = std::move(rule);
    }
  }
  m_pairs = PairLists(m_sequences, m_builder.m_atoms, m_builder.m_pair_rule);
  m_sequences = {};
  m_pairs.add_to(image);
}

void SegmentBuilder::Work::add_documents(SegmentImage& image) const {
  image.add(Section::ids, m_ids);
  image.add(Section::kinds, m_kinds);
  image.add(Section::levels, m_levels);
  image.add(Section::lengths, m_lengths);
  image.add(Section::words, m_words);
  image.add(Section::dates, m_dates);
  image.add(Section::sort_keys, m_sort_keys);
  image.add(Section::owner_starts, m_owner_starts);
  image.add(Section::owners, m_owners);
}

std::shared_ptr<const Segment> SegmentBuilder::Work::finish() {
  const StringTable& terms = m_builder.m_terms;
  std::vector<uint8_t> used(terms.size());
  for (const Forward* forward : {&m_public, &m_hidden}) {
    for (const uint32_t term : forward->terms) {
      used[term] = 1;
    }
  }
  std::vector<uint32_t> order;
  for (uint32_t term = 0; term < used.size(); ++term) {
    if (used[term] != 0) {
      order.push_back(term);
    }
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return terms[a] < terms[b]; });
  std::vector<uint32_t> rank(terms.size());
  std::vector<uint32_t> term_starts{0};
  std::string term_bytes;
  for (uint32_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = i;
    term_bytes += terms[order[i]];
    term_starts.push_back(static_cast<uint32_t>(term_bytes.size()));
  }
  const Inverted seen = invert(std::move(m_public), rank, order.size());
  const Inverted hidden = invert(std::move(m_hidden), rank, order.size());

  SegmentImage image;
  add_documents(image);
  add_values(image);
  image.add(Section::term_starts, term_starts);
  image.add(Section::term_bytes, term_bytes);
  image.add(Section::posting_starts, seen.starts);
  image.add(Section::posting_docs, seen.docs);
  image.add(Section::posting_weights, seen.weights);
  image.add(Section::hidden_starts, hidden.starts);
  image.add(Section::hidden_docs, hidden.docs);
  image.add(Section::hidden_weights, hidden.weights);
  image.add(Section::hidden_levels, hidden.levels);
  add_pairs(image);
  image.add(Section::text_starts, m_text_starts);
  image.add(Section::text_checks, m_text_checks);
  image.add(Section::texts, m_texts);
  return image.finish(m_documents);
}

SegmentBuilder::SegmentBuilder() = default;
SegmentBuilder::~SegmentBuilder() = default;

SegmentBuilder::Spelling SegmentBuilder::spelling(std::string_view chunk, StemLanguage language) {
  m_key.assign(1, static_cast<char>(language));
  m_key += chunk;
  const uint32_t number = m_spellings.number(m_key);
  if (number < m_spelling_lists.size()) {
    return m_spelling_lists[number];
  }
  std::vector<Token> tokens;
  expand_chunk(chunk, tokens);
  Spelling list{static_cast<uint32_t>(m_spelling_terms.size()), static_cast<uint32_t>(tokens.size())};
  if (tokens.size() == 1) {
    list.first = m_terms.number(term_of(tokens.front(), language));
  } else {
    for (const Token& token : tokens) {
      m_spelling_terms.push_back(m_terms.number(term_of(token, language)));
    }
  }
  const std::vector<std::string> atoms = atoms_of(chunk);
  list.atoms = static_cast<uint32_t>(atoms.size());
  list.first_atom = static_cast<uint32_t>(m_spelling_atoms.size());
  if (atoms.size() == 1) {
    list.first_atom = m_atoms.number(atoms.front());
  } else {
    for (const std::string& atom : atoms) {
      m_spelling_atoms.push_back(m_atoms.number(atom));
    }
  }
  m_spelling_lists.push_back(list);
  return list;
}

void SegmentBuilder::forget_when_large() {
  if (m_terms.bytes() + m_spellings.bytes() + m_atoms.bytes() + m_spelling_terms.size() * 4 +
          m_spelling_atoms.size() * 4 + m_spelling_lists.size() * sizeof(Spelling) >
      k_largest_vocabulary) {
    m_atoms.clear();
    m_spelling_atoms.clear();
    m_terms.clear();
    m_spellings.clear();
    m_spelling_lists.clear();
    m_spelling_terms.clear();
  }
}

std::shared_ptr<const Segment> SegmentBuilder::build(std::vector<Document>&& documents) {
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) { return a.id < b.id; });
  size_t text_bytes = 0;
  for (const Document& document : documents) {
    text_bytes += document.title.size() + document.note.size() + document.sort_text.size() + 3 * sizeof(uint32_t);
    for (const TextField& text : document.texts) {
      text_bytes += text.text.size() + 3 + 2 * sizeof(uint32_t);
    }
  }
  Work work(*this, text_bytes);
  for (Document& document : documents) {
    work.add(std::move(document));
    document = {};
  }
  documents.clear();
  std::shared_ptr<const Segment> segment = work.finish();
  forget_when_large();
  return segment;
}

}  // namespace pitchblende::search
