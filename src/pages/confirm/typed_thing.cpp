#include "pages/confirm/typed_thing.hpp"

#include <algorithm>
#include <charconv>

#include "base/beginning.hpp"

namespace pitchblende::pages {

std::optional<Id> typed_thing(const Site& site, std::string_view text) {
  text = trim(text);
  const size_t slash = text.rfind('/');
  if (const auto id = Id::parse(slash == std::string_view::npos ? text : text.substr(slash + 1))) {
    return id;
  }
  const bool reference = text.find(':') != std::string_view::npos && !text.starts_with("http");
  if (const auto found = reference ? site.registry().find(text) : Result<std::optional<Id>>(); found && *found) {
    return *found;
  }
  const auto named = text.empty() ? Result<std::optional<Id>>() : site.registry().find("name:" + std::string(text));
  return named ? *named : std::nullopt;
}

std::vector<Id> typed_things(const Site& site, std::string_view lines, std::string& unknown) {
  std::vector<Id> out;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = trim(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
    if (line.empty()) {
      continue;
    }
    if (const auto id = typed_thing(site, line)) {
      out.push_back(*id);
    } else if (unknown.empty()) {
      unknown = beginning(line, 200);
    }
  }
  return out;
}

int64_t typed_number(std::string_view text, int64_t otherwise) {
  int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : otherwise;
}

}  // namespace pitchblende::pages
