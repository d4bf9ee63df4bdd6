// The workbook that goes out and comes back: only what somebody changed counts, whatever a spreadsheet does to it.
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <fstream>
#include <iterator>

#include "confirm/confirm_fixture.hpp"
#include "confirm/workbook/workbook_file.hpp"
#include "registry/code_words.hpp"
#include "sources/tables/sheets.hpp"

namespace pitchblende::confirm {
namespace {

using sources::Sheet;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

class WorkbookTest : public ConfirmTest {
 protected:
  MadeWorkbook made(Id whole, Language language = Language::french) {
    auto out = workbooks.make(whole, 0, access::Viewer::everything(), language, {});
    EXPECT_TRUE(out) << out.error().message();
    return std::move(out).value_or(MadeWorkbook{});
  }
  std::vector<Sheet> sheets_of(const std::string& bytes) {
    auto out = sources::read_sheets(bytes, "test.xlsx", {});
    EXPECT_TRUE(out) << out.error().message();
    return out.value_or(std::vector<Sheet>{});
  }
  static Sheet& sheet(std::vector<Sheet>& sheets, const std::string& part) {
    for (Sheet& each : sheets) {
      if (each.name.find(part) != std::string::npos) {
        return each;
      }
    }
    ADD_FAILURE() << part;
    return sheets.front();
  }
  static size_t column(const Sheet& sheet, const std::string& place) {
    const auto& cells = sheet.rows.at(0).cells;
    const auto at = std::find(cells.begin(), cells.end(), place);
    EXPECT_NE(at, cells.end()) << place;
    return static_cast<size_t>(at - cells.begin());
  }
  static std::string& cell(Sheet& sheet, const std::string& of, const std::string& place) {
    const size_t at = column(sheet, place);
    for (size_t row = 2; row < sheet.rows.size(); ++row) {
      auto& cells = sheet.rows[row].cells;
      if (std::find(cells.begin(), cells.end(), of) != cells.end()) {
        cells.resize(std::max(cells.size(), at + 1));
        return cells[at];
      }
    }
    ADD_FAILURE() << of;
    static std::string none;
    return none;
  }
  // As a spreadsheet writes what it holds.
  std::string bytes_of(const std::vector<Sheet>& sheets) {
    const std::string path = folder.path("sent.xlsx");
    lxw_workbook* book = workbook_new(path.c_str());
    for (const Sheet& each : sheets) {
      lxw_worksheet* into = workbook_add_worksheet(book, each.name.c_str());
      for (size_t row = 0; row < each.rows.size(); ++row) {
        for (size_t at = 0; at < each.rows[row].cells.size(); ++at) {
          worksheet_write_string(into, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(at),
                                 each.rows[row].cells[at].c_str(), nullptr);
        }
      }
    }
    EXPECT_EQ(workbook_close(book), LXW_NO_ERROR);
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  Reading read(const std::string& bytes) {
    auto out = workbooks.read(bytes, "sent.xlsx", std::nullopt);
    EXPECT_TRUE(out) << out.error().message();
    const Reading reading = out.value_or(Reading{});
    EXPECT_EQ(reading.read, reading.accepted + reading.rejected);
    return reading;
  }
  Reading read(const std::vector<Sheet>& sheets) { return read(bytes_of(sheets)); }
  Reading applied(const Reading& reading) {
    const auto number = workbooks.keep(reading, 0, {});
    EXPECT_TRUE(number);
    auto out = workbooks.apply(*number, "curator@example.org", {});
    EXPECT_TRUE(out) << out.error().message();
    EXPECT_TRUE(workbooks.apply(*number, "x", {}).error().is(errors::applied)) << "once";
    return out.value_or(Reading{});
  }
  // "field before>after fate"
  static std::vector<std::string> changes(const Reading& reading) {
    std::vector<std::string> out;
    for (const CardOutcome& card : reading.changes) {
      for (const CellOutcome& each : card.cells) {
        out.push_back(std::string(registry::description(each.edit.edit.field).name) + " " + each.edit.shown + ">" +
                      each.edit.typed + " " + std::string(name(each.fate)));
      }
    }
    return out;
  }
  static std::vector<std::string> codes(const Reading& reading) {
    std::vector<std::string> out;
    for (const RowFinding& each : reading.findings) {
      out.emplace_back(each.error.kind().code);
    }
    return out;
  }
  std::vector<Sheet> out_again() { return sheets_of(made(id_of("name:institut essai")).bytes); }
};

TEST_F(WorkbookTest, HasHiddenIdsPlacesNotesAndTheSameBytes) {
  const MadeWorkbook one = made(id_of("name:institut essai"));
  EXPECT_EQ(one.file, "institut-essai-1.xlsx");
  EXPECT_EQ(one.cards, 6) << "three people, a platform, two instruments";
  std::vector<Sheet> sheets = sheets_of(one.bytes);
  EXPECT_TRUE(sheet(sheets, "pitchblende").hidden);
  const Sheet& people = sheet(sheets, "People");
  EXPECT_EQ(people.rows[0].cells[0], "id:person");
  EXPECT_EQ(people.rows[1].cells[column(people, "family_name")], "Nom de famille – Family name");
  EXPECT_EQ(people.rows.size(), 5U);
  EXPECT_EQ(cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "platforms"), "Plateforme d'essai");
  WorkbookOut twice{7, Id(5), "Essai", "2026-03-01", {}};
  EXPECT_EQ(workbook_bytes(twice).value(), workbook_bytes(twice).value());
}

// Rule 17.
TEST_F(WorkbookTest, SentBackAsItIsItChangesNothing) {
  const Reading reading = read(out_again());
  EXPECT_EQ(reading.read, 9) << "six cards, three positions";
  EXPECT_EQ(reading.rejected, 0);
  EXPECT_THAT(changes(reading), ElementsAre());
  EXPECT_THAT(reading.missing, ElementsAre());
}

// Rules 30 and 31.
TEST_F(WorkbookTest, PositionsAreRowsOfTheirOwn) {
  std::vector<Sheet> sheets = out_again();
  Sheet& positions = sheet(sheets, "Positions");
  EXPECT_EQ(positions.rows[0].cells[0], "links:person.positions");
  cell(positions, "Camille Exemple", "to") = "2025-12-31";
  cell(positions, "Noa Solitaire", "role") = "responsable";
  sources::SheetRow copied = positions.rows.back();  // what is hidden is copied with it
  copied.number = 60;
  copied.cells.resize(positions.rows[0].cells.size());
  copied.cells[column(positions, "from")] = "1905-07-11";  // a spreadsheet's 2019
  sources::SheetRow named{61, std::vector<std::string>(positions.rows[0].cells.size())};
  named.cells[column(positions, "who")] = "Camille Exemple";
  named.cells[column(positions, "where")] = "Institut Autre";
  named.cells[column(positions, "from")] = "2026-01-01";
  sources::SheetRow nobody = named;
  nobody.number = 62;
  nobody.cells[column(positions, "who")] = "Nobody";
  const std::string last = copied.cells[column(positions, "who")];
  const bool is_lou = last == "Lou Muette";
  positions.rows.push_back(named);
  positions.rows.push_back(nobody);
  if (is_lou) {
    positions.rows.push_back(copied);
  }
  const Reading dry = read(sheets);
  EXPECT_THAT(codes(dry), ElementsAre("CONFIRM_NO_CARD"));
  EXPECT_EQ(dry.count(CellFate::applied), is_lou ? 4 : 3);
  applied(dry);
  EXPECT_EQ(values(person("a/A1"), "positions").size(), 2U);
  const registry::Card noa = card(person("a/A2"));
  EXPECT_EQ(tenure_of(standing(noa, registry::field(noa.kind, "positions")).front().value).role, "leader");
  EXPECT_EQ(values(person("a/A3"), "positions").size(), is_lou ? 2U : 1U);
}

TEST_F(WorkbookTest, APositionThatEndsBeforeItBeginsIsSaid) {
  std::vector<Sheet> sheets = out_again();
  cell(sheet(sheets, "Positions"), "Camille Exemple", "to") = "2014-01-01";
  cell(sheet(sheets, "Positions"), "Noa Solitaire", "never") = "x";
  const Reading dry = read(sheets);
  EXPECT_EQ(dry.count(CellFate::wrong), 1);
  EXPECT_EQ(dry.count(CellFate::applied), 1) << "each row by itself";
  applied(dry);
  EXPECT_EQ(values(person("a/A1"), "positions").size(), 1U);
  EXPECT_EQ(values(person("a/A2"), "positions").size(), 0U);
}

// Rule 32.
TEST_F(WorkbookTest, HowFarApplyingIsIsToldWhileItIsUnderWay) {
  std::vector<Sheet> sheets = out_again();
  cell(sheet(sheets, "People"), "Noa", "family_name") = "Nombreuse";
  cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "room") = "B12";
  const int64_t number = workbooks.keep(read(sheets), 0, {}).value();
  EXPECT_FALSE(workbooks.progress(number));
  std::optional<Progress> last;
  const auto seen = [&](store::Transaction&) -> Result<void> {
    last = workbooks.progress(number);
    return {};
  };
  ASSERT_TRUE(workbooks.apply(number, "curator@example.org", seen));
  ASSERT_TRUE(last);
  EXPECT_EQ(last->total, 2) << "cards";
  EXPECT_EQ(last->done, 2);
  EXPECT_GT(last->rate(), 0);
  EXPECT_EQ(last->left(), 0);
  EXPECT_FALSE(workbooks.progress(number));
}

// Rule 32.
TEST_F(WorkbookTest, WhatBecameOfEachCellIsKept) {
  std::vector<Sheet> sheets = out_again();
  cell(sheet(sheets, "People"), "Noa", "family_name") = "Nombreuse";
  const int64_t number = workbooks.keep(read(sheets), 0, {}).value();
  ASSERT_TRUE(workbooks.begin(number, {}));
  EXPECT_TRUE(workbooks.kept(number)->is_applying);
  EXPECT_TRUE(workbooks.waiting()->empty());
  EXPECT_TRUE(workbooks.begin(number, {}).error().is(errors::applied)) << "once";
  ASSERT_TRUE(workbooks.apply(number, "curator@example.org", {}));
  const Reading done = workbooks.kept(number).value();
  EXPECT_FALSE(done.is_applying);
  EXPECT_THAT(changes(done), ElementsAre("family_name Solitaire>Nombreuse applied"));
  EXPECT_FALSE(workbooks.progress(number));
}

TEST_F(WorkbookTest, OnlyChangedCellsCountAndBecomeDecisions) {
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  cell(people, "Camille", "skills") = "microscopie\ntri cellulaire\ncytométrie";
  cell(people, "Noa", "family_name") = "Nombreuse";
  cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "condition") = "en panne";
  cell(sheet(sheets, "Equipment"), "Microscope zorg", "make") = "";
  const Reading dry = read(sheets);
  EXPECT_THAT(changes(dry),
              UnorderedElementsAre("skills >tri cellulaire applied", "family_name Solitaire>Nombreuse applied",
                                   "condition en service>en panne applied", "make Zorg> applied"));
  EXPECT_THAT(values(person("a/A2"), "family_name"), ElementsAre("Solitaire")) << "a dry run";
  applied(dry);
  EXPECT_THAT(values(person("a/A1"), "skills"), UnorderedElementsAre("cytométrie", "microscopie", "tri cellulaire"));
  EXPECT_THAT(values(person("a/A2"), "family_name"), ElementsAre("Nombreuse"));
  EXPECT_THAT(values(instrument("S-1"), "condition"), ElementsAre("broken"));
  EXPECT_THAT(values(instrument("S-2"), "make"), ElementsAre());
  EXPECT_THAT(changes(read(sheets)),
              UnorderedElementsAre("skills >tri cellulaire already", "family_name Solitaire>Nombreuse already",
                                   "condition en service>en panne already", "make Zorg> already"))
      << "sent twice, it is said once";
}

