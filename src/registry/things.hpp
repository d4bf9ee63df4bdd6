// What access asks of the registry, which it does not see. Part of the front door of registry.
#pragma once

#include "access/access.hpp"
#include "registry/registry.hpp"

namespace pitchblende::registry {

// The registry's store outlives it; any thread.
inline access::Things things_of(const Registry& registry) {
  return {[registry](Id organisation) { return registry.owned_as(organisation).value_or(std::vector<Id>()); },
          [registry](Id id) { return registry.current(id).value_or(id).value_or(id); },
          [registry](const std::vector<std::string>& emails, std::string_view today) {
            return registry.workplaces(emails, today);
          }};
}

}  // namespace pitchblende::registry
