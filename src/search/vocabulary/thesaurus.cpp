#include "search/vocabulary/thesaurus.hpp"

#include <algorithm>
#include <deque>
#include <set>

#include "search/analysis.hpp"

namespace pitchblende::search {

namespace {

constexpr char k_between = '\x1F';
constexpr size_t k_shortest_label = 3;  // bytes of a label of one word

constexpr StemLanguage k_languages[] = {StemLanguage::english, StemLanguage::french};

bool is_stop(const std::string& word) {
  return is_stop_word(word, StemLanguage::english) || is_stop_word(word, StemLanguage::french);
}

// "Lymphoma, Follicular" is looked for as "Follicular Lymphoma" too: MeSH puts the noun first.
std::string turned(const std::string& label) {
  const size_t comma = label.find(", ");
  if (comma == std::string::npos || label.find(',', comma + 1) != std::string::npos) {
    return {};
  }
  return label.substr(comma + 2) + " " + label.substr(0, comma);
}

}  // namespace

std::vector<std::string> counted_words(std::string_view text) {
  std::vector<std::string> all = atoms_of(text);
  if (all.size() > 1) {
    std::vector<std::string> kept;
    std::copy_if(all.begin(), all.end(), std::back_inserter(kept),
                 [](const std::string& word) { return !is_stop(word); });
    return kept.empty() ? all : kept;
  }
  return all;
}

std::string Thesaurus::key(std::span<const std::string> words, StemLanguage language) {
  std::string out(1, static_cast<char>(language));
  for (const std::string& word : words) {
    out += stem(word, language);
    out += k_between;
  }
  return out;
}

Thesaurus::Thesaurus(std::vector<Concept> concepts) : m_concepts(std::move(concepts)), m_narrower(m_concepts.size()) {
  std::sort(m_concepts.begin(), m_concepts.end(), [](const Concept& a, const Concept& b) { return a.id < b.id; });
  const auto place_of = [&](Id id) -> std::optional<uint32_t> {
    const auto at = std::lower_bound(m_concepts.begin(), m_concepts.end(), id,
                                     [](const Concept& each, Id wanted) { return each.id < wanted; });
    return at == m_concepts.end() || at->id != id ? std::nullopt
                                                  : std::optional(static_cast<uint32_t>(at - m_concepts.begin()));
  };
  for (uint32_t i = 0; i < m_concepts.size(); ++i) {
    for (const Id above : m_concepts[i].broader) {
      if (const auto place = place_of(above)) {
        m_narrower[*place].push_back(i);
      }
    }
    for (const ConceptLabel& label : m_concepts[i].labels) {
      add_label(label.text, label.language, i);
      if (const std::string other = turned(label.text); !other.empty()) {
        add_label(other, label.language, i);
      }
    }
  }
}

void Thesaurus::add_label(const std::string& text, StemLanguage language, uint32_t of) {
  const std::vector<std::string> words = counted_words(text);
  const bool too_short = words.size() == 1 && words.front().size() < k_shortest_label;
  if (words.empty() || words.size() > k_longest_label || too_short) {
    return;
  }
  for (const StemLanguage each : k_languages) {
    if (language == each || language == StemLanguage::none) {
      std::vector<uint32_t>& there = m_by_key[key(words, each)];
      if (there.empty() || there.back() != of) {
        there.push_back(of);
      }
    }
  }
}

Thesaurus::Named Thesaurus::longest(std::span<const std::string> words) const {
  for (size_t size = std::min(words.size(), k_longest_label); size > 0; --size) {
    std::set<uint32_t> found;
    for (const StemLanguage language : k_languages) {
      if (const auto at = m_by_key.find(key(words.first(size), language)); at != m_by_key.end()) {
        found.insert(at->second.begin(), at->second.end());
      }
    }
    if (!found.empty()) {
      return {size, {found.begin(), found.end()}};
    }
  }
  return {};
}

std::vector<uint32_t> Thesaurus::named(std::string_view label) const {
  const std::vector<std::string> words = counted_words(label);
  const Named found = longest(words);
  return !words.empty() && found.words == words.size() ? found.concepts : std::vector<uint32_t>();
}

std::vector<uint32_t> Thesaurus::alike(std::span<const uint32_t> concepts) const {
  std::set<uint32_t> seen(concepts.begin(), concepts.end());
  std::vector<uint32_t> open(concepts.begin(), concepts.end());
  while (!open.empty()) {
    const Concept& each = m_concepts[open.back()];
    open.pop_back();
    for (const ConceptLabel& label : each.labels) {
      for (const uint32_t other : label.preferred ? named(label.text) : std::vector<uint32_t>()) {
        if (seen.insert(other).second) {
          open.push_back(other);
        }
      }
    }
  }
  return {seen.begin(), seen.end()};
}

std::string Thesaurus::label_in(std::string_view label, Language language) const {
  const StemLanguage wanted = language == Language::french ? StemLanguage::french : StemLanguage::english;
  const std::vector<uint32_t> concepts = empty() ? std::vector<uint32_t>() : named(label);
  if (concepts.size() == 1) {
    for (const ConceptLabel& each : m_concepts[concepts.front()].labels) {
      if (each.preferred && each.language == wanted) {
        return each.text;
      }
    }
  }
  return std::string(label);
}

std::vector<ConceptLabel> Thesaurus::labels(std::span<const uint32_t> concepts) const {
  std::vector<ConceptLabel> out;
  std::set<std::string> seen;
  for (const bool preferred : {true, false}) {
    for (const uint32_t each : concepts) {
      for (const ConceptLabel& label : m_concepts[each].labels) {
        if (label.preferred == preferred && seen.insert(normalised(label.text)).second) {
          out.push_back(label);
        }
      }
    }
  }
  return out;
}

std::vector<std::string> Thesaurus::labels_below(std::span<const uint32_t> concepts) const {
  std::set<uint32_t> seen(concepts.begin(), concepts.end());
  std::deque<uint32_t> open(concepts.begin(), concepts.end());
  while (!open.empty() && seen.size() < k_most_narrower) {
    for (const uint32_t below : m_narrower[open.front()]) {
      if (seen.insert(below).second) {
        open.push_back(below);
      }
    }
    open.pop_front();
  }
  std::set<std::string> out;
  for (const uint32_t each : seen) {
    for (const ConceptLabel& label : m_concepts[each].labels) {
      out.insert(normalised(label.text));
      if (const std::string other = turned(label.text); !other.empty()) {
        out.insert(normalised(other));
      }
    }
  }
  out.erase("");
  return {out.begin(), out.end()};
}

}  // namespace pitchblende::search
