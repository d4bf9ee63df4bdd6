#include "resolution/organisations/organisation_words.hpp"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/text.hpp"
#include "resolution/organisations/organisation_tables.hpp"

namespace pitchblende::resolution {

namespace {

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename T>
using TextMap = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;
using TextSet = std::unordered_set<std::string, TextHash, std::equal_to<>>;

template <typename Each>
void split(std::string_view text, char by, const Each& each) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(by), text.size());
    if (end > 0) {
      each(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Rows of a table: first cell and the rest.
template <typename Each>
void each_row(std::string_view table, const Each& each) {
  split(embedded_table(table), '\n', [&](std::string_view line) {
    const size_t tab = line.find('\t');
    if (line.front() != '#' && tab != std::string_view::npos) {
      each(line.substr(0, tab), line.substr(tab + 1));
    }
  });
}

struct Vocabulary {
  struct Meaning {
    std::string keys;  // parted by '+'; empty: the word itself
    bool joining = false;
  };
  TextMap<Meaning> keys;  // by folded word
  TextSet legal;
  TextSet heads;
  TextSet parts;
  TextSet medical;
  TextMap<std::string> countries;

  Vocabulary() {
    each_row("organisation_words.tsv", [&](std::string_view key, std::string_view words) {
      split(words, ' ', [&](std::string_view word) { mean(word, key); });
      if (key.find('+') == std::string_view::npos) {
        mean(key, key);
      }
    });
    each_row("organisation_other_words.tsv", [&](std::string_view kind, std::string_view words) {
      TextSet& set = kind == "legal" ? legal : kind == "head" ? heads : kind == "medical" ? medical : parts;
      split(words, ' ', [&](std::string_view word) {
        if (kind == "joining") {
          keys[std::string(word)].joining = true;
        } else {
          set.emplace(word);
        }
      });
    });
    add_countries();
  }

 private:
  // The first meaning that is told stays.
  void mean(std::string_view word, std::string_view key) {
    Meaning& meaning = keys[std::string(word)];
    meaning.keys = meaning.keys.empty() ? std::string(key) : meaning.keys;
  }
  void add_country(std::string_view name, std::string_view code) {
    std::vector<AffiliationWord> words;
    std::string joined;
    affiliation_words_with(*this, name, words);
    for (const AffiliationWord& word : words) {
      joined += joined.empty() ? "" : " ";
      joined += word.key;
    }
    if (!joined.empty()) {
      countries.emplace(std::move(joined), code);
    }
  }
  void add_countries();

 public:
  static void affiliation_words_with(const Vocabulary& vocabulary, std::string_view text,
                                     std::vector<AffiliationWord>& out);
};

const Vocabulary& vocabulary() {
  static const Vocabulary all;
  return all;
}

void Vocabulary::add_countries() {
  each_row("country_names.tsv", [&](std::string_view code, std::string_view names) {
    split(names, '|', [&](std::string_view name) { add_country(name, code); });
  });
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    for (const std::string_view language : {"en", "fr", "es", "de", "it", "pt", "zh", "ja", "ru"}) {
      add_country(country_name(*code, language), *code);
    }
  }
}

bool is_ascii_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

struct CodePoint {
  uint32_t value = 0;
  uint32_t size = 1;
};
CodePoint code_point_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const unsigned char first = byte(0);
  const uint32_t size = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  if (size == 1 || at + size > text.size()) {
    return {first < 0x80 ? first : 0xFFFDu, 1};
  }
  uint32_t value = first & (0xFFu >> (size + 1));
  for (uint32_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0u) != 0x80) {
      return {0xFFFDu, 1};
    }
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  // One that is longer than it need be is none: it would be a letter here and no letter there.
  constexpr std::array<uint32_t, 5> k_least{0, 0, 0x80, 0x800, 0x10000};
  return value < k_least[size] ? CodePoint{0xFFFDu, 1} : CodePoint{value, size};
}

