#include "sources/xml/xml_splitter.hpp"

#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "sources/byte_blocks.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_chunk = 256 * 1024;  // stays in the second cache
constexpr size_t k_most_tags = 8 * 1024 * 1024;
constexpr size_t k_excerpt = 80;
constexpr size_t k_longest_outer_tag = 1024 * 1024;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ends_name(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '>' || c == '/'; }

// A hash of the first three bytes of a name.
size_t three_letters(const char* name) {
  const uint32_t letters = static_cast<unsigned char>(name[0]) | static_cast<unsigned char>(name[1]) << 8 |
                           static_cast<unsigned char>(name[2]) << 16;
  return letters * 0x9E3779B1u >> 24;
}

}  // namespace

XmlSplitter::XmlSplitter(ByteStream& bytes, std::string file, XmlShape shape, int64_t largest_record)
    : m_bytes(bytes),
      m_file(std::move(file)),
      m_shape(std::move(shape)),
      m_largest(static_cast<size_t>(std::clamp<int64_t>(largest_record, 1, int64_t{1} << 31))) {
  for (const auto* names : {&m_shape.records, &m_shape.roots}) {
    for (const std::string_view name : *names) {
      m_known[three_letters(name.data())] = true;
    }
  }
  m_buffer.resize(k_block_padding);
}

Result<std::optional<XmlRecord>> XmlSplitter::next() {
  if (!m_started) {
    TRY(check_start());
    m_started = true;
  }
  while (!m_in_record) {
    TRY_ASSIGN(const bool more, next_tag());
    if (!more) {
      if (m_depth > 0 || !m_seen_element) {
        return tl::unexpected(truncated());
      }
      return std::optional<XmlRecord>{};
    }
    TRY(outside());
  }
  return inside();
}

// ---- the buffer

void XmlSplitter::drop_kept_out() {
  if (m_keep == 0) {
    return;
  }
  if (m_line_at < m_keep) {
    count_lines(m_keep);
  }
  std::memmove(m_buffer.data(), data() + m_keep, m_end - m_keep);
  m_end -= m_keep;
  m_line_at -= m_keep;
  m_record_at -= std::min(m_record_at, m_keep);
  const size_t gone = m_tags.lower_bound(0, m_keep);
  m_tags.erase(0, gone);
  m_tags.shift_down(m_keep);
  m_tag -= std::min(m_tag, gone);
  m_record_tag -= std::min(m_record_tag, gone);
  m_keep = 0;
}

// More bytes behind those that are there; false at the end of the stream.
Result<bool> XmlSplitter::fill() {
  if (m_piece.empty()) {
    if (!m_stream_ended) {
      TRY_ASSIGN(m_piece, m_bytes.next());
      m_stream_ended = m_piece.empty();
    }
    if (m_stream_ended) {
      return false;
    }
  }
  const std::string_view taken = m_piece.substr(0, k_chunk);
  m_piece.remove_prefix(taken.size());
  if (m_buffer.size() < m_end + taken.size() + k_block_padding) {
    m_buffer.resize(std::max(m_end + taken.size() + k_block_padding, m_end * 2));
  }
  std::memcpy(m_buffer.data() + m_end, taken.data(), taken.size());
  const size_t from = m_end;
  m_end += taken.size();
  std::memset(m_buffer.data() + m_end, 0, k_block_padding);
  index_tags(from);
  return true;
}

void XmlSplitter::index_tags(size_t from) {
  for (size_t at = from; at < m_end; at += 64) {
    const char* block = data() + at;
    m_tags.add(static_cast<uint32_t>(at), Block(block).equal('<') | uint64_t{Block(block + 16).equal('<')} << 16 |
                                              uint64_t{Block(block + 32).equal('<')} << 32 |
                                              uint64_t{Block(block + 48).equal('<')} << 48);
  }
}

Result<bool> XmlSplitter::look_ahead(size_t at, size_t count) {
  while (m_end < at + count) {
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return false;
    }
  }
  return true;
}

// Sees to it that a tag is there and what is needed of it; false at the end. No offset outlives a call.
Result<bool> XmlSplitter::next_tag() {
  while (m_tag >= m_tags.size()) {
    m_keep = m_in_record && !m_too_large ? m_record_at : m_end;
    drop_kept_out();
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return false;
    }
    check_size();
  }
  TRY(look_ahead(m_tags[m_tag], k_look_ahead));
  return true;
}

