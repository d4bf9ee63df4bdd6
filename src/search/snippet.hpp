// The piece of a document's texts that shows best why it was found.
//
// Pure; one thread uses a SnippetMaker.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text_words.hpp"
#include "search/analysis.hpp"
#include "search/segment.hpp"

namespace pitchblende::search {

inline constexpr size_t k_snippet = 240;  // bytes
inline constexpr size_t k_stem_languages = 3;

// For one query and one thread; the segments that it has looked at must live as long as it does.
class SnippetMaker {
 public:
  // `others`: words that stand for words of the wish, by their places there.
  explicit SnippetMaker(const Wish& wish, std::optional<Language> reader = {}, std::span<const Word> others = {},
                        std::span<const uint32_t> stand_for = {});
  // Fills title, snippet and marks with what the viewer may see.
  void fill(Hit& hit, const Segment& segment, uint32_t doc, const access::Viewer& viewer);

 private:
  struct Mark {
    uint32_t begin = 0;
    uint32_t end = 0;
    uint32_t word = 0;
  };
  struct Window {
    uint32_t words = 0;  // different ones
    size_t first = 0;    // marks
    size_t last = 0;
  };
  using Marks = std::vector<Mark>;
  std::vector<Mark> marks_in(std::string_view text, StemLanguage language);
  Marks marks_of(std::string_view chunk, StemLanguage language) const;
  size_t end_of_whole(Marks marks, size_t otherwise) const;
  static void sort(Marks& marks);
  static Window best_window(const std::vector<Mark>& marks);
  static void cut(Hit& hit, std::string_view text, const std::vector<Mark>& marks, const Window& window);
  // A text in the reader's language that says something, and is not a keyword alone.
  bool speaks_to_reader(const StoredText& text) const;

  std::unordered_map<std::string, uint32_t> m_terms;  // form → word
  Beginnings m_beginnings;                            // of words that may have a form as their stem
  // What chunks of the texts met so far gave: a page's texts are about one thing and have their words in common.
  std::array<std::unordered_map<std::string_view, Marks>, k_stem_languages> m_met;
  uint32_t m_words = 0;  // that may be shown
  StemLanguage m_reader = StemLanguage::none;
};

}  // namespace pitchblende::search
