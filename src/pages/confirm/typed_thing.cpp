#include "pages/confirm/typed_thing.hpp"

#include <algorithm>
#include <charconv>

#include "base/beginning.hpp"
#include "registry/things.hpp"

namespace pitchblende::pages {

std::optional<Id> typed_thing(const Site& site, std::string_view text) {
  return registry::thing_named(site.registry(), text).value_or(std::nullopt);
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
