// Accounts and the roles that they are given.
#include <algorithm>
#include <map>

#include "access/access.hpp"
#include "access/errors.hpp"
#include "access/holdings.hpp"
#include "store/numbering.hpp"

namespace pitchblende::access {

namespace {

using store::Transaction;

Result<void> judge_period(const std::string& starts, const std::string& ends) {
  const bool backwards = !starts.empty() && !ends.empty() && ends < starts;
  return is_date_or_empty(starts) && is_date_or_empty(ends) && !backwards ? Result<void>() : fail(errors::period);
}

// Error: ACCESS_UNKNOWN.
Result<Grant> stored(Transaction& transaction, int64_t number) {
  Grant out;
  TRY(transaction.query(
      "SELECT id, account, role, object, starts, ends FROM role_grant WHERE id = ?", {number},
      [&](const store::Row& row) {
        out = {row.integer(0),       row.integer(1),           role(row.text(2)).value_or(Role::system_administrator),
               store::id_at(row, 3), std::string(row.text(4)), std::string(row.text(5))};
      }));
  return out.id == 0 ? Result<Grant>(fail(errors::unknown, "grant")) : std::move(out);
}

// Rule 9: without this grant, somebody must be left who can give roles.
Result<void> judge_last(Transaction& transaction, const Grant& grant, const std::string& today) {
  int64_t others = 0;
  TRY(
      transaction.query("SELECT count(DISTINCT account) FROM role_grant WHERE role = ? AND starts <= ? AND (ends = '' "
                        "OR ends >= ?) AND id <> ?",
                        {name(Role::system_administrator), today, today, grant.id},
                        [&](const store::Row& row) { others = row.integer(0); }));
  return grant.role == Role::system_administrator && others == 0 ? Result<void>(fail(errors::last)) : Result<void>();
}

Deed deed_of(int64_t actor, std::string_view verb, const Grant& grant) {
  return {actor, std::string(verb) + std::string(name(grant.role)), "account", grant.account,
          grant.object == Id() ? std::string() : grant.object.text()};
}

// Of a time of the store.
std::string day_before(const std::string& at) {
  const auto number = [&](size_t from, size_t size) { return std::stoi(at.substr(from, size)); };
  const std::chrono::sys_days day = std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
  return FixedClock(day - std::chrono::days(1)).today();
}

}  // namespace

Result<int64_t> Access::account(store::Transaction& transaction, const std::string& email,
                                const std::string& language) {
  int64_t id = 0;
  TRY(transaction.query("SELECT id FROM account WHERE email = ?", {email},
                        [&](const store::Row& row) { id = row.integer(0); }));
  if (id == 0) {
    TRY_ASSIGN(id, store::next_number(transaction, "account"));
    TRY(transaction.execute("INSERT INTO account (id, email, language, created) VALUES (?, ?, ?, ?)",
                            {id, email, language, m_clock.now_text()}));
    TRY(m_audit.record(transaction, {id, "begin", "account", id, {}}));
  }
  return id;
}

Result<void> Access::insert_grant(store::Transaction& transaction, const Grant& grant, int64_t actor) {
  std::string there;
  TRY(transaction.query(
      "SELECT (SELECT email FROM account WHERE id = role_grant.account) FROM role_grant WHERE account = ? AND role = ? "
      "AND object = ? AND starts = ? AND "
      "ends = ?",
      {grant.account, name(grant.role), static_cast<int64_t>(grant.object.bits()), grant.starts, grant.ends},
      [&](const store::Row& row) { there = row.text(0); }));
  if (!there.empty()) {
    return fail(errors::granted, there, std::string(name(grant.role)));
  }
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "role_grant"));
  TRY(
      transaction.execute("INSERT INTO role_grant (id, account, role, object, starts, ends, granted) VALUES (?, ?, ?, "
                          "?, ?, ?, ?)",
                          {id, grant.account, name(grant.role), static_cast<int64_t>(grant.object.bits()), grant.starts,
                           grant.ends, m_clock.now_text()}));
  return m_audit.record(transaction, deed_of(actor, "grant_", grant));
}

Result<Holder> Access::known(const std::string& email, const std::string& language) {
  const auto address = email_address(email);
  if (!address) {
    return fail(errors::email, email.substr(0, 100));
  }
  return m_store.write([&](store::Transaction& transaction) { return holder_of(transaction, *address, language); });
}

