// The clock by which calls open and close: that of Paris, with its two odd hours. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pitchblende::calls {

// Of an hour that comes twice in the night on which clocks go back. One that does not exist is read with the offset
// before the gap: 02:30 is 03:30.
enum class Twice : uint8_t { first, second };

// "2027-01-05T17:00" as seconds of UTC since 1970; nullopt: not that, or no such day.
std::optional<int64_t> read_paris(std::string_view text, Twice twice);
// "2027-01-05T17:00"; the other way.
std::string paris_text(int64_t utc);
// "2027-01-05T17:00:09"
std::string paris_text_to_the_second(int64_t utc);
bool is_day(std::string_view text);  // "2027-01-05"
// "2027-01-05T16:00:00Z", as clocks are stored.
std::optional<int64_t> read_utc(std::string_view text);

}  // namespace pitchblende::calls
