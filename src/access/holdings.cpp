#include "access/holdings.hpp"

#include <array>

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
  TRY(add("asked_roles", {"role", "@object", "why", "made", "state", "judged"},
          "SELECT role, object, why, made, state, judged FROM role_ask WHERE account = ? ORDER BY id"));
  TRY(add("refused_roles", {"made"}, "SELECT made FROM role_refusal WHERE account = ?"));
  TRY(add("refused_roles_of_institutions", {"@institution", "made"},
          "SELECT institution, made FROM institution_refusal WHERE account = ?"));
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
    for (const std::string_view table : {"role_grant", "role_ask", "role_refusal", "institution_refusal"}) {
      TRY(transaction.execute("DELETE FROM " + std::string(table) + " WHERE account = ?", {subject.account}));
    }
    // What is left of him are numbers; his is not given again (store::next_number).
    TRY(transaction.execute("DELETE FROM account WHERE id = ?", {subject.account}));
  }
  return {};
}

}  // namespace

std::string_view name(Term term) {
  constexpr std::array<std::string_view, 7> k_names = {"moment", "month",   "quarter", "year",
                                                       "source", "erasure", "for_good"};
  return k_names.at(static_cast<size_t>(term));
}

std::string_view name(Fate fate) {
  constexpr std::array<std::string_view, 4> k_names = {"deleted", "emptied", "number", "kept"};
  return k_names.at(static_cast<size_t>(fate));
}

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

Result<void> add(std::vector<Held>& to, Result<Held> table) {
  TRY(table);
  to.push_back(std::move(*table));
  return {};
}

Holding account_holding(store::Store& store) {
  return {"access",
          [&store](const Subject& subject) { return account_told(store, subject); },
          [](store::Transaction& transaction, const Subject& subject) { return forget_account(transaction, subject); },
          {},
          {{"account", {"email"}},
           {"session", {"account", "agent"}, Term::year},
           {"role_grant", {"account"}},
           {"role_ask", {"account", "why"}, Term::year},
           {"role_ask", {"judged_by"}, Term::year, Fate::number},
           {"role_refusal", {"account"}},
           {"role_refusal", {"made_by"}, Term::erasure, Fate::number},
           {"institution_refusal", {"account"}},
           {"institution_refusal", {"made_by"}, Term::erasure, Fate::number},
           {"sign_in_link", {"email"}, Term::moment},
           {"audit", {"actor", "object"}, Term::for_good, Fate::number}}};
}

}  // namespace pitchblende::access