// Rule 23.
TEST_F(WorkbookTest, WhatChangedMeanwhileIsSaidAndNotOverwritten) {
  std::vector<Sheet> sheets = out_again();
  cell(sheet(sheets, "People"), "Noa", "family_name") = "Du classeur";
  cell(sheet(sheets, "People"), "Noa", "telephone") = "01 02 03 04 05";
  ASSERT_TRUE(confirm.correct_card(person("a/A2"), {edit(person("a/A2"), "family_name", "Solitaire", "Entretemps")},
                                   {"somebody", "test"}));
  const Reading dry = read(sheets);
  EXPECT_THAT(changes(dry),
              UnorderedElementsAre("family_name Solitaire>Du classeur conflict", "telephone >01 02 03 04 05 applied"));
  EXPECT_THAT(dry.changes[0].cells[0].now, ElementsAre("Entretemps"));
  applied(dry);
  EXPECT_THAT(values(person("a/A2"), "family_name"), ElementsAre("Entretemps"));
  EXPECT_EQ(values(person("a/A2"), "telephone").size(), 1U);
}

// Rule 22.
TEST_F(WorkbookTest, DeletedRowsTakeNothingAway) {
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  people.rows.erase(people.rows.begin() + 2);
  std::erase_if(sheets, [](const Sheet& each) { return each.name.find("Equipment") != std::string::npos; });
  const Reading reading = read(sheets);
  EXPECT_EQ(reading.missing.size(), 3U);
  EXPECT_THAT(changes(reading), ElementsAre());
}

