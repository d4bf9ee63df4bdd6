#include <curl/curl.h>

#include <array>
#include <cstring>
#include <memory>

#include "net/errors.hpp"
#include "net/net.hpp"

namespace pitchblende::net {

namespace {

struct Unsent {
  std::string_view left;
};

size_t give(char* buffer, size_t size, size_t count, void* from) {
  auto& left = static_cast<Unsent*>(from)->left;
  const size_t given = std::min(size * count, left.size());
  std::memcpy(buffer, left.data(), given);
  left.remove_prefix(given);
  return given;
}

// What the server says of itself (greeting, encryption, signing in) is for the administrator to mend, not for a letter
// to die of.
tl::unexpected<Error> why(CURLcode done, long status, const std::string& said) {
  switch (done) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED:
    case CURLE_LOGIN_DENIED:
    case CURLE_REMOTE_ACCESS_DENIED:
      return fail(errors::mail_away, said);
    default:
      break;
  }
  constexpr long k_wants_signing_in = 530;
  const bool refused = status >= 500 && status < 600 && status != k_wants_signing_in;
  return refused ? fail(errors::mail_refused, said) : fail(errors::mail_later, said);
}

constexpr long k_seconds_to_connect = 10;

struct Begun {
  Begun() { curl_global_init(CURL_GLOBAL_DEFAULT); }
};

}  // namespace

Result<void> send_mail(const MailServer& server, const std::string& from, const std::string& to,
                       const std::string& message) {
  static const Begun k_begun;
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> recipients(
      curl_slist_append(nullptr, ("<" + to + ">").c_str()), curl_slist_free_all);
  if (handle == nullptr || recipients == nullptr) {
    return fail(errors::mail_later, "out of memory");
  }
  const bool tls = server.encryption == Encryption::tls;
  const std::string address =
      std::string(tls ? "smtps://" : "smtp://") + server.host + ":" + std::to_string(server.port);
  const std::string sender = "<" + from + ">";
  Unsent unsent{message};
  std::array<char, CURL_ERROR_SIZE> reason{};
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, address.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(server.seconds));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, k_seconds_to_connect);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &unsent);
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason.data());
  if (server.encryption == Encryption::starttls) {
    curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  }
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  const CURLcode done = curl_easy_perform(curl);
  if (done == CURLE_OK) {
    return {};
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  const std::string said = reason[0] != '\0' ? reason.data() : curl_easy_strerror(done);
  return why(done, status, said);
}

}  // namespace pitchblende::net
