#include "sources/json_objects.hpp"

#include <algorithm>
#include <cstring>

#include "base/text.hpp"
#include "sources/byte_blocks.hpp"
#include "sources/errors.hpp"
#include "sources/json_scan.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_none = std::string_view::npos;
constexpr size_t k_piece = 256 * 1024;
constexpr size_t k_longest_prefix = 256;
constexpr size_t k_excerpt = 80;
constexpr size_t k_longest_word = 5;

// A line of the text that begins with the prefix and a brace: where the brace stands.
size_t find_start(std::string_view text, size_t from, std::string_view prefix) {
  for (size_t at = text.find('\n', from); at != k_none; at = text.find('\n', at + 1)) {
    const std::string_view rest = text.substr(at + 1);
    if (rest.size() > prefix.size() && rest.starts_with(prefix) && rest[prefix.size()] == '{') {
      return at + 1 + prefix.size();
    }
  }
  return k_none;
}

// A line of JSON lines may say that there is nothing.
bool begins_with_a_word(std::string_view text) {
  static constexpr std::string_view k_words[] = {"null", "true", "false"};
  return std::any_of(std::begin(k_words), std::end(k_words), [&](std::string_view word) {
    const std::string_view rest = text.substr(std::min(text.size(), word.size()));
    return text.starts_with(word) && (rest.empty() || std::string_view("\n\r\t ,").find(rest[0]) != k_none);
  });
}

InBoth without_end(const std::string& end) {
  return {"its end, “" + end + "”, is missing", "sa fin, « " + end + " », manque"};
}

std::string excerpt(std::string_view text) { return squeeze(clean_utf8(text.substr(0, k_excerpt))); }

}  // namespace

JsonObjects::JsonObjects(ByteStream& bytes, std::string file, std::string page_member, int64_t largest_record)
    : m_bytes(bytes),
      m_file(std::move(file)),
      m_page_member(std::move(page_member)),
      m_largest(static_cast<size_t>(std::max<int64_t>(largest_record, 2))),
      m_buffer(k_json_padding) {}

// Takes one more piece of the stream; false at its end.
Result<bool> JsonObjects::fill() {
  if (m_piece.empty()) {
    TRY_ASSIGN(m_piece, m_bytes.next());
    if (m_piece.empty()) {
      return false;
    }
  }
  const size_t kept = available();
  if (m_at > 0) {
    std::memmove(m_buffer.data(), data(), kept);
    m_at = 0;
  }
  const size_t taken = std::min(m_piece.size(), k_piece);
  if (m_buffer.size() < kept + taken + k_json_padding) {
    m_buffer.resize(std::max(kept + taken + k_json_padding, m_buffer.size() * 3 / 2));
  }
  std::memcpy(m_buffer.data() + kept, m_piece.data(), taken);
  m_piece.remove_prefix(taken);
  m_end = kept + taken;
  return true;
}

Result<bool> JsonObjects::have(size_t offset) {
  while (offset >= available()) {
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return false;
    }
  }
  return true;
}

void JsonObjects::advance(size_t count) {
  m_line += count_bytes(data(), data() + count, '\n');
  m_at += count;
  m_forced -= std::min(m_forced, count);
  if (m_stop != k_none || m_forced == 0) {
    m_stop = m_stop > count && m_stop != k_none ? m_stop - count : 0;
  }
}

// Where, in [from, to), a line begins as the line of the object at m_at did: its brace. k_none: nowhere.
size_t JsonObjects::next_start(size_t from, size_t to) const {
  return m_line_start ? find_start({data(), to}, from, m_prefix) : k_none;
}

// Where the object at m_at must end, if such a line was looked at before: each is looked for once.
size_t JsonObjects::forced_stop() {
  if (m_forced == 0) {
    return k_none;
  }
  if (m_stop == 0) {
    m_stop = find_start({data(), m_forced}, 1, m_forced_prefix);
  }
  return m_stop;
}

void JsonObjects::cut_at(size_t start, size_t looked_at) {
  m_given = start;
  m_cut = true;
  if (looked_at > m_forced) {
    m_forced = looked_at;
    m_forced_prefix = m_prefix;
    m_stop = start;
  }
}

void JsonObjects::broken() {
  if (m_forced == 0) {
    if (const size_t start = next_start(1, m_given); start != k_none) {
      cut_at(start, m_given);
    }
  }
}

Result<std::optional<JsonItem>> JsonObjects::at_end() const {
  if (!m_inside.empty()) {
    return fail(errors::truncated, m_file, without_end(m_inside.back() == Inside::array ? "]" : "]}"));
  }
  if (m_records == 0) {
    return fail(errors::empty, m_file);
  }
  return std::optional<JsonItem>();
}

// Passes over what stands between records; false at the end.
Result<bool> JsonObjects::find_something() {
  for (;;) {
    TRY_ASSIGN(const bool more, have(0));
    if (!more) {
      return false;
    }
    const char c = *data();
    if (c == '\n') {
      m_prefix.clear();
      m_line_start = true;
    } else if (c == ' ' || c == '\t' || c == ',' || (c == '[' && m_inside.empty())) {
      m_line_start = m_line_start && m_prefix.size() < k_longest_prefix;
      if (m_line_start) {
        m_prefix.push_back(c);
      }
      if (c == '[') {
        m_inside.push_back(Inside::array);
        m_started = true;
      }
    } else if (c == ']' && !m_inside.empty()) {
      advance(1);
      TRY(close());
      continue;
    } else if (c != '\r') {
      return true;
    }
    advance(1);
  }
}

