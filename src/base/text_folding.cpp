// fold(), fold_to_latin() and normalised(). Folding is a mapping of code points: decomposition, case folding and the
// loss of marks depend on no neighbour, so that a table of the common ones is all that ICU has to be asked for.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "base/text.hpp"

namespace pitchblende {

namespace {

constexpr uint64_t k_ones = 0x0101010101010101u;
constexpr uint64_t k_highs = 0x8080808080808080u;

struct PlainForm {
  UChar32 code_point;
  std::string_view plain;
};
// Letters that Unicode does not take apart, and the typographic signs.
constexpr PlainForm k_plain_forms[] = {
    {0xAB, "\""},   {0xB4, "'"},    {0xBB, "\""},   {0xE6, "ae"},   {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"},
    {0x111, "d"},   {0x127, "h"},   {0x131, "i"},   {0x138, "k"},   {0x142, "l"},  {0x14B, "n"},  {0x153, "oe"},
    {0x167, "t"},   {0x2B9, "'"},   {0x2BB, "'"},   {0x2BC, "'"},   {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"},
    {0x2013, "-"},  {0x2014, "-"},  {0x2015, "-"},  {0x2018, "'"},  {0x2019, "'"}, {0x201A, ","}, {0x201B, "'"},
    {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x201F, "\""}, {0x2032, "'"}, {0x2039, "'"}, {0x203A, "'"},
    {0x2043, "-"},  {0x2212, "-"}};
static_assert(std::is_sorted(std::begin(k_plain_forms), std::end(k_plain_forms),
                             [](const PlainForm& a, const PlainForm& b) { return a.code_point < b.code_point; }));

std::string_view plain_form(UChar32 c) {
  const auto* const found = std::lower_bound(std::begin(k_plain_forms), std::end(k_plain_forms), c,
                                             [](const PlainForm& form, UChar32 of) { return form.code_point < of; });
  return found != std::end(k_plain_forms) && found->code_point == c ? found->plain : std::string_view();
}

void append_code_point(std::string& out, UChar32 c) {
  char bytes[4];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<size_t>(size));
}

const icu::Normalizer2& case_folder() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2& instance = *icu::Normalizer2::getNFKCCasefoldInstance(status);
  return instance;
}

const icu::Normalizer2& decomposer() {
  UErrorCode status = U_ZERO_ERROR;
  static const icu::Normalizer2& instance = *icu::Normalizer2::getNFKDInstance(status);
  return instance;
}

void append_folded_slowly(std::string& out, UChar32 c) {
  if (const std::string_view plain = plain_form(c); !plain.empty()) {
    out.append(plain);
    return;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString cased;
  icu::UnicodeString apart;
  case_folder().normalize(icu::UnicodeString(c), cased, status);
  decomposer().normalize(cased, apart, status);
  for (int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1)) {
    const UChar32 part = apart.char32At(at);
    if (u_getCombiningClass(part) != 0) {
      continue;
    }
    if (const std::string_view plain = plain_form(part); !plain.empty()) {
      out.append(plain);
    } else {
      append_code_point(out, part);
    }
  }
}

// The folded forms of the code points before 0x3000.
class FoldTable {
 public:
  FoldTable() : m_entries(k_end) {
    std::string folded;
    for (UChar32 c = 0; c < k_end; ++c) {
      folded.clear();
      append_folded_slowly(folded, c);
      Entry& entry = m_entries[static_cast<size_t>(c)];
      entry.size = folded.size() <= entry.bytes.size() ? static_cast<uint8_t>(folded.size()) : k_long;
      if (entry.size != k_long) {
        folded.copy(entry.bytes.data(), folded.size());
      }
    }
  }
  void append(std::string& out, UChar32 c) const {
    if (c < k_end && m_entries[static_cast<size_t>(c)].size != k_long) {
      const Entry& entry = m_entries[static_cast<size_t>(c)];
      out.append(entry.bytes.data(), entry.size);
    } else {
      append_folded_slowly(out, c);
    }
  }

