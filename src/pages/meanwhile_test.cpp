// While cards or index are being made nobody is given what is silently short.
#include "pages/meanwhile.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answers.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {
namespace {

using pool::Making;
using testing::HasSubstr;
using testing::Not;

class MeanwhileTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  void SetUp() override {
    pool::SourceSettings members = source("members", "organisations", sources::Mode::snapshot);
    members.republish = true;
    import(members, "id,name,role,from\nI1,Institut Essai,member,2007\n");
    import_staff("demo", "P1,Exemple,Camille,,Institut Essai,2015\n");
    settle();
    Settings settings;
    settings.making = [this] { return making; };
    insight.emplace(
        *store, clock, [this] { return pool->index(); }, insight::Counters{});
    settings.insight = &*insight;
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
    institute = "/en/organisation/" + id_of("name:institut essai").text();
  }
  http::Answer answer(const std::string& target, http::Method method = http::Method::get) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.method = method;
    return pages->answer(router, request);
  }

  std::optional<Making> making;
  std::optional<insight::Insight> insight;
  std::unique_ptr<Pages> pages;
  http::Router router;
  std::string institute;
};

TEST_F(MeanwhileTest, WhatReadsTheIndexIsRefusedInBothLanguagesAndSaysHowFarItIs) {
  making = Making{Making::What::index, 43, 100};
  for (const std::string page :
       {"/fr/", "/fr/search?q=camille", "/fr/person", "/fr/experts?q=camille", "/fr/figures"}) {
    const http::Answer told = answer(page);
    EXPECT_EQ(told.status, 503) << page;
    EXPECT_EQ(header(told, "Retry-After"), "30") << page;
    EXPECT_EQ(told.keep, http::Keep::never) << page;
    EXPECT_FALSE(told.shared) << page;
    EXPECT_THAT(told.body, HasSubstr("L’index de recherche est refait\u00A0: 43 % sont prêts")) << page;
  }
  EXPECT_THAT(answer("/en/person").body, HasSubstr("being made anew: 43 % done"));
  for (const std::string data :
       {"/en/person.json", "/en/search.json?q=camille", "/en/person.jsonld", "/en/suggest?q=ca"}) {
    EXPECT_EQ(answer(data).status, 503) << data;
  }
  const http::Answer json = answer("/en/person.json");
  EXPECT_EQ(header(json, "Retry-After"), "30");
  EXPECT_EQ(boost::json::parse(json.body).at("status").as_int64(), 503);
  EXPECT_THAT(json.body, HasSubstr("43 % done"));
  const http::Answer csv = answer("/fr/person.csv");
  EXPECT_EQ(csv.status, 503);
  EXPECT_FALSE(csv.pieces);
  EXPECT_TRUE(csv.type.starts_with("text/plain"));
  EXPECT_THAT(csv.body, HasSubstr("43 % sont prêts"));
  making.reset();
  EXPECT_EQ(answer("/en/person.csv").status, 200);
  EXPECT_THAT(answer("/en/person").body, Not(HasSubstr("being made anew")));
}

TEST_F(MeanwhileTest, ACardShowsWhatItSaysItselfAndThatItIsNotAll) {
  EXPECT_THAT(answer(institute).body, HasSubstr("Camille Exemple"));
  making = Making{Making::What::index, 0, 0};
  const http::Answer page = answer(institute);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Institut Essai"));
  EXPECT_THAT(page.body, HasSubstr("being made anew: 0 % done"));
  EXPECT_THAT(page.body, Not(HasSubstr("Camille Exemple")));  // the index knows who is there
  EXPECT_EQ(page.keep, http::Keep::never);
  EXPECT_FALSE(page.shared);
  EXPECT_EQ(answer("/en/about").status, 200);
  EXPECT_EQ(answer(institute + ".json").status, 200);  // a card as data says nothing of what is around it
  EXPECT_EQ(answer("/fr").status, 301);
}

TEST_F(MeanwhileTest, WithoutCardsNothingButFilesIsAnswered) {
  making = Making{Making::What::cards, 1, 4};
  for (const std::string& page :
       {institute, institute + ".json", std::string("/en/about"), std::string("/en/nothing/0")}) {
    const http::Answer told = answer(page);
    EXPECT_EQ(told.status, 503) << page;
    EXPECT_THAT(told.body, HasSubstr("25 % done")) << page;
  }
  EXPECT_THAT(answer("/en/requests", http::Method::post).body, HasSubstr("What you sent was not stored"));
  EXPECT_EQ(answer("/robots.txt").status, 200);
}

}  // namespace
}  // namespace pitchblende::pages
