// References to characters in XML: the five names and numbers, nothing else. Inside sources. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pitchblende::sources {

// Of what stands between & and ;. What XML does not allow (NUL, surrogates) is U+FFFD; nullopt: a name that is not
// known.
std::optional<uint32_t> referenced_character(std::string_view name);
void append_utf8(uint32_t code, std::string& out);

}  // namespace pitchblende::sources