void XmlSplitter::count_lines(size_t to) {
  m_line += count_bytes(data() + m_line_at, data() + to, '\n');
  m_line_at = to;
}

// ---- what is no element

// Passes over the comment, CDATA, instruction or DOCTYPE at the tag that is looked at.
Result<bool> XmlSplitter::pass_markup() {
  const size_t at = m_tags[m_tag];
  const std::string_view start(data() + at, k_look_ahead);
  if (start.starts_with("<!--")) {
    return pass_to(at + 4, "-->");
  }
  if (start.starts_with("<![CDATA[")) {
    return pass_to(at + 9, "]]>");
  }
  if (start[1] == '?') {
    return pass_to(at + 2, "?>");
  }
  if (m_in_record) {
    return pass_to(at + 2, ">");
  }
  return pass_doctype();
}

// Tags inside of what is passed over are none. It begins with the tag looked at, which stays where a record is kept.
Result<bool> XmlSplitter::pass_to(size_t from, std::string_view closer) {
  while (true) {
    const size_t found = std::string_view(data(), m_end).find(closer, from);
    const bool kept = m_in_record && !m_too_large;
    if (kept) {
      ++m_tag;
    }
    if (found != std::string_view::npos) {
      forget_tags_before(found);
      return true;
    }
    m_tags.shorten(m_tag);
    from = std::max(from, m_end - std::min(m_end, closer.size() - 1));
    if (kept) {
      --m_tag;
    } else {
      m_keep = std::min(from, m_end);
      from -= m_keep;
      drop_kept_out();
    }
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return false;
    }
    check_size();
  }
}

void XmlSplitter::forget_tags_before(size_t end) { m_tags.erase(m_tag, m_tags.lower_bound(m_tag, end)); }

// ---- between records

XmlSplitter::Found XmlSplitter::name_at(size_t at) const {
  const char* name = data() + at + (data()[at + 1] == '/' ? 2 : 1);
  if (!m_known[three_letters(name)]) {
    return {};
  }
  for (const auto& [kind, names] : {std::pair{Name::record, &m_shape.records}, {Name::root, &m_shape.roots}}) {
    for (size_t index = 0; index < names->size(); ++index) {
      const std::string_view known = (*names)[index];
      if (std::memcmp(name, known.data(), known.size()) == 0 && ends_name(name[known.size()])) {
        return {kind, index};
      }
    }
  }
  return {};
}

// One tag that stands in no record.
Result<void> XmlSplitter::outside() {
  const size_t at = m_tags[m_tag];
  m_keep = at;
  const char second = data()[at + 1];
  if (second == '!' || second == '?') {
    TRY_ASSIGN(const bool whole, pass_markup());
    return whole ? Result<void>{} : tl::unexpected(truncated());
  }
  const Found found = name_at(at);
  if (second == '/') {
    m_depth -= m_depth > 0 && found.name != Name::record ? 1 : 0;  // a record's own would be one too many
    ++m_tag;
    return {};
  }
  if (found.name == Name::other && m_depth == 0) {
    TRY(look_ahead(at, k_excerpt + 1));
    size_t end = at + 1;
    while (end < m_end && end - at < k_excerpt && !ends_name(data()[end])) {
      ++end;
    }
    if (end == m_end) {
      return tl::unexpected(truncated());
    }
    return refuse_root(at, {data() + at + 1, end - at - 1});
  }
  m_seen_element = true;
  if (found.name == Name::record) {
    count_lines(at);
    m_in_record = true;
    m_too_large = false;
    m_record_at = at;
    m_record_tag = m_tag;
    m_record_name = found.index;
    m_record_line = m_line;
    return {};
  }
  TRY_ASSIGN(const size_t closed, self_closed_at(at));
  m_depth += closed == 0 ? 1 : 0;
  ++m_tag;
  return {};
}

// Where the '>' of an empty element stands; 0: it is not one.
Result<size_t> XmlSplitter::self_closed_at(size_t at) {
  char quote = 0;
  for (size_t i = at + 1; i < at + k_longest_outer_tag; ++i) {
    TRY_ASSIGN(const bool there, look_ahead(i, 1));
    const char c = data()[i];
    if (!there || c == '<') {
      return 0;
    }
    if (quote != 0) {
      quote = c == quote ? '\0' : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return data()[i - 1] == '/' ? i : 0;
    }
  }
  return 0;
}

