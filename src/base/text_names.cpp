#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <array>

#include "base/text.hpp"

namespace pitchblende {

namespace {

using Names = int32_t (*)(const char* locale, const char* shown_in, UChar* name, int32_t room, UErrorCode* status);

std::string shown(Names names, const std::string& locale, std::string_view language, std::string_view otherwise) {
  const std::string shown_in(language);
  std::array<UChar, 128> name{};
  UErrorCode status = U_ZERO_ERROR;
  const int32_t length = names(locale.c_str(), shown_in.c_str(), name.data(), name.size(), &status);
  if (U_FAILURE(status) || length <= 0 || length > static_cast<int32_t>(name.size())) {
    return std::string(otherwise);
  }
  std::string out(static_cast<size_t>(length) * 3 + 1, '\0');
  int32_t bytes = 0;
  u_strToUTF8(out.data(), static_cast<int32_t>(out.size()), &bytes, name.data(), length, &status);
  out.resize(U_SUCCESS(status) ? static_cast<size_t>(bytes) : 0);
  return out.empty() ? std::string(otherwise) : out;
}

}  // namespace

std::string country_name(std::string_view code, std::string_view language) {
  return shown(uloc_getDisplayCountry, "und_" + std::string(code), language, code);
}

std::string language_name(std::string_view code, std::string_view language) {
  return code.empty() ? std::string() : shown(uloc_getDisplayLanguage, std::string(code), language, code);
}

}  // namespace pitchblende
