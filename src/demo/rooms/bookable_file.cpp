// On what terms the invented instruments are booked, with some bookings: for the command `bookable`.
#include <fmt/format.h>

#include <array>

#include "demo/files.hpp"

namespace pitchblende::demo {

namespace {

constexpr std::array<std::string_view, 5> k_workdays{"monday", "tuesday", "wednesday", "thursday", "friday"};

std::string hours_of(size_t number) {
  std::string out;
  for (const std::string_view day : k_workdays) {
    out += fmt::format("{}\"{}\":{}", out.empty() ? "" : ",", day,
                       number % 3 == 0 ? "[\"08:00-20:00\"]" : "[\"09:00-12:30\",\"13:30-18:00\"]");
  }
  return out;
}

// Two in the morning and one in the afternoon of some days of the next weeks; none touches another.
std::string bookings_of(size_t number) {
  std::string out;
  for (size_t week = 0; week < 3; ++week) {
    for (size_t day = 0; day < k_workdays.size(); ++day) {
      if ((number * 7 + week * 3 + day * 5) % 4 == 0) {
        continue;
      }
      const bool is_late = (number + day) % 2 == 0;
      out += fmt::format(R"({}{{"weekday":"{}","weeks":{},"from":"{}","to":"{}","purpose":"Séance inventée"}})",
                         out.empty() ? "" : ",", k_workdays[day], week, is_late ? "14:00" : "09:00",
                         is_late ? "17:00" : "11:30");
    }
  }
  return out;
}

}  // namespace

Result<void> write_bookable(const World& world, Output& out) {
  std::string text = "[";
  for (const Equipment& item : world.equipment) {
    if (item.number % 4 == 3) {
      continue;  // nobody has said yet
    }
    text += text.size() == 1 ? "\n" : ",\n";
    if (item.number % 8 == 6) {
      text +=
          fmt::format(R"({{"instrument":"serial:{}","how":"elsewhere","address":"https://booking.example.org/{}"}})",
                      item.serial, item.code);
      continue;
    }
    text += fmt::format(
        R"({{"instrument":"serial:{}","how":"here","hours":{{{}}},"step":30,"smallest":30,"largest":480,"trained":{},"confirmed":{},"bookings":[{}]}})",
        item.serial, hours_of(item.number), item.number % 5 == 0, item.number % 6 == 0, bookings_of(item.number));
  }
  return out.file("bookable.json", text + "\n]\n");
}

}  // namespace pitchblende::demo
