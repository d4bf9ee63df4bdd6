// What the files of one member have in common: its tongue, its habits, where they go. Inside demo; one thread.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/files.hpp"
#include "demo/habits.hpp"

namespace pitchblende::demo {

using Row = std::vector<std::string>;

class MemberFiles {
 public:
  MemberFiles(const World& world, size_t institution, Output& out)
      : m_world(world),
        m_institution(institution),
        m_at(institutions()[institution]),
        m_habit(habit(institution)),
        m_out(out) {}

 protected:
  bool is_english() const { return m_habit.layout.tongue == Tongue::english; }
  std::string_view word(std::string_view french, std::string_view english) const {
    return is_english() ? english : french;
  }
  std::string name(std::string_view kind) const { return fmt::format("{}-{}", m_at.code, kind); }
  std::string file_name(std::string_view kind) const {
    const bool book = m_habit.layout.form == Form::workbook;
    const std::string_view end = book ? "xlsx" : m_habit.layout.separator == '\t' ? "tsv" : "csv";
    return fmt::format("{}/{}.{}", m_at.code, kind, end);
  }
  Source source(std::string_view kind, std::string_view format, const std::string& file) const {
    Source source = source_of(name(kind), std::string(format), std::string(m_at.code), file);
    source.institution_ref = m_at.ror;
    source.trust = 60;
    return source;
  }
  Result<void> write_table(std::string_view kind, std::string_view format, std::string_view title, Table table,
                           size_t repeated) {
    Layout layout = m_habit.layout;
    layout.repeated = repeated;
    table.sheet = title;
    const std::string file = file_name(word(title, kind));
    return m_out.table(source(kind, format, file), file, table, layout);
  }

  const World& m_world;
  size_t m_institution;
  const Institution& m_at;
  const Habit& m_habit;
  Output& m_out;
};

// The file of its people and that of its teams.
Result<void> write_people_and_teams(const World& world, size_t institution, Output& out);
// The file of its platforms and that of its instruments.
Result<void> write_platforms_and_equipment(const World& world, size_t institution, Output& out);
inline std::string person_entity(const Person& person) { return fmt::format("person:{}", person.number); }

}  // namespace pitchblende::demo
