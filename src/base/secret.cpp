#include "base/secret.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace pitchblende {

namespace {

using Key = std::array<unsigned char, crypto_secretbox_KEYBYTES>;

void begin() {
  if (sodium_init() < 0) {
    throw std::runtime_error("libsodium cannot be used");
  }
}

std::string hex(const unsigned char* bytes, size_t size) {
  std::string out(size * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes, size);
  out.pop_back();
  return out;
}

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Key key_of(std::string_view key) {
  Key out{};
  crypto_generichash(out.data(), out.size(), raw(key), key.size(), nullptr, 0);
  return out;
}

}  // namespace

std::string random_secret() {
  begin();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return hex(bytes.data(), bytes.size());
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string sealed(std::string_view text, std::string_view key) {
  begin();
  std::vector<unsigned char> out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.size());
  randombytes_buf(out.data(), crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out.data() + crypto_secretbox_NONCEBYTES, raw(text), text.size(), out.data(),
                        key_of(key).data());
  return hex(out.data(), out.size());
}

std::optional<std::string> unsealed(std::string_view seal, std::string_view key) {
  begin();
  if (seal.empty()) {
    return std::nullopt;
  }
  std::vector<unsigned char> bytes(seal.size() / 2);
  size_t size = 0;
  if (sodium_hex2bin(bytes.data(), bytes.size(), seal.data(), seal.size(), nullptr, &size, nullptr) != 0 ||
      size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES || size * 2 != seal.size()) {
    return std::nullopt;
  }
  std::string out(size - crypto_secretbox_NONCEBYTES - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(out.data()),
                                 bytes.data() + crypto_secretbox_NONCEBYTES, size - crypto_secretbox_NONCEBYTES,
                                 bytes.data(), key_of(key).data()) != 0) {
    return std::nullopt;
  }
  return out;
}

}  // namespace pitchblende
