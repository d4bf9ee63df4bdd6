// A link from a letter opens one card: said to be right, corrected, used, forged, expired, taken back; two at once.
#include <chrono>
#include <future>
#include <thread>

#include "confirm/confirm_fixture.hpp"
#include "pool/errors.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::confirm {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

TEST_F(ConfirmTest, OneClickIsADecisionWithWhoAndWhen) {
  const Id camille = person("a/A1");
  const std::string secret = link_to(camille);
  const auto opened = confirm.look_at(secret);
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->card, camille);
  EXPECT_EQ(opened->ask.email, "camille@example.org");
  EXPECT_FALSE(card(camille).verified) << "rule 1: looking changes nothing";
  ASSERT_TRUE(confirm.confirm(secret));
  EXPECT_TRUE(card(camille).verified);
  const auto decided = registry::decided_on(*store, camille).value();
  ASSERT_EQ(decided.size(), 1U);
  EXPECT_EQ(decided[0].verdict, "verified");
  EXPECT_EQ(decided[0].who, "camille@example.org");
  EXPECT_EQ(decided[0].made, "2026-03-01T00:00:00Z");
  EXPECT_THAT(decided[0].why, testing::HasSubstr("link 1"));
}

TEST_F(ConfirmTest, ALinkIsUsedOnce) {
  const std::string secret = link_to(person("a/A1"));
  ASSERT_TRUE(confirm.confirm(secret));
  const auto again = confirm.confirm(secret);
  ASSERT_FALSE(again);
  EXPECT_TRUE(again.error().is(errors::used)) << again.error().message();
  const auto corrected = confirm.correct(secret, {edit(person("a/A1"), "family_name", "Exemple", "Autre")}, {});
  EXPECT_TRUE(corrected.error().is(errors::used));
  EXPECT_EQ(registry::decided_on(*store, person("a/A1"))->size(), 1U);
}

TEST_F(ConfirmTest, ForgedExpiredAndRevokedLinksOpenNothing) {
  const std::string secret = link_to(person("a/A1"), 10);
  std::string forged = secret;
  forged[3] = forged[3] == '0' ? '1' : '0';
  for (const std::string& each : {forged, std::string(), std::string("../../etc"), std::string(64, '0')}) {
    EXPECT_TRUE(confirm.look_at(each).error().is(errors::link)) << each;
    EXPECT_TRUE(confirm.confirm(each).error().is(errors::link)) << each;
  }
  clock.set(clock.now() + std::chrono::hours(24 * 10));
  EXPECT_TRUE(confirm.look_at(secret).error().is(errors::expired)) << "the last moment is over";
  EXPECT_TRUE(confirm.confirm(secret).error().is(errors::expired));
  const std::string other = link_to(person("a/A2"));
  const int64_t ask = confirm.ask_of(other)->id;
  ASSERT_TRUE(campaigns.revoke(ask, {}));
  EXPECT_TRUE(confirm.confirm(other).error().is(errors::revoked));
  EXPECT_TRUE(campaigns.revoke(ask, {}).error().is(errors::unknown));
  EXPECT_FALSE(card(person("a/A1")).verified);
}

TEST_F(ConfirmTest, AnotherFoldersKeyOpensNothing) {
  const std::string secret = link_to(person("a/A1"));
  const Confirm other(*store, *pool, clock, "another key");
  EXPECT_TRUE(other.look_at(secret).error().is(errors::link));
}

TEST_F(ConfirmTest, OnlyHashesOfLinksAreKept) {
  const std::string secret = link_to(person("a/A1"));
  EXPECT_EQ(dump("SELECT token_hash FROM confirm_link").find(secret), std::string::npos);
}

