// What the registry knows, read: cards, references, links, records, history. Front door of registry.
//
// Every read takes a viewer and gives only what he may know. A Registry may be used by many threads; it owns nothing
// but a reference to the store. Writes that change cards are pool's.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access_types.hpp"
#include "access/visibility.hpp"
#include "registry/card.hpp"
#include "store/store.hpp"

namespace pitchblende::registry {

enum class Presence : uint8_t { here, merged, withdrawn, never };

struct Found {
  Presence presence = Presence::never;
  Id id;                     // where it is now: another one when it was merged
  std::optional<Card> card;  // when here and the viewer may know it
};

struct Link {
  Id from;
  std::string from_label;
  Kind from_kind = Kind::person;
  std::string field;
  std::string ref;
  Id to;
  std::string to_label;
  Kind to_kind = Kind::person;
  std::string role;
  std::string since;
  std::string until;
};

// Somebody with a page, named in a mention of a thing's records.
struct Named {
  FieldId field;
  std::string text;  // as printed there
  Id id;
  std::string label;
};

// A version of a record of the thing, or a decision about it.
struct Event {
  std::string at;
  std::string what;  // "new", "changed", "withdrawn", "returned", or the decision's verdict
  std::string who;   // source, or person
  std::string key;   // record's key
  std::string why;
  int64_t number = 0;  // of the version or decision
};

struct KindCount {
  Kind kind;
  int64_t shown = 0;     // with a page
  int64_t pageless = 0;  // names alone
};

class Registry {
 public:
  explicit Registry(store::Store& store) : m_store(store) {}

  // A thing by its id; an id that was merged gives the one it went into.
  Result<Found> find(Id id, const access::Viewer& viewer) const;
  // The thing that a reference leads to ("orcid:…", "name:institut curie"); nullopt: none, or more than one.
  Result<std::optional<Id>> find(std::string_view ref) const;
  // The institution for which a source speaks, where it speaks for one that is known.
  Result<std::optional<Id>> institution_of_source(std::string_view source) const;
  // By what a record that is published here should link to a thing: an identifier that leads to it alone, those of the
  // world before those of an institution; without one "name:…" of its public label. Empty: no such thing.
  Result<std::string> reference_to(Id id) const;
  // Cards in the order of the ids asked for; those that are not here or not his to know are left out.
  Result<std::vector<Card>> cards(const std::vector<Id>& ids, const access::Viewer& viewer) const;

  // Links out of a thing whose target is here, in its own order; and into it, newest first.
  Result<std::vector<Link>> links_from(Id id, const access::Viewer& viewer) const;
  // The same out of many things at once, in no order.
  Result<std::vector<Link>> links_from(const std::vector<Id>& ids, const access::Viewer& viewer) const;
  Result<std::vector<Link>> links_to(Id id, const access::Viewer& viewer, int64_t limit = 1000) const;
  // Things whose records name this person among their mentions (a person's publications), by id.
  Result<std::vector<Id>> mentioned_in(Id id) const;

  // Who of those that a card's mentions name has a page that the viewer may know; the card as he sees it.
  Result<std::vector<Named>> named_in(const Card& seen, const access::Viewer& viewer) const;
  // The same of many cards at once, in their order.
  Result<std::vector<std::vector<Named>>> named_in(const std::vector<Card>& seen, const access::Viewer& viewer) const;

  // Where an id leads: itself, or what it was merged into; nullopt: there never was such a thing.
  Result<std::optional<Id>> current(Id id) const;
  // Under which ids an organisation owns things: those of the sources that speak for it.
  Result<std::vector<Id>> owned_as(Id organisation) const;
  // By e-mail address of people's cards: the founders, members and partners of the consortium in which each holds a
  // position today, as the position, the team's parents or the source's own list of staff say. An address that leads to
  // nobody, or to two, is not there.
  Result<std::map<std::string, std::vector<Id>>> workplaces(const std::vector<std::string>& emails,
                                                            std::string_view today) const;
  // A thing as the policy of access judges it: its kind and all that it belongs to today. An id that was merged gives
  // the object that it went into; one that leads nowhere an object of no kind.
  Result<access::Object> object_for(Id id, std::string_view today) const;

  Result<std::vector<Event>> history(Id id) const;
  Result<std::vector<KindCount>> counts() const;

 private:
  store::Store& m_store;
};

}  // namespace pitchblende::registry
