// Dates, numbers, yes and no, names of people: what people type, and the one form that the registry keeps. Inside
// sources. Pure functions, any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::sources {

enum class DayOrder : uint8_t { day_first, month_first };
enum class DateSystem : uint16_t { from_1900, from_1904 };  // which day a spreadsheet counts from

struct ReadingHabits {
  DayOrder days = DayOrder::day_first;
  DateSystem date_system = DateSystem::from_1900;
  char decimal = ',';  // when a single mark could be either
};

// ISO 8601, full or partial (2019, 2019-04), from French and English forms: 30/04/2019, 1er avril 2019, avr. 2019,
// April 30, 2019, 30-Apr-19, 04/2019, 44652 (a spreadsheet's day). nullopt: no date, or none that exists.
std::optional<std::string> read_date(std::string_view text, const ReadingHabits& habits);
// A spreadsheet's day number as a date; the fraction is the time and dropped. nullopt: outside 1900–2199.
std::optional<std::string> serial_date(double serial, DateSystem system);
// A period in two: "2015-2019", "01/2015 – 12/2019", "de 2015 à 2019", "depuis 2015". Empty: open on that side.
struct Period {
  std::string begin;
  std::string end;
};
Period split_period(std::string_view text);

// A decimal number with a point and without groups: "1 234,50 €" → 1234.5, "1,5 M€" → 1500000, "12 %" → 12.
std::optional<std::string> read_number(std::string_view text, char decimal);

// oui/non, yes/no, vrai/faux, true/false, x, 1/0 → "true" or "false".
std::optional<std::string> read_flag(std::string_view text);

struct PrintedName {
  std::string family;
  std::string given;
  std::string honorific;
};
// "DUPONT Jean", "Jean Dupont", "Dupont, Jean", "Pr Jean de LA TOUR", "DUPONT J.-P.". All in capitals: the family name
// comes first, as in French lists.
PrintedName split_name(std::string_view text);
// "DUPONT-MARTIN" → "Dupont-Martin"; what has small letters already stays.
std::string name_case(std::string_view text);
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

struct Typed {
  std::string text;  // empty: dropped
  std::optional<Error> problem;
};
// A value as its field's type wants it. `institution` scopes local keys.
Typed typed_value(const registry::FieldDescription& field, std::string_view text, const ReadingHabits& habits,
                  std::string_view institution);
Typed typed_attribute(registry::Attribute attribute, std::string_view text, const ReadingHabits& habits,
                      std::string_view institution);
// "scheme:value" with the value checked, local keys scoped.
Typed typed_reference(std::string_view text, std::string_view institution);

// At most 80 bytes, cut between characters.
std::string excerpt_of(std::string_view text);

}  // namespace pitchblende::sources
