#include "sources/tables/sheets.hpp"

#include <gmock/gmock.h>

#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

using testing::ElementsAre;

std::vector<std::vector<std::string>> cells(std::string_view bytes) {
  const auto sheet = read_table(bytes, "a.csv", {});
  EXPECT_TRUE(sheet) << sheet.error().message();
  std::vector<std::vector<std::string>> out;
  for (const SheetRow& row : sheet ? sheet->rows : std::vector<SheetRow>()) {
    out.push_back(row.cells);
  }
  return out;
}

TEST(Tables, AreReadWhateverPartsTheirCells) {
  const auto expected = ElementsAre(ElementsAre("a", "b, c"), ElementsAre("é", "d"));
  EXPECT_THAT(cells("a,\"b, c\"\né,d\n"), expected);
  EXPECT_THAT(cells("a;b, c\r\né;d\r\n"), expected);
  EXPECT_THAT(cells("a\tb, c\né\td"), expected) << "as a spreadsheet pastes it";
  EXPECT_THAT(cells("\xEF\xBB\xBFsep=|\na|b, c\né|d\n"), expected);
  EXPECT_THAT(cells("a;b, c\n\xE9;d\n"), expected) << "Windows-1252";
}

TEST(Tables, KnowTheLinesOfTheirRowsAndAreBounded) {
  const auto sheet = read_table("a,b\n\n\"c\nd\",e\nf,g\n", "a.csv", {});
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->rows.size(), 3U);
  EXPECT_EQ(sheet->rows[1].number, 3);
  EXPECT_EQ(sheet->rows[2].number, 5);
  EXPECT_TRUE(read_table("", "a.csv", {}).error().is(errors::empty));
  EXPECT_TRUE(read_table("a,b\nc,d\n", "a.csv", {1 << 20, 1 << 20, 1}).error().is(errors::too_large));
  EXPECT_TRUE(read_table("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls", {}).error().kind().status == 422);
}

TEST(Tables, ShowTheirFirstRowsAndComeBackAsCsv) {
  const auto first = first_rows("a;b\n\"c;\"\"d\"\"\";e;f\ng;h\n", "a.csv", 2);
  ASSERT_TRUE(first);
  ASSERT_EQ(first->size(), 1U);
  ASSERT_EQ(first->front().rows.size(), 2U);
  EXPECT_THAT(cells(as_csv(first->front())), ElementsAre(ElementsAre("a", "b", ""), ElementsAre("c;\"d\"", "e", "f")));
}

}  // namespace

}  // namespace pitchblende::sources
