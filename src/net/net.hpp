// The one door out: letters over SMTP. Front door of net; libcurl stands behind it alone.
//
// Each call has a connection of its own; any thread.
#pragma once

#include <string>

#include "base/result.hpp"

namespace pitchblende::net {

enum class Encryption : uint8_t {
  none,
  starttls,  // smtp:// and then TLS, or nothing is sent
  tls        // smtps://
};

struct MailServer {
  std::string host;  // empty: there is none
  int port = 25;
  Encryption encryption = Encryption::none;
  std::string user;  // empty: without signing in
  std::string password;
  int seconds = 30;  // for the whole of a letter
};

// `message`: RFC 5322 with CRLF. Addresses are checked by the caller and hold neither white space nor <>. Errors:
// NET_MAIL_REFUSED (5xx of this letter: another try gives the same), NET_MAIL_LATER, NET_MAIL_AWAY (nothing can be
// sent).
Result<void> send_mail(const MailServer& server, const std::string& from, const std::string& to,
                       const std::string& message);

}  // namespace pitchblende::net
