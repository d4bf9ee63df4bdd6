// A long import beside short writes: nobody else waits long for his own.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

// The promise is 100 ms; a busy machine and sanitizers stretch all times, so the test allows a multiple. bench_store
// and bench_pool hold the promise itself.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr auto k_longest = std::chrono::milliseconds(3000);
#else
constexpr auto k_longest = std::chrono::milliseconds(300);
#endif

TEST(PoolLoad, ShortWritesPassBetweenThePiecesOfAnImport) {
  tests::PoolPlace place;
  std::string articles;
  for (int at = 1; at <= 5000; ++at) {
    articles += tests::pubmed_article(at, "Paper on matter " + std::to_string(at),
                                      {{"Exemple", "Camille", "Institut Demo, Paris", ""}, {"Autre", "Noa", "", ""}});
  }
  std::atomic<bool> done = false;
  std::chrono::steady_clock::duration longest{};
  int writes = 0;
  std::thread other([&] {
    while (!done) {
      const auto begin = std::chrono::steady_clock::now();
      const auto written = place.store->write(
          [&](store::Transaction& db) { return db.execute("UPDATE memo SET value = value WHERE name = 'derived'"); });
      longest = std::max(longest, std::chrono::steady_clock::now() - begin);
      EXPECT_TRUE(written);
      ++writes;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  place.import_pubmed(articles);
  place.settle();
  done = true;
  other.join();
  EXPECT_GT(writes, 10);
  EXPECT_LT(longest, k_longest);
}

}  // namespace
}  // namespace pitchblende::pool
