// A segment: an immutable index of some documents in one run of bytes, the same in memory and on disk.
//
// Documents are numbered from 0 in the order of their ids. Public values and hidden ones stand in lists of their own,
// so that whoever sees only public things never touches the others. A Segment is immutable: any thread.
//
// File: Header, then sections, each aligned to 64 bytes and with its checksum. open() verifies all of them but the
// texts, whose checksums are kept for each document and looked at when it is shown; check() verifies everything.
#pragma once

#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "base/text.hpp"
#include "search/bytes.hpp"
#include "search/search.hpp"

namespace pitchblende::search {

// Changes with the layout, the analysis and what facets hold: an index made by another one is remade.
inline constexpr uint32_t k_version = 10;

enum class Section : uint8_t {
  ids,           // u64, sorted
  kinds,         // u8
  levels,        // u8: visibility of the document
  lengths,       // u32: weighted words that everybody who sees the document sees
  words,         // u32: the same, not weighted
  dates,         // u32
  sort_keys,     // u64: the first eight bytes of the text to sort by, the first one highest
  owner_starts,  // u32, one more than documents
  owners,        // u64
  value_starts,  // u32, one more than facet values
  value_facets,  // u8
  value_bytes,   // facet values by facet, then bytewise
  facet_starts,  // u32, one more than documents
  facets,        // u32: numbers of public facet values, ascending
  facet_lines,   // FacetLine for each document: the same, where they fit
  hidden_facet_starts,
  hidden_facets,     // u32: number | visibility << 29
  value_doc_starts,  // u32, one more than facet values
  value_docs,        // u32: documents that have the value for everyone, ascending
  hidden_value_doc_starts,
  hidden_value_docs,  // u32: documents that have it for some
  term_starts,        // u32, one more than terms
  term_bytes,         // sorted bytewise
  posting_starts,     // u32, one more than terms
  posting_docs,       // u32, ascending within a term
  posting_weights,    // u8: sum of weights of the fields' occurrences, at most 255
  hidden_starts,      // u32, one more than terms
  hidden_docs,        // u32, ascending within a term; a document may come once for each visibility
  hidden_weights,     // u8
  hidden_levels,      // u8
  pair_rule,          // pairs of frequent words: pairs/word_pairs.hpp. u64: most, learned from; empty: none
  pair_words,         // u64: words of the rule by their checksums, ascending: no word of an erased text stays here
  pair_classes,       // u8 of each word
  pair_keys,          // u32: first word << 16 | second, ascending
  pair_starts,        // u32, one more than pairs
  pair_lists,         // gaps between documents, in sevens of bits
  pair_listed,        // u64: bits of the documents whose pairs are listed
  text_starts,        // u64, one more than documents
  text_checks,        // u32: low half of the checksum of each document's texts
  texts               // title and texts, see TextReader
};
inline constexpr size_t k_sections = 40;
inline constexpr uint32_t k_level_shift = 29;
inline constexpr uint32_t k_value_mask = (uint32_t{1} << k_level_shift) - 1;

struct Header {
  struct Part {
    uint64_t begin = 0;
    uint64_t size = 0;
    uint64_t check = 0;
  };
  std::array<char, 8> magic{};
  uint32_t version = 0;
  uint32_t documents = 0;
  uint64_t size = 0;  // of the file
  std::array<Part, k_sections> parts{};
  uint64_t check = 0;  // of what stands before it
};

// The public facet values of a document, in one line of the processor's cache: whoever counts goes through many
// documents that lie apart, and waits for memory once for each.
struct alignas(64) FacetLine {
  static constexpr uint16_t k_elsewhere = 0xFFFF;  // they are too many, or their numbers too large
  uint16_t size = 0;
  std::array<uint16_t, 31> values{};
};
static_assert(sizeof(FacetLine) == 64);
std::vector<FacetLine> facet_lines(std::span<const uint32_t> starts, std::span<const uint32_t> facets);

struct Postings {
  std::span<const uint32_t> docs;
  std::span<const uint8_t> weights;
};

struct HiddenPostings {
  std::span<const uint32_t> docs;
  std::span<const uint8_t> weights;
  std::span<const uint8_t> levels;
};

struct StoredText {
  uint8_t weight = 1;
  access::Visibility visibility = access::Visibility::everyone;
  StemLanguage language = StemLanguage::none;
  uint32_t field = 0;  // field_code() of its name
  std::string_view text;
};

// A field's name in four bytes, the same in every build; a test holds that no two fields of the registry share one. 0:
// of no field.
uint32_t field_code(std::string_view field);

class Segment {
 public:
  // Errors: SEARCH_DAMAGED, SEARCH_VERSION, with `name`.
  static Result<std::shared_ptr<const Segment>> open(std::shared_ptr<const Blob> blob, const std::string& name,
                                                     uint64_t file_number);
  // Of bytes that were just made here: nothing is verified.
  static std::shared_ptr<const Segment> trust(std::shared_ptr<const Blob> blob, uint64_t file_number);

