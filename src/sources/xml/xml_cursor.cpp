#include "sources/xml/xml_cursor.hpp"

#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "sources/byte_blocks.hpp"
#include "sources/errors.hpp"
#include "sources/xml/xml_references.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_excerpt = 60;
constexpr size_t k_longest_reference = 64;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

size_t name_size(const char* name) {
  for (size_t at = 0;; at += 16) {
    const Block block(name + at);
    const uint32_t ends = block.at_most(' ') | block.equal('>') | block.equal('/') | block.equal('<');
    if (ends != 0) {
      return at + static_cast<size_t>(std::countr_zero(ends));
    }
  }
}

bool same(const char* a, const char* b, size_t size) {
  if (size <= 16) {
    const uint32_t wanted = first_bits(size);
    return (Block(a).equal(Block(b)) & wanted) == wanted;
  }
  return std::memcmp(a, b, size) == 0;
}

// The first '>' that stands in no quotes, or null.
const char* tag_end_slowly(const char* at, const char* limit) {
  char quote = 0;
  for (; at < limit; ++at) {
    if (quote != 0) {
      quote = *at == quote ? '\0' : quote;
    } else if (*at == '"' || *at == '\'') {
      quote = *at;
    } else if (*at == '>') {
      return at;
    }
  }
  return nullptr;
}

// The same: behind an even number of double quotes and no single one there is no need to look at each byte.
const char* tag_end(const char* begin, const char* limit) {
  int quotes = 0;
  for (const char* at = begin; at < limit; at += 16) {
    const Block block(at);
    const uint32_t ends = block.equal('>') & first_bits(static_cast<size_t>(limit - at));
    const uint32_t before = ends == 0 ? 0xFFFFu : (ends & (~ends + 1)) - 1;
    if ((block.equal('\'') & before) != 0) {
      return tag_end_slowly(begin, limit);
    }
    quotes += std::popcount(block.equal('"') & before);
    if (ends != 0) {
      return quotes % 2 == 0 ? at + std::countr_zero(ends) : tag_end_slowly(begin, limit);
    }
  }
  return nullptr;
}

// Neither references nor spaces that squeezing would change; letters that may begin a wide space count as such.
bool is_plain(const char* begin, const char* end) {
  uint32_t after_space = 1;
  for (const char* at = begin; at < end; at += 16) {
    const Block block(at);
    const uint32_t inside = first_bits(static_cast<size_t>(end - at));
    const uint32_t spaces = block.equal(' ');
    uint32_t odd = block.at_most(0x1F) | block.equal('&') | (spaces & (spaces << 1 | after_space));
    if (block.high() != 0) {
      odd |= block.equal('\xC2') | block.equal('\xE1') | block.equal('\xE2') | block.equal('\xE3');
    }
    if ((odd & inside) != 0) {
      return false;
    }
    after_space = spaces >> 15 & 1;
  }
  return begin == end || end[-1] != ' ';
}

}  // namespace

XmlCursor::XmlCursor(const XmlRecord& record)
    : m_base(record.base),
      m_end(record.text.data() + record.text.size()),
      m_next(record.tags.data()),
      m_last(record.tags.data() + record.tags.size()),
      m_content(record.text.data()) {
  if (more()) {
    enter(m_base + *m_next);
  }
}

bool XmlCursor::fail_at(const char* at) {
  if (!m_failed) {
    const std::string_view rest(at, std::min(k_excerpt, static_cast<size_t>(m_end - at)));
    m_failed.emplace(errors::not_xml, squeeze(clean_utf8(rest)));
  }
  m_content = at;
  m_depth = 0;
  m_empty = false;
  m_next = m_last;
  return false;
}

bool XmlCursor::more() {
  if (m_next < m_last) [[likely]] {
    return true;
  }
  return m_failed ? false : fail_at(m_content);
}

bool XmlCursor::child() {
  if (m_empty) {
    m_empty = false;
    --m_depth;
    return false;
  }
  while (more()) {
    const char* at = m_base + *m_next;
    if (at[1] == '/') {
      leave(at);
      return false;
    }
    if (at[1] != '!' && at[1] != '?') [[likely]] {
      return enter(at);
    }
    ++m_next;
  }
  return false;
}

bool XmlCursor::enter(const char* at) {
  const char* name = at + 1;
  m_name = static_cast<size_t>(name - m_base);
  m_name_size = name_size(name);
  if (m_name_size == 0 || name + m_name_size >= m_end) {
    return fail_at(at);
  }
  if (m_depth == k_deepest_xml) {
    m_failed.emplace(errors::too_deep, std::to_string(k_deepest_xml));
    return fail_at(at);
  }
  m_open[m_depth++] = {static_cast<uint32_t>(m_name), static_cast<uint32_t>(m_name_size)};
  ++m_next;
  const char* name_end = name + m_name_size;
  if (*name_end == '>') [[likely]] {
    m_attributes = {};
    m_content = name_end + 1;
    return true;
  }
  return enter_with_attributes(name_end);
}

bool XmlCursor::enter_with_attributes(const char* name_end) {
  const char* limit = m_next < m_last ? m_base + *m_next : m_end;
  const char* at = tag_end(name_end, limit);
  if (at == nullptr) {
    return fail_at(name_end);
  }
  m_content = at + 1;
  m_empty = at[-1] == '/';
  m_attributes = {name_end, static_cast<size_t>(at - name_end - (m_empty ? 1 : 0))};
  return true;
}

