// At a terminal: calls from a file, docs/rules/calls.md, rule 15.
#include <gtest/gtest.h>

#include "calls/committee.hpp"
#include "cli/cli_fixture.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {
namespace {

const std::string k_texts =
    R"("title_fr":"Appel","title_en":"Call","text_fr":"Texte","text_en":"Text","section_1_title_fr":"Projet",)"
    R"("section_1_title_en":"Project","first_year":"2025","criterion_1_title_fr":"Qualité","criterion_1_title_en":"Quality")";
const std::string k_past =
    R"({"texts":{"opens":"2024-09-02T09:00","closes":"2024-10-31T17:00",)" + k_texts +
    R"(},"proposals":[{"editor":"a@example.org","texts":{"title":"Zorgs","summary":"Un résumé","section_1":"Un projet",)"
    R"("asked":"1000"},"parties":[{"part":"coordinator","thing":"orcid:0000-0002-1000-1117"},)"
    R"({"part":"partner","thing":"name:Institut Alpha"}],"outcome":"funded","granted":900}]})";

class CliCallsTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    const std::string staff = folder.write(
        "staff.csv",
        "id,family name,given names,orcid,organisation,from\n1,Roux,Camille,0000-0002-1000-1117,Institut Alpha,2015\n");
    const std::string members = folder.write("members.csv", "id,name,role,from\nA,Institut Alpha,member,2007\n");
    ASSERT_EQ(run({"import", "organisations", members, "--as", "members"}).exit, 0);
    ASSERT_EQ(run({"import", "people", staff, "--as", "staff"}).exit, 0);
  }
  Said calls(const std::string& text) const { return run({"calls", folder.write("calls.json", text)}); }
};

TEST_F(CliCallsTest, OneThatIsOverHasItsLaureates) {
  const Said done = calls("[" + k_past + R"(,{"opens_in":-3,"closes_in":30,"texts":{)" + k_texts + "}}]");
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_EQ(done.out, "2 calls read, 0 rejected\n");
  EXPECT_EQ(calls("[" + k_past + "]").out, "1 calls read, 0 rejected\n") << "said twice, it stands once";
  const auto place = Workplace::for_writing(folder.path("data"));
  ASSERT_TRUE(place) << place.error().message();
  const SystemClock clock;
  const auto all = calls::Calls(*(*place)->store, clock).all({});
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ(calls::phase(all->at(0), calls::seconds_of(clock)), calls::Phase::open);
  EXPECT_EQ(calls::phase(all->at(1), calls::seconds_of(clock)), calls::Phase::announced);
  const auto laureates = calls::Committee(*(*place)->store, clock).laureates(all->at(1).id);
  ASSERT_TRUE(laureates && laureates->size() == 1);
  EXPECT_EQ(laureates->front().verdict.granted, 900);
  EXPECT_NE(run({"search", "kind=award", "Zorgs"}).out.find("Zorgs"), std::string::npos);
}

TEST_F(CliCallsTest, WhatIsWrongIsSaidAndTheRestIsRead) {
  const Said done = calls(R"([7,{"texts":{"title_fr":"Appel"}},{"texts":{"opens":3}},)" + k_past + "]");
  EXPECT_EQ(done.out, "1 calls read, 3 rejected\n");
  EXPECT_NE(done.exit, 0);
  EXPECT_NE(done.err.find("record 2: "), std::string::npos) << done.err;
  EXPECT_NE(calls("{}").exit, 0);
  EXPECT_NE(calls("[{").exit, 0);
}

}  // namespace
}  // namespace pitchblende::cli
