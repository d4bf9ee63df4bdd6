#include "booking/agenda.hpp"

#include <algorithm>

#include "booking/booking_rules.hpp"
#include "booking/local_time.hpp"

namespace pitchblende::booking {

namespace {

constexpr int64_t k_days_laid = 400;

std::vector<Span> joined(std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::begins);
  std::vector<Span> out;
  for (const Span& span : spans) {
    if (span.ends <= span.begins) {
      continue;
    }
    if (!out.empty() && span.begins <= out.back().ends) {
      out.back().ends = std::max(out.back().ends, span.ends);
    } else {
      out.push_back(span);
    }
  }
  return out;
}

// The earliest begin at or after `moment` in that stretch, on its grid.
int64_t on_grid(const Open& stretch, int64_t moment, int64_t step) {
  if (moment <= stretch.begins) {
    return stretch.begins;
  }
  return stretch.begins + (moment - stretch.begins + step - 1) / step * step;
}

template <typename Spans>
Spans touching(const Spans& spans, const Span& window) {
  const auto first = std::ranges::upper_bound(spans, window.begins, {}, &Span::ends);
  const auto last = std::ranges::lower_bound(spans, window.ends, {}, &Span::begins);
  return first < last ? Spans(first, last) : Spans();
}

bool earlier(const Slot& a, const Slot& b) {
  return std::pair(a.span.begins, a.instrument) < std::pair(b.span.begins, b.instrument);
}

}  // namespace

std::optional<int64_t> first_free(const std::vector<Open>& open, const std::vector<Span>& busy, int64_t step,
                                  int64_t length, const Span& window) {
  size_t at = static_cast<size_t>(std::ranges::upper_bound(open, window.begins, {}, &Open::ends) - open.begin());
  size_t taken = static_cast<size_t>(std::ranges::upper_bound(busy, window.begins, {}, &Span::ends) - busy.begin());
  size_t reach = at;  // the last stretch that goes on from `at` without a gap, as far as it was looked for
  int64_t moment = window.begins;
  while (at < open.size()) {
    const int64_t begin = on_grid(open[at], moment, step);
    if (begin + length > window.ends) {
      return std::nullopt;
    }
    if (begin >= open[at].ends) {
      ++at;
      continue;
    }
    reach = std::max(reach, at);
    while (open[reach].ends < begin + length && reach + 1 < open.size() && open[reach + 1].begins == open[reach].ends) {
      ++reach;
    }
    if (open[reach].ends < begin + length) {
      at = reach + 1;
      continue;
    }
    while (taken < busy.size() && busy[taken].ends <= begin) {
      ++taken;
    }
    if (taken == busy.size() || begin + length <= busy[taken].begins) {
      return begin;
    }
    moment = busy[taken].ends;
    while (at < open.size() && open[at].ends <= moment) {
      ++at;
    }
  }
  return std::nullopt;
}

std::vector<Part> parts_of(const Week& week, const Span& span) {
  std::vector<Part> parts;
  int64_t moment = span.begins;
  size_t open = 0;
  size_t busy = 0;
  while (moment < span.ends) {
    while (open < week.open.size() && week.open[open].ends <= moment) {
      ++open;
    }
    while (busy < week.busy.size() && week.busy[busy].ends <= moment) {
      ++busy;
    }
    Free state = Free::closed;
    int64_t end = span.ends;
    if (busy < week.busy.size() && week.busy[busy].begins <= moment) {
      state = Free::taken;
      end = std::min(end, week.busy[busy].ends);
    } else {
      end = busy < week.busy.size() ? std::min(end, week.busy[busy].begins) : end;
      if (open < week.open.size() && week.open[open].begins <= moment) {
        state = Free::free;
        end = std::min(end, week.open[open].ends);
      } else {
        end = open < week.open.size() ? std::min(end, week.open[open].begins) : end;
      }
    }
    if (!parts.empty() && parts.back().state == state) {
      parts.back().span.ends = end;
    } else {
      parts.push_back({state, {moment, end}});
    }
    moment = end;
  }
  return parts;
}

