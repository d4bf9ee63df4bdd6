#include "sources/tables/xlsx_elements.hpp"

#include <algorithm>

#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_largest_element = 64 << 20;

std::string_view local_name(std::string_view tag) {
  const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

InBoth inside_of(std::string_view element) {
  const std::string tag = "<" + std::string(element) + ">";
  return {"inside " + tag, "au milieu de " + tag};
}

}  // namespace

XlsxElements::XlsxElements(std::unique_ptr<ByteStream> bytes, std::vector<std::string_view> names, std::string file)
    : m_bytes(std::move(bytes)), m_names(std::move(names)), m_file(std::move(file)) {}

Result<bool> XlsxElements::more() {
  if (m_ended) {
    return false;
  }
  m_buffer.erase(0, m_keep);
  m_at -= m_keep;
  m_keep = 0;
  if (m_buffer.size() > k_largest_element) {
    return fail(errors::damaged, m_file, "XML > " + std::to_string(k_largest_element));
  }
  TRY_ASSIGN(const std::string_view piece, m_bytes->next());
  m_ended = piece.empty();
  m_buffer += piece;
  return !m_ended;
}

Result<size_t> XlsxElements::find_end(std::string_view text, size_t from) {
  while (true) {
    const size_t found = m_buffer.find(text, from);
    if (found != std::string::npos) {
      return found + text.size();
    }
    const size_t kept = m_keep;
    from = std::max(from, m_buffer.size() - std::min(m_buffer.size(), text.size()));
    TRY_ASSIGN(const bool got, more());
    from -= kept;
    if (!got) {
      return std::string::npos;
    }
  }
}

Result<size_t> XlsxElements::find_tag(bool inside) {
  while (true) {
    const size_t found = m_buffer.find('<', m_at);
    m_at = found == std::string::npos ? m_buffer.size() : found + 1;
    if (found != std::string::npos) {
      return found;
    }
    m_keep = inside ? m_keep : m_at;
    TRY_ASSIGN(const bool got, more());
    if (!got) {
      return std::string::npos;
    }
  }
}

// Behind the '>' that ends a tag; one in quotes does not.
Result<size_t> XlsxElements::find_tag_end(size_t from) {
  char quote = '\0';
  while (true) {
    for (; from < m_buffer.size(); ++from) {
      const char c = m_buffer[from];
      if (quote != '\0') {
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return from + 1;
      }
    }
    const size_t kept = m_keep;
    TRY_ASSIGN(const bool got, more());
    from -= kept;
    if (!got) {
      return std::string::npos;
    }
  }
}

Result<bool> XlsxElements::next(std::string_view& name, std::string_view& xml) {
  std::string_view open;  // the wanted element that we are in
  m_keep = m_at;
  while (true) {
    TRY_ASSIGN(const size_t begin, find_tag(!open.empty()));
    if (begin == std::string::npos) {
      return open.empty() ? Result<bool>(false) : fail(errors::truncated, m_file, inside_of(open));
    }
    if (open.empty()) {
      m_keep = m_at - 1;
    }
    while (m_buffer.size() - m_at < 8) {
      TRY_ASSIGN(const bool got, more());
      if (!got) {
        break;
      }
    }
    const std::string_view tag = std::string_view(m_buffer).substr(m_at);
    if (tag.starts_with("!DOCTYPE")) {
      return fail(errors::damaged, m_file, "DOCTYPE");
    }
    const bool comment = tag.starts_with("!--");
    const bool data = tag.starts_with("![CDATA[");
    TRY_ASSIGN(const size_t end, comment ? find_end("-->", m_at) : data ? find_end("]]>", m_at) : find_tag_end(m_at));
    if (end == std::string::npos) {
      return fail(errors::truncated, m_file, InBoth{"inside its XML", "au milieu de son XML"});
    }
    const std::string_view inside = std::string_view(m_buffer).substr(m_at, end - 1 - m_at);
    m_at = end;
    if (comment || data || inside.starts_with('?')) {
      continue;
    }
    const bool closes = inside.starts_with('/');
    const std::string_view local = local_name(inside.substr(closes ? 1 : 0));
    const auto wanted = std::find(m_names.begin(), m_names.end(), local);
    if (wanted == m_names.end() || (!open.empty() && *wanted != open)) {
      continue;
    }
    if (!closes) {
      open = *wanted;
    }
    if (!open.empty() && (closes || inside.ends_with('/'))) {
      name = open;
      xml = std::string_view(m_buffer).substr(m_keep, m_at - m_keep);
      return true;
    }
  }
}

}  // namespace pitchblende::sources
