// A mapping: what a table's columns mean, as an institution's file says it (docs/mappings.md). Inside sources.
//
// Values; read once, then constant: any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.hpp"
#include "registry/kinds.hpp"
#include "sources/mappings/mapping_pattern.hpp"
#include "sources/mappings/mapping_values.hpp"
#include "sources/mappings/title_words.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

enum class Transform : uint8_t {
  upper,
  lower,
  name,
  fold,
  key,
  date,
  number,
  year,
  begin,
  end,
  pad,
  map,
  only,
  extract,
  prefix,
  before,
  after,
  family,
  given,
  honorific,
  code,
  or_,
  default_
};

struct Step {
  Transform what = Transform::upper;
  std::string word;     // prefix, before, after, default, the name of a map
  uint32_t number = 0;  // width of pad; index of a map, pattern or column
};

// A column's value put through steps, text as it stands (column k_text), or the reference of the source's institution.
constexpr int k_text = -1;
constexpr int k_institution = -2;
struct Piece {
  std::string text;
  int column = k_text;
  bool optional = false;  // absent is nothing, instead of making the whole absent
  std::vector<Step> steps;
};
using Template = std::vector<Piece>;

struct Column {
  std::string name;
  std::vector<std::string> titles;        // as written in the mapping
  std::vector<std::string> separators;    // of a list in a cell, longest first; empty: one value
  std::unordered_set<std::string> nulls;  // folded
  std::vector<Step> steps;
  bool required = false;
};

// Holds when the column has one of the words (folded), or any value when there are none.
struct Condition {
  int column = -1;
  std::unordered_set<std::string> words;
  bool negated = false;
};

struct FieldRule {
  registry::FieldId field;
  std::vector<Template> alternatives;  // the first that gives something
  std::vector<std::pair<registry::Attribute, Template>> attributes;
  std::string lang;
  std::optional<Condition> when;
  std::vector<int> lists;  // columns of lists that it walks in step
};

enum class Standing : uint8_t { own, beside };  // a row's own record, or one more that the row tells of

struct RecordRule {
  registry::Kind kind = registry::Kind::person;
  Standing standing = Standing::own;
  bool joined = false;                   // rows of one key make one record
  std::vector<registry::FieldId> agree;  // of joined rows: what must have a word in common
  std::vector<Template> keys;
  std::vector<Template> dates;
  std::optional<Condition> when;
  std::optional<Condition> deleted;
  std::vector<int> each;  // columns of lists: a record for each element
  std::vector<registry::FieldId> required;
  std::vector<FieldRule> fields;
};

struct Mapping {
  std::string name;
  std::string english;
  std::string french;
  Mode mode = Mode::snapshot;
  bool aggregated = false;          // it tells of everybody's things, and of none as its source's institution's
  std::vector<std::string> sheets;  // names or numbers; empty: every visible one whose titles fit
  int64_t header = 0;               // its row; 0: found
  char separator = '\0';            // 0: found
  bool skip_hidden = false;
  ReadingHabits habits;
  std::unordered_set<std::string> nulls;   // folded
  std::unordered_set<std::string> dittos;  // folded
  std::vector<Column> columns;
  TitleWords titles;
  std::vector<std::unordered_map<std::string, std::string>> maps;  // normalised → word
  std::vector<Pattern> patterns;
  std::vector<RecordRule> records;
};

// Reads and checks a mapping. `name` is for errors. Errors: SOURCES_MAPPING_*, which name the line.
Result<Mapping> read_mapping(std::string_view toml, const std::string& name);

// A template's text: "{column}", "{column?}", "{column|step|step:word}", "{@institution}", "{{" for a brace. The error
// says which word is not known, and what is; the caller places it.
struct TemplateError {
  std::string text;
  std::string known;
};
struct Names {
  std::map<std::string, uint32_t> columns;
  std::map<std::string, uint32_t> maps;
  std::map<std::string, uint32_t> patterns;
};
// One line of [taken]: a title of the file means this column, the field of "field:…", or, when empty, nothing.
tl::expected<void, TemplateError> take(Mapping& mapping, std::string_view title, std::string_view target);
tl::expected<Template, TemplateError> read_template(std::string_view text, const Names& names);
tl::expected<Step, TemplateError> read_step(std::string_view text, const Names& names);
std::string listed(const std::map<std::string, uint32_t>& names);

}  // namespace pitchblende::sources
