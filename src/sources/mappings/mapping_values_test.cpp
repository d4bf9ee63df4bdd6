#include "sources/mappings/mapping_values.hpp"

#include <gtest/gtest.h>

#include "sources/errors.hpp"
#include "sources/mappings/mapping_pattern.hpp"

namespace pitchblende::sources {
namespace {

std::string date(std::string_view text, ReadingHabits habits = {}) { return read_date(text, habits).value_or("none"); }

TEST(MappingValues, ReadDatesOfTwoLanguages) {
  EXPECT_EQ(date("2019"), "2019");
  EXPECT_EQ(date("2019-04"), "2019-04");
  EXPECT_EQ(date("2019-04-30T10:20:30Z"), "2019-04-30");
  EXPECT_EQ(date("30/04/2019"), "2019-04-30");
  EXPECT_EQ(date("30.4.19"), "2019-04-30");
  EXPECT_EQ(date("30/4/87"), "1987-04-30");
  EXPECT_EQ(date("30/04/2019 10:20"), "2019-04-30");
  EXPECT_EQ(date("30/04/2019 10h20"), "2019-04-30");
  EXPECT_EQ(date("04/2019"), "2019-04");
  EXPECT_EQ(date("20190430"), "2019-04-30");
  EXPECT_EQ(date("1er avril 2019"), "2019-04-01");
  EXPECT_EQ(date("mardi 30 avril 2019"), "2019-04-30");
  EXPECT_EQ(date("avr. 2019"), "2019-04");
  EXPECT_EQ(date("Août 2019"), "2019-08");
  EXPECT_EQ(date("juil-19"), "2019-07");
  EXPECT_EQ(date("juin 2019"), "2019-06");
  EXPECT_EQ(date("déc. 2019"), "2019-12");
  EXPECT_EQ(date("April 30th, 2019"), "2019-04-30");
  EXPECT_EQ(date("30-Apr-2019"), "2019-04-30");
  EXPECT_EQ(date("Tuesday, 30 April 2019"), "2019-04-30");
  EXPECT_EQ(date("2019 April 3"), "2019-04-03");
  EXPECT_EQ(date("04/30/2019", {DayOrder::month_first, DateSystem::from_1900, ','}), "2019-04-30");
}

TEST(MappingValues, RefuseDatesThatDoNotExist) {
  for (const char* text :
       {"31/02/2024", "29/02/2023", "04/30/2019", "00/01/2019", "2019-13", "2019-00-10", "32 mai 2019", "bientôt",
        "2019 ?", "1/2/3/4", "99", "0", "12345678901", "", "en 2019 ou 2020", "3019", "-5"}) {
    EXPECT_EQ(date(text), "none") << text;
  }
  EXPECT_EQ(date("29/02/2024"), "2024-02-29");
}

TEST(MappingValues, ReadDaysOfASpreadsheet) {
  EXPECT_EQ(date("44652"), "2022-04-01");
  EXPECT_EQ(date("44652.75"), "2022-04-01");
  EXPECT_EQ(date("43190", {DayOrder::day_first, DateSystem::from_1904, ','}), "2022-04-01");
  EXPECT_EQ(serial_date(1, DateSystem::from_1900), "1900-01-01");
  EXPECT_EQ(serial_date(59, DateSystem::from_1900), "1900-02-28");
  EXPECT_EQ(serial_date(61, DateSystem::from_1900), "1900-03-01");
  EXPECT_EQ(serial_date(0, DateSystem::from_1904), "1904-01-01");
  EXPECT_EQ(serial_date(1e300, DateSystem::from_1900), std::nullopt);
  EXPECT_EQ(serial_date(-1, DateSystem::from_1900), std::nullopt);
  EXPECT_EQ(serial_date(0.0 / 0.0, DateSystem::from_1900), std::nullopt);
}

TEST(MappingValues, SplitPeriods) {
  const auto both = [](std::string_view text) { return split_period(text).begin + "|" + split_period(text).end; };
  EXPECT_EQ(both("2015-2019"), "2015|2019");
  EXPECT_EQ(both("2015/2019"), "2015|2019");
  EXPECT_EQ(both("01/2015 – 12/2019"), "01/2015|12/2019");
  EXPECT_EQ(both("de 2015 à 2019"), "2015|2019");
  EXPECT_EQ(both("depuis 2015"), "2015|");
  EXPECT_EQ(both("jusqu’en 2019"), "|2019");
  EXPECT_EQ(both("2015-04"), "2015-04|");
}

TEST(MappingValues, ReadNumbers) {
  const auto number = [](std::string_view text, char decimal = ',') {
    return read_number(text, decimal).value_or("none");
  };
  EXPECT_EQ(number("1 234,50 €"), "1234.5");
  EXPECT_EQ(number("1 234,50"), "1234.5");
  EXPECT_EQ(number("1.234.567,8"), "1234567.8");
  EXPECT_EQ(number("1,234,567.80"), "1234567.8");
  EXPECT_EQ(number("1,5 M€"), "1500000");
  EXPECT_EQ(number("300 k€"), "300000");
  EXPECT_EQ(number("2 millions d'euros"), "2000000");
  EXPECT_EQ(number("80 %"), "80");
  EXPECT_EQ(number("0,80"), "0.8");
  EXPECT_EQ(number("-12"), "-12");
  EXPECT_EQ(number("007"), "7");
  EXPECT_EQ(number("1,234"), "1.234");
  EXPECT_EQ(number("1,234", '.'), "1234");
  for (const char* text : {"", "douze", "12 rue", "1-2", ",", "€", "12,", "1 2a"}) {
    EXPECT_EQ(number(text), "none") << text;
  }
}

TEST(MappingValues, SplitNames) {
  const auto split = [](std::string_view text) {
    const PrintedName name = split_name(text);
    return name.family + "|" + name.given + (name.honorific.empty() ? "" : "|" + name.honorific);
  };
  EXPECT_EQ(split("DUPONT Jean"), "DUPONT|Jean");
  EXPECT_EQ(split("Jean Dupont"), "Dupont|Jean");
  EXPECT_EQ(split("Dupont, Jean"), "Dupont|Jean");
  EXPECT_EQ(split("Jean-Marc DE LA TOUR"), "DE LA TOUR|Jean-Marc");
  EXPECT_EQ(split("Jean de LA TOUR"), "de LA TOUR|Jean");
  EXPECT_EQ(split("Ludwig van Exemple"), "van Exemple|Ludwig");
  EXPECT_EQ(split("Pr Camille EXEMPLE"), "EXEMPLE|Camille|Pr");
  EXPECT_EQ(split("Mme le Dr. Camille Exemple"), "Exemple|le Dr. Camille|Mme");
  EXPECT_EQ(split("DUPONT J.-P."), "DUPONT|J.-P.");
  EXPECT_EQ(split("J. DUPONT"), "DUPONT|J.");
  EXPECT_EQ(split("DUPONT JEAN"), "DUPONT|JEAN");
  EXPECT_EQ(split("Exemple"), "Exemple|");
  EXPECT_EQ(split("Camille Exemple, PhD"), "Exemple|Camille");
  EXPECT_EQ(split("Camille Exemple (U-7)"), "Exemple|Camille");
  EXPECT_EQ(split(""), "|");
  EXPECT_EQ(name_case("D'INVENTÉ-MARTIN"), "D'Inventé-Martin");
  EXPECT_EQ(name_case("McDonald"), "McDonald");
}

TEST(MappingValues, CheckReferences) {
  EXPECT_EQ(typed_reference("local:U-7", "curie").text, "local:curie/U-7");
  EXPECT_EQ(typed_reference("local:curie/U-7", "curie").text, "local:curie/U-7");
  EXPECT_EQ(typed_reference("pmid:PMID: 12345678", "x").text, "pmid:12345678");
  EXPECT_TRUE(typed_reference("orcid:0000-0002-1825-0098", "x").problem);
  EXPECT_TRUE(typed_reference("no scheme", "x").problem->is(errors::reference));
  EXPECT_TRUE(typed_reference("name:", "x").problem);
}

TEST(MappingValues, PatternsAreBounded) {
  const auto greedy = Pattern::read("(a+)+$");
  ASSERT_TRUE(greedy);
  EXPECT_EQ(greedy->extract(std::string(5000, 'a') + "b"), std::nullopt);
  EXPECT_EQ(Pattern::read("N°\\s*(\\d+)")->extract("Convention N° 42 bis"), "42");
  EXPECT_FALSE(Pattern::read("(a"));
}

}  // namespace
}  // namespace pitchblende::sources
