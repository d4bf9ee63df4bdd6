// Records as typed fields, made ready to be compared: what linkage works on. Owner: linkage. Values; a finished
// Table may be read by any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/interning.hpp"

namespace pitchblende::linkage {

enum class FieldType : uint8_t {
  name,        // of a person, a place, a thing: one or a few words with slips of the pen
  names,       // a list of people
  text,        // a title: many words, some rare
  date,        // 2019, 2019-04, 2019-04-30, 20190430
  number,      // of a house, a volume
  identifier,  // wrong in two characters it is another one
  postcode,
  address,   // a line of an address
  category,  // one of few values, perhaps in two vocabularies
};

struct Field {
  std::string name;
  FieldType type = FieldType::name;
};

struct Schema {
  std::vector<Field> fields;
  std::vector<std::pair<uint32_t, uint32_t>> swaps;  // fields that people put in each other's place
};

// `key` tells records of a side apart and breaks ties; `side` says of two files which one it is from.
struct Row {
  std::string key;
  uint8_t side = 0;
  std::vector<std::string> values;  // one for each field; empty, "null", "n/a", "?": missing
};

inline constexpr size_t k_words_of_value = 64;  // of what is longer the first ones are compared

inline constexpr uint32_t k_any_letters = UINT32_MAX;

// Year, month and day where they are known, 0 where not.
struct DateParts {
  uint16_t year = 0;
  uint8_t month = 0;
  uint8_t day = 0;
};

// A value as it is compared; every different one of a column once.
struct Prepared {
  std::string text;                           // folded words with single spaces; k_lost_letter where one was lost
  std::string tight;                          // without the spaces
  uint32_t letters = 0;                       // which letters it has, a bit each; all of them where one was lost
  uint32_t length = 0;                        // of `tight`, in letters and digits
  std::vector<uint32_t> words;                // of Column::words, in their order; of names: of all people
  std::vector<std::vector<uint32_t>> people;  // names: the words of each
  std::vector<uint32_t> numbers;              // text, name: the words that count something, sorted
  DateParts date;
  std::array<uint32_t, 2> count{};  // records of either side that have it
};

struct Column {
  FieldType type = FieldType::name;
  std::vector<Prepared> values;
  std::vector<uint32_t> of_record;     // into values; k_none: missing
  TextTable words;                     // of text, names, address
  std::vector<uint32_t> word_records;  // records that have the word
  std::vector<uint32_t> word_letters;  // the same of a word: those far apart need no measuring
  std::array<uint32_t, 2> filled{};    // records of either side that have a value
  // In bits: −log₂ of the share of records that have it; of a column without records a guess from its length.
  double rarity(uint32_t word) const;
};

// A value made ready for comparison within the column; an empty text: it is missing.
Prepared prepared(Column& column, std::string_view printed);

// Records in the order of side, key and values, whatever the order that they came in.
class Table {
 public:
  Table(Schema schema, std::span<const Row> rows);

  size_t size() const { return m_order.size(); }
  const Schema& schema() const { return m_schema; }
  const Column& column(size_t field) const { return m_columns[field]; }
  size_t fields() const { return m_columns.size(); }
  uint32_t value_of(size_t field, uint32_t record) const { return m_columns[field].of_record[record]; }
  uint8_t side(uint32_t record) const { return record < m_first_of_second ? 0 : 1; }
  uint32_t first_of_second() const { return m_first_of_second; }
  bool two_sides() const { return m_first_of_second > 0 && m_first_of_second < size(); }
  // The place of a record in the rows that were given.
  uint32_t row(uint32_t record) const { return m_order[record]; }

 private:
  void fill(size_t field, std::span<const Row> rows);

  Schema m_schema;
  std::vector<uint32_t> m_order;
  uint32_t m_first_of_second = 0;
  std::vector<Column> m_columns;
};

// Folded words; letters that an encoding has lost ("J?r?me", U+FFFD) stay as k_lost_letter, HTML's entities are read.
std::string comparable(std::string_view text);
bool is_null_word(std::string_view folded);

}  // namespace pitchblende::linkage
