#include "sources/tables/csv_rows.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

using Cells = std::vector<std::vector<std::string>>;

std::vector<Row> rows_of(std::string_view text, char separator = ',', size_t piece = 1 << 20,
                         int64_t largest = 1 << 20) {
  auto bytes = without_mark(memory_bytes(text, piece));
  EXPECT_TRUE(bytes);
  CsvRows rows(std::move(*bytes), separator, largest);
  std::vector<Row> out;
  Row row;
  while (true) {
    const auto more = rows.next(row);
    EXPECT_TRUE(more);
    if (!more.value_or(false)) {
      return out;
    }
    out.push_back(row);
  }
}

Cells cells_of(std::string_view text, char separator = ',', size_t piece = 1 << 20) {
  Cells out;
  for (const Row& row : rows_of(text, separator, piece)) {
    out.push_back(row.cells);
  }
  return out;
}

bool has(const Row& row, const ErrorKind& kind) {
  return std::any_of(row.notices.begin(), row.notices.end(), [&](const Error& error) { return error.is(kind); });
}

// As RFC 4180 writes it.
std::string written(const Cells& rows, char separator, std::string_view line_end) {
  std::string out;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      out += i > 0 ? std::string(1, separator) : "";
      std::string cell = row[i];
      const bool quoted = cell.find_first_of("\" \t\r\n,;|") != std::string::npos;
      for (size_t at = cell.find('"'); at != std::string::npos; at = cell.find('"', at + 2)) {
        cell.insert(at, 1, '"');
      }
      out += quoted ? "\"" + cell + "\"" : cell;
    }
    out += line_end;
  }
  return out;
}

RC_GTEST_PROP(CsvRows, ReadWhatWasWritten, ()) {
  const auto piece_of_text =
      rc::gen::element<std::string>("", "a", "\"", "\"\"", ",", ";", "\t", "|", " ", "\n", "é", "œ", "€", "漢", "x y",
                                    "\"quoted\"", "; \"", "\n\"", "idem", "0");
  const auto cell = rc::gen::map(rc::gen::container<std::vector<std::string>>(piece_of_text), [](const auto& parts) {
    std::string out;
    for (const std::string& part : parts) {
      out += part;
    }
    return out;
  });
  Cells rows = *rc::gen::container<Cells>(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell)));
  // Blank rows are passed over by intent.
  std::erase_if(rows, [](const auto& row) {
    return std::all_of(row.begin(), row.end(), [](const std::string& text) { return trim(text).empty(); });
  });
  const char separator = *rc::gen::element(',', ';', '\t', '|');
  const auto line_end = *rc::gen::element<std::string>("\n", "\r\n", "\r");
  const auto piece = static_cast<size_t>(*rc::gen::inRange(1, 40));
  std::string text = written(rows, separator, line_end);
  if (*rc::gen::arbitrary<bool>() && !text.empty()) {
    text.resize(text.size() - line_end.size());
  }
  RC_ASSERT(cells_of(text, separator, piece) == rows);
}

RC_GTEST_PROP(CsvRows, DoNotDependOnThePieces, ()) {
  const auto part = rc::gen::element<std::string>("\"", "\"\"", ",", "\n", "\r", "\r\n", " ", "a", "é", "\xE9",
                                                  std::string(1, '\0'), "; ");
  std::string text;
  for (const std::string& each : *rc::gen::container<std::vector<std::string>>(part)) {
    text += each;
  }
  const auto whole = rows_of(text);
  const auto pieces = rows_of(text, ',', static_cast<size_t>(*rc::gen::inRange(1, 9)));
  RC_ASSERT(whole.size() == pieces.size());
  for (size_t i = 0; i < whole.size(); ++i) {
    RC_ASSERT(whole[i].cells == pieces[i].cells);
    RC_ASSERT(whole[i].number == pieces[i].number);
    RC_ASSERT(whole[i].notices.size() == pieces[i].notices.size());
  }
}

TEST(CsvRows, CountLines) {
  const auto rows = rows_of("a,b\r\n\r\n\"x\ny\",2\r\n3,4\n\n5,6");
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[1].number, 3);
  EXPECT_EQ(rows[1].cells[0], "x\ny");
  EXPECT_EQ(rows[2].number, 5);
  EXPECT_EQ(rows[3].number, 7);
}

TEST(CsvRows, TakeQuotesAsPeopleMeanThem) {
  EXPECT_EQ(cells_of("\"a \"b\" c\",d\n"), (Cells{{"a \"b\" c", "d"}}));
  EXPECT_EQ(cells_of("5\" pipe,\"x\" ,  \"y\"\n"), (Cells{{"5\" pipe", "x", "y"}}));
  // A name in quotes at a cell's beginning does not swallow the next row.
  const Cells two{{"\"Institut\" Exemple", "Paris"}, {"Suivant", "Lyon"}, {"x", "y"}};
  EXPECT_EQ(cells_of("\"Institut\" Exemple,Paris\n\"Suivant\",Lyon\nx,y\n"), two);
  EXPECT_TRUE(has(rows_of("\"Institut\" Exemple,Paris\n\"Suivant\",Lyon\n")[0], errors::quotes));
  // Never closed.
  EXPECT_EQ(cells_of("a,\"b\nc,d\ne,f\n"), (Cells{{"a", "\"b"}, {"c", "d"}, {"e", "f"}}));
}

