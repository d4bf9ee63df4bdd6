#include "booking/opening.hpp"

#include <algorithm>

namespace pitchblende::booking {

std::vector<Open> open_spans(const Terms& terms, const Zone& zone, int64_t first_day, int64_t last_day) {
  std::vector<Hours> hours = terms.hours;
  std::ranges::sort(hours, {}, [](const Hours& h) { return std::pair(h.weekday, h.opens); });
  std::vector<Open> open;
  for (int64_t day = first_day; day <= last_day; ++day) {
    const bool closed = std::ranges::any_of(
        terms.closures, [&](const Closure& closure) { return closure.first_day <= day && day <= closure.last_day; });
    if (closed) {
      continue;
    }
    for (const Hours& one : hours) {
      if (one.weekday != weekday_of(day)) {
        continue;
      }
      const Open stretch{zone.utc(day * k_day + one.opens * k_minute).first,
                         zone.utc(day * k_day + one.closes * k_minute).first};
      if (stretch.begins < stretch.ends) {
        open.push_back(stretch);
      }
    }
  }
  return open;
}

const Open* stretch_at(const std::vector<Open>& open, int64_t moment) {
  const auto after = std::ranges::upper_bound(open, moment, {}, &Open::begins);
  if (after == open.begin()) {
    return nullptr;
  }
  const Open& before = *std::prev(after);
  return moment < before.ends ? &before : nullptr;
}

bool is_open(const std::vector<Open>& open, const Span& span) {
  const Open* stretch = stretch_at(open, span.begins);
  if (stretch == nullptr) {
    return false;
  }
  const Open* const end = open.data() + open.size();
  while (stretch->ends < span.ends) {
    const Open* const next = stretch + 1;
    if (next == end || next->begins != stretch->ends) {
      return false;
    }
    stretch = next;
  }
  return true;
}

}  // namespace pitchblende::booking
