// What the board of partnerships shows: those that are followed here, and those that institutions' files tell of; the
// list of what needs renewal, for the board and for who has it to do. Reads alone; any thread.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "pages/partnerships/partner_room.hpp"

namespace pitchblende::pages {

// With number 0, one that a file tells of: `card` is what it tells it on.
struct OnBoard : partnerships::Partnership {
  std::string type = {};  // as its file calls it, where that is no kind of ours
};

// Whose things are read, and for whom.
struct BoardPlace {
  const registry::Registry& registry;
  const search::Index& index;
  const partnerships::Partnerships& room;
  const access::Actor& actor;
};

// Rule 8: all of them to the staff; to who follows some, those.
Result<std::vector<OnBoard>> on_board(const BoardPlace& place);
// Those that need renewal, or are past their end, the most urgent first.
std::vector<OnBoard> to_renew(std::vector<OnBoard> all, const std::string& today);
// The same of everything that the staff have there, without the parties: My page asks each time, what files tell of is
// looked up once, until something changes.
class RenewalsOfStaff {
 public:
  Result<std::vector<OnBoard>> of(const BoardPlace& place);

 private:
  std::mutex m_mutex;
  int64_t m_position = -1;  // of the index
  std::string m_today;
  std::vector<OnBoard> m_told;
};
// A card of the registry as the board has it, without its parties.
OnBoard told_by(const registry::Card& card, const std::string& today);

// "thesis", or what its file calls it, normalised: what the board is narrowed down by.
std::string kind_value(const OnBoard& each);
std::string kind_words(const OnBoard& each, const Words& words);

}  // namespace pitchblende::pages
