#include "sources/json_objects.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "sources/bytes.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

using std::string_literals::operator""s;

struct Seen {
  std::vector<std::string> objects;  // text of those that came whole
  std::vector<std::string> refused;  // error codes
  std::vector<int64_t> lines;        // of both
  std::string end = "end";           // or the error's code
};

// Whole objects whose text has "BAD" in it play the part of those that do not parse.
Seen take_apart(std::string_view text, size_t piece = 1 << 20, int64_t largest = 1 << 20) {
  const std::unique_ptr<ByteStream> bytes = memory_bytes(text, piece);
  JsonObjects objects(*bytes, "test.json", "items", largest);
  Seen seen;
  for (int64_t record = 1;; ++record) {
    const Result<std::optional<JsonItem>> item = objects.next();
    if (!item) {
      seen.end = item.error().kind().code;
      return seen;
    }
    if (!*item) {
      return seen;
    }
    EXPECT_EQ((*item)->record, record);
    seen.lines.push_back((*item)->line);
    if ((*item)->error) {
      seen.refused.emplace_back((*item)->error->kind().code);
    } else if ((*item)->text.find("BAD") != std::string_view::npos) {
      seen.refused.emplace_back("BAD");
      objects.broken();
    } else {
      seen.objects.emplace_back((*item)->text);
    }
  }
}

using Texts = std::vector<std::string>;
using Lines = std::vector<int64_t>;

TEST(JsonObjects, ComeFromEveryShape) {
  const Texts both{"{\"a\":1}", "{\"b\":[{}]}"};
  for (const std::string& text :
       {"{\"a\":1}\n{\"b\":[{}]}\n"s, "[{\"a\":1},{\"b\":[{}]}]"s,
        "\xEF\xBB\xBF [\r\n{\"a\":1}\r\n,\r\n{\"b\":[{}]}\r\n]\r\n"s,
        "{\"n\":{\"items\":[2]},\"items\" : [{\"a\":1},{\"b\":[{}]}],\"more\":{\"x\":\"]}\"}}"s,
        "{\"items\":[{\"a\":1}]}{\"items\":[{\"b\":[{}]}]}"s, "[{\"a\":1}][{\"b\":[{}]}]"s}) {
    for (const size_t piece : {size_t{1}, size_t{3}, size_t{1000}}) {
      const Seen seen = take_apart(text, piece);
      EXPECT_EQ(seen.objects, both) << text;
      EXPECT_EQ(seen.end, "end") << text;
      EXPECT_TRUE(seen.refused.empty()) << text;
    }
  }
}

TEST(JsonObjects, BracketsInStringsAreText) {
  const std::string text = R"({"a":"}\"]{\\"})";
  EXPECT_EQ(take_apart(text + "\n" + text, 1).objects, (Texts{text, text}));
}

TEST(JsonObjects, KnowTheirLines) { EXPECT_EQ(take_apart("\n\n{\n}\n\n[7,\n{}]", 2).lines, (Lines{3, 6, 7})); }

TEST(JsonObjects, FilesThatAreNoneAreRefused) {
  EXPECT_EQ(take_apart("").end, "SOURCES_EMPTY");
  EXPECT_EQ(take_apart(" \n").end, "SOURCES_EMPTY");
  EXPECT_EQ(take_apart("[]").end, "SOURCES_EMPTY");
  EXPECT_EQ(take_apart("{\"items\":[]}").end, "SOURCES_EMPTY");
  EXPECT_EQ(take_apart("<!DOCTYPE html><html>").end, "SOURCES_OTHER_FORMAT");
  EXPECT_EQ(take_apart("\xFF\xFE{").end, "SOURCES_OTHER_FORMAT");
}

TEST(JsonObjects, TruncatedFilesKeepWhatCameBefore) {
  for (const std::string& text :
       {"[{}"s, "[{},"s, "[{},{\"a\":"s, "{}\n{\"a\":\"x"s, "{\"items\":[{}"s, "{\"items\":[{}],"s}) {
    const Seen seen = take_apart(text);
    EXPECT_EQ(seen.objects.size(), 1U) << text;
    EXPECT_EQ(seen.end, "SOURCES_TRUNCATED") << text;
  }
}

TEST(JsonObjects, WhatIsNoObjectIsSaidAndPassedOver) {
  const Seen seen = take_apart("{\"a\":1}\nnull\n\"x{,\"\n{\"b\":1}}\ngarbage {\"c\":1}\n");
  EXPECT_EQ(seen.objects, (Texts{"{\"a\":1}", "{\"b\":1}", "{\"c\":1}"}));
  EXPECT_EQ(seen.refused, Texts(4, "SOURCES_NOT_AN_OBJECT"));
  EXPECT_EQ(seen.lines, (Lines{1, 2, 3, 4, 4, 5, 5}));
}

