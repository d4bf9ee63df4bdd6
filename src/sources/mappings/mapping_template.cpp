#include <array>
#include <charconv>

#include "base/text.hpp"
#include "sources/mappings/mapping.hpp"

namespace pitchblende::sources {

namespace {

enum class Argument : uint8_t { none, text, number, map, pattern, column };

struct StepName {
  std::string_view name;
  Transform what;
  Argument argument;
};

constexpr std::array<StepName, 23> k_steps{
    {{"upper", Transform::upper, Argument::none},     {"lower", Transform::lower, Argument::none},
     {"name", Transform::name, Argument::none},       {"fold", Transform::fold, Argument::none},
     {"key", Transform::key, Argument::none},         {"date", Transform::date, Argument::none},
     {"number", Transform::number, Argument::none},   {"year", Transform::year, Argument::none},
     {"begin", Transform::begin, Argument::none},     {"end", Transform::end, Argument::none},
     {"pad", Transform::pad, Argument::number},       {"map", Transform::map, Argument::map},
     {"only", Transform::only, Argument::map},        {"extract", Transform::extract, Argument::pattern},
     {"prefix", Transform::prefix, Argument::text},   {"before", Transform::before, Argument::text},
     {"after", Transform::after, Argument::text},     {"family", Transform::family, Argument::none},
     {"given", Transform::given, Argument::none},     {"honorific", Transform::honorific, Argument::none},
     {"code", Transform::code, Argument::none},       {"or", Transform::or_, Argument::column},
     {"default", Transform::default_, Argument::text}}};

tl::unexpected<TemplateError> unknown(std::string_view text, std::string known) {
  return tl::unexpected(TemplateError{std::string(text), std::move(known)});
}

// A name's number, or what is known instead.
tl::expected<uint32_t, TemplateError> named(const std::map<std::string, uint32_t>& names, std::string_view name) {
  const auto found = names.find(std::string(trim(name)));
  if (found == names.end()) {
    return unknown(name, listed(names));
  }
  return found->second;
}

}  // namespace

std::string listed(const std::map<std::string, uint32_t>& names) {
  std::string out;
  for (const auto& [name, number] : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

tl::expected<Step, TemplateError> read_step(std::string_view text, const Names& names) {
  const size_t colon = text.find(':');
  const std::string_view name = trim(text.substr(0, colon));
  const std::string word(colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1));
  std::string known;
  for (const StepName& step : k_steps) {
    known += (known.empty() ? "" : ", ") + std::string(step.name);
    if (step.name != name) {
      continue;
    }
    Step out{step.what, word, 0};
    if (step.argument == Argument::number) {
      std::from_chars(word.data(), word.data() + word.size(), out.number);
      if (out.number == 0 || out.number > 64) {
        return unknown(text, "pad:1, …, pad:64");
      }
    } else if (step.argument > Argument::number) {
      const auto& known_names = step.argument == Argument::map       ? names.maps
                                : step.argument == Argument::pattern ? names.patterns
                                                                     : names.columns;
      const auto number = named(known_names, word);
      if (!number) {
        return tl::unexpected(number.error());
      }
      out.number = *number;
    } else if ((step.argument == Argument::text) == word.empty()) {
      return unknown(text, step.argument == Argument::text ? std::string(name) + ":…" : std::string(name));
    }
    return out;
  }
  return unknown(name, known);
}

// What stands between braces: "column", "column?", "column|step|step:word", "@institution".
tl::expected<Piece, TemplateError> read_piece(std::string_view inside, const Names& names) {
  Piece piece;
  size_t bar = std::min(inside.find('|'), inside.size());
  std::string_view name = trim(inside.substr(0, bar));
  piece.optional = name.ends_with('?');
  name.remove_suffix(piece.optional ? 1 : 0);
  if (name == "@institution") {
    piece.column = k_institution;
  } else {
    const auto column = named(names.columns, name);
    if (!column) {
      return tl::unexpected(column.error());
    }
    piece.column = static_cast<int>(*column);
  }
  while (bar < inside.size()) {
    inside.remove_prefix(bar + 1);
    bar = std::min(inside.find('|'), inside.size());
    auto step = read_step(inside.substr(0, bar), names);
    if (!step) {
      return tl::unexpected(step.error());
    }
    piece.steps.push_back(std::move(*step));
  }
  return piece;
}

tl::expected<Template, TemplateError> read_template(std::string_view text, const Names& names) {
  Template out;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) {
      out.push_back({literal, k_text, false, {}});
      literal.clear();
    }
  };
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      literal += text[at];
      continue;
    }
    if (at + 1 < text.size() && text[at + 1] == '{') {
      literal += '{';
      ++at;
      continue;
    }
    const size_t close = text.find('}', at);
    if (close == std::string_view::npos) {
      return unknown(text.substr(at), "{…}");
    }
    end_literal();
    auto piece = read_piece(text.substr(at + 1, close - at - 1), names);
    if (!piece) {
      return tl::unexpected(piece.error());
    }
    out.push_back(std::move(*piece));
    at = close;
  }
  end_literal();
  return out;
}

}  // namespace pitchblende::sources
