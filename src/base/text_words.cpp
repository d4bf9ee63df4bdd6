// words(): UAX 29 refined for the field. Letters and digits are found by a table; scripts that put no space between
// words (Chinese, Japanese, Thai…) are handed to ICU's word break.
#include "base/text_words.hpp"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>

namespace pitchblende {

namespace {

enum class Class : uint8_t { other, word, extend, hyphen, apostrophe, plus, slash, joiner, comma, run };

constexpr size_t k_largest_whole = 64;  // bytes; a longer compound is known by its parts alone
constexpr size_t k_most_parts = 8;

bool has_no_spaces(UChar32 c) {
  if (c < 0xE00) {
    return false;
  }
  const int32_t kind = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
  return kind == U_WB_KATAKANA || u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT ||
         u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || u_getIntPropertyValue(c, UCHAR_SCRIPT) == USCRIPT_HIRAGANA;
}

Class classify_slowly(UChar32 c) {
  switch (c) {
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212:
      return Class::hyphen;
    case '\'':
    case 0x2019:
      return Class::apostrophe;
    case '+':
    case 0x207A:
      return Class::plus;
    case '/':
      return Class::slash;
    case '.':
    case '_':
    case '&':
    case 0xB7:
      return Class::joiner;
    case ',':
      return Class::comma;
    default:
      break;
  }
  const uint32_t type = U_MASK(u_charType(c));
  if ((type & (U_GC_L_MASK | U_GC_ND_MASK)) != 0) {
    return has_no_spaces(c) ? Class::run : Class::word;
  }
  // Superscript and subscript digits: m², CD4², IC₅₀.
  if ((type & U_GC_NO_MASK) != 0 && u_getNumericValue(c) >= 0 && u_getNumericValue(c) <= 9 &&
      u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) == U_NT_DIGIT && c < 0x20A0) {
    return Class::word;
  }
  if ((type & (U_GC_M_MASK | U_GC_CF_MASK)) != 0 && c != 0x200B) {
    return has_no_spaces(c) ? Class::run : Class::extend;
  }
  return Class::other;
}

constexpr UChar32 k_table_end = 0x2100;

const std::array<Class, k_table_end>& table() {
  static const auto built = [] {
    std::array<Class, k_table_end> classes{};
    for (UChar32 c = 0; c < k_table_end; ++c) {
      classes[static_cast<size_t>(c)] = classify_slowly(c);
    }
    return classes;
  }();
  return built;
}

// Whether a byte is an ASCII letter or digit, which most bytes are.
constexpr auto k_plain = [] {
  std::array<bool, 256> plain{};
  for (size_t c = 0; c < 128; ++c) {
    plain[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
  return plain;
}();

struct Decoded {
  Class kind = Class::other;
  uint32_t end = 0;
  bool digit = false;
};

Decoded decode(std::string_view text, uint32_t at, const std::array<Class, k_table_end>& classes) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    return {classes[byte], at + 1, byte >= '0' && byte <= '9'};
  }
  auto next = static_cast<int64_t>(at);
  UChar32 c = 0;
  U8_NEXT(reinterpret_cast<const uint8_t*>(text.data()), next, static_cast<int64_t>(text.size()), c);
  if (c < 0) {
    return {Class::other, static_cast<uint32_t>(next), false};
  }
  return {c < k_table_end ? classes[static_cast<size_t>(c)] : classify_slowly(c), static_cast<uint32_t>(next), false};
}

struct BreakCloser {
  void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};

UBreakIterator* word_break() {
  thread_local const std::unique_ptr<UBreakIterator, BreakCloser> iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<UBreakIterator, BreakCloser>(ubrk_open(UBRK_WORD, "", nullptr, 0, &status));
  }();
  return iterator.get();
}

// One part of a chunk, and the connector that stands before it ('\0': none).
struct Part {
  uint32_t begin = 0;
  uint32_t end = 0;
  char connector = 0;
  bool plus = false;  // a + follows: CD8+
  std::string folded;
};

char connector_sign(Class kind, char byte) {
  switch (kind) {
    case Class::hyphen:
      return '-';
    case Class::apostrophe:
      return '\'';
    case Class::plus:
      return '+';
    case Class::slash:
      return '/';
    case Class::comma:
      return ',';
    default:
      return byte == '_' || byte == '&' ? byte : '.';
  }
}

