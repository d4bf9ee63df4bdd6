#include "pages/moments.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <set>

#include "mail/letter_kinds.hpp"
#include "pages/web_files.hpp"

namespace pitchblende::pages {

namespace {

Words words(const std::string& language) {
  const auto files = web_files("");
  for (const auto& [path, text] : *files) {
    if (path == "locales/" + language + ".json") {
      return Words::read(language == "fr" ? Language::french : Language::english, text).value();
    }
  }
  return Words::read(Language::english, "{}").value();
}

TEST(Moments, AreOfTheConsortiumsClock) {
  const Words english = words("en");
  EXPECT_EQ(moment(english, "2026-11-24T10:20:30Z"), "24 November 2026, 11:20 (Paris)");
  EXPECT_EQ(moment(words("fr"), "2026-07-14T22:30:00Z"), "15 juillet 2026 à 00:30 (Paris)");
  EXPECT_EQ(moment(english, "2026-11-24"), "2026-11-24") << "no time";
  EXPECT_EQ(moment(english, ""), "");
  EXPECT_EQ(moment_stamp("2026-11-24T10:20:30Z"), "2026-11-24T11:20:30+01:00");
  EXPECT_EQ(moment_stamp("2026-11-24"), "");
}

// The hour that is missing in March, and the one that comes twice in October.
TEST(Moments, KnowTheTwoOddHours) {
  EXPECT_EQ(moment_stamp("2026-03-29T00:59:59Z"), "2026-03-29T01:59:59+01:00");
  EXPECT_EQ(moment_stamp("2026-03-29T01:00:00Z"), "2026-03-29T03:00:00+02:00");
  EXPECT_EQ(moment_stamp("2026-10-25T00:30:00Z"), "2026-10-25T02:30:00+02:00");
  EXPECT_EQ(moment_stamp("2026-10-25T01:30:00Z"), "2026-10-25T02:30:00+01:00");
}

TEST(Moments, StandInASentence) {
  const View said = moment_in(words("en"), "insight.counted_public", "2026-11-24T10:20:30Z");
  EXPECT_EQ(said.at("before").as_string(), "Counted on ");
  EXPECT_EQ(said.at("when").as_string(), "24 November 2026, 11:20 (Paris)");
  EXPECT_EQ(said.at("stamp").as_string(), "2026-11-24T11:20:30+01:00");
  EXPECT_EQ(said.at("after").as_string(), " from what everybody may see.");
}

// docs/rules/personal.md, rule 11: no letter is without its switch or its name.
TEST(LetterWords, EachKindAndEachSwitchHasAName) {
  for (const std::string language : {"en", "fr"}) {
    const Words own = words(language);
    std::set<std::string> known;
    for (const mail::LetterKind& each : mail::letter_kinds()) {
      known.emplace(each.kind);
      EXPECT_TRUE(own.has("admin.outbox.kinds." + std::string(each.kind))) << each.kind;
    }
    for (const auto& kind : own.all().at("admin").at("outbox").at("kinds").as_object()) {
      EXPECT_TRUE(known.contains(std::string(kind.key()))) << kind.key() << " is neither a duty nor has it a switch";
    }
    for (const std::string_view topic : mail::letter_topics()) {
      EXPECT_TRUE(own.has("personal.letter_kinds." + std::string(topic))) << topic;
    }
    EXPECT_EQ(own.all().at("personal").at("letter_kinds").as_object().size(), mail::letter_topics().size());
  }
}

}  // namespace

}  // namespace pitchblende::pages
