// An answer as bytes: status line, headers, body, also compressed. Inside http. A Reply is immutable but for what it
// makes once and keeps; any thread.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/http.hpp"
#include "http/stream.hpp"

namespace pitchblende::http {

// One encoding of a reply: what goes to the socket.
struct Encoded {
  std::string head;  // status line and headers, without Date, Connection and the empty line at their end
  std::string body;
  std::string tag;  // its ETag, quoted; empty: none
};

class Reply {
 public:
  explicit Reply(Answer answer);

  int status() const { return m_status; }
  bool is_shared() const { return m_shared; }
  bool is_streamed() const { return m_pieces != nullptr; }
  // Of a streamed one, as Encoded::head; and the stream itself, which is there once.
  std::string stream_head(Packing packing, Framing framing) const;
  Stream stream(Packing packing, Framing framing) const { return {m_plain->body, m_pieces, packing, framing}; }
  // How its bytes go to a client that takes this.
  Packing packing(std::string_view accept_encoding) const;
  // Plain, or gzip where that pays and the client takes it; made at the first call.
  std::shared_ptr<const Encoded> form(std::string_view accept_encoding) const;
  // 304 with the headers that it wants, if the client has one of our forms already.
  std::shared_ptr<const Encoded> not_modified(std::string_view if_none_match) const;
  size_t bytes() const { return m_plain->head.size() * 2 + m_plain->body.size() * 3 / 2 + 512; }

 private:
  std::string headers(const std::string& tag, size_t size, bool gzip) const;
  std::string first_lines() const;

  int m_status;
  bool m_shared;
  bool m_compressible;
  std::string m_common;  // headers of every form
  std::string m_tag;     // without quotes
  Pieces m_pieces;
  std::shared_ptr<const Encoded> m_plain;
  mutable std::mutex m_mutex;
  mutable std::shared_ptr<const Encoded> m_gzip;
};

// RFC 9110, 12.5.3: whether a client takes gzip.
bool takes_gzip(std::string_view accept_encoding);
// RFC 1952.
std::string gzipped(std::string_view text, int level);
std::string_view reason(int status);

}  // namespace pitchblende::http
