// A parsed JSON value, as the readers look at it: absent members are absent values, and nothing throws. The parser
// behind it is simdjson, which stands in json_view.cpp alone. Owner: sources.
//
// A view is good until its parser parses again. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/result.hpp"

namespace pitchblende::sources {

class JsonView {
 public:
  JsonView() = default;
  // Absent or null.
  bool empty() const { return m_type == Type::null; }
  bool is_object() const { return m_type == Type::object; }
  bool is_array() const { return m_type == Type::array; }
  bool is_text() const { return m_type == Type::text; }
  bool is_number() const { return m_type == Type::number; }
  // The member of an object; absent when it is no object.
  JsonView operator[](std::string_view name) const;
  // Of a string; empty for anything else.
  std::string_view text() const;
  std::optional<double> number() const;
  // Of a string or number, as people read it; true and false as such; empty for anything else.
  std::string printed() const;
  // function(JsonView) for each element of an array; for anything else but nothing itself, once: people write "x" for
  // ["x"].
  template <typename Function>
  void each(Function&& function) const {
    using F = std::remove_reference_t<Function>;
    each_element(&function, [](void* context, const JsonView& view) { (*static_cast<F*>(context))(view); });
  }
  // function(name, JsonView) for each member of an object.
  template <typename Function>
  void each_member(Function&& function) const {
    using F = std::remove_reference_t<Function>;
    each_member_of(&function, [](void* context, std::string_view name, const JsonView& view) {
      (*static_cast<F*>(context))(name, view);
    });
  }

 private:
  friend struct JsonAccess;
  enum class Type : unsigned char { null, object, array, text, number, flag };
  void each_element(void* context, void (*function)(void*, const JsonView&)) const;
  void each_member_of(void* context, void (*function)(void*, std::string_view, const JsonView&)) const;

  alignas(void*) std::array<std::byte, 2 * sizeof(void*)> m_element{};  // a simdjson element, which is two words
  Type m_type = Type::null;
};

// A tree takes up to twelve times the bytes of the text, so no text larger than this is parsed.
inline constexpr int64_t k_largest_json = 32 * 1024 * 1024;

class JsonParser {
 public:
  JsonParser();
  ~JsonParser();
  JsonParser(const JsonParser&) = delete;
  JsonParser& operator=(const JsonParser&) = delete;
  struct Parsed {
    JsonView root;
    bool replaced = false;  // bytes that were not UTF-8 are U+FFFD now
  };
  // k_json_padding bytes behind the text may be read. Error: SOURCES_NOT_JSON.
  Result<Parsed> parse(std::string_view padded);

 private:
  struct Inside;
  std::unique_ptr<Inside> m_inside;
};

}  // namespace pitchblende::sources
