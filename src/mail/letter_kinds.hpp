// Which letters may be refused, by what they are about, and which are owed to who gets them. Constant, any thread.
#pragma once

#include <span>
#include <string_view>

namespace pitchblende::mail {

struct LetterKind {
  std::string_view kind;   // "booking_moved"
  std::string_view topic;  // of the switch that stops it: "booking"; empty: a duty, it has none
};

// Every kind that the program writes, in the order in which people read of them.
std::span<const LetterKind> letter_kinds();
// Of a kind that nobody has named here: a duty.
std::string_view topic_of(std::string_view kind);
// Each once, in that order.
std::span<const std::string_view> letter_topics();

}  // namespace pitchblende::mail
