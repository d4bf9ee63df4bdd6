// Who is reached for a resource: who looks after it, whom its card names, his substitute, else the consortium's staff;
// somebody always. Borrows what it asks; any thread.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/access.hpp"
#include "access/contacts.hpp"
#include "registry/registry.hpp"
#include "requests/requests_rules.hpp"
#include "requests/requests_types.hpp"

namespace pitchblende::requests {

// Account 0: known by his address alone, in no language.
using People = std::vector<access::Holder>;

struct Substitute {
  Id resource;
  std::string email;
};

class Substitutes {
 public:
  Substitutes(store::Store& store, const Clock& clock) : m_store(store), m_clock(clock) {}

  // Of these things, by thing and address.
  Result<std::vector<Substitute>> of(const std::vector<Id>& things) const;
  // Error: REQUESTS_EMAIL.
  Result<void> add(Id resource, const std::string& email, int64_t account);
  Result<void> remove(Id resource, const std::string& email);
  // Who has that address, with his account and language if he has one.
  Result<access::Holder> holder(const std::string& email) const;
  // What he stands in for.
  Result<std::vector<Id>> things_of(const std::string& email) const;

 private:
  store::Store& m_store;
  const Clock& m_clock;
};

// Of one resource.
struct Reach {
  People owners;
  People substitutes;
  People staff;  // where there are none, the system administrators

  Reachable reachable() const { return {!owners.empty(), !substitutes.empty()}; }
  const People& at(Level level) const;
};

// Whom a resource's own card names, where no role does: their addresses.
using OnCard = std::function<Result<std::vector<std::string>>(Id resource)>;

class Routing {
 public:
  // `edition`: higher after each change of the registry; what things belong to and whom cards name is remembered until
  // then. Without it nothing is.
  Routing(const access::Access& access, const registry::Registry& registry, const Substitutes& substitutes,
          const Clock& clock, std::function<int64_t()> edition = {}, OnCard on_card = {})
      : m_access(access),
        m_registry(registry),
        m_substitutes(substitutes),
        m_clock(clock),
        m_edition(std::move(edition)),
        m_on_card(std::move(on_card)) {}

  // `resource` 0: the staff's.
  Result<Reach> reach(Id resource) const;
  // Whether he answers for it: by his role, as a substitute, or as whom its card names where nobody has the role.
  Result<bool> answers(const access::Actor& actor, Id resource) const;
  // Those of the resources for which he does, not counting what the staff may anyway.
  Result<std::vector<Id>> own(const access::Actor& actor, const std::vector<Id>& resources) const;

 private:
  struct Known {
    access::Object object;
    std::vector<std::string> on_card;
  };
  Result<Known> known(Id resource, const std::string& today) const;
  Result<People> owners(const access::Object& object) const;

  const access::Access& m_access;
  const registry::Registry m_registry;
  const Substitutes& m_substitutes;
  const Clock& m_clock;
  std::function<int64_t()> m_edition;
  OnCard m_on_card;
  mutable std::mutex m_mutex;
  mutable std::string m_known_for;  // edition and day
  mutable std::unordered_map<Id, Known> m_known;
};

}  // namespace pitchblende::requests
