#include "sources/xml/xml_references.hpp"

#include <charconv>
#include <utility>

namespace pitchblende::sources {

void append_utf8(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

std::optional<uint32_t> referenced_character(std::string_view name) {
  constexpr std::pair<std::string_view, char> k_known[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [known, c] : k_known) {
    if (name == known) {
      return static_cast<uint32_t>(c);
    }
  }
  if (name.size() < 2 || name[0] != '#') {
    return std::nullopt;
  }
  const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
  const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
  uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  if (digits.empty() || end != digits.data() + digits.size() || error == std::errc::invalid_argument) {
    return std::nullopt;
  }
  const bool allowed = (code >= 0x20 || code == '\t' || code == '\n' || code == '\r') && code <= 0x10FFFF &&
                       (code < 0xD800 || code > 0xDFFF) && error == std::errc{};
  return allowed ? code : 0xFFFDu;
}

}  // namespace pitchblende::sources
