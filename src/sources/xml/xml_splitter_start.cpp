// How a file begins: what it is at all, its encoding, its DOCTYPE, its root element.
#include <algorithm>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/xml/xml_splitter.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_excerpt = 80;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool same_letters(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
         });
}

bool is_web_page(std::string_view name) {
  for (const std::string_view known : {"html", "head", "body", "title", "script", "div", "meta", "h1", "p"}) {
    if (same_letters(name, known)) {
      return true;
    }
  }
  return false;
}

// What the page calls itself; errors come as pages.
std::string page_title(std::string_view page) {
  const size_t open = page.find("<title>");
  const size_t close = page.find("</title>", open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return squeeze(clean_utf8(page.substr(0, std::min(page.size(), k_excerpt))));
  }
  return squeeze(clean_utf8(page.substr(open + 7, std::min(close - open - 7, k_excerpt))));
}

}  // namespace

Result<void> XmlSplitter::check_start() {
  TRY(look_ahead(0, 1024));
  if (m_end == 0) {
    return fail(errors::empty, m_file);
  }
  const std::string_view start(data(), m_end);
  if (start.starts_with("\xFE\xFF") || start.starts_with("\xFF\xFE") || start.starts_with(std::string_view("<\0", 2)) ||
      start.starts_with(std::string_view("\0<", 2))) {
    return fail(errors::encoding, m_file, "UTF-16");
  }
  size_t at = start.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (true) {
    while (at < m_end && is_space(data()[at])) {
      ++at;
    }
    if (at < m_end) {
      break;
    }
    m_keep = at;
    drop_kept_out();
    at = 0;
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return fail(errors::empty, m_file);
    }
  }
  if (data()[at] != '<') {
    TRY(look_ahead(at, k_excerpt));
    const std::string_view found(data() + at, std::min(m_end - at, k_excerpt));
    return fail(errors::other_format, m_file, "XML", squeeze(clean_utf8(found)));
  }
  return check_encoding();
}

Result<void> XmlSplitter::check_encoding() {
  const size_t at = m_tags[0];
  TRY(look_ahead(at, 1024));
  const std::string_view start(data() + at, std::min<size_t>(m_end - at, 1024));
  if (!start.starts_with("<?xml")) {
    return {};
  }
  const std::string_view declaration = start.substr(0, start.find("?>"));
  const size_t name = declaration.find("encoding");
  const size_t open = name == std::string_view::npos ? name : declaration.find_first_of("'\"", name);
  if (open == std::string_view::npos) {
    return {};
  }
  const size_t close = declaration.find(declaration[open], open + 1);
  const std::string_view encoding =
      declaration.substr(open + 1, close == std::string_view::npos ? 40 : close - open - 1);
  for (const std::string_view known : {"utf-8", "utf8", "us-ascii", "ascii"}) {
    if (same_letters(encoding, known)) {
      return {};
    }
  }
  return fail(errors::encoding, m_file, clean_utf8(encoding));
}

// A byte of a DOCTYPE: it ends at the first '>' that is not inside brackets, quotes, a comment or an instruction.
bool XmlSplitter::step_doctype(Doctype& state, char c) {
  state.last = state.last << 8 | static_cast<unsigned char>(c);
  if (state.comment) {
    state.comment = (state.last & 0xFFFFFF) != 0x2D2D3E;  // -->
  } else if (state.instruction) {
    state.instruction = (state.last & 0xFFFF) != 0x3F3E;  // ?>
  } else if (state.quote != 0) {
    state.quote = c == state.quote ? '\0' : state.quote;
  } else if (state.last == 0x3C212D2D) {  // <!--
    state.comment = true;
    state.last = 0;
  } else if ((state.last & 0xFFFF) == 0x3C3F) {  // <?
    state.instruction = true;
    state.last = 0;
  } else if (c == '"' || c == '\'') {
    state.quote = c;
  } else if (c == '[') {
    ++state.brackets;
  } else if (c == ']') {
    --state.brackets;
  } else if (c == '>') {
    return state.brackets <= 0;
  }
  return false;
}

Result<bool> XmlSplitter::pass_doctype() {
  const std::string_view start(data() + m_tags[m_tag], k_look_ahead);
  if (!m_seen_element && same_letters(start.substr(2, 7), "doctype") && same_letters(start.substr(10, 4), "html")) {
    return tl::unexpected(refuse_root(m_tags[m_tag], "html").error());
  }
  Doctype state;
  size_t at = m_tags[m_tag] + 2;
  while (true) {
    for (; at < m_end; ++at) {
      if (step_doctype(state, data()[at])) {
        forget_tags_before(at);
        return true;
      }
    }
    m_tags.shorten(m_tag);
    m_keep = m_end;
    drop_kept_out();
    at = 0;
    TRY_ASSIGN(const bool more, fill());
    if (!more) {
      return false;
    }
  }
}

// The element at `at`, or the page that a DOCTYPE there begins, is not what was asked for.
Result<void> XmlSplitter::refuse_root(size_t at, std::string_view name) {
  if (name.empty()) {
    return fail(errors::other_format, m_file, "XML", "<");
  }
  if (!is_web_page(name)) {
    return fail(errors::other_root, m_file, squeeze(clean_utf8(name)), m_shape.roots.front());
  }
  constexpr size_t k_looked_at = 4096;
  TRY(look_ahead(at, k_looked_at));
  return fail(errors::html, m_file, page_title({data() + at, std::min(m_end - at, k_looked_at)}));
}

}  // namespace pitchblende::sources
