// How each of the seven members writes its files. Owner: demo. Constant data, any thread.
#pragma once

#include "demo/table.hpp"
#include "demo/world.hpp"

namespace pitchblende::demo {

enum class NameHabit : uint8_t { capitals_plain, own_columns, initials_often, family_first, given_first, plain, comma };
enum class DateHabit : uint8_t { slashed, words, iso, year, month };

struct Habit {
  Layout layout;
  NameHabit names = NameHabit::own_columns;
  DateHabit dates = DateHabit::slashed;
};
const Habit& habit(size_t institution);

// A date in the first days of a year, as the institution writes it.
std::string dated(const Habit& habit, int year, int month);
// The person as this file prints him: cells of family name, given names, whole name; those it has no column for are
// empty. `before`: under the name of before his marriage, where he had one.
struct Printed {
  std::string family;
  std::string given;
  std::string whole;
};
Printed printed(const Habit& habit, const Person& person, bool before);

}  // namespace pitchblende::demo
