#include "sources/mappings/mapping_pattern.hpp"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include <algorithm>

namespace pitchblende::sources {

namespace {

constexpr size_t k_longest_text = 10'000;
constexpr int32_t k_steps = 100;  // ICU's unit is about a millisecond
constexpr int32_t k_stack = 1 << 20;

std::u16string to_utf16(std::string_view text) {
  text = text.substr(0, k_longest_text);
  std::u16string out(text.size(), u'\0');
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, text.data(),
                       static_cast<int32_t>(text.size()), 0xFFFD, nullptr, &status);
  out.resize(U_SUCCESS(status) ? static_cast<size_t>(length) : 0);
  return out;
}

std::string to_utf8(const UChar* text, int32_t length) {
  std::string out(static_cast<size_t>(length) * 3, '\0');
  int32_t written = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &written, text, length, 0xFFFD, nullptr, &status);
  out.resize(U_SUCCESS(status) ? static_cast<size_t>(written) : 0);
  return out;
}

std::shared_ptr<URegularExpression> closing(URegularExpression* expression) { return {expression, uregex_close}; }

}  // namespace

std::optional<Pattern> Pattern::read(std::string_view text) {
  const std::u16string pattern = to_utf16(text);
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  URegularExpression* expression =
      uregex_open(pattern.data(), static_cast<int32_t>(pattern.size()), 0, &where, &status);
  if (U_FAILURE(status) || expression == nullptr) {
    return std::nullopt;
  }
  return Pattern(closing(expression));
}

std::optional<std::string> Pattern::extract(std::string_view text) const {
  const std::u16string input = to_utf16(text);
  UErrorCode status = U_ZERO_ERROR;
  const auto matcher = closing(uregex_clone(m_compiled.get(), &status));
  // A clone comes without the limits of what it was cloned from.
  uregex_setTimeLimit(matcher.get(), k_steps, &status);
  uregex_setStackLimit(matcher.get(), k_stack, &status);
  uregex_setText(matcher.get(), input.data(), static_cast<int32_t>(input.size()), &status);
  if (uregex_find(matcher.get(), 0, &status) == 0 || U_FAILURE(status)) {
    return std::nullopt;
  }
  const int32_t group = std::min(uregex_groupCount(matcher.get(), &status), 1);
  const int32_t begin = uregex_start(matcher.get(), group, &status);
  const int32_t end = uregex_end(matcher.get(), group, &status);
  if (U_FAILURE(status) || begin < 0) {
    return std::nullopt;
  }
  return to_utf8(input.data() + begin, end - begin);
}

}  // namespace pitchblende::sources
