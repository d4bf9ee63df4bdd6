// Calendars: any bytes, in bounded time, every event accounted for, busy times in order inside the window.
#include <cstdlib>

#include "booking/calendar/busy_times.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using pitchblende::booking::Span;
  using pitchblende::booking::Zone;
  static const Zone k_home = Zone::named("Europe/Paris").value();
  constexpr Span k_window{1'770'000'000, 1'800'000'000};
  pitchblende::booking::calendar::Limits limits;
  limits.steps = 100'000;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto times = pitchblende::booking::calendar::read_busy_times(text, "fuzz", k_home, k_window, limits);
  if (!times) {
    return 0;
  }
  bool good = times->read == times->accepted + times->rejected;
  int64_t end = k_window.begins - 1;
  for (const Span& span : times->busy) {
    good = good && end < span.begins && span.begins < span.ends && span.ends <= k_window.ends;
    end = span.ends;
  }
  if (!good) {
    std::abort();
  }
  return 0;
}
