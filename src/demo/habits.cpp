#include "demo/habits.hpp"

#include <fmt/format.h>

namespace pitchblende::demo {

namespace {

std::vector<Habit> all_habits() {
  std::vector<Habit> all(k_institutions);
  all[0].layout = {Form::text,
                   ';',
                   Encoding::latin1,
                   Tongue::french,
                   {"Direction de la recherche (démonstration)", "Extraction du 03/11/2025", ""},
                   "idem",
                   SIZE_MAX};
  all[0].names = NameHabit::capitals_plain;
  all[1].layout.form = Form::workbook;
  all[1].dates = DateHabit::words;
  all[2].layout = {Form::text, ',', Encoding::utf8_bom, Tongue::english, {}, "", SIZE_MAX};
  all[2].names = NameHabit::initials_often;
  all[2].dates = DateHabit::iso;
  all[3].layout = {Form::text, '\t', Encoding::utf8, Tongue::english, {}, "", SIZE_MAX};
  all[3].names = NameHabit::family_first;
  all[3].dates = DateHabit::year;
  all[4].layout = {Form::text, ';', Encoding::windows1252, Tongue::french, {"Annuaire de la recherche"}, "", SIZE_MAX};
  all[4].names = NameHabit::given_first;
  all[4].dates = DateHabit::month;
  all[5].layout = {Form::text, '|', Encoding::utf8, Tongue::french, {}, "\"", SIZE_MAX};
  all[5].names = NameHabit::plain;
  all[6].layout.form = Form::workbook;
  all[6].names = NameHabit::comma;
  all[6].dates = DateHabit::words;
  return all;
}

// Who married is known by the new name, who writes his name otherwise abroad by the other one here and there.
Name name_here(const Habit& habit, const Person& person, bool before) {
  Name name = person.name;
  if (before && !name.birth.empty()) {
    name.family = name.birth;
  } else if (!name.variant.empty() && habit.layout.tongue == Tongue::english) {
    name.family = name.variant;
  }
  return name;
}

}  // namespace

const Habit& habit(size_t institution) {
  static const std::vector<Habit> all = all_habits();
  return all[institution];
}

std::string dated(const Habit& habit, int year, int month) {
  static constexpr std::array<std::string_view, 12> k_months = {"janvier",   "février", "mars",     "avril",
                                                                "mai",       "juin",    "juillet",  "août",
                                                                "septembre", "octobre", "novembre", "décembre"};
  switch (habit.dates) {
    case DateHabit::slashed:
      return fmt::format("01/{:02}/{}", month, year);
    case DateHabit::words:
      return fmt::format("1er {} {}", k_months[static_cast<size_t>(month - 1)], year);
    case DateHabit::iso:
      return fmt::format("{}-{:02}-01", year, month);
    case DateHabit::year:
      return std::to_string(year);
    default:
      return fmt::format("{} {}", k_months[static_cast<size_t>(month - 1)], year);
  }
}

Printed printed(const Habit& habit, const Person& person, bool before) {
  const Name name = name_here(habit, person, before);
  const std::string given = name.second.empty() || person.number % 2 == 0 ? name.given : name.given + " " + name.second;
  switch (habit.names) {
    case NameHabit::capitals_plain:
      return {capitals(without_accents(name.family)), capitals(without_accents(given)), {}};
    case NameHabit::own_columns:
      return {name.family, given, {}};
    case NameHabit::initials_often:
      return {name.family, person.number % 7 == 0 ? initials(name.given) : given, {}};
    case NameHabit::family_first:
      return {{}, {}, family_first(name)};
    case NameHabit::given_first:
      return {{}, {}, given_first(name)};
    case NameHabit::plain:
      return {without_accents(name.family), without_accents(given), {}};
    default:
      return {{}, {}, name.family + ", " + given};
  }
}

}  // namespace pitchblende::demo
