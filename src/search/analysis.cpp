#include "search/analysis.hpp"

#include <algorithm>

#include "base/text_words.hpp"

namespace pitchblende::search {

namespace {

constexpr std::string_view k_connectors = "-'/+.,_&";

bool is_compound(std::string_view folded) { return folded.find_first_of(k_connectors) != std::string_view::npos; }

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

// "il-2", "pd-l1", "covid-19": two parts, the second with a digit. Written with and without the hyphen.
bool is_code(std::string_view folded) {
  const size_t hyphen = folded.find('-');
  return hyphen != std::string_view::npos && folded.find_first_of(k_connectors, hyphen + 1) == std::string_view::npos &&
         has_digit(folded.substr(hyphen + 1));
}

std::string_view cut(std::string_view text, size_t size) {
  if (text.size() <= size) {
    return text;
  }
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  return text.substr(0, size);
}

// A word in capitals is an acronym and no stop word: CAR, OR, IT.
bool is_stop(const Token& token, std::string_view typed) {
  if (!is_stop_word(token.folded, StemLanguage::english) && !is_stop_word(token.folded, StemLanguage::french)) {
    return false;
  }
  return typed.size() < 2 || std::any_of(typed.begin(), typed.end(), [](char c) { return c < 'A' || c > 'Z'; });
}

class Reader {
 public:
  explicit Reader(std::string_view typed) : m_typed(typed) {}

  Wish read() {
    ChunkScanner scanner(m_typed);
    Chunk chunk;
    uint32_t before = 0;
    while (scanner.next(chunk)) {
      look_between(before, chunk.begin);
      const Need need = m_excluded || m_excluded_quote ? Need::excluded : m_quoted ? Need::required : Need::wanted;
      m_maker.take(m_typed.substr(chunk.begin, chunk.end - chunk.begin), need);
      before = chunk.end;
    }
    return m_maker.finish(false);
  }

 private:
  // Quotes and the - of what stands between two chunks.
  void look_between(uint32_t begin, uint32_t end) {
    const std::string_view gap = m_typed.substr(begin, end - begin);
    for (size_t i = 0; i < gap.size(); ++i) {
      const bool guillemet = gap.substr(i, 2) == "«" || gap.substr(i, 2) == "»";
      const bool curly = gap.substr(i, 3) == "“" || gap.substr(i, 3) == "”";
      if (gap[i] == '"' || guillemet || curly) {
        m_quoted = !m_quoted;
      }
    }
    const size_t last = gap.find_last_not_of('"');
    m_excluded = last != std::string_view::npos && gap[last] == '-' &&
                 (begin + last == 0 || m_typed[begin + last - 1] == ' ') && (!m_quoted || last + 2 == gap.size());
    if (!m_quoted) {
      m_excluded_quote = false;
    } else if (m_excluded) {
      m_excluded_quote = true;
    }
  }