// Rules 19 and 20.
TEST_F(WorkbookTest, ChangedForeignAndDoubledIdsAreRefusedRowByRow) {
  const std::vector<Sheet> other = sheets_of(made(id_of("name:institut autre")).bytes);
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  const auto row_of = [&](const std::string& name) -> std::vector<std::string>& {
    return *[&] {
      for (auto& row : people.rows) {
        if (std::find(row.cells.begin(), row.cells.end(), name) != row.cells.end()) {
          return &row.cells;
        }
      }
      ADD_FAILURE() << name;
      return &people.rows.front().cells;
    }();
  };
  row_of("Lou")[0] = "not an id";
  people.rows.push_back({100, row_of("Noa")});  // the same twice: one row
  people.rows.push_back({101, row_of("Camille")});
  people.rows.back().cells[column(people, "family_name")] = "Autrement";
  for (const Sheet& each : other) {
    if (each.name.find("People") != std::string::npos) {
      people.rows.push_back(each.rows.at(2));  // another institution's
      people.rows.back().cells[column(people, "family_name")] = "Volée";
    }
  }
  people.rows.push_back({103, {instrument("S-1").text(), "Zorg"}});
  const Reading reading = read(sheets);
  EXPECT_THAT(codes(reading), UnorderedElementsAre("CONFIRM_ID_CHANGED", "CONFIRM_ROWS_DIFFER", "CONFIRM_ROWS_DIFFER",
                                                   "CONFIRM_ID_FOREIGN", "CONFIRM_OTHER_KIND"));
  EXPECT_THAT(changes(reading), ElementsAre());
  EXPECT_THAT(values(person("b/B1"), "family_name"), ElementsAre("Ailleurs"));
}