Agenda::Agenda(int64_t today) : m_today(today), m_first_day(today - 7), m_last_day(today + k_days_laid) {}

void Agenda::put(const Terms& terms, Busy busy) {
  auto one = std::make_shared<Instrument>();
  one->terms = terms;
  one->is_known = terms.how != How::elsewhere || busy.calendar == Calendar::read;
  one->busy = joined(std::move(busy.spans));
  auto open = std::make_shared<std::vector<Open>>();
  const Result<Zone> zone = Zone::named(terms.zone);
  if (zone && one->is_known) {
    Terms hours = terms;
    for (int weekday = 0; terms.how == How::elsewhere && terms.hours.empty() && weekday < 5; ++weekday) {
      hours.hours.push_back({weekday, 8 * 60, 20 * 60});  // nobody said its hours
    }
    *open = open_spans(hours, *zone, m_first_day, m_last_day);
  }
  one->open = std::move(open);
  const std::lock_guard lock(m_mutex);
  m_instruments[terms.instrument] = std::move(one);
}

void Agenda::put_busy(Id instrument, Busy busy) {
  std::unique_lock lock(m_mutex);
  const auto found = m_instruments.find(instrument);
  if (found == m_instruments.end()) {
    return;
  }
  if (found->second->terms.how == How::elsewhere) {
    const Terms terms = found->second->terms;
    lock.unlock();
    put(terms, std::move(busy));  // whether a calendar was read decides on its hours
    return;
  }
  auto one = std::make_shared<Instrument>();
  one->terms = found->second->terms;
  one->open = found->second->open;
  one->busy = joined(std::move(busy.spans));
  found->second = std::move(one);
}

std::vector<Agenda::One> Agenda::chosen(const std::vector<Id>& instruments) const {
  std::vector<One> found;
  found.reserve(instruments.size());
  const std::lock_guard lock(m_mutex);
  for (const Id id : instruments) {
    const auto at = m_instruments.find(id);
    if (at != m_instruments.end()) {
      found.push_back(at->second);
    }
  }
  return found;
}

std::vector<Slot> Agenda::find(const Query& query) const {
  std::vector<Slot> best;
  if (query.length <= 0 || query.limit == 0) {
    return best;
  }
  for (const One& one : chosen(query.instruments)) {
    const Terms& terms = one->terms;
    const int64_t step = terms.step * k_minute;
    // The shortest booking that is long enough.
    const int64_t length = std::max((query.length + step - 1) / step * step, terms.smallest * k_minute);
    if (terms.how == How::request || (terms.how == How::here && length > terms.largest * k_minute)) {
      continue;
    }
    Span window = query.window;
    window.begins = std::max(window.begins, query.now + terms.notice * k_minute);
    if (terms.how == How::here) {
      window.ends = std::min(window.ends, query.now + terms.horizon * k_day + length);
    }
    if (best.size() == query.limit) {
      window.ends = std::min(window.ends, best.back().span.begins + length);
    }
    const std::optional<int64_t> begin = first_free(*one->open, one->busy, step, length, window);
    if (!begin) {
      continue;
    }
    Slot slot{terms.instrument, {*begin, *begin + length}, terms.how, false, terms.confirmed};
    slot.lacks_training = !judge_training(terms, query.trainings, slot.span, {query.account, false}).has_value();
    best.insert(std::ranges::upper_bound(best, slot, earlier), slot);
    if (best.size() > query.limit) {
      best.pop_back();
    }
  }
  return best;
}

std::vector<Week> Agenda::weeks(const std::vector<Id>& instruments, const Span& span) const {
  std::vector<Week> found;
  for (const One& one : chosen(instruments)) {
    found.push_back({one->terms.instrument, one->terms.how, one->is_known, one->terms.zone, touching(*one->open, span),
                     touching(one->busy, span)});
  }
  return found;
}

}  // namespace pitchblende::booking
