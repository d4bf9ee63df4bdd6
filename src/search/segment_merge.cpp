#include "search/segment_merge.hpp"

#include <algorithm>

#include "search/pairs/word_pairs.hpp"

namespace pitchblende::search {

namespace {

constexpr uint32_t k_gone = 0xFFFFFFFF;

struct Origin {
  uint64_t id;
  uint32_t source;
  uint32_t doc;
};

struct Posting {
  uint32_t doc;
  uint8_t level;
  uint8_t weight;
};

struct Lists {
  std::vector<uint32_t> starts{0};
  std::vector<uint32_t> docs;
  std::vector<uint8_t> weights;
  std::vector<uint8_t> levels;

  void add(uint32_t doc, uint8_t weight) {
    docs.push_back(doc);
    weights.push_back(weight);
  }
  void close() { starts.push_back(static_cast<uint32_t>(docs.size())); }
};

class Merge {
 public:
  explicit Merge(std::span<const MergeSource> sources) : m_sources(sources) {}
  std::shared_ptr<const Segment> run();

 private:
  void number_documents();
  void copy_documents();
  void copy_values();
  void copy_facets();
  void copy_terms();
  void copy_term(std::string_view term, const std::vector<uint32_t>& at);
  void copy_hidden(uint32_t source, uint32_t term);
  void lay_out(SegmentImage& image);

  const Segment& segment(uint32_t source) const { return *m_sources[source].segment; }
  uint32_t sources() const { return static_cast<uint32_t>(m_sources.size()); }

  std::span<const MergeSource> m_sources;
  std::vector<Origin> m_origins;                    // of each new document
  std::vector<std::vector<uint32_t>> m_new_docs;    // [source][old document]
  std::vector<std::vector<uint32_t>> m_new_values;  // [source][old value]

