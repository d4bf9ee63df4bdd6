// Accounts and the roles that they are given.
#include <algorithm>
#include <map>

#include "access/access.hpp"
#include "access/errors.hpp"
#include "access/holdings.hpp"
#include "store/numbering.hpp"

namespace pitchblende::access {

namespace {

// "team" in "platform team".
bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::string_view each = words.substr(0, words.find(' '));
    if (each == word) {
      return true;
    }
    words.remove_prefix(std::min(words.size(), each.size() + 1));
  }
  return false;
}

}  // namespace

Result<int64_t> Access::account(store::Transaction& transaction, const std::string& email,
                                const std::string& language) {
  int64_t id = 0;
  TRY(transaction.query("SELECT id FROM account WHERE email = ?", {email},
                        [&](const store::Row& row) { id = row.integer(0); }));
  if (id == 0) {
    TRY_ASSIGN(id, store::next_id(transaction, "account"));
    TRY_ASSIGN(const int64_t erased, last_erased_account(transaction));
    id = std::max(id, erased + 1);
    TRY(transaction.execute("INSERT INTO account (id, email, language, created) VALUES (?, ?, ?, ?)",
                            {id, email, language, m_clock.now_text()}));
    TRY(m_audit.record(transaction, {id, "begin", "account", id, {}}));
  }
  return id;
}

Result<void> Access::insert_grant(store::Transaction& transaction, const Grant& grant, int64_t actor) {
  bool there = false;
  TRY(transaction.query(
      "SELECT 1 FROM role_grant WHERE account = ? AND role = ? AND object = ? AND starts = ? AND "
      "ends = ?",
      {grant.account, name(grant.role), static_cast<int64_t>(grant.object.bits()), grant.starts, grant.ends},
      [&](const store::Row&) { there = true; }));
  if (there) {
    return fail(errors::granted);
  }
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "role_grant"));
  TRY(
      transaction.execute("INSERT INTO role_grant (id, account, role, object, starts, ends, granted) VALUES (?, ?, ?, "
                          "?, ?, ?, ?)",
                          {id, grant.account, name(grant.role), static_cast<int64_t>(grant.object.bits()), grant.starts,
                           grant.ends, m_clock.now_text()}));
  return m_audit.record(transaction, {actor, "grant_" + std::string(name(grant.role)), "account", grant.account,
                                      grant.object == Id() ? std::string() : grant.object.text()});
}

Result<Holder> Access::known(const std::string& email, const std::string& language) {
  const auto address = email_address(email);
  if (!address) {
    return fail(errors::email, email.substr(0, 100));
  }
  return m_store.write([&](store::Transaction& transaction) { return holder_of(transaction, *address, language); });
}

Result<Holder> Access::holder_of(store::Transaction& transaction, const std::string& email,
                                 const std::string& language) {
  Holder out{0, email, language};
  TRY_ASSIGN(out.account, account(transaction, email, language));
  TRY(transaction.query("SELECT language FROM account WHERE id = ?", {out.account},
                        [&](const store::Row& row) { out.language = row.text(0); }));
  return out;
}

Result<int64_t> Access::add_administrator(const std::string& email) {
  const auto address = email_address(email);
  if (!address) {
    return fail(errors::email, email);
  }
  return m_store.write([&](store::Transaction& transaction) -> Result<int64_t> {
    TRY_ASSIGN(const int64_t id, account(transaction, *address, "en"));
    TRY(insert_grant(transaction, {0, id, Role::system_administrator, Id(), {}, {}}, 0));
    return id;
  });
}

Result<int64_t> Access::grant(const Actor& actor, const GrantRequest& request, const AlsoGranted& also) {
  const auto email = email_address(request.email);
  if (!email) {
    return fail(errors::email, request.email.substr(0, 100));
  }
  const bool whole = !is_for_an_object(request.role);
  if (!whole && request.object.id == Id()) {
    return fail(errors::object, std::string(name(request.role)));
  }
  const Object object = whole ? Object() : request.object;
  if (!may_grant(actor, request.role, object)) {
    return fail(errors::may_not);
  }
  if (!whole && !has_word(kinds_for(request.role), object.kind)) {
    return fail(errors::kind, std::string(name(request.role)), object.kind, std::string(kinds_for(request.role)));
  }
  const bool backwards = !request.starts.empty() && !request.ends.empty() && request.ends < request.starts;
  if (!is_date_or_empty(request.starts) || !is_date_or_empty(request.ends) || backwards) {
    return fail(errors::period);
  }
  return m_store.write([&](store::Transaction& transaction) -> Result<int64_t> {
    TRY_ASSIGN(const Holder holder, holder_of(transaction, *email, "fr"));
    TRY(insert_grant(transaction, {0, holder.account, request.role, object.id, request.starts, request.ends},
                     actor.account));
    TRY(also ? also(transaction, holder) : Result<void>());
    return holder.account;
  });
}

Result<void> Access::end_grant(const Actor& actor, int64_t number, const std::vector<Id>& owners) {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    Grant grant;
    int64_t administrators = 0;
    TRY(transaction.query("SELECT id, account, role, object FROM role_grant WHERE id = ?", {number},
                          [&](const store::Row& row) {
                            grant.id = row.integer(0);
                            grant.account = row.integer(1);
                            grant.role = role(row.text(2)).value_or(Role::system_administrator);
                            grant.object = Id(static_cast<uint64_t>(row.integer(3)));
                          }));
    if (grant.id == 0) {
      return fail(errors::unknown, "grant");
    }
    if (!may_grant(actor, grant.role, {grant.object, owners})) {
      return fail(errors::may_not);
    }
    // Rule 9: somebody must be left who can give roles.
    TRY(
        transaction.query("SELECT count(DISTINCT account) FROM role_grant WHERE role = ? AND starts <= ? AND (ends = "
                          "'' OR ends >= ?) AND id <> ?",
                          {name(Role::system_administrator), m_clock.today(), m_clock.today(), number},
                          [&](const store::Row& row) { administrators = row.integer(0); }));
    if (grant.role == Role::system_administrator && administrators == 0) {
      return fail(errors::last);
    }
    const std::string yesterday = m_clock.text_in(-std::chrono::hours(24)).substr(0, 10);
    TRY(transaction.execute("UPDATE role_grant SET ends = ? WHERE id = ? AND (ends = '' OR ends > ?)",
                            {yesterday, number, yesterday}));
    return m_audit.record(transaction, {actor.account, "end_" + std::string(name(grant.role)), "account", grant.account,
                                        grant.object == Id() ? std::string() : grant.object.text()});
  });
}

