#include "base/clock.hpp"

#include <ctime>

namespace pitchblende {

namespace {

std::string formatted(std::chrono::system_clock::time_point at, const char* format) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[32];
  return {out, std::strftime(out, sizeof(out), format, &parts)};
}

}  // namespace

std::string Clock::now_text() const { return formatted(now(), "%Y-%m-%dT%H:%M:%SZ"); }

std::string Clock::text_in(std::chrono::seconds later) const { return formatted(now() + later, "%Y-%m-%dT%H:%M:%SZ"); }

std::string Clock::today() const { return formatted(now(), "%Y-%m-%d"); }

}  // namespace pitchblende
