// Workbooks made part by part, honest and not.
#include <gtest/gtest.h>
#include <zip.h>

#include <map>

#include "registry/record.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/errors.hpp"
#include "sources/tables/tabular.hpp"
#include "sources/tables/xlsx_rows.hpp"

namespace pitchblende::sources {
namespace {

constexpr std::string_view k_mapping =
    "[columns]\nid = \"Code\"\nname = \"Nom\"\nwhen = \"Date\"\n[[record]]\nkind = \"team\"\nkey = \"{id}\"\nfields = "
    "{ names = "
    "\"{name}\", founded = \"{when}\" }\n";

using Parts = std::map<std::string, std::string>;

std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(buffer);
  zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE);
  }
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(buffer);
  zip_source_seek(buffer, 0, SEEK_END);
  std::string out(static_cast<size_t>(zip_source_tell(buffer)), '\0');
  zip_source_seek(buffer, 0, SEEK_SET);
  zip_source_read(buffer, out.data(), out.size());
  zip_source_free(buffer);
  return out;
}

Parts workbook(const std::string& rows, const std::string& behind = {}) {
  return {{"[Content_Types].xml", "<Types/>"},
          {"xl/workbook.xml",
           "<x:workbook xmlns:x='m'><x:sheets><x:sheet name='Feuil1' sheetId='1' r:id='a' "
           "xmlns:r='r'/></x:sheets></x:workbook>"},
          {"xl/_rels/workbook.xml.rels",
           "<Relationships><Relationship Id='a' Type='x/worksheet' Target='worksheets/s.xml'/>"
           "</Relationships>"},
          {"xl/worksheets/s.xml",
           "<x:worksheet xmlns:x='m'><x:sheetData><!-- <x:row> --><x:row><x:c t='inlineStr'><x:is><x:t>Code"
           "</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>Nom</x:t></x:is></x:c><x:c t='inlineStr'>"
           "<x:is><x:t>Date</x:t></x:is></x:c></x:row>" +
               rows + "</x:sheetData>" + behind + "</x:worksheet>"}};
}

struct Read {
  CollectingSink sink;
  Result<void> done;
};
Read read(const Parts& parts) {
  Read out;
  Settings settings;
  settings.institution = "demo";
  out.done = read_table_bytes(zipped(parts), settings, k_mapping, out.sink);
  return out;
}

std::string row(const std::string& code, const std::string& name) {
  return "<x:row><x:c t='str'><x:v>" + code + "</x:v></x:c><x:c t='inlineStr'><x:is><x:r><x:t>" + name +
         "</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c></x:row>";
}

TEST(Xlsx, ReadsPrefixesRunsAndEscapes) {
  const Read got = read(workbook(row("U1", "Un &amp; d_x000D_eux <![CDATA[]]>") + row("U2", "caf&#233;")));
  ASSERT_TRUE(got.done) << got.done.error().message();
  ASSERT_EQ(got.sink.accepted.size(), 2u);
  EXPECT_EQ(registry::encode(got.sink.accepted[0]), R"({"names":["Un & d eux"]})");
  EXPECT_EQ(registry::encode(got.sink.accepted[1]), R"({"names":["café"]})");
  EXPECT_EQ(got.sink.places[1].line, 3);
  EXPECT_EQ(got.sink.places[1].part, "Feuil1");
}

TEST(Xlsx, ShowsNumbersAsASheetDoes) {
  const auto number = [](const std::string& value) {
    const Read got = read(workbook("<x:row><x:c><x:v>" + value + "</x:v></x:c></x:row>"));
    return got.sink.accepted.empty() ? std::string("none") : got.sink.accepted[0].key;
  };
  EXPECT_EQ(number("12"), "12");
  EXPECT_EQ(number("1.0"), "1");
  EXPECT_EQ(number("0.1"), "0.1");
  EXPECT_EQ(number("0.30000000000000004"), "0.3");
  EXPECT_EQ(number("7.3282932000074E13"), "73282932000074");
  EXPECT_EQ(number("-0.5"), "-0.5");
  EXPECT_EQ(number("1E+400"), "1E+400");
}

