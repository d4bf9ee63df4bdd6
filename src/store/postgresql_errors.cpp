#include "store/postgresql_errors.hpp"

#include "store/errors.hpp"

namespace pitchblende::store {

Error postgresql_error(std::string_view sqlstate, const std::string& message) {
  const std::string_view group = sqlstate.substr(0, 2);
  // 57P0x: the server is shutting down, was killed or is starting.
  if (sqlstate.empty() || group == "08" || group == "28" || group == "3D" || sqlstate.starts_with("57P") ||
      sqlstate == "53300") {
    return Error(errors::connect, message);
  }
  if (sqlstate == "53100") {
    return Error(errors::full, message);
  }
  if (sqlstate == "25006" || sqlstate == "42501") {
    return Error(errors::read_only, message);
  }
  if (group == "XX") {
    return sqlstate == "XX000" ? Error(errors::sql, message) : Error(errors::damaged, message);
  }
  if (sqlstate == "58030") {
    return Error(errors::io, message);
  }
  if (group == "23") {
    return Error(errors::constraint, message);
  }
  if (group == "40" || sqlstate == "55P03" || sqlstate == "57014") {
    return Error(errors::busy, message);
  }
  return Error(errors::sql, message);
}

}  // namespace pitchblende::store
