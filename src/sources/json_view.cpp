#include "sources/json_view.hpp"

#include <simdjson.h>

#include <charconv>
#include <cstring>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/json_objects.hpp"

namespace pitchblende::sources {

namespace {

using Element = simdjson::dom::element;

// What a parser has grown to is kept for the next text up to here.
constexpr size_t k_kept_capacity = 4 * 1024 * 1024;

}  // namespace

struct JsonAccess {
  static JsonView view(const Element& element) {
    using Type = JsonView::Type;
    JsonView view;
    static_assert(std::is_trivially_copyable_v<Element> && sizeof(Element) == sizeof(view.m_element));
    std::memcpy(view.m_element.data(), &element, sizeof(element));
    switch (element.type()) {
      case simdjson::dom::element_type::OBJECT:
        view.m_type = Type::object;
        break;
      case simdjson::dom::element_type::ARRAY:
        view.m_type = Type::array;
        break;
      case simdjson::dom::element_type::STRING:
        view.m_type = Type::text;
        break;
      case simdjson::dom::element_type::BOOL:
        view.m_type = Type::flag;
        break;
      case simdjson::dom::element_type::NULL_VALUE:
        view.m_type = Type::null;
        break;
      default:
        view.m_type = Type::number;
    }
    return view;
  }
  static Element element(const JsonView& view) {
    Element element;
    std::memcpy(static_cast<void*>(&element), view.m_element.data(), sizeof(element));
    return element;
  }
};

JsonView JsonView::operator[](std::string_view name) const {
  Element found;
  if (!is_object() || JsonAccess::element(*this).get_object().at_key(name).get(found) != simdjson::SUCCESS) {
    return {};
  }
  return JsonAccess::view(found);
}

std::string_view JsonView::text() const {
  std::string_view text;
  if (!is_text() || JsonAccess::element(*this).get(text) != simdjson::SUCCESS) {
    return {};
  }
  return text;
}

std::optional<double> JsonView::number() const {
  double number = 0;
  if (!is_number() || JsonAccess::element(*this).get(number) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  return number;
}

std::string JsonView::printed() const {
  if (is_text()) {
    return std::string(text());
  }
  if (m_type == Type::flag) {
    return JsonAccess::element(*this).get_bool().value_unsafe() ? "true" : "false";
  }
  const std::optional<double> value = number();
  if (!value) {
    return {};
  }
  char digits[32];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), *value);
  return {digits, end.ptr};
}

void JsonView::each_element(void* context, void (*function)(void*, const JsonView&)) const {
  if (empty()) {
    return;
  }
  if (!is_array()) {
    function(context, *this);
    return;
  }
  const simdjson::dom::array elements = JsonAccess::element(*this).get_array().value_unsafe();
  for (const Element element : elements) {
    function(context, JsonAccess::view(element));
  }
}

void JsonView::each_member_of(void* context, void (*function)(void*, std::string_view, const JsonView&)) const {
  if (!is_object()) {
    return;
  }
  const simdjson::dom::object members = JsonAccess::element(*this).get_object().value_unsafe();
  for (const simdjson::dom::key_value_pair member : members) {
    function(context, member.key, JsonAccess::view(member.value));
  }
}

struct JsonParser::Inside {
  simdjson::dom::parser parser;
  std::string cleaned;
};

JsonParser::JsonParser() : m_inside(std::make_unique<Inside>()) {}
JsonParser::~JsonParser() = default;

Result<JsonParser::Parsed> JsonParser::parse(std::string_view padded) {
  if (m_inside->parser.capacity() > k_kept_capacity) {
    m_inside = std::make_unique<Inside>();
  }
  Parsed parsed;
  Element root;
  simdjson::error_code code = m_inside->parser.parse(padded.data(), padded.size(), false).get(root);
  if (code == simdjson::UTF8_ERROR) {
    m_inside->cleaned = clean_utf8(padded);
    const size_t size = m_inside->cleaned.size();
    m_inside->cleaned.append(k_json_padding, ' ');
    parsed.replaced = true;
    code = m_inside->parser.parse(m_inside->cleaned.data(), size, false).get(root);
  }
  if (code != simdjson::SUCCESS) {
    return fail(errors::not_json, simdjson::error_message(code));
  }
  parsed.root = JsonAccess::view(root);
  return parsed;
}

}  // namespace pitchblende::sources
