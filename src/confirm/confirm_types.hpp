// Who is asked about which card, and what came of it. Values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::confirm {

// unsent: not yet asked; open: no answer yet; remarked: answered by a word alone.
enum class AskState : uint8_t { unsent, open, confirmed, corrected, remarked, revoked };
std::string_view name(AskState state);
std::optional<AskState> ask_state(std::string_view name);

struct Ask {
  int64_t id = 0;
  int64_t campaign = 0;
  Id card;
  std::string email;  // empty: nobody's is known
  std::string language = "fr";
  AskState state = AskState::unsent;
  std::string expires;
  std::string answered;
  int64_t letter = 0;   // the last one; 0: none
  int64_t letters = 0;  // how many were sent
  std::string sent;
  std::string failure;  // why the last letter did not arrive

  bool is_answered() const {
    return state == AskState::confirmed || state == AskState::corrected || state == AskState::remarked;
  }
};

enum class CampaignState : uint8_t { draft, sending, sent };
std::string_view name(CampaignState state);
std::optional<CampaignState> campaign_state(std::string_view name);

// How the cards of a campaign are chosen. All that is said must hold.
struct Choice {
  std::vector<registry::Kind> kinds;  // empty: all that are confirmed
  Id whole;                           // an institution, unit, platform or group that they belong to; 0: any
  int64_t stale_days = 0;             // neither changed nor looked at for so long; 0: however fresh
  std::vector<Id> cards;              // these, by name; then nothing else counts
};

struct Campaign {
  int64_t id = 0;
  std::string title;
  Choice choice;
  std::map<std::string, std::string, std::less<>> notes;  // by language: what its letters say beside the rest
  int64_t days = 30;
  CampaignState state = CampaignState::draft;
  int64_t made_by = 0;
  std::string made;
  std::string sent;
};

// What somebody wrote to those who keep the registry about a card that he holds.
struct Word {
  int64_t ask = 0;  // by whose link; 0: by none
  Id card;
  std::string who;
  std::string made;
  std::string said;
  bool alone = false;  // nothing was corrected with it
};

// How far a campaign has come, by cards: one that several were asked about is answered when one of them has.
struct Tally {
  int64_t cards = 0;
  int64_t without_address = 0;
  int64_t people = 0;  // addresses
  int64_t unsent = 0;  // letters that are still to go
  int64_t open = 0;
  int64_t failed = 0;  // of those that are open
  int64_t confirmed = 0;
  int64_t corrected = 0;
  int64_t remarked = 0;
  int64_t revoked = 0;
};

}  // namespace pitchblende::confirm
