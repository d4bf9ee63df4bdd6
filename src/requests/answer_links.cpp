#include "requests/answer_links.hpp"

#include <chrono>
#include <optional>

#include "base/secret.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::requests {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

// Rule 20.
constexpr int64_t k_lives = int64_t{30} * 24 * 3600;

}  // namespace

int64_t AnswerLinks::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
}

std::string AnswerLinks::hashed(std::string_view secret) const {
  return hash256_hex("requests answer link\n" + std::string(secret), m_key);
}

Result<std::string> AnswerLinks::make(Transaction& transaction, const Thread& thread, const std::string& email) const {
  std::string secret = random_secret();
  TRY(transaction.execute(
      "INSERT INTO request_answer_link (token_hash, thread, email, level, expires) VALUES (?, ?, ?, ?, ?)",
      {hashed(secret), thread.id, email, name(thread.level), now() + k_lives}));
  return secret;
}

Result<LetterLink> AnswerLinks::look(Connection& connection, std::string_view secret) const {
  std::optional<LetterLink> found;
  TRY(connection.query("SELECT thread, email, level, expires FROM request_answer_link WHERE token_hash = ?",
                       {hashed(secret)}, [&](const Row& row) {
                         found = LetterLink{row.integer(0), std::string(row.text(1)),
                                            level(row.text(2)).value_or(Level::owner), row.integer(3)};
                       }));
  if (!found) {
    return fail(errors::letter);
  }
  return now() < found->expires ? Result<LetterLink>(std::move(*found)) : fail(errors::letter_old);
}

Result<LetterLink> AnswerLinks::look(std::string_view secret) const {
  return m_store.read([&](Connection& connection) { return look(connection, secret); });
}

Result<int64_t> AnswerLinks::take_back(Transaction& transaction, int64_t thread) const {
  return transaction.execute("DELETE FROM request_answer_link WHERE thread = ?", {thread});
}

// Until then a link that is too old says so: 90 days in all.
Result<void> AnswerLinks::forget_old() const {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("DELETE FROM request_answer_link WHERE expires <= ?", {now() - 2 * k_lives}));
    return {};
  });
}

}  // namespace pitchblende::requests
