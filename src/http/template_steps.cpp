#include "http/template_steps.hpp"

#include <algorithm>

namespace pitchblende::http {

namespace {

std::vector<std::string> at_dots(std::string_view name) {
  std::vector<std::string> names;
  while (name != "." && !name.empty()) {
    names.emplace_back(name.substr(0, name.find('.')));
    name.remove_prefix(std::min(name.size(), names.back().size() + 1));
  }
  return names;
}

std::string_view without_spaces(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view()
                                         : text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// A tag that is alone on its line takes the line with it. `at`: behind the tag; `before`: the text in front of it.
bool stands_alone(std::string_view text, size_t begin, size_t end) {
  const size_t line = text.rfind('\n', begin == 0 ? 0 : begin - 1);
  const size_t from = begin == 0 || line == std::string_view::npos ? 0 : line + 1;
  const size_t to = std::min(text.find('\n', end), text.size());
  const auto blank = [](std::string_view part) { return part.find_first_not_of(" \t\r") == std::string_view::npos; };
  return blank(text.substr(from, begin - from)) && blank(text.substr(end, to - end));
}

class Parser {
 public:
  Parser(std::string_view text, const Numbers& numbers) : m_text(text), m_numbers(numbers) {}

  tl::expected<Steps, std::string> parse() {
    for (size_t at = 0; at < m_text.size();) {
      const size_t open = m_text.find("{{", at);
      if (open == std::string_view::npos) {
        add_text(m_text.substr(at));
        break;
      }
      const bool triple = m_text.substr(open).starts_with("{{{");
      const std::string_view closing = triple ? "}}}" : "}}";
      const size_t begin = open + closing.size();
      const size_t close = m_text.find(closing, begin);
      if (close == std::string_view::npos) {
        return tl::unexpected("a tag that does not end: " + std::string(m_text.substr(open, 40)));
      }
      std::string_view inside = without_spaces(m_text.substr(begin, close - begin));
      const char sign = inside.empty() ? ' ' : inside.front();
      const bool marked = std::string_view("#^/>!&").find(sign) != std::string_view::npos;
      size_t end = close + closing.size();
      size_t text_end = open;
      if (marked && sign != '&' && stands_alone(m_text, open, end)) {
        const size_t line = m_text.find('\n', end);
        end = line == std::string_view::npos ? m_text.size() : line + 1;
        text_end = std::max(at, open == 0 ? 0 : m_text.rfind('\n', open - 1) + 1);
      }
      add_text(m_text.substr(at, text_end - at));
      if (auto wrong = add_tag(triple   ? '&'
                               : marked ? sign
                                        : ' ',
                               marked ? without_spaces(inside.substr(1)) : inside);
          !wrong.empty()) {
        return tl::unexpected(std::move(wrong));
      }
      at = end;
    }
    if (!m_open.empty()) {
      return tl::unexpected("section " + joined(m_steps[m_open.back()].names) + " does not end");
    }
    return std::move(m_steps);
  }

 private:
  void add_text(std::string_view text) {
    if (!text.empty()) {
      m_steps.push_back({What::text, std::string(text), {}, 0, 0, 0});
    }
  }

  // Empty: all is well.
  std::string add_tag(char sign, std::string_view name) {
    if (sign == '!') {
      return {};
    }
    if (sign == '/') {
      if (m_open.empty() || joined(m_steps[m_open.back()].names) != name) {
        return "section " + std::string(name) + " ends and was not open";
      }
      m_steps[m_open.back()].end = m_steps.size();
      m_open.pop_back();
      return {};
    }
    Step step;
    step.what = sign == '#'   ? What::section
                : sign == '^' ? What::inverted
                : sign == '>' ? What::partial
                : sign == '&' ? What::raw
                              : What::escaped;
    if (sign == '>') {
      const auto number = m_numbers.find(name);
      if (number == m_numbers.end()) {
        return "there is no template " + std::string(name);
      }
      step.partial = number->second;
    } else if (name.empty()) {
      return "a tag without a name";
    } else {
      step.names = at_dots(name);
    }
    if (sign == '#' || sign == '^') {
      m_open.push_back(m_steps.size());
    }
    m_steps.push_back(std::move(step));
    return {};
  }

  std::string_view m_text;
  const Numbers& m_numbers;
  Steps m_steps;
  std::vector<size_t> m_open;
};

}  // namespace

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ".") + name;
  }
  return out.empty() ? "." : out;
}

tl::expected<Steps, std::string> parsed_steps(std::string_view text, const Numbers& numbers) {
  return Parser(text, numbers).parse();
}

}  // namespace pitchblende::http
