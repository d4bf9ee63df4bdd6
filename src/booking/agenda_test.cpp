#include "booking/agenda.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "booking/booking_fixture.hpp"

namespace pitchblende::booking {
namespace {

// Every step of every stretch looked at, every second of it compared with every busy time: slow and obvious.
std::optional<int64_t> first_free_slowly(const std::vector<Open>& open, const std::vector<Span>& busy, int64_t step,
                                         int64_t length, const Span& window) {
  std::optional<int64_t> best;
  for (const Open& stretch : open) {
    for (int64_t begin = stretch.begins; begin < stretch.ends; begin += step) {
      bool fits = begin >= window.begins && begin + length <= window.ends;
      for (int64_t minute = begin; fits && minute < begin + length; minute += k_minute) {
        fits = std::ranges::any_of(open, [&](const Open& o) { return o.begins <= minute && minute < o.ends; }) &&
               std::ranges::none_of(busy, [&](const Span& b) { return b.begins <= minute && minute < b.ends; });
      }
      if (fits && (!best || begin < *best)) {
        best = begin;
      }
    }
  }
  return best;
}

std::vector<Span> disjoint(size_t count, int64_t most_minutes) {
  std::vector<Span> spans;
  int64_t now = 0;
  for (size_t i = 0; i < count; ++i) {
    now += *rc::gen::inRange<int64_t>(0, most_minutes) * k_minute;
    const int64_t end = now + *rc::gen::inRange<int64_t>(1, most_minutes) * k_minute;
    spans.push_back({now, end});
    now = end;
  }
  return spans;
}

RC_GTEST_PROP(AgendaProperty, finds_what_looking_at_every_minute_finds, ()) {
  const std::vector<Open> open = disjoint(*rc::gen::inRange<size_t>(0, 8), 60);
  std::vector<Span> busy;
  for (const Span& span : disjoint(*rc::gen::inRange<size_t>(0, 10), 50)) {
    if (busy.empty() || busy.back().ends < span.begins) {  // as the agenda joins them
      busy.push_back(span);
    } else {
      busy.back().ends = span.ends;
    }
  }
  const int64_t step = *rc::gen::inRange<int64_t>(1, 20) * k_minute;
  const int64_t length = *rc::gen::inRange<int64_t>(1, 90) * k_minute;
  const int64_t begin = *rc::gen::inRange<int64_t>(0, 200) * k_minute;
  const Span window{begin, begin + *rc::gen::inRange<int64_t>(0, 600) * k_minute};
  RC_ASSERT(first_free(open, busy, step, length, window) == first_free_slowly(open, busy, step, length, window));
}

// The whole search held against each instrument asked alone and all put in order.
RC_GTEST_PROP(AgendaProperty, the_first_of_many_is_the_first_of_each, ()) {
  const int64_t now = at("2026-03-27T07:00");
  Agenda agenda(day("2026-03-27"));
  std::vector<Slot> all;
  Query query;
  query.length = *rc::gen::inRange<int64_t>(1, 300) * k_minute;
  query.window = {now, now + 6 * k_day};
  query.now = now;
  query.limit = *rc::gen::inRange<size_t>(1, 6);
  const size_t count = *rc::gen::inRange<size_t>(0, 12);
  for (size_t i = 1; i <= count; ++i) {
    Terms terms = i % 3 == 0 ? round_the_clock(Id(i)) : workdays(Id(i));
    terms.step = i % 2 == 0 ? 30 : 60;
    terms.smallest = 60;
    terms.largest = 240;
    terms.notice = static_cast<int64_t>(i % 4) * 60;
    std::vector<Span> busy;
    for (size_t j = 0; j < 8; ++j) {
      const int64_t begin = now + *rc::gen::inRange<int64_t>(0, 200) * 30 * k_minute;
      busy.push_back({begin, begin + *rc::gen::inRange<int64_t>(1, 20) * 30 * k_minute});
    }
    agenda.put(terms, {busy});
    query.instruments.push_back(Id(i));
    Query alone = query;
    alone.instruments = {Id(i)};
    for (const Slot& slot : agenda.find(alone)) {
      RC_ASSERT(judge_span(terms, slot.span, now, {1, false}).has_value());
      RC_ASSERT(std::ranges::none_of(busy, [&](const Span& one) { return overlap(one, slot.span); }));
      all.push_back(slot);
    }
  }
  std::ranges::sort(all, {}, [](const Slot& s) { return std::pair(s.span.begins, s.instrument); });
  all.resize(std::min(all.size(), query.limit));
  RC_ASSERT(agenda.find(query) == all);
}

RC_GTEST_PROP(AgendaProperty, parts_say_what_each_minute_is, ()) {
  const Week week{Id(1),
                  How::here,
                  true,
                  "Europe/Paris",
                  disjoint(*rc::gen::inRange<size_t>(0, 6), 40),
                  disjoint(*rc::gen::inRange<size_t>(0, 6), 40)};
  const Span span{*rc::gen::inRange<int64_t>(0, 60) * k_minute, *rc::gen::inRange<int64_t>(61, 300) * k_minute};
  const auto covers = [](const std::vector<Span>& spans, int64_t minute) {
    return std::ranges::any_of(spans, [&](const Span& one) { return one.begins <= minute && minute < one.ends; });
  };
  int64_t minute = span.begins;
  for (const Part& part : parts_of(week, span)) {
    RC_ASSERT(part.span.begins == minute);
    for (; minute < part.span.ends; minute += k_minute) {
      const Free state = covers(week.busy, minute)   ? Free::taken
                         : covers(week.open, minute) ? Free::free
                                                     : Free::closed;
      RC_ASSERT(part.state == state);
    }
  }
  RC_ASSERT(minute == span.ends);
}

TEST(Agenda, says_what_is_lacking) {
  Agenda agenda(day("2026-03-02"));
  Terms terms = workdays(Id(1));
  terms.trained = true;
  terms.confirmed = true;
  agenda.put(terms, {});
  terms = {};
  terms.instrument = Id(2);
  terms.how = How::elsewhere;
  agenda.put(terms, {{span("2026-03-02T00:00", "2026-03-02T11:00")}, Calendar::read});
  terms.instrument = Id(4);  // its calendar was never read
  agenda.put(terms, {});
  terms.instrument = Id(6);  // nor its, though its hours are said and it was booked here before
  terms.hours = workdays(Id(6)).hours;
  agenda.put(terms, {{span("2026-03-02T00:00", "2026-03-02T11:00")}});
  terms.instrument = Id(3);
  terms.how = How::request;
  agenda.put(terms, {});
  Query query{{Id(1), Id(2), Id(3), Id(4), Id(5), Id(6)},
              3600,
              span("2026-03-02T07:10", "2026-03-03T00:00"),
              at("2026-03-02T07:00"),
              10,
              1,
              {}};
  EXPECT_THAT(
      agenda.find(query),
      testing::ElementsAre(Slot{Id(1), span("2026-03-02T08:00", "2026-03-02T09:00"), How::here, true, true},
                           Slot{Id(2), span("2026-03-02T11:00", "2026-03-02T12:00"), How::elsewhere, false, false}));
  query.trainings = {{1, Id(1), day("2026-03-01"), std::nullopt}};
  EXPECT_FALSE(agenda.find(query).front().lacks_training);
  const std::vector<Week> weeks = agenda.weeks({Id(2), Id(6)}, query.window);
  EXPECT_TRUE(weeks[0].is_known);
  EXPECT_FALSE(weeks[1].is_known);
}

TEST(Agenda, weeks_show_what_touches_them) {
  Agenda agenda(day("2026-03-02"));
  agenda.put(workdays(Id(1)),
             {{span("2026-03-01T22:00", "2026-03-02T09:00"), span("2026-03-09T00:00", "2026-03-09T09:00")}});
  const std::vector<Week> weeks = agenda.weeks({Id(5), Id(1)}, span("2026-03-02T00:00", "2026-03-09T00:00"));
  ASSERT_EQ(weeks.size(), 1U);
  EXPECT_EQ(weeks[0].open.size(), 5U);
  EXPECT_THAT(weeks[0].busy, testing::ElementsAre(span("2026-03-01T22:00", "2026-03-02T09:00")));
}

}  // namespace
}  // namespace pitchblende::booking
