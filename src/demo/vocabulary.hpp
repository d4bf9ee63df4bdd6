// What the invented consortium works on: tumours, techniques, topics. Owner: demo. Constant data, any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pitchblende::demo {

struct Concept {
  std::string_view code;  // MeSH
  std::string_view name;
};

struct Tumour {
  std::string_view english;
  std::string_view french;     // without article
  std::string_view french_of;  // "du glioblastome"
  std::string_view french_the;
  Concept concept_of;
};

struct Technique {
  std::string_view key;
  std::string_view english;
  std::string_view french;
  std::string_view instrument_english;
  std::string_view instrument_french;
  std::string_view synonyms_english = {};  // "NMR|…"
  std::string_view synonyms_french = {};
};

struct Topic {
  int area = 0;  // 1 … 7
  std::string_view english;
  std::string_view french;
  std::vector<std::string_view> subjects_english;  // "CAR-T cell persistence"
  std::vector<std::string_view> subjects_french;   // with its article, in the same order
  std::vector<size_t> techniques;
  std::vector<Concept> concepts;
};

std::span<const Tumour> tumours();
std::span<const Technique> techniques();
const std::vector<Topic>& topics();
// Concepts that a paper on anything may have.
std::span<const Concept> general_concepts();

std::vector<std::string_view> parted(std::string_view text, char bar);

// As they are written down; lists are parted by bars.
struct TopicRow {
  int area;
  std::string_view english;
  std::string_view french;
  std::string_view subjects_english;
  std::string_view subjects_french;
  std::string_view techniques;  // keys
  std::string_view concepts;    // "D000001 Name"
};
namespace rows {
std::span<const Tumour> tumours();
std::span<const Technique> techniques();
std::span<const TopicRow> topics();
}  // namespace rows

}  // namespace pitchblende::demo
