#include "access/holdings.hpp"

#include "access/errors.hpp"

namespace pitchblende::access {

namespace {

using store::Connection;
using store::Row;

Result<std::vector<Held>> account_told(store::Store& store, const Subject& subject) {
  std::vector<Held> out;
  const auto add = [&](std::string what, const std::vector<std::string>& columns,
                       std::string_view sql) -> Result<void> {
    TRY_ASSIGN(Held table, held(store, std::move(what), columns, sql, {subject.account}));
    out.push_back(std::move(table));
    return {};
  };
  TRY(add("account", {"number", "email", "language", "created"},
          "SELECT id, email, language, created FROM account WHERE id = ?"));
  TRY(add("roles", {"role", "@object", "starts", "ends", "granted"},
          "SELECT role, object, starts, ends, granted FROM role_grant WHERE account = ? ORDER BY id"));
  TRY(add("sessions", {"browser", "created", "last_seen", "expires", "ended"},
          "SELECT agent, created, last_seen, expires, COALESCE(ended, '') FROM session WHERE account = ? ORDER BY id"));
  TRY_ASSIGN(Held audit, held(store, "audit", {"number", "at", "actor", "verb", "kind", "object", "detail"},
                              "SELECT id, at, actor, verb, kind, object, detail FROM audit WHERE actor = ? OR "
                              "(kind = 'account' AND object = ?) ORDER BY id",
                              {subject.account, subject.account}));
  out.push_back(std::move(audit));
  return out;
}

Result<void> forget_account(store::Transaction& transaction, const Subject& subject) {
  TRY(transaction.execute("DELETE FROM sign_in_link WHERE email = ?", {subject.email}));
  if (subject.account != 0) {
    // Rule 9: somebody must be left who can give roles.
    bool is_one = false;
    bool others = false;
    const std::string administrator(name(Role::system_administrator));
    TRY(transaction.query("SELECT account FROM role_grant WHERE role = ? AND ends = ''", {administrator},
                          [&](const Row& row) { (row.integer(0) == subject.account ? is_one : others) = true; }));
    if (is_one && !others) {
      return fail(errors::last);
    }
    TRY(transaction.execute("DELETE FROM session WHERE account = ?", {subject.account}));
    TRY(transaction.execute("DELETE FROM role_grant WHERE account = ?", {subject.account}));
    TRY(transaction.execute("DELETE FROM account WHERE id = ?", {subject.account}));
  }
  return {};
}

}  // namespace

Result<Held> held(store::Store& store, std::string what, const std::vector<std::string>& columns, std::string_view sql,
                  std::initializer_list<store::Param> with) {
  Held out{std::move(what)};
  TRY(store.read([&](Connection& db) {
    return db.query(sql, with, [&](const Row& row) {
      auto& cells = out.rows.emplace_back();
      for (size_t at = 0; at < columns.size(); ++at) {
        const int column = static_cast<int>(at);
        const bool is_thing = columns[at].starts_with('@');
        const auto thing = Id(static_cast<uint64_t>(is_thing ? row.integer(column) : 0));
        cells.emplace_back(is_thing ? columns[at].substr(1) : columns[at],
                           is_thing ? (thing == Id() ? std::string() : thing.text()) : std::string(row.text(column)));
      }
    });
  }));
  return out;
}

Holding account_holding(store::Store& store) {
  return {"access",
          [&store](const Subject& subject) { return account_told(store, subject); },
          [](store::Transaction& transaction, const Subject& subject) { return forget_account(transaction, subject); },
          {}};
}

}  // namespace pitchblende::access
