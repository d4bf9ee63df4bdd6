// kill -9 at any point: the next run goes on and ends in the same state.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <random>
#include <thread>

#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

using tests::PoolPlace;
using tests::pubmed_article;

std::string many_articles() {
  std::mt19937 random(3);
  const char* families[] = {"Exemple", "Autre", "Tiers", "Quart", "Quint", "Sexte", "Septime"};
  const char* given[] = {"Camille", "Noa", "Lou", "Max", "Eli"};
  std::string articles;
  for (int at = 1; at <= 1500; ++at) {
    std::vector<tests::MadeAuthor> authors;
    for (uint32_t count = 1 + random() % 4; count > 0; --count) {
      authors.push_back(
          {families[random() % 7], given[random() % 5], random() % 2 == 0 ? "Institut Demo, Paris" : "", ""});
    }
    articles += pubmed_article(at, "Paper " + std::to_string(at) + " on matter", authors);
  }
  return articles;
}

// Everything that a nightly job does.
void work(PoolPlace& place, const std::string& articles) {
  place.import_members("I1,Institut Demo,member,2007\n");
  place.import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
  place.import_pubmed(articles);
  place.settle();
}

std::string outcome(PoolPlace& place) {
  const auto check = place.pool->check({});
  EXPECT_TRUE(check);
  EXPECT_EQ(check->problems, std::vector<std::string>{});
  return place.derived() + place.identity() + std::to_string(place.found("matter"));
}

TEST(PoolKill, EndsInTheSameState) {
  const std::string articles = many_articles();
  PoolPlace undisturbed;
  const auto begin = std::chrono::steady_clock::now();
  work(undisturbed, articles);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  const std::string wanted = outcome(undisturbed);
  std::mt19937 random(11);
  for (int round = 0; round < 12; ++round) {
    PoolPlace place;
    place.pool.reset();
    place.store.reset();
    for (int kills = 0; kills < 3; ++kills) {
      const pid_t child = fork();
      if (child == 0) {
        place.open();
        work(place, articles);
        _exit(0);
      }
      std::this_thread::sleep_for(whole * static_cast<int>(random() % 100) / 100);
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    place.open();
    work(place, articles);
    ASSERT_EQ(tests::first_difference(outcome(place), wanted), "") << "round " << round;
  }
}

}  // namespace
}  // namespace pitchblende::pool
