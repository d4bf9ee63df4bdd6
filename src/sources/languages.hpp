// Names of languages in three letters, as libraries write them, put into BCP 47. Inside sources. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace pitchblende::sources {

// "eng" → "en", "fre" and "fra" → "fr"; what has no two-letter code stays, in lower case.
std::string language_tag(std::string_view code);

}  // namespace pitchblende::sources
