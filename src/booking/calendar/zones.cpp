#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "booking/calendar/event.hpp"

namespace pitchblende::booking::calendar {

namespace {

// "Romance Standard Time" → "Europe/Paris"; empty: none.
std::string of_windows(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[128];
  int32_t wide_length = 0;
  u_strFromUTF8(wide, 128, &wide_length, name.data(), static_cast<int32_t>(name.size()), &status);
  UChar found[128];
  const int32_t length = ucal_getTimeZoneIDForWindowsID(wide, wide_length, nullptr, found, 128, &status);
  if (U_FAILURE(status) || length <= 0) {
    return {};
  }
  char out[256];
  int32_t out_length = 0;
  u_strToUTF8(out, sizeof(out), &out_length, found, length, &status);
  return U_FAILURE(status) ? std::string() : std::string(out, static_cast<size_t>(out_length));
}

std::optional<Zone> named(const std::string& name) {
  Result<Zone> zone = Zone::named(name);
  if (!zone) {
    return std::nullopt;
  }
  return std::move(*zone);
}

}  // namespace

void Zones::define(const ContentLine& line) {
  if (line.name == "TZID") {
    m_defined = line.value;
  } else if (line.name == "X-LIC-LOCATION" && m_locations.size() < 1000) {
    m_locations[m_defined] = line.value;
  }
}

std::optional<Zone> Zones::find(const std::string& name) {
  if (name.size() > 100) {
    return std::nullopt;
  }
  const auto known = m_found.find(name);
  if (known != m_found.end()) {
    return known->second;
  }
  std::optional<Zone> zone = named(name);
  if (!zone) {
    const auto location = m_locations.find(name);
    if (location != m_locations.end()) {
      zone = named(location->second);
    }
  }
  if (!zone) {
    if (const std::string other = of_windows(name); !other.empty()) {
      zone = named(other);
    }
  }
  // "/example.org/2024/Europe/Paris"
  for (size_t slash = name.find('/'); !zone && slash != std::string::npos; slash = name.find('/', slash + 1)) {
    zone = named(name.substr(slash + 1));
  }
  if (m_found.size() < 1000) {
    m_found.emplace(name, zone);
  }
  return zone;
}

}  // namespace pitchblende::booking::calendar
