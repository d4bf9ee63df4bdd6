#include "sources/json_draft.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/text.hpp"
#include "registry/code_words.hpp"
#include "registry/identifiers.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {

using registry::Attribute;
using registry::FieldId;
using registry::Value;

namespace {

constexpr size_t k_largest_value = 1024 * 1024;
constexpr size_t k_most_values = 200'000;

std::string at_the_door(std::string_view text) {
  std::string squeezed = squeeze(text);
  const bool plain =
      std::none_of(squeezed.begin(), squeezed.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return plain ? squeezed : squeeze(clean_utf8(squeezed));
}

std::optional<unsigned> digits(std::string_view text, size_t size) {
  unsigned value = 0;
  const char* const end = text.data() + text.size();
  if (text.size() != size || std::from_chars(text.data(), end, value).ptr != end) {
    return std::nullopt;
  }
  return value;
}

bool is_one_of(std::string_view codes, std::string_view code) {
  for (size_t at = 0; at < codes.size();) {
    const size_t end = std::min(codes.find(' ', at), codes.size());
    if (codes.substr(at, end - at) == code) {
      return true;
    }
    at = end + 1;
  }
  return codes.empty();
}

}  // namespace

JsonDraft::JsonDraft(registry::Kind kind, Place place) : m_place(std::move(place)) { record.kind = kind; }

void JsonDraft::notice(std::string_view field, std::string_view value, Error error) {
  notices.push_back({m_place, std::string(field), finding_excerpt(value), std::move(error)});
}

Value* JsonDraft::add(FieldId field, std::string_view text, std::string_view lang) {
  std::string value = at_the_door(text);
  if (value.empty()) {
    return nullptr;
  }
  const std::string_view name = registry::description(field).name;
  if (value.size() > k_largest_value) {
    notice(name, value, Error(errors::value_too_large, std::to_string(k_largest_value)));
    return nullptr;
  }
  if (record.values.size() >= k_most_values) {
    if (!m_full) {
      m_full = true;
      notice(name, value, Error(errors::too_many_values, std::to_string(k_most_values)));
    }
    return nullptr;
  }
  return &record.add(field, std::move(value), std::string(lang));
}

Value* JsonDraft::add_identifier(FieldId field, std::string_view text) {
  if (trim(text).empty()) {
    return nullptr;
  }
  const registry::FieldDescription& description = registry::description(field);
  const Result<std::string> normal = registry::normalise_identifier(description.scheme, text);
  if (!normal) {
    notice(description.name, text, normal.error());
    return nullptr;
  }
  for (const auto& [id, value] : record.values) {
    if (id == field && value.text == *normal) {
      return nullptr;
    }
  }
  return add(field, *normal);
}

Value* JsonDraft::add_date(FieldId field, std::string_view text) {
  if (text.empty()) {
    return nullptr;
  }
  const std::optional<std::string> date = partial_date(text);
  if (!date) {
    notice(registry::description(field).name, text, Error(errors::date, finding_excerpt(text)));
    return nullptr;
  }
  return add(field, *date);
}

Value* JsonDraft::add_code(FieldId field, std::string_view text) {
  if (text.empty()) {
    return nullptr;
  }
  std::string code = normalised(text);
  std::replace(code.begin(), code.end(), ' ', '_');
  const registry::FieldDescription& description = registry::description(field);
  if (!is_one_of(description.codes, code)) {
    notice(description.name, text,
           Error(errors::code, finding_excerpt(text), registry::words_of_codes(description.codes)));
    return nullptr;
  }
  return add(field, code);
}

Value* JsonDraft::add_link(FieldId field, std::string_view scheme, std::string_view identifier) {
  const Result<std::string> normal = registry::normalise_identifier(scheme, identifier);
  if (!normal) {
    notice(registry::description(field).name, identifier, normal.error());
    return nullptr;
  }
  return add(field, registry::reference(scheme, *normal));
}

Value* JsonDraft::add_link_by_name(FieldId field, std::string_view name) {
  const std::string clean = at_the_door(name);
  return clean.empty() ? nullptr : add(field, registry::reference("name", clean));
}

void with(Value* value, Attribute attribute, std::string_view text) {
  if (value != nullptr && text.size() <= k_largest_value) {
    value->with(attribute, at_the_door(text));
  }
}

std::optional<std::string> partial_date(std::string_view text) {
  text = trim(text);
  text = text.substr(0, text.find('T'));
  const auto year = digits(text.substr(0, 4), 4);
  if (!year || *year == 0 || (text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) {
    return std::nullopt;
  }
  if (text.size() == 4) {
    return std::string(text);
  }
  const auto month = digits(text.substr(5, 2), 2);
  const auto day = text.size() > 7 ? digits(text.substr(8), 2) : 1;
  if (!month || !day ||
      !std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                   std::chrono::day(*day))
           .ok()) {
    return std::nullopt;
  }
  return std::string(text);
}

std::string finding_excerpt(std::string_view text) {
  constexpr size_t k_longest = 80;
  std::string out = at_the_door(text.substr(0, 4 * k_longest));
  if (out.size() > k_longest) {
    size_t end = k_longest - 3;
    while ((static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) {
      --end;
    }
    out.resize(end);
    out += "…";
  }
  return out;
}

}  // namespace pitchblende::sources
