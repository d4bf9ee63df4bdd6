// Many people at once, and programs that know nothing of the rules: no two bookings ever overlap.
#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "booking/booking_fixture.hpp"

namespace pitchblende::booking {
namespace {

class BookingCrowdTest : public BookingTest {
 protected:
  struct Row {
    int64_t instrument;
    int64_t begins;
    int64_t ends;
    std::string state;
  };

  // All rows, straight from the table, and looked at without anything that booking itself uses.
  std::vector<Row> all() {
    std::vector<Row> rows;
    const Result<void> done = m_store->read([&](store::Connection& connection) {
      return connection.query(
          "SELECT instrument, begins, ends, state FROM booking WHERE state <> 'origin'", {},
          [&](const store::Row& row) {
            rows.push_back({row.integer(0), row.integer(1), row.integer(2), std::string(row.text(3))});
          });
    });
    EXPECT_TRUE(done) << done.error().message();
    return rows;
  }

  // How many pairs that hold their time overlap; sweeps over beginnings and ends.
  static size_t overlaps(const std::vector<Row>& rows) {
    std::map<int64_t, std::vector<std::pair<int64_t, int>>> edges;
    for (const Row& row : rows) {
      if (row.state == "requested" || row.state == "confirmed") {
        edges[row.instrument].push_back({row.begins, 1});
        edges[row.instrument].push_back({row.ends, -1});
      }
    }
    size_t found = 0;
    for (auto& [instrument, list] : edges) {
      std::ranges::sort(list);  // an end before a beginning at the same moment
      int inside = 0;
      for (const auto& [moment, change] : list) {
        inside += change;
        found += inside > 1 ? 1 : 0;
      }
    }
    return found;
  }

