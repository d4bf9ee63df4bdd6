#include "resolution/people/person_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pitchblende::resolution {
namespace {

using registry::Attribute;
using testing::Contains;
using testing::ElementsAre;

struct Printed {
  const char* printed;
  const char* family;
  const char* given;
};

class PrintedName : public testing::TestWithParam<Printed> {};

TEST_P(PrintedName, is_read) {
  const PersonName name = parse_printed(GetParam().printed);
  EXPECT_EQ(name.family, GetParam().family);
  EXPECT_EQ(name.given, GetParam().given);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PrintedName,
    testing::Values(Printed{"Exemple J", "exemple", "j"}, Printed{"Exemple JP", "exemple", "j p"},
                    Printed{"EXEMPLE Camille", "exemple", "camille"}, Printed{"Camille EXEMPLE", "exemple", "camille"},
                    Printed{"Camille Exemple", "exemple", "camille"}, Printed{"J.-P. Exemple", "exemple", "j p"},
                    Printed{"J P Exemple", "exemple", "j p"}, Printed{"Exemple, Camille", "exemple", "camille"},
                    Printed{"de la Fiction, Marie-Ève", "de la fiction", "marie eve"},
                    Printed{"Marie de la Fiction", "de la fiction", "marie"},
                    Printed{"Dr Jean van Exemple, PhD", "van exemple", "jean"},
                    Printed{"Pr. Anne DE LA FICTION", "de la fiction", "anne"},
                    Printed{"Camille Exemple Jr", "exemple", "camille"}, Printed{"Éxémple", "exemple", ""},
                    Printed{"", "", ""}));

TEST(PersonName, comes_from_attributes_before_the_printed_form) {
  registry::Value value;
  value.text = "Fiction M";
  value.with(Attribute::family, "Fiction").with(Attribute::particle, "de la").with(Attribute::given, "Marie-Ève");
  EXPECT_EQ(name_of(value).family, "de la fiction");
  EXPECT_EQ(name_of(value).given, "marie eve");
}

TEST(PersonName, parts_initials_that_are_run_together) {
  EXPECT_EQ(name_of("Exemple", "JP", "JP", "").given, "j p");
  EXPECT_EQ(name_of("Exemple", "", "JP", "").given, "j p");
  EXPECT_EQ(name_of("Exemple", "Jean P", "JP", "").given, "jean p");
  EXPECT_EQ(name_of("EXEMPLE", "JEAN", "J", "").given, "jean");
}

TEST(PersonName, family_forms_meet_with_and_without_particle_and_by_part) {
  EXPECT_THAT(family_forms("de la tour"), ElementsAre("tour", "delatour"));
  EXPECT_THAT(family_forms("martin exemple"), ElementsAre("martinexemple", "martin", "exemple"));
  EXPECT_THAT(family_forms("le blanc"), Contains(family_forms("leblanc").front()));
  EXPECT_EQ(compare_family("de la tour", "tour"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("le blanc", "leblanc"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("martin exemple", "exemple"), FamilyMatch::part);
  EXPECT_EQ(compare_family("martin", "exemple"), FamilyMatch::conflict);
  EXPECT_EQ(compare_family("martin exemple", "martin fiction"), FamilyMatch::conflict);
}

TEST(PersonName, one_letter_may_be_written_in_two_ways) {
  EXPECT_EQ(compare_family("joergexemple", "jorgexemple"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("tchernexemple", "chernexemple"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("chtcherexemple", "shcherexemple"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("boutexemple", "butexemple"), FamilyMatch::equal);
  EXPECT_EQ(compare_family("shen", "chen"), FamilyMatch::conflict);
  EXPECT_EQ(compare_family("zhou", "zhu"), FamilyMatch::conflict);
  EXPECT_EQ(compare_family("xue", "xu"), FamilyMatch::conflict);
  EXPECT_THAT(family_forms("joergexemple"), ElementsAre("joergexemple", "jorgexemple"));
  EXPECT_THAT(family_forms("tchernexemple"), Contains(family_forms("chernexemple").front()));
}

TEST(PersonName, given_names_are_compared_as_people_use_them) {
  EXPECT_EQ(compare_given("jean", "jean").match, GivenMatch::full);
  EXPECT_EQ(compare_given("jean pierre", "jeanpierre").match, GivenMatch::full);
  EXPECT_EQ(compare_given("j", "jean").match, GivenMatch::initials);
  EXPECT_TRUE(compare_given("j p", "jean pierre").second);
  EXPECT_EQ(compare_given("alex", "alexandra").match, GivenMatch::variant);
  EXPECT_EQ(compare_given("claire", "marie claire").match, GivenMatch::variant);
  EXPECT_EQ(compare_given("jean", "paul").match, GivenMatch::conflict);
  EXPECT_EQ(compare_given("j p", "j m").match, GivenMatch::conflict);
  EXPECT_EQ(compare_given("jean p", "jean marc").match, GivenMatch::conflict);
  EXPECT_EQ(compare_given("", "jean").match, GivenMatch::unknown);
}

TEST(PersonName, one_form_may_say_no_more_than_another) {
  EXPECT_TRUE(says_no_more("j", "jean pierre"));
  EXPECT_FALSE(says_no_more("jean pierre", "jean"));
  EXPECT_FALSE(says_no_more("j", "paul"));
}

}  // namespace
}  // namespace pitchblende::resolution
