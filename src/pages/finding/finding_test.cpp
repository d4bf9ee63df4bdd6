// Finding through the site: what a visitor is told is what anybody else is told, and a group's page agrees with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {

namespace {

using testing::HasSubstr;
using testing::Not;

class FindingTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  void serve() {
    settle();
    Settings settings;
    settings.name = "Essai";
    settings.clock = &clock;
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
  }
  http::Answer get(const std::string& target) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    return pages->answer(router, request);
  }
  std::string body(const std::string& target) { return get(target).body; }

  std::unique_ptr<Pages> pages;
  http::Router router;
};

TEST_F(FindingTest, YearsStandNewestFirst) {
  std::string articles;
  int number = 10;
  // The older the year, the more papers.
  for (int year = 2012; year < 2024; ++year) {
    for (int at = 0; at < 2025 - year; at += 3) {
      ++number;
      articles += tests::pubmed_article(number, "Zorg paper " + std::to_string(number),
                                        {{"Inventée", "Camille", "Institut Demo, Paris", "0000-0002-1825-0097"}}, year);
    }
  }
  import_pubmed(articles);
  serve();
  const std::string page = body("/en/publication");
  const auto at = [&](int year) { return page.find("year=" + std::to_string(year)); };
  ASSERT_NE(at(2023), std::string::npos) << page;
  for (int year = 2023; year > 2016; --year) {
    EXPECT_LT(at(year), at(year - 1)) << year;
  }
  EXPECT_EQ(at(2015), std::string::npos) << "the newest eight";
}

// docs/rules/search.md, rule 8.8.
TEST_F(FindingTest, ARankingThatRestsOnLittleSaysSo) {
  import_members("I1,Institut Exemple,member,2007\n");
  import_staff("demo", "1,Premier,Camille,0000-0002-1825-0097,Institut Exemple,2015\n");
  const auto papers = [&](int from, int to) {
    std::string out;
    for (int at = from; at < to; ++at) {
      out += tests::pubmed_article(at, "Zorg paper " + std::to_string(at),
                                   {{"Premier", "Camille", "Institut Exemple, Paris", "0000-0002-1825-0097"}}, 2025);
    }
    import_pubmed(out);
  };
  papers(10, 11);
  serve();
  const std::string little = body("/fr/experts?q=zorg");
  EXPECT_THAT(little, HasSubstr("Camille Premier"));
  EXPECT_THAT(little, HasSubstr("Peu de travaux sont connus ici"));
  EXPECT_THAT(body("/en/experts?q=nothingatall"), Not(HasSubstr("Little work on this topic")));
  papers(11, 20);
  settle();
  const std::string more = body("/en/experts?q=zorg");
  EXPECT_THAT(more, HasSubstr("Camille Premier"));
  EXPECT_THAT(more, Not(HasSubstr("Little work on this topic")));
}

TEST_F(FindingTest, OpenCallsAreThoseOfTodayForAVisitorToo) {
  const std::string year = clock.today().substr(0, 4);
  pool::SourceSettings calls = source("calls", "calls", sources::Mode::snapshot);
  calls.republish = true;
  import(calls,
         "Référence,Titre,Appel,Clôture\nL1,First,Appel passé,2017-03-01\nL2,Second,Appel ouvert," + year + "-12-31\n");
  serve();
  for (const std::string page : {"/en/search?q=open%3Acall", "/en/search.csv?q=open%3Acall",
                                 "/en/search.json?q=open%3Acall", "/en/advanced?ask=1&open=call"}) {
    http::Answer answer = get(page);
    if (answer.status == 303) {
      const auto location = std::ranges::find(answer.headers, "Location", &std::pair<std::string, std::string>::first);
      ASSERT_NE(location, answer.headers.end());
      answer = get(std::string(location->second));
    }
    EXPECT_THAT(answer.body, HasSubstr("Appel ouvert")) << page;
    EXPECT_THAT(answer.body, Not(HasSubstr("Appel passé"))) << page;
  }
  clock.set(clock.now() + std::chrono::hours(24 * 400));
  EXPECT_THAT(body("/en/search?q=open%3Acall"), Not(HasSubstr("Appel ouvert"))) << "another day";
}

TEST_F(FindingTest, DataIsWhatItsAddressSaysOrIsNotThere) {
  serve();
  const http::Answer csv = get("/en/experts.csv?q=lymphoma");
  EXPECT_THAT(csv.type, HasSubstr("text/csv"));
  EXPECT_THAT(csv.body, HasSubstr("list,id,label,"));
  EXPECT_EQ(get("/en/experts.json?q=lymphoma").status, 200);
  for (const std::string path : {"/en/experts.jsonld?q=lymphoma", "/en/about.json", "/en/advanced.json", "/en/no.json",
                                 "/en/no/such/thing.json", "/en/person/0000000000.json", "/nothing.json"}) {
    const http::Answer answer = get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.type, "application/json") << path;
  }
}

