// PostgreSQL's sqlstate as errors of the store.
//
// Pure, any thread. Inside the slice only.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace pitchblende::store {

// An empty sqlstate: the connection is lost.
Error postgresql_error(std::string_view sqlstate, const std::string& message);

}  // namespace pitchblende::store