  uint32_t documents() const { return header().documents; }
  const Header& header() const { return *reinterpret_cast<const Header*>(m_blob->bytes().data()); }
  std::string_view bytes() const { return m_blob->bytes(); }
  uint64_t file_number() const { return m_file_number; }  // 0: not on disk
  // Everything, texts too; empty: no problem.
  std::string check() const;

  std::span<const uint64_t> ids() const { return m_ids; }
  std::span<const uint32_t> lengths() const { return array<uint32_t>(Section::lengths); }
  std::span<const uint32_t> words() const { return array<uint32_t>(Section::words); }
  Id id(uint32_t doc) const { return Id(m_ids[doc]); }
  registry::Kind kind(uint32_t doc) const { return static_cast<registry::Kind>(array<uint8_t>(Section::kinds)[doc]); }
  access::Visibility visibility(uint32_t doc) const {
    return static_cast<access::Visibility>(array<uint8_t>(Section::levels)[doc]);
  }
  uint32_t date(uint32_t doc) const { return array<uint32_t>(Section::dates)[doc]; }
  uint64_t sort_key(uint32_t doc) const { return array<uint64_t>(Section::sort_keys)[doc]; }
  bool is_public(uint32_t doc) const { return array<uint8_t>(Section::levels)[doc] == 0; }
  std::span<const Id> owners(uint32_t doc) const;
  bool sees(const access::Viewer& viewer, access::Visibility level, uint32_t doc) const {
    return access::can_see(viewer, level, id(doc), owners(doc));
  }
  std::optional<uint32_t> find(Id id) const;

  uint32_t terms() const { return static_cast<uint32_t>(m_term_starts.size()) - 1; }
  std::string_view term(uint32_t number) const {
    return m_term_bytes.substr(m_term_starts[number], m_term_starts[number + 1] - m_term_starts[number]);
  }
  std::optional<uint32_t> find_term(std::string_view term) const;
  // The first term that is not before this one; terms() when there is none.
  uint32_t first_term_from(std::string_view wanted) const;
  Postings postings(uint32_t term) const;
  HiddenPostings hidden_postings(uint32_t term) const;

  uint32_t values() const { return static_cast<uint32_t>(array<uint8_t>(Section::value_facets).size()); }
  Facet value_facet(uint32_t value) const { return static_cast<Facet>(array<uint8_t>(Section::value_facets)[value]); }
  std::string_view value(uint32_t number) const;
  std::optional<uint32_t> find_value(Facet facet, std::string_view value) const;
  std::span<const uint32_t> facets(uint32_t doc) const { return slice(m_facet_starts, m_facets, doc); }
  template <typename OnValue>
  void each_facet(uint32_t doc, OnValue&& on_value) const {
    const FacetLine& line = m_facet_lines[doc];
    if (line.size == FacetLine::k_elsewhere) [[unlikely]] {
      for (const uint32_t value : facets(doc)) {
        on_value(value);
      }
      return;
    }
    for (uint32_t at = 0; at < line.size; ++at) {
      on_value(line.values[at]);
    }
  }
  // For whoever goes through many documents: memory is slow.
  void expect_facets(uint32_t doc) const { __builtin_prefetch(&m_facet_lines[doc]); }
  std::span<const uint32_t> hidden_facets(uint32_t doc) const {
    return slice(m_hidden_facet_starts, m_hidden_facets, doc);
  }