TEST_F(ConfirmTest, CorrectionsAreDecisionsAndSurviveTheNextImport) {
  const Id camille = person("a/A1");
  const std::string secret = link_to(camille);
  const auto plan = confirm.correct(
      secret,
      {edit(camille, "family_name", "Exemple", "Exemple-Durand"), edit(camille, "skills", "microscopie", ""),
       edit(camille, "skills", "", "tri cellulaire"), edit(camille, "biography", "", "Une vie d’essai.", "fr")},
      "I married");
  ASSERT_TRUE(plan) << plan.error().message();
  EXPECT_TRUE(plan->is_clean());
  EXPECT_EQ(plan->done.size(), 4U);
  const auto check = [&] {
    EXPECT_THAT(values(camille, "family_name"), ElementsAre("Exemple-Durand"));
    EXPECT_THAT(values(camille, "skills"), UnorderedElementsAre("cytométrie", "tri cellulaire"));
    EXPECT_THAT(values(camille, "biography"), ElementsAre("Une vie d’essai.@fr"));
    EXPECT_TRUE(card(camille).verified);
  };
  check();
  staff("a", "Institut Essai", "A1,Exemple,Camille,camille@example.org,cytométrie;microscopie\n");
  settle();
  check();
  const auto decided = registry::decided_on(*store, camille).value();
  EXPECT_EQ(decided.front().why, "link 1: I married");
  EXPECT_TRUE(confirm.confirm(secret).error().is(errors::used));
}

TEST_F(ConfirmTest, WhatIsWrongIsSaidAndNothingIsDone) {
  const Id camille = person("a/A1");
  const std::string secret = link_to(camille);
  const auto plan = confirm.correct(
      secret,
      {edit(camille, "orcid", "", "0000-0002-1825-0098"), edit(camille, "family_name", "Exemple", "Durand"),
       edit(camille, "homepage", "", "javascript:alert(1)")},
      {});
  ASSERT_TRUE(plan) << plan.error().message();
  EXPECT_EQ(plan->wrong.size(), 2U);
  EXPECT_THAT(values(camille, "family_name"), ElementsAre("Exemple")) << "all or none";
  EXPECT_TRUE(confirm.look_at(secret)) << "the link is still good";
  EXPECT_TRUE(confirm.correct(secret, {}, {}).error().is(errors::nothing));
}

TEST_F(ConfirmTest, OfTwoWhoCorrectOneCardNobodysWordsAreLost) {
  const Id camille = person("a/A1");
  const std::string first = link_to(camille);
  const std::string second = link_to(camille);
  // Both look at the same time.
  const Edit name_first = edit(camille, "family_name", "Exemple", "Premier");
  const Edit name_second = edit(camille, "family_name", "Exemple", "Second");
  const Edit skill_second = edit(camille, "skills", "cytométrie", "cytométrie spectrale");
  ASSERT_TRUE(confirm.correct(first, {name_first}, {})->is_clean());
  const auto late = confirm.correct(second, {name_second, skill_second}, {});
  ASSERT_TRUE(late) << late.error().message();
  ASSERT_EQ(late->conflicts.size(), 1U) << "the other value is nobody's but his";
  EXPECT_EQ(late->conflicts[0].edit.after, "Second");
  EXPECT_THAT(late->conflicts[0].now, ElementsAre("Premier"));
  EXPECT_THAT(values(camille, "family_name"), ElementsAre("Premier"));
  EXPECT_THAT(values(camille, "skills"), Contains("cytométrie")) << "nothing of his is done before he has seen it";
  // He looks at what stands, and says it again.
  ASSERT_TRUE(
      confirm.correct(second, {edit(camille, "family_name", "Premier", "Second"), skill_second}, {})->is_clean());
  EXPECT_THAT(values(camille, "family_name"), ElementsAre("Second"));
  EXPECT_THAT(values(camille, "skills"), UnorderedElementsAre("cytométrie spectrale", "microscopie"));
}

