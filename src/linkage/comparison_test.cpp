// Spellings and records side by side, against slow and obvious ways.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "linkage/comparison.hpp"
#include "linkage/distance.hpp"

namespace pitchblende::linkage {
namespace {

// Optimal string alignment by its definition, over bytes.
uint32_t slow_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<uint32_t>> d(a.size() + 1, std::vector<uint32_t>(b.size() + 1));
  for (size_t x = 0; x <= a.size(); ++x) {
    for (size_t y = 0; y <= b.size(); ++y) {
      if (x == 0 || y == 0) {
        d[x][y] = static_cast<uint32_t>(x + y);
        continue;
      }
      d[x][y] = std::min({d[x - 1][y] + 1, d[x][y - 1] + 1, d[x - 1][y - 1] + (a[x - 1] == b[y - 1] ? 0 : 1)});
      if (x > 1 && y > 1 && a[x - 1] == b[y - 2] && a[x - 2] == b[y - 1]) {
        d[x][y] = std::min(d[x][y], d[x - 2][y - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

std::string word() {
  return *rc::gen::container<std::string>(*rc::gen::inRange(0, 9), rc::gen::elementOf(std::string("abc")));
}

RC_GTEST_PROP(LinkageDistance, counts_as_its_definition_up_to_the_limit, ()) {
  const std::string a = word();
  const std::string b = word();
  const auto limit = static_cast<uint32_t>(*rc::gen::inRange(0, 6));
  RC_ASSERT(damerau_levenshtein(a, b, limit) == std::min(slow_distance(a, b), limit + 1));
  RC_ASSERT(damerau_levenshtein(a, b, limit) == damerau_levenshtein(b, a, limit));
}

RC_GTEST_PROP(LinkageDistance, likeness_is_symmetric_and_one_for_equals_alone, ()) {
  const std::string a = word();
  const std::string b = word();
  const double likeness = jaro_winkler(a, b);
  RC_ASSERT(likeness >= 0 && likeness <= 1);
  RC_ASSERT((likeness == 1) == (a == b));
  RC_ASSERT(std::abs(likeness - jaro_winkler(b, a)) < 0.1);  // which of two equal letters is matched may differ
}

TEST(LinkageDistance, known_values) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
  EXPECT_EQ(jaro_winkler("", ""), 1);
  EXPECT_EQ(jaro_winkler("a", ""), 0);
  EXPECT_EQ(damerau_levenshtein("ca", "abc", 9), 3U) << "optimal string alignment: no letter moves twice";
  EXPECT_EQ(damerau_levenshtein("клетка", "клекта", 2), 1U) << "letters, not bytes";
  EXPECT_EQ(damerau_levenshtein("j?r?me", "jerome", 2), 0U) << "a lost letter is any letter";
  EXPECT_EQ(length("élan vital"), 9U);
}

Level level(FieldType type, std::string_view a, std::string_view b) {
  EXPECT_EQ(compare_texts(type, a, b), compare_texts(type, b, a)) << a << " | " << b;
  return compare_texts(type, a, b);
}

TEST(LinkageComparison, names) {
  EXPECT_EQ(level(FieldType::name, "Exemple", "EXEMPLE"), Level::exact);
  EXPECT_EQ(level(FieldType::name, "isabe lla", "isabella"), Level::exact);
  EXPECT_EQ(level(FieldType::name, "Jérôme", "J?r?me"), Level::close);
  EXPECT_EQ(level(FieldType::name, "exemple", "exmeple"), Level::close);
  EXPECT_EQ(level(FieldType::name, "fiction", "fictoin s"), Level::near);
  EXPECT_EQ(level(FieldType::name, "c", "camille"), Level::part);
  EXPECT_EQ(level(FieldType::name, "martin exemple", "exemple"), Level::part);
  EXPECT_EQ(level(FieldType::name, "camille", "dominique"), Level::different);
  EXPECT_EQ(level(FieldType::name, "universite demo 5", "universite demo 6"), Level::part) << "two of a series";
}

TEST(LinkageComparison, what_is_missing_says_nothing) {
  for (const char* missing : {"", "null", "NULL", "n/a", "None", "?", "-", "unknown", "  "}) {
    EXPECT_EQ(level(FieldType::name, missing, "camille"), Level::missing) << missing;
    EXPECT_EQ(level(FieldType::name, missing, missing), Level::missing) << missing;
  }
  EXPECT_EQ(level(FieldType::name, "Na", "Na"), Level::exact) << "a family name of Korea";
}

TEST(LinkageComparison, dates) {
  EXPECT_EQ(level(FieldType::date, "1977-05-03", "19770503"), Level::exact);
  EXPECT_EQ(level(FieldType::date, "03/05/1977", "1977-05-03"), Level::exact);
  EXPECT_EQ(level(FieldType::date, "19770503", "19770305"), Level::swapped);
  EXPECT_EQ(level(FieldType::date, "19770503", "19770593"), Level::close);
  EXPECT_EQ(level(FieldType::date, "19770503", "19991111"), Level::different);
  EXPECT_EQ(level(FieldType::date, "2001", "2002"), Level::close);
  EXPECT_EQ(level(FieldType::date, "2001", "2004"), Level::near);
  EXPECT_EQ(level(FieldType::date, "2001", "2010"), Level::different);
}

TEST(LinkageComparison, titles) {
  const char* title = "Effects of fiction on invented models of examples";
  EXPECT_EQ(level(FieldType::text, title, "EFFECTS of fiction: on invented models of examples."), Level::exact);
  EXPECT_EQ(level(FieldType::text, title, "Effects of fictoin on invented models of examples"), Level::close);
  EXPECT_EQ(level(FieldType::text, title,
                  "Effects of fiction on invented models of examples: a retrospective study of twelve centres"),
            Level::near);
  EXPECT_EQ(level(FieldType::text, "Effects of fiction in young mice fed with invented fats",
                  "Effects of fiction in young rats fed with invented fats"),
            Level::near)
      << "a word exchanged is no slip of the pen";
  EXPECT_EQ(level(FieldType::text, "Effects of fiction, part I", "Effects of fiction, part II"), Level::part);
  EXPECT_EQ(level(FieldType::text, "Annual report of the consortium 2001", "Annual report of the consortium 2002"),
            Level::part);
  EXPECT_EQ(level(FieldType::text, title, "A database of unrelated things"), Level::different);
}

TEST(LinkageComparison, lists_of_people) {
  EXPECT_EQ(level(FieldType::names, "Camille Exemple, Anne Fiction", "Anne Fiction, Camille Exemple"), Level::exact);
  EXPECT_EQ(level(FieldType::names, "Camille Exemple and Anne Fiction", "C. Exemple; A. Fiction"), Level::exact);
  EXPECT_EQ(level(FieldType::names, "Ren&eacute; Exemple", "R. Exemple"), Level::exact);
  EXPECT_EQ(level(FieldType::names, "J&#233;r&#244;me Exemple", "J?r?me Exemple"), Level::exact);
  EXPECT_EQ(level(FieldType::names, "Camille Exemple, Anne Fiction, Paul Conte", "Camille Exemple, Anne Fiction"),
            Level::close);
  EXPECT_EQ(level(FieldType::names, "Abraham Exemple, Stanley Fiction", "Avi Exemple, Stan Fiction"), Level::close)
      << "nicknames";
  EXPECT_EQ(level(FieldType::names, "Camille Exemple, Anne Fiction, Paul Conte, Luc Fable", "Camille Exemple"),
            Level::near);
  EXPECT_EQ(level(FieldType::names, "Camille Exemple, Anne Fiction", "Camille Conte, Anne Fable"), Level::different)
      << "shared given names are nothing";
}

TEST(LinkageComparison, numbers_and_codes) {
  EXPECT_EQ(level(FieldType::identifier, "6988048", "6988084"), Level::close);
  EXPECT_EQ(level(FieldType::identifier, "6988048", "6188049"), Level::near);
  EXPECT_EQ(level(FieldType::identifier, "6988048", "1234567"), Level::different);
  EXPECT_EQ(level(FieldType::postcode, "75005", "75013"), Level::part);
  EXPECT_EQ(level(FieldType::postcode, "75005", "75050"), Level::close);
  EXPECT_EQ(level(FieldType::number, "12", "13"), Level::close);
  EXPECT_EQ(level(FieldType::address, "12 rue de la fiction", "12 rue de la ficton"), Level::close);
  EXPECT_EQ(level(FieldType::address, "12 rue de la fiction", "allee des contes"), Level::different);
}

TEST(LinkageComparison, exchanged_fields_are_seen_once) {
  const Schema schema{{{"given", FieldType::name}, {"family", FieldType::name}, {"town", FieldType::name}}, {{0, 1}}};
  const std::vector<Row> rows = {{"a", 0, {"camille", "exemple", "paris"}},
                                 {"b", 0, {"exemple", "camille", "paris"}},
                                 {"c", 0, {"exmeple", "", "paris"}},
                                 {"d", 0, {"dominique", "fiction", "lyon"}}};
  const Table table(schema, rows);
  EXPECT_EQ(compare_records(table, 0, 1)[0], Level::swapped);
  EXPECT_EQ(compare_records(table, 0, 1)[1], Level::missing);
  EXPECT_EQ(compare_records(table, 0, 1)[2], Level::exact);
  EXPECT_EQ(compare_records(table, 0, 2)[0], Level::swapped);
  EXPECT_EQ(compare_records(table, 0, 3)[0], Level::different);
}

TEST(LinkageComparison, any_bytes_are_compared) {
  const std::vector<std::string> hostile = {"a",
                                            std::string(500, 'x'),
                                            "\xC3\x28\xFF\xFE",
                                            "Ã©tÃ©",
                                            "日本語の名前",
                                            "Иванов",
                                            "&#99999999999; &#0; &#xD800; &;",
                                            "????",
                                            std::string("nul\0byte", 8),
                                            std::string(30000, ','),
                                            "; ; ;"};
  for (const auto type : {FieldType::name, FieldType::names, FieldType::text, FieldType::date, FieldType::number,
                          FieldType::identifier, FieldType::postcode, FieldType::address, FieldType::category}) {
    for (const std::string& a : hostile) {
      for (const std::string& b : hostile) {
        const Level found = level(type, a, b);
        EXPECT_TRUE(a != b || found == Level::exact || found == Level::missing) << a;
      }
    }
  }
}

}  // namespace
}  // namespace pitchblende::linkage
