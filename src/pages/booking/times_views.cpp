#include "pages/booking/times_views.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using booking::Free;
using booking::k_day;
using booking::k_minute;
using booking::Part;
using booking::Span;
using booking::Week;
using booking::Zone;

std::string_view state_of(Free state) {
  constexpr std::array<std::string_view, 3> k_states{"free", "taken", "closed"};
  return k_states[static_cast<size_t>(state)];
}

// A day as a strip, a minute wide each unit; its text stands beside it.
View strip_of(const std::vector<Part>& parts, const Span& day) {
  Views bars;
  for (const Part& part : parts) {
    if (part.state != Free::closed) {
      bars.push_back(View{{"x", (part.span.begins - day.begins) / k_minute},
                          {"width", (part.span.ends - part.span.begins) / k_minute},
                          {"state", state_of(part.state)}});
    }
  }
  return View{{"length", (day.ends - day.begins) / k_minute}, {"bars", std::move(bars)}};
}

// Whole hours, or with a tenth: half an hour is something.
std::string hours_words(int64_t seconds, const Words& words) {
  const int64_t tenths = (seconds + 180) / 360;
  std::string out = words.number(static_cast<uint64_t>(tenths / 10));
  if (tenths % 10 != 0) {
    out += (words.language() == Language::french ? "," : ".") + std::to_string(tenths % 10);
  }
  return out;
}

bool is_open(const std::vector<Part>& parts) {
  return std::ranges::any_of(parts, [](const Part& part) { return part.state != Free::closed; });
}