TEST_F(ConfirmTest, TwoThreadsOneLink) {
  const std::string secret = link_to(person("a/A1"));
  std::atomic<int> done = 0;
  {
    std::vector<std::jthread> threads;
    for (int at = 0; at < 4; ++at) {
      threads.emplace_back([&] { done += confirm.confirm(secret) ? 1 : 0; });
    }
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(registry::decided_on(*store, person("a/A1"))->size(), 1U);
}

TEST_F(ConfirmTest, ManyThreadsCorrectOneFieldAndEachIsToldOrDone) {
  const Id camille = person("a/A1");
  const Edit base = edit(camille, "family_name", "Exemple", "");
  std::atomic<int> done = 0;
  std::atomic<int> told = 0;
  {
    std::vector<std::jthread> threads;
    for (int at = 0; at < 6; ++at) {
      threads.emplace_back([&, at] {
        Edit own = base;
        own.after = "Nom " + std::to_string(at);
        const auto plan = confirm.correct_card(camille, {own}, {"curator", "test"});
        ASSERT_TRUE(plan) << plan.error().message();
        (plan->is_clean() ? done : told) += 1;
      });
    }
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(told, 5);
}

// Rule 10: a long import is under way, and nobody is sent away or waits for its end.
TEST_F(ConfirmTest, WhatIsCorrectedDuringALongImportIsStoredAndShownAtItsEnd) {
  const Id camille = person("a/A1");
  const Id noa = person("a/A2");
  const std::string secret = link_to(camille);
  const Edit mine = edit(camille, "family_name", "Exemple", "Modèle");
  const Edit theirs = edit(noa, "family_name", "Solitaire", "Nombreuse");
  std::promise<void> begun;
  std::promise<void> go_on;
  std::jthread importing([&] {
    pool::SourceSettings settings = source("c-staff", "people", sources::Mode::snapshot);
    settings.institution = "c";
    bool first = true;
    const auto report = pool->import(settings,
                                     {folder.write("long.csv",
                                                   "id,family name,given names,organisation,from\nC1,Longue,Andrée,"
                                                   "Institut Autre,2015\n")},
                                     {}, [&](const pool::Progress& progress) {
                                       if (progress.phase == "apply" && first) {
                                         first = false;
                                         begun.set_value();
                                         go_on.get_future().wait();
                                       }
                                       return true;
                                     });
    EXPECT_TRUE(report) << report.error().message();
  });
  begun.get_future().wait();
  const auto since = std::chrono::steady_clock::now();
  const auto plan = confirm.correct(secret, {mine}, "so it is");
  ASSERT_TRUE(plan) << plan.error().message();
  EXPECT_TRUE(confirm.correct_card(noa, {theirs}, {"curator", "test"}));
  const auto second = confirm.correct_card(camille, {mine}, {"curator", "test"});
  ASSERT_FALSE(second) << "what the first one said does not stand on the card yet";
  EXPECT_TRUE(second.error().is(pool::errors::busy)) << second.error().message();
  EXPECT_LT(std::chrono::steady_clock::now() - since, std::chrono::seconds(5));
  EXPECT_TRUE(confirm.look_at(secret).error().is(errors::used)) << "it is stored already";
  EXPECT_EQ(registry::decided_on(*store, camille)->size(), 2U);
  EXPECT_THAT(values(camille, "family_name"), ElementsAre("Exemple")) << "and not shown yet";
  go_on.set_value();
  importing.join();
  settle();
  EXPECT_THAT(values(camille, "family_name"), ElementsAre("Modèle"));
  EXPECT_THAT(values(noa, "family_name"), ElementsAre("Nombreuse"));
  EXPECT_EQ(found("Longue"), 1U);
  EXPECT_TRUE(reason_in(registry::decided_on(*store, camille)->front().why).is_by_holder());
  EXPECT_FALSE(reason_in(registry::decided_on(*store, noa)->front().why).is_by_holder());
}

TEST_F(ConfirmTest, AHiddenOrWithdrawnCardIsGone) {
  const Id camille = person("a/A1");
  const std::string secret = link_to(camille);
  pool::Judgement hide;
  hide.verdict = pool::Judgement::Verdict::hide;
  hide.a = camille;
  hide.who = hide.why = "test";
  ASSERT_TRUE(pool->decide(hide));
  EXPECT_TRUE(confirm.look_at(secret).error().is(errors::gone));
}

TEST_F(ConfirmTest, ALinkFollowsAMerge) {
  const std::string secret = link_to(person("a/A2"));
  pool::Judgement same;
  same.verdict = pool::Judgement::Verdict::same;
  same.a = person("a/A1");
  same.b = person("a/A2");
  same.who = same.why = "test";
  ASSERT_TRUE(pool->decide(same));
  const auto opened = confirm.look_at(secret);
  ASSERT_TRUE(opened) << opened.error().message();
  EXPECT_EQ(opened->card, person("a/A1"));
}

TEST_F(ConfirmTest, AWordAloneIsAnAnswer) {
  const Id camille = person("a/A1");
  const std::string secret = link_to(camille);
  EXPECT_TRUE(confirm.correct(secret, {}, {}).error().is(errors::nothing));
  const auto plan = confirm.correct(secret, {}, "She leaves in May.");
  ASSERT_TRUE(plan) << plan.error().message();
  EXPECT_TRUE(plan->judgements.empty());
  EXPECT_TRUE(confirm.look_at(secret).error().is(errors::used));
  EXPECT_FALSE(card(camille).verified);
  const std::vector<Word> words = confirm.words_alone(camille, 10).value();
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words.front().said, "She leaves in May.");
  EXPECT_EQ(words.front().who, "camille@example.org");
  EXPECT_EQ(words.front().made, clock.now_text());
  EXPECT_TRUE(confirm.words_alone(person("a/A2"), 10)->empty());
  const std::vector<Asked> asked = campaigns.asked(1).value();
  EXPECT_EQ(asked.front().word, "She leaves in May.");
  EXPECT_EQ(state_word(asked.front(), clock.now_text()), "remarked");
  EXPECT_EQ(tally(asked).remarked, 1);
  // With a correction it is the reason of the decision too, and no word alone.
  ASSERT_TRUE(confirm.correct(link_to(camille), {edit(camille, "family_name", "Exemple", "Modèle")}, "Married."));
  EXPECT_EQ(campaigns.asked(2)->front().word, "Married.");
  EXPECT_EQ(confirm.words_alone({}, 10)->size(), 1U);
}

TEST_F(ConfirmTest, TheReasonTellsWhoHoldsTheCard) {
  for (const char* why : {"link 3", "link 3: x", "own card", "own card: x", "notice of publication"}) {
    EXPECT_TRUE(reason_in(why).is_by_holder()) << why;
  }
  for (const char* why : {"", "role", "own cards differ", "as in the notice of publication", "workbook 2"}) {
    EXPECT_FALSE(reason_in(why).is_by_holder()) << why;
  }
  EXPECT_EQ(reason_in("link 3: as printed: here").said, "as printed: here");
  EXPECT_EQ(reason_in("link 3: x").number, "3");
  EXPECT_EQ(reason_in("role: x").said, "x");
  EXPECT_EQ(reason_in("as on his page: two").said, "as on his page: two");
}

TEST_F(ConfirmTest, NamesBecomeReferences) {
  const registry::FieldId platforms = registry::field(registry::Kind::equipment, "platforms");
  const Id platform = id_of("name:plateforme d'essai");
  for (const std::string& typed : {std::string("Plateforme d'essai"), platform.text(),
                                   "https://pool.example.org/fr/platform/" + platform.text()}) {
    const auto ref = confirm.reference_for(platforms, typed);
    ASSERT_TRUE(ref) << typed << ref.error().message();
    EXPECT_EQ(id_of(*ref), platform);
  }
  for (const std::string& typed : {std::string("Nulle part"), person("a/A1").text(), std::string("<b>")}) {
    EXPECT_TRUE(confirm.reference_for(platforms, typed).error().is(errors::nobody)) << typed;
  }
}

}  // namespace
}  // namespace pitchblende::confirm
