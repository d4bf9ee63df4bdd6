// SQLite's extended result codes as errors of the store.
//
// Pure, any thread. Inside the slice only.
#pragma once

#include <string>

#include "base/result.hpp"

namespace pitchblende::store {

// `system_errno`: what the system said for an I/O error, 0 for nothing.
Error sqlite_error(int extended_code, int system_errno, const std::string& message);

}  // namespace pitchblende::store
