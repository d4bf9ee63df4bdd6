// Two records side by side: for each field how far its two values agree. Owner: linkage. Pure functions, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "linkage/table.hpp"

namespace pitchblende::linkage {

// What a level means depends on the type; each type uses some of them. Missing on either side speaks neither for nor
// against.
enum class Level : uint8_t {
  missing,
  exact,
  close,    // one slip of the pen; a list of people of which one is missing; the year before
  near,     // some slips; a title with words added; two of three parts of a date
  part,     // an initial; half of the words; the same year
  faint,    // a quarter of the words
  swapped,  // stands in the other field of the record; day and month exchanged
  different
};
inline constexpr size_t k_levels = 8;
std::string_view name(Level level);

inline constexpr size_t k_fields_at_most = 21;
using Levels = std::array<Level, k_fields_at_most>;

Level compare_values(const Column& column, const Prepared& a, const Prepared& b);

// Two texts outside of any table: words weigh by their length, as nobody counted them.
Level compare_texts(FieldType type, std::string_view a, std::string_view b);

// All fields of two records; of fields that people put in each other's place the first says so and the second is
// missing. Fields from k_fields_at_most on are not looked at.
Levels compare_records(const Table& table, uint32_t a, uint32_t b);

// How alike all fields are spelled, 0 to 1: tells two pairs of the same levels apart.
double likeness(const Table& table, uint32_t a, uint32_t b);

}  // namespace pitchblende::linkage