 private:
  static constexpr UChar32 k_end = 0x3000;
  static constexpr uint8_t k_long = 0xFF;
  struct Entry {
    uint8_t size = 0;
    std::array<char, 7> bytes{};
  };
  std::vector<Entry> m_entries;
};

const FoldTable& fold_table() {
  static const FoldTable table;
  return table;
}

// Lower case of eight bytes, all ASCII.
uint64_t lower(uint64_t word) {
  const uint64_t from_a = word + k_ones * (0x80 - 'A');
  const uint64_t past_z = word + k_ones * (0x80 - 'Z' - 1);
  return word | (((from_a ^ past_z) & k_highs) >> 2);
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

// Appends the ASCII from `at` on in lower case, and gives where it ends.
size_t append_ascii(std::string& out, std::string_view text, size_t at) {
  const size_t begin = at;
  const size_t size = out.size();
  uint64_t word = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::memcpy(&word, text.data() + at, 8);
    if ((word & k_highs) != 0) {
      break;
    }
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
    ++at;
  }
  out.append(text.substr(begin, at - begin));
  char* copy = out.data() + size;
  char* const end = out.data() + out.size();
  for (; end - copy >= 8; copy += 8) {
    std::memcpy(&word, copy, 8);
    word = lower(word);
    std::memcpy(copy, &word, 8);
  }
  for (; copy != end; ++copy) {
    *copy = lower(*copy);
  }
  return at;
}

// Russian, Ukrainian and Serbian letters as names are most often spelt in English; й and ё have lost their marks
// already.
std::string_view latin_of_cyrillic(UChar32 c) {
  static constexpr std::string_view k_letters[] = {"a",  "b",  "v",  "g",    "d", "e", "zh", "z", "i",  "i", "k",
                                                   "l",  "m",  "n",  "o",    "p", "r", "s",  "t", "u",  "f", "kh",
                                                   "ts", "ch", "sh", "shch", "",  "y", "",   "e", "yu", "ya"};
  if (c >= 0x430 && c <= 0x44F) {
    return k_letters[c - 0x430];
  }
  switch (c) {
    case 0x452:
      return "dj";
    case 0x454:
      return "ie";
    case 0x455:
      return "dz";
    case 0x456:
      return "i";
    case 0x458:
      return "j";
    case 0x459:
      return "lj";
    case 0x45A:
      return "nj";
    case 0x45B:
      return "c";
    case 0x45F:
      return "dz";
    case 0x491:
      return "g";
    default:
      return {};
  }
}

bool is_cyrillic(UChar32 c) { return (c >= 0x430 && c <= 0x44F) || (c >= 0x452 && c <= 0x45F) || c == 0x491; }

bool needs_latin(UChar32 c) {
  return c >= 0x370 && u_isalpha(c) && u_getIntPropertyValue(c, UCHAR_SCRIPT) != USCRIPT_LATIN;
}

// ICU replaces in place, which is quadratic: it is given a word at a time.
void append_transliterated(std::string& out, icu::UnicodeString& word) {
  thread_local const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(
        icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    return U_SUCCESS(status) ? std::move(made) : nullptr;
  }();
  if (word.isEmpty()) {
    return;
  }
  if (to_latin) {
    to_latin->transliterate(word);
  }
  std::string latin;
  word.toUTF8String(latin);
  out.append(fold(latin));
  word.remove();
}

bool is_word_character(UChar32 c) { return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK)) != 0; }

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  size_t at = append_ascii(out, text, 0);
  while (at < text.size()) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), c);
    fold_table().append(out, c);
    at = append_ascii(out, text, at);
  }
  return out;
}

std::string fold_to_latin(std::string_view text) {
  constexpr int32_t k_longest_word = 64;
  const std::string folded = fold(text);
  std::string out;
  out.reserve(folded.size());
  icu::UnicodeString word;
  for (size_t at = 0; at < folded.size();) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(folded.data(), at, folded.size(), c);
    const bool foreign = needs_latin(c) && !is_cyrillic(c);
    if (!foreign || word.length() >= k_longest_word) {
      append_transliterated(out, word);
    }
    if (foreign) {
      word.append(c);
    } else if (is_cyrillic(c)) {
      out.append(latin_of_cyrillic(c));
    } else {
      append_code_point(out, c);
    }
  }
  append_transliterated(out, word);
  return out;
}

std::string normalised(std::string_view text) {
  std::string out = fold(text);
  size_t written = 0;
  bool pending = false;
  const auto keep = [&](size_t begin, size_t end) {
    if (pending) {
      out[written++] = ' ';
      pending = false;
    }
    for (; begin < end; ++begin) {
      out[written++] = out[begin];
    }
  };
  for (size_t at = 0; at < out.size();) {
    const size_t begin = at;
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(out.data(), at, out.size(), c);
    if (c < 0x80 ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') : is_word_character(c)) {
      keep(begin, at);
    } else {
      pending = written > 0;
    }
  }
  out.resize(written);
  return out;
}

}  // namespace pitchblende
