// The numbers of French research units in an affiliation: "UMR 7104", "U1068", "UMR_S 543", "EA 4340", "CIC-P 1418".
// Pure functions, any thread.
//
// One unit is written in many ways: what one key cannot say, several do. U, UMRS, UMR_S, "Inserm UMR" and "Inserm 1068"
// are Inserm's (u:1068); an UMR without a word of whose it is may be of either (umr:1068, then u:1068); EA became UR
// and UMS became UAR with their numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pitchblende::resolution {

struct UnitCode {
  std::string key;     // "u:1068"
  std::string second;  // what it may be as well, or empty
  std::string shown;   // "UMR_S 1068", as the field writes it
  uint32_t begin = 0;  // bytes of the text
  uint32_t end = 0;
};

std::vector<UnitCode> unit_codes(std::string_view text);

}  // namespace pitchblende::resolution