// Behind the bracket that ends the innermost array: of a page, its other members are of no interest.
Result<void> JsonObjects::close() {
  const Inside closed = m_inside.back();
  m_line_start = false;
  if (closed == Inside::page) {
    ObjectScan rest({});
    while (!rest.complete()) {
      TRY_ASSIGN(const bool more, have(0));
      if (!more) {
        return fail(errors::truncated, m_file, without_end("}"));
      }
      advance(rest.run(data(), 0, available()));
    }
  }
  m_inside.pop_back();
  return {};
}

// The record at m_at has not ended after so many bytes. True: the next one begins among them, and it is cut there.
bool JsonObjects::cut_at_next_start(size_t looked_at) {
  const size_t start = next_start(1, looked_at);
  if (start != k_none) {
    cut_at(start, looked_at);
  }
  return start != k_none;
}

// Follows the object at m_at; m_given is then its size, or 0 when it was passed over.
Result<JsonObjects::End> JsonObjects::scan_object() {
  const size_t stop = forced_stop();
  ObjectScan scan(m_page_member);
  bool discarding = false;
  for (size_t at = 1;;) {
    at = scan.run(data(), at, std::min(available(), stop));
    m_too_deep = scan.deepest() > k_deepest_json;
    if (scan.complete() || scan.entered_page()) {
      m_given = at;
      return scan.entered_page() ? enter_page() : scanned(discarding);
    }
    if (at == stop) {
      cut_at(stop, 0);
      return End::cut;
    }
    if (at > m_largest && !discarding) {
      if (cut_at_next_start(at)) {
        return End::cut;
      }
      m_excerpt.assign(data(), std::min(at, k_excerpt));
      scan.forget_keys();
      discarding = true;
    }
    if (discarding) {
      advance(at);
      at = 0;
    }
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return !discarding && cut_at_next_start(at) ? End::cut : End::end_of_stream;
    }
  }
}

JsonObjects::End JsonObjects::enter_page() {
  advance(m_given);
  m_given = 0;
  m_line_start = false;
  m_inside.push_back(Inside::page);
  return End::entered_page;
}

// The object at m_at ends; `discarding`: its beginning is gone.
JsonObjects::End JsonObjects::scanned(bool discarding) {
  if (!discarding && m_given <= m_largest) {
    return End::complete;
  }
  if (!discarding) {
    m_excerpt.assign(data(), std::min(m_given, k_excerpt));
  }
  advance(m_given);
  m_given = 0;
  m_line_start = false;
  return End::passed_over;
}

JsonItem JsonObjects::object(End end) {
  JsonItem item;
  item.line = m_item_line;
  item.record = ++m_records;
  if (end == End::passed_over) {
    item.text = m_excerpt;
    item.error.emplace(errors::record_too_large, std::to_string(m_largest));
    return item;
  }
  item.text = {data(), m_given};
  if (end == End::cut) {
    item.error.emplace(errors::not_json, "…}");
  } else if (m_too_deep) {
    item.error.emplace(errors::too_deep, std::to_string(k_deepest_json));
  }
  return item;
}

// Something that is no object, up to what may be one.
Result<JsonItem> JsonObjects::stray() {
  JsonItem item;
  item.line = m_line;
  item.record = ++m_records;
  m_excerpt.clear();
  m_line_start = false;
  const bool is_string = *data() == '"';
  for (bool first = true;; first = false) {
    TRY_ASSIGN(const bool more, have(0));
    const char c = more ? *data() : '\n';
    const bool ends = is_string ? c == '"' : c == '{' || c == ',' || (c == ']' && !m_inside.empty());
    if (!first && (c == '\n' || (ends && !is_string))) {
      break;
    }
    if (m_excerpt.size() < k_excerpt) {
      m_excerpt.push_back(c);
    }
    advance(1);
    if (!first && ends) {
      break;
    }
  }
  item.text = m_excerpt;
  item.error.emplace(errors::not_an_object, excerpt(m_excerpt));
  return item;
}

// The first bytes must look like JSON; a byte order mark is passed over. False: that is what was done.
Result<bool> JsonObjects::skip_mark() {
  TRY_ASSIGN(const bool three, have(2));
  if (three && std::string_view(data(), 3) == "\xEF\xBB\xBF") {
    advance(3);
    return false;
  }
  TRY(have(k_longest_word));
  if (*data() != '{' && !begins_with_a_word({data(), available()})) {
    return fail(errors::other_format, m_file, "JSON", excerpt({data(), available()}));
  }
  return true;
}

Result<std::optional<JsonItem>> JsonObjects::next() {
  if (m_given > 0) {
    advance(m_given);
    m_line_start = m_cut;
    if (m_cut) {
      m_prefix = m_forced_prefix;
    }
    m_given = 0;
    m_cut = false;
  }
  for (;;) {
    TRY_ASSIGN(const bool more, find_something());
    if (!more) {
      return at_end();
    }
    if (!m_started) {
      TRY_ASSIGN(const bool begins, skip_mark());
      m_started = begins;
      if (!begins) {
        continue;
      }
    }
    if (*data() != '{') {
      TRY_ASSIGN(JsonItem found, stray());
      return std::optional<JsonItem>(std::move(found));
    }
    m_item_line = m_line;
    TRY_ASSIGN(const End end, scan_object());
    if (end == End::end_of_stream) {
      const std::string inside = excerpt(m_given == 0 && available() == 0 ? std::string_view(m_excerpt)
                                                                          : std::string_view(data(), available()));
      return fail(errors::truncated, m_file, InBoth{"inside “" + inside + "”", "au milieu de « " + inside + " »"});
    }
    if (end != End::entered_page) {
      return std::optional<JsonItem>(object(end));
    }
  }
}

}  // namespace pitchblende::sources
