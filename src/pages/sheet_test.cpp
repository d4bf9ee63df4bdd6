#include "pages/sheet.hpp"

#include <gmock/gmock.h>

#include "http/templates.hpp"
#include "pages/web_files.hpp"

namespace pitchblende::pages {

namespace {

// What the template makes of a sheet in a page with a form of its own.
std::string shown(const Sheet& sheet) {
  std::vector<std::pair<std::string, std::string>> texts{{"page", "{{>sheet}}"}};
  const auto files = web_files("");
  for (const auto& [path, text] : *files) {
    if (path == "templates/sheet.mustache") {
      texts.emplace_back("sheet", text);
    }
  }
  const Words words = Words::read(Language::english, R"({"who": "Who", "why": "Why & how"})").value();
  View body{{"action", "/search"}, {"url", "/page"}, {"tone", "warn"}, {"stamp", "2026"}};
  body["sheet"] = sheet.view("/page", "All", words);
  return http::Templates::read(texts)->render("page", body, {});
}

TEST(Sheet, ACellIsAButtonOnlyWhereItSaysSo) {
  Sheet sheet({{"who", "who"}, {"", "why"}});
  sheet.add({{"Ada"}, {""}});
  EXPECT_THAT(shown(sheet), testing::HasSubstr("<span dir=\"auto\">Ada</span>"));
  EXPECT_THAT(shown(sheet), testing::Not(testing::ContainsRegex("<button|/search|<time|badge|<td[^>]*><a")));
  sheet.add({{"Bob"}, {.text = "End", .action = "/end"}});
  EXPECT_THAT(shown(sheet), testing::HasSubstr("<form method=\"post\" action=\"/end\">"));
}

TEST(Sheet, EachCellSaysItsColumnAndKeepsItsRole) {
  Sheet sheet({{"who", "who"}, {"why", "why"}});
  sheet.add({{"Ada"}, {"For the samples"}});
  const std::string page = shown(sheet);
  EXPECT_THAT(page, testing::HasSubstr("<td role=\"cell\" data-label=\"Who\">"));
  EXPECT_THAT(page, testing::HasSubstr("<td role=\"cell\" data-label=\"Why &amp; how\">"));
  for (const char* role : {"table", "rowgroup", "row", "columnheader", "cell"}) {
    EXPECT_THAT(page, testing::HasSubstr("role=\"" + std::string(role) + '"'))
        << "a row drawn as a card is still a row";
  }
}

}  // namespace

}  // namespace pitchblende::pages
