// Takes a stream of bytes apart into the JSON objects that are records: one object, objects one after the other (JSON
// lines), arrays of them, or pages {"studies":[…]} whose member of a given name holds them. Owner: sources. One thread.
//
// Memory stays bounded by the largest record and a piece of the stream, nesting by a counter. What is not an object is
// said and passed over. An object without an end swallows what follows it: broken() looks inside it for lines that
// begin as it began, and these are given out again. Each byte is looked at a bounded number of times.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

inline constexpr size_t k_json_padding = 64;
inline constexpr int64_t k_deepest_json = 128;

struct JsonItem {
  std::string_view text;       // the object; good until the next call; k_json_padding more bytes may be read
  int64_t line = 0;            // where it begins
  int64_t record = 0;          // from 1
  std::optional<Error> error;  // why there is no usable object here; text is then its beginning, if anything
};

class JsonObjects {
 public:
  // `file` is the name for errors, `page_member` the name of the member that holds the records of a page.
  JsonObjects(ByteStream& bytes, std::string file, std::string page_member, int64_t largest_record);

  // The next one; nullopt at the end. Errors: SOURCES_EMPTY, SOURCES_TRUNCATED, SOURCES_DAMAGED and the stream's own.
  Result<std::optional<JsonItem>> next();
  // The item given last is not valid JSON: what it may have swallowed is looked at again.
  void broken();

 private:
  enum class Inside : uint8_t { array, page };
  enum class End : uint8_t { complete, entered_page, cut, passed_over, end_of_stream };

  // All offsets count from m_at.
  const char* data() const { return m_buffer.data() + m_at; }
  size_t available() const { return m_end - m_at; }
  Result<bool> fill();
  Result<bool> have(size_t offset);
  void advance(size_t count);
  size_t next_start(size_t from, size_t to) const;
  size_t forced_stop();
  void cut_at(size_t start, size_t looked_at);

  Result<bool> find_something();
  Result<bool> skip_mark();
  Result<std::optional<JsonItem>> at_end() const;
  Result<End> scan_object();
  bool cut_at_next_start(size_t looked_at);
  End enter_page();
  End scanned(bool discarding);
  Result<void> close();
  Result<JsonItem> stray();
  JsonItem object(End end);

  ByteStream& m_bytes;
  std::string m_file;
  std::string m_page_member;
  size_t m_largest;

  std::vector<char> m_buffer;  // bytes up to m_end, then padding
  size_t m_at = 0;             // all before it is done with
  size_t m_end = 0;
  std::string_view m_piece;  // of the stream, not yet in the buffer
  int64_t m_line = 1;        // of m_at

  bool m_started = false;
  std::vector<Inside> m_inside;  // arrays and pages that are open
  int64_t m_records = 0;
  std::string m_prefix;      // what stands between the start of the line and m_at, or the item that begins there
  bool m_line_start = true;  // and that is white space, commas and brackets only
  size_t m_given = 0;        // size of the item given last: done with at the next call
  bool m_cut = false;        // behind it the next one begins at once
  size_t m_forced = 0;       // for so many bytes a line that begins as the broken record did ends the one before
  std::string m_forced_prefix;
  size_t m_stop = 0;        // where the next such line's brace stands; 0: not looked for yet
  bool m_too_deep = false;  // of the object scanned last
  int64_t m_item_line = 0;
  std::string m_excerpt;  // of an item that was passed over
};

}  // namespace pitchblende::sources