std::vector<Part> parts_of(std::string_view chunk) {
  const auto& classes = table();
  std::vector<Part> parts;
  bool inside = false;
  char connector = 0;
  for (uint32_t at = 0; at < chunk.size();) {
    const Decoded decoded = decode(chunk, at, classes);
    if (decoded.kind == Class::word || decoded.kind == Class::extend || decoded.kind == Class::run) {
      if (!inside) {
        parts.push_back({at, at, connector, false, {}});
        inside = true;
        connector = 0;
      }
      parts.back().end = decoded.end;
    } else {
      if (decoded.kind == Class::plus && !parts.empty()) {
        parts.back().plus = true;
      }
      inside = false;
      connector = connector_sign(decoded.kind, chunk[at]);
    }
    at = decoded.end;
  }
  for (Part& part : parts) {
    part.folded = fold(chunk.substr(part.begin, part.end - part.begin));
  }
  return parts;
}

bool is_elided(std::string_view folded) {
  static constexpr std::array<std::string_view, 15> k_elided = {
      "c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "presqu", "puisqu", "qu", "quelqu", "quoiqu", "s", "t"};
  return std::find(k_elided.begin(), k_elided.end(), folded) != k_elided.end();
}

// l’ADN → ADN; the patient’s → patient.
void cut_apostrophes(std::vector<Part>& parts) {
  size_t elided = 0;
  while (elided + 1 < parts.size() && parts[elided + 1].connector == '\'' && is_elided(parts[elided].folded)) {
    ++elided;
  }
  parts.erase(parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(elided));
  if (parts.size() > 1 && parts.back().connector == '\'' && parts.back().folded == "s" && !parts.back().plus) {
    parts.pop_back();
  }
}

// The parts from first to last as one word; nothing when that would be very long.
void add_whole(const std::vector<Part>& parts, size_t first, size_t last, std::vector<Token>& tokens) {
  Token token{parts[first].begin, parts[last].end, parts[first].folded};
  for (size_t i = first + 1; i <= last; ++i) {
    if (parts[i - 1].plus && parts[i].connector != '+') {
      token.folded += '+';
    }
    token.folded += parts[i].connector;
    token.folded += parts[i].folded;
  }
  if (parts[last].plus) {
    token.folded += '+';
  }
  if (token.folded.size() <= k_largest_whole) {
    tokens.push_back(std::move(token));
  }
}

void add_group(const std::vector<Part>& parts, size_t first, size_t last, bool is_chunk, std::vector<Token>& tokens) {
  const size_t count = last - first + 1;
  if (count > 1 && count <= k_most_parts && !is_chunk) {
    add_whole(parts, first, last, tokens);
  }
  for (size_t i = first; i <= last; ++i) {
    if (i > first && count > 2 && count <= k_most_parts) {
      add_whole(parts, i - 1, i, tokens);
    }
    if (parts[i].plus && (count > 1 || !is_chunk)) {
      add_whole(parts, i, i, tokens);
    }
    if (!parts[i].folded.empty()) {
      tokens.push_back({parts[i].begin, parts[i].end, parts[i].folded});
    }
  }
}

}  // namespace

uint32_t ChunkScanner::end_of_word(uint32_t at) const {
  const auto& classes = table();
  while (at < m_text.size()) {
    if (k_plain[static_cast<unsigned char>(m_text[at])]) {
      ++at;
      continue;
    }
    const Decoded decoded = decode(m_text, at, classes);
    if (decoded.kind != Class::word && decoded.kind != Class::extend) {
      break;
    }
    at = decoded.end;
  }
  return at;
}

// Where the word after a connector at `at` begins; `at` itself when what stands there connects nothing.
uint32_t ChunkScanner::after_connector(uint32_t at) const {
  if (m_text[at] == ' ') {
    return at;
  }
  const auto& classes = table();
  const Decoded sign = decode(m_text, at, classes);
  if (sign.kind < Class::hyphen || sign.kind == Class::run) {
    return at;
  }
  uint32_t next = sign.end;
  if (sign.kind == Class::plus) {
    // CD4+/CD8-, CD4+CD25+: what follows a + may be another connector.
    while (next < m_text.size() && decode(m_text, next, classes).kind == Class::plus) {
      next = decode(m_text, next, classes).end;
    }
    if (next < m_text.size() && decode(m_text, next, classes).kind == Class::slash) {
      next = decode(m_text, next, classes).end;
    }
  }
  if (next >= m_text.size()) {
    return at;
  }
  const Decoded follower = decode(m_text, next, classes);
  if (follower.kind != Class::word) {
    return at;
  }
  if (sign.kind == Class::comma) {
    const auto before = static_cast<unsigned char>(m_text[at - 1]);
    return follower.digit && before >= '0' && before <= '9' ? next : at;
  }
  return next;
}

