// What access asks of the registry, which it does not see, and things by what people call them. Part of the front door
// of registry.
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

// What somebody typed or pasted for a thing: an id, a page's address, a reference, a name, the code of a unit; nullopt:
// nothing, or several things, are called that.
Result<std::optional<Id>> thing_named(const Registry& registry, std::string_view text);

}  // namespace pitchblende::registry
