// Cuts the elements of some names out of a stream of XML, one at a time, each as text for a small document of its own.
// Inside sources.
//
// No DTD is read and no entity expanded. Memory: the largest element and one piece. One thread at a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace pitchblende::sources {

class XlsxElements {
 public:
  // Names without prefix; elements of these names do not nest. `file` is for errors.
  XlsxElements(std::unique_ptr<ByteStream> bytes, std::vector<std::string_view> names, std::string file);
  // False: the end. `name` and `xml` are good until the next call. Errors: SOURCES_DAMAGED, SOURCES_TRUNCATED.
  Result<bool> next(std::string_view& name, std::string_view& xml);
  int64_t consumed() const { return m_bytes->consumed(); }

 private:
  Result<bool> more();
  // Where the next '<' stands, from m_at on; text outside of wanted elements is dropped on the way.
  Result<size_t> find_tag(bool inside);
  // Where `text` ends, looked for from `from` on (places in the buffer); npos at the end of the stream.
  Result<size_t> find_end(std::string_view text, size_t from);
  Result<size_t> find_tag_end(size_t from);

  std::unique_ptr<ByteStream> m_bytes;
  std::vector<std::string_view> m_names;
  std::string m_file;
  std::string m_buffer;
  size_t m_keep = 0;  // what stands before it is not needed any more
  size_t m_at = 0;
  bool m_ended = false;
};

}  // namespace pitchblende::sources
