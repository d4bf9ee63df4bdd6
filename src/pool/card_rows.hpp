// The rows that cards become: the card, its identifiers, its links, its place in the change log. A value.
#pragma once

#include "registry/card.hpp"
#include "store/store.hpp"

namespace pitchblende::pool {

struct CardRows {
  store::Rows entities{{"entity", store::ColumnType::integer}};         // no longer due
  store::Rows replaced{{"entity", store::ColumnType::integer}};         // those of them that had a card
  store::Rows placed{{"entity", store::ColumnType::integer}, {"ref"}};  // what hangs on them is to be looked at
  store::Rows cards{
      {"id", store::ColumnType::integer},         {"kind"}, {"label"}, {"page", store::ColumnType::integer},
      {"visibility", store::ColumnType::integer}, {"body"}};
  store::Rows identifiers{{"ref"}, {"entity", store::ColumnType::integer}};
  store::Rows links{{"source", store::ColumnType::integer},
                    {"ordinal", store::ColumnType::integer},
                    {"field"},
                    {"ref"},
                    {"role"},
                    {"since"},
                    {"until"},
                    {"visibility", store::ColumnType::integer}};
  store::Rows changes{{"id", store::ColumnType::integer}, {"entity", store::ColumnType::integer}};

  void add(const registry::Card& card);
  // Replaces what the entities had, and takes them off the list of what is due.
  Result<void> store(store::Transaction& db) const;
};

// Every reference that leads to the thing: identifiers of all of its values, and names for what is linked to by name.
std::vector<std::string> references(const registry::Card& card);

}  // namespace pitchblende::pool