void ChunkScanner::queue_words_of_run(uint32_t begin) {
  const auto& classes = table();
  uint32_t end = begin;
  while (end < m_text.size()) {
    const Decoded decoded = decode(m_text, end, classes);
    if (decoded.kind != Class::run && decoded.kind != Class::extend) {
      break;
    }
    end = decoded.end;
  }
  m_at = end;
  UErrorCode status = U_ZERO_ERROR;
  UText run = UTEXT_INITIALIZER;
  utext_openUTF8(&run, m_text.data() + begin, static_cast<int64_t>(end - begin), &status);
  UBreakIterator* words_of_run = word_break();
  ubrk_setUText(words_of_run, &run, &status);
  int32_t from = ubrk_first(words_of_run);
  for (int32_t to = ubrk_next(words_of_run); U_SUCCESS(status) && to != UBRK_DONE; to = ubrk_next(words_of_run)) {
    if (ubrk_getRuleStatus(words_of_run) >= UBRK_WORD_NONE_LIMIT) {
      m_queue.push_back({begin + static_cast<uint32_t>(from), begin + static_cast<uint32_t>(to)});
    }
    from = to;
  }
  utext_close(&run);
  std::reverse(m_queue.begin(), m_queue.end());
}

void ChunkScanner::pass_over_others(const Beginnings& wanted) {
  const size_t size = m_text.size();
  size_t at = m_at;
  while (m_queue.empty() && at < size) {
    if (m_text[at] == ' ') {
      m_at = static_cast<uint32_t>(++at);
      continue;
    }
    const size_t begin = at;
    while (at < size && k_plain[static_cast<unsigned char>(m_text[at])]) {
      ++at;
    }
    if (at == begin || wanted.have(m_text.substr(begin, at - begin))) {
      return;
    }
    // What connects a word with the next one has no space behind it.
    at += at < size && (m_text[at] == ',' || m_text[at] == '.') ? 1 : 0;
    if (at >= size || m_text[at] != ' ') {
      return;
    }
    m_at = static_cast<uint32_t>(at);
  }
}

bool ChunkScanner::next(Chunk& chunk) {
  const auto& classes = table();
  while (m_queue.empty()) {
    Decoded decoded;
    while (m_at < m_text.size()) {
      decoded = decode(m_text, m_at, classes);
      if (decoded.kind == Class::word || decoded.kind == Class::run) {
        break;
      }
      m_at = decoded.end;
    }
    if (m_at >= m_text.size()) {
      return false;
    }
    if (decoded.kind == Class::run) {
      queue_words_of_run(m_at);
      continue;
    }
    chunk.begin = m_at;
    m_at = end_of_word(m_at);
    while (m_at < m_text.size()) {
      const uint32_t after = after_connector(m_at);
      if (after == m_at) {
        break;
      }
      m_at = end_of_word(after);
    }
    while (m_at < m_text.size() && decode(m_text, m_at, classes).kind == Class::plus) {
      m_at = decode(m_text, m_at, classes).end;
    }
    chunk.end = m_at;
    return true;
  }
  chunk = m_queue.back();
  m_queue.pop_back();
  return true;
}

void expand_chunk(std::string_view chunk, std::vector<Token>& tokens) {
  std::vector<Part> parts = parts_of(chunk);
  cut_apostrophes(parts);
  if (parts.empty()) {
    return;
  }
  const size_t last = parts.size() - 1;
  const bool is_compound = last > 0 || parts[0].plus;
  if (is_compound && parts.size() <= k_most_parts) {
    add_whole(parts, 0, last, tokens);
  }
  size_t first = 0;
  for (size_t i = 1; i <= parts.size(); ++i) {
    if (i == parts.size() || parts[i].connector == '/' || parts[i].connector == '+') {
      add_group(parts, first, i - 1, first == 0 && i == parts.size(), tokens);
      first = i;
    }
  }
}

std::vector<Token> words(std::string_view text) {
  std::vector<Token> tokens;
  ChunkScanner scanner(text);
  Chunk chunk;
  while (scanner.next(chunk)) {
    const size_t before = tokens.size();
    expand_chunk(text.substr(chunk.begin, chunk.end - chunk.begin), tokens);
    for (size_t i = before; i < tokens.size(); ++i) {
      tokens[i].begin += chunk.begin;
      tokens[i].end += chunk.begin;
    }
  }
  return tokens;
}

}  // namespace pitchblende
