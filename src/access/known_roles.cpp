#include "access/known_roles.hpp"

#include <algorithm>

#include "access/errors.hpp"

namespace pitchblende::access {

namespace {

using store::Connection;
using store::Row;

bool has_granted(const std::vector<Grant>& grants, Id institution, std::string_view today) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    return grant.role == Role::researcher && grant.object == institution && in_force(grant, today);
  });
}

Id now(const Things& things, int64_t institution) {
  const Id id(static_cast<uint64_t>(institution));
  return things.current ? things.current(id) : id;
}

Result<void> refuse(store::Transaction& transaction, int64_t account, const Object& of, const std::string& at,
                    int64_t by) {
  if (of.id == Id()) {
    TRY(transaction.execute("INSERT INTO role_refusal (account, made, made_by) VALUES (?, ?, ?)",
                            {account, std::string_view(at), by}));
    return {};
  }
  TRY(transaction.execute("INSERT INTO institution_refusal (account, institution, made, made_by) VALUES (?, ?, ?, ?)",
                          {account, static_cast<int64_t>(of.id.bits()), std::string_view(at), by}));
  return {};
}

}  // namespace

Result<std::vector<Grant>> known_roles(store::Store& store, const Things& things, int64_t account,
                                       const std::string& email, std::string_view today) {
  std::vector<Grant> out;
  bool is_refused = false;
  std::vector<int64_t> refused_at;
  TRY(store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT id, role, object, starts, ends FROM role_grant WHERE account = ? ORDER BY id", {account},
                 [&](const Row& row) {
                   if (const auto known = role(row.text(1))) {
                     out.push_back({row.integer(0), account, *known, Id(static_cast<uint64_t>(row.integer(2))),
                                    std::string(row.text(3)), std::string(row.text(4))});
                   }
                 }));
    TRY(db.query("SELECT institution FROM institution_refusal WHERE account = ?", {account},
                 [&](const Row& row) { refused_at.push_back(row.integer(0)); }));
    return db.query("SELECT 1 FROM role_refusal WHERE account = ?", {account}, [&](const Row&) { is_refused = true; });
  }));
  for (Grant& grant : out) {
    grant.object = things.current && grant.object != Id() ? things.current(grant.object) : grant.object;
  }
  if (things.workplaces && !is_refused) {
    TRY_ASSIGN(const auto found, things.workplaces({email}, today));
    const auto own = found.find(email);
    for (const Id institution : own == found.end() ? std::vector<Id>() : own->second) {
      const bool refuses = std::any_of(refused_at.begin(), refused_at.end(),
                                       [&](int64_t each) { return now(things, each) == institution; });
      if (!refuses && !has_granted(out, institution, today)) {
        out.push_back({0, account, Role::researcher, institution, {}, {}});
      }
    }
  }
  return out;
}

Viewer whole_viewer(const std::vector<Grant>& grants, std::string_view today, const Things& things) {
  Viewer out = viewer_of(grants, today);
  std::vector<Id>& institutions = out.institutions;
  for (const Id organisation : std::vector<Id>(institutions)) {
    const std::vector<Id> more = things.owned_as ? things.owned_as(organisation) : std::vector<Id>();
    institutions.insert(institutions.end(), more.begin(), more.end());
  }
  std::sort(institutions.begin(), institutions.end());
  institutions.erase(std::unique(institutions.begin(), institutions.end()), institutions.end());
  return out;
}

Result<std::vector<OwnRole>> Access::own_roles() const {
  std::vector<OwnRole> signed_in;
  std::vector<std::string> emails;
  std::vector<std::pair<int64_t, int64_t>> refusals;  // account, institution
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT account, institution FROM institution_refusal", {},
                 [&](const Row& row) { refusals.emplace_back(row.integer(0), row.integer(1)); }));
    return db.query(
        "SELECT a.id, a.email, coalesce(r.made, ''), coalesce(r.made_by, 0) FROM account a LEFT JOIN "
        "role_refusal r ON r.account = a.id WHERE EXISTS (SELECT 1 FROM session s WHERE s.account = a.id) ORDER BY "
        "a.email",
        {}, [&](const Row& row) {
          signed_in.push_back({row.integer(0), std::string(row.text(1)), {}, std::string(row.text(2)), row.integer(3)});
          emails.push_back(signed_in.back().email);
        });
  }));
  std::vector<OwnRole> out;
  if (!m_things.workplaces) {
    return out;
  }
  TRY_ASSIGN(auto found, m_things.workplaces(emails, m_clock.today()));
  for (OwnRole& each : signed_in) {
    const auto own = found.find(each.email);
    if (own != found.end()) {
      each.institutions = std::move(own->second);
    }
    for (const auto& [account, institution] : refusals) {
      if (account == each.account) {
        each.refused_at.push_back(now(m_things, institution));
      }
    }
    if (!each.institutions.empty() || !each.refused.empty()) {
      out.push_back(std::move(each));
    }
  }
  return out;
}

Result<void> Access::set_own_role(const Actor& actor, int64_t account, Own own, const Object& of) {
  if (!may_grant(actor, Role::researcher, of)) {
    return fail(errors::may_not);
  }
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    bool there = false;
    TRY(transaction.query("SELECT 1 FROM account WHERE id = ?", {account}, [&](const Row&) { there = true; }));
    if (!there) {
      return fail(errors::unknown, "account");
    }
    // Of an institution under each id that it has had.
    std::vector<int64_t> there_of;
    TRY(transaction.query("SELECT institution FROM institution_refusal WHERE account = ?", {account},
                          [&](const Row& row) { there_of.push_back(row.integer(0)); }));
    for (const int64_t each : there_of) {
      if (of.id != Id() && now(m_things, each) == of.id) {
        TRY(transaction.execute("DELETE FROM institution_refusal WHERE account = ? AND institution = ?",
                                {account, each}));
      }
    }
    if (of.id == Id()) {
      TRY(transaction.execute("DELETE FROM role_refusal WHERE account = ?", {account}));
    }
    if (own == Own::refused) {
      TRY(refuse(transaction, account, of, m_clock.now_text(), actor.account));
    }
    return m_audit.record(transaction, {actor.account, own == Own::refused ? "refuse_own_role" : "allow_own_role",
                                        "account", account, of.id == Id() ? std::string() : of.id.text()});
  });
}

}  // namespace pitchblende::access
