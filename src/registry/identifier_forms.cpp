#include "registry/identifier_forms.hpp"

#include <algorithm>

namespace pitchblende::registry::forms {

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) {
      return false;
    }
  }
  return !text.empty();
}

std::string to_upper(std::string text) {
  for (char& c : text) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c;
  }
  return text;
}

std::string to_lower(std::string text) {
  for (char& c : text) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
  }
  return text;
}

bool cut_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) {
    return false;
  }
  text.remove_prefix(prefix.size());
  return true;
}

void cut_leading(std::string_view& text, std::string_view characters) {
  text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
}

void cut_web_prefix(std::string_view& text) {
  if (cut_prefix(text, "https://") || cut_prefix(text, "http://")) {
    cut_prefix(text, "www.");
  }
}

std::string_view bare(std::string_view text, std::initializer_list<std::string_view> before) {
  text = text.substr(0, text.find_first_of("?#"));
  while (text.ends_with('/') || text.ends_with(' ')) {
    text.remove_suffix(1);
  }
  // Until nothing more can be cut, so that a normal form is never cut again.
  for (size_t size = text.size() + 1; text.size() < size;) {
    size = text.size();
    cut_web_prefix(text);
    cut_prefix(text, "www.");
    for (const std::string_view prefix : before) {
      if (cut_prefix(text, prefix)) {
        cut_leading(text, " :");
      }
    }
  }
  return text;
}

std::string compact(std::string_view text, std::string_view dropped) {
  std::string out;
  for (const char c : text) {
    if (dropped.find(c) == std::string_view::npos) {
      out.push_back(c);
    }
  }
  return out;
}

Normal number(std::string_view digits, size_t longest, std::string_view prefix) {
  if (!all_digits(digits)) {
    return wrong_form();
  }
  cut_leading(digits, "0");
  if (digits.empty() || digits.size() > longest) {
    return wrong_form();
  }
  return good(std::string(prefix).append(digits));
}

}  // namespace pitchblende::registry::forms
