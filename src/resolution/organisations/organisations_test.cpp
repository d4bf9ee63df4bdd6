#include "resolution/organisations/organisations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "resolution/organisations/organisation_codes.hpp"
#include "resolution/organisations/organisation_model.hpp"
#include "resolution/organisations/organisation_tie.hpp"

namespace pitchblende::resolution {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

OrganisationDescription described(std::string id, std::vector<OrganisationName> names, std::string town = "Paris") {
  OrganisationDescription out;
  out.id = std::move(id);
  out.names = std::move(names);
  out.country = "FR";
  out.towns = {std::move(town)};
  out.type = OrganisationType::education;
  out.renown = 8;
  return out;
}

// An invented country of research: what is called as in life are the national bodies.
std::vector<OrganisationDescription> invented() {
  std::vector<OrganisationDescription> all;
  all.push_back(described(
      "u-demo", {{"Université de Démoville"}, {"University of Démoville", OrganisationNameKind::alias}}, "Démoville"));
  all.push_back(described("u-old", {{"Université Ancienne Barbentane"}}, "Barbentane"));
  all.back().closed = "2018";
  all.back().successors = {{"u-new", "2018", ""}};
  all.push_back(described("u-new", {{"Université Nouvelle Carpentras"}}, "Carpentras"));
  all.push_back(described("ap", {{"Assistance Publique Hôpitaux de Sérignan"}}, "Sérignan"));
  all.push_back(described("hosp", {{"Hôpital Frontignan"}}, "Sérignan"));
  all.back().parents = {{"ap", "", ""}};
  all.back().type = OrganisationType::healthcare;
  all.push_back(described(
      "crx", {{"Centre de Recherche en Oncologie de Lunel"}, {"CROL", OrganisationNameKind::acronym}}, "Lunel"));
  all.back().units = {"UMR 7258", "U1068"};
  all.back().parents = {{"u-old", "2010", "2017"}, {"u-new", "2018", ""}, {"hosp", "", ""}};
  all.push_back(described("twin-a", {{"Institut Zéphyrin"}}, "Nîmes"));
  all.push_back(described("twin-b", {{"Institut Zéphyrin"}}, "Brest"));
  all.push_back(described("cjk", {{"架空大学"}}, "東京"));
  all.back().country = "JP";
  for (int i = 0; i < 200; ++i) {  // so that words have frequencies
    const std::string town = "Ville" + std::string(1, static_cast<char>('a' + i % 26)) +
                             std::string(1, static_cast<char>('a' + i / 26)) + "ac";
    all.push_back(described("x" + std::to_string(i), {{(i % 2 == 0 ? "Université de " : "Hôpital de ") + town}}, town));
  }
  return all;
}

std::vector<std::string> ids(const AffiliationAnswer& answer) {
  std::vector<std::string> out;
  for (const OrganisationMatch& one : answer.organisations) {
    out.emplace_back(one.id);
  }
  return out;
}

const OrganisationMatch* found(const AffiliationAnswer& answer, std::string_view id) {
  for (const OrganisationMatch& one : answer.organisations) {
    if (one.id == id) {
      return &one;
    }
  }
  return nullptr;
}

// docs/rules/affiliations.md, rule 4.
TEST(UnitCodes, are_read_in_their_many_spellings) {
  const auto keys = [](std::string_view text) {
    std::vector<std::string> out;
    for (const UnitCode& code : unit_codes(text)) {
      out.push_back(code.key);
    }
    return out;
  };
  EXPECT_THAT(keys("CNRS UMR 7104"), ElementsAre("umr:7104"));
  EXPECT_THAT(keys("UMR7104"), ElementsAre("umr:7104"));
  EXPECT_THAT(keys("UMR CNRS n° 7104"), ElementsAre("umr:7104"));
  for (const char* text :
       {"U543", "Inserm U 543", "UMRS 543", "UMR_S 543", "UMR-S 543", "UMR S543", "Inserm UMR 543", "INSERM 543"}) {
    EXPECT_THAT(keys(text), ElementsAre("u:543")) << text;
  }
  EXPECT_THAT(keys("EA 4340"), ElementsAre("ea:4340"));
  EXPECT_THAT(keys("UR4340"), ElementsAre("ea:4340"));
  EXPECT_THAT(keys("CIC-P 1418"), ElementsAre("cic:1418"));
  EXPECT_THAT(keys("ERL 8228"), ElementsAre("erl:8228"));
  EXPECT_THAT(keys("75005 Paris, US 90210, room 12"), IsEmpty());
  EXPECT_THAT(keys("Boston, MA, US 02115"), IsEmpty());
}

// docs/rules/affiliations.md, rule 4: each label as it stands in French affiliations.
TEST(UnitCodes, every_label_is_read_however_its_number_is_put) {
  struct Case {
    const char* text;
    std::vector<std::string> keys;
  };
  const std::vector<Case> cases = {
      {"Inserm UMR_S1138", {"u:1138"}},
      {"UMR-S 1138", {"u:1138"}},
      {"UMRS_1138", {"u:1138"}},
      {"UMR_S_1138", {"u:1138"}},
      {"UMRS U1138", {"u:1138"}},
      {"INSERM, UMR 1138", {"umr:1138"}},
      {"Inserm\u00a0U\u00a01068", {"u:1068"}},
      {"INSERM-U1068", {"u:1068"}},
      {"Inserm Unité 1068", {"u:1068"}},
      {"INSERM research unit 1068", {"u:1068"}},
      {"Unité de recherche Inserm 1068", {"u:1068"}},
      {"U.1068", {"u:1068"}},
      {"UMR INSERM U1052/CNRS 5286", {"u:1052", "umr:5286"}},
      {"UMR7104/U1258", {"umr:7104", "u:1258"}},
      {"UMR1234", {"umr:1234"}},
      {"U.M.R. 7104", {"umr:7104"}},
      {"UMR‑7104", {"umr:7104"}},
      {"Unité mixte de recherche CNRS 7104", {"umr:7104"}},
      {"Joint Research Unit 7104", {"umr:7104"}},
      {"CNRS-UPR 411", {"upr:411"}},
      {"UPR3082 CNRS", {"upr:3082"}},
      {"EA 4340", {"ea:4340"}},
      {"EA-4340", {"ea:4340"}},
      {"E.A. 4340", {"ea:4340"}},
      {"UPRES EA n° 04340", {"ea:4340"}},
      {"Équipe d’accueil 4340", {"ea:4340"}},
      {"UR 20218", {"ea:20218"}},
      {"UR20218", {"ea:20218"}},
      {"OMIJ UR 14 233", {"ea:14233"}},
      {"UAR 3444", {"uar:3444"}},
      {"CNRS UAR3444, INSERM US8", {"uar:3444", "us:8"}},
      {"INSERM US24/CNRS UMS3633", {"us:24", "uar:3633"}},
      {"US 41 – UAR 2014-PLBS", {"us:41", "uar:2014"}},
      {"INRAE, US 1426 GeT", {"us:1426"}},
      {"CNRS USR 3388", {"uar:3388"}},
      {"EMR 9002", {"emr:9002"}},
      {"EMR CNRS 9002", {"emr:9002"}},
      {"ERL 8228", {"erl:8228"}},
      {"CNRS ERL 9003, INSERM U992", {"erl:9003", "u:992"}},
      {"CIC 1415", {"cic:1415"}},
      {"CIC1415", {"cic:1415"}},
      {"CIC-EC 1415", {"cic:1415"}},
      {"CIC-IT Inserm 1415", {"cic:1415"}},
      {"Centre d'Investigation Clinique 1415", {"cic:1415"}},
      {"FRE 2645 CNRS", {"fre:2645"}},
      {"UMI 3466 CNRS-MIT", {"irl:3466"}},
      {"IRL 3466", {"irl:3466"}},
      {"EMI U0107, INSERM", {"emi:107"}},
      {"INSERM EMI 0357", {"emi:357"}},
      {"JE 2492", {"je:2492"}},
      {"UMR_T 9405", {"umr:9405"}},
      {"UMR-D 257", {"umr:257"}},
  };
  for (const Case& each : cases) {
    std::vector<std::string> read;
    for (const UnitCode& code : unit_codes(each.text)) {
      read.push_back(code.key);
    }
    EXPECT_EQ(read, each.keys) << each.text;
  }
  for (const char* none : {"U937 cells", "CNRS 2019", "Paris 75005, France", "room 12, CNRS 3 bis", "U. 12"}) {
    for (const UnitCode& code : unit_codes(none)) {
      EXPECT_EQ(code.key, "u:937") << none;
    }
  }
}

TEST(UnitCodes, a_post_code_is_no_number_of_a_unit) {
  for (const char* none :
       {"INSERM - 75013 Paris", "Inserm 75013 Paris", "Inserm - 06000 Nice", "Unité de recherche - 94805 Villejuif",
        "Unité de recherche - 06000 Nice", "Unité mixte de recherche 75013 Paris", "Joint Research Unit 75013 Paris",
        "Unité propre de recherche 75013", "Unité mixte de recherche Inserm 75013 Paris"}) {
    EXPECT_THAT(unit_codes(none), IsEmpty()) << none;
  }
  EXPECT_THAT(unit_codes("U1052/CNRS 69008 Lyon"), SizeIs(1));
  for (const char* unit : {"UR 20218", "UR20218", "Unité de recherche n° 20218", "Unité de recherche no. 20218",
                           "UR 14 233", "Équipe d’accueil 4340", "Inserm 1068", "Inserm U 94805"}) {
    EXPECT_THAT(unit_codes(unit), SizeIs(1)) << unit;
  }
}

// What stands somewhere in a text is not looked for again at each of its numbers.
TEST(UnitCodes, a_long_text_of_numbers_takes_no_time) {
  std::string text;
  for (int at = 0; at < 200'000; ++at) {
    text += at % 2 == 0 ? "US 1426 " : "UMR 7104 ";
  }
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THAT(unit_codes(text), SizeIs(100'000));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
}

// Rules 4 and 6.
TEST(Organisations, a_unit_is_found_by_its_number_and_brings_its_parents) {
  const OrganisationIndex index(invented());
  const auto answer =
      index.match("Inserm U1068, Université de Démoville, CNRS UMR 7258, CROL, Lunel, France", {0.5, "2020"});
  const OrganisationMatch* unit = found(answer, "crx");
  ASSERT_NE(unit, nullptr);
  EXPECT_EQ(unit->evidence, OrganisationEvidence::unit_code);
  EXPECT_THAT(unit->parents, Contains("u-new"));
  EXPECT_THAT(unit->parents, Contains("hosp"));
  EXPECT_THAT(unit->parents, Contains("ap"));
  EXPECT_THAT(unit->parents, testing::Not(Contains("u-old")));
  EXPECT_EQ(answer.country, "FR");
  EXPECT_THAT(index.match("UMR_S 1068", {0.5, "2012"}).organisations.at(0).parents, Contains("u-old"));
}

// Rule 6.
TEST(Organisations, one_that_closed_goes_on_in_its_successor) {
  const OrganisationIndex index(invented());
  const auto now = index.match("Université Ancienne Barbentane, France");
  ASSERT_THAT(ids(now), Contains("u-old"));
  EXPECT_EQ(found(now, "u-old")->current, "u-new");
  EXPECT_EQ(found(index.match("Université Ancienne Barbentane", {0.5, "2015"}), "u-old")->current, "u-old");
}

// Rule 7.
TEST(Organisations, of_namesakes_none_is_guessed) {
  const OrganisationIndex index(invented());
  const auto answer = index.match("Institut Zéphyrin, France", {0, {}});
  ASSERT_FALSE(answer.organisations.empty());
  const auto& one = answer.organisations.front();
  EXPECT_TRUE(one.ambiguous);
  ASSERT_FALSE(one.rivals.empty());
  EXPECT_THAT((std::vector<std::string_view>{one.id, one.rivals.front().id}),
              testing::UnorderedElementsAre("twin-a", "twin-b"));
}

TEST(Organisations, cycles_end) {
  auto all = invented();
  for (auto& one : all) {
    if (one.id == "u-new") {
      one.parents = {{"crx", "", ""}};
      one.closed = "2020";
      one.successors = {{"u-old", "", ""}};
    }
  }
  const OrganisationIndex index(all);
  EXPECT_FALSE(
      index.match("UMR 7258, Université Nouvelle Carpentras, Université Ancienne Barbentane").organisations.empty());
}

// Rule 3.
TEST(Organisations, a_probability_asks_every_tree) {
  // Clear after the first trees, and turned round by the last: what rivals are set against is the whole sum.
  std::string text;
  for (int at = 0; at < 40; ++at) {
    text += std::to_string(at) + "\t0\tcoverage\t0.5\t1\t2\t1\t2\n" + std::to_string(at) + "\t1\tleaf\t-1\t1\n" +
            std::to_string(at) + "\t2\tleaf\t" + (at < 32 ? "1" : "-4") + "\t1\n";
  }
  const auto model = read_organisation_model(text);
  ASSERT_TRUE(model) << model.error().message();
  OrganisationFeatures features{};
  features[feature_number("coverage")] = 1;
  EXPECT_NEAR(probability(*model, features), 0.5, 1e-6);
  EXPECT_FALSE(read_organisation_model("0\t0\tno_such_evidence\t0.5\t1\t2\t1\t2\n"));
}

// Rule 3.
TEST(Organisations, a_string_stands_for_one_or_for_nobody) {
  const OrganisationIndex index(invented());
  const auto answer = index.match("Hôpital Frontignan, Sérignan; Université de Démoville, Démoville, France", {0, {}});
  double sum = 0;
  for (const OrganisationMatch& one : answer.organisations) {
    sum += one.principal;
  }
  EXPECT_GE(answer.organisations.size(), 2U);
  EXPECT_LE(sum, 1 + 1e-6);
  ASSERT_TRUE(answer.principal);
  EXPECT_GT(answer.organisations[*answer.principal].principal, k_least_principal);
}

// Rule 4: the number names the unit as surely as ever, and says little of whom the string stands for.
TEST(Organisations, a_number_names_its_unit_and_leaves_open_whom_the_string_stands_for) {
  const OrganisationIndex index(invented());
  const auto answer = index.match("UMR 7258", {0, {}});
  const OrganisationMatch* unit = found(answer, "crx");
  ASSERT_NE(unit, nullptr);
  EXPECT_GT(unit->probability, 0.9);
  EXPECT_LT(unit->principal, 0.5);
  ASSERT_TRUE(answer.principal);  // nobody else is there
  EXPECT_EQ(answer.organisations[*answer.principal].id, "crx");
}

// Rule 2.
TEST(Organisations, names_of_the_same_words_leave_room_for_another) {
  auto all = invented();
  for (int i = 0; i < 20; ++i) {
    const std::string word(3, static_cast<char>('a' + i));
    all.push_back(described("t" + std::to_string(i),
                            {{"Zygotique Moléculaire Thérapeutique Cellulaire Structurale Quantique Marine " + word}},
                            "Brest"));
  }
  const OrganisationIndex index(all);
  const auto answer = index.match(
      "Zygotique Moléculaire Thérapeutique Cellulaire Structurale Quantique Marine, Université de Villaaac", {0, {}});
  EXPECT_NE(found(answer, "x0"), nullptr);
}

TEST(Organisations, two_affiliations_are_as_near_as_what_they_name) {
  const OrganisationIndex index(invented());
  const auto nearness = [&](std::string_view a, std::string_view b) {
    const auto first = index.match(a, {0.5, "2020"});
    const auto second = index.match(b, {0.5, "2020"});
    EXPECT_EQ(tie(first, second), tie(second, first)) << a;
    return tie(first, second);
  };
  EXPECT_EQ(nearness("UMR 7258", "Inserm U1068"), OrganisationTie::organisation);
  EXPECT_EQ(nearness("UMR 7258", "Université Nouvelle Carpentras, France"), OrganisationTie::organisation);
  EXPECT_EQ(nearness("Université Ancienne Barbentane, France", "Université Nouvelle Carpentras, France"),
            OrganisationTie::organisation)
      << "one became the other";
  EXPECT_EQ(nearness("Service inconnu, Nîmes, France", "Autre maison, NIMES, France"), OrganisationTie::town);
  EXPECT_EQ(nearness("Service inconnu, Nîmes, France", "Autre maison, Brest, France"), OrganisationTie::nothing);
  EXPECT_EQ(nearness("UMR 7258", ""), OrganisationTie::unknown);
}

TEST(Organisations, whatever_comes_is_read) {
  const OrganisationIndex index(invented());
  EXPECT_THAT(index.match("").organisations, IsEmpty());
  EXPECT_THAT(index.match(";;;,,,(((").organisations, IsEmpty());
  EXPECT_THAT(index.match("@@@ @ a@ @b").organisations, IsEmpty());
  EXPECT_THAT(index.match("Universit\xC3\x83\xC2\xA9 \xFF\xFE\x80 \xE9").organisations, IsEmpty());
  EXPECT_THAT(index
                  .match("F-\xC1"
                         "0000 N\xE0\x81\xB0 \xF0\x80\x81\xB0 \xC3(")
                  .organisations,
              IsEmpty())
      << "letters written longer than they need be";
  EXPECT_THAT(ids(index.match("架空大学医学部", {0.0, {}})), Contains("cjk"));
  std::string longest;
  while (longest.size() < 30000) {
    longest += "Department of nothing, Université de Démoville, Démoville, France; ";
  }
  EXPECT_THAT(ids(index.match(longest)), Contains("u-demo"));
  EXPECT_THAT(index.match("Université de Démoville. Camille@exemple.fr").emails, ElementsAre("camille@exemple.fr"));
  EXPECT_THAT(OrganisationIndex({}).match("Université de Démoville, UMR 7258").organisations, IsEmpty());
}

// docs/rules/affiliations.md, rule 5.
TEST(Organisations, an_address_strengthens_and_is_never_enough_alone) {
  auto all = invented();
  all.front().domains = {"demoville.example"};
  const OrganisationIndex index(all);
  const auto likelihood = [&](const std::string& text) {
    const AffiliationAnswer answer = index.match(text, {0.0, {}});
    const OrganisationMatch* one = found(answer, "u-demo");
    return one == nullptr ? 0.0 : one->probability;
  };
  const std::string text = "Laboratory of everything, Univ Demoville";
  EXPECT_GT(likelihood(text + ", camille@mail.demoville.example"), likelihood(text));
  EXPECT_EQ(likelihood(text + ", camille@elsewhere.example"), likelihood(text)) << "another's domain says nothing";
  EXPECT_THAT(index.match("camille@demoville.example").organisations, IsEmpty());
  EXPECT_THAT(index.match("Laboratory of everything, camille@demoville.example").organisations, IsEmpty());
}

TEST(Organisations, their_order_changes_nothing) {
  auto all = invented();
  const OrganisationIndex first(all);
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    const OrganisationIndex other(all);
    for (const char* text :
         {"Institut Zéphyrin", "Hôpital Frontignan, Université de Démoville", "CROL, UMR7258, Univ. de Villeaaac"}) {
      const auto a = first.match(text, {0, {}});
      const auto b = other.match(text, {0, {}});
      ASSERT_EQ(ids(a), ids(b)) << text;
      for (size_t i = 0; i < a.organisations.size(); ++i) {
        EXPECT_EQ(a.organisations[i].probability, b.organisations[i].probability) << text;
      }
    }
  }
}

// Rules 1 and 2.
TEST(Organisations, what_must_not_matter_does_not) {
  const OrganisationIndex index(invented());
  const auto plain = ids(index.match("Université de Démoville, Démoville, France"));
  EXPECT_THAT(plain, Contains("u-demo"));
  for (const char* text :
       {"UNIVERSITE DE DEMOVILLE, DEMOVILLE, FRANCE", "  Université  de   Démoville ,Démoville,  France. ",
        "University of Démoville, Démoville, France", "Univ. Demoville, Demoville, France",
        "Université de &quot;Démoville&quot;, Démoville&nbsp;, France"}) {
    EXPECT_EQ(ids(index.match(text)), plain) << text;
  }
}

}  // namespace
}  // namespace pitchblende::resolution