// ---- a record

Result<std::optional<XmlRecord>> XmlSplitter::inside() {
  TRY_ASSIGN(const size_t closed, self_closed_at(m_record_at));
  ++m_tag;
  if (closed != 0) {
    return cut(closed + 1, true);
  }
  while (true) {
    pass_unknown_tags();
    TRY_ASSIGN(const bool more, next_tag());
    if (!more) {
      return tl::unexpected(truncated());
    }
    const size_t at = m_tags[m_tag];
    const char second = data()[at + 1];
    if (second == '!' || second == '?') {
      TRY_ASSIGN(const bool whole, pass_markup());
      if (!whole) {
        return tl::unexpected(truncated());
      }
      continue;
    }
    const Found found = name_at(at);
    if (found.name == Name::other) {
      ++m_tag;
      continue;
    }
    if (second != '/' || found.name == Name::root || found.index != m_record_name) {
      return cut(at, false);
    }
    return close(at);
  }
}

// Nearly all of them are, so this is where the time goes.
void XmlSplitter::pass_unknown_tags() {
  const char* begin = data();
  const uint32_t* tag = m_tags.data() + m_tag;
  const uint32_t* end = m_tags.data() + m_tags.size();
  for (; tag < end && *tag + k_look_ahead <= m_end; ++tag) {
    const char* at = begin + *tag;
    const char second = at[1];
    if (second == '!' || second == '?' || m_known[three_letters(at + (second == '/' ? 2 : 1))]) {
      break;
    }
  }
  m_tag = static_cast<size_t>(tag - m_tags.data());
}

// The end tag of the record is looked at; white space may stand before its '>'.
Result<std::optional<XmlRecord>> XmlSplitter::close(size_t at) {
  size_t end = at + 2 + m_shape.records[m_record_name].size();
  while (true) {
    TRY_ASSIGN(const bool there, look_ahead(end, 1));
    if (!there) {
      return tl::unexpected(truncated());
    }
    if (data()[end] == '>') {
      ++m_tag;
      return cut(end + 1, true);
    }
    if (!is_space(data()[end])) {
      ++m_tag;
      return cut(end, false);
    }
    ++end;
  }
}

XmlRecord XmlSplitter::cut(size_t end, bool complete) {
  XmlRecord out;
  const size_t size = end - m_record_at;
  const size_t tags = m_tag - m_record_tag;
  out.name = m_shape.records[m_record_name];
  out.line = m_record_line;
  out.record = ++m_records;
  m_in_record = false;
  m_keep = end;
  if (m_too_large || size > m_largest || tags > k_most_tags) {
    if (!m_too_large) {
      keep_beginning();
    }
    out.text = m_beginning;
    out.error.emplace(errors::record_too_large, std::to_string(m_largest));
    return out;
  }
  out.text = {data() + m_record_at, size};
  out.base = data();
  out.tags = {m_tags.data() + m_record_tag, tags};
  if (!complete) {
    out.error.emplace(errors::no_end_tag, out.name);
  }
  return out;
}

void XmlSplitter::keep_beginning() { m_beginning.assign(data() + m_record_at, std::min(m_largest, k_excerpt)); }

// From the limit on a record's bytes are looked at but no longer kept.
void XmlSplitter::check_size() {
  if (m_in_record && !m_too_large &&
      (m_end - m_record_at > m_largest + k_look_ahead + k_chunk ||
       m_tags.size() - m_record_tag > k_most_tags + k_chunk)) {
    keep_beginning();
    m_too_large = true;
    m_tags.erase(0, m_tag);
    m_tag = 0;
    m_record_tag = 0;
  }
}

Error XmlSplitter::truncated() const {
  const std::string_view inside =
      m_in_record ? m_shape.records[m_record_name] : std::string_view(m_shape.roots.front());
  const std::string line = m_in_record ? std::to_string(m_record_line) : std::string();
  return Error(errors::truncated, m_file,
               InBoth{"inside <" + std::string(inside) + ">" + (line.empty() ? "" : ", line " + line),
                      "au milieu de <" + std::string(inside) + ">" + (line.empty() ? "" : ", ligne " + line)});
}

}  // namespace pitchblende::sources
