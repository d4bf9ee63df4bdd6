#include "pages/entry/typed_card.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace pitchblende::pages {

namespace {

// "homepage - 5f3a https://…": the field, its language, a mark, and what stood there.
struct Stood {
  std::string field;
  std::string lang;
  std::string before;
};

std::string taken(std::string_view& left, char end) {
  const size_t at = std::min(left.find(end), left.size());
  std::string out(left.substr(0, at));
  left.remove_prefix(std::min(at + 1, left.size()));
  return out;
}

Stood stood_in(std::string_view text) {
  Stood out{taken(text, ' '), taken(text, ' '), {}};
  taken(text, ' ');
  out.before = text;
  return out;
}

std::optional<registry::FieldId> field_of(std::string_view name) {
  for (const registry::KindDescription& each : registry::kinds()) {
    const auto kind = registry::kind(each.name);
    const auto field = kind ? registry::find_field(*kind, name) : std::nullopt;
    if (field) {
      return field;
    }
  }
  return std::nullopt;
}

std::string label_of(const Words& words, const Stood& stood) {
  const auto field = field_of(stood.field);
  std::string out = field ? words.label(*field) : words.of_word(stood.field);
  return stood.lang.size() == 2 ? out + " (" + words.language(stood.lang) + ")" : out;
}

std::string text_of(const Words& words, const Stood& stood, std::string_view value) {
  const auto field = field_of(stood.field);
  const auto type = field ? registry::description(*field).type : registry::FieldType::text;
  if (type == registry::FieldType::flag) {
    return words.get(value == "true" ? "yes" : "no");
  }
  return value.empty() ? "–" : type == registry::FieldType::code ? words.of_code(value) : std::string(value);
}

// What a row of positions says, as one line; empty: as it stood.
std::string row_in(const http::Form& form, const Words& words, const std::string& n) {
  std::string_view left = form.value("b" + n);
  std::string out(form.value("v" + n));
  bool changed = out != form.value("w" + n);
  for (const char* part : {"r", "k", "f", "u", "t"}) {
    const std::string before = *part == 't' ? std::string(left) : taken(left, '|');
    const std::string_view now = form.value(part + n);
    changed = changed || (!now.empty() && now != before);
    const bool is_code = *part == 'r' || *part == 'k';
    if (!now.empty()) {
      out += (out.empty() ? "" : ", ") + (is_code ? words.of_code(now) : std::string(now));
    }
  }
  const bool is_never = !form.value("x" + n).empty();
  return is_never ? "–" : changed ? out : std::string();
}

}  // namespace

bool is_card_form(const http::Form& form) { return !form.value("s0").empty(); }

std::vector<TypedWord> typed_in_card(const http::Form& form, const Words& words) {
  std::vector<TypedWord> out;
  for (const auto& [name, value] : form.fields) {
    const std::string n = name.substr(1);
    const bool is_mark = name[0] == 's' && !n.empty() && n.find_first_not_of("0123456789") == std::string::npos;
    if (!is_mark || !is_card_form(form)) {
      continue;
    }
    const Stood stood = stood_in(value);
    if (!form.value("b" + n).empty()) {
      if (std::string row = row_in(form, words, n); !row.empty()) {
        out.push_back({label_of(words, stood), std::move(row)});
      }
    } else if (const std::string now = squeeze(form.value("v" + n)); now != squeeze(stood.before)) {
      out.push_back({label_of(words, stood), text_of(words, stood, now)});
    }
  }
  return out;
}

}  // namespace pitchblende::pages
