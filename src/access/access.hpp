// Accounts, links by e-mail, sessions, roles. Front door of access; may() and the rest of the policy stand in
// access_rules.hpp.
//
// An Access reads and writes the store that it borrows; any thread. Secrets are stored as hashes alone.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/access_rules.hpp"
#include "access/audit.hpp"
#include "access/role_asks.hpp"

namespace pitchblende::access {

struct LinkRequest {
  std::string email;    // as typed
  std::string browser;  // secret of the browser that asks
  std::string language;
  std::string next;  // where to go then
  std::string peer;  // address of the client
};
struct Link {
  std::string email;
  std::string language;
  std::string next;
  std::string expires;  // "2026-11-24T10:20:30Z"
};
struct Opened {
  std::string session;  // the new session's secret
  std::string next;
};
struct SessionRow {
  int64_t id = 0;
  std::string agent;
  std::string created;
  std::string last_seen;
};
struct GrantRow {
  Grant grant;
  std::string email;
  std::string language;
};
struct AllGrant {
  GrantRow row;
  std::optional<int64_t> given_by;  // an account, 0: the terminal; none: the log does not say
  std::string ended;                // when somebody ended it before its time; empty: nobody did
};
struct AccountRow {
  int64_t id = 0;
  std::string email;
  std::string language;
  std::string created;
  std::string last_seen;  // empty: never
  int64_t sessions = 0;   // that are open
};
struct GrantRequest {
  std::string email;
  Role role = Role::researcher;
  Object object;
  std::string starts;
  std::string ends;
};

// A role to be given, or another period for one that was.
struct RoleChange {
  GrantRequest wanted;
  int64_t grant = 0;  // which one; 0: a new one
};

struct Holder {
  int64_t account = 0;
  std::string email;
  std::string language;  // "fr", "en"
};
// What access asks of the registry, which it does not see.
struct Things {
  std::function<std::vector<Id>(Id organisation)> owned_as;  // under which ids an organisation owns things
  std::function<Id(Id)> current;                             // where an id leads after merges
  // By address, for which institutions of the consortium somebody works as his card says.
  std::function<Result<std::map<std::string, std::vector<Id>>>(const std::vector<std::string>& emails,
                                                               std::string_view today)>
      workplaces = {};
};
// Who is a researcher by his card (rule 15), or would be if it were not refused.
struct OwnRole {
  int64_t account = 0;
  std::string email;
  std::vector<Id> institutions;
  std::string refused;  // when, for all of them; empty: it is not
  int64_t refused_by = 0;
  std::vector<Id> refused_at = {};  // for these alone
};

inline constexpr std::chrono::hours k_idle{24 * 14};  // a session that nobody uses ends

class Access {
 public:
  // Sends a letter with the link in the transaction that stores its hash.
  using Post = std::function<Result<void>(store::Transaction&, const Link&, std::string_view secret)>;

  // `key`: the data folder's own secret.
  Access(store::Store& store, const Clock& clock, std::string key, Things things);

  const Audit& audit() const { return m_audit; }

  // The same answer whether somebody has that address or not. Errors: ACCESS_EMAIL, ACCESS_OFTEN (rule 7).
  Result<void> ask_link(const LinkRequest& request, const Post& post);
  // For any browser: for who sits at the terminal.
  Result<std::string> link_at_terminal(const std::string& email);
  // Without using it. Errors: ACCESS_LINK, ACCESS_BROWSER.
  Result<Link> look_at_link(std::string_view secret, std::string_view browser) const;
  // Uses it: makes the account, if need be, and a session, and ends the one that this browser had. Errors: ACCESS_LINK,
  // ACCESS_BROWSER, ACCESS_OFTEN.
  Result<Opened> open_link(std::string_view secret, std::string_view browser, std::string_view agent,
                           std::string_view peer);

  // Null: no session has that secret, or it has ended.
  Result<std::shared_ptr<const Actor>> actor(std::string_view session) const;
  Result<std::vector<SessionRow>> sessions(int64_t account) const;
  // One of his sessions, or all but the one that he is in. Error: ACCESS_UNKNOWN: not one of his.
  Result<void> end_session(const Actor& actor, std::optional<int64_t> session);

