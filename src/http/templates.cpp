// Mustache by a list of steps over JSON: docs/decisions/0017 says why not by a library.
#include "http/templates.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <cstring>
#include <map>

#include "http/errors.hpp"

namespace pitchblende::http {

namespace json = boost::json;

namespace {

constexpr int k_deepest = 64;  // templates inside of templates

enum class What : uint8_t { text, escaped, raw, section, inverted, partial };

struct Step {
  What what = What::text;
  std::string text;                // of text
  std::vector<std::string> names;  // of a variable or section, at dots; empty: "."
  size_t name = 0;                 // number of the first of them
  size_t end = 0;                  // of a section: the step behind its last one
  size_t partial = 0;              // number of the template
};

using Steps = std::vector<Step>;
using Numbers = std::map<std::string, size_t, std::less<>>;
constexpr std::string_view k_words = "t";  // the words of a language, in what is shared

std::vector<std::string> at_dots(std::string_view name) {
  std::vector<std::string> names;
  while (name != "." && !name.empty()) {
    names.emplace_back(name.substr(0, name.find('.')));
    name.remove_prefix(std::min(name.size(), names.back().size() + 1));
  }
  return names;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ".") + name;
  }
  return out.empty() ? "." : out;
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

  // Steps, or what is wrong.
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

constexpr auto k_entities = [] {
  std::array<std::string_view, 256> entities{};
  entities['&'] = "&amp;";
  entities['<'] = "&lt;";
  entities['>'] = "&gt;";
  entities['"'] = "&quot;";
  entities['\''] = "&#39;";
  return entities;
}();

using Together [[gnu::vector_size(16)]] = unsigned char;

// Whether so many bytes stand for themselves: most do, and are compared all at once.
bool is_plain(const char* bytes) {
  Together text;
  std::memcpy(&text, bytes, sizeof(text));
  const auto others = (text == '&') | (text == '<') | (text == '>') | (text == '"') | (text == '\'');
  std::array<uint64_t, 2> halves{};
  static_assert(sizeof(halves) == sizeof(others));
  std::memcpy(halves.data(), &others, sizeof(others));
  return (halves[0] | halves[1]) == 0;
}

void append_escaped(std::string& out, std::string_view text) {
  size_t begin = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (at + sizeof(Together) <= text.size() && is_plain(text.data() + at)) {
      at += sizeof(Together) - 1;
      continue;
    }
    const std::string_view entity = k_entities[static_cast<unsigned char>(text[at])];
    if (!entity.empty()) {
      out.append(text.substr(begin, at - begin));
      out.append(entity);
      begin = at + 1;
    }
  }
  out.append(text.substr(begin));
}

// An object of few members is looked through; Boost's own way to them is longer than they are.
const json::value* member(const json::object& object, std::string_view name) {
  constexpr size_t k_few = 16;
  if (object.size() > k_few) {
    return object.if_contains(name);
  }
  for (const json::key_value_pair& each : object) {
    const auto key = each.key();
    if (key.size() == name.size() && key[0] == name[0] && std::memcmp(key.data(), name.data(), name.size()) == 0) {
      return &each.value();
    }
  }
  return nullptr;
}

void print_value(std::string& out, const json::value* value, bool escaped) {
  if (value == nullptr) {
    return;
  }
  switch (value->kind()) {
    case json::kind::string:
      if (escaped) {
        append_escaped(out, std::string_view(value->get_string()));
      } else {
        out += std::string_view(value->get_string());
      }
      break;
    case json::kind::int64:
      out += std::to_string(value->get_int64());
      break;
    case json::kind::uint64:
      out += std::to_string(value->get_uint64());
      break;
    case json::kind::double_:
      out += json::serialize(*value);
      break;
    default:
      break;
  }
}

// A name inside of an object, behind its first part.
const json::value* inside(const json::value* value, const std::vector<std::string>& names) {
  for (size_t at = 1; at < names.size() && value != nullptr; ++at) {
    const json::object* object = value->if_object();
    value = object == nullptr ? nullptr : member(*object, names[at]);
  }
  return value;
}

// The steps with the words of a language as text, and texts that follow each other as one.
Steps with_words(const Steps& steps, const json::value* words) {
  std::vector<bool> ends(steps.size() + 1);  // a section: what follows it is not of it
  for (const Step& step : steps) {
    if (step.what == What::section || step.what == What::inverted) {
      ends[step.end] = true;
    }
  }
  Steps out;
  std::vector<size_t> places;  // [old step]: the new one
  for (size_t at = 0; at < steps.size(); ++at) {
    Step step = steps[at];
    if ((step.what == What::escaped || step.what == What::raw) && !step.names.empty() && step.names[0] == k_words) {
      print_value(step.text, inside(words, step.names), step.what == What::escaped);
      step.what = What::text;
    }
    const bool joins = step.what == What::text && !out.empty() && out.back().what == What::text && !ends[at];
    places.push_back(joins ? out.size() - 1 : out.size());
    if (joins) {
      out.back().text += step.text;
    } else {
      out.push_back(std::move(step));
    }
  }
  places.push_back(out.size());
  for (Step& step : out) {
    step.end = step.what == What::section || step.what == What::inverted ? places[step.end] : step.end;
  }
  return out;
}

