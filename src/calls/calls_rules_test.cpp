// The pure rules: Paris' clock, plans, lengths, budgets, scores, the order of the sheet.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "calls/committee.hpp"
#include "calls/conflicts.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/plan.hpp"
#include "calls/proposal_rules.hpp"

namespace pitchblende::calls {
namespace {

using testing::ElementsAre;

std::vector<std::string> codes(const std::vector<Problem>& problems) {
  std::vector<std::string> out;
  for (const Problem& each : problems) {
    out.push_back(each.name + " " + each.error.kind().code);
  }
  return out;
}

TEST(Paris, IsTheClockWithItsTwoOddHours) {
  EXPECT_EQ(read_paris("1970-01-01T01:00", Twice::first), 0);
  EXPECT_EQ(paris_text(*read_paris("2027-01-05T17:00", Twice::first)), "2027-01-05T17:00");
  EXPECT_EQ(paris_text(*read_paris("2027-07-05T17:00", Twice::first)), "2027-07-05T17:00");
  // Clocks go forward on 28 March 2027: 02:30 is not there.
  EXPECT_EQ(paris_text(*read_paris("2027-03-28T02:30", Twice::second)), "2027-03-28T03:30");
  // They go back on 31 October 2027: 02:30 comes twice. What closes then closes at the second.
  EXPECT_EQ(*read_paris("2027-10-31T02:30", Twice::second) - *read_paris("2027-10-31T02:30", Twice::first), 3600);
  for (const char* wrong : {"", "soon", "2027-02-29T10:00", "2027-01-05", "2027-01-05T24:00", "2027-01-05T10:60",
                            "2027-01-05x10:00", "2027-13-01T10:00", "2027-01-05T10:00:00", "-027-01-05T10:00"}) {
    EXPECT_FALSE(read_paris(wrong, Twice::first)) << wrong;
  }
}

Texts whole_plan() {
  return {{"title_fr", "Appel"},
          {"title_en", "Call"},
          {"text_fr", "Texte"},
          {"text_en", "Text"},
          {"opens", "2027-01-05T09:00"},
          {"closes", "2027-02-05T17:00"},
          {"section_1_title_fr", "Projet"},
          {"section_1_title_en", "Project"},
          {"section_1_limit", "5"},
          {"section_1_unit", "words"},
          {"section_3_title_fr", "Retombées"},
          {"section_3_title_en", "Impact"},
          {"section_3_limit", "10"},
          {"section_3_unit", "characters"},
          {"first_year", "2027"},
          {"years", "2"},
          {"most", "100 000"},
          {"share", "60"},
          {"partners", "2"},
          {"criterion_1_title_fr", "Qualité"},
          {"criterion_1_title_en", "Quality"},
          {"criterion_1_weight", "3"},
          {"criterion_2_title_fr", "Faisabilité"},
          {"criterion_2_title_en", "Feasibility"}};
}

TEST(Plan, IsReadFromItsTexts) {
  const ReadPlan read = read_plan(whole_plan());
  EXPECT_THAT(codes(read.problems), ElementsAre());
  ASSERT_EQ(read.plan.sections.size(), 2U);
  EXPECT_EQ(read.plan.sections[1].number, 3) << "a row that was left empty keeps the numbers of the others";
  EXPECT_EQ(read.plan.sections[1].unit, Unit::characters);
  EXPECT_EQ(read.plan.most, 100'000);
  EXPECT_EQ(read.plan.criteria.at(0).weight, 3);
  EXPECT_EQ(read.plan.criteria.at(1).weight, 1);
}

TEST(Plan, TellsEverythingThatIsWrong) {
  Texts texts = whole_plan();
  texts["closes"] = "2027-01-05T08:59";
  texts["years"] = "99";
  texts["most"] = "-5";
  texts["section_1_unit"] = "pages";
  texts.erase("title_en");
  texts["review_until"] = "2027-02-30";
  EXPECT_THAT(codes(read_plan(texts).problems),
              ElementsAre("title_en CALLS_WANTED", "closes CALLS_ENDS_FIRST", "section_1_unit CALLS_CHOICE",
                          "years CALLS_NUMBER", "most CALLS_NUMBER", "review_until CALLS_DAY"));
  EXPECT_THAT(codes(read_plan({}).problems),
              testing::IsSupersetOf({"opens CALLS_WANTED", "section_1_title_fr CALLS_NO_SECTION",
                                     "criterion_1_title_fr CALLS_NO_CRITERION", "first_year CALLS_WANTED"}));
}

TEST(Plan, WhatApplicantsWriteForStays) {
  EXPECT_TRUE(may_change("section_1_limit", Phase::coming));
  EXPECT_FALSE(may_change("section_1_limit", Phase::open));
  EXPECT_TRUE(may_change("closes", Phase::open));
  EXPECT_FALSE(may_change("opens", Phase::open));
  EXPECT_FALSE(may_change("closes", Phase::closed));
  EXPECT_TRUE(may_change("review_until", Phase::closed));
  EXPECT_FALSE(may_change("money", Phase::announced));
}

TEST(Lengths, AreCountedAsPeopleCount) {
  EXPECT_EQ(count("", Unit::words), 0);
  EXPECT_EQ(count("  l’immunothérapie – c'est\n\ncela ! ", Unit::words), 3);
  EXPECT_EQ(count("CD8+ T-cells\u00a0100\u202f%", Unit::words), 3);
  EXPECT_EQ(count("  é à\n", Unit::characters), 3);
  EXPECT_EQ(count("\U0001F9EC", Unit::characters), 1);
  EXPECT_EQ(count("\xff\xfe", Unit::characters), 2) << "what is no UTF-8 is counted and harms nobody";
}

// Against a slow and obvious count over ASCII.
RC_GTEST_PROP(Lengths, AgreeWithAnObviousCount, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1 \n\t-.")));
  int64_t words = 0;
  std::string word;
  for (const char c : text + " ") {
    if (c == ' ' || c == '\n' || c == '\t') {
      words += word.find_first_of("ab1") != std::string::npos ? 1 : 0;
      word.clear();
    } else {
      word += c;
    }
  }
  RC_ASSERT(count(text, Unit::words) == words);
  const size_t first = text.find_first_not_of(" \n\t");
  const size_t last = text.find_last_not_of(" \n\t");
  RC_ASSERT(count(text, Unit::characters) == (first == std::string::npos ? 0 : static_cast<int64_t>(last - first) + 1));
}

const std::vector<Party> k_parties{{"A", Id(1), "team", Part::partner, "Équipe A"},
                                   {"B", Id(2), "team", Part::partner, "Équipe B"},
                                   {"P", Id(3), "person", Part::coordinator, "Camille"}};

Texts whole_proposal() {
  return {{"title", "Titre"},
          {"summary", "Résumé"},
          {"section_1", "un deux trois"},
          {"section_3", "dix"},
          {"budget_A_2027", "30000"},
          {"budget_A_2028", "10 000"},
          {"budget_B_2027", "20\u202f000"},
          {"budget_B_2028", "20000"},
          {"asked", "80000"}};
}

TEST(Proposal, IsWholeOrSaysWhatIsMissing) {
  const Plan plan = read_plan(whole_plan()).plan;
  EXPECT_THAT(codes(judge_proposal(plan, whole_proposal(), k_parties)), ElementsAre());
  EXPECT_THAT(
      codes(judge_proposal(plan, {}, {})),
      ElementsAre("title CALLS_WANTED", "summary CALLS_WANTED", "parties CALLS_COORDINATOR", "section_1 CALLS_WANTED",
                  "section_3 CALLS_WANTED", "asked CALLS_WANTED", "asked CALLS_BUDGET_PARTNERS"));
  Texts texts = whole_proposal();
  texts["section_1"] = "un deux trois quatre cinq six";
  texts["section_3"] = "onze caract";
  EXPECT_THAT(codes(judge_draft(plan, texts, k_parties)),
              ElementsAre("section_1 CALLS_WORDS", "section_3 CALLS_CHARACTERS"));
}

TEST(Budget, MustAddUp) {
  const Plan plan = read_plan(whole_plan()).plan;
  const Budget budget = budget_of(plan, whole_proposal(), k_parties);
  EXPECT_EQ(budget.sum, 80'000);
  EXPECT_THAT(budget.years, ElementsAre(50'000, 30'000));
  EXPECT_EQ(budget.rows.at(0).sum, 40'000);
  const auto wrong = [&](const std::string& name, const std::string& text) {
    Texts texts = whole_proposal();
    texts[name] = text;
    return codes(judge_proposal(plan, texts, k_parties));
  };
  EXPECT_THAT(wrong("asked", "80001"), ElementsAre("asked CALLS_BUDGET_SUM"));
  EXPECT_THAT(wrong("budget_A_2027", "29999"), ElementsAre("asked CALLS_BUDGET_SUM"));
  EXPECT_THAT(wrong("budget_A_2027", "-1"), testing::Contains("budget_A_2027 CALLS_MONEY"));
  EXPECT_THAT(wrong("budget_A_2027", "1,5"), testing::Contains("budget_A_2027 CALLS_MONEY"));
  EXPECT_THAT(wrong("budget_A_2027", "99999999999999999999"), testing::Contains("budget_A_2027 CALLS_MONEY"));
  EXPECT_THAT(wrong("budget_A_2027", "130000"),
              testing::IsSupersetOf({"asked CALLS_BUDGET_MOST", "budget_A_2027 CALLS_BUDGET_SHARE"}));
}

// Sums of rows, of columns and of the whole are the same sum.
RC_GTEST_PROP(Budget, RowsAndYearsGiveOneSum, ()) {
  Plan plan;
  plan.first_year = 2027;
  plan.years = *rc::gen::inRange(1, 7);
  std::vector<Party> parties;
  Texts texts;
  int64_t slow = 0;
  for (int at = 0; at < *rc::gen::inRange(0, 9); ++at) {
    const Part part = *rc::gen::elementOf(std::vector<Part>{Part::partner, Part::participant});
    parties.push_back({"k" + std::to_string(at), {}, "team", part, "x"});
    for (int year = 0; year < plan.years; ++year) {
      const int64_t amount = *rc::gen::inRange<int64_t>(0, 1'000'000);
      texts[budget_name(parties.back().key, plan.first_year + year)] = std::to_string(amount);
      slow += part == Part::partner ? amount : 0;
    }
  }
  const Budget budget = budget_of(plan, texts, parties);
  RC_ASSERT(budget.sum == slow);
  RC_ASSERT(std::accumulate(budget.years.begin(), budget.years.end(), int64_t{0}) == slow);
  int64_t rows = 0;
  for (const BudgetRow& row : budget.rows) {
    rows += row.sum;
  }
  RC_ASSERT(rows == slow);
}

TEST(Scores, AreWeightedMeans) {
  const Plan plan = read_plan(whole_plan()).plan;  // weights 3 and 1
  EXPECT_EQ(score_of(plan, {{"score_1", "5"}, {"score_2", "1"}}), 400);
  EXPECT_EQ(score_of(plan, {{"score_1", "5"}}), std::nullopt);
  EXPECT_EQ(score_of(plan, {{"score_1", "6"}, {"score_2", "1"}}), std::nullopt);
  EXPECT_THAT(codes(judge_review(plan, {{"score_1", "0"}, {"score_2", "x"}})),
              ElementsAre("score_1 CALLS_SCORE", "score_2 CALLS_SCORE", "to_applicants CALLS_WANTED"));
}

SheetRow row(const std::string& ref, std::optional<int64_t> score, int64_t place, int64_t asked) {
  SheetRow out;
  out.proposal.ref = ref;
  out.hundredths = score;
  out.verdict.place = place;
  out.asked = asked;
  return out;
}

TEST(Sheet, IsInTheOrderOfPlacesThenScores) {
  Sheet sheet;
  sheet.call.line = 2;
  sheet.rows = {row("a", 300, 0, 10), row("b", 500, 0, 20), row("c", std::nullopt, 0, 40), row("d", 100, 1, 80)};
  arrange(sheet);
  std::string order;
  for (const SheetRow& each : sheet.rows) {
    order += each.proposal.ref + (each.above ? "+" : "-") + std::to_string(each.so_far) + " ";
  }
  EXPECT_EQ(order, "d+80 b+100 a-110 c-150 ");
  EXPECT_EQ(sheet.above, 100);
}

TEST(Conflicts, EachHasItsProof) {
  Standing his{"Lou Bernard",
               {Id(1)},
               {{Id(10), {"UMR 1", false}}, {Id(11), {"Université", true}}},
               {{Id(20), {registry::Kind::publication, "Cells", "2025"}}},
               {}};
  Standing theirs{"Camille Roux",
                  {Id(2)},
                  {{Id(12), {"UMR 2", false}}, {Id(11), {"Université", true}}},
                  {{Id(20), {registry::Kind::publication, "Cells", "2025"}}},
                  {{"martin c", {"Martin C", Id(21), "Tissues", "2024"}}}};
  const Candidate lou{Id(1), "Lou Bernard", {}, {}, "lou@example.org", std::nullopt};
  auto found = conflicts(lou, his, {theirs});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].ground, Ground::parent);
  EXPECT_EQ(found[0].through, "Université");
  EXPECT_EQ(found[1].ground, Ground::publication);
  EXPECT_EQ(found[1].year, "2025");
  theirs.ties = {{Id(10), {"UMR 1", false}}};
  theirs.works = {{Id(30), {registry::Kind::award, "Prize", "2026"}}};
  his.works = theirs.works;
  found = conflicts(lou, his, {theirs});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].ground, Ground::unit);
  EXPECT_EQ(found[1].ground, Ground::project);
  EXPECT_TRUE(conflicts(lou, {"Lou Bernard", {Id(1)}, {}, {}, {}}, {theirs}).empty());
  EXPECT_EQ(conflicts(lou, {"Lou Bernard", {Id(2)}, {}, {}, {}}, {theirs}).at(0).ground, Ground::applicant);
  const Candidate outside{{}, "Claire Martin", "MARTIN", "Claire", "c@example.org", std::nullopt};
  const Conflict namesake = conflicts(outside, {"Claire Martin", {}, {}, {}, {}}, {theirs}).at(0);
  EXPECT_EQ(namesake.ground, Ground::namesake);
  EXPECT_EQ(namesake.through, "Martin C, Tissues") << "the proof can be looked at";
  EXPECT_EQ(namesake.thing, Id(21));
  const Candidate self{{}, "camille  roux", "Roux", "Camille", "c@example.org", std::nullopt};
  EXPECT_EQ(conflicts(self, {"camille roux", {}, {}, {}, {}}, {theirs}).at(0).ground, Ground::applicant)
      << "the same name is the same person until somebody knows better";
}

}  // namespace
}  // namespace pitchblende::calls
