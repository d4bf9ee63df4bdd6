#include "search/snippet.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/text_words.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_looked_at = 32768;  // bytes of a text; a word further in is not shown
constexpr size_t k_most_marks = 256;
constexpr uint32_t k_context = 60;  // bytes before the first mark
constexpr size_t k_says = 40;       // bytes of a text that is more than a name or a keyword

bool is_inside(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// The end of what is shown from `begin` on: whole characters, and whole words where there are spaces.
size_t end_of_piece(std::string_view text, size_t begin) {
  if (text.size() - begin <= k_snippet) {
    return text.size();
  }
  size_t end = begin + k_snippet;
  while (is_inside(text, end)) {
    --end;
  }
  const size_t space = text.rfind(' ', end);
  return space != std::string_view::npos && space > begin + k_snippet / 2 ? space : end;
}

std::optional<Language> language_of(StemLanguage language) {
  return language == StemLanguage::none
             ? std::nullopt
             : std::optional(language == StemLanguage::french ? Language::french : Language::english);
}

// Looks out, word by word, for a piece that may have all of them.
class Lookout {
 public:
  explicit Lookout(uint32_t words) : m_words(words) { m_last.fill(k_never); }

  bool may_have_all(uint32_t word, uint32_t begin, uint32_t end) {
    if (m_words > m_last.size()) {
      return false;
    }
    m_met += m_last[word] == k_never ? 1 : 0;
    m_last[word] = begin;
    return m_met == m_words &&
           end <= *std::min_element(m_last.begin(), m_last.begin() + m_words) + k_snippet - k_context;
  }

 private:
  static constexpr uint32_t k_never = std::numeric_limits<uint32_t>::max();
  uint32_t m_words;
  uint32_t m_met = 0;
  std::array<uint32_t, 64> m_last{};  // where each word was met last
};

}  // namespace

SnippetMaker::SnippetMaker(const Wish& wish, std::optional<Language> reader, std::span<const Word> others,
                           std::span<const uint32_t> stand_for) {
  if (reader) {
    m_reader = *reader == Language::french ? StemLanguage::french : StemLanguage::english;
  }
  const auto add = [&](const Word& word, uint32_t number) {
    for (const std::string& form : word.forms) {
      if (!form.empty()) {
        m_terms.emplace(form, number);
        // What a stem changes of its word is at its end: of six letters four are the word's.
        m_beginnings.add(form.substr(0, form.size() >= 6 ? 4 : 2));
        if (form.size() > 1 && form[1] == 'i') {
          m_beginnings.add(std::string{form[0], 'y'});  // dying: die
        }
      }
    }
  };
  std::vector<uint32_t> numbers;
  for (const Word& word : wish.words) {
    numbers.push_back(m_words);
    if (word.need != Need::excluded) {
      add(word, m_words);
      ++m_words;
    }
  }
  for (size_t i = 0; i < others.size(); ++i) {
    add(others[i], numbers[stand_for[i]]);
  }
}

// Offsets are those in the chunk.
SnippetMaker::Marks SnippetMaker::marks_of(std::string_view chunk, StemLanguage language) const {
  std::vector<Token> tokens;
  expand_chunk(chunk, tokens);
  Marks marks;
  for (const Token& token : tokens) {
    if (const auto found = m_terms.find(term_of(token, language)); found != m_terms.end()) {
      marks.push_back({token.begin, token.end, found->second});
    }
  }
  return marks;
}

std::vector<SnippetMaker::Mark> SnippetMaker::marks_in(std::string_view text, StemLanguage language) {
  std::vector<Mark> marks;
  size_t size = std::min(text.size(), k_looked_at);
  while (is_inside(text, size)) {
    --size;
  }
  ChunkScanner scanner(text.substr(0, size));
  Chunk chunk;
  Lookout lookout(m_words);
  size_t enough = size;  // behind a piece with all the words none is better, and no more of it is shown
  const auto next = [&] {
    scanner.pass_over_others(m_beginnings);
    return scanner.next(chunk) && chunk.begin <= enough;
  };
  while (marks.size() < k_most_marks && next()) {
    const std::string_view written = text.substr(chunk.begin, chunk.end - chunk.begin);
    // A stem begins as its word does: most words need not be stemmed to be passed over.
    const bool plain = std::all_of(written.begin(), written.end(), [](char c) {
      const unsigned char byte = Beginnings::lower(static_cast<unsigned char>(c));
      return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
    });
    if (plain && !m_beginnings.have(written)) {
      continue;
    }
    auto& met = m_met[static_cast<size_t>(language)];
    auto known = met.find(written);
    if (known == met.end()) {
      known = met.emplace(written, marks_of(written, language)).first;
    }
    for (const Mark& mark : known->second) {
      marks.push_back({chunk.begin + mark.begin, chunk.begin + mark.end, mark.word});
      if (enough == size && lookout.may_have_all(mark.word, marks.back().begin, marks.back().end)) {
        enough = end_of_whole(marks, size);
      }
    }
  }
  sort(marks);
  return marks;
}