Result<Holder> Access::holder_of(store::Transaction& transaction, int64_t account) {
  Holder out{account, {}, {}};
  TRY(transaction.query("SELECT email, language FROM account WHERE id = ?", {account}, [&](const store::Row& row) {
    out.email = row.text(0);
    out.language = row.text(1);
  }));
  return out;
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

Result<GrantRequest> Access::judged(const Actor& actor, GrantRequest request) {
  const auto email = email_address(request.email);
  if (!email) {
    return fail(errors::email, request.email.substr(0, 100));
  }
  request.email = *email;
  const bool is_narrower = !is_for_an_object(request.role) && request.object.id != Id();
  request.object = is_narrower ? Object() : request.object;
  // What it is for is named before anything is said of it.
  TRY(request.object.id == Id() ? judge_object(request.role, request.object) : Result<void>());
  if (!may_grant(actor, request.role, request.object)) {
    return fail(errors::may_not);
  }
  // Nobody is given more than was asked for: a role for the whole consortium is not for a thing.
  if (is_narrower) {
    return fail(errors::whole, std::string(name(request.role)));
  }
  TRY(judge_object(request.role, request.object));
  TRY(judge_period(request.starts, request.ends));
  return request;
}

Result<int64_t> Access::grant(const Actor& actor, const GrantRequest& request, const AlsoGranted& also) {
  TRY_ASSIGN(const GrantRequest wanted, judged(actor, request));
  return m_store.write([&](Transaction& transaction) -> Result<int64_t> {
    TRY_ASSIGN(const Holder holder, grant_in(transaction, actor, wanted, also));
    return holder.account;
  });
}

Result<Holder> Access::grant_in(Transaction& transaction, const Actor& actor, const GrantRequest& request,
                                const AlsoGranted& also) {
  // Who has no account yet reads what he who gives the role reads, until he says otherwise.
  std::string language = "fr";
  TRY(transaction.query("SELECT language FROM account WHERE id = ?", {actor.account},
                        [&](const store::Row& row) { language = row.text(0); }));
  TRY_ASSIGN(const Holder holder, holder_of(transaction, request.email, language));
  TRY(insert_grant(transaction, {0, holder.account, request.role, request.object.id, request.starts, request.ends},
                   actor.account));
  TRY(also ? also(transaction, holder, request) : Result<void>());
  return holder;
}

Result<void> Access::date_in(Transaction& transaction, const Actor& actor, const RoleChange& change) {
  TRY_ASSIGN(const Grant grant, stored(transaction, change.grant));
  const bool is_it = grant.role == change.wanted.role && current(grant.object) == change.wanted.object.id;
  if (!is_it) {
    return fail(errors::unknown, "grant");
  }
  TRY(judge_last(transaction, grant, m_clock.today()));
  TRY(transaction.execute("UPDATE role_grant SET starts = ?, ends = ? WHERE id = ?",
                          {change.wanted.starts, change.wanted.ends, grant.id}));
  return m_audit.record(transaction, deed_of(actor.account, "date_", grant));
}

Result<void> Access::change_roles(const Actor& actor, const std::vector<RoleChange>& changes, const AlsoGranted& also) {
  std::vector<RoleChange> all = changes;
  for (RoleChange& each : all) {
    TRY_ASSIGN(each.wanted, judged(actor, each.wanted));
  }
  for (size_t at = 0; at < all.size();) {
    TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
      size_t next = at;
      do {
        const RoleChange& each = all[next++];
        Result<void> done = each.grant != 0 ? date_in(transaction, actor, each) : [&]() -> Result<void> {
          TRY(grant_in(transaction, actor, each.wanted, also));
          return {};
        }();
        if (!done && !done.error().is(errors::granted)) {
          return done;
        }
      } while (next < all.size() && !transaction.due());
      at = next;
      return {};
    }));
  }
  return {};
}

Result<void> Access::end_grant(const Actor& actor, int64_t number, const std::vector<Id>& owners,
                               const AlsoEnded& also) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Grant grant, stored(transaction, number));
    if (!may_grant(actor, grant.role, {grant.object, owners})) {
      return fail(errors::may_not);
    }
    TRY(judge_last(transaction, grant, m_clock.today()));
    const std::string yesterday = m_clock.text_in(-std::chrono::hours(24)).substr(0, 10);
    TRY_ASSIGN(const int64_t ended,
               transaction.execute("UPDATE role_grant SET ends = ? WHERE id = ? AND (ends = '' OR ends > ?)",
                                   {yesterday, number, yesterday}));
    if (ended > 0 && also) {
      TRY_ASSIGN(const Holder holder, holder_of(transaction, grant.account));
      TRY(also(transaction, holder, grant));
    }
    return m_audit.record(transaction, deed_of(actor.account, "end_", grant));
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
  std::multimap<std::string, std::pair<std::string, int64_t>> said;
  std::map<int64_t, std::string> stored;
  const auto key = [](std::string_view verb, int64_t account, std::string_view object) {
    return std::string(verb) + " " + std::to_string(account) + " " + std::string(object) + "\n";
  };
  TRY(m_store.read([&](store::Connection& db) -> Result<void> {
    TRY(
        db.query("SELECT at, actor, verb, object, detail FROM audit WHERE (verb LIKE 'grant%' OR verb LIKE 'end%') "
                 "AND kind = 'account' ORDER BY id",
                 {}, [&](const store::Row& row) {
                   said.emplace(key(row.text(2), row.integer(3), row.text(4)),
                                std::pair(std::string(row.text(0)), row.integer(1)));
                 }));
    return db.query("SELECT id, granted, account, role, object FROM role_grant", {}, [&](const store::Row& row) {
      const Id object(static_cast<uint64_t>(row.integer(4)));
      stored[row.integer(0)] =
          key(row.text(3), row.integer(2), object == Id() ? std::string() : object.text()) + std::string(row.text(1));
    });
  }));
  std::vector<AllGrant> out;
  for (GrantRow& row : rows) {
    AllGrant one{std::move(row), {}, {}};
    const std::string& known = stored[one.row.grant.id];
    const std::string since = known.substr(known.find('\n') + 1);
    const auto entry = [&](std::string_view verb, const auto& is_it) {
      const auto [first, last] = said.equal_range(std::string(verb) + known.substr(0, known.size() - since.size()));
      const auto found = std::find_if(
          first, last, [&](const auto& each) { return each.second.first >= since && is_it(each.second.first); });
      return found == last ? nullptr : &found->second;
    };
    if (const auto* given = entry("grant_", [](const std::string&) { return true; })) {
      one.given_by = given->second;
    }
    // Its last day is the one before.
    const std::string& ends = one.row.grant.ends;
    if (const auto* ended = entry("end_", [&](const std::string& at) { return day_before(at) == ends; })) {
      one.ended = ended->first;
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
