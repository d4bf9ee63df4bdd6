#include "search/pairs/word_pairs.hpp"

#include <algorithm>
#include <array>

namespace pitchblende::search {

namespace {

constexpr size_t k_fewest_documents = 500;  // from which a rule is learned
constexpr uint64_t k_fewest_words = 20'000;
constexpr uint64_t k_most_of_a_document = 40;  // pairs listed, on average: some fifty bytes
constexpr uint32_t k_rarest = 7;               // class of a word
constexpr uint32_t k_no_class = 255;
constexpr uint32_t k_no_word = 0xFFFFFFFF;

void append_number(std::string& out, uint32_t number) {
  for (; number >= 0x80; number >>= 7) {
    out += static_cast<char>(number | 0x80);
  }
  out += static_cast<char>(number);
}

template <typename OnDoc>
void each_in_list(std::string_view list, OnDoc&& on_doc) {
  uint32_t doc = 0;
  for (size_t at = 0; at < list.size();) {
    uint32_t gap = 0;
    for (uint32_t shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(list[at++]);
      gap |= uint32_t{byte & 0x7FU} << shift;
      if (byte < 0x80 || at >= list.size()) {
        break;
      }
    }
    doc += gap;
    on_doc(doc - 1);  // gaps begin at 1
  }
}

std::optional<uint32_t> find_word(const Segment& segment, std::string_view word) {
  const auto words = segment.array<uint64_t>(Section::pair_words);
  const uint64_t wanted = checksum(word);
  const auto at = std::lower_bound(words.begin(), words.end(), wanted);
  return at != words.end() && *at == wanted ? std::optional(static_cast<uint32_t>(at - words.begin())) : std::nullopt;
}

std::string_view list_at(const Segment& segment, size_t at) {
  const auto starts = segment.array<uint32_t>(Section::pair_starts);
  return segment.section(Section::pair_lists).substr(starts[at], starts[at + 1] - starts[at]);
}

bool same_rule(const Segment& a, const Segment& b) {
  const auto same = [&](Section section) { return a.section(section) == b.section(section); };
  return same(Section::pair_rule) && same(Section::pair_words) && same(Section::pair_classes);
}

// Calls back with each two words that stand side by side in a text of a document.
template <typename OnPair>
void each_pair(const WordSequences& sequences, OnPair&& on_pair) {
  size_t at = 0;
  for (uint32_t doc = 0; doc < sequences.ends.size(); ++doc) {
    for (; at + 1 < sequences.ends[doc]; ++at) {
      if (sequences.words[at] != WordSequences::k_end_of_text &&
          sequences.words[at + 1] != WordSequences::k_end_of_text) {
        on_pair(doc, sequences.words[at], sequences.words[at + 1]);
      }
    }
    at = sequences.ends[doc];
  }
}

struct Frequencies {
  std::vector<uint32_t> documents;  // [word]
  uint64_t all = 0;                 // documents with words
  uint64_t words = 0;
};

Frequencies frequencies(const WordSequences& sequences, size_t table_size) {
  Frequencies out;
  out.documents.resize(table_size);
  std::vector<uint32_t> last(table_size, k_no_word);
  size_t at = 0;
  for (uint32_t doc = 0; doc < sequences.ends.size(); ++doc) {
    const uint64_t before = out.words;
    for (; at < sequences.ends[doc]; ++at) {
      const uint32_t word = sequences.words[at];
      if (word != WordSequences::k_end_of_text) {
        ++out.words;
        out.documents[word] += last[word] != doc ? 1 : 0;
        last[word] = doc;
      }
    }
    out.all += out.words > before ? 1 : 0;
  }
  return out;
}

uint32_t class_of(uint64_t documents, uint64_t all) {
  for (uint32_t halved = 0; halved <= k_rarest; ++halved) {
    if (documents << (halved + 1) >= all) {
      return halved;
    }
  }
  return k_no_class;
}

// Pairs by the sum of their classes, each once in a document.
std::array<uint64_t, k_rarest + 1> pairs_by_class(const WordSequences& sequences, const std::vector<uint8_t>& classes) {
  std::array<uint64_t, k_rarest + 1> out{};
  std::vector<uint64_t> own;  // of the document at hand
  uint32_t at = 0;
  const auto count = [&] {
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const uint64_t pair : own) {
      ++out[classes[pair >> 32] + classes[static_cast<uint32_t>(pair)]];
    }
    own.clear();
  };
  each_pair(sequences, [&](uint32_t doc, uint32_t first, uint32_t second) {
    if (doc != at) {
      count();
      at = doc;
    }
    if (uint32_t{classes[first]} + classes[second] <= k_rarest) {
      own.push_back(uint64_t{first} << 32 | second);
    }
  });
  count();
  return out;
}

}  // namespace

