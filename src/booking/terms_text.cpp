#include "booking/terms_text.hpp"

#include <array>

#include "base/text.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking {

namespace {

std::string two(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string minutes_text(int minutes) { return two(minutes / 60) + ":" + two(minutes % 60); }

std::optional<int> read_minutes(std::string_view text) {
  if (text == "24:00") {
    return 1440;
  }
  const auto local = read_local("1970-01-01T" + std::string(text));
  if (!local || text.size() != 5) {
    return std::nullopt;
  }
  return static_cast<int>(*local / 60);
}

std::optional<Hours> read_stretch(int weekday, std::string_view text) {
  text = trim(text);
  if (text.size() < 11) {
    return std::nullopt;
  }
  const std::string_view between = trim(text.substr(5, text.size() - 10));
  const auto opens = read_minutes(text.substr(0, 5));
  const auto closes = read_minutes(text.substr(text.size() - 5));
  if (!opens || !closes || (between != "-" && between != "–" && between != "—")) {
    return std::nullopt;
  }
  return Hours{weekday, *opens, *closes};
}

std::optional<Closure> read_closure(std::string_view text) {
  text = trim(text);
  const auto first = read_day(text.substr(0, 10));
  const auto last = text.size() <= 10 ? first : read_day(text.substr(11));
  if (!first || !last || (text.size() > 10 && text[10] != '/')) {
    return std::nullopt;
  }
  return Closure{*first, *last};
}

std::string stretches_text(const std::vector<Hours>& hours, int weekday) {
  std::string out;
  for (const Hours& each : hours) {
    if (each.weekday == weekday) {
      out += (out.empty() ? "" : ", ") + minutes_text(each.opens) + "-" + minutes_text(each.closes);
    }
  }
  return out;
}

std::string closure_text(const Closure& closure) {
  return day_text(closure.first_day) + (closure.last_day == closure.first_day ? "" : "/" + day_text(closure.last_day));
}

}  // namespace pitchblende::booking