TEST(CsvRows, ReadEachRowInItsEncoding) {
  const auto rows = rows_of("nom\nÉlodie\n\xC9lodie \x80 \x9C\nœuvre\n\xE9\n");
  ASSERT_EQ(rows.size(), 5u);
  EXPECT_EQ(rows[1].cells[0], "Élodie");
  EXPECT_EQ(rows[2].cells[0], "Élodie € œ");
  EXPECT_FALSE(has(rows[1], errors::mixed_encodings));
  EXPECT_TRUE(has(rows[2], errors::mixed_encodings));
  EXPECT_FALSE(has(rows[3], errors::mixed_encodings));
  EXPECT_TRUE(has(rows[4], errors::mixed_encodings));
  // All of one encoding: nothing to say.
  EXPECT_TRUE(rows_of("\xE9\n\xE8\n")[1].notices.empty());
}

TEST(CsvRows, ReadMarkedAndBareUtf16) {
  const std::string marked(
      "\xFF\xFE"
      "a\0,\0\xE9\0\n\0"
      "\x3D\xD8\x00\xDE"
      ",\0b\0",
      18);
  EXPECT_EQ(cells_of(marked, ',', 3), (Cells{{"a", "é"}, {"😀", "b"}}));
  std::string bare;
  for (const char c : std::string_view("name,town\nx,y\n")) {
    bare += std::string(1, '\0') + c;
  }
  EXPECT_EQ(cells_of(bare), (Cells{{"name", "town"}, {"x", "y"}}));
  EXPECT_EQ(cells_of("\xEF\xBB\xBF"
                     "a,b\n"),
            (Cells{{"a", "b"}}));
}

TEST(CsvRows, SayNulBytes) {
  const auto rows = rows_of(std::string("a,b\nx\0y,z\n", 10));
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].cells[0], "xy");
  EXPECT_TRUE(has(rows[1], errors::nul_bytes));
}

TEST(CsvRows, LargeCellsAndRowsDoNotStopTheRest) {
  const auto cell = rows_of("a,b\n" + std::string(3 << 20, 'x') + ",kept\nc,d\n", ',', 1 << 16, 64 << 20);
  ASSERT_EQ(cell.size(), 3u);
  EXPECT_EQ(cell[1].cells, (std::vector<std::string>{"", "kept"}));
  EXPECT_TRUE(has(cell[1], errors::cell_too_large));
  const auto row = rows_of("a,b\n\"" + std::string(3 << 20, 'x') + "\",lost\nc,d\n", ',', 1 << 16, 1 << 20);
  ASSERT_EQ(row.size(), 3u);
  ASSERT_TRUE(row[1].error);
  EXPECT_TRUE(row[1].error->is(errors::record_too_large));
  EXPECT_EQ(row[2].cells, (std::vector<std::string>{"c", "d"}));
  EXPECT_EQ(row[2].number, 3);
}

TEST(CsvRows, OpenQuotesStayLinear) {
  for (const char* line : {"x;\"\"a\n", "\"a\n", "\"\"\"a b\n", "x; \"a\n"}) {
    std::string text;
    while (text.size() < 4 << 20) {
      text += line;
    }
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(rows_of(text, ';', 1 << 20, 64 << 20).empty());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60)) << line;
  }
}

// csv-spectrum: each file beside what it says, in JSON written by others.
TEST(CsvRows, SurviveHostileFiles) {
  const std::string folder = std::string(PB_SOURCE_DIR) + "/../shared/data/hostile/csv/csvs/";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  const auto read = [&](const std::string& name) {
    std::ifstream in(folder + name + ".csv", std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return cells_of(out.str(), ',', 3);
  };
  EXPECT_EQ(read("comma_in_quotes")[1],
            (std::vector<std::string>{"John", "Doe", "120 any st.", "Anytown, WW", "08123"}));
  EXPECT_EQ(read("empty"), (Cells{{"a", "b", "c"}, {"1", "", ""}, {"2", "3", "4"}}));
  EXPECT_EQ(read("empty_crlf"), read("empty"));
  EXPECT_EQ(read("escaped_quotes"), (Cells{{"a", "b"}, {"1", "ha \"ha\" ha"}, {"3", "4"}}));
  EXPECT_EQ(read("json")[1][1], "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}");
  EXPECT_EQ(read("newlines")[2], (std::vector<std::string>{"Once upon \na time", "5", "6"}));
  EXPECT_EQ(read("newlines_crlf"), read("newlines"));
  EXPECT_EQ(read("quotes_and_newlines"), (Cells{{"a", "b"}, {"1", "ha \n\"ha\" \nha"}, {"3", "4"}}));
  EXPECT_EQ(read("simple"), (Cells{{"a", "b", "c"}, {"1", "2", "3"}}));
  EXPECT_EQ(read("simple_crlf"), read("simple"));
  EXPECT_EQ(read("utf8")[2], (std::vector<std::string>{"4", "5", "ʤ"}));
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    EXPECT_FALSE(read(entry.path().stem()).empty()) << entry.path();
  }
}

}  // namespace
}  // namespace pitchblende::sources
