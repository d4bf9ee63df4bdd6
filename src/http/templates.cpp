// Mustache by a list of steps over JSON: docs/decisions/0017 says why not by a library.
#include "http/templates.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <cstring>

#include "http/errors.hpp"
#include "http/template_steps.hpp"

namespace pitchblende::http {

namespace json = boost::json;

namespace {

constexpr int k_deepest = 64;  // templates inside of templates

constexpr std::string_view k_words = "t";  // the words of a language, in what is shared

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
    auto steps = parsed_steps(text, parsed->numbers);
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
