#include "access/access_rules.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "access/errors.hpp"
#include "base/text.hpp"

namespace pitchblende::access {

namespace {

constexpr Scope k_none = Scope::none;
constexpr Scope k_own = Scope::own;
constexpr Scope k_any = Scope::any;

struct Row {
  Right right;
  std::string_view name;
  Scope visitor;
  Scope account;
  std::array<Scope, k_roles> roles;  // in the order of Role
};

// Rule 1. Columns: researcher, platform manager, team leader, group leader, reviewer, company contact, staff,
// institution administrator, system administrator.
constexpr std::array<Row, k_rights> k_policy{{
    {Right::everyone, "everyone", k_any, k_any, {k_any, k_any, k_any, k_any, k_any, k_any, k_any, k_any, k_any}},
    {Right::have_account,
     "have_account",
     k_none,
     k_any,
     {k_any, k_any, k_any, k_any, k_any, k_any, k_any, k_any, k_any}},
    {Right::see_consortium,
     "see_consortium",
     k_none,
     k_none,
     {k_any, k_any, k_any, k_any, k_none, k_none, k_any, k_any, k_any}},
    {Right::grant_role,
     "grant_role",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_own, k_any}},
    {Right::see_audit,
     "see_audit",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_none, k_none, k_any}},
    {Right::see_outbox,
     "see_outbox",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::send_again,
     "send_again",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::book, "book", k_none, k_none, {k_any, k_any, k_any, k_any, k_none, k_none, k_any, k_any, k_any}},
    {Right::look_after,
     "look_after",
     k_none,
     k_none,
     {k_none, k_own, k_none, k_none, k_none, k_none, k_any, k_own, k_any}},
    {Right::bring_source,
     "bring_source",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_own, k_any}},
    {Right::answer_request,
     "answer_request",
     k_none,
     k_none,
     {k_none, k_own, k_own, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::see_requests,
     "see_requests",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::follow_partnership,
     "follow_partnership",
     k_none,
     k_none,
     {k_none, k_none, k_own, k_none, k_none, k_own, k_any, k_own, k_any}},
    {Right::run_partnership,
     "run_partnership",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::lead_group,
     "lead_group",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_own, k_none, k_none, k_any, k_none, k_any}},
    {Right::run_calls,
     "run_calls",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::campaign,
     "campaign",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::workbook, "workbook", k_none, k_none, {k_none, k_own, k_own, k_none, k_none, k_none, k_any, k_own, k_any}},
    {Right::curate, "curate", k_none, k_none, {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::protect_people,
     "protect_people",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::administer,
     "administer",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_own, k_any}},
    {Right::write_texts,
     "write_texts",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
    {Right::run_membership,
     "run_membership",
     k_none,
     k_none,
     {k_none, k_none, k_none, k_none, k_none, k_none, k_any, k_none, k_any}},
}};

// Rule 3, in the order of Role.
constexpr std::array<std::string_view, k_roles> k_kinds_for{
    "organisation", "platform equipment", "team", "group", "call", "organisation", "", "organisation", ""};

constexpr std::array<std::string_view, k_roles> k_role_names{
    "researcher", "platform_manager",          "team_leader",         "group_leader", "reviewer", "company_contact",
    "staff",      "institution_administrator", "system_administrator"};

const Row& row(Right right) { return k_policy[static_cast<size_t>(right)]; }

bool has(const Actor& actor, Role role) {
  return std::any_of(actor.grants.begin(), actor.grants.end(),
                     [&](const Grant& grant) { return grant.role == role && in_force(grant, actor.today); });
}

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

void sort_out(std::vector<Id>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

}  // namespace

std::string_view name(Right right) { return row(right).name; }

std::string_view name(Role role) { return k_role_names[static_cast<size_t>(role)]; }

std::optional<Role> role(std::string_view name) {
  const auto at = std::find(k_role_names.begin(), k_role_names.end(), name);
  return at == k_role_names.end() ? std::nullopt : std::optional(static_cast<Role>(at - k_role_names.begin()));
}

Scope scope(Role role, Right right) { return row(right).roles[static_cast<size_t>(role)]; }
Scope scope_of_visitor(Right right) { return row(right).visitor; }
Scope scope_of_account(Right right) { return row(right).account; }

bool in_force(const Grant& grant, std::string_view today) {
  return (grant.starts.empty() || grant.starts <= today) && (grant.ends.empty() || today <= grant.ends);
}

bool covers(const Grant& grant, const Object& object) {
  return grant.object != Id() && (grant.object == object.id || std::find(object.owners.begin(), object.owners.end(),
                                                                         grant.object) != object.owners.end());
}

