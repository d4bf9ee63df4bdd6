// Rows of the table intake. Inside intake.
#pragma once

#include "intake/intake.hpp"

namespace pitchblende::intake::rows {

Result<int64_t> insert(store::Transaction& db, const Intake& intake);
// All but when it was brought, where the revision is the one given. Error: INTAKE_CHANGED.
Result<void> update(store::Transaction& db, const Intake& intake, int64_t revision);
Result<Intake> find(store::Connection& db, int64_t id);
Result<std::vector<Intake>> list(store::Connection& db, int64_t limit);
// Tried or refused, and brought by him.
Result<int64_t> tried_of(store::Connection& db, int64_t account);
// Of the last file that was applied to that source.
Result<std::optional<Reading>> last_reading(store::Connection& db, const std::string& source);
Result<std::vector<KnownSource>> sources(store::Connection& db);
Result<std::vector<Made>> made(store::Connection& db, const std::string& source, int64_t limit);

}  // namespace pitchblende::intake::rows