bool XmlCursor::leave(const char* at) {
  if (m_depth == 0) {
    return fail_at(at);
  }
  const Open& open = m_open[--m_depth];
  const char* end = at + 2 + open.size;
  if (end >= m_end || !same(at + 2, m_base + open.name, open.size)) {
    return fail_at(at);
  }
  while (end < m_end && is_space(*end)) {
    ++end;
  }
  if (end >= m_end || *end != '>') {
    return fail_at(at);
  }
  m_content = end + 1;
  ++m_next;
  return true;
}

std::string_view XmlCursor::attribute(std::string_view name) const {
  const char* at = m_attributes.data();
  const char* end = at + m_attributes.size();
  const auto pass_space = [&] {
    while (at < end && is_space(*at)) {
      ++at;
    }
  };
  while (true) {
    pass_space();
    const char* begin = at;
    while (at < end && *at != '=' && !is_space(*at)) {
      ++at;
    }
    const auto size = static_cast<size_t>(at - begin);
    pass_space();
    if (at == end || *at++ != '=') {
      return {};
    }
    pass_space();
    if (at == end || (*at != '"' && *at != '\'')) {
      return {};
    }
    const char quote = *at++;
    const char* value = at;
    while (at < end && *at != quote) {
      ++at;
    }
    if (at == end) {
      return {};
    }
    if (std::string_view(begin, size) == name) {
      return {value, static_cast<size_t>(at - value)};
    }
    ++at;
  }
}

std::string XmlCursor::attribute_text(std::string_view name) {
  const std::string_view raw = attribute(name);
  return std::string(clean(raw.data(), raw.data() + raw.size()));
}

void XmlCursor::skip() {
  if (m_empty) {
    m_empty = false;
    --m_depth;
    return;
  }
  const size_t outside = m_depth - 1;
  while (more() && m_depth > outside) {
    const char* at = m_base + *m_next;
    if (at[1] == '/') {
      leave(at);
    } else if (at[1] == '!' || at[1] == '?') {
      ++m_next;
    } else if (enter(at) && m_empty) {
      m_empty = false;
      --m_depth;
    }
  }
}

std::string_view XmlCursor::text() {
  if (m_empty) {
    m_empty = false;
    --m_depth;
    return {};
  }
  if (!more()) {
    return {};
  }
  const char* at = m_base + *m_next;
  if (at[1] != '/') {
    return mixed();
  }
  const char* begin = m_content;
  return leave(at) ? clean(begin, at) : std::string_view{};
}

std::string_view XmlCursor::clean(const char* begin, const char* end) {
  const std::string_view raw(begin, static_cast<size_t>(end - begin));
  return is_plain(begin, end) ? raw : clean_slowly(raw);
}

std::string_view XmlCursor::clean_slowly(std::string_view raw) {
  m_scratch.clear();
  decode(raw, m_scratch);
  return squeezed();
}

// Of what stands in m_scratch.
std::string_view XmlCursor::squeezed() {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && !is_space(c); };
  if (std::any_of(m_scratch.begin(), m_scratch.end(), is_control)) {
    std::string out;
    for (const char c : m_scratch) {
      if (c == k_not_utf8) {
        out += "\xEF\xBF\xBD";
      } else if (!is_control(c)) {
        out += c;
      } else {
        m_controls_left_out = true;
      }
    }
    m_scratch = std::move(out);
  }
  m_squeezed = squeeze(m_scratch);
  return m_squeezed;
}

// Text with elements, CDATA or comments between: what they mark is kept, the marks are not.
std::string_view XmlCursor::mixed() {
  const size_t outside = m_depth - 1;
  m_scratch.clear();
  while (more() && m_depth > outside) {
    const char* at = m_base + *m_next;
    decode({m_content, static_cast<size_t>(at - m_content)}, m_scratch);
    if (at[1] == '/') {
      leave(at);
    } else if (at[1] == '!' || at[1] == '?') {
      mixed_markup(at);
    } else if (enter(at) && m_empty) {
      m_empty = false;
      --m_depth;
    }
  }
  return squeezed();
}

void XmlCursor::mixed_markup(const char* at) {
  const std::string_view rest(at, static_cast<size_t>(m_end - at));
  const bool data = rest.starts_with("<![CDATA[");
  const std::string_view closer = data ? "]]>" : rest.starts_with("<!--") ? "-->" : rest[1] == '?' ? "?>" : ">";
  const size_t open = data ? 9 : closer.size() == 3 ? 4 : 2;
  const size_t close = rest.find(closer, open);
  if (close == std::string_view::npos) {
    fail_at(at);
    return;
  }
  if (data) {
    m_scratch.append(rest.substr(open, close - open));
  }
  m_content = at + close + closer.size();
  ++m_next;
}

void XmlCursor::decode(std::string_view raw, std::string& out) {
  while (true) {
    const size_t reference = raw.find('&');
    out.append(raw.substr(0, reference));
    if (reference == std::string_view::npos) {
      return;
    }
    raw.remove_prefix(reference);
    raw.remove_prefix(decode_reference(raw, out));
  }
}

// Gives how many bytes it took. What is no reference stays as it is.
size_t XmlCursor::decode_reference(std::string_view raw, std::string& out) {
  const size_t end = raw.substr(0, k_longest_reference).find(';');
  const std::string_view name = end == std::string_view::npos ? std::string_view{} : raw.substr(1, end - 1);
  const std::optional<uint32_t> code = referenced_character(name);
  if (code) {
    append_utf8(*code, out);
    return end + 1;
  }
  if (m_unknown_entity_at == nullptr) {
    m_unknown_entity_at = raw.data();
    m_unknown_entity = raw.substr(0, end == std::string_view::npos ? 1 : end + 1);
  }
  out += '&';
  return 1;
}

}  // namespace pitchblende::sources