// Each known instrument's row in the order of its names.
template <typename Fill>
Views rows_of(const std::vector<NamedInstrument>& instruments, const std::vector<Week>& weeks, std::string_view page,
              const Days& days, const Words& words, Fill&& fill) {
  std::unordered_map<Id, const Week*> known;
  for (const Week& week : weeks) {
    known.emplace(week.instrument, &week);
  }
  Views rows;
  for (const NamedInstrument& each : instruments) {
    const auto week = known.find(each.id);
    if (week == known.end()) {
      continue;
    }
    View row = view({{"label", each.label},
                     {"url", thing_address(words.code(), registry::Kind::equipment, each.id) + "/" + std::string(page) +
                                 "?from=" + booking::day_text(days.first_day)}});
    if (week->second->how == booking::How::request) {
      row["request"] = words.get("booking.on_request");
    } else if (!week->second->is_known) {
      row["request"] = words.get("booking.at_elsewhere");
    } else {
      fill(row, *week->second);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

View day_head(const Days& days, size_t at, const std::string& address, const Words& words) {
  const int64_t day = days.first_day + static_cast<int64_t>(at);
  View head = view({{"day", day_words(day, words)}});
  if (!address.empty()) {
    head["day_url"] = address + "/day?from=" + booking::day_text(day);
  }
  return head;
}

}  // namespace

Days::Days(Zone clock, int64_t first, int64_t count, int64_t at) : zone(std::move(clock)), now(at), first_day(first) {
  int64_t begins = zone.utc(first * k_day).first;
  for (int64_t day = first; day < first + count; ++day) {
    const int64_t ends = zone.utc((day + 1) * k_day).first;
    spans.push_back({begins, ends});
    begins = ends;
  }
}

std::string day_words(int64_t day, const Words& words) {
  return words.get("booking.weekdays." + std::to_string(booking::weekday_of(day))) + " " +
         words.date(booking::day_text(day));
}

std::string time_words(const Span& span, const Zone& zone) {
  const int64_t begin = zone.local(span.begins);
  const int64_t end = zone.local(span.ends);
  std::string last = booking::local_text(end).substr(11);
  if (last == "00:00") {
    last = "24:00";
  }
  return booking::local_text(begin).substr(11) + " – " + last;
}

Views days_of(const Week& week, const Days& days, const std::string& address, const PartAddress& book,
              const PartAddress& taken_by, const Words& words) {
  Views out;
  for (size_t i = 0; i < days.spans.size(); ++i) {
    std::vector<Part> parts = parts_of(week, days.spans[i]);
    View one = day_head(days, i, address, words);
    one["strip"] = strip_of(parts, days.spans[i]);
    std::erase_if(parts, [&](const Part& part) { return part.span.ends <= days.now; });
    const bool is_closed = !parts.empty() && !is_open(parts);
    if (!is_closed && !parts.empty()) {
      // That it is closed before it opens and after it closes goes without saying.
      while (parts.front().state == Free::closed) {
        parts.erase(parts.begin());
      }
      while (parts.back().state == Free::closed) {
        parts.pop_back();
      }
    }
    Views views;
    if (parts.empty()) {
      views.push_back(view({{"state", "closed"}, {"text", words.get("booking.past")}}));
    }
    if (is_closed) {
      views.push_back(view({{"state", "closed"}, {"text", words.get("booking.closed_day")}}));
      parts.clear();
    }
    for (const Part& part : parts) {
      const std::string state(state_of(part.state));
      const std::string at = book && part.state == Free::free ? book(part.span) : std::string();
      const std::string by = taken_by && part.state == Free::taken ? taken_by(part.span) : std::string();
      views.push_back(view({{"time", time_words(part.span, days.zone)},
                            {"state", state},
                            {"text", by.empty() ? words.get("booking." + state) : by},
                            {"book", at}}));
    }
    one["parts"] = std::move(views);
    out.push_back(std::move(one));
  }
  return out;
}

Views week_rows(const std::vector<NamedInstrument>& instruments, const std::vector<Week>& weeks, const Days& days,
                const Words& words) {
  const std::string hours = words.get("booking.hours_free");
  const std::string taken = words.get("booking.taken");
  const std::string closed = words.get("booking.closed");
  const std::string past = words.get("booking.past");
  return rows_of(instruments, weeks, "week", days, words, [&](View& row, const Week& week) {
    Views cells;
    for (const Span& day : days.spans) {
      if (day.ends <= days.now) {
        cells.push_back(View{{"state", "closed"}, {"text", past}});
        continue;
      }
      int64_t free = 0;
      bool is_closed = true;
      for (const Part& part : parts_of(week, {std::max(day.begins, days.now), day.ends})) {
        free += part.state == Free::free ? part.span.ends - part.span.begins : 0;
        is_closed = is_closed && part.state == Free::closed;
      }
      const std::string_view state = free > 0 ? "free" : is_closed ? "closed" : "taken";
      const std::string amount = hours_words(free, words);
      cells.push_back(View{{"state", state},
                           {"text", free > 0    ? put_in(hours, "n", amount)
                                    : is_closed ? closed
                                                : taken}});
    }
    row["cells"] = std::move(cells);
  });
}

Views day_rows(const std::vector<NamedInstrument>& instruments, const std::vector<Week>& weeks, const Days& days,
               const Words& words) {
  const Span& day = days.spans.front();
  return rows_of(instruments, weeks, "day", days, words, [&](View& row, const Week& week) {
    const std::vector<Part> parts = parts_of(week, day);
    row["strip"] = strip_of(parts, day);
    Views free;
    for (const Part& part : parts) {
      if (part.state == Free::free && part.span.ends > days.now) {
        free.push_back(View{{"time", time_words(part.span, days.zone)}});
      }
    }
    if (free.empty() && day.ends <= days.now) {
      row["none"] = words.get("booking.past");
      row["none_state"] = "closed";
    } else if (free.empty()) {
      row["none"] = words.get(is_open(parts) ? "booking.taken" : "booking.closed");
      row["none_state"] = is_open(parts) ? "taken" : "closed";
    }
    row["has_free"] = !free.empty();
    row["free"] = std::move(free);
  });
}

Views day_heads(const Days& days, const std::string& address, const Words& words) {
  Views heads;
  for (size_t i = 0; i < days.spans.size(); ++i) {
    heads.push_back(day_head(days, i, address, words));
  }
  return heads;
}

}  // namespace pitchblende::pages
