// Who somebody is, what he was granted, what can be done to what. Values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"

namespace pitchblende::access {

// Something that a role lets somebody do. Every route of the site names one; docs/rules/access.md says who has it.
// A new right is a row here, in access_rules.cpp and in that table: a test compares them.
enum class Right : uint8_t {
  everyone,            // what the public may do
  have_account,        // one's own account: sessions, roles, tasks
  see_consortium,      // values that members alone see
  grant_role,          // give and end roles
  see_audit,           // the log of who did what
  see_outbox,          // which letters wait, went or failed
  send_again,          // a letter that failed
  book,                // an instrument, for oneself
  look_after,          // say on what terms an instrument is booked, grant trainings, answer and change bookings
  bring_source,        // files of an institution, to be tried and applied
  answer_request,      // speak for a platform, a team, an instrument that was asked for something
  see_requests,        // all requests, how they stand, how long answers take
  follow_partnership,  // see a partnership that is not public
  run_partnership,     // begin one, write down how it stands
  lead_group,          // write a group's pages, confirm its members, organise its events
  run_calls,           // make calls for proposals, have them reviewed, decide, announce
  campaign,            // ask people by letter whether their cards are right
  workbook,            // send an institution's, unit's or platform's cards out as a workbook, and take it back
  curate,              // say who is who and which value is right, and take back what was decided
  protect_people,      // whose card is whose, objections, erasures, notices of a first publication
  administer,          // the page where administration begins, with what waits there
  write_texts,         // what the site says of the consortium
  run_membership       // roles of institutions in the consortium
};
inline constexpr size_t k_rights = 23;

enum class Role : uint8_t {
  researcher,
  platform_manager,
  team_leader,
  group_leader,
  reviewer,
  company_contact,
  staff,
  institution_administrator,
  system_administrator
};
inline constexpr size_t k_roles = 9;

std::string_view name(Right right);  // "grant_role"
std::string_view name(Role role);    // "platform_manager"
std::optional<Role> role(std::string_view name);

// A role for an object and a period. Dates "2026-11-24", both days are in; empty: no bound.
struct Grant {
  int64_t id = 0;
  int64_t account = 0;
  Role role = Role::researcher;
  Id object;  // 0: the whole consortium
  std::string starts;
  std::string ends;
};

// Who asks. A visitor has no account. Immutable while a request is answered.
struct Actor {
  int64_t account = 0;  // 0: a visitor
  int64_t session = 0;
  std::string email;
  std::string today;
  std::string session_secret;  // what forms of this session are signed with
  std::vector<Grant> grants;   // also those of other times
  Viewer viewer;               // what he sees of cards

  bool signed_in() const { return account != 0; }
};

// What something is done to: a thing, what it is and all that it belongs to (its platform, team, institutions …).
// Registry::object_for() makes one.
struct Object {
  Id id;
  std::vector<Id> owners = {};
  std::string kind = {};  // "platform"; empty: nothing is there
};

}  // namespace pitchblende::access
