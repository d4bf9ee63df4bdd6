#include "sources/tables/csv_text.hpp"

#include <array>

#include "base/text.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_looked_at = 4096;

// 0x80 to 0x9F; what Windows leaves undefined is a control in Latin-1 and dropped as such.
constexpr std::array<uint16_t, 32> k_windows_1252{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                                  0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

class Replay final : public ByteStream {
 public:
  Replay(std::string head, std::unique_ptr<ByteStream> rest) : m_head(std::move(head)), m_rest(std::move(rest)) {}
  Result<std::string_view> next() override {
    if (!m_given) {
      m_given = true;
      if (!m_head.empty()) {
        return std::string_view(m_head);
      }
    }
    return m_rest->next();
  }
  int64_t consumed() const override { return m_rest->consumed(); }

 private:
  std::string m_head;
  std::unique_ptr<ByteStream> m_rest;
  bool m_given = false;
};

enum class ByteOrder : uint8_t { little, big };

class FromUtf16 final : public ByteStream {
 public:
  FromUtf16(std::unique_ptr<ByteStream> bytes, ByteOrder order) : m_bytes(std::move(bytes)), m_order(order) {}

  Result<std::string_view> next() override {
    m_out.clear();
    while (m_out.empty()) {
      TRY_ASSIGN(const std::string_view piece, m_bytes->next());
      if (piece.empty()) {
        if (m_high != 0 || m_odd) {
          append(m_out, 0xFFFD);
        }
        m_high = 0;
        m_odd = false;
        return std::string_view(m_out);
      }
      for (const char byte : piece) {
        take(static_cast<unsigned char>(byte));
      }
    }
    return std::string_view(m_out);
  }
  int64_t consumed() const override { return m_bytes->consumed(); }

 private:
  void take(unsigned char byte) {
    if (!m_odd) {
      m_first = byte;
      m_odd = true;
      return;
    }
    m_odd = false;
    const uint32_t unit = m_order == ByteOrder::little ? static_cast<uint32_t>(byte) << 8 | m_first
                                                       : static_cast<uint32_t>(m_first) << 8 | byte;
    if (m_high != 0 && unit >= 0xDC00 && unit < 0xE000) {
      append(m_out, 0x10000 + ((m_high - 0xD800) << 10) + (unit - 0xDC00));
      m_high = 0;
      return;
    }
    if (m_high != 0) {
      append(m_out, 0xFFFD);
      m_high = 0;
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      m_high = unit;
    } else {
      append(m_out, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD : unit);
    }
  }

  std::unique_ptr<ByteStream> m_bytes;
  ByteOrder m_order;
  std::string m_out;
  uint32_t m_high = 0;
  unsigned char m_first = 0;
  bool m_odd = false;
};

// Latin letters in UTF-16 have every other byte zero; text in any other encoding has none.
bool is_bare_utf16(std::string_view head, size_t zero_at) {
  size_t zeros = 0;
  size_t others = 0;
  for (size_t i = 0; i + 1 < head.size(); i += 2) {
    zeros += head[i + zero_at] == '\0' ? 1 : 0;
    others += head[i + 1 - zero_at] == '\0' ? 1 : 0;
  }
  return head.size() >= 8 && others == 0 && zeros * 10 > head.size() / 2 * 8;
}

}  // namespace

std::unique_ptr<ByteStream> replay(std::string head, std::unique_ptr<ByteStream> rest) {
  return std::make_unique<Replay>(std::move(head), std::move(rest));
}

Result<std::unique_ptr<ByteStream>> without_mark(std::unique_ptr<ByteStream> bytes) {
  std::string head;
  while (head.size() < k_looked_at) {
    TRY_ASSIGN(const std::string_view piece, bytes->next());
    if (piece.empty()) {
      break;
    }
    head += piece;
  }
  const std::string_view looked_at = std::string_view(head).substr(0, k_looked_at);
  if (head.starts_with("\xEF\xBB\xBF")) {
    head.erase(0, 3);
    return replay(std::move(head), std::move(bytes));
  }
  const bool marked = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  if (marked || is_bare_utf16(looked_at, 1) || is_bare_utf16(looked_at, 0)) {
    const bool little = marked ? head.front() == '\xFF' : is_bare_utf16(looked_at, 1);
    head.erase(0, marked ? 2 : 0);
    return std::unique_ptr<ByteStream>(std::make_unique<FromUtf16>(replay(std::move(head), std::move(bytes)),
                                                                   little ? ByteOrder::little : ByteOrder::big));
  }
  return replay(std::move(head), std::move(bytes));
}

CellEncoding decode_cell(std::string_view raw, std::string& out) {
  bool ascii = true;
  bool controls = false;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    ascii = ascii && byte < 0x80;
    controls = controls || (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F;
  }
  if (ascii && !controls) {
    out.assign(raw);
    return CellEncoding::ascii;
  }
  const bool utf8 = ascii || is_valid_utf8(raw);
  out.clear();
  for (size_t at = 0; at < raw.size(); ++at) {
    const auto byte = static_cast<unsigned char>(raw[at]);
    if (byte == '\r') {
      if (at + 1 == raw.size() || raw[at + 1] != '\n') {
        out += '\n';
      }
    } else if (byte < 0x80 || utf8) {
      out += raw[at];
    } else {
      append(out, byte < 0xA0 ? k_windows_1252[byte - 0x80] : byte);
    }
  }
  out = clean_utf8(out);
  return ascii ? CellEncoding::ascii : utf8 ? CellEncoding::utf8 : CellEncoding::windows_1252;
}

}  // namespace pitchblende::sources
