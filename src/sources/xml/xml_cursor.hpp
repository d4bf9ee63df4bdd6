// Walks through one record that XmlSplitter cut: from element to child, in place, without a tree. Inside sources.
//
// Whoever enters an element leaves it: by walking through its children until child() says that there are no more, or by
// text() or skip(). The first thing that is not well-formed ends every walk; failed() then says what. The record's text
// is valid UTF-8. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sources/xml/xml_splitter.hpp"

namespace pitchblende::sources {

inline constexpr size_t k_deepest_xml = 128;
// Stands where bytes were not UTF-8; text() writes U+FFFD for it.
inline constexpr char k_not_utf8 = '\x1A';

class XmlCursor {
 public:
  explicit XmlCursor(const XmlRecord& record);

  // Enters the next child of the element that is open (at first: the record itself). False: the open one has ended.
  bool child();
  // Of the element entered last.
  std::string_view name() const { return {m_base + m_name, m_name_size}; }
  // An attribute of the element entered last, as it stands in the file; empty: there is none.
  std::string_view attribute(std::string_view name) const;
  // The same with its references replaced.
  std::string attribute_text(std::string_view name);
  // What stands in the element entered last: children flattened, references replaced, spaces squeezed. Good until the
  // next call. The element is left.
  std::string_view text();
  // Leaves the element entered last.
  void skip();

  const std::optional<Error>& failed() const { return m_failed; }
  // The first reference to an entity that is not known, and where it stands.
  std::string_view unknown_entity() const { return m_unknown_entity; }
  const char* unknown_entity_at() const { return m_unknown_entity_at; }
  // Whether characters that XML does not allow (NUL and other controls) were left out.
  bool controls_left_out() const { return m_controls_left_out; }
  // Where the walk has come to, or failed.
  const char* position() const { return m_content; }
  std::string_view rest() const { return {m_content, static_cast<size_t>(m_end - m_content)}; }

 private:
  struct Open {
    uint32_t name = 0;
    uint32_t size = 0;
  };

  bool enter(const char* at);
  bool enter_with_attributes(const char* name_end);
  bool leave(const char* at);
  bool fail_at(const char* at);
  bool more();
  std::string_view clean(const char* begin, const char* end);
  std::string_view clean_slowly(std::string_view raw);
  std::string_view squeezed();
  std::string_view mixed();
  void mixed_markup(const char* at);
  void decode(std::string_view raw, std::string& out);
  size_t decode_reference(std::string_view raw, std::string& out);

  const char* m_base;
  const char* m_end;
  const uint32_t* m_next;  // tag
  const uint32_t* m_last;
  const char* m_content;  // behind the tag passed last
  size_t m_name = 0;
  size_t m_name_size = 0;
  std::string_view m_attributes;
  bool m_empty = false;  // the element entered last has no end tag of its own
  size_t m_depth = 0;
  std::array<Open, k_deepest_xml> m_open;
  std::string m_scratch;
  bool m_controls_left_out = false;
  std::string m_squeezed;
  std::optional<Error> m_failed;
  std::string m_unknown_entity;
  const char* m_unknown_entity_at = nullptr;
};

}  // namespace pitchblende::sources
