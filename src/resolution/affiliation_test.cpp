#include "resolution/affiliation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pitchblende::resolution {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Affiliation, is_folded_into_segments_without_its_address) {
  std::string email;
  EXPECT_EQ(
      fold_affiliation("Institut d'Exemple, UMR 7104, F-75005 Paris. Electronic address: Camille@exemple.fr.", &email),
      "institut d exemple;umr 7104;f 75005 paris electronic address");
  EXPECT_EQ(email, "camille@exemple.fr");
  EXPECT_EQ(fold_affiliation("Hôpital Démo; Service de Fiction", &email), "hopital demo;service de fiction");
  EXPECT_EQ(email, "");
  EXPECT_EQ(fold_affiliation("@", &email), "");
  EXPECT_EQ(fold_affiliation("a@b c@@d @", &email).find('@'), std::string::npos);
}

TEST(Affiliation, segments_are_worth_what_they_tell) {
  EXPECT_EQ(classify("institut exemple").worth, SegmentClass::institution);
  EXPECT_EQ(classify("umr 7104").worth, SegmentClass::institution);
  EXPECT_EQ(classify("u1068").worth, SegmentClass::institution);
  EXPECT_EQ(classify("umr7104").text, classify("umr 7104").text);
  for (const char* printed : {"UMR-S 1138", "UMR_S 1138", "UMRS1138", "Inserm U1138", "U 1138", "UMR S1138"}) {
    const Segment unit = classify(fold_affiliation(printed));
    EXPECT_EQ(unit.worth, SegmentClass::institution) << printed;
    EXPECT_THAT(unit.tokens, testing::Contains("u1138")) << printed;
  }
  EXPECT_THAT(classify("umr 1138").tokens, ElementsAre("umr1138", "u1138")) << "it may be Inserm's";
  EXPECT_NE(classify("umr s 1138").text, classify("umr s 872").text) << "two units";
  EXPECT_EQ(classify("ur 20218 fiction").text, "ea20218 fiction");
  EXPECT_EQ(classify("u 10693").text, "u10693") << "there is room for numbers to come";
  EXPECT_EQ(classify("department of surgery").worth, SegmentClass::department);
  EXPECT_EQ(classify("university hospital").worth, SegmentClass::department);
  EXPECT_EQ(classify("75005 paris").worth, SegmentClass::other);
  EXPECT_EQ(classify("75005 paris").text, "paris");
  EXPECT_THAT(classify("inserm 75013 paris").tokens, Not(Contains("u75013"))) << "no unit, which would be rare";
  EXPECT_EQ(classify("france").worth, SegmentClass::none);
  EXPECT_EQ(classify("75005").worth, SegmentClass::none);
  EXPECT_EQ(classify("ror:013cjyk83").worth, SegmentClass::reference);
  EXPECT_THAT(classify("university of exemple").tokens, ElementsAre("exemple"));
  EXPECT_THAT(classify("").tokens, IsEmpty());
}

TEST(Affiliation, names_of_organisations_meet_without_legal_form_and_articles) {
  EXPECT_EQ(organisation_key("Exemple Pharma S.A.S."), "exemple pharma");
  EXPECT_EQ(organisation_key("EXEMPLE PHARMA"), "exemple pharma");
  EXPECT_EQ(organisation_key("SARL Exemple"), "exemple");
  EXPECT_EQ(organisation_key("Université de Démo"), organisation_key("UNIVERSITE DEMO"));
  EXPECT_EQ(organisation_key("L’Institut d’Exemple"), "institut exemple");
  EXPECT_EQ(organisation_key("SA"), "sa");
  for (const char* spelled :
       {"Société par actions simplifiée Exemple Pharma", "Exemple Pharma, société par actions simplifiée",
        "Société à responsabilité limitée Exemple Pharma", "Exemple Pharma Société anonyme à directoire",
        "Exemple Pharma Limited", "Exemple Pharma Incorporated", "Exemple Pharma Corporation",
        "Exemple Pharma Aktiengesellschaft", "Exemple Pharma Gesellschaft mit beschränkter Haftung",
        "Exemple Pharma Private Limited", "EXEMPLE PHARMA LIMITED LIABILITY COMPANY", "Exemple Pharma GmbH & Co. KG",
        "Groupement d’intérêt économique Exemple Pharma", "Exemple Pharma Società per azioni"}) {
    EXPECT_EQ(organisation_key(spelled), "exemple pharma") << spelled;
  }
  EXPECT_EQ(organisation_key("Société anonyme"), "societe anonyme") << "nothing but a form";
  EXPECT_EQ(organisation_key("Société anonyme des exemples"), "societe anonyme exemples");
  EXPECT_EQ(organisation_key("La"), "la");
}

}  // namespace
}  // namespace pitchblende::resolution