// Rule 18.
TEST_F(WorkbookTest, ColumnsMayMoveAndGo) {
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  cell(people, "Noa", "family_name") = "Nombreuse";
  const size_t gone = column(people, "telephone");
  const size_t columns = people.rows[0].cells.size();
  for (auto& row : people.rows) {
    row.cells.resize(columns);
    row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(gone));
    std::reverse(row.cells.begin(), row.cells.end());
  }
  EXPECT_THAT(changes(read(sheets)), ElementsAre("family_name Solitaire>Nombreuse applied"));
}

// Rule 18.
TEST_F(WorkbookTest, WithoutThePlacesASheetIsNotGuessed) {
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  cell(people, "Noa", "family_name") = "Nombreuse";
  people.rows.erase(people.rows.begin());
  const Reading reading = read(sheets);
  EXPECT_THAT(codes(reading), ElementsAre("CONFIRM_NO_COLUMNS"));
  EXPECT_THAT(changes(reading), ElementsAre());
}

TEST_F(WorkbookTest, ValuesThatCannotBeAreSaidAndTheRestGoesIn) {
  std::vector<Sheet> sheets = out_again();
  Sheet& people = sheet(sheets, "People");
  cell(people, "Noa", "orcid") = "0000-0002-1825-0098";
  cell(people, "Noa", "homepage") = "javascript:alert(1)";
  cell(people, "Noa", "honorific") = "Dr";
  cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "platforms") = "Nulle part";
  cell(sheet(sheets, "Equipment"), "Microscope zorg", "condition") = "=1+1";
  applied(read(sheets));
  EXPECT_THAT(values(person("a/A2"), "honorific"), ElementsAre("Dr"));
  EXPECT_THAT(values(person("a/A2"), "orcid"), ElementsAre());
  EXPECT_THAT(values(instrument("S-1"), "platforms").size(), testing::Eq(1U));
}