TEST(JsonObjects, WhatSaysNothingMayComeFirst) {
  for (const std::string word : {"null", "true", "false"}) {
    for (const size_t piece : {size_t{1}, size_t{1000}}) {
      const Seen seen = take_apart(word + "\n{\"a\":1}\n", piece);
      EXPECT_EQ(seen.objects, Texts{"{\"a\":1}"}) << word;
      EXPECT_EQ(seen.refused, Texts{"SOURCES_NOT_AN_OBJECT"}) << word;
      EXPECT_EQ(seen.end, "end") << word;
    }
  }
  EXPECT_EQ(take_apart("null").refused, Texts{"SOURCES_NOT_AN_OBJECT"});
  for (const char* text : {"nullable;name\n1;2\n", "nul", "truly", "falsehood"}) {
    EXPECT_EQ(take_apart(text).end, "SOURCES_OTHER_FORMAT") << text;
  }
}

TEST(JsonObjects, AnObjectWithoutEndSwallowsNoOther) {
  // Lines: the string, the brace or the bracket is never closed; and one that comes out balanced by chance.
  for (const std::string& wrong : {R"({"BAD":"x})"s, R"({"BAD":{"x":1})"s, R"({"BAD":[[)"s}) {
    const Seen seen = take_apart("{\"a\":1}\n" + wrong + "\n{\"b\":\"}\"}\n{\"c\":1}\n", 7);
    EXPECT_EQ(seen.objects, (Texts{"{\"a\":1}", "{\"b\":\"}\"}", "{\"c\":1}"})) << wrong;
    EXPECT_EQ(seen.refused.size(), 1U) << wrong;
    EXPECT_EQ(seen.lines, (Lines{1, 2, 3, 4})) << wrong;
    EXPECT_EQ(seen.end, "end") << wrong;
  }
  // Indented arrays: the next one begins with as much white space.
  const Seen seen = take_apart("[\n  {\n    \"BAD\": [ {\n  },\n  {\n    \"b\": {\n    }\n  }\n]\n");
  EXPECT_EQ(seen.objects, (Texts{"{\n    \"b\": {\n    }\n  }"}));
  EXPECT_EQ(seen.refused, Texts{"SOURCES_NOT_JSON"});
  EXPECT_EQ(seen.end, "end");
}

TEST(JsonObjects, LimitsHold) {
  const std::string large = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
  const Seen seen = take_apart("[" + large + ",{\"b\":1}," + large + "]", 100, 1000);
  EXPECT_EQ(seen.objects, Texts{"{\"b\":1}"});
  EXPECT_EQ(seen.refused, Texts(2, "SOURCES_RECORD_TOO_LARGE"));
  EXPECT_EQ(seen.end, "end");
  EXPECT_EQ(take_apart("{\"a\":\"xxxxxxxx\"}{}", 1 << 20, 8).refused, Texts{"SOURCES_RECORD_TOO_LARGE"});

  const auto nested = [](size_t depth) { return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
  EXPECT_TRUE(take_apart(nested(127)).refused.empty());
  EXPECT_EQ(take_apart(nested(128)).refused, Texts{"SOURCES_TOO_DEEP"});
  EXPECT_EQ(take_apart(nested(400'000) + "{}", 4096).objects, Texts{"{}"});
  EXPECT_EQ(take_apart(std::string(1'000'000, '[')).refused.size(), 1U);
  EXPECT_EQ(take_apart("{\"a\":" + std::string(1'000'000, '[')).end, "SOURCES_TRUNCATED");
}

// Every line swallows all that follow: still linear, or this test would take hours.
TEST(JsonObjects, ManyObjectsWithoutEndTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) {
    text += "{\"a\":[\n";
  }
  const Seen seen = take_apart(text, 1 << 16, 1 << 20);
  EXPECT_EQ(seen.refused.size(), 199'999U);
  EXPECT_EQ(seen.end, "SOURCES_TRUNCATED");
}

// However the stream is cut into pieces, the same comes out.
RC_GTEST_PROP(JsonObjectsProperty, PiecesDoNotMatter, ()) {
  const auto parts =
      *rc::gen::container<Texts>(rc::gen::element("{"s, "}"s, "["s, "]"s, ","s, ":"s, "\""s, "\\"s, "\n"s, "\n{"s, " "s,
                                                  "{}"s, "{\"a\":1}"s, "\"items\":["s, "BAD"s, "1"s, "\n  {"s));
  std::string text = "{";
  for (const std::string& part : parts) {
    text += part;
  }
  const int64_t largest = *rc::gen::element<int64_t>(8, 40, 1000);
  const Seen whole = take_apart(text, 1 << 20, largest);
  const Seen pieces = take_apart(text, *rc::gen::inRange<size_t>(1, 9), largest);
  if (largest == 1000) {
    RC_ASSERT(whole.objects == pieces.objects);
    RC_ASSERT(whole.refused == pieces.refused);
    RC_ASSERT(whole.lines == pieces.lines);
  }
  RC_ASSERT(largest < 1000 || whole.end == pieces.end);
}

}  // namespace
}  // namespace pitchblende::sources
