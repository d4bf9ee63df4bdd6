// What somebody corrected on a card, and what follows from it: decisions, or a conflict with what others said
// meanwhile. Pure; any thread. The rules are numbered in docs/rules/confirm.md.
//
// What was shown is compared with what was sent back and with what stands now, value by value: only what somebody
// changed is a correction, and it is one only where nobody else changed the same value meanwhile.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "confirm/tenure.hpp"
#include "pool/pool_types.hpp"
#include "registry/card.hpp"

namespace pitchblende::confirm {

// Rule 4: of these kinds cards are confirmed and corrected.
bool is_confirmed(registry::Kind kind);
// Rule 5: fields that somebody is asked about.
bool is_asked(registry::FieldId field);
std::vector<registry::FieldId> asked_fields(registry::Kind kind);

// A value as it stands: neither lost nor hidden.
struct Standing {
  registry::Value value;
  std::string mark;  // tells it from every other value of the field
};
std::vector<Standing> standing(const registry::Card& card, registry::FieldId field);
std::string mark_of(const registry::Value& value);
// Whether a mark is one of "a+b".
bool has_mark(std::string_view marks, std::string_view mark);

// What a link's reference is called, where that is known.
using Called = std::map<std::string, std::string, std::less<>>;
// Links that say as what and for how long, as they stand. Two that name one thing in two ways, as sources do, and say
// the same of it are one, with both marks.
struct Held {
  std::string mark;
  std::string ref;
  std::string called;
  Tenure tenure;
};
std::vector<Held> held_in(const registry::Card& card, registry::FieldId field, const Called& called);

// Of a link that says as what and for how long: as it was shown, and as it came back.
struct TenureEdit {
  Tenure before;
  Tenure after;
};

// One value of a form or a cell: as it was shown, and as it came back.
struct Edit {
  registry::FieldId field;
  std::string lang;    // of a field in both languages
  std::string mark;    // of the value that was shown; empty: there was none. Of several that were shown as one "a+b"
  std::string before;  // its text
  std::string after;   // empty: there is to be none. Of a link a reference
  std::optional<TenureEdit> tenure = {};
  // Whether anything of it was changed.
  bool is_change() const { return after != before || (tenure && !(tenure->before == tenure->after)); }
};

struct Conflict {
  Edit edit;
  std::vector<std::string> now;  // what stands; empty: nothing does
};
struct Wrong {
  Edit edit;
  Error error;
};
struct Plan {
  std::vector<pool::Judgement> judgements;  // without who and why
  std::vector<Edit> done;                   // those that the judgements carry out
  std::vector<Conflict> conflicts;
  std::vector<Wrong> wrong;
  bool is_clean() const { return conflicts.empty() && wrong.empty(); }
};

// A value as an import would take it.
using Check = std::function<Result<registry::Value>(const registry::FieldDescription&, registry::Value)>;

// Rules 6 to 9, 27 to 29. What was not changed, and what stands already, asks for nothing.
Plan plan(const registry::Card& now, const std::vector<Edit>& edits, const Check& check);

}  // namespace pitchblende::confirm
