#include "sources/xml/xml_splitter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>

#include "sources/bytes.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

struct Cut {
  std::string text;
  std::string name;
  std::string error;
  int64_t line = 0;
  std::vector<uint32_t> tags;
  bool operator==(const Cut&) const = default;
};

struct Outcome {
  std::vector<Cut> cuts;
  std::string error;
  bool operator==(const Outcome&) const = default;
};

Outcome split(std::string_view xml, size_t piece, int64_t largest) {
  Outcome out;
  const auto bytes = memory_bytes(xml, piece);
  XmlSplitter splitter(*bytes, "x", {{"record", "other"}, {"set"}}, largest);
  while (true) {
    const auto next = splitter.next();
    if (!next) {
      out.error = next.error().message();
      return out;
    }
    if (!*next) {
      return out;
    }
    const XmlRecord& record = **next;
    Cut cut{std::string(record.text),
            std::string(record.name),
            record.error ? record.error->message() : "",
            record.line,
            {}};
    for (const uint32_t tag : record.tags) {
      cut.tags.push_back(tag - static_cast<uint32_t>(record.text.data() - record.base));
    }
    EXPECT_EQ(record.record, static_cast<int64_t>(out.cuts.size()) + 1);
    out.cuts.push_back(std::move(cut));
  }
}

Outcome split(std::string_view xml) { return split(xml, 1 << 20, 1 << 20); }

TEST(XmlSplitter, FindsRecordsAndTheirTags) {
  const Outcome found = split(
      "<?xml version='1.0'?>\n<!DOCTYPE set [<!ENTITY a '<record>'>]>\n<set>\n<record a='>'><b/>\n</record >\n"
      "<x><other>1</other></x><record/></set><set><record></record></set>");
  EXPECT_EQ(found.error, "");
  ASSERT_EQ(found.cuts.size(), 4u);
  EXPECT_EQ(found.cuts[0].text, "<record a='>'><b/>\n</record >");
  EXPECT_EQ(found.cuts[0].line, 4);
  EXPECT_EQ(found.cuts[0].tags, (std::vector<uint32_t>{0, 14, 19}));
  EXPECT_EQ(found.cuts[1].text, "<other>1</other>");
  EXPECT_EQ(found.cuts[1].line, 6);
  EXPECT_EQ(found.cuts[2].text, "<record/>");
  EXPECT_EQ(found.cuts[3].text, "<record></record>");
}

TEST(XmlSplitter, TagsInsideCommentsAreNone) {
  const Outcome found = split(
      "<set><!-- <record> --><record><!-- </record> --><![CDATA[</record><record>]]><?x </record>?>a</record></set>");
  EXPECT_EQ(found.error, "");
  ASSERT_EQ(found.cuts.size(), 1u);
  EXPECT_EQ(found.cuts[0].text, "<record><!-- </record> --><![CDATA[</record><record>]]><?x </record>?>a</record>");
  EXPECT_EQ(found.cuts[0].tags.size(), 5u);
}

TEST(XmlSplitter, ARecordWithoutEndEndsWhereTheNextBegins) {
  const Outcome found = split("<set><record><a>\n<record>1</record><other></record></other><record></set>");
  EXPECT_EQ(found.error, "");
  ASSERT_EQ(found.cuts.size(), 4u);
  EXPECT_EQ(found.cuts[0].text, "<record><a>\n");
  EXPECT_NE(found.cuts[0].error, "");
  EXPECT_EQ(found.cuts[1].text, "<record>1</record>");
  EXPECT_EQ(found.cuts[1].error, "");
  EXPECT_EQ(found.cuts[1].line, 2);
}

TEST(XmlSplitter, WhatIsTooLargeIsPassedOver) {
  for (const size_t piece : {1, 10, 100'000}) {
    const std::string large =
        "<record>" + std::string(700'000, 'x') + "<!-- </record> " + std::string(700'000, '<') + "-->\n</record>";
    const Outcome found = split("<set><record>1</record>" + large + "<record>2</record></set>", piece, 100);
    EXPECT_EQ(found.error, "");
    ASSERT_EQ(found.cuts.size(), 3u);
    EXPECT_NE(found.cuts[1].error, "");
    EXPECT_EQ(found.cuts[1].text.size(), 80u);
    EXPECT_EQ(found.cuts[2].text, "<record>2</record>");
    EXPECT_EQ(found.cuts[2].line, 2);
  }
}

// Texts of parts that mean something to a splitter, in any order.
rc::Gen<std::string> any_xml() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "<record>", "</record>", "<record a=\"/>\">", "<record/>", "<other>", "</other>", "<set>",
                          "</set>", "<a>", "</a>", "text", "\n", " ", "<", ">", "<!-- ", " -->", "<![CDATA[", "]]>",
                          "<?pi ", "?>", "<!DOCTYPE ", "[", "]", "\"", "'", "&amp;", "<recordx>", "</record \n>",
                          "</record x>", "-", "\0", "0123456789012345678901234567890123456789")),
                      [](const std::vector<std::string>& parts) {
                        std::string out;
                        for (const std::string& part : parts) {
                          out += part;
                        }
                        return out;
                      });
}

RC_GTEST_PROP(XmlSplitter, TheSizeOfPiecesChangesNothing, ()) {
  const std::string xml = (*rc::gen::arbitrary<bool>() ? "<set>" : "") + *any_xml();
  const auto largest = *rc::gen::element<int64_t>(1, 20, 60, 1 << 20);
  const Outcome whole = split(xml, 1 << 20, largest);
  for (const size_t piece : {1, 2, 3, 7, 31, 64}) {
    RC_ASSERT(split(xml, piece, largest) == whole);
  }
}

}  // namespace
}  // namespace pitchblende::sources
