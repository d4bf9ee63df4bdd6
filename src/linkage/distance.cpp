#include "linkage/distance.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace pitchblende::linkage {

namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    size_t more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    char32_t c = more == 0 ? lead : lead & (0x3F >> more);
    more = std::min(more, text.size() - at - 1);
    for (++at; more > 0; --more, ++at) {
      c = c << 6 | (static_cast<unsigned char>(text[at]) & 0x3F);
    }
    out += c;
  }
  return out;
}

template <typename Char>
bool alike(Char a, Char b) {
  return a == b || a == Char{k_lost_letter} || b == Char{k_lost_letter};
}

template <typename Char>
double jaro_winkler_of(std::basic_string_view<Char> a, std::basic_string_view<Char> b) {
  if (a.empty() || b.empty()) {
    return a.size() == b.size() ? 1 : 0;
  }
  const size_t reach = std::max<size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  thread_local std::vector<uint8_t> taken;
  thread_local std::vector<Char> matched;
  taken.assign(b.size(), 0);
  matched.clear();
  for (size_t at = 0; at < a.size(); ++at) {
    for (size_t other = at - std::min(at, reach); other < std::min(at + reach + 1, b.size()); ++other) {
      if (taken[other] == 0 && alike(a[at], b[other])) {
        taken[other] = 1;
        matched.push_back(a[at]);
        break;
      }
    }
  }
  if (matched.empty()) {
    return 0;
  }
  size_t crossed = 0;
  size_t place = 0;
  for (size_t other = 0; other < b.size(); ++other) {
    if (taken[other] != 0) {
      crossed += alike(matched[place++], b[other]) ? 0 : 1;
    }
  }
  const auto count = static_cast<double>(matched.size());
  const double jaro = (count / static_cast<double>(a.size()) + count / static_cast<double>(b.size()) +
                       (count - static_cast<double>(crossed) / 2) / count) /
                      3;
  size_t prefix = 0;
  while (prefix < std::min({a.size(), b.size(), size_t{4}}) && alike(a[prefix], b[prefix])) {
    ++prefix;
  }
  return jaro < 0.7 ? jaro : jaro + static_cast<double>(prefix) * 0.1 * (1 - jaro);
}

// Only the cells that `limit` slips can reach are filled (Ukkonen 1985): 2 × limit + 1 of a line; what stands around
// them is too far.
template <typename Char>
uint32_t distance_of(std::basic_string_view<Char> a, std::basic_string_view<Char> b, uint32_t limit) {
  if (a.size() > b.size()) {
    std::swap(a, b);
  }
  if (b.size() - a.size() > limit) {
    return limit + 1;
  }
  thread_local std::vector<uint32_t> rows[3];
  for (auto& row : rows) {
    row.resize(std::max(row.size(), a.size() + 2));
  }
  for (size_t at = 0; at <= std::min<size_t>(a.size(), size_t{limit} + 1); ++at) {
    rows[1][at] = static_cast<uint32_t>(at);
  }
  for (size_t line = 1; line <= b.size(); ++line) {
    const auto& before = rows[0];
    const auto& last = rows[1];
    auto& now = rows[2];
    const size_t begin = line > limit ? line - limit : 1;
    const size_t end = std::min(a.size(), line + limit);
    now[begin - 1] = begin == 1 ? std::min(static_cast<uint32_t>(line), limit + 1) : limit + 1;
    uint32_t least = now[begin - 1];
    for (size_t at = begin; at <= end; ++at) {
      uint32_t best = last[at - 1] + (alike(a[at - 1], b[line - 1]) ? 0 : 1);
      best = std::min({best, last[at] + 1, now[at - 1] + 1});
      if (at > 1 && line > 1 && a[at - 1] == b[line - 2] && a[at - 2] == b[line - 1]) {
        best = std::min(best, before[at - 2] + 1);
      }
      now[at] = best;
      least = std::min(least, best);
    }
    now[end + 1] = limit + 1;
    if (least > limit) {
      return limit + 1;
    }
    std::swap(rows[0], rows[1]);
    std::swap(rows[1], rows[2]);
  }
  return std::min(rows[1][a.size()], limit + 1);
}

}  // namespace

double jaro_winkler(std::string_view a, std::string_view b) {
  if (is_ascii(a) && is_ascii(b)) {
    return jaro_winkler_of(a, b);
  }
  const std::u32string x = code_points(a);
  const std::u32string y = code_points(b);
  return jaro_winkler_of(std::u32string_view(x), std::u32string_view(y));
}

uint32_t damerau_levenshtein(std::string_view a, std::string_view b, uint32_t limit) {
  if (is_ascii(a) && is_ascii(b)) {
    return distance_of(a, b, limit);
  }
  const std::u32string x = code_points(a);
  const std::u32string y = code_points(b);
  return distance_of(std::u32string_view(x), std::u32string_view(y), limit);
}

uint32_t length(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return c != ' ' && (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace pitchblende::linkage
