// Accounts with roles and sessions, for tests: made past the policy, which has a test of its own.
#pragma once

#include <gtest/gtest.h>

#include "access/access.hpp"
#include "store/numbering.hpp"

namespace pitchblende::tests {

inline void give_role(store::Store& store, std::string_view email, access::Role role, Id object,
                      std::string_view language = "en") {
  const auto done = store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const int64_t account, store::next_number(transaction, "account"));
    TRY(transaction.execute(
        "INSERT INTO account (id, email, language, created) VALUES (?, ?, ?, '2026-01-01T00:00:00Z')",
        {account, email, language}));
    TRY(transaction.execute(
        "INSERT INTO role_grant (id, account, role, object, starts, ends, granted) SELECT coalesce((SELECT max(id) "
        "FROM role_grant), 0) + 1, id, ?, ?, '', '', '' FROM account WHERE email = ?",
        {access::name(role), static_cast<int64_t>(object.bits()), email}));
    return {};
  });
  EXPECT_TRUE(done) << done.error().message();
}

inline std::string session_of(access::Access& access, const std::string& email) {
  const auto link = access.link_at_terminal(email);
  EXPECT_TRUE(link);
  return access.open_link(*link, "browser of " + email, "test", "192.0.2.1").value().session;
}

}  // namespace pitchblende::tests
