// Links of letters that open one conversation to who was written to, without signing in. Rules 19 to 22 of
// docs/rules/requests.md. Borrows the store; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "requests/requests_types.hpp"
#include "store/store.hpp"

namespace pitchblende::requests {

class AnswerLinks {
 public:
  // `key`: the data folder's own secret.
  AnswerLinks(store::Store& store, const Clock& clock, std::string key)
      : m_store(store), m_clock(clock), m_key(std::move(key)) {}

  // A new one for `email`, in the transaction of its letter: the secret.
  Result<std::string> make(store::Transaction& transaction, const Thread& thread, const std::string& email) const;
  // What it opens; nothing is used up. Errors: REQUESTS_LETTER, REQUESTS_LETTER_OLD.
  Result<LetterLink> look(std::string_view secret) const;
  // The same within the transaction of what is done by it.
  Result<LetterLink> look(store::Connection& connection, std::string_view secret) const;
  // All of a conversation open nothing any more. How many that were.
  Result<int64_t> take_back(store::Transaction& transaction, int64_t thread) const;
  Result<void> forget_old() const;

 private:
  std::string hashed(std::string_view secret) const;
  int64_t now() const;

  store::Store& m_store;
  const Clock& m_clock;
  std::string m_key;
};

}  // namespace pitchblende::requests