Result<void> Access::do_audited(const Deed& deed, const std::function<Result<void>(store::Transaction&)>& act) {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY(act(transaction));
    return m_audit.record(transaction, deed);
  });
}

Result<std::vector<GrantRow>> Access::grants() const { return grants_from(m_clock.today()); }

Result<std::vector<AllGrant>> Access::all_grants() const {
  TRY_ASSIGN(std::vector<GrantRow> rows, grants_from({}));
  // Who gave which role to whom for what, and when: the log says it right after the role was stored.
  std::multimap<std::string, std::pair<std::string, int64_t>> given;
  std::map<int64_t, std::string> stored;
  const auto key = [](std::string_view verb, int64_t account, std::string_view object) {
    return std::string(verb) + " " + std::to_string(account) + " " + std::string(object);
  };
  TRY(m_store.read([&](store::Connection& db) -> Result<void> {
    TRY(
        db.query("SELECT at, actor, verb, object, detail FROM audit WHERE verb LIKE 'grant%' AND kind = 'account' "
                 "ORDER BY id",
                 {}, [&](const store::Row& row) {
                   given.emplace(key(row.text(2), row.integer(3), row.text(4)),
                                 std::pair(std::string(row.text(0)), row.integer(1)));
                 }));
    return db.query("SELECT id, granted, account, role, object FROM role_grant", {}, [&](const store::Row& row) {
      const Id object(static_cast<uint64_t>(row.integer(4)));
      stored[row.integer(0)] =
          key("grant_" + std::string(row.text(3)), row.integer(2), object == Id() ? std::string() : object.text()) +
          "\n" + std::string(row.text(1));
    });
  }));
  std::vector<AllGrant> out;
  for (GrantRow& row : rows) {
    AllGrant one{std::move(row), {}};
    const std::string& known = stored[one.row.grant.id];
    const size_t end = known.find('\n');
    const auto [first, last] = given.equal_range(known.substr(0, end));
    const auto entry = std::find_if(first, last, [&](const auto& each) {
      return end != std::string::npos && each.second.first >= known.substr(end + 1);
    });
    if (entry != last) {
      one.given_by = entry->second.second;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<AccountRow>> Access::accounts() const {
  std::vector<AccountRow> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT a.id, a.email, a.language, a.created, coalesce(max(s.last_seen), ''), coalesce(sum(CASE WHEN s.ended "
        "IS "
        "NULL AND s.expires > ? AND s.last_seen > ? THEN 1 ELSE 0 END), 0) FROM account a LEFT JOIN session s ON "
        "s.account = a.id GROUP BY a.id, a.email, a.language, a.created ORDER BY a.email",
        {m_clock.now_text(), m_clock.text_in(-k_idle)}, [&](const store::Row& row) {
          out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                         std::string(row.text(4)), row.integer(5)});
        });
  }));
  return out;
}

Result<void> Access::end_sessions(const Actor& actor, int64_t account) {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    bool there = false;
    TRY(transaction.query("SELECT 1 FROM account WHERE id = ?", {account}, [&](const store::Row&) { there = true; }));
    if (!there) {
      return fail(errors::unknown, "account");
    }
    TRY(transaction.execute("UPDATE session SET ended = ? WHERE account = ? AND id <> ? AND ended IS NULL",
                            {m_clock.now_text(), account, actor.session}));
    return m_audit.record(transaction, {actor.account, "end_sessions", "account", account, {}});
  });
}

Result<std::vector<GrantRow>> Access::grants_from(const std::string& last_day) const {
  std::vector<GrantRow> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT g.id, g.account, g.role, g.object, g.starts, g.ends, a.email, a.language FROM role_grant g JOIN "
        "account a ON a.id = g.account WHERE g.ends = '' OR g.ends >= ? ORDER BY a.email, g.id",
        {last_day}, [&](const store::Row& row) {
          if (const auto known = role(row.text(2))) {
            out.push_back({{row.integer(0), row.integer(1), *known, Id(static_cast<uint64_t>(row.integer(3))),
                            std::string(row.text(4)), std::string(row.text(5))},
                           std::string(row.text(6)),
                           std::string(row.text(7))});
          }
        });
  }));
  for (GrantRow& row : out) {
    row.grant.object = current(row.grant.object);
  }
  return out;
}

Result<std::vector<Holder>> Access::holders(Role role, const Object& object) const {
  TRY_ASSIGN(const std::vector<GrantRow> all, grants());
  const std::string today = m_clock.today();
  std::vector<Holder> out;
  for (const GrantRow& row : all) {
    const bool his =
        row.grant.role == role && in_force(row.grant, today) && (!is_for_an_object(role) || covers(row.grant, object));
    const bool again = !out.empty() && out.back().account == row.grant.account;  // they come by address
    if (his && !again) {
      out.push_back({row.grant.account, row.email, row.language});
    }
  }
  return out;
}

}  // namespace pitchblende::access
