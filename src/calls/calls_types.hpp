// What calls speak of: texts that several people write, a call's plan, proposals, reviews, verdicts. Values.
//
// Times are seconds of UTC since 1970; money is whole euros. The rules have numbers in docs/rules/calls.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"

namespace pitchblende::calls {

// Texts by their names, as they were typed.
using Texts = std::map<std::string, std::string, std::less<>>;
inline std::string_view text_in(const Texts& texts, std::string_view name) {
  const auto found = texts.find(name);
  return found == texts.end() ? std::string_view() : std::string_view(found->second);
}

// A text that somebody sends, with the mark of the text that his page showed him (rule 4).
struct Typed {
  std::string name;
  std::string text;
  std::string seen;
};
// Somebody else wrote there since: what stands there now.
struct Clash {
  std::string name;
  std::string newer;
  int64_t by = 0;
};
struct Kept {
  std::vector<Clash> clashes;
  int64_t changed = 0;
};

// Something is wrong with a text: its name, or empty: with the whole.
struct Problem {
  std::string name;
  Error error;
};

struct Both {
  std::string french;
  std::string english;
  // The other one where there is none.
  const std::string& in(Language language) const {
    const bool french_wanted = language == Language::french;
    return (french_wanted ? french : english).empty() ? (french_wanted ? english : french)
                                                      : (french_wanted ? french : english);
  }
};

enum class Unit : uint8_t { words, characters };

struct Section {
  int number = 0;
  Both title;
  Both help;
  int64_t limit = 0;  // 0: none
  Unit unit = Unit::words;
};
struct Criterion {
  int number = 0;
  Both title;
  int64_t weight = 1;
};

// A call as its texts say it, once understood.
struct Plan {
  Both title;
  Both text;
  int64_t opens = 0;
  int64_t closes = 0;  // the first second that is too late
  std::vector<Section> sections;
  int first_year = 0;
  int years = 0;
  int64_t most = 0;      // for one proposal; 0: no bound
  int64_t share = 100;   // per cent of a budget that one partner may have
  int64_t partners = 1;  // with a budget, at least
  int64_t money = 0;     // of the call
  std::vector<Criterion> criteria;
  int64_t scale = 5;  // scores from 1
  Both scale_text;
  int64_t reviews = 2;         // wanted for each proposal
  int64_t conflict_years = 5;  // co-publications and shared projects of so many years count
  std::string review_until;    // a day
};
inline constexpr int k_most_sections = 20;
inline constexpr int k_most_criteria = 10;

enum class CallState : uint8_t { draft, published };
std::string_view name(CallState state);
enum class Phase : uint8_t { draft, coming, open, closed, announced };
std::string_view name(Phase phase);

struct Call {
  int64_t id = 0;
  CallState state = CallState::draft;
  int64_t opens = 0;
  int64_t closes = 0;
  int64_t line = 0;
  int64_t sheet = 0;
  int64_t released = 0;
  Texts texts;
  Plan plan;
  int64_t made_by = 0;  // an account; 0: the terminal
};
// Rule 2: a draft is dropped by who made it; one of the terminal's by whoever runs calls.
bool may_drop(const Call& call, int64_t account);
Phase phase(const Call& call, int64_t now);

// Who does it, and whether the policy lets him run calls.
struct By {
  int64_t account = 0;
  std::string email;
  bool runs = false;
};

enum class Part : uint8_t { coordinator, participant, partner };
std::string_view name(Part part);
std::optional<Part> part(std::string_view name);

struct Party {
  std::string key;   // the id of the thing, or made of the name
  Id entity;         // 0: not of the registry
  std::string kind;  // person, team, organisation
  Part part = Part::participant;
  std::string label;
};

struct Receipt {
  int64_t number = 0;  // of the submission of this proposal
  std::string receipt;
  int64_t at = 0;
  int64_t asked = 0;
  std::string hash;
  std::string content;
};

enum class Outcome : uint8_t { unsaid, funded, reserve, refused };
std::string_view name(Outcome outcome);
std::optional<Outcome> outcome(std::string_view name);
// Of a call's texts: what is said to all of that outcome when it is announced.
inline constexpr std::string_view k_said_to_funded = "said_to_funded";
inline constexpr std::string_view k_said_to_others = "said_to_others";
inline std::string_view said_to(const Texts& call, Outcome outcome) {
  return text_in(call, outcome == Outcome::funded ? k_said_to_funded : k_said_to_others);
}
struct Verdict {
  int64_t place = 0;
  Outcome outcome = Outcome::unsaid;
  int64_t granted = 0;
  std::string message;
};

struct Proposal {
  int64_t id = 0;
  std::string ref;
  int64_t call = 0;
  int64_t submitted = 0;
  std::string made;
  Texts texts;
  std::vector<Party> parties;
  std::vector<std::string> editors;
};

enum class ReviewState : uint8_t { invited, accepted, declined, withdrawn, sent };
std::string_view name(ReviewState state);
std::optional<ReviewState> review_state(std::string_view name);
struct Review {
  int64_t id = 0;
  std::string ref;
  int64_t proposal = 0;
  Id entity;
  std::string label;
  std::string email;
  ReviewState state = ReviewState::invited;
  std::string due;
  std::string reason;
  std::string checked;
  std::string invited;
  std::string answered;
  Texts texts;
};

}  // namespace pitchblende::calls
