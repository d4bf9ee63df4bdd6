#include "pages/moments.hpp"

#include <cstdio>
#include <cstdlib>

#include "booking/booking_types.hpp"
#include "booking/local_time.hpp"
#include "calls/paris.hpp"

namespace pitchblende::pages {

namespace {

// Seconds on the wall, and how far the wall is ahead of UTC.
struct Wall {
  int64_t local = 0;
  int64_t ahead = 0;
};

std::optional<Wall> wall_of(std::string_view at) {
  static const auto k_zone = booking::Zone::named(booking::k_home_zone);
  const auto utc = calls::read_utc(at);
  if (!utc || !k_zone) {
    return std::nullopt;
  }
  const int64_t local = k_zone->local(*utc);
  return Wall{local, local - *utc};
}

}  // namespace

std::string wall_time(std::string_view local, const Words& words) {
  return put_in(put_in(words.get("calls.at_time"), "day", words.date(local.substr(0, 10))), "time", local.substr(11));
}

std::string moment(const Words& words, std::string_view at) {
  const auto wall = wall_of(at);
  return wall ? wall_time(booking::local_text(wall->local), words) : std::string(at);
}

std::string moment_stamp(std::string_view at) {
  const auto wall = wall_of(at);
  if (!wall) {
    return {};
  }
  const int64_t minutes = std::abs(wall->ahead) / 60;
  char rest[32];
  std::snprintf(rest, sizeof(rest), ":%02d%c%02d:%02d", static_cast<int>(((wall->local % 60) + 60) % 60),
                wall->ahead < 0 ? '-' : '+', static_cast<int>(minutes / 60 % 24), static_cast<int>(minutes % 60));
  return booking::local_text(wall->local) + rest;
}

View moment_in(const Words& words, std::string_view key, std::string_view at) {
  constexpr std::string_view k_when = "{when}";
  const std::string text = words.get(key);
  const size_t place = text.find(k_when);
  if (place == std::string::npos) {
    return view({{"before", text}});
  }
  return view({{"before", text.substr(0, place)},
               {"when", moment(words, at)},
               {"stamp", moment_stamp(at)},
               {"after", text.substr(place + k_when.size())}});
}

}  // namespace pitchblende::pages