// Rule 21.
TEST_F(WorkbookTest, ANewRowIsANewThing) {
  std::vector<Sheet> sheets = sheets_of(made(id_of("name:plateforme d'essai")).bytes);
  Sheet& equipment = sheet(sheets, "Equipment");
  sources::SheetRow fresh{50, std::vector<std::string>(equipment.rows[0].cells.size())};
  fresh.cells[column(equipment, "names@fr")] = "Trieur neuf";
  fresh.cells[column(equipment, "serial_number")] = "S-99";
  fresh.cells[column(equipment, "condition")] = "sparkling";
  equipment.rows.push_back(fresh);
  sources::SheetRow nameless{51, std::vector<std::string>(equipment.rows[0].cells.size())};
  nameless.cells[column(equipment, "make")] = "Zorg";
  equipment.rows.push_back(nameless);
  const Reading dry = read(sheets);
  EXPECT_EQ(dry.count_new(), 1);
  EXPECT_EQ(dry.rejected, 1);
  EXPECT_THAT(codes(dry), ElementsAre("CONFIRM_NO_NAME"));
  EXPECT_THAT(changes(dry), UnorderedElementsAre("names >Trieur neuf applied", "serial_number >S-99 applied",
                                                 "condition >sparkling wrong"));
  applied(dry);
  const Id id = instrument("S-99");
  EXPECT_EQ(card(id).label, "Trieur neuf");
  EXPECT_EQ(card(id).sources.front().source, "pitchblende:confirm");
  EXPECT_EQ(values(id, "platforms").size(), 1U) << "it belongs to the platform that its workbook is of";
  applied(read(sheets));
  EXPECT_EQ(instrument("S-99"), id) << "said twice, it is one thing";
}

TEST_F(WorkbookTest, WhatIsNoWorkbookOfOursIsRefused) {
  const std::string other = bytes_of({Sheet{"Feuil1", false, {{1, {"Nom", "Prénom"}}}}});
  EXPECT_TRUE(workbooks.read(other, "x.xlsx", {}).error().is(errors::workbook));
  for (const std::string& bytes : {std::string("hello"), std::string("PK\x03\x04 rubbish"),
                                   std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), std::string()}) {
    EXPECT_FALSE(workbooks.read(bytes, "x.xlsx", {})) << bytes;
  }
  std::vector<Sheet> sheets = out_again();
  EXPECT_TRUE(workbooks.read(bytes_of(sheets), "x.xlsx", id_of("name:institut autre")).error().is(errors::anothers));
  sheet(sheets, "pitchblende").rows[0].cells[1] = "999";
  EXPECT_TRUE(workbooks.read(bytes_of(sheets), "x.xlsx", {}).error().is(errors::workbook));
  sheet(sheets, "pitchblende").rows[0].cells[1] = "1";
  sheet(sheets, "pitchblende").rows[1].cells[1] = id_of("name:institut autre").text();
  EXPECT_TRUE(workbooks.read(bytes_of(sheets), "x.xlsx", {}).error().is(errors::workbook)) << "its stamp was changed";
  EXPECT_TRUE(
      workbooks.make(person("a/A1"), 0, access::Viewer::everything(), Language::french, {}).error().is(errors::whole));
}

