#include "demo/demo.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "made_up.hpp"

namespace pitchblende::demo {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& each : fs::recursive_directory_iterator(folder)) {
    if (each.is_regular_file()) {
      std::ifstream in(each.path(), std::ios::binary);
      files[fs::relative(each.path(), folder).string()] = {std::istreambuf_iterator<char>(in), {}};
    }
  }
  return files;
}

std::map<std::string, std::string> written(const tests::Folder& folder, const std::string& name, uint64_t seed) {
  const auto done = write({Size::small, seed, folder.path(name)});
  EXPECT_TRUE(done) << (done ? "" : done.error().message());
  return files_in(folder.path(name));
}

TEST(DemoTest, TheSameSeedGivesTheSameBytes) {
  const tests::Folder folder;
  const auto one = written(folder, "one", 1);
  EXPECT_GT(one.size(), 40u);
  EXPECT_EQ(one, written(folder, "again", 1));
  EXPECT_NE(one, written(folder, "other", 2));
  EXPECT_TRUE(one.contains("pitchblende.toml"));
  EXPECT_TRUE(one.contains("truth.csv"));
}

TEST(DemoTest, EachFactHasItsWordsInBothLanguages) {
  std::set<std::string_view> ids;
  for (const Fact& fact : facts()) {
    EXPECT_TRUE(ids.insert(fact.id).second) << fact.id;
    EXPECT_FALSE(fact.english.empty() || fact.french.empty()) << fact.id;
    EXPECT_FALSE(fact.words_english.empty() || fact.words_french.empty()) << fact.id;
    EXPECT_NE(fact.reference.find(':'), std::string_view::npos) << fact.id;
  }
  EXPECT_GE(ids.size(), 30u);
}

TEST(DemoTest, PlatformsOfferServicesAndInstrumentsHaveMeasured) {
  const tests::Folder folder;
  const auto files = written(folder, "one", 1);
  for (const std::string kind : {"/prestations.csv", "/donnees.csv"}) {
    size_t rows = 0;
    for (const auto& [name, text] : files) {
      if (name.ends_with(kind)) {
        rows += static_cast<size_t>(std::count(text.begin(), text.end(), '\n')) - 1;
        EXPECT_NE(text.find("inventé"), std::string::npos) << name;
      }
    }
    EXPECT_GT(rows, 5u) << kind;
  }
  EXPECT_NE(files.at("pitchblende.toml").find("aphp-services"), std::string::npos);
}

TEST(DemoTest, OfRecentPapersItIsSaidWhetherTheyAreOpen) {
  const tests::Folder folder;
  const auto files = written(folder, "one", 1);
  const std::string& table = files.at("gip/acces-ouvert.csv");
  const auto rows = static_cast<size_t>(std::count(table.begin(), table.end(), '\n')) - 1;
  EXPECT_GT(rows, 20u);
  for (const char* word : {"doré", "archive ouverte", "fermé"}) {
    EXPECT_NE(table.find(word), std::string::npos) << word;
  }
}

// He is the only real person: nothing but the facts' own files may name him.
TEST(DemoTest, TheOnlyRealPersonIsNamedByTheFactsAlone) {
  const tests::Folder folder;
  size_t naming = 0;
  for (const auto& [name, text] : written(folder, "one", 1)) {
    const bool names_him = text.find("Debré") != std::string::npos || text.find("DEBRÉ") != std::string::npos ||
                           text.find("Debr\xE9") != std::string::npos || text.find("DEBRE") != std::string::npos;
    naming += names_him ? 1 : 0;
    EXPECT_TRUE(!names_him || name.find("gip") != std::string::npos || name.find("README") != std::string::npos ||
                name.find("LISEZMOI") != std::string::npos || name == "truth.csv")
        << name;
  }
  EXPECT_GT(naming, 0u);
}

TEST(DemoTest, AFolderThatCannotBeMadeIsSaid) {
  const auto done = write({Size::small, 1, "/proc/nowhere"});
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().message().find("/proc/nowhere"), std::string::npos);
}

}  // namespace
}  // namespace pitchblende::demo
