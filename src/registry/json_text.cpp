#include "registry/json_text.hpp"

#include <array>

namespace pitchblende::registry {

namespace {

constexpr std::array<bool, 256> k_special = [] {
  std::array<bool, 256> special{};
  for (size_t c = 0; c < 32; ++c) {
    special[c] = true;
  }
  special['"'] = special['\\'] = true;
  return special;
}();

void append_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += "\\u00";
      out += digits[static_cast<unsigned char>(c) >> 4];
      out += digits[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  out += '"';
  size_t begin = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (k_special[static_cast<unsigned char>(text[at])]) {
      out.append(text, begin, at - begin);
      append_escaped(out, text[at]);
      begin = at + 1;
    }
  }
  out.append(text, begin, text.size() - begin);
  out += '"';
}

}  // namespace pitchblende::registry
