#include "groups/plain_words.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.hpp"

namespace pitchblende::groups {

namespace {

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }
bool is_space(char c) { return c == ' ' || c == '\t'; }

// What a line begins with and is no word: "## ", "> ", "- ".
std::string_view without_beginning(std::string_view line, std::string& out) {
  line = trim(line);
  while (line.starts_with('>')) {
    line = trim(line.substr(1));
  }
  const size_t marks = std::min(line.find_first_not_of('#'), line.size());
  if (marks > 0 && marks <= 6 && (marks == line.size() || is_space(line[marks]))) {
    return trim(line.substr(marks));
  }
  if (line.size() > 1 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && is_space(line[1])) {
    out += "– ";
    return trim(line.substr(2));
  }
  return line;
}

class Line {
 public:
  explicit Line(std::string_view text) : m_text(text) {}

  std::string words() {
    for (m_at = 0; m_at < m_text.size();) {
      const char c = m_text[m_at];
      if (c == '\\' && m_at + 1 < m_text.size() && std::ispunct(static_cast<unsigned char>(m_text[m_at + 1])) != 0) {
        m_out += m_text[m_at + 1];
        m_at += 2;
      } else if (!take_link() && !take_mark()) {
        m_out += m_text[m_at++];
      }
    }
    return std::move(m_out);
  }

 private:
  // "[words](where)", "![words](where)".
  bool take_link() {
    const size_t open = m_at + (m_text.substr(m_at).starts_with("![") ? 1 : 0);
    if (m_no_links || m_text[open] != '[') {
      return false;
    }
    const size_t between = m_text.find("](", open);
    if (between == std::string_view::npos) {
      m_no_links = true;
      return false;
    }
    size_t depth = 1;
    size_t end = between + 2;
    for (; end < m_text.size() && depth > 0; ++end) {
      depth += m_text[end] == '(' ? 1 : 0;
      depth -= m_text[end] == ')' ? 1 : 0;
    }
    if (depth > 0) {
      return false;
    }
    m_out += Line(m_text.substr(open + 1, between - open - 1)).words();
    m_at = end;
    return true;
  }

  // Stars and strokes that stand at a word, and `.
  bool take_mark() {
    const char c = m_text[m_at];
    if (c == '`') {
      ++m_at;
      return true;
    }
    if (c != '*' && c != '_') {
      return false;
    }
    const size_t end = std::min(m_text.find_first_not_of(c, m_at), m_text.size());
    const auto stands_at = [&](size_t at, auto&& is_word) { return at < m_text.size() && is_word(m_text[at]); };
    const auto is = [&](auto&& is_word) {
      return std::pair(m_at > 0 && stands_at(m_at - 1, is_word), stands_at(end, is_word));
    };
    const auto [before, behind] = c == '*' ? is([](char other) { return !is_space(other); }) : is(is_letter);
    if (c == '*' ? !before && !behind : before == behind) {
      return false;  // 5 * 3, snake_case
    }
    m_at = end;
    return true;
  }

  std::string_view m_text;
  size_t m_at = 0;
  std::string m_out;
  bool m_no_links = false;  // from here on
};

}  // namespace

std::string plain_words(std::string_view markdown) {
  std::string out;
  while (!markdown.empty()) {
    const size_t end = markdown.find('\n');
    std::string line;
    const std::string_view rest = without_beginning(markdown.substr(0, end), line);
    line += Line(rest).words();
    if (!line.empty()) {
      out += (out.empty() ? "" : "\n") + line;
    }
    markdown = end == std::string_view::npos ? std::string_view() : markdown.substr(end + 1);
  }
  return out;
}

}  // namespace pitchblende::groups
