#include "texts/texts.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "either_store.hpp"
#include "texts/errors.hpp"

namespace pitchblende::texts {
namespace {

class TextsTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    EitherStoreTest::SetUp();
    if (!IsSkipped()) {
      open();
    }
  }
  void open() {
    m_texts = std::make_unique<Texts>(*m_store, m_clock);
    ASSERT_TRUE(m_texts->show_by([this](std::string_view name, std::string_view text, Language language) {
      ++m_made;
      return std::string(name) + (language == Language::french ? " fr " : " en ") + std::string(text);
    }));
  }
  static Text text(int64_t revision, std::string french, std::string english, int64_t account = 7) {
    return {"home", revision, std::move(french), std::move(english), {}, account};
  }
  std::string shown(Language language, std::string_view name = "home") const {
    const auto html = m_texts->shown(name, language);
    return html ? *html : "nothing";
  }

  FixedClock m_clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  std::unique_ptr<Texts> m_texts;
  int m_made = 0;
};

// Rules 2 and 5.
TEST_P(TextsTest, WhatIsWrittenIsShownAndMadeOnce) {
  EXPECT_EQ(shown(Language::french), "nothing");
  EXPECT_EQ(m_texts->text("home")->revision, 0);
  const uint64_t before = m_texts->edition();
  ASSERT_TRUE(m_texts->write(text(0, "Bonjour", "")));
  EXPECT_GT(m_texts->edition(), before);
  EXPECT_EQ(shown(Language::french), "home fr Bonjour");
  EXPECT_EQ(shown(Language::english), "nothing") << "the program's own stands";
  EXPECT_EQ(shown(Language::french, "about"), "nothing");
  EXPECT_EQ(m_made, 1);
  EXPECT_EQ(shown(Language::french), "home fr Bonjour");
  EXPECT_EQ(m_made, 1);
  open();
  EXPECT_EQ(shown(Language::french), "home fr Bonjour") << "after a new start too";
  ASSERT_TRUE(m_texts->write(text(1, "", "")));
  EXPECT_EQ(shown(Language::french), "nothing");
}

// Rule 3.
TEST_P(TextsTest, EachVersionIsKeptWithWhoAndWhen) {
  const auto first = m_texts->write(text(0, "un", "one", 7));
  ASSERT_TRUE(first) << first.error().message();
  m_clock.set(m_clock.now() + std::chrono::hours(24));
  ASSERT_TRUE(m_texts->write(text(1, "deux", "two", 8)));
  const auto all = m_texts->versions("home");
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].french, "deux");
  EXPECT_EQ((*all)[0].account, 8);
  EXPECT_EQ((*all)[0].changed, "2026-03-02T00:00:00Z");
  EXPECT_EQ((*all)[1].english, "one");
  EXPECT_EQ(m_texts->version("home", 1)->french, "un");
  EXPECT_TRUE(m_texts->version("home", 3).error().is(errors::unknown));
}

// Rule 4.
TEST_P(TextsTest, NobodysWordsAreLostWhereTwoWriteAtOnce) {
  ASSERT_TRUE(m_texts->write(text(0, "un", "one")));
  ASSERT_TRUE(m_texts->write(text(1, "le premier", "one")));
  const auto late = m_texts->write(text(1, "le second", "one"));
  ASSERT_FALSE(late);
  EXPECT_TRUE(late.error().is(errors::changed));
  EXPECT_EQ(m_texts->text("home")->french, "le premier");
  ASSERT_TRUE(m_texts->write(text(2, "le second", "one")));
  EXPECT_EQ(m_texts->version("home", 2)->french, "le premier");
  EXPECT_TRUE(m_texts->write(text(3, "le second", "one")).error().is(errors::same));
  // Many at once: one wins each revision.
  std::atomic<int> won = 0;
  std::vector<std::thread> all;
  for (int who = 0; who < 8; ++who) {
    all.emplace_back([&, who] { won += m_texts->write(text(3, "de " + std::to_string(who), "")) ? 1 : 0; });
  }
  for (std::thread& each : all) {
    each.join();
  }
  EXPECT_EQ(won, 1);
  EXPECT_EQ(shown(Language::french), "home fr " + m_texts->text("home")->french);
}

TEST_P(TextsTest, WhatIsToldBesideIsStoredWithItOrNothingIs) {
  const auto failed = m_texts->write(text(0, "un", "one"), [](store::Transaction&, const Text&) -> Result<void> {
    return fail(errors::unknown, "x");
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(m_texts->text("home")->revision, 0);
  int64_t told = 0;
  ASSERT_TRUE(m_texts->write(text(0, "un", "one"), [&](store::Transaction&, const Text& stored) -> Result<void> {
    told = stored.revision;
    return {};
  }));
  EXPECT_EQ(told, 1);
}

// Rule 1.
TEST_P(TextsTest, OnlyTextsOfTheSiteAndNotTooLong) {
  Text other = text(0, "x", "");
  other.name = "nowhere'; DROP TABLE texts";
  EXPECT_TRUE(m_texts->write(other).error().is(errors::unknown));
  EXPECT_TRUE(m_texts->text("nowhere").error().is(errors::unknown));
  EXPECT_TRUE(m_texts->versions("nowhere").error().is(errors::unknown));
  EXPECT_TRUE(m_texts->write(text(0, std::string(60'001, 'x'), "")).error().is(errors::too_long));
  ASSERT_TRUE(m_texts->write(text(0, "'; DROP TABLE texts; --", "é ’ 漢")));
  EXPECT_EQ(m_texts->text("home")->french, "'; DROP TABLE texts; --");
  EXPECT_EQ(m_texts->text("home")->english, "é ’ 漢");
}

INSTANTIATE_TEST_SUITE_P(Dialects, TextsTest, ::testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? std::string("sqlite")
                                                                       : std::string("postgresql");
                         });

}  // namespace
}  // namespace pitchblende::texts
