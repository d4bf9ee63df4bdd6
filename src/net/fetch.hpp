// What lies under an address of the web: a calendar that an institution keeps. Bounded in bytes and time, and never
// from this machine or its network unless that is allowed. Each call has a connection of its own; any thread.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"

namespace pitchblende::net {

enum class Reach : uint8_t {
  internet,         // https, and addresses that everybody can reach
  private_networks  // http too, and this machine's own networks
};

struct FetchLimits {
  Reach reach = Reach::internet;
  size_t bytes = 4 << 20;
  int seconds = 20;  // for all of it
};

// The body of a 2xx answer; up to three redirections are followed, each under the same limits. Errors:
// NET_FETCH_ADDRESS (what is not allowed), NET_FETCH_SIZE, _NAME, _AWAY, _SLOW, _STATUS, _AROUND, _CERTIFICATE,
// NET_FETCH.
Result<std::string> fetch(const std::string& address, const FetchLimits& limits);

// Whether an IP address is one that everybody on the internet means by it: no loopback, private, link-local, shared,
// multicast or reserved one, and no IPv4 of those inside IPv6.
bool is_public_address(const std::string& ip);

}  // namespace pitchblende::net
