#include "access/contacts.hpp"

#include <set>

#include "access/known_roles.hpp"

namespace pitchblende::access {

using store::Connection;
using store::Row;

Result<std::map<int64_t, Holder>> Contacts::of(const std::vector<int64_t>& accounts) const {
  std::map<int64_t, Holder> found;
  store::Rows wanted{{"account", store::ColumnType::integer}};
  for (const int64_t account : std::set<int64_t>(accounts.begin(), accounts.end())) {
    wanted.add(account);
  }
  if (wanted.empty()) {
    return found;
  }
  TRY(m_store.read([&](Connection& db) {
    return db.lookup("SELECT a.id, a.email, a.language FROM {rows} r JOIN account a ON a.id = r.account", wanted,
                     [&](const Row& row) {
                       found[row.integer(0)] = {row.integer(0), std::string(row.text(1)), std::string(row.text(2))};
                     });
  }));
  return found;
}

Result<std::optional<Holder>> Contacts::with(std::string_view email) const {
  std::optional<Holder> found;
  const auto address = email_address(email);
  if (!address) {
    return found;
  }
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT id, email, language FROM account WHERE email = ?", {std::string_view(*address)},
                    [&](const Row& row) {
                      found = Holder{row.integer(0), std::string(row.text(1)), std::string(row.text(2))};
                    });
  }));
  return found;
}

Result<void> Contacts::set_language(store::Transaction& transaction, int64_t account, std::string_view language) const {
  TRY(transaction.execute("UPDATE account SET language = ? WHERE id = ?", {language, account}));
  return {};
}

Result<std::vector<Grant>> Contacts::grants(int64_t account, std::string_view today) const {
  TRY_ASSIGN(const auto known, of({account}));
  return known_roles(m_store, m_things, account, known.empty() ? std::string() : known.begin()->second.email, today);
}

Result<Viewer> Contacts::viewer(int64_t account, std::string_view today) const {
  TRY_ASSIGN(const std::vector<Grant> known, grants(account, today));
  return whole_viewer(known, today, m_things);
}

Result<Actor> Contacts::actor(int64_t account, const std::string& today, const std::function<Id(Id)>& current) const {
  Actor out;
  out.account = account;
  out.today = today;
  TRY_ASSIGN(out.grants, grants(account, today));
  for (Grant& grant : out.grants) {
    grant.object = grant.object == Id() ? Id() : current(grant.object);
  }
  out.viewer = whole_viewer(out.grants, today, m_things);
  return out;
}

}  // namespace pitchblende::access
