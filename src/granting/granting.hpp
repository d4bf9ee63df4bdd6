// Roles in bulk: a table of addresses, roles, things and periods is compared with what there is, then applied. Front
// door of granting.
//
// A Granting borrows access and the registry's store; any thread. What it may do is judged by access, line by line. The
// rules are numbered in docs/rules/access.md.
#pragma once

#include <string>
#include <string_view>

#include "access/access.hpp"
#include "granting/granting_types.hpp"
#include "registry/registry.hpp"

namespace pitchblende::granting {

class Granting {
 public:
  Granting(access::Access& access, registry::Registry registry) : m_access(access), m_registry(registry) {}

  // What a table would change, CSV or XLSX; nothing is stored. `name`: the file's. Errors: GRANTING_COLUMNS,
  // GRANTING_MANY, those of sources for a file that is no table.
  Result<Table> read(std::string_view bytes, const std::string& name, const access::Actor& actor) const;
  // Its lines are given or dated; what was rejected stays out. `also`: in the transaction of each that is new. Errors:
  // of Access::change_roles().
  Result<void> apply(const access::Actor& actor, const Table& table, const access::Access::AlsoGranted& also) const;

 private:
  access::Access& m_access;
  registry::Registry m_registry;
};

}  // namespace pitchblende::granting
