#include "resolution/things/instruments.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "resolution/affiliation.hpp"

namespace pitchblende::resolution {
namespace {

Agreement makes(const char* a, const char* b) { return compare_makes(organisation_key(a), organisation_key(b)); }

TEST(Instruments, a_make_is_compared_as_the_name_of_a_company) {
  for (const auto& [a, b] : {std::pair{"Zeiss", "Carl Zeiss"},
                             {"Zeiss", "CARL ZEISS Microscopy GmbH"},
                             {"Leica", "Leica Microsystems CMS"},
                             {"Perkin Elmer", "PerkinElmer France"},
                             {"Bio-Rad", "BioRad Laboratories, Inc."},
                             {"BD", "Becton Dickinson"},
                             {"BD Biosciences", "Becton, Dickinson and Company"},
                             {"GE Healthcare", "General Electric"},
                             {"Olympus", "Olimpus"},
                             {"Démo Optik SAS", "Société par actions simplifiée Demo Optik"}}) {
    EXPECT_EQ(makes(a, b), Agreement::same) << a << " / " << b;
    EXPECT_EQ(makes(b, a), Agreement::same) << a << " / " << b;
  }
  for (const auto& [a, b] : {std::pair{"Zeiss", "Leica"},
                             {"Leica Microsystems", "Bruker Microsystems"},
                             {"Applied Biosystems", "Applied Materials"},
                             {"Sony", "Sany"},
                             {"BD", "Bruker"}}) {
    EXPECT_EQ(makes(a, b), Agreement::different) << a << " / " << b;
  }
  EXPECT_EQ(makes("", "Zeiss"), Agreement::unknown);
}

TEST(Instruments, a_model_is_compared_without_its_make_and_its_spaces) {
  EXPECT_EQ(model_key("zeiss lsm 880", "carl zeiss"), "lsm 880");
  EXPECT_EQ(model_key("zeiss", "zeiss"), "zeiss");
  EXPECT_EQ(compare_models("lsm 880", "lsm880"), Agreement::same);
  EXPECT_EQ(compare_models("lsm 880", "lsm 880 airyscan"), Agreement::part);
  EXPECT_EQ(compare_models("m 1", "m 12"), Agreement::different);
  EXPECT_EQ(compare_models("lsm 880", ""), Agreement::unknown);
}

TEST(Instruments, long_values_take_no_time) {
  const auto words = [](const std::string& stem, bool numbered) {
    std::string out;
    for (int at = 0; at < 100'000; ++at) {
      out += (at == 0 ? "" : " ") + stem + (numbered ? std::to_string(at) : "");
    }
    return out;
  };
  const std::string one = words("lens", true);
  const auto began = std::chrono::steady_clock::now();
  for (const std::string& other : {words("stage", true), words("stage", false)}) {
    EXPECT_EQ(compare_makes(one, other), Agreement::different);
    EXPECT_EQ(compare_models(one, other), Agreement::different);
    EXPECT_EQ(compare_models(one, one + "0"), Agreement::part) << "its first words are those of the other";
    EXPECT_EQ(model_key(one, other), one);
  }
  const std::string again = words("lens", false);
  EXPECT_EQ(compare_models(again, again + "s"), Agreement::part);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  EXPECT_EQ(compare_models(one, one), Agreement::same);
}

TEST(Instruments, what_is_no_serial_number_is_none) {
  for (const char* none : {"", "1", "12", "n/a", "N.A.", "sn", "S/N", "none", "inconnu", "?", "0000", "xxxx", "12345",
                           "0123", "à compléter", "-", "\xFF\xFE"}) {
    EXPECT_EQ(serial_key(none), "") << none;
  }
  EXPECT_EQ(serial_key("S-1"), "s1");
  EXPECT_EQ(serial_key("S/N: 4711-B"), "4711b");
  EXPECT_EQ(serial_key("N° de série 4711"), serial_key("4711"));
  EXPECT_EQ(serial_key("SNAP-7"), "snap7");
  EXPECT_TRUE(may_be_one_serial("8802301", "2301"));
  EXPECT_FALSE(may_be_one_serial("8802301", "2302"));
  EXPECT_FALSE(may_be_one_serial("4801", "801"));
}

}  // namespace
}  // namespace pitchblende::resolution
