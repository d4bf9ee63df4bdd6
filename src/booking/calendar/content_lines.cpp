#include "booking/calendar/content_lines.hpp"

#include <algorithm>

namespace pitchblende::booking::calendar {

namespace {

constexpr size_t k_folded = 75;
// Longer ones (a picture in an event) are cut: nothing that is read is longer.
constexpr size_t k_longest_line = 64 << 10;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string in_capitals(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), upper);
  return out;
}

// Where a character stands outside of quotes; the size when nowhere.
size_t unquoted(std::string_view text, size_t at, std::string_view wanted) {
  bool quoted = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && wanted.find(text[at]) != std::string_view::npos) {
      return at;
    }
  }
  return text.size();
}

bool read_line(std::string_view text, ContentLine& line) {
  size_t end = unquoted(text, 0, ":;");
  line.name = in_capitals(text.substr(0, end));
  line.zone.clear();
  line.is_free = false;
  while (end < text.size() && text[end] == ';') {
    const size_t begin = end + 1;
    end = unquoted(text, begin, ":;");
    const std::string_view parameter = text.substr(begin, end - begin);
    const size_t equals = std::min(parameter.find('='), parameter.size());
    std::string_view value = parameter.substr(std::min(parameter.size(), equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    const std::string name = in_capitals(parameter.substr(0, equals));
    if (name == "TZID") {
      line.zone = value;
    } else if (name == "FBTYPE") {
      line.is_free = in_capitals(value) == "FREE";
    }
  }
  if (end >= text.size() || line.name.empty()) {
    return false;
  }
  line.value = text.substr(end + 1);
  while (!line.value.empty() && (line.value.back() == ' ' || line.value.back() == '\t')) {
    line.value.pop_back();
  }
  return true;
}

}  // namespace

void each_content_line(std::string_view text, const std::function<bool(ContentLine&)>& visit) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  ContentLine line;
  std::string whole;
  int64_t number = 0;
  for (size_t at = 0; at < text.size();) {
    whole.clear();
    line.number = number + 1;
    do {
      size_t end = std::min(text.find('\n', at), text.size());
      std::string_view piece = text.substr(at, end - at);
      at = std::min(text.size(), end + 1);
      ++number;
      if (piece.ends_with('\r')) {
        piece.remove_suffix(1);
      }
      if (!whole.empty()) {
        piece.remove_prefix(1);
      }
      whole.append(piece.substr(0, k_longest_line - std::min(k_longest_line, whole.size())));
    } while (!whole.empty() && at < text.size() && (text[at] == ' ' || text[at] == '\t'));
    if (read_line(whole, line) && !visit(line)) {
      return;
    }
  }
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) >= ' ') {
      out += c;
    }
  }
  return out;
}

std::string folded(std::string_view line) {
  std::string out;
  size_t room = k_folded;
  while (line.size() > room) {
    size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) {
      --cut;
    }
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = k_folded - 1;
  }
  return out.append(line).append("\r\n");
}

}  // namespace pitchblende::booking::calendar
