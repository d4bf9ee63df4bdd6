#include "pages/rich_text.hpp"

#include "access/access_rules.hpp"
#include "base/text.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

// Where a link may lead; empty: nowhere.
std::string link_of(std::string_view address) {
  if (std::string own = access::own_path(address); !own.empty()) {
    return own;
  }
  if (address.starts_with("mailto:")) {
    const auto email = access::email_address(address.substr(7));
    return email ? "mailto:" + *email : std::string();
  }
  return safe_address(address);
}

// The end of a mark's content that begins at `from`; npos: it has none, or an empty one.
size_t end_of(std::string_view text, std::string_view mark, size_t from) {
  const size_t end = text.find(mark, from);
  return end == from ? std::string_view::npos : end;
}

enum class Form : uint8_t { html, plain };

void append_inline(std::string& out, std::string_view text, Form form, int depth = 0);

// What a mark at `at` makes; false: it is none.
bool append_mark(std::string& out, std::string_view text, size_t& at, Form form, int depth) {
  constexpr int k_deepest = 3;
  if (depth >= k_deepest) {
    return false;
  }
  for (const auto& [mark, tag] : {std::pair<std::string_view, std::string_view>{"**", "strong"}, {"*", "em"}}) {
    const size_t end =
        text.substr(at).starts_with(mark) ? end_of(text, mark, at + mark.size()) : std::string_view::npos;
    if (end == std::string_view::npos) {
      continue;
    }
    const std::string_view inside = text.substr(at + mark.size(), end - at - mark.size());
    if (form == Form::html) {
      out.append("<").append(tag).append(">");
    }
    append_inline(out, inside, form, depth + 1);
    if (form == Form::html) {
      out.append("</").append(tag).append(">");
    }
    at = end + mark.size();
    return true;
  }
  const size_t close = text[at] == '[' ? text.find("](", at) : std::string_view::npos;
  const size_t end = close == std::string_view::npos ? close : text.find(')', close);
  if (end == std::string_view::npos || close == at + 1) {
    return false;
  }
  const std::string address = link_of(text.substr(close + 2, end - close - 2));
  if (address.empty()) {
    return false;
  }
  if (form == Form::html) {
    out += "<a href=\"";
    append_escaped(out, address);
    out += "\">";
  }
  append_inline(out, text.substr(at + 1, close - at - 1), form, k_deepest);
  out += form == Form::html ? std::string("</a>") : " (" + address + ")";
  at = end + 1;
  return true;
}

void append_inline(std::string& out, std::string_view text, Form form, int depth) {
  size_t at = 0;
  while (at < text.size()) {
    const bool may_begin = text[at] == '*' || text[at] == '[';
    if (may_begin && append_mark(out, text, at, form, depth)) {
      continue;
    }
    const size_t next = text.find_first_of("*[", at + 1);
    const std::string_view plain = text.substr(at, next == std::string_view::npos ? next : next - at);
    if (form == Form::html) {
      append_escaped(out, plain);
    } else {
      out += plain;
    }
    at += plain.size();
  }
}

enum class Line : uint8_t { empty, heading, smaller_heading, bullet, numbered, text };

Line sort_of(std::string_view& line) {
  line = trim(line);
  const auto after = [&](std::string_view mark) {
    const bool begins = line.starts_with(mark) && line.size() > mark.size();
    if (begins) {
      line = trim(line.substr(mark.size()));
    }
    return begins;
  };
  if (line.empty()) {
    return Line::empty;
  }
  if (after("### ")) {
    return Line::smaller_heading;
  }
  if (after("## ") || after("# ")) {
    return Line::heading;
  }
  if (after("- ") || after("* ")) {
    return Line::bullet;
  }
  const size_t digits = line.find_first_not_of("0123456789");
  if (digits != 0 && digits != std::string_view::npos && digits < 4 && line.substr(digits).starts_with(". ")) {
    line = trim(line.substr(digits + 2));
    return Line::numbered;
  }
  return Line::text;
}

std::string_view tag_of(Line line) {
  switch (line) {
    case Line::heading:
      return "h3";
    case Line::smaller_heading:
      return "h4";
    case Line::bullet:
      return "ul";
    case Line::numbered:
      return "ol";
    default:
      return "p";
  }
}

// Blocks in turn: each line goes into the one that is open, or closes it.
class Writer {
 public:
  void line(std::string_view text) {
    const Line sort = sort_of(text);
    const bool goes_on = sort == m_open && (sort == Line::text || sort == Line::bullet || sort == Line::numbered);
    if (!goes_on) {
      close();
    }
    if (sort == Line::empty) {
      return;
    }
    if (!goes_on) {
      m_out.append("<").append(tag_of(sort)).append(">");
      m_open = sort;
    } else if (sort == Line::text) {
      m_out += "<br>";
    }
    const bool item = sort == Line::bullet || sort == Line::numbered;
    m_out += item ? "<li>" : "";
    append_inline(m_out, text, Form::html);
    m_out += item ? "</li>" : "";
  }
  std::string take() {
    close();
    return std::move(m_out);
  }

 private:
  void close() {
    if (m_open != Line::empty) {
      m_out.append("</").append(tag_of(m_open)).append(">\n");
    }
    m_open = Line::empty;
  }

  std::string m_out;
  Line m_open = Line::empty;
};

template <typename OnLine>
void each_line(std::string_view text, const OnLine& on_line) {
  while (!text.empty()) {
    const size_t end = text.find('\n');
    on_line(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
}

}  // namespace

std::string rich_html(std::string_view text) {
  Writer writer;
  each_line(text, [&](std::string_view line) { writer.line(line); });
  return writer.take();
}

std::string plain_text(std::string_view text) {
  std::string out;
  each_line(text, [&](std::string_view line) {
    const Line sort = sort_of(line);
    out += out.empty() ? "" : "\n";
    out += sort == Line::bullet || sort == Line::numbered ? "– " : "";
    append_inline(out, line, Form::plain);
  });
  return std::string(trim(out));
}

}  // namespace pitchblende::pages
