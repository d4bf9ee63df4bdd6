// Whom to ask about a card: who it is, who leads or looks after it. Reads only; any thread. Rule 11.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "access/contacts.hpp"
#include "registry/registry.hpp"

namespace pitchblende::confirm {

struct Address {
  std::string email;
  std::string language;  // of his account; empty: he has none
};

// His own on his card; nullopt: none that is shown, or he wants no letters.
std::optional<std::string> address_of_person(const registry::Card& person);

class Addresses {
 public:
  Addresses(store::Store& store, const access::Access& access, std::string today)
      : m_registry(store), m_access(access), m_contacts(store), m_today(std::move(today)) {}

  // Each once; none: nobody's is known, or he wants no letters.
  Result<std::vector<Address>> of(const registry::Card& card);
  // Whom the card names alone, whoever has a role.
  Result<std::vector<std::string>> named(const registry::Card& card);

 private:
  Result<std::vector<std::string>> of_people(const registry::Card& card, std::string_view field);
  Result<std::optional<std::string>> of_person(Id person);
  Result<std::vector<std::string>> of_platforms(Id card);

  registry::Registry m_registry;
  const access::Access& m_access;
  access::Contacts m_contacts;
  std::string m_today;
  std::map<Id, std::optional<std::string>> m_people;  // asked before
};

}  // namespace pitchblende::confirm
