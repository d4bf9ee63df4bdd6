// Rows of the table texts. Inside texts.
#pragma once

#include <optional>
#include <vector>

#include "store/store.hpp"
#include "texts/texts_types.hpp"

namespace pitchblende::texts::rows {

Result<void> insert(store::Transaction& db, const Text& text);
// The newest version; nothing was written: revision 0.
Result<Text> newest(store::Connection& db, std::string_view name);
Result<std::optional<Text>> version(store::Connection& db, std::string_view name, int64_t revision);
// All versions, the newest first.
Result<std::vector<Text>> versions(store::Connection& db, std::string_view name);

}  // namespace pitchblende::texts::rows
