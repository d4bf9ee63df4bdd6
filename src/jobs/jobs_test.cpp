#include "jobs/jobs.hpp"

#include <gtest/gtest.h>

#include "either_store.hpp"
#include "jobs/errors.hpp"

namespace pitchblende::jobs {
namespace {

class JobsTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    EitherStoreTest::SetUp();
    if (!IsSkipped()) {
      jobs = std::make_unique<Jobs>(*m_store, clock);
    }
  }

  void post(const Job& job) {
    const auto posted = m_store->write([&](store::Transaction& db) { return jobs->post(db, job); });
    ASSERT_TRUE(posted) << posted.error().message();
  }
  int64_t run() {
    const auto tried = jobs->run_due();
    EXPECT_TRUE(tried) << tried.error().message();
    return tried.value_or(-1);
  }
  std::vector<JobRow> rows() { return jobs->rows(100).value_or(std::vector<JobRow>()); }
  void wait(std::chrono::seconds time) { clock.set(clock.now() + time); }

  FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::unique_ptr<Jobs> jobs;
};

TEST_P(JobsTest, AJobIsDoneWhenItIsDueAndOnce) {
  std::vector<std::string> done;
  jobs->on("remind", [&](const Job& job) -> Result<Change> {
    done.push_back(job.of + job.body);
    return Change();
  });
  post({"remind", "1", "a", clock.text_in(std::chrono::hours(1))});
  post({"remind", "2", "b", {}});
  post({"nobody does it", "1", {}, {}});
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(done, std::vector<std::string>{"2b"});
  EXPECT_EQ(run(), 0);
  wait(std::chrono::hours(1));
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(done, (std::vector<std::string>{"2b", "1a"}));
  ASSERT_EQ(rows().size(), 1u);
  EXPECT_EQ(rows()[0].job.name, "nobody does it");
}

TEST_P(JobsTest, SaidAnewItIsOneJobAtTheNewTime) {
  std::string body;
  jobs->on("remind", [&](const Job& job) -> Result<Change> {
    body = job.body;
    return Change();
  });
  post({"remind", "1", "old", {}});
  post({"remind", "1", "new", clock.text_in(std::chrono::hours(1))});
  EXPECT_EQ(run(), 0);
  wait(std::chrono::hours(1));
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(body, "new");
  post({"remind", "1", "x", {}});
  const auto cancelled = m_store->write([&](store::Transaction& db) { return jobs->cancel(db, "remind", "1"); });
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(run(), 0);
}

TEST_P(JobsTest, WhatItChangesIsStoredWithItsEndOrNotAtAll) {
  jobs->on("each day", [&](const Job& job) -> Result<Change> {
    return Change([this, again = job](store::Transaction& db) mutable {
      again.due = clock.text_in(std::chrono::hours(24));
      return jobs->post(db, again);
    });
  });
  jobs->on("half", [&](const Job&) -> Result<Change> {
    return Change([this](store::Transaction& db) -> Result<void> {
      TRY(jobs->post(db, {"left over", "1", {}, {}}));
      return fail(errors::unknown, "x");
    });
  });
  post({"each day", "", {}, {}});
  post({"half", "", {}, {}});
  EXPECT_EQ(run(), 2);
  EXPECT_EQ(run(), 0);
  ASSERT_EQ(rows().size(), 2u);  // the first comes back tomorrow; the second is tried again, and left nothing over
  EXPECT_EQ(rows()[0].job.name, "half");
  EXPECT_EQ(rows()[0].tries, 1);
  EXPECT_EQ(rows()[1].job.name, "each day");
  wait(std::chrono::hours(24));
  EXPECT_EQ(run(), 2);
}

TEST_P(JobsTest, AFailureIsTriedAgainLaterAndLaterUntilItIsShown) {
  int tried = 0;
  jobs->on("fails", [&](const Job&) -> Result<Change> {
    ++tried;
    return fail(errors::unknown, "why");
  });
  post({"fails", "1", {}, {}});
  for (int look = 0; look < 100; ++look) {
    run();
    wait(std::chrono::hours(1));
  }
  EXPECT_EQ(tried, 9);
  ASSERT_EQ(rows().size(), 1u);
  EXPECT_TRUE(rows()[0].failed);
  EXPECT_NE(rows()[0].reason.find("why"), std::string::npos);
  const auto again = m_store->write([&](store::Transaction& db) { return jobs->try_again(db, rows()[0].id); });
  ASSERT_TRUE(again);
  EXPECT_EQ(run(), 1);
  const auto unknown = m_store->write([&](store::Transaction& db) { return jobs->try_again(db, 12345); });
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().is(errors::unknown));
}

TEST_P(JobsTest, SaidAnewWhileItIsDoneItIsDoneAgain) {
  int done = 0;
  jobs->on("search", [&](const Job& job) -> Result<Change> {
    if (++done == 1) {
      post({"search", job.of, "newer", {}});
    }
    return Change();
  });
  post({"search", "1", "old", {}});
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(run(), 0);
  EXPECT_EQ(done, 2);
}

// The first is cancelled while it is done, and another one posted: the end of the first does not take that away.
TEST_P(JobsTest, ANumberIsNeverGivenTwice) {
  post({"remind", "1", {}, {}});
  bool posted = false;
  jobs->on("remind", [&](const Job&) -> Result<Change> {
    TRY(m_store->write([&](store::Transaction& db) -> Result<void> {
      TRY(jobs->cancel(db, "remind", "1"));
      return posted ? Result<void>() : jobs->post(db, {"remind", "2", {}, {}});
    }));
    posted = true;
    return Change();
  });
  EXPECT_EQ(run(), 1);
  ASSERT_EQ(rows().size(), 1u);
  EXPECT_EQ(rows()[0].job.of, "2");
  EXPECT_EQ(rows()[0].id, 2);
}

TEST_P(JobsTest, AWorkerDoesThemWhenWoken) {
  std::mutex mutex;
  std::condition_variable changed;
  int done = 0;
  jobs->on("remind", [&](const Job&) -> Result<Change> {
    const std::lock_guard lock(mutex);
    ++done;
    changed.notify_all();
    return Change();
  });
  Worker worker(*jobs);
  for (int round = 1; round <= 3; ++round) {
    post({"remind", std::to_string(round), {}, {}});
    worker.wake();
    std::unique_lock lock(mutex);
    EXPECT_TRUE(changed.wait_for(lock, std::chrono::seconds(10), [&] { return done == round; }));
  }
}

INSTANTIATE_TEST_SUITE_P(Dialects, JobsTest, ::testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? std::string("sqlite")
                                                                       : std::string("postgresql");
                         });

}  // namespace
}  // namespace pitchblende::jobs
