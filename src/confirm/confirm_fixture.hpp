// A small pool with people, a platform and its instruments, and all that asking about them needs. For tests.
#pragma once

#include <gmock/gmock.h>

#include "confirm/campaigns.hpp"
#include "confirm/confirm.hpp"
#include "confirm/errors.hpp"
#include "confirm/workbooks.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::confirm {

class ConfirmTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  explicit ConfirmTest(const std::string& database = {})
      : tests::PoolPlace(database),
        access(*store, clock, "key of this test", {}),
        outbox(*store, clock, {{}, "pool@example.org", "Essai", "key of this test"}),
        confirm(*store, *pool, clock, "key of this test"),
        campaigns(*store, confirm, access, outbox, clock),
        workbooks(*store, *pool, confirm, clock) {
    import_members("I1,Institut Essai,member,2007\nI2,Institut Autre,member,2007\n");
    staff("a", "Institut Essai",
          "A1,Exemple,Camille,camille@example.org,cytométrie;microscopie\nA2,Solitaire,Noa,noa@example.org,\n"
          "A3,Muette,Lou,,\n");
    staff("b", "Institut Autre", "B1,Ailleurs,Sacha,sacha@example.org,\n");
    pool::SourceSettings lab = source("lab", "equipment", sources::Mode::snapshot);
    lab.institution = "a";
    import(lab,
           "Identifiant;Type de fiche;Nom;Techniques;Plateforme;Propriétaire;Contact;État;Marque;Numéro de série\n"
           "P1;plateforme;Plateforme d'essai;;;Institut Essai;EXEMPLE Camille;;;\n"
           "E1;équipement;Cytomètre zorg;cytométrie;Plateforme d'essai;;;en service;Zorg;S-1\n"
           "E2;équipement;Microscope zorg;microscopie;Plateforme d'essai;;;en service;Zorg;S-2\n"
           "E3;équipement;Étuve seule;;;;;;;S-3\n");
    settle();
  }

  void staff(const std::string& institution, const std::string& organisation, const std::string& rows) {
    pool::SourceSettings settings = source(institution + "-staff", "people", sources::Mode::snapshot);
    settings.institution = institution;
    settings.trust = 60;
    std::string text = "id,family name,given names,e-mail,skills,organisation,from\n";
    std::istringstream lines(rows);
    for (std::string line; std::getline(lines, line);) {
      text += line + "," + organisation + ",2015\n";
    }
    import(settings, text);
  }

  Id person(const std::string& key) { return id_of("local:" + key); }
  Id instrument(const std::string& serial) { return id_of("serial:" + serial); }
  registry::Card card(Id id) {
    const registry::Found there = find(id);
    EXPECT_TRUE(there.card);
    return there.card.value_or(registry::Card{});
  }
  // What stands in a field, in its order.
  std::vector<std::string> values(Id id, const std::string& field) {
    const registry::Card now = card(id);
    std::vector<std::string> out;
    for (const Standing& each : standing(now, registry::field(now.kind, field))) {
      out.push_back(each.value.text + (each.value.lang.empty() ? "" : "@" + each.value.lang));
    }
    return out;
  }
  // A correction of a value as it stands now.
  Edit edit(Id id, const std::string& field, const std::string& before, const std::string& after,
            const std::string& lang = {}) {
    const registry::Card now = card(id);
    Edit out{registry::field(now.kind, field), lang, {}, before, after};
    for (const Standing& each : standing(now, out.field)) {
      if (each.value.text == before) {
        out.mark = each.mark;
        out.lang = each.value.lang;
      }
    }
    EXPECT_TRUE(before.empty() || !out.mark.empty()) << before;
    return out;
  }

  // A campaign of that one card that was sent; gives its link's secret.
  std::string link_to(Id id, int64_t days = 30) {
    Campaign campaign;
    campaign.title = "Essai";
    campaign.days = days;
    campaign.choice.cards = {id};
    const auto number = campaigns.draft(campaign, {});
    EXPECT_TRUE(number) << number.error().message();
    std::string secret;
    send(*number, [&](const Invitation& invitation) { secret = invitation.cards.front().secret; });
    return secret;
  }
  void send(int64_t number, const std::function<void(const Invitation&)>& look) {
    const auto compose = [&](const Invitation& invitation) {
      look(invitation);
      mail::Letter letter;
      letter.to = invitation.email;
      letter.kind = "confirm";
      letter.subject = "Essai";
      return letter;
    };
    for (bool more = true; more;) {
      const auto some = campaigns.send_some(number, compose, {});
      ASSERT_TRUE(some) << some.error().message();
      more = *some;
    }
  }

  access::Access access;
  mail::Outbox outbox;
  Confirm confirm;
  Campaigns campaigns;
  Workbooks workbooks;
};

}  // namespace pitchblende::confirm
