// Accounts from a terminal: the first administrator, and a link where no letter can be sent.
#include <ostream>

#include "access/access.hpp"
#include "cli/commands.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {

Result<Exit> administer(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const std::string secret, folder_secret(options.data));
  access::Access access(*place.store, place.clock, secret, {});
  const bool french = options.language == Language::french;
  if (options.action == "add") {
    TRY_ASSIGN(const int64_t account, access.add_administrator(options.email));
    if (options.json) {
      streams.out << "{\"account\":" << account << "}\n";
    } else {
      streams.out << options.email
                  << (french ? " est administrateur du système (compte " : " is a system administrator (account ")
                  << account << ")\n";
    }
    return Exit::done;
  }
  TRY_ASSIGN(const std::string link, access.link_at_terminal(options.email));
  const std::string path = std::string(french ? "/fr" : "/en") + "/sign-in/" + link;
  if (options.json) {
    streams.out << "{\"path\":\"" << path << "\",\"address\":\"" << place.config.address << path << "\"}\n";
  } else {
    streams.out << place.config.address << path << '\n';
  }
  return Exit::done;
}

}  // namespace pitchblende::cli
