#include "http/reply.hpp"

#include <zlib.h>

#include <array>
#include <cstdio>

#include "base/id.hpp"
#include "base/text.hpp"

namespace pitchblende::http {

namespace {

constexpr size_t k_worth_compressing = 1024;
constexpr int k_level = 6;

constexpr std::string_view k_security =
    "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; font-src "
    "'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n";

std::string_view cache_control(Keep keep) {
  switch (keep) {
    case Keep::never:
      return "Cache-Control: no-store\r\n";
    case Keep::validated:
      return "Cache-Control: no-cache\r\n";
    case Keep::personal:
      return "Cache-Control: private, no-cache\r\nVary: Cookie\r\n";
    case Keep::forever:
      break;
  }
  return "Cache-Control: public, max-age=31536000, immutable\r\n";
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.find("json") != std::string_view::npos ||
         type.find("javascript") != std::string_view::npos || type.find("xml") != std::string_view::npos;
}

// A header's value keeps to its line, whatever stands in it.
void append_line(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) {
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  out += "\r\n";
}

template <typename OnChoice>
void each_in_list(std::string_view list, OnChoice&& on_choice) {
  while (!list.empty()) {
    const std::string_view choice = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), choice.size() + 1));
    on_choice(trim(choice));
  }
}

}  // namespace

std::string_view reason(int status) {
  struct Known {
    int status;
    std::string_view reason;
  };
  static constexpr std::array<Known, 22> k_known = {{{200, "OK"},
                                                     {204, "No Content"},
                                                     {301, "Moved Permanently"},
                                                     {302, "Found"},
                                                     {303, "See Other"},
                                                     {304, "Not Modified"},
                                                     {307, "Temporary Redirect"},
                                                     {400, "Bad Request"},
                                                     {403, "Forbidden"},
                                                     {404, "Not Found"},
                                                     {405, "Method Not Allowed"},
                                                     {406, "Not Acceptable"},
                                                     {408, "Request Timeout"},
                                                     {409, "Conflict"},
                                                     {410, "Gone"},
                                                     {413, "Content Too Large"},
                                                     {414, "URI Too Long"},
                                                     {422, "Unprocessable Content"},
                                                     {429, "Too Many Requests"},
                                                     {431, "Request Header Fields Too Large"},
                                                     {500, "Internal Server Error"},
                                                     {503, "Service Unavailable"}}};
  for (const Known& known : k_known) {
    if (known.status == status) {
      return known.reason;
    }
  }
  return "Status";
}

std::string gzipped(std::string_view text, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

bool takes_gzip(std::string_view accept_encoding) {
  bool takes = false;
  each_in_list(accept_encoding, [&](std::string_view choice) {
    const std::string_view name = trim(choice.substr(0, choice.find(';')));
    const size_t weight = choice.find("q=");
    const bool refused = weight != std::string_view::npos &&
                         choice.substr(weight + 2).find_first_not_of("0. ") == std::string_view::npos;
    takes = takes || ((name == "gzip" || name == "x-gzip" || name == "*") && !refused);
  });
  return takes;
}

Reply::Reply(Answer answer)
    : m_status(answer.status),
      m_shared(answer.shared && answer.status == 200 && answer.pieces == nullptr),
      m_compressible(is_text(answer.type) && (answer.pieces != nullptr || (answer.body.size() > k_worth_compressing &&
                                                                           answer.body.size() < UINT32_MAX))),
      m_pieces(std::move(answer.pieces)) {
  if (!answer.type.empty() && answer.status != 204) {
    append_line(m_common, "Content-Type", answer.type);
  }
  for (const auto& [name, value] : answer.headers) {
    append_line(m_common, name, value);
  }
  // Also what is too short to be compressed was chosen by what its reader takes.
  if (m_compressible || (answer.status == 200 && answer.keep == Keep::validated && is_text(answer.type))) {
    m_common += "Vary: Accept, Accept-Encoding\r\n";
  }
  m_common += cache_control(answer.keep);
  m_common += k_security;
  if (answer.status == 200 && answer.keep != Keep::never && !is_streamed()) {
    std::array<char, 20> digits{};
    std::snprintf(digits.data(), digits.size(), "%016zx", std::hash<std::string_view>{}(answer.body));
    m_tag = digits.data();
  }
  Encoded plain;
  plain.body = std::move(answer.body);
  plain.tag = m_tag.empty() ? "" : "\"" + m_tag + "\"";
  plain.head = headers(plain.tag, plain.body.size(), false);
  m_plain = std::make_shared<const Encoded>(std::move(plain));
}

std::string Reply::first_lines() const {
  std::string out = "HTTP/1.1 " + std::to_string(m_status) + " ";
  out += reason(m_status);
  out += "\r\n";
  return out + m_common;
}

Packing Reply::packing(std::string_view accept_encoding) const {
  return m_compressible && takes_gzip(accept_encoding) ? Packing::gzip : Packing::none;
}

std::string Reply::stream_head(Packing packing, Framing framing) const {
  return first_lines() + (packing == Packing::gzip ? "Content-Encoding: gzip\r\n" : "") +
         (framing == Framing::chunks ? "Transfer-Encoding: chunked\r\n" : "");
}

std::string Reply::headers(const std::string& tag, size_t size, bool gzip) const {
  std::string out = first_lines();
  if (!tag.empty()) {
    append_line(out, "ETag", tag);
  }
  if (gzip) {
    out += "Content-Encoding: gzip\r\n";
  }
  if (m_status != 204) {
    out += "Content-Length: " + std::to_string(size) + "\r\n";
  }
  return out;
}

std::shared_ptr<const Encoded> Reply::form(std::string_view accept_encoding) const {
  if (!m_compressible || !takes_gzip(accept_encoding)) {
    return m_plain;
  }
  const std::lock_guard lock(m_mutex);
  if (m_gzip == nullptr) {
    Encoded packed;
    packed.body = gzipped(m_plain->body, k_level);
    packed.tag = m_tag.empty() ? "" : "\"" + m_tag + "-gz\"";
    packed.head = headers(packed.tag, packed.body.size(), true);
    m_gzip = packed.body.empty() ? m_plain : std::make_shared<const Encoded>(std::move(packed));
  }
  return m_gzip;
}

std::shared_ptr<const Encoded> Reply::not_modified(std::string_view if_none_match) const {
  if (m_tag.empty() || if_none_match.empty()) {
    return nullptr;
  }
  std::string known;
  each_in_list(if_none_match, [&](std::string_view tag) {
    const bool any = tag == "*";
    if (tag.starts_with("W/")) {
      tag.remove_prefix(2);
    }
    if (any || tag == "\"" + m_tag + "\"" || tag == "\"" + m_tag + "-gz\"") {
      known = any ? "\"" + m_tag + "\"" : tag;
    }
  });
  if (known.empty()) {
    return nullptr;
  }
  Encoded form;
  form.head = "HTTP/1.1 304 Not Modified\r\n" + m_common;
  append_line(form.head, "ETag", known);
  return std::make_shared<const Encoded>(std::move(form));
}

}  // namespace pitchblende::http
