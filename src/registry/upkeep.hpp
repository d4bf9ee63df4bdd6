// What keeping cards right needs to know of them: how long ago somebody looked, what belongs to what, what was decided.
// Part of registry's front door.
//
// Reads only, of the store; any thread. Everything is told: whoever asks has the right to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/card.hpp"
#include "store/store.hpp"

namespace pitchblende::registry {

// A card with what tells it from every other state of it.
struct Edition {
  Card card;
  std::string mark;
};
// nullopt: there is no such card.
Result<std::optional<Edition>> edition(store::Connection& db, Id id);
// The mark alone; empty: there is no such card.
Result<std::string> edition_mark(store::Connection& db, Id id);

// When a card was last changed by a source, and last looked at by a person (a decision that stands).
struct Freshness {
  Id id;
  std::string changed;  // "2026-11-24T10:20:30Z"
  std::string decided;  // empty: never
  const std::string& latest() const { return changed < decided ? decided : changed; }
};
// Of all things of a kind with a page, by id.
Result<std::vector<Freshness>> freshness(store::Store& store, Kind kind);

// All that belongs to a thing, however far down the links, as it stands today: an institution's teams, their people,
// its platforms, their instruments; a group's members. Sorted; the thing itself too.
Result<std::vector<Id>> belonging_to(store::Store& store, Id whole, std::string_view today);

// An organisation that is a parent of units today, with how many others it shares them: their other parents, of other
// types.
struct SharedParent {
  Id id;
  std::string label;
  size_t others = 0;
};
// Those of a type ("research_body"), the one with most first.
Result<std::vector<SharedParent>> shared_parents(store::Store& store, std::string_view type, std::string_view today);

// A decision on a card's values.
struct Decided {
  int64_t number = 0;
  std::string verdict;  // "override", "hide", "verified", "same" …
  std::string field;
  Value value;
  std::string who;
  std::string made;
  std::string why;
  bool stands = true;            // nobody undid it, and it undoes nothing itself
  std::optional<Id> other = {};  // of decided_on(), on who is who: the other of the two, where they are two
};
// The newest first.
Result<std::vector<Decided>> decided_on(store::Store& store, Id id);
// With what it is about; no thing: nothing is left of it.
struct DecidedThing {
  Decided decided;
  std::optional<Id> thing;
  std::optional<Id> other;  // of the two that a decision on who is who speaks of
  Kind kind = Kind::person;
};
// Of all decisions those before a number (0: the newest), the newest first; an undoing is about what it undid.
Result<std::vector<DecidedThing>> decisions(store::Store& store, int64_t before, int64_t limit);
// The thing that a decision is about; nullopt: there is no such decision, or nothing is left of the thing.
Result<std::optional<Id>> subject_of(store::Store& store, int64_t decision);

}  // namespace pitchblende::registry
