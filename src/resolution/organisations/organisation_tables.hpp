// The tables that the resolution of organisations is built with: words, countries, what a model learned. Inside
// resolution. Any thread.
#pragma once

#include <string_view>

namespace pitchblende::resolution {

// The text of src/resolution/words/<name>; empty when there is none.
std::string_view embedded_table(std::string_view name);

}  // namespace pitchblende::resolution
