#include "pages/rich_text.hpp"

#include <gtest/gtest.h>

#include <random>

namespace pitchblende::pages {

namespace {

TEST(RichText, KnowsAFewMarks) {
  EXPECT_EQ(rich_html("One *two* **three**\nfour\n\nfive"),
            "<p>One <em>two</em> <strong>three</strong><br>four</p>\n<p>five</p>\n");
  EXPECT_EQ(rich_html("## Aims\n- a\n- b\n1. c"),
            "<h3>Aims</h3>\n<ul><li>a</li><li>b</li></ul>\n<ol><li>c</li></ol>\n");
  EXPECT_EQ(rich_html("[site](https://a.example/x?y=1&z)"),
            "<p><a href=\"https://a.example/x?y=1&amp;z\">site</a></p>\n");
  EXPECT_EQ(rich_html("[team](/fr/team/0123456789)"), "<p><a href=\"/fr/team/0123456789\">team</a></p>\n");
  EXPECT_EQ(plain_text("## Aims\n- *a* [b](https://b.example)"), "Aims\n– a b (https://b.example)");
}

TEST(RichText, LeavesNoWayForAScript) {
  for (const std::string text :
       {"<script>alert(1)</script>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<b>)",
        "[x](//evil.example)", "[x](https://a.example/\"onload=\"x)", "**<img src=x onerror=alert(1)>**",
        "[<b>](https://a.example)", "[x](/\\evil.example)"}) {
    const std::string html = rich_html(text);
    EXPECT_EQ(html.find("<script"), std::string::npos) << html;
    EXPECT_EQ(html.find("<img"), std::string::npos) << html;
    EXPECT_EQ(html.find("<b>"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"data"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"//"), std::string::npos) << html;
    EXPECT_EQ(html.find("\"onload"), std::string::npos) << html;
  }
}

// Whatever is written, tags are ours and each that opens is closed.
TEST(RichText, IsWellFormedWhateverIsWritten) {
  std::mt19937 random(7);
  const std::string letters = "*[]()#-1. \n<>&\"'aé/:";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (size_t at = 0; at < random() % 60; ++at) {
      text += letters[random() % letters.size()];
    }
    const std::string html = rich_html(text);
    std::vector<std::string> open;
    for (size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
      const size_t end = html.find('>', at);
      ASSERT_NE(end, std::string::npos) << text;
      const std::string tag = html.substr(at + 1, html.find_first_of(" >", at) - at - 1);
      if (tag == "br") {
        continue;
      }
      if (tag[0] != '/') {
        open.push_back(tag);
        continue;
      }
      ASSERT_FALSE(open.empty()) << text << html;
      ASSERT_EQ(open.back(), tag.substr(1)) << text << html;
      open.pop_back();
    }
    ASSERT_TRUE(open.empty()) << text << html;
  }
}

}  // namespace

}  // namespace pitchblende::pages
