#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <array>

#include "base/text.hpp"

namespace pitchblende {

std::string country_name(std::string_view code, std::string_view language) {
  const std::string locale = "und_" + std::string(code);
  const std::string shown_in(language);
  std::array<UChar, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = uloc_getDisplayCountry(locale.c_str(), shown_in.c_str(), name.data(), name.size(), &status);
  if (U_FAILURE(status) || length <= 0 || length > static_cast<int32_t>(name.size())) {
    return std::string(code);
  }
  std::string out(static_cast<size_t>(length) * 3 + 1, '\0');
  int32_t bytes = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &bytes, name.data(), length, &status);
  out.resize(U_SUCCESS(status) ? static_cast<size_t>(bytes) : 0);
  return out.empty() ? std::string(code) : out;
}

}  // namespace pitchblende
