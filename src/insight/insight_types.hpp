// What insight counts: figures of a year, by key area and institution, with what stands behind each. Values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"

namespace pitchblende::insight {

// In the order of pages and workbooks. docs/rules/insight.md says how each is counted.
enum class Figure : uint8_t {
  people,
  teams,
  outputs,
  open_outputs,
  outputs_between,
  outputs_abroad,
  outputs_with_companies,
  platforms,
  equipment,
  hours,
  grants,
  trials,
  patents,
  partnerships,
  awards,
  requests
};
inline constexpr size_t k_figures = 16;
std::string_view name(Figure figure);  // "open_outputs"
std::optional<Figure> figure(std::string_view name);
inline Figure figure_at(size_t at) { return static_cast<Figure>(at); }

// What is counted one by one: several figures are of the same things.
enum class Base : uint8_t {
  people,
  teams,
  outputs,
  platforms,
  equipment,
  grants,
  trials,
  patents,
  partnerships,
  awards,
  requests
};
inline constexpr size_t k_bases = 11;
Base base_of(Figure figure);
// The figure that this one is a share of; nullopt: of none.
std::optional<Figure> whole_of(Figure figure);

// A key area or an institution: what figures are told apart by.
struct Place {
  Id id;
  std::string french;
  std::string english;
  bool operator==(const Place&) const = default;
};

// A person who is in a key area from that day on.
struct Membership {
  Id person;
  Id area;
  std::string since;
};

enum class Openness : uint8_t { unknown, open, closed };

// One thing that counts. Numbers are places in Figures::areas and Figures::institutions, sorted.
struct Item {
  Id id;
  std::vector<uint16_t> areas = {};
  std::vector<uint16_t> institutions = {};
  std::vector<Id> teams = {};  // sorted
  int64_t amount = 1;          // hours: seconds; requests: how many
  Openness openness = Openness::unknown;
  bool is_abroad = false;
  bool has_company = false;
  bool lacks = false;  // what the figure's coverage asks for: a date, an affiliation
  bool operator==(const Item&) const = default;
};

// How many count in a cell, and how many of those lack something. Hours in seconds.
struct Tally {
  int64_t count = 0;
  int64_t lacking = 0;
  bool operator==(const Tally&) const = default;
};

struct Figures {
  int year = 0;
  std::string made;  // when: 2026-11-24T10:20:30Z
  access::Visibility reach = access::Visibility::everyone;
  std::vector<Place> areas;
  std::vector<Place> institutions;
  std::array<std::vector<Item>, k_bases> items;  // [Base], by id
  std::vector<Tally> tallies;                    // of all cells, by tally_all(); empty: not made yet
  uint64_t bytes_read = 0;                       // of cards

  const std::vector<Item>& of(Base base) const { return items[static_cast<size_t>(base)]; }
};

// Where to count: nullopt: all of them together. In none: things that are in no area, or in no institution.
struct Cell {
  std::optional<uint16_t> area = std::nullopt;
  std::optional<uint16_t> institution = std::nullopt;
};
inline constexpr uint16_t k_in_none = 0xFFFF;

}  // namespace pitchblende::insight
