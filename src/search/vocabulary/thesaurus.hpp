// What the vocabularies of an index say: which words name a concept in which language, and what is narrower than it.
//
// Made of the public labels of public concepts; immutable, any thread. docs/rules/search.md, 5 and 6.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/text.hpp"

namespace pitchblende::search {

struct ConceptLabel {
  std::string text;
  StemLanguage language = StemLanguage::none;
  bool preferred = false;
};

struct Concept {
  Id id;
  std::vector<ConceptLabel> labels;  // preferred ones and synonyms
  std::vector<Id> broader;
};

class Thesaurus {
 public:
  static constexpr size_t k_longest_label = 8;  // words that count; longer ones are not looked for in queries

  explicit Thesaurus(std::vector<Concept> concepts);

  bool empty() const { return m_concepts.empty(); }
  size_t size() const { return m_concepts.size(); }

  struct Named {
    size_t words = 0;                // from the first on
    std::vector<uint32_t> concepts;  // that these words name
  };
  // The longest label that begins with the first of the words (folded), stop words left out on both sides. 0 words:
  // none.
  Named longest(std::span<const std::string> words) const;
  // Concepts with exactly this label, in any language; plural or singular.
  std::vector<uint32_t> named(std::string_view label) const;
  // These and all that share a preferred label with one of them, and so on: what several vocabularies call alike.
  std::vector<uint32_t> alike(std::span<const uint32_t> concepts) const;

  // The preferred label in a language of the one concept that has this label; without one the label itself.
  std::string label_in(std::string_view label, Language language) const;

  // All labels of concepts: the preferred ones first, each once.
  std::vector<ConceptLabel> labels(std::span<const uint32_t> concepts) const;
  // normalised() labels of the concepts and of all that is narrower; sorted. At most k_most_narrower concepts.
  static constexpr size_t k_most_narrower = 5000;
  std::vector<std::string> labels_below(std::span<const uint32_t> concepts) const;

  const std::vector<Concept>& concepts() const { return m_concepts; }  // by id

 private:
  static std::string key(std::span<const std::string> words, StemLanguage language);
  void add_label(const std::string& text, StemLanguage language, uint32_t of);

  std::vector<Concept> m_concepts;
  std::vector<std::vector<uint32_t>> m_narrower;
  std::unordered_map<std::string, std::vector<uint32_t>> m_by_key;  // language and stems → concepts
};

// The words of a label or query that count: folded, without stop words unless there is nothing else.
std::vector<std::string> counted_words(std::string_view text);

}  // namespace pitchblende::search
