// Rows in, records out: the mapping at work. Inside sources. One thread.
//
// Each row that begins a record of its own ends in exactly one accept() or reject() of the sink, or in the record of
// the same key that it is joined to. Memory: 16 bytes or so per key, and the records that wait for others of their key,
// up to a bound.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "sources/mappings/mapping_cells.hpp"
#include "sources/source.hpp"
#include "sources/tables/tabular_header.hpp"
#include "sources/tables/tabular_rows.hpp"

namespace pitchblende::sources {

class RecordMaker {
 public:
  RecordMaker(const Mapping& mapping, const Settings& settings, RecordSink& sink, std::string file)
      : m_mapping(mapping), m_settings(settings), m_sink(sink), m_cells(mapping, settings.institution_ref) {
    m_place.file = std::move(file);
  }

  // A table of its own begins: a sheet, or the file.
  void begin(const std::string& part, Header header, Alignment alignment, DateSystem dates);
  void take(Row& row);
  // Gives out what waited to be joined.
  void finish();
  int64_t rows() const { return m_place.record; }

 private:
  struct Waiting {
    registry::Record record;
    Place place;
    std::unordered_set<uint64_t> values;
    Standing standing = Standing::own;
  };

  bool fits(Row& row);
  void repeat_above(Row& row);
  bool make(const RecordRule& rule);
  // A row's own record that cannot be made is rejected; one beside it is left out.
  bool refuse(const RecordRule& rule, std::string field, const std::string& key, Error error);
  void add_field(registry::Record& record, const FieldRule& rule);
  void add_value(registry::Record& record, const FieldRule& rule);
  void drop_no_given_name(registry::Record& record);
  void drop_reversed_end(const std::string& field, registry::Value& value);
  void give(const RecordRule& rule, registry::Record&& record);
  void accept(registry::Record&& record, const Place& place, Standing standing);
  void join(Waiting& into, registry::Record&& record);
  // The first field that tells that two rows of one key are of two things.
  std::optional<registry::FieldId> told_apart(const RecordRule& rule, const registry::Record& record) const;
  void note(std::string field, std::string_view text, Error error);
  std::string titles_of_key(const RecordRule& rule) const;

  const Mapping& m_mapping;
  const Settings& m_settings;
  RecordSink& m_sink;
  MappedCells m_cells;
  ReadingHabits m_habits;
  Header m_header;
  Alignment m_alignment = Alignment::by_grid;
  Place m_place;
  std::vector<std::string> m_above;
  std::unordered_set<uint64_t> m_said;  // values of the record in the making
  std::unordered_map<uint64_t, int64_t> m_row_of_key;
  std::vector<Waiting> m_waiting;
  std::unordered_map<uint64_t, size_t> m_waiting_at;
  int64_t m_waiting_bytes = 0;
  bool m_beside_noted = false;
};

}  // namespace pitchblende::sources
