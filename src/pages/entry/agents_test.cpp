#include "pages/entry/agents.hpp"

#include <gtest/gtest.h>

#include "pages/web_files.hpp"

namespace pitchblende::pages {

namespace {

Words words_of(Language language) {
  const auto files = web_files("");
  for (const auto& [path, text] : *files) {
    if (path == (language == Language::french ? "locales/fr.json" : "locales/en.json")) {
      return Words::read(language, text).value();
    }
  }
  return Words::read(language, "{}").value();
}

// docs/rules/access.md, rule 11.
TEST(Agents, AreCalledAsPeopleCallThem) {
  const Words french = words_of(Language::french);
  const Words english = words_of(Language::english);
  const auto in_french = [&](std::string_view agent) { return agent_words(agent, french); };
  EXPECT_EQ(in_french("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"), "Firefox sur Linux");
  EXPECT_EQ(in_french("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                      "Version/17.5 Mobile/15E148 Safari/604.1"),
            "Safari sur iPhone");
  EXPECT_EQ(agent_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                        "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
                        english),
            "Edge on Windows");
  EXPECT_EQ(in_french("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
                      "Safari/537.36"),
            "Chrome sur Android");
  EXPECT_EQ(in_french("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15"), "Un navigateur sur Mac");
  EXPECT_EQ(in_french("curl/8.5.0"), "curl");
  EXPECT_EQ(in_french("{system} <b>"), "{system} <b>") << "what nobody knows is itself";
  EXPECT_EQ(in_french(""), "Un navigateur sans nom");
}

}  // namespace

}  // namespace pitchblende::pages