// Where the first piece with all the words ends at the latest; `otherwise`: there is none yet.
size_t SnippetMaker::end_of_whole(Marks marks, size_t otherwise) const {
  sort(marks);
  const Window window = best_window(marks);
  return window.words == m_words ? marks[window.first].begin + k_snippet : otherwise;
}

void SnippetMaker::sort(Marks& marks) {
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
}

// The marks within a piece's length that show the most different words; the first of equals.
SnippetMaker::Window SnippetMaker::best_window(const std::vector<Mark>& marks) {
  Window best;
  for (size_t first = 0; first < marks.size(); ++first) {
    uint64_t seen = 0;
    size_t last = first;
    for (; last < marks.size() && marks[last].end <= marks[first].begin + k_snippet - k_context; ++last) {
      seen |= uint64_t{1} << (marks[last].word % 64);
    }
    const auto words = static_cast<uint32_t>(std::popcount(seen));
    if (words > best.words) {
      best = {words, first, last};
    }
  }
  return best;
}

void SnippetMaker::cut(Hit& hit, std::string_view text, const std::vector<Mark>& marks, const Window& window) {
  size_t begin = 0;
  const auto ends_before_last = [&] { return end_of_piece(text, begin) < marks[window.last - 1].end; };
  if (window.words > 0 && ends_before_last()) {
    const uint32_t mark = marks[window.first].begin;
    begin = mark - std::min(mark, k_context);
    const size_t space = text.find(' ', begin);
    begin = begin == 0 ? 0 : space < mark ? space + 1 : mark;
    if (ends_before_last()) {  // the last one stands in a compound that is not cut
      begin = mark;
    }
  }
  const size_t end = end_of_piece(text, begin);
  hit.snippet = text.substr(begin, end - begin);
  hit.snippet_cut_before = begin > 0;
  hit.snippet_cut_after = end < text.size();
  hit.marks.clear();
  for (const Mark& mark : marks) {
    if (mark.begin < begin || mark.end > end) {
      continue;
    }
    const auto from = static_cast<uint32_t>(mark.begin - begin);
    const auto to = static_cast<uint32_t>(mark.end - begin);
    if (!hit.marks.empty() && from < hit.marks.back().second) {
      hit.marks.back().second = std::max(hit.marks.back().second, to);
    } else {
      hit.marks.emplace_back(from, to);
    }
  }
}

bool SnippetMaker::speaks_to_reader(const StoredText& text) const {
  return m_reader != StemLanguage::none && text.language == m_reader && text.text.size() >= k_says;
}

void SnippetMaker::fill(Hit& hit, const Segment& segment, uint32_t doc, const access::Viewer& viewer) {
  TextReader reader(segment.sound_texts(doc));
  hit.title = reader.title();
  hit.note = reader.note();
  uint32_t most = 0;
  bool spoken = false;  // what is shown so far speaks to the reader
  const bool asks = m_reader != StemLanguage::none;
  StoredText text;
  while ((most == 0 || most < m_words || (asks && !spoken)) && reader.next(text)) {
    const bool speaks = speaks_to_reader(text);
    if (most > 0 && most == m_words && !speaks) {
      continue;
    }
    // What the title says already, whole or in part, is not said again: a given name, an acronym.
    if (text.text.empty() || reader.title().find(text.text) != std::string_view::npos ||
        !segment.sees(viewer, text.visibility, doc)) {
      continue;
    }
    const std::vector<Mark> marks = m_terms.empty() ? std::vector<Mark>() : marks_in(text.text, text.language);
    const Window window = best_window(marks);
    // A text without marks only stands in for none; among those of one language the longer is the better.
    const bool longer = most == 0 && text.text.size() > hit.snippet.size() && hit.snippet.size() < k_snippet / 2;
    const bool as_good = window.words == most && ((speaks && !spoken) || (speaks == spoken && longer));
    if (window.words > most || as_good) {
      most = window.words;
      spoken = speaks;
      hit.snippet_language = language_of(text.language);
      cut(hit, text.text, marks, window);
    }
  }
}

}  // namespace pitchblende::search