TEST_F(FindingTest, RobotsAreKeptFromWhatIsMadeForEachQuestion) {
  serve();
  const std::string rules = body("/robots.txt");
  for (const std::string path : {"/en/search", "/fr/experts", "/en/advanced", "/fr/suggest", "/en/slots", "/*.csv"}) {
    EXPECT_THAT(rules, HasSubstr("\nDisallow: " + path + "\n"));
  }
  EXPECT_THAT(rules, HasSubstr("\nDisallow: /*?\nAllow: /*?page=\n")) << "facets are endless, lists are not";
}

// Teams, more than a file has at once.
TEST_F(FindingTest, AFileHasTheWholeListHoweverLong) {
  pool::SourceSettings teams = source("teams", "teams", sources::Mode::snapshot);
  teams.republish = true;
  constexpr int k_teams = 2500;
  std::string rows = "Code,Nom\n";
  for (int at = 0; at < k_teams; ++at) {
    rows += "T" + std::to_string(at) + ",Équipe numéro " + std::to_string(10'000 + at) + "\n";
  }
  import(teams, rows);
  serve();
  const http::Answer answer = get("/en/team.csv");
  ASSERT_NE(answer.pieces, nullptr) << "it is made while it is sent";
  const std::string first = answer.pieces().value();
  EXPECT_LT(std::ranges::count(first, '\n'), 1001) << "a piece at a time";
  std::string file = answer.body + first;
  for (std::string piece = answer.pieces().value(); !piece.empty(); piece = answer.pieces().value()) {
    file += piece;
  }
  EXPECT_EQ(std::ranges::count(file, '\n'), k_teams + 1);
  // Once each, in the order of the list.
  size_t at = 0;
  for (int team = 0; team < k_teams; ++team) {
    at = file.find(",Équipe numéro " + std::to_string(10'000 + team) + ",", at);
    ASSERT_NE(at, std::string::npos) << team;
  }
  EXPECT_EQ(http::whole_body(get("/en/team.csv?page=2")).value(), file) << "there is one file";
}

TEST_F(FindingTest, WhatGoesWhileAFileIsSentIsNotInIt) {
  pool::SourceSettings teams = source("teams", "teams", sources::Mode::snapshot);
  teams.republish = true;
  std::string rows = "Code,Nom\n";
  for (int at = 0; at < 1500; ++at) {
    rows += "T" + std::to_string(at) + ",Équipe numéro " + std::to_string(10'000 + at) + "\n";
  }
  import(teams, rows);
  serve();
  http::Answer answer = get("/en/team.csv");
  ASSERT_NE(answer.pieces, nullptr);
  answer.body += answer.pieces().value();
  ASSERT_THAT(answer.body, Not(HasSubstr("11499")));
  import(teams, rows.substr(0, rows.find("T1499,")));
  settle();
  const std::string file = http::whole_body(answer).value();
  EXPECT_THAT(file, HasSubstr("11498"));
  EXPECT_THAT(file, Not(HasSubstr("11499")));
}

TEST_F(FindingTest, AGroupsPageCountsWhatItsQueryFinds) {
  import(source("teams", "teams", sources::Mode::snapshot), "Code,Nom\nT1,Équipe Première\nT2,Équipe Seconde\n");
  import(source("groups", "groups", sources::Mode::snapshot),
         "Code,Nom,Équipes membres\nA1,Axe Premier,Équipe Première\n");
  std::string rows = "Référence,Titre,Appel,Équipes\nL0,Of the other,Appel,Équipe Seconde\n";
  for (int at = 1; at <= 11; ++at) {
    rows += "L" + std::to_string(at) + ",Number " + std::to_string(at) + ",Appel,Équipe Première\n";
  }
  import(source("calls", "calls", sources::Mode::snapshot), rows);
  serve();
  const std::string group = id_of("name:axe premier").text();
  EXPECT_EQ(found("group:" + group + " kind:award"), 11u);
  const std::string page = body("/en/group/" + group);
  EXPECT_THAT(page, HasSubstr("<span class=\"count\">11</span>"));
  const std::string all = "/en/search?kind=award&q=group%3A" + group;
  EXPECT_THAT(page, HasSubstr("href=\"/en/search?kind=award&amp;q=group%3A" + group));
  EXPECT_THAT(body(all), HasSubstr("11 results"));
}

}  // namespace

}  // namespace pitchblende::pages
