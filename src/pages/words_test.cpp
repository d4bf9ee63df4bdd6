#include "pages/words.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <set>

#include "files/files.hpp"
#include "pages/errors.hpp"
#include "pages/web_files.hpp"

namespace pitchblende::pages {
namespace {

namespace json = boost::json;

json::object locale(const std::string& name) {
  const auto files = web_files("");
  EXPECT_TRUE(files);
  for (const auto& [path, text] : *files) {
    if (path == "locales/" + name + ".json") {
      return json::parse(text).as_object();
    }
  }
  return {};
}

std::string page_of_rules(const std::string& name) {
  std::ifstream file(std::string(PB_SOURCE_DIR) + "/docs/rules/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Words words(Language language) {
  return *Words::read(language, json::serialize(locale(language == Language::french ? "fr" : "en")));
}

// Keys with their way from the top; what codes are called is looked at apart.
void keys_of(const json::object& from, const std::string& begin, std::set<std::string>& out) {
  for (const auto& [name, value] : from) {
    const std::string key = begin + std::string(name);
    if (value.is_object() && key != "codes") {
      keys_of(value.as_object(), key + ".", out);
    } else {
      out.insert(key);
    }
  }
}

TEST(Locales, SayTheSameThings) {
  std::set<std::string> french;
  std::set<std::string> english;
  keys_of(locale("fr"), "", french);
  keys_of(locale("en"), "", english);
  EXPECT_EQ(french, english);
}

bool breaks_before_a_sign(const json::value& value) {
  if (const json::string* text = value.if_string()) {
    const std::string_view all = *text;
    return std::ranges::any_of(std::array{" :", " ;", " ?", " !", " »", "« "},
                               [&](const char* each) { return all.find(each) != std::string_view::npos; });
  }
  const json::object* members = value.if_object();
  const json::array* items = value.if_array();
  return (members != nullptr &&
          std::ranges::any_of(*members, [](const auto& each) { return breaks_before_a_sign(each.value()); })) ||
         (items != nullptr && std::ranges::any_of(*items, breaks_before_a_sign));
}

TEST(Words, NoLineOfFrenchBreaksBeforeASign) {
  EXPECT_EQ(Words::read(Language::french, R"({"a": "Qui : « lui » ? 12:30 !"})")->get("a"),
            "Qui\u00A0: «\u00A0lui\u00A0»\u00A0? 12:30\u00A0!");
  EXPECT_EQ(Words::read(Language::english, R"({"a": "Who : me ?"})")->get("a"), "Who : me ?");
  const json::object all = words(Language::french).all();
  for (const auto& [name, value] : all) {
    EXPECT_FALSE(breaks_before_a_sign(value)) << name;
  }
  // Errors too, wherever they are said; and of what they name nothing is changed.
  const Error error(errors::too_long, "a : b", "1", "2");
  EXPECT_EQ(error.message(Language::french).find("«\u00A0a : b\u00A0»"), 0U) << error.message(Language::french);
  EXPECT_EQ(message_with(error, error.args(), words(Language::french)), error.message(Language::french));
}

// One way of writing it: the no-break spaces are the program's to set.
TEST(Locales, FrenchIsWrittenWithPlainSpaces) {
  const std::string text = json::serialize(locale("fr"));
  EXPECT_EQ(text.find("\u00A0"), std::string::npos);
  EXPECT_EQ(text.find("\u202F"), std::string::npos);
}

// One number, wherever it is said: in the words of the pages and in the rules.
TEST(Locales, SayHowLargeAFileMayBe) {
  const std::string largest = std::to_string(files::k_largest >> 20);
  EXPECT_NE(words(Language::english).get("intake.file_help").find(" " + largest + " MiB"), std::string::npos);
  EXPECT_NE(words(Language::french).get("calls.files.help").find(" " + largest + " Mio"), std::string::npos);
  EXPECT_NE(page_of_rules("search.md").find("(" + largest + " MiB at most)"), std::string::npos);
}

// Where a code is an English word already only French needs one.
TEST(Locales, NameEveryCodeOfEveryField) {
  const json::object french = locale("fr");
  const json::object english = locale("en");
  for (const registry::KindDescription& kind : registry::kinds()) {
    EXPECT_TRUE(french.at("kinds").as_object().contains(kind.name)) << kind.name;
    for (const registry::FieldDescription& field : kind.fields) {
      std::string_view codes = field.codes;
      while (!codes.empty()) {
        const std::string_view code = codes.substr(0, codes.find(' '));
        codes.remove_prefix(std::min(codes.size(), code.size() + 1));
        EXPECT_TRUE(french.at("codes").as_object().contains(code)) << kind.name << "." << field.name << ": " << code;
        const bool number = code.find_first_of("0123456789") != std::string_view::npos;
        EXPECT_TRUE(!number || english.at("codes").as_object().contains(code)) << code;
      }
    }
  }
}

TEST(Words, AreInTheLanguageOfTheReader) {
  const Words french = words(Language::french);
  const Words english = words(Language::english);
  EXPECT_EQ(french.of_code("phase2"), "phase 2");
  EXPECT_EQ(english.of_code("key_area"), "key area");
  EXPECT_EQ(english.of_code("active_not_recruiting"), "active, not recruiting");
  EXPECT_EQ(french.of_code("DE"), "Allemagne");
  EXPECT_EQ(french.of_word("MS"), "MS");
  EXPECT_EQ(french.of_word("key_area"), "axe de recherche");
  EXPECT_EQ(french.language("en"), "anglais");
  EXPECT_EQ(english.language("fr"), "French");
  EXPECT_EQ(french.date("2018-12-01"), "1er décembre 2018");
  EXPECT_EQ(english.date("2018-12"), "December 2018");
  EXPECT_EQ(english.date("2018-13"), "2018-13");
  EXPECT_EQ(french.period("2018-12-01", ""), "depuis le 1er décembre 2018");
  EXPECT_EQ(french.period("2018-12", ""), "depuis décembre 2018");
  EXPECT_EQ(french.period("", "2018-12-02"), "jusqu’au 2 décembre 2018");
  EXPECT_EQ(french.period("", "2018"), "jusqu’à 2018");
  EXPECT_EQ(english.period("2018-12-01", ""), "since 1 December 2018");
  EXPECT_EQ(french.number(1500), "1\u202f500");
  EXPECT_EQ(french.count("results", 0), "Aucun résultat");
  EXPECT_EQ(english.count("results", 1), "1 result");
}

TEST(Words, AMessageThatStandsAloneBeginsWithACapital) {
  const ErrorKind plain{"TEST_PLAIN", 409, "it is {0}", "à {0}"};
  const ErrorKind named{"TEST_NAMED", 409, "{0} is it", "{0} l’est"};
  EXPECT_EQ(message_alone(Error(plain, "late"), words(Language::english)), "It is late");
  EXPECT_EQ(message_alone(Error(plain, "late"), {"demain"}, words(Language::french)), "À demain");
  EXPECT_EQ(message_alone(Error(named, "camille@example.org"), words(Language::french)), "camille@example.org l’est")
      << "what somebody is called stays";
}

}  // namespace
}  // namespace pitchblende::pages
