// What is free when, over all instruments at once: in memory, for finding slots and drawing weeks.
//
// Any thread: readers share one immutable table, a change puts another in its place.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "booking/booking_types.hpp"
#include "booking/opening.hpp"

namespace pitchblende::booking {

struct Query {
  std::vector<Id> instruments;  // those that can do what is wanted
  int64_t length = 0;           // seconds
  Span window;                  // the slot lies in it
  int64_t now = 0;
  size_t limit = 10;
  int64_t account = 0;              // 0: a visitor
  std::vector<Training> trainings;  // his
};

// The first free time on an instrument, and what he still lacks for it.
struct Slot {
  Id instrument;
  Span span;
  How how = How::here;
  bool lacks_training = false;
  bool awaits_yes = false;
  bool operator==(const Slot&) const = default;
};

struct Week {
  Id instrument;
  How how = How::here;
  bool is_known = true;  // no: booked elsewhere, and no calendar was read
  std::string zone;
  std::vector<Open> open;
  std::vector<Span> busy;
};

class Agenda {
 public:
  // `today`: opening hours are laid from a week before it over the longest horizon.
  explicit Agenda(int64_t today);

  // All of an instrument's busy times. Elsewhere, and no calendar was read: nothing is known, it is never open.
  void put(const Terms& terms, Busy busy);
  // Busy times alone, on the terms that are there; nothing for an instrument that is unknown.
  void put_busy(Id instrument, Busy busy);

  // The first slot of each instrument, earliest first, then by id. Instruments on request have none.
  std::vector<Slot> find(const Query& query) const;
  // Of those that are known, in the order asked for. What touches the span.
  std::vector<Week> weeks(const std::vector<Id>& instruments, const Span& span) const;
  // Whether its hours were laid from this day, or from one so near that nobody misses anything.
  bool is_of(int64_t today) const { return today - m_today < 7; }

 private:
  struct Instrument {
    Terms terms;
    bool is_known = true;
    std::shared_ptr<const std::vector<Open>> open;
    std::vector<Span> busy;
  };
  using One = std::shared_ptr<const Instrument>;
  std::vector<One> chosen(const std::vector<Id>& instruments) const;

  int64_t m_today;
  int64_t m_first_day;
  int64_t m_last_day;
  mutable std::mutex m_mutex;
  std::unordered_map<Id, One> m_instruments;
};

enum class Free : uint8_t { free, taken, closed };
struct Part {
  Free state = Free::closed;
  Span span;
  bool operator==(const Part&) const = default;
};
// The span cut where something changes, in order. Taken is taken, whether open or not.
std::vector<Part> parts_of(const Week& week, const Span& span);

// The first moment of [window.begins, …) at which `length` seconds are open and free and lie in the window. What the
// property test holds against looking at every minute.
std::optional<int64_t> first_free(const std::vector<Open>& open, const std::vector<Span>& busy, int64_t step,
                                  int64_t length, const Span& window);

}  // namespace pitchblende::booking
