// Finding slots and drawing weeks over many instruments, in processor time: 1,000 instruments with three months booked
// for two thirds, an odd mixture of hours, steps and clocks. Also reading a large calendar.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "booking/agenda.hpp"
#include "booking/calendar/busy_times.hpp"
#include "booking/local_time.hpp"

namespace {

namespace calendar = pitchblende::booking::calendar;
using pitchblende::Id;
using pitchblende::booking::Agenda;
using pitchblende::booking::day_number;
using pitchblende::booking::day_text;
using pitchblende::booking::k_day;
using pitchblende::booking::k_home_zone;
using pitchblende::booking::k_minute;
using pitchblende::booking::Query;
using pitchblende::booking::Span;
using pitchblende::booking::Terms;
using pitchblende::booking::Week;
using pitchblende::booking::Zone;

constexpr size_t k_instruments = 1000;
constexpr size_t k_shown = 300;
constexpr int64_t k_days = 92;
constexpr int k_rounds = 50;

double milliseconds(const std::function<void()>& work) {
  std::timespec begin{};
  std::timespec end{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  work();
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return static_cast<double>(end.tv_sec - begin.tv_sec) * 1e3 + static_cast<double>(end.tv_nsec - begin.tv_nsec) / 1e6;
}

// The worst of many rounds is not the machine's: the median is said.
double median(const std::function<void()>& work) {
  std::vector<double> times;
  for (int round = 0; round < k_rounds; ++round) {
    times.push_back(milliseconds(work));
  }
  std::ranges::nth_element(times, times.begin() + k_rounds / 2);
  return times[k_rounds / 2];
}

void print(const char* figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s\",\"value\":%.4f,\"unit\":\"%s\"}\n", figure, value, unit);
}

Terms terms_of(size_t i) {
  Terms terms;
  terms.instrument = Id(i + 1);
  terms.step = i % 3 == 0 ? 15 : 30;
  terms.smallest = 30;
  terms.largest = 24 * 60;
  terms.horizon = k_days;
  terms.zone = i % 10 == 0 ? "Europe/London" : "Europe/Paris";
  terms.trained = i % 4 == 0;
  for (int weekday = 0; weekday < (i % 5 == 0 ? 7 : 5); ++weekday) {
    if (i % 5 == 0) {
      terms.hours.push_back({weekday, 0, 1440});
    } else {
      terms.hours.push_back({weekday, 8 * 60, 12 * 60});
      terms.hours.push_back({weekday, 13 * 60, 19 * 60});
    }
  }
  return terms;
}

// `gap`: the longest free time, in quarters of an hour.
std::vector<Span> booked(size_t i, int64_t now, int64_t gap) {
  std::mt19937_64 random(i);
  std::vector<Span> busy;
  int64_t moment = now - 7 * k_day;
  while (moment < now + k_days * k_day) {
    moment += static_cast<int64_t>(random() % static_cast<uint64_t>(gap)) * 15 * k_minute;
    const int64_t end = moment + static_cast<int64_t>(2 + random() % 14) * 15 * k_minute;
    busy.push_back({moment, end});
    moment = end;
  }
  return busy;
}

std::string large_calendar(int64_t today) {
  std::string text = "BEGIN:VCALENDAR\r\n";
  for (int64_t i = 0; i < 5000; ++i) {
    std::string day = day_text(today - 200 + i % 400);
    std::erase(day, '-');
    text += "BEGIN:VEVENT\r\nUID:" + std::to_string(i) + "\r\nDTSTART;TZID=Europe/Paris:" + day +
            "T090000\r\nDTEND;TZID=Europe/Paris:" + day + "T103000\r\n" +
            (i % 50 == 0 ? "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n" : "") + "END:VEVENT\r\n";
  }
  return text + "END:VCALENDAR\r\n";
}

double calendar_time(int64_t today, int64_t now) {
  const std::string text = large_calendar(today);
  const Zone paris = Zone::named(k_home_zone).value();
  return median([&] {
    if (!calendar::read_busy_times(text, "bench", paris, {now, now + 400 * k_day})) {
      std::exit(1);
    }
  });
}

}  // namespace

int main() {
  const int64_t today = day_number(2026, 3, 2);
  const int64_t now = today * k_day + 7 * 3600;
  Agenda agenda(today);
  Agenda crowded(today);
  std::vector<Id> all;
  size_t bookings = 0;
  const double filled = milliseconds([&] {
    for (size_t i = 0; i < k_instruments; ++i) {
      std::vector<Span> busy = booked(i, now, 9);
      bookings += busy.size();
      agenda.put(terms_of(i), {std::move(busy)});
      all.emplace_back(i + 1);
    }
  });
  for (size_t i = 0; i < k_instruments; ++i) {
    crowded.put(terms_of(i), {booked(i, now, 8)});
  }
  std::printf("%zu instruments, %zu bookings\n", k_instruments, bookings);
  Query query{all, 2 * 3600, {now, now + k_days * k_day}, now, 10, 1, {}};
  size_t found = 0;
  const double first = median([&] { found = agenda.find(query).size(); });
  if (found != query.limit) {
    std::fprintf(stderr, "booking_bench: only %zu slots\n", found);
    return 1;
  }
  query.length = 8 * 3600;  // longer than any gap: every instrument is looked through to the end of its three months
  const double none = median([&] { found = crowded.find(query).size(); });
  if (found != 0) {
    std::fprintf(stderr, "booking_bench: a slot where none can be\n");
    return 1;
  }
  const std::vector<Id> shown(all.begin(), all.begin() + k_shown);
  size_t stretches = 0;
  const double week = median([&] {
    stretches = 0;
    for (const Week& one : agenda.weeks(shown, {now, now + 7 * k_day})) {
      stretches += one.open.size() + one.busy.size();
    }
  });
  if (stretches < k_shown) {
    return 1;
  }
  print("agenda_filled", filled, "ms");
  print("slot_found", first, "ms");
  print("slot_not_found", none, "ms");
  print("week_of_300", week, "ms");
  print("calendar_of_5000", calendar_time(today, now), "ms");
  return 0;
}