bool may(const Actor& actor, Right right, const Object& object) {
  if (row(right).visitor == Scope::any || (actor.signed_in() && row(right).account == Scope::any)) {
    return true;
  }
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    const Scope scope = access::scope(grant.role, right);
    return in_force(grant, actor.today) && (scope == Scope::any || (scope == Scope::own && covers(grant, object)));
  });
}

bool may_somewhere(const Actor& actor, Right right) {
  if (row(right).visitor != Scope::none || (actor.signed_in() && row(right).account != Scope::none)) {
    return true;
  }
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return in_force(grant, actor.today) && access::scope(grant.role, right) != Scope::none;
  });
}

bool may_grant(const Actor& actor, Role role, const Object& object) {
  if (!may(actor, Right::grant_role, object)) {
    return false;
  }
  if (has(actor, Role::system_administrator)) {
    return true;
  }
  if (role == Role::staff || role == Role::system_administrator) {
    return false;
  }
  return has(actor, Role::staff) || role == Role::researcher || role == Role::platform_manager ||
         role == Role::team_leader;
}

bool is_for_an_object(Role role) { return !kinds_for(role).empty(); }

std::string_view kinds_for(Role role) { return k_kinds_for[static_cast<size_t>(role)]; }

Result<void> judge_object(Role role, const Object& object) {
  const std::string_view kinds = kinds_for(role);
  if (kinds.empty()) {
    return {};
  }
  if (object.id == Id()) {
    return fail(errors::object, std::string(name(role)));
  }
  return has_word(kinds, object.kind) ? Result<void>()
                                      : fail(errors::kind, std::string(name(role)), object.kind, std::string(kinds));
}

Viewer viewer_of(const std::vector<Grant>& grants, std::string_view today) {
  Viewer viewer;
  for (const Grant& grant : grants) {
    if (!in_force(grant, today)) {
      continue;
    }
    if (scope(grant.role, Right::see_consortium) == Scope::any) {
      viewer.reach = std::max(viewer.reach, Visibility::consortium);
    }
    if (grant.role == Role::staff) {
      viewer.reach = std::max(viewer.reach, Visibility::owner);
    }
    if (grant.role == Role::researcher || grant.role == Role::institution_administrator) {
      viewer.institutions.push_back(grant.object);
    }
    if (grant.role == Role::platform_manager || grant.role == Role::team_leader || grant.role == Role::group_leader) {
      viewer.owned.push_back(grant.object);
    }
  }
  sort_out(viewer.institutions);
  sort_out(viewer.owned);
  return viewer;
}

std::string own_path(std::string_view path) {
  constexpr size_t k_longest = 512;
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F && c != '\\';
  });
  const bool own = path.starts_with("/") && !path.starts_with("//") && path.size() <= k_longest;
  return plain && own ? std::string(path) : std::string();
}

std::string network_of(std::string_view address) {
  constexpr size_t k_network_bytes = 8;
  constexpr size_t k_longest = 64;
  std::string text(address.substr(0, k_longest));
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) {
    return text;
  }
  // An IPv4 address in IPv6's clothes stands in the last four bytes.
  const bool mapped = text.starts_with("::ffff:") && text.find('.') != std::string::npos;
  std::string out;
  for (size_t at = mapped ? bytes.size() - 4 : 0; at < (mapped ? bytes.size() : k_network_bytes); ++at) {
    out += (out.empty() ? "" : mapped ? "." : ":") + std::to_string(bytes.at(at));
  }
  return out;
}

std::optional<std::string> email_address(std::string_view text) {
  text = trim(text);
  const size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) {
    return std::nullopt;
  }
  static constexpr std::string_view k_local = "!#$%&'*+-/=?^_`{|}~.";
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  const std::string_view local = text.substr(0, at);
  const std::string_view domain = text.substr(at + 1);
  const bool named = std::all_of(local.begin(), local.end(),
                                 [&](char c) { return letter(c) || k_local.find(c) != std::string_view::npos; });
  const bool placed =
      std::all_of(domain.begin(), domain.end(), [&](char c) { return letter(c) || c == '-' || c == '.'; });
  const bool dotted = domain.find('.') != std::string_view::npos || domain == "localhost";
  const bool empty_part = domain.starts_with('.') || domain.ends_with('.') || local.starts_with('.') ||
                          local.ends_with('.') || text.find("..") != std::string_view::npos;
  if (!named || !placed || !dotted || empty_part || local.starts_with('-') || domain.starts_with('-')) {
    return std::nullopt;
  }
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_date_or_empty(std::string_view text) {
  if (text.empty()) {
    return true;
  }
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return false;
  }
  const auto number = [&](size_t from, size_t size) {
    int value = 0;
    for (const char c : text.substr(from, size)) {
      value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + (c - '0') : -1;
    }
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  return number(0, 4) > 0 && number(5, 2) > 0 && number(8, 2) > 0 && day.ok();
}

}  // namespace pitchblende::access
