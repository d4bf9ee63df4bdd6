// Follows the strings and brackets of one JSON object, without making anything of them. Inside sources. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pitchblende::sources {

// From behind an object's first brace to its last one.
class ObjectScan {
 public:
  explicit ObjectScan(std::string_view page_member) : m_page_member(page_member) {}
  bool complete() const { return m_depth == 0; }
  // Stopped behind the bracket that opens the member of the name given.
  bool entered_page() const { return m_entered; }
  int64_t deepest() const { return m_deepest; }
  // What was seen of the object is there no more.
  void forget_keys() { m_page_member = {}; }

  // Goes on from `at`; gives where it stopped: behind the object, behind the bracket that opens a page's records, or at
  // `limit`. Between calls what came before may move, but `at` counts from the object's start until forget_keys().
  size_t run(const char* data, size_t at, size_t limit);

 private:
  enum class Key : uint8_t { none, seen, before_value };
  size_t in_string(const char* data, size_t at, size_t limit);
  bool structural(const char* data, size_t at, char c);

  std::string_view m_page_member;
  int64_t m_depth = 1;
  int64_t m_deepest = 1;
  bool m_in_string = false;
  bool m_escaped = false;
  bool m_entered = false;
  Key m_key = Key::none;
  size_t m_key_begin = 0;
  size_t m_key_end = 0;
};

}  // namespace pitchblende::sources
