// Cuts a stream of XML into the elements that are records, and finds every tag in them on the way. Inside sources.
//
// It is no general XML parser: it knows tags, comments, CDATA, processing instructions and a DOCTYPE, which it passes
// over; no DTD is read and nothing is expanded. Memory stays bounded by the largest record. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sources/source.hpp"
#include "sources/xml/tag_list.hpp"

namespace pitchblende::sources {

// Names are of 3 to 24 bytes.
struct XmlShape {
  std::vector<std::string_view> records;  // elements that are records
  std::vector<std::string_view> roots;    // what they stand in, the usual one first; a file may do without
};

struct XmlRecord {
  std::string_view text;           // good until the next call; k_block_padding more bytes may be read
  const char* base = nullptr;      // the tags count from here
  std::span<const uint32_t> tags;  // where each '<' stands that is not inside a comment, CDATA or instruction
  std::string_view name;           // of the element, as the shape has it
  int64_t line = 0;                // where it begins
  int64_t record = 0;              // from 1
  std::optional<Error> error;      // why there is no usable element here; text is then its beginning
};

class XmlSplitter {
 public:
  // `file` is the name for errors.
  XmlSplitter(ByteStream& bytes, std::string file, XmlShape shape, int64_t largest_record);

  // The next record; nullopt at the end. Errors: SOURCES_EMPTY, SOURCES_TRUNCATED, SOURCES_HTML, SOURCES_OTHER_ROOT,
  // SOURCES_OTHER_FORMAT, SOURCES_ENCODING, SOURCES_DAMAGED and the stream's own.
  Result<std::optional<XmlRecord>> next();

 private:
  static constexpr size_t k_look_ahead = 32;  // the longest name of a shape, brackets and a delimiter

  enum class Name : uint8_t { other, record, root };
  struct Found {
    Name name = Name::other;
    size_t index = 0;
  };
  struct Doctype {
    uint32_t last = 0;  // four bytes
    int brackets = 0;
    char quote = 0;
    bool comment = false;
    bool instruction = false;
  };

  const char* data() const { return m_buffer.data(); }
  Result<bool> fill();
  void drop_kept_out();
  void index_tags(size_t from);
  Result<bool> look_ahead(size_t at, size_t count);
  Result<bool> next_tag();
  Found name_at(size_t at) const;

  Result<void> check_start();
  Result<void> check_encoding();
  Result<bool> pass_markup();
  Result<bool> pass_to(size_t from, std::string_view closer);
  Result<bool> pass_doctype();
  static bool step_doctype(Doctype& state, char c);
  void forget_tags_before(size_t end);

  Result<void> outside();
  Result<void> refuse_root(size_t at, std::string_view name);
  Result<size_t> self_closed_at(size_t at);
  Result<std::optional<XmlRecord>> inside();
  void pass_unknown_tags();
  Result<std::optional<XmlRecord>> close(size_t at);
  XmlRecord cut(size_t end, bool complete);
  void keep_beginning();
  Error truncated() const;
  void count_lines(size_t to);
  void check_size();

  ByteStream& m_bytes;
  std::string m_file;
  XmlShape m_shape;
  std::array<bool, 256> m_known{};  // hashes of how the shape's names begin
  size_t m_largest;

  std::vector<char> m_buffer;  // bytes up to m_end, then padding
  size_t m_keep = 0;           // all before it is done with
  size_t m_end = 0;
  std::string_view m_piece;  // of the stream, not yet in the buffer
  bool m_stream_ended = false;
  TagList m_tags;      // offsets in the buffer
  size_t m_tag = 0;    // the next one to look at
  int64_t m_line = 1;  // of m_line_at
  size_t m_line_at = 0;

  bool m_started = false;
  bool m_seen_element = false;
  int64_t m_depth = 0;  // outside of records
  int64_t m_records = 0;
  bool m_in_record = false;
  bool m_too_large = false;  // the record's bytes are dropped
  size_t m_record_at = 0;
  size_t m_record_tag = 0;  // its first tag
  size_t m_record_name = 0;
  int64_t m_record_line = 0;
  std::string m_beginning;  // of a record that is too large
};

}  // namespace pitchblende::sources
