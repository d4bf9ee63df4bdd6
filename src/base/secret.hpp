// Secrets: random ones, compared in constant time, and texts sealed with a key. Pure but for the system's randomness;
// any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pitchblende {

// 256 random bits as 64 hex digits: links, sessions, browsers.
std::string random_secret();
bool equal_secrets(std::string_view a, std::string_view b);

// XSalsa20-Poly1305 under BLAKE2b-256 of `key`, with a random nonce; hex.
std::string sealed(std::string_view text, std::string_view key);
// nullopt: altered, or of another key.
std::optional<std::string> unsealed(std::string_view seal, std::string_view key);

}  // namespace pitchblende
