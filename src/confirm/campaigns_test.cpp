// Campaigns: who is chosen, who gets what letter, what came of it, who is reminded.
#include "confirm/confirm_fixture.hpp"

namespace pitchblende::confirm {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class CampaignTest : public ConfirmTest {
 protected:
  int64_t draft(Choice choice) {
    Campaign campaign;
    campaign.title = "Essai";
    campaign.choice = std::move(choice);
    const auto number = campaigns.draft(campaign, {});
    EXPECT_TRUE(number) << number.error().message();
    return number.value_or(0);
  }
  // "label address", in the order of the campaign.
  std::vector<std::string> chosen(int64_t number) {
    std::vector<std::string> out;
    const std::vector<Asked> all = campaigns.asked(number).value();
    for (const Asked& each : all) {
      out.push_back(each.label + " " + (each.ask.email.empty() ? "-" : each.ask.email));
    }
    return out;
  }
  std::vector<std::string> states(int64_t number) {
    std::vector<std::string> out;
    const std::vector<Asked> all = campaigns.asked(number).value();
    for (const Asked& each : all) {
      out.push_back(each.label + " " + std::string(state_word(each, clock.now_text())));
    }
    return out;
  }
  int reminded(int64_t number) {
    int letters = 0;
    const auto compose = [&](const Invitation& invitation) {
      EXPECT_TRUE(invitation.again);
      ++letters;
      mail::Letter letter;
      letter.to = invitation.email;
      letter.kind = "confirm_again";
      return letter;
    };
    for (bool more = true; more;) {
      const auto some = campaigns.remind_some(number, compose, {});
      EXPECT_TRUE(some) << some.error().message();
      more = some.value_or(false);
    }
    return letters;
  }
};

// Rule 12.
TEST_F(CampaignTest, CardsAreChosenByWhatTheyBelongTo) {
  EXPECT_THAT(
      chosen(draft({{registry::Kind::person}, id_of("name:institut essai"), 0, {}})),
      UnorderedElementsAre("Camille Exemple camille@example.org", "Noa Solitaire noa@example.org", "Lou Muette -"));
  EXPECT_THAT(chosen(draft({{registry::Kind::equipment}, id_of("name:plateforme d'essai"), 0, {}})),
              UnorderedElementsAre("Cytomètre zorg camille@example.org", "Microscope zorg camille@example.org"))
      << "rule 11: the platform's contact answers for its instruments";
  EXPECT_THAT(chosen(draft({{}, id_of("name:plateforme d'essai"), 0, {}})),
              UnorderedElementsAre("Plateforme d'essai camille@example.org", "Cytomètre zorg camille@example.org",
                                   "Microscope zorg camille@example.org"));
  EXPECT_THAT(chosen(draft({{}, {}, 0, {instrument("S-3"), person("b/B1")}})),
              UnorderedElementsAre("Étuve seule -", "Sacha Ailleurs sacha@example.org"));
}

TEST_F(CampaignTest, StaleIsNeitherChangedNorConfirmedForSoLong) {
  const Choice stale{{registry::Kind::person}, {}, 90, {}};
  Campaign none;
  none.title = "x";
  none.choice = stale;
  EXPECT_TRUE(campaigns.draft(none, {}).error().is(errors::no_cards));
  const std::string secret = link_to(person("a/A1"), 365);
  clock.set(clock.now() + std::chrono::hours(24 * 100));
  ASSERT_TRUE(confirm.confirm(secret));
  EXPECT_THAT(chosen(draft(stale)), UnorderedElementsAre("Noa Solitaire noa@example.org", "Lou Muette -",
                                                         "Sacha Ailleurs sacha@example.org"));
}

// Rule 13.
TEST_F(CampaignTest, OneLetterAnAddressWithALinkForEachCard) {
  const int64_t number = draft({{registry::Kind::equipment, registry::Kind::person}, {}, 0, {}});
  std::map<std::string, size_t> letters;
  send(number, [&](const Invitation& invitation) {
    EXPECT_FALSE(invitation.again);
    EXPECT_EQ(letters[invitation.email], 0U) << "one letter each";
    letters[invitation.email] = invitation.cards.size();
  });
  EXPECT_EQ(letters, (std::map<std::string, size_t>{
                         {"camille@example.org", 3}, {"noa@example.org", 1}, {"sacha@example.org", 1}}));
  EXPECT_EQ(outbox.rows(0, 100)->size(), 3U);
  EXPECT_EQ(campaigns.campaign(number)->state, CampaignState::sent);
  const Tally done = tally(campaigns.asked(number).value());
  EXPECT_EQ(done.cards, 7);
  EXPECT_EQ(done.without_address, 2);
  EXPECT_EQ(done.open, 5);
  send(number, [](const Invitation&) { FAIL() << "nobody is asked twice"; });
}

TEST_F(CampaignTest, AllWhoLeadAreAskedAndOneAnswerIsEnough) {
  const Id platform = id_of("name:plateforme d'essai");
  const registry::FieldId managers = registry::field(registry::Kind::platform, "managers");
  const std::string noa = confirm.reference_for(managers, person("a/A2").text()).value();
  ASSERT_TRUE(confirm.correct_card(platform, {{managers, {}, {}, {}, noa}}, {"x@example.org", "she is one too"}));
  const int64_t number = draft({{}, {}, 0, {platform}});
  EXPECT_THAT(chosen(number),
              UnorderedElementsAre("Plateforme d'essai camille@example.org", "Plateforme d'essai noa@example.org"));
  std::map<std::string, std::string> secrets;
  send(number, [&](const Invitation& each) { secrets[each.email] = each.cards.front().secret; });
  ASSERT_TRUE(confirm.confirm(secrets["noa@example.org"]));
  const Tally done = tally(campaigns.asked(number).value());
  EXPECT_EQ(done.cards, 1);
  EXPECT_EQ(done.people, 2);
  EXPECT_EQ(done.confirmed, 1);
  EXPECT_EQ(done.open, 0);
  clock.set(clock.now() + std::chrono::hours(25));
  EXPECT_EQ(reminded(number), 0);
  EXPECT_TRUE(confirm.confirm(secrets["camille@example.org"])) << "the other link still opens";
}

TEST_F(CampaignTest, AWordInTheLettersIsNotCutOff) {
  Campaign campaign;
  campaign.title = "Essai";
  std::string fits;
  for (size_t at = 0; at < k_longest_note; ++at) {
    fits += "é";
  }
  campaign.notes = {{"fr", fits}};
  EXPECT_TRUE(campaigns.draft(campaign, {}));
  campaign.notes["fr"] += "é";
  EXPECT_TRUE(campaigns.draft(campaign, {}).error().is(errors::note));
}

TEST_F(CampaignTest, AnswersComeInAndOnlyTheSilentAreReminded) {
  const int64_t number = draft({{registry::Kind::person}, {}, 0, {}});
  std::map<std::string, std::string> secrets;
  send(number, [&](const Invitation& each) { secrets[each.email] = each.cards.front().secret; });
  ASSERT_TRUE(confirm.confirm(secrets["camille@example.org"]));
  ASSERT_TRUE(
      confirm.correct(secrets["noa@example.org"], {edit(person("a/A2"), "family_name", "Solitaire", "Nombreuse")}, {}));
  EXPECT_THAT(states(number), UnorderedElementsAre("Camille Exemple confirmed", "Noa Nombreuse corrected",
                                                   "Sacha Ailleurs sent", "Lou Muette no_address"));
  EXPECT_EQ(reminded(number), 0) << "rule 14: not on the same day";
  clock.set(clock.now() + std::chrono::hours(25));
  EXPECT_EQ(reminded(number), 1);
  EXPECT_EQ(reminded(number), 0);
  EXPECT_TRUE(confirm.confirm(secrets["sacha@example.org"])) << "the first link still works";
  clock.set(clock.now() + std::chrono::hours(25));
  EXPECT_EQ(reminded(number), 0);
}

// Rule 15.
TEST_F(CampaignTest, ALetterThatFailedIsSeenAlsoWhenTheOutboxForgotIt) {
  const int64_t number = draft({{}, {}, 0, {person("a/A1")}});
  send(number, [](const Invitation&) {});
  ASSERT_TRUE(store->write([](store::Transaction& db) {
    return db.execute("UPDATE letter SET state = 'failed', reason = '550 nobody of that name'");
  }));
  EXPECT_THAT(states(number), ElementsAre("Camille Exemple failed"));
  ASSERT_TRUE(campaigns.keep_outcomes());
  ASSERT_TRUE(store->write([](store::Transaction& db) { return db.execute("DELETE FROM letter"); }));
  EXPECT_THAT(states(number), ElementsAre("Camille Exemple failed"));
  EXPECT_EQ(campaigns.asked(number)->front().reason, "550 nobody of that name");
}

TEST_F(CampaignTest, WhoWantsNoLettersGetsNone) {
  pool::Judgement none;
  none.verdict = pool::Judgement::Verdict::override_;
  none.a = person("a/A1");
  none.field = "contact_preference";
  none.value.text = "none";
  none.who = none.why = "test";
  ASSERT_TRUE(pool->decide(none));
  EXPECT_THAT(chosen(draft({{}, {}, 0, {person("a/A1")}})), ElementsAre("Camille Exemple -"));
}

TEST_F(CampaignTest, WhatCannotBeIsRefused) {
  Campaign campaign;
  EXPECT_TRUE(campaigns.draft(campaign, {}).error().is(errors::title));
  campaign.title = "Essai";
  campaign.days = 0;
  EXPECT_TRUE(campaigns.draft(campaign, {}).error().is(errors::days));
  campaign.days = 10;
  campaign.choice.cards = {id_of("name:institut essai")};
  EXPECT_TRUE(campaigns.draft(campaign, {}).error().is(errors::no_cards)) << "an organisation is not asked about";
  EXPECT_TRUE(campaigns.campaign(77).error().is(errors::unknown));
  const int64_t number = draft({{}, {}, 0, {person("a/A1")}});
  const auto compose = [](const Invitation&) { return mail::Letter(); };
  EXPECT_TRUE(campaigns.remind_some(number, compose, {}).error().is(errors::draft));
  ASSERT_TRUE(campaigns.drop(number, {}));
  EXPECT_TRUE(campaigns.campaign(number).error().is(errors::unknown));
  const int64_t other = draft({{}, {}, 0, {person("a/A1")}});
  send(other, [](const Invitation&) {});
  EXPECT_TRUE(campaigns.drop(other, {}).error().is(errors::sent));
}

// Rule 13.
TEST_F(CampaignTest, SendingThatWasInterruptedGoesOn) {
  const int64_t number = draft({{registry::Kind::person}, {}, 0, {}});
  int letters = 0;
  const auto compose = [&](const Invitation& invitation) {
    mail::Letter letter;
    letter.to = invitation.email;
    ++letters;
    return letter;
  };
  const auto refused =
      campaigns.send_some(number, compose, [](store::Transaction&) -> Result<void> { return fail(errors::busy); });
  EXPECT_FALSE(refused);
  EXPECT_EQ(outbox.rows(0, 10)->size(), 0U) << "what was not stored did not go";
  ASSERT_TRUE(
      store->write([](store::Transaction& db) { return db.execute("UPDATE confirm_campaign SET state = 'sending'"); }));
  EXPECT_THAT(campaigns.interrupted().value(), ElementsAre(number));
  send(number, [](const Invitation&) {});
  EXPECT_EQ(outbox.rows(0, 10)->size(), 3U);
  EXPECT_TRUE(campaigns.interrupted()->empty());
}

TEST_F(CampaignTest, TheTableIsSafeInASpreadsheet) {
  const int64_t number = draft({{}, {}, 0, {person("a/A1")}});
  std::vector<Asked> all = campaigns.asked(number).value();
  all[0].label = "=HYPERLINK(\"http://evil.example\")";
  const std::string csv = campaign_csv(all, clock.now_text(), [](std::string_view word) { return std::string(word); });
  EXPECT_THAT(csv, HasSubstr("\"'=HYPERLINK(\"\"http://evil.example\"\")\""));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 2);
}

}  // namespace
}  // namespace pitchblende::confirm