bool is_entered(const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      return false;
    case json::kind::bool_:
      return value.get_bool();
    case json::kind::string:
      return !value.get_string().empty();
    case json::kind::array:
      return !value.get_array().empty();
    default:
      return true;
  }
}

class Printer {
 public:
  Printer(const std::vector<Steps>& all, const Numbers& numbers, std::string& out, const json::object& view,
          const json::object& shared)
      : m_all(all), m_out(out), m_words(shared.if_contains(k_words)), m_outermost(numbers.size()) {
    for (const json::object* object : {&shared, &view}) {
      for (const json::key_value_pair& each : *object) {
        const auto key = each.key();
        if (const auto number = numbers.find(std::string_view(key.data(), key.size())); number != numbers.end()) {
          m_outermost[number->second] = &each.value();
        }
      }
    }
  }

  void print(size_t number) {
    if (++m_depth <= k_deepest) {
      run(m_all[number], 0, m_all[number].size());
    }
    --m_depth;
  }

 private:
  void run(const Steps& steps, size_t from, size_t to) {
    for (size_t at = from; at < to; ++at) {
      const Step& step = steps[at];
      switch (step.what) {
        case What::text:
          m_out += step.text;
          break;
        case What::escaped:
        case What::raw:
          print_value(m_out, find(step), step.what == What::escaped);
          break;
        case What::section:
          enter(steps, at, find(step));
          at = step.end - 1;
          break;
        case What::inverted:
          if (const json::value* value = find(step); value == nullptr || !is_entered(*value)) {
            run(steps, at + 1, step.end);
          }
          at = step.end - 1;
          break;
        case What::partial:
          print(step.partial);
          break;
      }
    }
  }

  void enter(const Steps& steps, size_t at, const json::value* value) {
    if (value == nullptr || !is_entered(*value)) {
      return;
    }
    const auto once = [&](const json::value& context) {
      m_contexts.push_back(&context);
      run(steps, at + 1, steps[at].end);
      m_contexts.pop_back();
    };
    if (const json::array* many = value->if_array()) {
      for (const json::value& each : *many) {
        once(each);
      }
    } else {
      once(*value);
    }
  }

  const json::value* find(const Step& step) const {
    const std::vector<std::string>& names = step.names;
    if (names.empty()) {
      return m_contexts.empty() ? nullptr : m_contexts.back();
    }
    // No view has words of its own: every context would be asked in vain.
    const json::value* value = names[0] == k_words ? m_words : nullptr;
    for (size_t at = m_contexts.size(); at > 0 && value == nullptr; --at) {
      const json::object* object = m_contexts[at - 1]->if_object();
      value = object == nullptr ? nullptr : member(*object, names[0]);
    }
    value = value == nullptr ? m_outermost[step.name] : value;
    return inside(value, names);
  }

  const std::vector<Steps>& m_all;
  std::string& m_out;
  const json::value* m_words;
  std::vector<const json::value*> m_outermost;  // [number of a name]: what the view, or else what is shared, has of it
  std::vector<const json::value*> m_contexts;
  int m_depth = 0;
};

}  // namespace

struct Templates::Parsed {
  Numbers numbers;
  Numbers names;  // that steps begin with
  std::vector<Steps> all;
};

Templates::Templates(std::unique_ptr<Parsed> parsed) : m_parsed(std::move(parsed)) {}
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;
Templates::~Templates() = default;

Result<Templates> Templates::read(const std::vector<std::pair<std::string, std::string>>& texts) {
  auto parsed = std::make_unique<Parsed>();
  for (const auto& [name, text] : texts) {
    parsed->numbers.emplace(name, parsed->numbers.size());
  }
  parsed->all.resize(parsed->numbers.size());
  for (const auto& [name, text] : texts) {
    auto steps = Parser(text, parsed->numbers).parse();
    if (!steps) {
      return fail(errors::templates, name, steps.error());
    }
    for (Step& step : *steps) {
      if (!step.names.empty()) {
        step.name = parsed->names.emplace(step.names[0], parsed->names.size()).first->second;
      }
    }
    parsed->all[parsed->numbers[name]] = std::move(*steps);
  }
  return Templates(std::move(parsed));
}

std::string Templates::render(std::string_view name, const json::object& view, const json::object& shared) const {
  const auto number = m_parsed->numbers.find(name);
  if (number == m_parsed->numbers.end()) {
    std::abort();
  }
  std::string out;
  out.reserve(32 << 10);
  Printer(m_parsed->all, m_parsed->names, out, view, shared).print(number->second);
  return out;
}

Templates Templates::with_words_of(const json::object& shared) const {
  auto parsed = std::make_unique<Parsed>();
  parsed->numbers = m_parsed->numbers;
  parsed->names = m_parsed->names;
  for (const Steps& steps : m_parsed->all) {
    parsed->all.push_back(with_words(steps, shared.if_contains(k_words)));
  }
  return Templates(std::move(parsed));
}

std::vector<std::string> Templates::names(std::string_view name) const {
  std::vector<std::string> names;
  const auto number = m_parsed->numbers.find(name);
  for (const Step& step : number == m_parsed->numbers.end() ? Steps{} : m_parsed->all[number->second]) {
    if (step.what != What::text && step.what != What::partial) {
      names.push_back(joined(step.names));
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace pitchblende::http