TEST(Xlsx, TellsFormatsApart) {
  EXPECT_EQ(format_of("dd/mm/yyyy").form, NumberForm::day);
  EXPECT_EQ(format_of("[$-40C]d mmmm yyyy;@").form, NumberForm::day);
  EXPECT_EQ(format_of("jj/mm/aaaa").form, NumberForm::day);
  EXPECT_EQ(format_of("mmm\\-yy").form, NumberForm::month);
  EXPECT_EQ(format_of("yyyy").form, NumberForm::year);
  EXPECT_EQ(format_of("0.00 %").form, NumberForm::percent);
  EXPECT_EQ(format_of("000000000").width, 9);
  EXPECT_EQ(format_of("0").form, NumberForm::plain);
  EXPECT_EQ(format_of("#,##0.00").form, NumberForm::plain);
  EXPECT_EQ(format_of("0\" jours d'absence\"").form, NumberForm::plain);
  EXPECT_EQ(format_of("[Red]0.00E+00").form, NumberForm::plain);
}

TEST(Xlsx, NamesCells) {
  size_t column = 0;
  int64_t line = 0;
  EXPECT_TRUE(read_cell_name("A1", column, line));
  EXPECT_EQ(column, 0u);
  EXPECT_TRUE(read_cell_name("XFD1048576", column, line));
  EXPECT_EQ(column, 16383u);
  for (const char* wrong : {"", "A", "1", "A0", "XFE1", "A1048577", "a1", "A-1", "ZZZZZ1", "A1x"}) {
    EXPECT_FALSE(read_cell_name(wrong, column, line)) << wrong;
  }
}

TEST(Xlsx, OtherOfficeFilesSayHowToSaveThem) {
  for (const char* part : {"content.xml", "xl/workbook.bin", "word/document.xml", "Index/Document.iwa"}) {
    const Read got = read({{part, "x"}});
    ASSERT_FALSE(got.done);
    EXPECT_TRUE(got.done.error().is(errors::save_as)) << part;
  }
}

TEST(Xlsx, DamageIsSaidAndWhatCameBeforeStays) {
  Parts parts = workbook(row("U1", "Un"));
  parts["xl/worksheets/s.xml"] += "<x:row><x:c";
  const Read cut = read(parts);
  ASSERT_FALSE(cut.done);
  EXPECT_TRUE(cut.done.error().is(errors::truncated));
  parts = workbook(row("U1", "Un"));
  parts.erase("xl/worksheets/s.xml");
  EXPECT_TRUE(read(parts).done.error().is(errors::damaged));
  parts = workbook(row("U1", "Un"));
  parts["xl/worksheets/s.xml"].insert(0, "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>");
  EXPECT_TRUE(read(parts).done.error().is(errors::damaged));
  parts["xl/workbook.xml"] = "<workbook>";
  EXPECT_FALSE(read(parts).done);
}

TEST(Xlsx, BombsStayOutside) {
  Parts parts = workbook(row("U1", "Un"));
  parts["xl/worksheets/s.xml"].insert(0, std::string(100 << 20, ' '));
  const Read spaces = read(parts);
  ASSERT_FALSE(spaces.done);
  EXPECT_TRUE(spaces.done.error().is(errors::too_large)) << spaces.done.error().message();
  // Merged cells that repeat a long text in each of many rows.
  std::string rows = row("U1", std::string(1 << 19, 'x'));
  for (int i = 0; i < 3000; ++i) {
    rows += "<x:row><x:c r='A" + std::to_string(i + 3) + "'><x:v>" + std::to_string(i) + "</x:v></x:c></x:row>";
  }
  const Read merged = read(workbook(rows, "<x:mergeCells><x:mergeCell ref='B2:B1000000'/></x:mergeCells>"));
  ASSERT_FALSE(merged.done);
  EXPECT_TRUE(merged.done.error().is(errors::too_large));
}

}  // namespace
}  // namespace pitchblende::sources