  // Who has that address; an account is made where there is none. `language`: of such a one. Error: ACCESS_EMAIL.
  Result<Holder> known(const std::string& email, const std::string& language);
  Result<int64_t> add_administrator(const std::string& email);  // at the terminal
  // Errors: ACCESS_EMAIL, ACCESS_MAY_NOT, ACCESS_OBJECT, ACCESS_KIND, ACCESS_PERIOD, ACCESS_GRANTED. `also`: in its
  // transaction, with who has it.
  using AlsoGranted = std::function<Result<void>(store::Transaction&, const Holder&, const GrantRequest&)>;
  Result<int64_t> grant(const Actor& actor, const GrantRequest& request, const AlsoGranted& also = {});
  // Whether it could be given, as it would be stored. Errors: those of grant() but the last.
  static Result<GrantRequest> judged(const Actor& actor, GrantRequest request);
  // `owners`: of its object. It ends with yesterday; `also`: in its transaction, unless it was over. Errors:
  // ACCESS_UNKNOWN, ACCESS_MAY_NOT, ACCESS_LAST.
  using AlsoEnded = std::function<Result<void>(store::Transaction&, const Holder&, const Grant&)>;
  Result<void> end_grant(const Actor& actor, int64_t grant, const std::vector<Id>& owners, const AlsoEnded& also = {});
  // What another slice does for the actor, in one transaction with its line in the audit log.
  Result<void> do_audited(const Deed& deed, const std::function<Result<void>(store::Transaction&)>& act);
  // Many at once, in pieces between which others write: what was done before an error stays. A role that is there
  // already is passed over; `also` hears of new ones. Errors: those of grant(), ACCESS_LAST, ACCESS_UNKNOWN.
  Result<void> change_roles(const Actor& actor, const std::vector<RoleChange>& changes, const AlsoGranted& also = {});
  // Those in force and to come, by address.
  Result<std::vector<GrantRow>> grants() const;
  // Those that are over too.
  Result<std::vector<GrantRow>> grants_ever() const { return grants_from({}); }
  // And who gave them, and when they were ended.
  Result<std::vector<AllGrant>> all_grants() const;
  // Of those who have signed in, by address.
  Result<std::vector<OwnRole>> own_roles() const;
  enum class Own : uint8_t { allowed, refused };
  // `of`: for that institution alone; of nothing: for all. Errors: ACCESS_MAY_NOT, ACCESS_UNKNOWN.
  Result<void> set_own_role(const Actor& actor, int64_t account, Own own, const Object& of = {});
  // What people ask to be given.
  const RoleAsks& asks() const { return m_asks; }
  // By address.
  Result<std::vector<AccountRow>> accounts() const;
  // All of somebody else's. Error: ACCESS_UNKNOWN.
  Result<void> end_sessions(const Actor& actor, int64_t account);
  // Who has that role today for an object or for what it belongs to: whom to write to.
  Result<std::vector<Holder>> holders(Role role, const Object& object) const;
  // Rule 14: what is not kept any longer.
  Result<void> forget_old();

 private:
  Result<std::vector<GrantRow>> grants_from(const std::string& last_day) const;
  Result<int64_t> account(store::Transaction& transaction, const std::string& email, const std::string& language);
  Result<Holder> holder_of(store::Transaction& transaction, const std::string& email, const std::string& language);
  Result<Holder> holder_of(store::Transaction& transaction, int64_t account);
  Result<int64_t> count_try(store::Transaction& transaction, const std::string& bucket);
  Result<bool> limit_asking(store::Transaction& transaction, const LinkRequest& request, const std::string& email);
  Result<std::string> store_link(store::Transaction& transaction, const Link& link, std::string_view browser);
  Result<Holder> grant_in(store::Transaction& transaction, const Actor& actor, const GrantRequest& request,
                          const AlsoGranted& also);
  Result<void> date_in(store::Transaction& transaction, const Actor& actor, const RoleChange& change);
  Result<void> insert_grant(store::Transaction& transaction, const Grant& grant, int64_t actor);
  Id current(Id object) const { return m_things.current && object != Id() ? m_things.current(object) : object; }
  std::string hashed(std::string_view what, std::string_view secret) const;

  store::Store& m_store;
  const Clock& m_clock;
  std::string m_key;
  Things m_things;
  Audit m_audit;
  RoleAsks m_asks;
};

}  // namespace pitchblende::access
