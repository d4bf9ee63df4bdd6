// Makes, models and serial numbers of instruments as they are compared. Owner: resolution. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// "unknown": one of the two does not say.
enum class Agreement : uint8_t { unknown, same, part, different };

// Two makes in the form of organisation_key(). The same: one stands in the other as a whole ("zeiss", "carl zeiss
// microscopy"), however its words are parted ("perkinelmer"); initials ("bd", "becton dickinson"); one slip of the pen.
Agreement compare_makes(std::string_view a, std::string_view b);

// Two models in the form of model_key(). Part: one stands in the other, word by word ("lsm 880", "lsm 880 airyscan").
Agreement compare_models(std::string_view a, std::string_view b);

// "Zeiss LSM 880" of Carl Zeiss is "lsm 880"; what is nothing but the make stays.
std::string model_key(std::string_view model, std::string_view make);

// Of two different serial_key(): one is the end of the other, which says more ("880-2301", "2301").
bool may_be_one_serial(std::string_view a, std::string_view b);

// Letters and digits only, without "S/N" before them. Empty: no serial number ("1", "n/a", "sn", "0000", "12345").
std::string serial_key(std::string_view printed);

// A serial_key() that is met again by chance: under four signs, or a year (1950 to 2035).
bool is_common_serial(std::string_view key);

// The number that both have makes one instrument of the two by itself: they say one make, no two models, and it is no
// common one.
bool is_one_by_serial(const Mention& a, const Mention& b, std::string_view key);

}  // namespace pitchblende::resolution
