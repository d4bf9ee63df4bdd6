#include "net/fetch.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "net/errors.hpp"

namespace pitchblende::net {

namespace {

constexpr long k_most_redirections = 3;
constexpr long k_seconds_to_connect = 10;

struct Begun {
  Begun() { curl_global_init(CURL_GLOBAL_DEFAULT); }
};

struct Block {
  uint32_t first;
  int bits;
};
// RFC 6890 and what came after it: not for the whole internet.
constexpr std::array<Block, 15> k_not_public{{{0x00000000, 8},
                                              {0x0A000000, 8},
                                              {0x64400000, 10},
                                              {0x7F000000, 8},
                                              {0xA9FE0000, 16},
                                              {0xAC100000, 12},
                                              {0xC0000000, 24},
                                              {0xC0000200, 24},
                                              {0xC0586300, 24},
                                              {0xC0A80000, 16},
                                              {0xC6120000, 15},
                                              {0xC6336400, 24},
                                              {0xCB007100, 24},
                                              {0xE0000000, 4},
                                              {0xF0000000, 4}}};

bool is_public(uint32_t address) {
  return std::none_of(k_not_public.begin(), k_not_public.end(),
                      [&](const Block& block) { return (address ^ block.first) >> (32 - block.bits) == 0; });
}

uint32_t at(const in6_addr& address, size_t byte) {
  uint32_t out = 0;
  for (size_t i = 0; i < 4; ++i) {
    out = out << 8 | address.s6_addr[byte + i];
  }
  return out;
}

bool is_public(const in6_addr& address) {
  const uint32_t first = at(address, 0);
  if (first == 0x0064FF9B) {  // NAT64: an IPv4 address in its last four bytes
    return at(address, 4) == 0 && at(address, 8) == 0 && is_public(at(address, 12));
  }
  if (first >> 16 == 0x2002) {  // 6to4: in its second four
    return is_public(first << 16 | at(address, 4) >> 16);
  }
  // Global unicast is 2000::/3, without documentation, benchmarks, Teredo and ORCHID in 2001::/23 and 2001:db8::/32.
  return first >> 29 == 1 && first >> 9 != 0x20010000U >> 9 && first != 0x20010DB8;
}

struct Call {
  const FetchLimits& limits;
  std::string body;
  bool is_refused = false;
  bool is_large = false;
};

size_t keep(char* bytes, size_t size, size_t count, void* to) {
  Call& call = *static_cast<Call*>(to);
  if (call.body.size() + size * count > call.limits.bytes) {
    call.is_large = true;
    return 0;
  }
  call.body.append(bytes, size * count);
  return size * count;
}

// Asked with the address that the name led to, for each connection: a name that leads elsewhere the second time gains
// nothing.
curl_socket_t open_socket(void* to, curlsocktype purpose, curl_sockaddr* wanted) {
  Call& call = *static_cast<Call*>(to);
  bool is_allowed = purpose == CURLSOCKTYPE_IPCXN;
  if (is_allowed && call.limits.reach == Reach::internet) {
    if (wanted->family == AF_INET) {
      sockaddr_in there{};
      std::memcpy(&there, &wanted->addr, sizeof there);
      is_allowed = is_public(ntohl(there.sin_addr.s_addr));
    } else {
      is_allowed =
          wanted->family == AF_INET6 && is_public(reinterpret_cast<const sockaddr_in6*>(&wanted->addr)->sin6_addr);
    }
  }
  if (!is_allowed) {
    call.is_refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

// What happened, as far as it is known.
tl::unexpected<Error> why(CURLcode done, CURL* curl, const std::string& address, const FetchLimits& limits,
                          const std::string& said) {
  switch (done) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return fail(errors::fetch_name, address);
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
      return fail(errors::fetch_away, address);
    case CURLE_OPERATION_TIMEDOUT:
      return fail(errors::fetch_slow, address, std::to_string(limits.seconds));
    case CURLE_TOO_MANY_REDIRECTS:
      return fail(errors::fetch_around, address, std::to_string(k_most_redirections));
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
      return fail(errors::fetch_certificate, address);
    case CURLE_HTTP_RETURNED_ERROR: {
      long status = 0;
      curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
      return fail(errors::fetch_status, address, std::to_string(status));
    }
    default:
      return fail(errors::fetch, address, said);
  }
}

}  // namespace

bool is_public_address(const std::string& ip) {
  in_addr four{};
  in6_addr six{};
  if (inet_pton(AF_INET, ip.c_str(), &four) == 1) {
    return is_public(ntohl(four.s_addr));
  }
  return inet_pton(AF_INET6, ip.c_str(), &six) == 1 && is_public(six);
}

Result<std::string> fetch(const std::string& address, const FetchLimits& limits) {
  static const Begun k_begun;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
  if (handle == nullptr) {
    return fail(errors::fetch, address, "out of memory");
  }
  Call call{limits, {}, false, false};
  std::array<char, CURL_ERROR_SIZE> reason{};
  const char* protocols = limits.reach == Reach::internet ? "https" : "http,https";
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, k_most_redirections);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");  // it would open the connection in our place
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(limits.seconds));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, k_seconds_to_connect);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes));
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "Pitchblende");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &call);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &call);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
  const CURLcode done = curl_easy_perform(curl);
  if (done == CURLE_OK) {
    return std::move(call.body);
  }
  const std::string said = reason[0] != '\0' ? reason.data() : curl_easy_strerror(done);
  if (call.is_refused || done == CURLE_UNSUPPORTED_PROTOCOL || done == CURLE_URL_MALFORMAT) {
    return fail(errors::fetch_address, address);
  }
  if (call.is_large || done == CURLE_FILESIZE_EXCEEDED) {
    return fail(errors::fetch_size, address, std::to_string(limits.bytes));
  }
  return why(done, curl, address, limits, said);
}

}  // namespace pitchblende::net
