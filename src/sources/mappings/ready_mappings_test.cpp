// Ready mappings on tables as people send them.
#include <gtest/gtest.h>

#include <algorithm>

#include "registry/code_words.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/errors.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular.hpp"

namespace pitchblende::sources {
namespace {

struct Got {
  CollectingSink sink;
  Result<void> done;
};

std::string_view ready(std::string_view name) {
  const auto& all = ready_mappings();
  return std::find_if(all.begin(), all.end(), [&](const ReadyMapping& each) { return each.name == name; })->toml;
}

Got read(std::string_view mapping, std::string_view bytes, std::string_view institution_ref = {}) {
  Settings settings;
  settings.source = "test";
  settings.institution = "demo";
  settings.institution_ref = institution_ref;
  Got out;
  out.done = read_table_bytes(bytes, settings, ready(mapping), out.sink, 1 << 20);
  return out;
}

std::vector<std::string> said(const registry::Record& record, std::string_view field) {
  std::vector<std::string> out;
  for (const auto& [id, value] : record.values) {
    if (registry::description(id).name == field) {
      out.push_back(value.text);
    }
  }
  return out;
}
using Texts = std::vector<std::string>;

void expect_two_under_one_code(std::string_view mapping, const std::string& title) {
  const Got got = read(mapping, "Code;" + title + "\n3;Org B\n3;Org C\n4;Institut X\n4;INSTITUT X (Paris)\n");
  ASSERT_TRUE(got.done) << got.done.error().message();
  ASSERT_EQ(got.sink.rejected.size(), 1u);
  EXPECT_TRUE(got.sink.rejected[0].error.is(errors::key_of_another)) << got.sink.rejected[0].error.message();
  EXPECT_EQ(got.sink.rejected[0].place.line, 3);
  EXPECT_EQ(got.sink.accepted.size(), 2u);
}

TEST(ReadyMapping, TwoOrganisationsUnderOneCodeAreNotOne) { expect_two_under_one_code("organisations", "Nom"); }
TEST(ReadyMapping, TwoGroupsUnderOneCodeAreNotOne) { expect_two_under_one_code("groups", "Nom"); }
TEST(ReadyMapping, TwoPartnershipsUnderOneCodeAreNotOne) { expect_two_under_one_code("partnerships", "Intitulé"); }

TEST(ReadyMapping, TwoPeopleUnderOneNumberAreNotOneByTheirPositionsEither) {
  const Got got = read("positions", "Matricule;Nom;Prénom;Code unité\n7;Exemple;Camille;U1\n7;Fictif;Dominique;U2\n");
  ASSERT_EQ(got.sink.rejected.size(), 1u);
  EXPECT_TRUE(got.sink.rejected[0].error.is(errors::key_of_another));
}

TEST(ReadyMapping, ACodeIsSaidAsTheSiteSaysItInEitherLanguage) {
  for (const registry::KindDescription& kind : registry::kinds()) {
    for (const registry::FieldDescription& field : kind.fields) {
      const auto id = registry::find_field(kind.kind, field.name);
      for (const std::string_view code : registry::codes_of(*id)) {
        for (const Language language : {Language::french, Language::english}) {
          const Typed typed = typed_value(field, registry::word_of(*id, code, language), {}, "demo");
          EXPECT_EQ(typed.text, code) << kind.name << "." << field.name;
        }
      }
    }
  }
  const Got got = read("platforms", "Code;Nom;Ouverte à\nP1;Plateforme;entreprise, ENTREPRISES, académiques, nobles\n");
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  EXPECT_EQ(said(got.sink.accepted[0], "open_to"), (Texts{"company", "academic"}));
  ASSERT_EQ(got.sink.notices.size(), 1u);
  EXPECT_EQ(got.sink.notices[0].error.message(Language::french),
            "«\u00A0nobles\u00A0» n’est rien de cette liste\u00A0: équipe propre, groupement, académique, entreprise");
}

TEST(ReadyMapping, TitlesAsInstitutionsWriteThem) {
  const std::tuple<std::string_view, std::string_view, std::string_view> cases[] = {
      {"companies", "Nom de l'entreprise", "name"},
      {"companies", "Secteur d'activité", "field"},
      {"companies", "Nombre de salariés", "size"},
      {"companies", "NOM ENTREPRISE", "name"},
      {"equipment", "N° inventaire", "inventory"},
      {"equipment", "No. d’inventaire", "inventory"},
      {"equipment", "Num. série", "serial"},
      {"equipment", "Caractéristiques techniques", "capabilities"},
      {"equipment", "Nom de l'appareil", "name"},
      {"equipment", "Établissement facturant", "billing"},
      {"patents", "Numéro de dépôt", "number"},
      {"patents", "N° demande", "number"},
      {"patents", "Déposé le", "filed"},
      {"patents", "Titre du brevet", "title"},
      {"positions", "Du", "from"},
      {"positions", "Au", "to"},
      {"positions", "Date de prise de fonction", "from"},
      {"people", "Email", "email"},
      {"people", "Biographie", "biography"},
      {"people", "Préférence de contact", "contact_preference"},
      {"people", "Droit d'opposition", "opted_out"},
      {"people", "Unité de recherche", "team"},
      {"teams", "Nom du laboratoire", "name"},
      {"teams", "Directeur d'unité", "leader"},
      {"teams", "Numéro UMR", "label"},
      {"platforms", "Conditions d'accès", "access"},
      {"platforms", "Comité de pilotage", "steering"},
      {"organisations", "Nom de l'établissement", "name"},
      {"organisations", "Membre depuis", "role_from"},
      {"groups", "Titre de l'axe", "name"},
      {"groups", "Coordinatrice", "leader"},
      {"partnerships", "Numéro de contrat", "id"},
      {"partnerships", "Signé le", "from"},
      {"calls", "Nom de l'appel", "call"},
      {"calls", "Montant attribué", "amount"},
  };
  for (const auto& [name, title, column] : cases) {
    const Mapping mapping = read_mapping(ready(name), std::string(name)).value();
    const auto found = mapping.titles.find(title);
    ASSERT_TRUE(found) << name << ": " << title;
    EXPECT_EQ(mapping.columns[static_cast<size_t>(found->column)].name, column) << title;
  }
}

TEST(ReadyMapping, LittleWordsAloneAreTitlesAndTwoMeaningsAreNone) {
  TitleWords titles;
  EXPECT_FALSE(titles.add("Du", {0, 0}));
  EXPECT_FALSE(titles.add("Date de fin", {1, 0}));
  EXPECT_FALSE(titles.add("Date du fin", {2, 0}));
  EXPECT_EQ(titles.add("date-de-fin", {2, 1}), 1);
  EXPECT_EQ(titles.find("du")->column, 0);
  EXPECT_FALSE(titles.find("Au"));
  EXPECT_EQ(titles.find("Date de fin")->column, 1);
  EXPECT_FALSE(titles.find("Date fin"));
}

TEST(ReadyMapping, OfTwoTitlesOfOneColumnTheFirstNamedIsRead) {
  const Got got = read("people", "Matricule;Nom;Prénom;Pôle;Équipe\n1;Exemple;Camille;Biologie;Cellules\n");
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  EXPECT_EQ(said(got.sink.accepted[0], "positions").front(), "name:Cellules");
  ASSERT_EQ(got.sink.notices.size(), 1u);
  EXPECT_EQ(got.sink.notices[0].error.args().at(0), "Pôle");
}

TEST(ReadyMapping, PositionsHaveTheirDates) {
  const Got got = read("positions", "Matricule;Nom;Prénom;Code unité;Du;Au\n1;Exemple;Camille;U1;01/09/2015;2019\n");
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  const registry::Value* position = got.sink.accepted[0].first(registry::field(registry::Kind::person, "positions"));
  ASSERT_NE(position, nullptr);
  EXPECT_EQ(position->get(registry::Attribute::from), "2015-09-01");
  EXPECT_EQ(position->get(registry::Attribute::to), "2019");
}

TEST(ReadyMapping, EquipmentSaysWhatItCanAndHowItIsBooked) {
  const Got got = read("equipment",
                       "Code\tNom\tCaractéristiques\tRéservation\tCalendrier\tFacturation\n"
                       "E1\tTrieur\tlaser 355 nm; buse 100 µm\tsur demande\thttps://a.example/c.ics\tInstitut X\n"
                       "E2\tLoupe\t\thttps://resa.example/e2\t\t\n");
  ASSERT_EQ(got.sink.accepted.size(), 2u);
  EXPECT_TRUE(got.sink.notices.empty());
  const registry::Record& sorter = got.sink.accepted[0];
  EXPECT_EQ(said(sorter, "capabilities"), (Texts{"laser 355 nm", "buse 100 µm"}));
  EXPECT_EQ(said(sorter, "booking"), (Texts{"request"}));
  EXPECT_EQ(said(sorter, "booking_address"), Texts{});
  EXPECT_EQ(said(sorter, "booking_calendar"), (Texts{"https://a.example/c.ics"}));
  EXPECT_EQ(said(sorter, "billing_institution"), (Texts{"name:Institut X"}));
  EXPECT_EQ(said(got.sink.accepted[1], "booking_address"), (Texts{"https://resa.example/e2"}));
}

// docs/rules/provenance.md, rule 6.
TEST(ReadyMapping, WhatAnInstitutionListsAndSaysOfNobodyIsItsOwn) {
  const std::string own = "ror:013cjyk83";
  const Got teams = read("teams", "Code\tNom\tTutelle\nT1\tSans tutelle\t\nT2\tDe Y\tInstitut Y\n", own);
  ASSERT_EQ(teams.sink.accepted.size(), 2u);
  EXPECT_EQ(said(teams.sink.accepted[0], "parents"), (Texts{own}));
  EXPECT_TRUE(registry::is_implied(teams.sink.accepted[0].values.back().second));
  EXPECT_EQ(said(teams.sink.accepted[1], "parents"), (Texts{"name:Institut Y"})) << "that one alone";
  const Got platforms = read("platforms", "Code\tNom\nP1\tPlateforme Exemple\n", own);
  ASSERT_EQ(platforms.sink.accepted.size(), 1u);
  EXPECT_EQ(said(platforms.sink.accepted[0], "hosts"), (Texts{own}));
  const Got equipment = read("equipment", "Code\tNom\tContact\nE1\tLoupe\tCamille Exemple\n", own);
  ASSERT_EQ(equipment.sink.accepted.size(), 2u);
  for (const registry::Record& each : equipment.sink.accepted) {
    const bool listed = each.kind == registry::Kind::equipment;
    EXPECT_EQ(said(each, listed ? "owners" : "positions"), listed ? Texts{own} : Texts{}) << "not who is beside";
  }
}

// docs/rules/provenance.md, rule 6.
TEST(ReadyMapping, TablesOfEverybodysThingsAndSourcesOfNobodyGiveNoOwner) {
  const std::string_view rnsr = "numero_national_de_structure\tlibelle\n200012345A\tUnité Exemple\n";
  const Got all = read("rnsr", rnsr, "ror:013cjyk83");
  ASSERT_EQ(all.sink.accepted.size(), 1u);
  EXPECT_EQ(said(all.sink.accepted[0], "parents"), Texts{});
  const Got nobodys = read("teams", "Code\tNom\nT1\tSans tutelle\n");
  ASSERT_EQ(nobodys.sink.accepted.size(), 1u);
  EXPECT_EQ(said(nobodys.sink.accepted[0], "parents"), Texts{});
}

TEST(ReadyMapping, PeopleSayHowTheyAreReachedAndWhetherTheyAppear) {
  const Got got = read("people",
                       "Matricule\tNom\tPrénom\tBiographie\tPréférence de contact\tOpposition\n"
                       "1\tExemple\tCamille\tÉtudie les cellules.\tpar formulaire\toui\n");
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  EXPECT_EQ(said(got.sink.accepted[0], "biography"), (Texts{"Étudie les cellules."}));
  EXPECT_EQ(said(got.sink.accepted[0], "contact_preference"), (Texts{"form"}));
  EXPECT_EQ(said(got.sink.accepted[0], "opted_out"), (Texts{"true"}));
}

TEST(ReadyMapping, WhatATableNeedsIsNamedFirst) {
  const Got got = read("people", "Couleur;Taille\nbleu;4\n");
  ASSERT_FALSE(got.done);
  EXPECT_TRUE(got.done.error().is(errors::no_header));
  EXPECT_TRUE(got.done.error().args().at(1).starts_with("Nom, Nom complet, Matricule")) << got.done.error().message();
}

TEST(ReadyMapping, WhatIsNobodysNameIsNoPerson) {
  const Got got = read("people",
                       "Matricule\tNom\tPrénom\nP1\tExemple\tnull\nP2\tFiction\tNULL\nP3\tRoman\tn/a\n"
                       "P4\tConte\t-\nP5\tNull\tCamille\nP6\tAl\tNa\nP7\tet al.\t\nP8\tal.\tet\nP9\tFable\tN. A.\n");
  ASSERT_EQ(got.sink.accepted.size(), 7u);
  EXPECT_EQ(got.sink.rejected.size(), 2u);
  for (size_t at = 0; at < 4; ++at) {
    EXPECT_EQ(said(got.sink.accepted[at], "given_names"), Texts{}) << at;
    EXPECT_EQ(said(got.sink.accepted[at], "family_name").size(), 1u);
  }
  EXPECT_EQ(said(got.sink.accepted[4], "family_name"), Texts{"Null"});
  EXPECT_EQ(said(got.sink.accepted[4], "given_names"), Texts{"Camille"});
  EXPECT_EQ(said(got.sink.accepted[5], "given_names"), Texts{"Na"});
  EXPECT_EQ(said(got.sink.accepted[6], "given_names"), Texts{"N. A."});
  EXPECT_EQ(got.sink.notices.size(), 1u) << "null is told; NULL, n/a and a dash are empty cells everywhere";
  EXPECT_TRUE(got.sink.rejected.front().error.is(errors::no_name));
}

}  // namespace
}  // namespace pitchblende::sources