bool is_unspaced_script(uint32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3134F);
}
bool is_word_mark(uint32_t c) {  // letters beyond ASCII, roughly: what is not punctuation or space
  return c >= 0xC0 && c != 0xD7 && c != 0xF7 && c != 0xFFFD && !(c >= 0x2000 && c <= 0x2BFF) &&
         !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFF00 && c <= 0xFF0F) && !(c >= 0xFF1A && c <= 0xFF20) &&
         c != 0x30FB && !(c >= 0xE000 && c <= 0xF8FF) && c != 0xFEFF;
}
// "&quot;", "&amp;", "&#39;" at `at`: marks that a web page left; 0 where there is none. Letters are not written so
// here.
size_t entity_length(std::string_view text, size_t at) {
  constexpr std::array<std::string_view, 9> k_marks{"&amp;",  "&quot;", "&apos;", "&lt;", "&gt;",
                                                    "&nbsp;", "&#39;",  "&#34;",  "&#38;"};
  const auto found = std::find_if(k_marks.begin(), k_marks.end(),
                                  [&](std::string_view mark) { return text.substr(at, mark.size()) == mark; });
  return found == k_marks.end() ? 0 : found->size();
}
bool is_apostrophe(uint32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x60 || c == 0xB4; }
bool parts_segments(uint32_t c) {
  return c == ',' || c == ';' || c == '(' || c == ')' || c == '[' || c == ']' || c == '|' || c == '\n' || c == ':' ||
         c == '/' || c == 0x2013 || c == 0x2014 || c == 0x3001 || c == 0xFF0C || c == 0xFF1B || c == 0x2022 ||
         c == 0xFF08 || c == 0xFF09;
}

// Umlauts are written with and without an e; plurals come and go.
void even_out(std::string& word) {
  size_t kept = 0;
  for (size_t at = 0; at < word.size(); ++at) {
    const bool umlaut = word[at] == 'e' && kept > 0 &&
                        (word[kept - 1] == 'a' || word[kept - 1] == 'o' || word[kept - 1] == 'u') && word.size() > 3;
    if (!umlaut) {
      word[kept++] = word[at];
    }
  }
  word.resize(kept);
  if (word.size() >= 5 && word.back() == 's') {
    const char before = word[word.size() - 2];
    if (before != 's' && before != 'u' && before != 'i') {
      word.pop_back();
    }
  }
}

class WordReader {
 public:
  WordReader(const Vocabulary& vocabulary, std::string_view text, std::vector<AffiliationWord>& out)
      : m_vocabulary(vocabulary), m_text(text), m_out(out) {
    m_out.clear();
  }

  void read() {
    size_t at = 0;
    while (at < m_text.size()) {
      const CodePoint c = code_point_at(m_text, at);
      if (c.value < 0x80
              ? (is_ascii_letter(static_cast<unsigned char>(c.value)) || is_digit(static_cast<unsigned char>(c.value)))
              : (is_unspaced_script(c.value) || is_word_mark(c.value))) {
        at = is_unspaced_script(c.value) ? read_unspaced(at) : read_word(at);
        continue;
      }
      if (const size_t entity = c.value == '&' ? entity_length(m_text, at) : 0; entity > 0) {
        at += entity;
        continue;
      }
      pass(c.value, at);
      at += c.size;
    }
  }

 private:
  void pass(uint32_t c, size_t at) {
    const bool stop = c == '.' && m_last_letters >= 8 && (at + 1 >= m_text.size() || m_text[at + 1] == ' ');
    const bool dash = c == '-' && at > 0 && m_text[at - 1] == ' ' && at + 1 < m_text.size() && m_text[at + 1] == ' ';
    if (parts_segments(c) || stop || dash) {
      new_segment();
      m_separated = m_separated || c == ';' || c == '|' || c == '\n' || c == 0xFF1B || c == 0x2022;
    }
    m_brackets += c == '(' || c == '[' ? 1 : (c == ')' || c == ']') && m_brackets > 0 ? -1 : 0;
  }
  void new_segment() {
    if (!m_out.empty() && m_out.back().segment == m_segment) {
      ++m_segment;
    }
    m_last_letters = 0;
  }

  size_t read_unspaced(size_t at) {
    std::vector<std::pair<size_t, size_t>> signs;
    while (at < m_text.size()) {
      const CodePoint c = code_point_at(m_text, at);
      if (!is_unspaced_script(c.value)) {
        break;
      }
      signs.emplace_back(at, at + c.size);
      at += c.size;
    }
    for (size_t i = 0; i + 1 < std::max<size_t>(signs.size(), 2) && i < signs.size(); ++i) {
      const size_t end = signs[std::min(i + 1, signs.size() - 1)].second;
      push(fold(m_text.substr(signs[i].first, end - signs[i].first)), signs[i].first, end, false, false);
    }
    return at;
  }