  // Documents that have a value for everyone, and for some; ascending.
  std::span<const uint32_t> docs_of(uint32_t value) const {
    return slice(array<uint32_t>(Section::value_doc_starts), array<uint32_t>(Section::value_docs), value);
  }
  std::span<const uint32_t> hidden_docs_of(uint32_t value) const {
    return slice(array<uint32_t>(Section::hidden_value_doc_starts), array<uint32_t>(Section::hidden_value_docs), value);
  }

  // The bytes of a document's title and texts as stored; and with its checksum looked at, by whoever reads them first:
  // empty when it is wrong.
  std::string_view raw_texts(uint32_t doc) const;
  std::string_view sound_texts(uint32_t doc) const;

  template <typename T>
  std::span<const T> array(Section section) const {
    const Header::Part& part = header().parts[static_cast<size_t>(section)];
    return {reinterpret_cast<const T*>(m_blob->bytes().data() + part.begin), part.size / sizeof(T)};
  }
  std::string_view section(Section section) const {
    const Header::Part& part = header().parts[static_cast<size_t>(section)];
    return m_blob->bytes().substr(part.begin, part.size);
  }

 private:
  Segment(std::shared_ptr<const Blob> blob, uint64_t file_number);
  static std::span<const uint32_t> slice(std::span<const uint32_t> starts, std::span<const uint32_t> all, uint32_t at) {
    return all.subspan(starts[at], starts[at + 1] - starts[at]);
  }

  std::shared_ptr<const Blob> m_blob;
  uint64_t m_file_number;
  mutable std::vector<std::atomic<uint64_t>> m_sound;  // a bit for each document whose texts were found to be right
  std::span<const uint64_t> m_ids;
  std::span<const uint32_t> m_term_starts;
  std::string_view m_term_bytes;
  std::span<const uint32_t> m_facet_starts;
  std::span<const uint32_t> m_facets;
  std::span<const FacetLine> m_facet_lines;
  std::span<const uint32_t> m_hidden_facet_starts;
  std::span<const uint32_t> m_hidden_facets;
};

// A document's texts: size and bytes of title, note and what it is sorted by, then for each text weight, visibility,
// language, field, size, bytes.
void append_sized(std::string& out, std::string_view text);
void append_text(std::string& out, const StoredText& text);
class TextReader {
 public:
  explicit TextReader(std::string_view bytes) : m_left(bytes) {
    m_title = take_sized();
    m_note = take_sized();
    m_sort_text = take_sized();
  }
  std::string_view title() const { return m_title; }
  std::string_view note() const { return m_note; }
  std::string_view sort_text() const { return m_sort_text; }
  bool next(StoredText& text);

 private:
  std::string_view take_sized();
  std::string_view m_left;
  std::string_view m_title;
  std::string_view m_note;
  std::string_view m_sort_text;
};

// Documents of each facet value, from the values of each document (bits above k_value_mask are left out).
struct DocsOfValues {
  std::vector<uint32_t> starts;
  std::vector<uint32_t> docs;

  DocsOfValues() = default;
  DocsOfValues(std::span<const uint32_t> facet_starts, std::span<const uint32_t> facets, size_t values);
};

// Lays sections out into a Blob, in any order, and closes it with its checksums. What is added must live until then.
class SegmentImage {
 public:
  void add(Section section, std::string_view bytes) { m_parts[static_cast<size_t>(section)].push_back(bytes); }
  template <typename T>
  void add(Section section, const std::vector<T>& values) {
    add(section, std::string_view(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)));
  }
  std::shared_ptr<const Segment> finish(uint32_t documents) const;

 private:
  std::array<std::vector<std::string_view>, k_sections> m_parts;
};

}  // namespace pitchblende::search