  int64_t operations() const {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 5'000;
#else
    return GetParam() == store::Dialect::sqlite ? 100'000 : 10'000;
#endif
  }
};

INSTANTIATE_TEST_SUITE_P(Stores, BookingCrowdTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

// One person who books, moves, cancels and confirms without order. Counts what was said yes to.
void act(Booking& booking, uint64_t seed, int64_t operations, std::map<std::string, int64_t>& outcomes) {
  std::mt19937_64 random(seed);
  const auto pick = [&](int64_t below) { return static_cast<int64_t>(random() % static_cast<uint64_t>(below)); };
  const By self{static_cast<int64_t>(seed), false};
  const By chief{static_cast<int64_t>(seed), true};
  const int64_t monday = at("2026-03-09T00:00");
  std::vector<Held> mine;
  for (int64_t i = 0; i < operations; ++i) {
    const int64_t begin = monday + pick(14 * 48) * 30 * k_minute;
    const Span span{begin, begin + (1 + pick(8)) * 30 * k_minute};
    const int64_t what = mine.empty() ? 0 : pick(10);
    Result<Held> done = fail(errors::unknown);
    size_t which = mine.empty() ? 0 : static_cast<size_t>(pick(static_cast<int64_t>(mine.size())));
    if (what < 5) {
      done = booking.book(Id(static_cast<uint64_t>(1 + pick(4))), span, "", self);
      which = mine.size();
    } else if (what < 7) {
      done = booking.move({mine[which].id, mine[which].revision}, span, self);
    } else if (what < 9) {
      done = booking.answer({mine[which].id, mine[which].revision}, State::cancelled, "", self);
    } else {
      const State to = pick(4) == 0 ? State::declined : State::confirmed;
      done = booking.answer({mine[which].id, mine[which].revision}, to, "not today", chief);
    }
    ++outcomes[code_of(done)];
    if (done && which == mine.size()) {
      mine.push_back(*done);
    } else if (done && holds_time(done->state)) {
      mine[which] = *done;
    } else if (done) {
      mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(which));
    }
  }
}

// Rule 14.
TEST_P(BookingCrowdTest, a_crowd_never_makes_two_overlap) {
  for (uint64_t i = 1; i <= 4; ++i) {
    Terms terms = round_the_clock(Id(i));
    terms.confirmed = i % 2 == 0;
    set(terms);
  }
  constexpr int64_t k_people = 32;
  std::vector<std::map<std::string, int64_t>> outcomes(k_people);
  std::vector<std::thread> threads;
  for (int64_t i = 0; i < k_people; ++i) {
    threads.emplace_back([&, i] {
      act(booking(), static_cast<uint64_t>(i + 1), operations() / k_people, outcomes[static_cast<size_t>(i)]);
    });
  }
  std::map<std::string, int64_t> total;
  for (size_t i = 0; i < threads.size(); ++i) {
    threads[i].join();
    for (const auto& [code, count] : outcomes[i]) {
      total[code] += count;
    }
  }
  const std::vector<Row> rows = all();
  EXPECT_EQ(overlaps(rows), 0U);
  // It was a crowd: many got what they wanted, many were told that it is taken, and nothing else went wrong.
  EXPECT_GT(total[""], operations() / 10);
  EXPECT_GT(total["BOOKING_TAKEN"], operations() / 10);
  for (const auto& [code, count] : total) {
    EXPECT_THAT(code, testing::AnyOf("", "BOOKING_TAKEN", "BOOKING_STATE", "BOOKING_ALREADY")) << count;
    std::cout << "  " << (code.empty() ? "done" : code) << ": " << count << "\n";
  }
  // What is in memory is what is stored.
  for (const Week& week : booking().weeks({Id(1), Id(2), Id(3), Id(4)}, span("2026-03-09T00:00", "2026-03-24T00:00"))) {
    int64_t stored = 0;
    for (const Row& row : rows) {
      const bool holds = row.state == "requested" || row.state == "confirmed";
      stored += Id(static_cast<uint64_t>(row.instrument)) == week.instrument && holds ? row.ends - row.begins : 0;
    }
    int64_t shown = 0;
    for (const Span& one : week.busy) {
      shown += one.ends - one.begins;
    }
    EXPECT_EQ(shown, stored);
  }
}

// Statements that no rule has looked at, as another program might run them.
// Rule 14.
TEST_P(BookingCrowdTest, the_table_itself_refuses_an_overlap) {
  set(round_the_clock(k_microscope));
  std::mt19937_64 random(11);
  const auto pick = [&](int64_t below) { return static_cast<int64_t>(random() % static_cast<uint64_t>(below)); };
  int64_t accepted = 0;
  for (int64_t id = 100; id < 3100; ++id) {
    const int64_t begin = pick(40);
    const int64_t end = begin + pick(6);
    const Result<void> done = m_store->write([&](store::Transaction& transaction) -> Result<void> {
      if (pick(3) == 0) {
        TRY(transaction.execute("UPDATE booking SET follows = ?, begins = ?, ends = ?, held_until = ? WHERE id = ?",
                                {pick(45), begin, end, end, 100 + pick(id - 99)}));
        return {};
      }
      if (pick(4) == 0) {
        TRY(transaction.execute("DELETE FROM booking WHERE begins = ? AND state <> 'origin'", {begin}));
        return {};
      }
      TRY(transaction.execute(
          "INSERT INTO booking (id, instrument, account, begins, ends, state, purpose, reason, revision, "
          "made, changed, changed_by, held_until, follows) "
          "VALUES (?, 7, 1, ?, ?, 'confirmed', '', '', 1, '', '', 1, ?, ?)",
          {id, begin, end, end, pick(3) == 0 ? 0 : pick(begin + 2)}));
      return {};
    });
    accepted += done ? 1 : 0;
    if (id % 100 == 0) {
      ASSERT_EQ(overlaps(all()), 0U);
    }
  }
  EXPECT_EQ(overlaps(all()), 0U);
  EXPECT_GT(accepted, 100);
  EXPECT_GT(all().size(), 2U);
}

}  // namespace
}  // namespace pitchblende::booking