  // Letters and digits, with the dots of U.C.L.A. and the hyphen of AP-HP inside.
  size_t word_end(size_t at, bool& ascii) const {
    while (at < m_text.size()) {
      const auto byte = static_cast<unsigned char>(m_text[at]);
      if (is_ascii_letter(byte) || is_digit(byte)) {
        ++at;
        continue;
      }
      if (byte < 0x80) {
        break;
      }
      const CodePoint c = code_point_at(m_text, at);
      if (!is_word_mark(c.value) || is_unspaced_script(c.value)) {
        break;
      }
      ascii = false;
      at += c.size;
    }
    return at;
  }

  // The letters of "U.C.L.A." and of "AP-HP" at `at`, joined; nothing where there are none.
  std::string joined_capitals(size_t at, size_t& end) const {
    std::string joined;
    size_t parts = 0;
    char link = 0;
    while (at < m_text.size()) {
      size_t stop = at;
      while (stop < m_text.size() && is_upper(static_cast<unsigned char>(m_text[stop]))) {
        ++stop;
      }
      const size_t letters = stop - at;
      const bool more = stop < m_text.size() && (is_lower(static_cast<unsigned char>(m_text[stop])) ||
                                                 is_digit(static_cast<unsigned char>(m_text[stop])) ||
                                                 static_cast<unsigned char>(m_text[stop]) >= 0x80);
      if (letters == 0 || letters > 3 || more || (link == '.' && letters != 1)) {
        break;
      }
      joined.append(m_text.substr(at, letters));
      ++parts;
      end = stop;
      const char next = stop < m_text.size() ? m_text[stop] : '\0';
      if ((next != '.' || letters != 1) && next != '-') {
        break;
      }
      if (link != 0 && next != link) {
        break;
      }
      link = next;
      at = stop + 1;
    }
    return parts >= 2 ? joined : std::string();
  }

  size_t read_word(size_t begin) {
    size_t end = begin;
    if (std::string joined = joined_capitals(begin, end); !joined.empty()) {
      m_last_letters = 0;
      push(fold(joined), begin, end, true, true);
      return end;
    }
    bool ascii = true;
    end = word_end(begin, ascii);
    if (const size_t further = after_apostrophe(begin, end); further != end) {
      add_word(begin, further, false);
      return further;
    }
    size_t at = begin;
    if (ascii && end - begin >= 8) {
      // "MedicineUniversity": words that lost the space between them.
      for (size_t i = begin + 4; i + 4 <= end; ++i) {
        if (is_upper(static_cast<unsigned char>(m_text[i])) && is_lower(static_cast<unsigned char>(m_text[i - 1])) &&
            is_lower(static_cast<unsigned char>(m_text[i + 1]))) {
          add_word(at, i, true);
          at = i;
        }
      }
    }
    add_word(at, end, ascii);
    return end;
  }

  // "Xi'an" is one word, "l'Institut" and "Sant'Anna" are two.
  size_t after_apostrophe(size_t begin, size_t end) const {
    constexpr std::array<std::string_view, 20> k_elided{"l",    "d",    "qu",     "j",     "n",       "s",     "m",
                                                        "c",    "t",    "un",     "all",   "dell",    "nell",  "sull",
                                                        "dall", "sant", "lorsqu", "jusqu", "aujourd", "presqu"};
    if (end >= m_text.size() || end - begin > 6) {
      return end;
    }
    const CodePoint c = code_point_at(m_text, end);
    const size_t next = end + c.size;
    if (!is_apostrophe(c.value) || next + 1 >= m_text.size() ||
        !is_ascii_letter(static_cast<unsigned char>(m_text[next])) ||
        !is_ascii_letter(static_cast<unsigned char>(m_text[next + 1])) ||
        std::find(k_elided.begin(), k_elided.end(), fold(m_text.substr(begin, end - begin))) != k_elided.end()) {
      return end;
    }
    bool ascii = true;
    return word_end(next, ascii);
  }

