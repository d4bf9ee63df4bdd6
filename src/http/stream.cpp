#include "http/stream.hpp"

#include <zlib.h>

#include <array>
#include <cstdio>
#include <utility>

#include "http/errors.hpp"

namespace pitchblende::http {

namespace {

// A long table packs as well quickly as thoroughly, and others wait for the processor meanwhile.
constexpr int k_level = 2;
constexpr size_t k_room = 16384;

std::string in_a_chunk(std::string&& bytes) {
  std::array<char, 20> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  return size.data() + std::move(bytes) + "\r\n";
}

}  // namespace

// RFC 1952.
class Stream::Packer {
 public:
  Packer() { m_open = deflateInit2(&m_stream, k_level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK; }
  ~Packer() { deflateEnd(&m_stream); }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;

  // What can be given of what came so far; `flush`: Z_FINISH with the last.
  Result<std::string> pack(std::string_view piece, int flush) {
    std::string out;
    m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    m_stream.avail_in = static_cast<uInt>(piece.size());
    do {
      const size_t before = out.size();
      out.resize(before + k_room);
      m_stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      m_stream.avail_out = k_room;
      if (!m_open || deflate(&m_stream, flush) == Z_STREAM_ERROR) {
        return fail(errors::piece);
      }
      out.resize(out.size() - m_stream.avail_out);
    } while (m_stream.avail_out == 0);
    return out;
  }

 private:
  z_stream m_stream{};
  bool m_open = false;
};

Stream::Stream(std::string first, Pieces pieces, Packing packing, Framing framing)
    : m_first(std::move(first)),
      m_pieces(std::move(pieces)),
      m_framing(framing),
      m_packer(packing == Packing::gzip ? std::make_unique<Packer>() : nullptr) {}
Stream::Stream(Stream&&) noexcept = default;
Stream::~Stream() = default;

Result<std::string> Stream::piece() {
  if (!m_first.empty()) {
    return std::exchange(m_first, {});
  }
  try {
    return m_pieces();
  } catch (const std::exception&) {
    return fail(errors::piece);
  }
}

Result<std::string> Stream::next() {
  while (!m_over) {
    TRY_ASSIGN(std::string bytes, piece());
    m_over = bytes.empty();
    if (m_packer != nullptr) {
      // Small pieces may all stay in the packer for a while.
      TRY_ASSIGN(bytes, m_packer->pack(bytes, m_over ? Z_FINISH : Z_NO_FLUSH));
    }
    if (m_framing == Framing::chunks) {
      bytes = (bytes.empty() ? std::string() : in_a_chunk(std::move(bytes))) + (m_over ? "0\r\n\r\n" : "");
    }
    if (!bytes.empty()) {
      return bytes;
    }
  }
  return std::string();
}

Result<std::string> whole_body(const Answer& answer) {
  std::string out = answer.body;
  while (answer.pieces != nullptr) {
    TRY_ASSIGN(const std::string piece, answer.pieces());
    if (piece.empty()) {
      break;
    }
    out += piece;
  }
  return out;
}

}  // namespace pitchblende::http
