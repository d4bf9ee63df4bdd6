#include "store/sqlite_errors.hpp"

#include <sqlite3.h>

#include <cerrno>

#include "store/errors.hpp"

namespace pitchblende::store {

namespace {

bool is_out_of_space(int system_errno) {
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

bool is_refused(int system_errno) { return system_errno == EACCES || system_errno == EPERM || system_errno == EROFS; }

}  // namespace

Error sqlite_error(int extended_code, int system_errno, const std::string& message) {
  switch (extended_code & 0xff) {
    case SQLITE_FULL:
      return Error(errors::full, message);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return Error(errors::read_only, message);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Error(errors::damaged, message);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(errors::busy, message);
    case SQLITE_CONSTRAINT:
      return Error(errors::constraint, message);
    case SQLITE_CANTOPEN:
      return is_out_of_space(system_errno) ? Error(errors::full, message)
             : is_refused(system_errno)    ? Error(errors::read_only, message)
                                           : Error(errors::io, message);
    case SQLITE_IOERR:
      if (extended_code == SQLITE_IOERR_SHORT_READ) {
        return Error(errors::damaged, message);
      }
      return is_out_of_space(system_errno) ? Error(errors::full, message)
             : is_refused(system_errno)    ? Error(errors::read_only, message)
                                           : Error(errors::io, message);
    default:
      return Error(errors::sql, message);
  }
}

}  // namespace pitchblende::store