// What went out of this test's pool (ids are the same on every machine), a name changed, and saved by LibreOffice 7.4.
TEST_F(WorkbookTest, ASheetSavedByLibreOfficeIsReadAsOneOfOurs) {
  const MadeWorkbook out = made(id_of("name:institut essai"));
  if (const char* keep = std::getenv("PB_KEEP_WORKBOOK"); keep != nullptr) {
    std::ofstream(keep, std::ios::binary) << out.bytes;
  }
  std::ifstream in(std::string(PB_SOURCE_DIR) + "/tests/fixtures/confirm/saved-by-libreoffice.xlsx", std::ios::binary);
  const Reading reading = read(std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
  EXPECT_EQ(reading.read, 6);
  EXPECT_THAT(codes(reading), ElementsAre());
  EXPECT_THAT(reading.missing, ElementsAre());
  EXPECT_THAT(changes(reading), ElementsAre("family_name Solitaire>Nombreuse applied"));
}

// Rule 16: people choose words, in the language of who made it; codes and the other language's words are read too.
TEST_F(WorkbookTest, CodesAreWordsAndComeBackAsCodes) {
  std::vector<Sheet> sheets = out_again();
  EXPECT_EQ(cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "condition"), "en service");
  std::string offered;
  for (const auto& row : sheet(sheets, "pitchblende").rows) {
    for (const std::string& each : row.cells) {
      offered += each + "|";
    }
  }
  EXPECT_THAT(offered, HasSubstr("en panne|"));
  EXPECT_THAT(offered, testing::Not(HasSubstr("broken")));
  std::vector<Sheet> english = sheets_of(made(id_of("name:institut essai"), Language::english).bytes);
  EXPECT_EQ(cell(sheet(english, "Equipment"), "Cytomètre zorg", "condition"), "working");
  for (const std::string same : {"En service", "working"}) {
    cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "condition") = same;
    EXPECT_THAT(changes(read(sheets)), ElementsAre()) << same;
  }
  for (const std::string typed : {"en panne", "EN PANNE", "broken"}) {
    cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "condition") = typed;
    const Reading reading = read(sheets);
    ASSERT_EQ(reading.changes.size(), 1U) << typed;
    EXPECT_EQ(reading.changes[0].cells.at(0).edit.edit.after, "broken");
    EXPECT_EQ(reading.changes[0].cells.at(0).fate, CellFate::applied);
  }
}

TEST(CodeWords, EachWordMeansItsCodeInBothLanguages) {
  size_t seen = 0;
  for (const registry::KindDescription& kind : registry::kinds()) {
    for (const registry::FieldDescription& described : kind.fields) {
      const registry::FieldId field = registry::field(kind.kind, described.name);
      for (const std::string_view code : registry::listed_codes(field)) {
        for (const Language language : {Language::french, Language::english}) {
          EXPECT_EQ(registry::code_meant(field, registry::word_of(field, code, language)), code)
              << kind.name << "." << described.name;
          EXPECT_EQ(registry::code_meant(field, code), code);
          ++seen;
        }
      }
    }
  }
  EXPECT_GT(seen, 150U);
}

TEST_F(WorkbookTest, AsItsReaderMaySeeIt) {
  auto out = workbooks.make(id_of("name:institut essai"), 0, access::Viewer::visitor(), Language::french, {});
  ASSERT_TRUE(out) << out.error().message();
  std::vector<Sheet> sheets = sheets_of(out->bytes);
  EXPECT_EQ(cell(sheet(sheets, "People"), "Camille", "email"), "");
  EXPECT_EQ(cell(sheet(sheets, "Equipment"), "Cytomètre zorg", "serial_number"), "");
}

}  // namespace
}  // namespace pitchblende::confirm
