// The one policy: who may do what to what, and when. Pure, any thread. The rules are numbered in docs/rules/access.md.
#pragma once

#include "access/access_types.hpp"
#include "base/result.hpp"

namespace pitchblende::access {

// How far a role carries a right.
enum class Scope : uint8_t {
  none,
  own,  // for the object of the grant, and for what belongs to it
  any
};

Scope scope(Role role, Right right);
Scope scope_of_visitor(Right right);
Scope scope_of_account(Right right);  // signed in, without any role

// Rule 2: the days of its period, first and last too.
bool in_force(const Grant& grant, std::string_view today);
// Whether it was given for this object, or for what that belongs to.
bool covers(const Grant& grant, const Object& object);
// Whether the actor may do it to this object.
bool may(const Actor& actor, Right right, const Object& object);
// Whether there can be an object to which he may: what a route asks before its handler looks at the object.
bool may_somewhere(const Actor& actor, Right right);

// Rule 8: who gives which role. `object`: what it is given for.
bool may_grant(const Actor& actor, Role role, const Object& object);
// Rule 3: a role of one thing needs it named; staff and system administrators have the whole consortium.
bool is_for_an_object(Role role);
// Rule 3: of which kinds the thing may be, "platform equipment"; empty: the role is not for one thing.
std::string_view kinds_for(Role role);
// Whether the role can be for that at all. Errors: ACCESS_OBJECT, ACCESS_KIND.
Result<void> judge_object(Role role, const Object& object);
// Rule 4: what somebody with these roles sees of cards.
Viewer viewer_of(const std::vector<Grant>& grants, std::string_view today);

// Rule 12: a path of this site and nothing else, else "".
std::string own_path(std::string_view path);
// Rule 7: what counts as one client: an IPv4 address, or the 64 bits of an IPv6 network.
std::string network_of(std::string_view address);
// In lower case, trimmed; nullopt: no address that a letter can be sent to.
std::optional<std::string> email_address(std::string_view text);
// A calendar date "2026-02-28", or empty.
bool is_date_or_empty(std::string_view text);

}  // namespace pitchblende::access
