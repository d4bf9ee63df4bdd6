// The database's schema: its version and the migrations that bring it forward.
//
// Run at open, before any other thread knows the database. Inside the slice only.
#pragma once

#include <span>

#include "store/session.hpp"

namespace pitchblende::store {

// All migrations that are due, in one transaction. `create`: an empty database may be made into ours.
Result<void> bring_forward(Session& session, std::span<const Migration> migrations, bool create,
                           const std::string& place);
// Without changing anything: the database is of this program's version.
Result<void> check_version(Session& session, std::span<const Migration> migrations, const std::string& place);

}  // namespace pitchblende::store