  std::string_view m_typed;
  WishMaker m_maker;
  bool m_quoted = false;
  bool m_excluded = false;
  bool m_excluded_quote = false;
};

}  // namespace

std::string term_of(const Token& token, StemLanguage language) {
  std::string term;
  if (!is_compound(token.folded)) {
    term = stem(token.folded, language);
  } else {
    term = token.folded;
    if (is_code(term)) {
      term.erase(term.find('-'), 1);
    }
  }
  term.resize(cut(term, k_longest_term).size());
  return term;
}

Word word_of(const Token& token, Need need) {
  Word word{
      need,
      {term_of(token, StemLanguage::none), term_of(token, StemLanguage::english), term_of(token, StemLanguage::french)},
      term_of(token, StemLanguage::none)};
  std::sort(word.forms.begin(), word.forms.end());
  word.forms.erase(std::unique(word.forms.begin(), word.forms.end()), word.forms.end());
  return word;
}

ChunkParts parts_of_chunk(std::string_view chunk) {
  std::vector<Token> tokens;
  expand_chunk(chunk, tokens);
  ChunkParts reading;
  std::vector<Token> codes;
  for (Token& token : tokens) {
    if (!is_compound(token.folded)) {
      reading.parts.push_back(std::move(token));
    } else if (is_code(token.folded)) {
      codes.push_back(std::move(token));
    } else {
      reading.wholes.push_back(std::move(token));
    }
  }
  for (Token& code : codes) {
    std::erase_if(reading.parts, [&](const Token& part) { return part.begin >= code.begin && part.end <= code.end; });
    reading.parts.push_back(std::move(code));
  }
  std::stable_sort(reading.parts.begin(), reading.parts.end(),
                   [](const Token& a, const Token& b) { return a.begin < b.begin; });
  return reading;
}

std::vector<std::string> atoms_of(std::string_view text) {
  std::vector<std::string> atoms;
  ChunkScanner scanner(text);
  Chunk chunk;
  while (scanner.next(chunk)) {
    for (const Token& part : parts_of_chunk(text.substr(chunk.begin, chunk.end - chunk.begin)).parts) {
      atoms.push_back(term_of(part, StemLanguage::none));
    }
  }
  return atoms;
}

void WishMaker::each_chunk(std::string_view text, Need need) {
  ChunkScanner scanner(text);
  Chunk chunk;
  while (scanner.next(chunk)) {
    take(text.substr(chunk.begin, chunk.end - chunk.begin), need);
  }
}

void WishMaker::take(std::string_view chunk, Need need) {
  ChunkParts reading = parts_of_chunk(chunk);
  if (m_count + reading.parts.size() > k_most_words) {
    m_count = k_most_words;
    m_wish.ignored.emplace_back(clean_utf8(cut(chunk, 80)));
    return;
  }
  m_count += reading.parts.size();
  const bool compound = reading.parts.size() > 1;
  if (need == Need::excluded) {
    // A compound is excluded as a whole: -CAR-T says nothing against cars.
    const std::vector<Token>& guilty = reading.wholes.empty() || !compound ? reading.parts : reading.wholes;
    if (!guilty.empty()) {
      add(word_of(guilty.front(), Need::excluded));
    }
    return;
  }
  for (const Token& part : reading.parts) {
    const bool stop =
        !compound && need != Need::required && is_stop(part, chunk.substr(part.begin, part.end - part.begin));
    if (stop && need == Need::wanted) {
      m_stops.push_back(word_of(part, Need::wanted));
    } else if (!stop) {
      add(word_of(part, need));
    }
  }
  for (const Token& whole : reading.wholes) {
    add(word_of(whole, Need::scored));
  }
}

// Of two of one word the stronger stands: required, wanted, weighed, scored.
void WishMaker::add(Word&& word) {
  const auto rank = [](Need need) {
    return need == Need::required ? 3 : need == Need::wanted ? 2 : need == Need::weighed ? 1 : 0;
  };
  for (Word& other : m_wish.words) {
    if (other.forms == word.forms && (other.need == Need::excluded) == (word.need == Need::excluded)) {
      other.need = rank(word.need) > rank(other.need) ? word.need : other.need;
      return;
    }
  }
  m_wish.words.push_back(std::move(word));
}

Wish WishMaker::finish(bool asked_otherwise) {
  const bool only_stops =
      !asked_otherwise && std::none_of(m_wish.words.begin(), m_wish.words.end(), [](const Word& word) {
        return word.need == Need::wanted || word.need == Need::required;
      });
  if (only_stops) {
    for (Word& word : m_stops) {
      add(std::move(word));
    }
  }
  return std::move(m_wish);
}

Wish understand(std::string_view typed) {
  const std::string_view used = cut(typed, k_longest_query);
  Wish wish = Reader(used).read();
  if (used.size() < typed.size()) {
    wish.ignored.push_back(clean_utf8(cut(typed.substr(used.size()), 80)));
  }
  if (wish.words.empty() && wish.ignored.empty() && !trim(typed).empty()) {
    wish.ignored.push_back(clean_utf8(cut(typed, 80)));
  }
  return wish;
}

}  // namespace pitchblende::search
