#include "pages/administration/intake_columns.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>

#include "files/files.hpp"
#include "intake/intake.hpp"
#include "pages/web_files.hpp"

namespace pitchblende::pages {
namespace {

Words words(Language language) {
  const auto files = web_files("");
  EXPECT_TRUE(files);
  for (const auto& [path, text] : *files) {
    if (path == (language == Language::french ? "locales/fr.json" : "locales/en.json")) {
      return *Words::read(language, text);
    }
  }
  std::abort();
}

// What a column can be taken as, in words.
std::vector<std::string> choices(const Words& words, const std::vector<sources::Target>& targets) {
  sources::Preview::Column column;
  column.title = "X";
  const Views views = column_views(words, {column}, targets, nullptr);
  std::vector<std::string> out;
  for (const auto& each : views.at(0).as_object().at("targets").as_array()) {
    out.emplace_back(each.as_object().at("label").as_string());
  }
  return out;
}

TEST(IntakeColumns, EachChoiceIsToldFromTheOthersInTheReadersLanguage) {
  const Words english = words(Language::english);
  const Words french = words(Language::french);
  for (const sources::Format& format : sources::formats()) {
    intake::Said said;
    said.format = format.name;
    const std::string mapping = intake::IntakeRoom::mapping_text(said);
    if (mapping.empty()) {
      continue;  // no table
    }
    const auto targets = sources::mapping_targets(mapping);
    ASSERT_TRUE(targets) << format.name;
    for (const Words* each : {&english, &french}) {
      std::set<std::string> told;
      for (const std::string& choice : choices(*each, *targets)) {
        EXPECT_TRUE(told.insert(choice).second) << format.name << ": " << choice << " twice in " << each->code();
        EXPECT_TRUE(each == &french || choice.find("\xC3") == std::string::npos) << format.name << ": " << choice;
      }
      EXPECT_GE(told.size(), targets->size());
    }
  }
}

}  // namespace
}  // namespace pitchblende::pages
