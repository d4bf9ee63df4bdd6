#include "jobs/jobs.hpp"

#include <gtest/gtest.h>

#include "jobs/errors.hpp"
#include "made_up.hpp"

namespace pitchblende::jobs {
namespace {

class JobsTest : public ::testing::Test {
 protected:
  JobsTest() {
    store::Options options;
    options.folder = folder.path();
    options.create = true;
    store = std::move(*store::Store::open(options));
    jobs = std::make_unique<Jobs>(*store, clock);
  }

  void post(const Job& job) {
    const auto posted = store->write([&](store::Transaction& db) { return jobs->post(db, job); });
    ASSERT_TRUE(posted) << posted.error().message();
  }
  int64_t run() {
    const auto tried = jobs->run_due();
    EXPECT_TRUE(tried) << tried.error().message();
    return tried.value_or(-1);
  }
  std::vector<JobRow> rows() { return jobs->rows(100).value_or(std::vector<JobRow>()); }
  void wait(std::chrono::seconds time) { clock.set(clock.now() + time); }

  tests::Folder folder;
  FixedClock clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::unique_ptr<store::Store> store;
  std::unique_ptr<Jobs> jobs;
};

TEST_F(JobsTest, AJobIsDoneWhenItIsDueAndOnce) {
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

TEST_F(JobsTest, SaidAnewItIsOneJobAtTheNewTime) {
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
  const auto cancelled = store->write([&](store::Transaction& db) { return jobs->cancel(db, "remind", "1"); });
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(run(), 0);
}

TEST_F(JobsTest, WhatItChangesIsStoredWithItsEndOrNotAtAll) {
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

TEST_F(JobsTest, AFailureIsTriedAgainLaterAndLaterUntilItIsShown) {
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
  const auto again = store->write([&](store::Transaction& db) { return jobs->try_again(db, rows()[0].id); });
  ASSERT_TRUE(again);
  EXPECT_EQ(run(), 1);
  const auto unknown = store->write([&](store::Transaction& db) { return jobs->try_again(db, 12345); });
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().is(errors::unknown));
}

TEST_F(JobsTest, SaidAnewWhileItIsDoneItIsDoneAgain) {
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

TEST_F(JobsTest, AWorkerDoesThemWhenWoken) {
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

}  // namespace
}  // namespace pitchblende::jobs
