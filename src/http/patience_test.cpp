// A client is waited for as long as it takes our answer, and not as long as it likes.
#include "http/patience.hpp"

#include <gtest/gtest.h>

namespace pitchblende::http {
namespace {

using std::chrono::seconds;

class PatienceTest : public ::testing::Test {
 protected:
  // Whether it ends so many seconds from now, while that much waits in the system.
  bool ends_in(int64_t time, std::optional<size_t> queued) {
    return patience.ends(Patience::Clock::now() + seconds(time), [queued] { return queued; });
  }
  Patience patience{seconds(10)};
};

TEST_F(PatienceTest, WhatIsUnderWayHasItsTime) {
  EXPECT_FALSE(ends_in(1000, 0)) << "nothing is under way";
  patience.allow(seconds(5));
  EXPECT_FALSE(ends_in(4, std::nullopt));
  EXPECT_FALSE(patience.ended());
  EXPECT_TRUE(ends_in(6, std::nullopt));
  EXPECT_TRUE(patience.ended());
  patience.allow(seconds(5));
  EXPECT_FALSE(patience.ended()) << "the next step has its own";
}

TEST_F(PatienceTest, WhoTakesTheAnswerHasMore) {
  patience.begin_answer();
  patience.allow_for(100'000);
  patience.begin_sending(100'000, 0);
  patience.sent(60'000);
  EXPECT_FALSE(ends_in(11, 50'000)) << "10,000 were taken";
  patience.allow(seconds(0));
  EXPECT_TRUE(ends_in(12, 50'000)) << "and none since";
}

TEST_F(PatienceTest, NobodyTakesItForEver) {
  patience.begin_answer();
  patience.allow_for(10'240);
  patience.begin_sending(10'240, 0);
  patience.sent(10'000);
  EXPECT_FALSE(ends_in(20, 9'000));
  patience.allow(seconds(0));
  EXPECT_TRUE(ends_in(22, 8'000)) << "10 s, and a second for each of 10 KiB, and one";
}

TEST_F(PatienceTest, WhoseTakingIsNotKnownIsWaitedForOnce) {
  patience.begin_answer();
  patience.allow_for(1);
  patience.begin_sending(1, 0);
  EXPECT_TRUE(ends_in(11, std::nullopt));
}

}  // namespace
}  // namespace pitchblende::http
