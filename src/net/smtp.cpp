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
  // Whether signing in fails for good is for the administrator to say, not for the letter to die of.
  const bool refused = status >= 500 && status < 600 && done != CURLE_LOGIN_DENIED;
  return refused ? fail(errors::mail_refused, said) : fail(errors::mail_later, said);
}

}  // namespace pitchblende::net
