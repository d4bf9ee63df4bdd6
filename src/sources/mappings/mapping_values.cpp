#include "sources/mappings/mapping_values.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "registry/code_words.hpp"
#include "registry/identifiers.hpp"
#include "sources/errors.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

namespace {

using registry::Attribute;
using registry::FieldType;

constexpr size_t k_largest_value = 1 << 20;

Typed wrong(const ErrorKind& kind, std::string_view text) { return {{}, Error(kind, excerpt_of(text))}; }

Typed or_wrong(std::optional<std::string> value, const ErrorKind& kind, std::string_view text) {
  return value ? Typed{std::move(*value), std::nullopt} : wrong(kind, text);
}

Typed typed_identifier(std::string_view scheme, std::string_view text, std::string_view institution) {
  if (scheme == "local") {
    const bool scoped =
        text.size() > institution.size() && text.starts_with(institution) && text[institution.size()] == '/';
    return {scoped ? std::string(text) : std::string(institution) + "/" + std::string(text), std::nullopt};
  }
  Result<std::string> normal = registry::normalise_identifier(scheme, text);
  return normal ? Typed{std::move(*normal), std::nullopt} : Typed{{}, std::move(normal).error()};
}

Typed typed_code(std::string_view codes, const std::string& text) {
  if (codes.empty()) {
    return {text, std::nullopt};
  }
  if (const auto code = registry::code_meant(codes, text)) {
    return {std::string(*code), std::nullopt};
  }
  return {{}, Error(errors::code, excerpt_of(text), registry::words_of_codes(codes))};
}

Typed typed_url(const std::string& text) {
  const std::string folded = fold(std::string_view(text).substr(0, 64));
  const bool web = folded.starts_with("http://") || folded.starts_with("https://");
  const bool bare = text.find(':') == std::string::npos && text.find('.') != std::string::npos && text.find('.') != 0;
  const bool odd = text.find_first_of(" \t\n\"<>\\^`{|}") != std::string::npos || text.size() > 4096;
  const size_t host = folded.find("://") == std::string::npos ? 0 : folded.find("://") + 3;
  if (odd || (!web && !bare) || host >= text.size() || text[host] == '/') {
    return wrong(errors::url, text);
  }
  return {web ? text : "https://" + text, std::nullopt};
}

}  // namespace

std::string excerpt_of(std::string_view text) {
  std::string out = squeeze(clean_utf8(text.substr(0, 320)));
  if (out.size() > 80) {
    size_t end = 77;
    while ((static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) {
      --end;
    }
    out.resize(end);
    out += "…";
  }
  return out;
}

Typed typed_reference(std::string_view text, std::string_view institution) {
  const size_t colon = text.find(':');
  const std::string value = colon == std::string_view::npos ? std::string() : squeeze(text.substr(colon + 1));
  const std::string_view scheme = text.substr(0, colon);
  const bool right = colon != std::string_view::npos && colon > 0 &&
                     scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos;
  if (!right || value.empty()) {
    return wrong(errors::reference, text);
  }
  Typed typed = typed_identifier(scheme, value, institution);
  if (!typed.text.empty()) {
    typed.text = registry::reference(scheme, typed.text);
  }
  return typed;
}

Typed typed_value(const registry::FieldDescription& field, std::string_view raw, const ReadingHabits& habits,
                  std::string_view institution) {
  const std::string text = squeeze(raw);
  if (text.size() > k_largest_value) {
    return {{}, Error(errors::value_too_large, std::to_string(k_largest_value))};
  }
  if (text.empty()) {
    return {};
  }
  switch (field.type) {
    case FieldType::identifier:
      return typed_identifier(field.scheme, text, institution);
    case FieldType::code:
      return typed_code(field.codes, text);
    case FieldType::date:
      return or_wrong(read_date(text, habits), errors::date, text);
    case FieldType::number:
      return or_wrong(read_number(text, habits.decimal), errors::number, text);
    case FieldType::flag:
      return or_wrong(read_flag(text), errors::flag, text);
    case FieldType::url:
      return typed_url(text);
    case FieldType::link:
      return typed_reference(text, institution);
    default:
      return {text, std::nullopt};
  }
}

Typed typed_attribute(Attribute attribute, std::string_view raw, const ReadingHabits& habits,
                      std::string_view institution) {
  const std::string text = squeeze(raw);
  if (text.size() > k_largest_value) {
    return {{}, Error(errors::value_too_large, std::to_string(k_largest_value))};
  }
  if (text.empty()) {
    return {};
  }
  switch (attribute) {
    case Attribute::from:
    case Attribute::to:
    case Attribute::since:
    case Attribute::expires:
      return or_wrong(read_date(text, habits), errors::date, text);
    case Attribute::amount:
    case Attribute::share:
    case Attribute::order:
    case Attribute::weight:
      return or_wrong(read_number(text, habits.decimal), errors::number, text);
    case Attribute::head:
    case Attribute::corresponding:
    case Attribute::equal:
    case Attribute::deceased:
    case Attribute::collective:
      return or_wrong(read_flag(text), errors::flag, text);
    case Attribute::orcid:
    case Attribute::isni:
    case Attribute::email:
      return typed_identifier(registry::name(attribute), text, institution);
    case Attribute::identifier:
    case Attribute::affiliation_id:
      return typed_reference(text, institution);
    case Attribute::url:
      return typed_url(text);
    default:
      return {text, std::nullopt};
  }
}

Result<registry::Value> checked_value(const registry::FieldDescription& field, registry::Value value) {
  const size_t colon = field.type == FieldType::link ? value.text.find(':') + 1 : 0;
  const size_t slash = value.text.find('/', colon);
  const std::string institution =
      slash == std::string::npos ? std::string() : squeeze(value.text.substr(colon, slash - colon));
  Typed typed = typed_value(field, value.text, {}, institution);
  if (typed.problem) {
    return tl::unexpected(std::move(*typed.problem));
  }
  value.text = std::move(typed.text);
  for (auto& [attribute, text] : value.attributes) {
    Typed of_attribute = typed_attribute(attribute, text, {}, institution);
    if (of_attribute.problem) {
      return tl::unexpected(std::move(*of_attribute.problem));
    }
    text = std::move(of_attribute.text);
  }
  return value;
}

}  // namespace pitchblende::sources