  std::vector<uint64_t> m_ids;
  std::vector<uint8_t> m_kinds;
  std::vector<uint8_t> m_levels;
  std::vector<uint32_t> m_lengths;
  std::vector<uint32_t> m_words;
  std::vector<uint32_t> m_dates;
  std::vector<uint64_t> m_sort_keys;
  std::vector<uint32_t> m_owner_starts{0};
  std::vector<Id> m_owners;
  std::vector<uint32_t> m_value_starts{0};
  std::vector<uint8_t> m_value_facets;
  std::string m_value_bytes;
  std::vector<uint32_t> m_facet_starts{0};
  std::vector<uint32_t> m_facets;
  std::vector<uint32_t> m_hidden_facet_starts{0};
  std::vector<uint32_t> m_hidden_facets;
  std::vector<FacetLine> m_facet_lines;
  DocsOfValues m_docs_of_values;
  DocsOfValues m_hidden_docs_of_values;
  std::vector<uint64_t> m_text_starts{0};
  std::vector<uint32_t> m_text_checks;
  std::vector<uint32_t> m_term_starts{0};
  std::string m_term_bytes;
  Lists m_public;
  Lists m_hidden;
  std::vector<Posting> m_gathered;
  PairLists m_pairs;
};

void Merge::number_documents() {
  m_new_docs.resize(m_sources.size());
  for (uint32_t source = 0; source < sources(); ++source) {
    const Bitmap* dead = m_sources[source].dead.get();
    m_new_docs[source].assign(segment(source).documents(), k_gone);
    for (uint32_t doc = 0; doc < segment(source).documents(); ++doc) {
      if (dead == nullptr || !has_bit(*dead, doc)) {
        m_origins.push_back({segment(source).ids()[doc], source, doc});
      }
    }
  }
  std::sort(m_origins.begin(), m_origins.end(), [](const Origin& a, const Origin& b) { return a.id < b.id; });
  for (uint32_t doc = 0; doc < m_origins.size(); ++doc) {
    m_new_docs[m_origins[doc].source][m_origins[doc].doc] = doc;
  }
}

void Merge::copy_documents() {
  for (const Origin& origin : m_origins) {
    const Segment& from = segment(origin.source);
    m_ids.push_back(origin.id);
    m_kinds.push_back(static_cast<uint8_t>(from.kind(origin.doc)));
    m_levels.push_back(static_cast<uint8_t>(from.visibility(origin.doc)));
    m_lengths.push_back(from.lengths()[origin.doc]);
    m_words.push_back(from.words()[origin.doc]);
    m_dates.push_back(from.date(origin.doc));
    m_sort_keys.push_back(from.sort_key(origin.doc));
    const auto owners = from.owners(origin.doc);
    m_owners.insert(m_owners.end(), owners.begin(), owners.end());
    m_owner_starts.push_back(static_cast<uint32_t>(m_owners.size()));
    m_text_checks.push_back(from.array<uint32_t>(Section::text_checks)[origin.doc]);
    m_text_starts.push_back(m_text_starts.back() + from.raw_texts(origin.doc).size());
  }
}

// The values that a living document has, from all sources, in their order.
void Merge::copy_values() {
  m_new_values.resize(m_sources.size());
  for (uint32_t source = 0; source < sources(); ++source) {
    m_new_values[source].assign(segment(source).values(), k_gone);
  }
  for (const Origin& origin : m_origins) {
    for (const uint32_t value : segment(origin.source).facets(origin.doc)) {
      m_new_values[origin.source][value] = 0;
    }
    for (const uint32_t value : segment(origin.source).hidden_facets(origin.doc)) {
      m_new_values[origin.source][value & k_value_mask] = 0;
    }
  }
  struct Named {
    uint8_t facet;
    std::string_view value;
    uint32_t* number;
  };
  std::vector<Named> all;
  for (uint32_t source = 0; source < sources(); ++source) {
    for (uint32_t value = 0; value < segment(source).values(); ++value) {
      if (uint32_t& number = m_new_values[source][value]; number != k_gone) {
        all.push_back(
            {static_cast<uint8_t>(segment(source).value_facet(value)), segment(source).value(value), &number});
      }
    }
  }
  std::sort(all.begin(), all.end(),
            [](const Named& a, const Named& b) { return a.facet != b.facet ? a.facet < b.facet : a.value < b.value; });
  for (size_t i = 0; i < all.size(); ++i) {
    if (i == 0 || all[i].facet != all[i - 1].facet || all[i].value != all[i - 1].value) {
      m_value_facets.push_back(all[i].facet);
      m_value_bytes += all[i].value;
      m_value_starts.push_back(static_cast<uint32_t>(m_value_bytes.size()));
    }
    *all[i].number = static_cast<uint32_t>(m_value_facets.size()) - 1;
  }
}

void Merge::copy_facets() {
  for (const Origin& origin : m_origins) {
    const std::vector<uint32_t>& numbers = m_new_values[origin.source];
    for (const uint32_t value : segment(origin.source).facets(origin.doc)) {
      m_facets.push_back(numbers[value]);
    }
    for (const uint32_t value : segment(origin.source).hidden_facets(origin.doc)) {
      m_hidden_facets.push_back(numbers[value & k_value_mask] | (value & ~k_value_mask));
    }
    m_facet_starts.push_back(static_cast<uint32_t>(m_facets.size()));
    m_hidden_facet_starts.push_back(static_cast<uint32_t>(m_hidden_facets.size()));
  }
}

// All dictionaries side by side, smallest term first.
void Merge::copy_terms() {
  std::vector<uint32_t> at(m_sources.size(), 0);
  size_t postings = 0;
  for (const MergeSource& source : m_sources) {
    postings += source.segment->array<uint32_t>(Section::posting_docs).size();
  }
  m_public.docs.reserve(postings);
  m_public.weights.reserve(postings);
  while (true) {
    std::string_view least;
    bool found = false;
    for (uint32_t source = 0; source < sources(); ++source) {
      if (at[source] < segment(source).terms()) {
        const std::string_view term = segment(source).term(at[source]);
        if (!found || term < least) {
          least = term;
          found = true;
        }
      }
    }
    if (!found) {
      return;
    }
    copy_term(least, at);
    for (uint32_t source = 0; source < sources(); ++source) {
      if (at[source] < segment(source).terms() && segment(source).term(at[source]) == least) {
        ++at[source];
      }
    }
  }
}

void Merge::copy_hidden(uint32_t source, uint32_t term) {
  const HiddenPostings list = segment(source).hidden_postings(term);
  for (size_t i = 0; i < list.docs.size(); ++i) {
    if (const uint32_t doc = m_new_docs[source][list.docs[i]]; doc != k_gone) {
      m_gathered.push_back({doc, list.levels[i], list.weights[i]});
    }
  }
}

void Merge::copy_term(std::string_view term, const std::vector<uint32_t>& at) {
  const auto in_order = [](const Posting& a, const Posting& b) {
    return a.doc != b.doc ? a.doc < b.doc : a.level < b.level;
  };
  m_gathered.clear();
  for (uint32_t source = 0; source < sources(); ++source) {
    if (at[source] < segment(source).terms() && segment(source).term(at[source]) == term) {
      const Postings list = segment(source).postings(at[source]);
      const auto middle = static_cast<std::ptrdiff_t>(m_gathered.size());
      for (size_t i = 0; i < list.docs.size(); ++i) {
        if (const uint32_t doc = m_new_docs[source][list.docs[i]]; doc != k_gone) {
          m_gathered.push_back({doc, 0, list.weights[i]});
        }
      }
      std::inplace_merge(m_gathered.begin(), m_gathered.begin() + middle, m_gathered.end(), in_order);
    }
  }
  for (const Posting& posting : m_gathered) {
    m_public.add(posting.doc, posting.weight);
  }
  bool used = !m_gathered.empty();
  m_gathered.clear();
  for (uint32_t source = 0; source < sources(); ++source) {
    if (at[source] < segment(source).terms() && segment(source).term(at[source]) == term) {
      copy_hidden(source, at[source]);
    }
  }
  std::sort(m_gathered.begin(), m_gathered.end(), in_order);
  for (const Posting& posting : m_gathered) {
    m_hidden.add(posting.doc, posting.weight);
    m_hidden.levels.push_back(posting.level);
  }
  used = used || !m_gathered.empty();
  if (used) {
    m_public.close();
    m_hidden.close();
    m_term_bytes += term;
    m_term_starts.push_back(static_cast<uint32_t>(m_term_bytes.size()));
  }
}

void Merge::lay_out(SegmentImage& image) {
  image.add(Section::ids, m_ids);
  image.add(Section::kinds, m_kinds);
  image.add(Section::levels, m_levels);
  image.add(Section::lengths, m_lengths);
  image.add(Section::words, m_words);
  image.add(Section::dates, m_dates);
  image.add(Section::sort_keys, m_sort_keys);
  image.add(Section::owner_starts, m_owner_starts);
  image.add(Section::owners, m_owners);
  image.add(Section::value_starts, m_value_starts);
  image.add(Section::value_facets, m_value_facets);
  image.add(Section::value_bytes, m_value_bytes);
  image.add(Section::facet_starts, m_facet_starts);
  image.add(Section::facets, m_facets);
  m_facet_lines = facet_lines(m_facet_starts, m_facets);
  image.add(Section::facet_lines, m_facet_lines);
  image.add(Section::hidden_facet_starts, m_hidden_facet_starts);
  image.add(Section::hidden_facets, m_hidden_facets);
  m_docs_of_values = DocsOfValues(m_facet_starts, m_facets, m_value_facets.size());
  image.add(Section::value_doc_starts, m_docs_of_values.starts);
  image.add(Section::value_docs, m_docs_of_values.docs);
  m_hidden_docs_of_values = DocsOfValues(m_hidden_facet_starts, m_hidden_facets, m_value_facets.size());
  image.add(Section::hidden_value_doc_starts, m_hidden_docs_of_values.starts);
  image.add(Section::hidden_value_docs, m_hidden_docs_of_values.docs);
  image.add(Section::term_starts, m_term_starts);
  image.add(Section::term_bytes, m_term_bytes);
  image.add(Section::posting_starts, m_public.starts);
  image.add(Section::posting_docs, m_public.docs);
  image.add(Section::posting_weights, m_public.weights);
  image.add(Section::hidden_starts, m_hidden.starts);
  image.add(Section::hidden_docs, m_hidden.docs);
  image.add(Section::hidden_weights, m_hidden.weights);
  image.add(Section::hidden_levels, m_hidden.levels);
  m_pairs = PairLists(m_sources, m_new_docs, k_gone, static_cast<uint32_t>(m_origins.size()));
  m_pairs.add_to(image);
  image.add(Section::text_starts, m_text_starts);
  image.add(Section::text_checks, m_text_checks);
  for (const Origin& origin : m_origins) {
    image.add(Section::texts, segment(origin.source).raw_texts(origin.doc));
  }
}

std::shared_ptr<const Segment> Merge::run() {
  number_documents();
  copy_documents();
  copy_values();
  copy_facets();
  copy_terms();
  SegmentImage image;
  lay_out(image);
  return image.finish(static_cast<uint32_t>(m_origins.size()));
}

}  // namespace

std::shared_ptr<const Segment> merge(std::span<const MergeSource> sources) { return Merge(sources).run(); }

}  // namespace pitchblende::search
