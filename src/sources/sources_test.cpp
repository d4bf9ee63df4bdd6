#include <gtest/gtest.h>

#include <algorithm>

#include "sources/errors.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {
namespace {

TEST(Sources, EachFormatHasAReader) {
  const std::span<const Format> known = formats();
  ASSERT_FALSE(known.empty());
  for (const Format& format : known) {
    EXPECT_TRUE(make_reader(format.name, {})) << format.name;
    EXPECT_FALSE(format.english.empty()) << format.name;
    EXPECT_FALSE(format.french.empty()) << format.name;
  }
  EXPECT_TRUE(
      std::is_sorted(known.begin(), known.end(), [](const Format& a, const Format& b) { return a.name < b.name; }));
}

TEST(Sources, PubmedIsAFeedAndRorASnapshot) {
  for (const Format& format : formats()) {
    if (format.name == "pubmed") {
      EXPECT_EQ(format.mode, Mode::feed);
    } else if (format.name == "ror") {
      EXPECT_EQ(format.mode, Mode::snapshot);
    }
  }
}

TEST(Sources, AnUnknownFormatIsToldWhatThereIs) {
  const auto reader = make_reader("pubmet", {});
  ASSERT_FALSE(reader);
  EXPECT_TRUE(reader.error().is(errors::unknown_format));
  EXPECT_NE(reader.error().args().at(1).find("pubmed"), std::string::npos);
}

}  // namespace
}  // namespace pitchblende::sources
