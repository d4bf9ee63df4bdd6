// JSON strings, written: the one place where the registry escapes. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::registry {

// Appends the text as a JSON string with its quotes. The text is valid UTF-8; controls are escaped.
void append_json(std::string& out, std::string_view text);

}  // namespace pitchblende::registry
