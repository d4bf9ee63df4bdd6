#include "http/templates.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <kainjow/mustache.hpp>

#include <boost/json.hpp>
#include <random>

namespace pitchblende::http {
namespace {

namespace json = boost::json;
namespace oracle = kainjow::mustache;

std::string rendered(const std::string& text, const std::string& view) {
  const auto templates = Templates::read({{"main", text}, {"part", "<{{a}}>"}});
  EXPECT_TRUE(templates) << (templates ? "" : templates.error().message());
  return templates ? templates->render("main", json::parse(view).as_object(), {}) : std::string();
}

TEST(TemplatesTest, WhatMustacheSays) {
  EXPECT_EQ(rendered("{{a}} {{{a}}} {{&a}}", R"({"a":"<'\"&>"})"), "&lt;&#39;&quot;&amp;&gt; <'\"&> <'\"&>");
  EXPECT_EQ(rendered("{{a.b.c}}{{a.x}}{{y}}", R"({"a":{"b":{"c":7}}})"), "7");
  EXPECT_EQ(rendered("{{#l}}{{.}},{{/l}}", R"({"l":[1,"b",3]})"), "1,b,3,");
  EXPECT_EQ(rendered("{{#l}}{{a}}{{o}};{{/l}}", R"({"o":9,"l":[{"a":1},{"a":2,"o":3}]})"), "19;23;");
  EXPECT_EQ(rendered("{{^n}}no{{/n}}{{#n}}yes{{/n}}", R"({"n":""})"), "no");
  EXPECT_EQ(rendered("{{^n}}no{{/n}}{{#n}}yes{{/n}}", R"({"n":0})"), "yes");
  EXPECT_EQ(rendered("{{^n}}no{{/n}}", R"({"n":[]})"), "no");
  EXPECT_EQ(rendered("{{#o}}{{a}}{{>part}}{{/o}}{{! never }}", R"({"o":{"a":"x"}})"), "x<x>");
  EXPECT_EQ(rendered("a\n  {{#s}}\n  b\n  {{/s}}\nc\n", R"({"s":true})"), "a\n  b\nc\n");
}

TEST(TemplatesTest, WordsOfALanguageAreLookedInLast) {
  const auto templates = Templates::read({{"main", "{{t.a}}{{b}}"}});
  ASSERT_TRUE(templates);
  const json::object shared{{"t", json::object{{"a", "word "}}}, {"b", "shared"}};
  EXPECT_EQ(templates->render("main", {{"b", "own"}}, shared), "word own");
  EXPECT_EQ(templates->names("main"), (std::vector<std::string>{"b", "t.a"}));
}

TEST(TemplatesTest, SlipsAreSaid) {
  for (const char* text : {"{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{a", "{{>none}}", "{{}}"}) {
    const auto templates = Templates::read({{"main", text}});
    ASSERT_FALSE(templates) << text;
    EXPECT_NE(templates.error().message().find("main"), std::string::npos);
  }
}

TEST(TemplatesTest, ATemplateThatTakesItselfInEnds) {
  const auto templates = Templates::read({{"main", "x{{>main}}"}});
  ASSERT_TRUE(templates);
  EXPECT_EQ(templates->render("main", {}, {}).size(), 64u);
}

// Random views and templates, ours beside a library.
class Made {
 public:
  explicit Made(uint32_t seed, bool words = false) : m_random(seed), m_words(words) {}

  json::object object(int depth) {
    json::object out;
    for (const char* name : {"a", "b", "c"}) {
      switch (m_random() % (depth > 2 ? 3 : 5)) {
        case 0:
          out[name] = m_random() % 2 == 0 ? "<x>" : "y & z";
          break;
        case 1:
          out[name] = m_random() % 2 == 0;
          break;
        case 2:
          break;
        case 3:
          out[name] = object(depth + 1);
          break;
        default: {
          json::array items;
          for (uint64_t count = m_random() % 3; count > 0; --count) {
            items.push_back(object(depth + 1));
          }
          out[name] = std::move(items);
        }
      }
    }
    return out;
  }

  std::string text(int depth) {
    std::string out;
    for (uint64_t count = m_random() % 4; count > 0; --count) {
      const std::string name(1, static_cast<char>('a' + m_random() % 3));
      if (m_words && m_random() % 3 == 0) {
        out += m_random() % 4 == 0 ? "{{#t." + name + "}}" + text(depth + 1) + "{{/t." + name + "}}"
                                   : "{{t." + name + "}}";
        continue;
      }
      switch (m_random() % (depth > 3 ? 3 : 5)) {
        case 0:
          out += "text";
          break;
        case 1:
          out += "{{" + name + "}}";
          break;
        case 2:
          out += "{{{" + name + "}}}";
          break;
        case 3:
          out += "{{#" + name + "}}" + text(depth + 1) + "{{/" + name + "}}";
          break;
        default:
          out += "{{^" + name + "}}" + text(depth + 1) + "{{/" + name + "}}";
      }
    }
    return out;
  }

 private:
  std::mt19937 m_random;
  bool m_words;  // of a language are in its templates
};

oracle::data to_oracle(const json::value& value) {
  if (const auto* object = value.if_object()) {
    oracle::data out{oracle::data::type::object};
    for (const auto& [name, each] : *object) {
      out.set(std::string(name), to_oracle(each));
    }
    return out;
  }
  if (const auto* array = value.if_array()) {
    oracle::data out{oracle::data::type::list};
    for (const auto& each : *array) {
      out.push_back(to_oracle(each));
    }
    return out;
  }
  if (value.is_bool()) {
    return oracle::data{value.get_bool()};
  }
  return oracle::data{std::string(value.as_string())};
}

RC_GTEST_PROP(TemplatesProperty, prints_what_a_library_prints, (uint32_t seed)) {
  Made made(seed);
  const json::object view = made.object(0);
  const std::string text = made.text(0);
  const auto templates = Templates::read({{"main", text}});
  RC_ASSERT(templates.has_value());
  oracle::mustache library{text};
  RC_ASSERT(library.is_valid());
  library.set_custom_escape([](const std::string& raw) {
    std::string out;
    for (const char c : raw) {
      out += c == '&'    ? "&amp;"
             : c == '<'  ? "&lt;"
             : c == '>'  ? "&gt;"
             : c == '"'  ? "&quot;"
             : c == '\'' ? "&#39;"
                         : std::string(1, c);
    }
    return out;
  });
  RC_ASSERT(templates->render("main", view, {}) == library.render(to_oracle(view)));
}

RC_GTEST_PROP(TemplatesProperty, words_printed_in_beforehand_change_nothing, (uint32_t seed)) {
  Made made(seed, true);
  const json::object view = made.object(0);
  const json::object shared{{"t", made.object(0)}, {"b", "shared"}};
  const auto templates = Templates::read({{"main", made.text(0) + "{{>part}}"}, {"part", made.text(1)}});
  RC_ASSERT(templates.has_value());
  RC_ASSERT(templates->with_words_of(shared).render("main", view, shared) == templates->render("main", view, shared));
}

}  // namespace
}  // namespace pitchblende::http
