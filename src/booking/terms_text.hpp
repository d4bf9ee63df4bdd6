// Opening hours and closures as people write them. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "booking/booking_types.hpp"

namespace pitchblende::booking {

// "08:00", up to "24:00", as minutes.
std::optional<int> read_minutes(std::string_view text);
std::string minutes_text(int minutes);
// "08:00-12:30"; spaces and a dash of any length between are taken too.
std::optional<Hours> read_stretch(int weekday, std::string_view text);
// "2026-08-01/2026-08-15", or one day.
std::optional<Closure> read_closure(std::string_view text);

// "08:00-12:30, 13:30-18:00": a weekday's.
std::string stretches_text(const std::vector<Hours>& hours, int weekday);
std::string closure_text(const Closure& closure);

}  // namespace pitchblende::booking
