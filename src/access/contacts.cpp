#include "access/contacts.hpp"

#include <set>

namespace pitchblende::access {

using store::Connection;
using store::Row;

Result<std::map<int64_t, Holder>> Contacts::of(const std::vector<int64_t>& accounts) const {
  std::map<int64_t, Holder> found;
  const std::set<int64_t> wanted(accounts.begin(), accounts.end());
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    for (const int64_t account : wanted) {
      TRY(db.query("SELECT email, language FROM account WHERE id = ?", {account}, [&](const Row& row) {
        found[account] = {account, std::string(row.text(0)), std::string(row.text(1))};
      }));
    }
    return {};
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

Result<std::vector<Grant>> Contacts::grants(int64_t account) const {
  std::vector<Grant> grants;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT role, object, starts, ends FROM role_grant WHERE account = ?", {account},
                    [&](const Row& row) {
                      if (const auto known = role(row.text(0))) {
                        grants.push_back({0, account, *known, Id(static_cast<uint64_t>(row.integer(1))),
                                          std::string(row.text(2)), std::string(row.text(3))});
                      }
                    });
  }));
  return grants;
}

Result<Viewer> Contacts::viewer(int64_t account, std::string_view today) const {
  TRY_ASSIGN(const std::vector<Grant> known, grants(account));
  return viewer_of(known, today);
}

Result<Actor> Contacts::actor(int64_t account, const std::string& today, const std::function<Id(Id)>& current) const {
  Actor out;
  out.account = account;
  out.today = today;
  TRY_ASSIGN(out.grants, grants(account));
  for (Grant& grant : out.grants) {
    grant.object = grant.object == Id() ? Id() : current(grant.object);
  }
  out.viewer = viewer_of(out.grants, today);
  return out;
}

}  // namespace pitchblende::access
