// How French is set. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende {

// A space before : ; ? ! and within « » is one at which no line breaks.
std::string spaced(std::string_view french);

}  // namespace pitchblende