  void add_word(size_t begin, size_t end, bool ascii) {
    const std::string_view printed = m_text.substr(begin, end - begin);
    m_last_letters = printed.size();
    if (printed.size() == 1 && begin > 0 && (printed[0] == 's' || printed[0] == 'S') &&
        is_apostrophe(begin >= 3 && static_cast<unsigned char>(m_text[begin - 1]) >= 0x80
                          ? code_point_at(m_text, begin - 3).value
                          : static_cast<unsigned char>(m_text[begin - 1]))) {
      return;
    }
    std::string folded;
    size_t uppers = 0;
    if (ascii) {
      folded.assign(printed);
      for (char& c : folded) {
        if (is_upper(static_cast<unsigned char>(c))) {
          ++uppers;
          c = static_cast<char>(c + 32);
        }
      }
    } else {
      folded = fold_to_latin(printed);
      folded.erase(std::remove_if(folded.begin(), folded.end(),
                                  [](char c) {
                                    return static_cast<unsigned char>(c) < 0x80 &&
                                           !is_lower(static_cast<unsigned char>(c)) &&
                                           !is_digit(static_cast<unsigned char>(c));
                                  }),
                   folded.end());
      uppers = static_cast<size_t>(std::count_if(printed.begin(), printed.end(),
                                                 [](char c) { return is_upper(static_cast<unsigned char>(c)); }));
    }
    const bool capital =
        is_upper(static_cast<unsigned char>(printed[0])) || static_cast<unsigned char>(printed[0]) >= 0x80;
    const bool upper = uppers >= 2 && printed.size() <= 12;
    if (!folded.empty()) {
      push(std::move(folded), begin, end, upper, capital);
    }
  }

  void push(std::string folded, size_t begin, size_t end, bool upper, bool capital) {
    if (folded.size() > 64) {
      folded.resize(64);  // no word is that long
    }
    const auto found = m_vocabulary.keys.find(folded);
    const bool known = found != m_vocabulary.keys.end();
    if (known && found->second.joining && !(upper && folded.size() >= 3)) {
      return;
    }
    const uint32_t spelling = spelling_of(folded);
    if (!known || found->second.keys.empty()) {
      even_out(folded);
      add(std::move(folded), spelling, begin, end, upper, capital);
      return;
    }
    split(found->second.keys, '+',
          [&](std::string_view key) { add(std::string(key), spelling, begin, end, upper, capital); });
  }

  void add(std::string key, uint32_t spelling, size_t begin, size_t end, bool upper, bool capital) {
    m_out.push_back({std::move(key), spelling, static_cast<uint32_t>(begin), static_cast<uint32_t>(end), m_segment,
                     upper, capital, m_brackets > 0, m_separated});
    m_separated = false;
  }

  const Vocabulary& m_vocabulary;
  std::string_view m_text;
  std::vector<AffiliationWord>& m_out;
  uint32_t m_segment = 0;
  size_t m_last_letters = 0;
  int m_brackets = 0;
  bool m_separated = false;
};

void Vocabulary::affiliation_words_with(const Vocabulary& vocabulary, std::string_view text,
                                        std::vector<AffiliationWord>& out) {
  WordReader(vocabulary, text, out).read();
}

}  // namespace

void affiliation_words(std::string_view text, std::vector<AffiliationWord>& out) {
  Vocabulary::affiliation_words_with(vocabulary(), text, out);
}

uint32_t spelling_of(std::string_view folded) { return static_cast<uint32_t>(std::hash<std::string_view>()(folded)); }

bool is_head_key(std::string_view key) { return vocabulary().heads.find(key) != vocabulary().heads.end(); }
bool is_part_key(std::string_view key) { return vocabulary().parts.find(key) != vocabulary().parts.end(); }
bool is_medical_key(std::string_view key) { return vocabulary().medical.find(key) != vocabulary().medical.end(); }
bool is_legal_form_key(std::string_view key) { return vocabulary().legal.find(key) != vocabulary().legal.end(); }

std::string_view country_of_keys(std::string_view keys) {
  const auto found = vocabulary().countries.find(keys);
  return found == vocabulary().countries.end() ? std::string_view() : std::string_view(found->second);
}

bool within_one_edit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > 1) {
    return false;
  }
  size_t same = 0;
  while (same < a.size() && a[same] == b[same]) {
    ++same;
  }
  const std::string_view rest_a = a.substr(same);
  const std::string_view rest_b = b.substr(same);
  if (a.size() != b.size()) {
    return rest_a == rest_b.substr(1);
  }
  return rest_a.empty() || rest_a.substr(1) == rest_b.substr(1) ||
         (rest_a.size() >= 2 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
          rest_a.substr(2) == rest_b.substr(2));
}

}  // namespace pitchblende::resolution
