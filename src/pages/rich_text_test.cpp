#include "pages/rich_text.hpp"

#include <gtest/gtest.h>

#include <random>

namespace pitchblende::pages {

namespace {

std::string html_of(std::string_view text) { return rich_html(text, "(leaves)"); }

TEST(RichText, IsMarkdownOfWhichALineIsALine) {
  EXPECT_EQ(html_of("One *two* **three**\nfour\n\nfive"),
            "<p>One <em>two</em> <strong>three</strong><br />\nfour</p>\n<p>five</p>\n");
  EXPECT_EQ(html_of("## Aims\n- a\n- b\n1. c"),
            "<h3>Aims</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol>\n<li>c</li>\n</ol>\n");
  EXPECT_EQ(html_of("[team](/fr/team/0123456789)"), "<p><a href=\"/fr/team/0123456789\">team</a></p>\n");
  EXPECT_EQ(plain_text("## Aims\n- *a* [b](https://b.example)"), "Aims\n– a b (https://b.example)");
}

TEST(RichText, TagsAreText) {
  EXPECT_EQ(html_of("<div>**a**\n\nb <i>c</i>"),
            "<p>&lt;div&gt;<strong>a</strong></p>\n<p>b &lt;i&gt;c&lt;/i&gt;</p>\n");
  EXPECT_EQ(html_of("`<i>`"), "<p><code>&lt;i&gt;</code></p>\n");
}

TEST(RichText, WhatLeadsElsewhereSaysSo) {
  EXPECT_EQ(html_of("[site](https://a.example/x?y=1&z)"),
            "<p><a href=\"https://a.example/x?y=1&amp;z\" class=\"out\" rel=\"external noopener\">site<span "
            "class=\"hidden\"> (leaves)</span></a></p>\n");
  EXPECT_EQ(html_of("[](https://a.example)"),
            "<p><a href=\"https://a.example\" class=\"out\" rel=\"external noopener\">https://a.example<span "
            "class=\"hidden\"> (leaves)</span></a></p>\n")
      << "a link has words";
}

TEST(RichText, HeadingsFollowThoseOfThePage) {
  EXPECT_EQ(html_of("# a\n#### b\n## c\n#\n# ![](https://a.example/x.png)"), "<h3>a</h3>\n<h4>b</h4>\n<h4>c</h4>\n")
      << "none is skipped, none is empty";
  EXPECT_EQ(rich_html("### a\n#### b", {}, 2), "<h2>a</h2>\n<h3>b</h3>\n");
}

TEST(RichText, LeavesNoWayForAScript) {
  for (const std::string text : {"<script>alert(1)</script>",
                                 "a <script>alert(1)</script>",
                                 "[x](javascript:alert(1))",
                                 "[x](JaVaScRiPt:alert(1))",
                                 "[x](<java\tscript:alert(1)>)",
                                 "[x](java&#115;cript:alert(1))",
                                 "[x](&#x6A;avascript:alert(1))",
                                 "[x]( javascript:alert(1))",
                                 "<javascript:alert(1)>",
                                 "[x][y]\n\n[y]: javascript:alert(1)",
                                 "![x](javascript:alert(1))",
                                 "[x](data:text/html,<b>)",
                                 "<data:text/html;base64,PHNjcmlwdD4=>",
                                 "[x](vbscript:x)",
                                 "[x](//evil.example)",
                                 "[x](https://a.example/\"onload=\"x)",
                                 "[x](https://a.example \"\\\" onload=x\")",
                                 "**<img src=x onerror=alert(1)>**",
                                 "[<b>](https://a.example)",
                                 "[x](/\\evil.example)",
                                 "<a href=\"javascript:alert(1)\">x</a>",
                                 "<!-- --><script>alert(1)</script>",
                                 "<![CDATA[<script>]]>",
                                 "```\"><script>\nx\n```",
                                 "<svg/onload=alert(1)>"}) {
    const std::string html = html_of(text);
    EXPECT_EQ(html.find("<script"), std::string::npos) << html;
    EXPECT_EQ(html.find("<img"), std::string::npos) << html;
    EXPECT_EQ(html.find("<svg"), std::string::npos) << html;
    EXPECT_EQ(html.find("<b>"), std::string::npos) << html;
    EXPECT_EQ(html.find("<!"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"javascript"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"data"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"vb"), std::string::npos) << html;
    EXPECT_EQ(html.find("href=\"//"), std::string::npos) << html;
    EXPECT_EQ(html.find("\"onload"), std::string::npos) << html;
  }
}

// Whatever is written, tags are ours and each that opens is closed.
TEST(RichText, IsWellFormedWhateverIsWritten) {
  std::mt19937 random(7);
  const std::string letters = "*[]()#-1. \n<>&\"'aé/:`!_\\";
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (size_t at = 0; at < random() % 60; ++at) {
      text += letters[random() % letters.size()];
    }
    const std::string html = html_of(text);
    std::vector<std::string> open;
    for (size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
      const size_t end = html.find('>', at);
      ASSERT_NE(end, std::string::npos) << text;
      const std::string tag = html.substr(at + 1, html.find_first_of(" >", at) - at - 1);
      if (tag == "br" || tag == "hr") {
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