PairRule PairRule::of(const Segment& segment) {
  PairRule rule;
  const auto said = segment.array<uint64_t>(Section::pair_rule);
  if (said.size() == 2) {
    rule.most = said[0];
    rule.learned_from = said[1];
    const auto classes = segment.array<uint8_t>(Section::pair_classes);
    rule.classes.assign(classes.begin(), classes.end());
    const auto words = segment.array<uint64_t>(Section::pair_words);
    rule.words.assign(words.begin(), words.end());
  }
  return rule;
}

PairRule PairRule::learned(const WordSequences& sequences, const StringTable& table) {
  PairRule rule;
  const Frequencies found = frequencies(sequences, table.size());
  if (found.all < k_fewest_documents || found.words < k_fewest_words) {
    return rule;
  }
  std::vector<uint8_t> classes(table.size(), k_no_class);
  for (uint32_t word = 0; word < table.size(); ++word) {
    classes[word] = static_cast<uint8_t>(class_of(found.documents[word], found.all));
  }
  // As many pairs as there is room for, those first for which most documents would be read.
  const std::array<uint64_t, k_rarest + 1> pairs = pairs_by_class(sequences, classes);
  uint64_t room = k_most_of_a_document * found.all;
  uint32_t sums = 0;
  while (sums <= k_rarest && pairs[sums] <= room) {
    room -= pairs[sums++];
  }
  if (sums == 0) {
    return rule;
  }
  rule.most = sums - 1;
  rule.learned_from = found.words;
  std::vector<std::pair<uint64_t, uint8_t>> kept;
  for (uint32_t word = 0; word < table.size(); ++word) {
    if (classes[word] <= rule.most && kept.size() < UINT16_MAX) {
      kept.emplace_back(checksum(table[word]), classes[word]);
    }
  }
  std::sort(kept.begin(), kept.end());
  for (const auto& [word, halved] : kept) {
    rule.words.push_back(word);
    rule.classes.push_back(halved);
  }
  return rule;
}

void PairLists::take_rule(const PairRule& rule) {
  m_rule = {rule.most, rule.learned_from};
  m_words = rule.words;
  m_classes = rule.classes;
  m_starts.assign(1, 0);
}

void PairLists::add(uint32_t key, std::span<const uint32_t> docs) {
  m_keys.push_back(key);
  uint32_t before = 0;
  for (const uint32_t doc : docs) {
    append_number(m_lists, doc + 1 - before);
    before = doc + 1;
  }
  m_starts.push_back(static_cast<uint32_t>(m_lists.size()));
}

PairLists::PairLists(const WordSequences& sequences, const StringTable& table, const PairRule& rule) {
  if (rule.empty()) {
    return;
  }
  take_rule(rule);
  // Asked only for words that are met: a small edit meets few of the many that the writer knows.
  constexpr uint32_t k_unasked = k_no_word - 1;
  std::vector<uint32_t> numbers(table.size(), k_unasked);  // in the rule
  const auto number_of = [&](uint32_t word) {
    if (numbers[word] == k_unasked) {
      const uint64_t wanted = checksum(table[word]);
      const auto at = std::lower_bound(rule.words.begin(), rule.words.end(), wanted);
      const bool known = at != rule.words.end() && *at == wanted;
      numbers[word] = known ? static_cast<uint32_t>(at - rule.words.begin()) : k_no_word;
    }
    return numbers[word];
  };
  std::vector<uint64_t> places;  // key, then document
  each_pair(sequences, [&](uint32_t doc, uint32_t first, uint32_t second) {
    const uint32_t a = number_of(first);
    const uint32_t b = number_of(second);
    if (a != k_no_word && b != k_no_word && rule.classes[a] + rule.classes[b] <= rule.most) {
      places.push_back(uint64_t{a << 16 | b} << 32 | doc);
    }
  });
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  std::vector<uint32_t> docs;
  for (size_t at = 0; at < places.size();) {
    const auto key = static_cast<uint32_t>(places[at] >> 32);
    docs.clear();
    for (; at < places.size() && places[at] >> 32 == key; ++at) {
      docs.push_back(static_cast<uint32_t>(places[at]));
    }
    add(key, docs);
  }
  m_listed = make_bitmap(static_cast<uint32_t>(sequences.ends.size()));
  for (uint32_t doc = 0; doc < sequences.ends.size(); ++doc) {
    set_bit(m_listed, doc);
  }
}

