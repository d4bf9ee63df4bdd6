// A body that is made while it is sent, as the bytes that go to the socket: packed, in chunks, piece by piece. Inside
// http; one thread at a time.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "http/http.hpp"

namespace pitchblende::http {

enum class Packing : uint8_t { none, gzip };
// HTTP/1.1 knows where a body in chunks ends (RFC 9112, 7.1); a client of HTTP/1.0 takes it until the connection ends.
enum class Framing : uint8_t { chunks, to_the_end };

class Stream {
 public:
  Stream(std::string first, Pieces pieces, Packing packing, Framing framing);
  Stream(Stream&&) noexcept;
  ~Stream();

  // The next bytes; empty: all have been given. Nothing of a piece is kept when the next one is asked for. Errors: the
  // pieces', HTTP_PIECE for what they throw. There is no next one after an error.
  Result<std::string> next();

 private:
  class Packer;
  Result<std::string> piece();

  std::string m_first;
  Pieces m_pieces;
  Framing m_framing;
  std::unique_ptr<Packer> m_packer;  // null: not packed
  bool m_over = false;
};

// One of the answers in pieces that are sent at a time, until it is let go.
struct LetGo {
  void operator()(std::atomic<int>* streams) const { --*streams; }
};
using StreamPlace = std::unique_ptr<std::atomic<int>, LetGo>;
// Null: there are as many as there may be. Any thread.
inline StreamPlace place_among(std::atomic<int>& streams, int most) {
  StreamPlace place(&streams);
  return ++streams > most ? nullptr : std::move(place);
}

}  // namespace pitchblende::http
