// From cards to what search indexes: texts with their weights, facets with the hierarchy above them.
//
// One of these serves one pass over changed cards: what it looks up is kept for the pass. Not for several threads.
#pragma once

#include <unordered_map>

#include "pool/state.hpp"

namespace pitchblende::pool {

class Documents {
 public:
  explicit Documents(State& state) : m_state(state), m_today(state.clock.today()) {}

  // Documents of the cards among these that have a page. `gone` gets the ids that have none (or no card at all).
  Result<std::vector<search::Document>> make(const std::vector<Id>& ids, std::vector<Id>& gone);

 private:
  struct Draft {
    registry::Card card;
    std::vector<std::string> refs;  // of links, and of affiliations by name
    std::vector<Id> people;         // who is named in its mentions and has a page
  };

  Result<std::vector<Draft>> load(const std::vector<Id>& ids, std::vector<Id>& gone);
  Result<void> add_people(std::vector<Draft>& drafts);
  Result<void> look_up(const std::vector<Draft>& drafts);
  Result<void> look_up_places(std::vector<Id> ids);
  search::Document document(const Draft& draft);
  void add_texts(const registry::Card& card, search::Document& out);
  void add_facets(const Draft& draft, search::Document& out);
  void add_named(const registry::CardField& field, const registry::CardValue& value, access::Visibility visibility,
                 search::Document& out);
  void add_with_ancestors(Id id, access::Visibility visibility, search::Document& out);
  void add_person(Id id, access::Visibility visibility, search::Document& out);
  void add_platform(Id id, access::Visibility visibility, search::Document& out);
  void add_broader(const registry::Card& card, search::Document& out);
  void add_house(Id id, access::Visibility visibility, search::Document& out);
  // Where nothing else says where it stands.
  void add_houses_of_people(const registry::Card& card, search::Document& out);
  void add_reference_facets(const std::string& ref, access::Visibility visibility, search::Document& out);

  // Where a thing stands: what it is, and what it is part of or works in.
  struct Place {
    registry::Kind kind = registry::Kind::organisation;
    access::Visibility visibility = access::Visibility::everyone;
    std::vector<Id> above;
    std::string label;  // of two languages, as a document's title; empty: not everybody may know it
  };

  State& m_state;
  std::string m_today;
  std::unordered_map<std::string, std::optional<Id>> m_targets;  // reference → the one entity that it leads to
  std::unordered_map<Id, Place> m_places;
};

}  // namespace pitchblende::pool