void PairLists::take_listed(const Segment& segment, const std::vector<uint32_t>& new_docs, uint32_t gone) {
  const auto listed = segment.array<uint64_t>(Section::pair_listed);
  for (uint32_t doc = 0; doc < segment.documents(); ++doc) {
    if (new_docs[doc] != gone && (listed[doc / 64] >> (doc % 64) & 1) != 0) {
      set_bit(m_listed, new_docs[doc]);
    }
  }
}

PairLists::PairLists(std::span<const MergeSource> sources, const std::vector<std::vector<uint32_t>>& new_docs,
                     uint32_t gone, uint32_t documents) {
  const Segment* ruling = nullptr;
  size_t most = 0;
  for (const MergeSource& source : sources) {
    const size_t keys = source.segment->array<uint32_t>(Section::pair_keys).size();
    const size_t size = keys > 0 ? source.segment->documents() : 0;
    ruling = size > most ? source.segment.get() : ruling;
    most = std::max(most, size);
  }
  if (ruling == nullptr) {
    return;
  }
  take_rule(PairRule::of(*ruling));
  m_listed = make_bitmap(documents);
  std::vector<uint64_t> places;  // key, then which source: all keys in their order
  for (size_t from = 0; from < sources.size(); ++from) {
    const Segment& segment = *sources[from].segment;
    if (!same_rule(segment, *ruling)) {
      continue;
    }
    take_listed(segment, new_docs[from], gone);
    for (const uint32_t key : segment.array<uint32_t>(Section::pair_keys)) {
      places.push_back(uint64_t{key} << 32 | from);
    }
  }
  std::sort(places.begin(), places.end());
  std::vector<size_t> next(sources.size());  // list of each source
  std::vector<uint32_t> docs;
  for (size_t at = 0; at < places.size();) {
    const auto key = static_cast<uint32_t>(places[at] >> 32);
    docs.clear();
    for (; at < places.size() && places[at] >> 32 == key; ++at) {
      const auto from = static_cast<uint32_t>(places[at]);
      each_in_list(list_at(*sources[from].segment, next[from]++), [&](uint32_t doc) {
        if (new_docs[from][doc] != gone) {
          docs.push_back(new_docs[from][doc]);
        }
      });
    }
    if (!docs.empty()) {
      std::sort(docs.begin(), docs.end());
      add(key, docs);
    }
  }
}

void PairLists::add_to(SegmentImage& image) const {
  image.add(Section::pair_rule, m_rule);
  image.add(Section::pair_words, m_words);
  image.add(Section::pair_classes, m_classes);
  image.add(Section::pair_keys, m_keys);
  image.add(Section::pair_starts, m_starts);
  image.add(Section::pair_lists, m_lists);
  image.add(Section::pair_listed, m_listed);
}

std::optional<PairSaid> said_of_pair(const Segment& segment, std::string_view first, std::string_view second) {
  const auto rule = segment.array<uint64_t>(Section::pair_rule);
  const auto classes = segment.array<uint8_t>(Section::pair_classes);
  const auto a = rule.size() == 2 ? find_word(segment, first) : std::nullopt;
  const auto b = a ? find_word(segment, second) : std::nullopt;
  if (!a || !b || uint64_t{classes[*a]} + classes[*b] > rule[0]) {
    return std::nullopt;
  }
  PairSaid out{make_bitmap(segment.documents()), segment.array<uint64_t>(Section::pair_listed).data()};
  const auto keys = segment.array<uint32_t>(Section::pair_keys);
  const uint32_t key = *a << 16 | *b;
  const auto at = std::lower_bound(keys.begin(), keys.end(), key);
  if (at != keys.end() && *at == key) {
    each_in_list(list_at(segment, static_cast<size_t>(at - keys.begin())),
                 [&](uint32_t doc) { set_bit(out.with, doc); });
  }
  return out;
}

}  // namespace pitchblende::search
