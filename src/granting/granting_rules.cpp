#include "granting/granting_rules.hpp"

#include <algorithm>
#include <array>

#include "access/errors.hpp"
#include "base/text.hpp"
#include "granting/errors.hpp"

namespace pitchblende::granting {

namespace {

using access::Role;

struct Called {
  Column column;
  std::string_view title;  // normalised: "Jusqu’au" is "jusqu au"
};
constexpr std::array k_titles{
    Called{Column::email, "address"},
    Called{Column::email, "adresse"},
    Called{Column::email, "e mail"},
    Called{Column::email, "email"},
    Called{Column::email, "mail"},
    Called{Column::email, "courriel"},
    Called{Column::email, "e mail address"},
    Called{Column::email, "email address"},
    Called{Column::email, "adresse electronique"},
    Called{Column::email, "adresse e mail"},
    Called{Column::role, "role"},
    Called{Column::object, "object"},
    Called{Column::object, "for"},
    Called{Column::object, "objet"},
    Called{Column::object, "pour"},
    Called{Column::from, "from"},
    Called{Column::from, "starts"},
    Called{Column::from, "du"},
    Called{Column::from, "debut"},
    Called{Column::from, "a partir du"},
    Called{Column::until, "until"},
    Called{Column::until, "ends"},
    Called{Column::until, "to"},
    Called{Column::until, "au"},
    Called{Column::until, "fin"},
    Called{Column::until, "jusqu au"},
};

struct Said {
  Role role;
  std::string_view text;  // as pages call it, normalised; the code is understood too
};
constexpr std::array<Said, access::k_roles + 3> k_roles{{
    {Role::researcher, "chercheur"},
    {Role::researcher, "chercheuse"},
    {Role::platform_manager, "responsable de plateforme"},
    {Role::team_leader, "responsable d equipe"},
    {Role::group_leader, "responsable d axe ou de groupe"},
    {Role::group_leader, "leader of a key area or group"},
    {Role::staff, "consortium staff"},
    {Role::reviewer, "expert evaluateur"},
    {Role::company_contact, "contact d entreprise"},
    {Role::staff, "equipe du consortium"},
    {Role::institution_administrator, "administrateur d etablissement"},
    {Role::system_administrator, "administrateur du systeme"},
}};

bool has_begun(const access::Grant& grant, std::string_view today) {
  return grant.starts.empty() || grant.starts <= today;
}

}  // namespace

std::string_view name(Column column) {
  constexpr std::array<std::string_view, 6> k_names{"", "email", "role", "object", "from", "until"};
  return k_names.at(static_cast<size_t>(column));
}

std::string_view name(Fate fate) {
  constexpr std::array<std::string_view, 3> k_names{"new", "dated", "same"};
  return k_names.at(static_cast<size_t>(fate));
}

int64_t Table::count(Fate fate) const {
  return std::count_if(lines.begin(), lines.end(), [&](const Line& line) { return line.fate == fate; });
}

Column column_of(std::string_view title) {
  const std::string text = normalised(title);
  const auto found =
      std::find_if(k_titles.begin(), k_titles.end(), [&](const Called& each) { return each.title == text; });
  return found == k_titles.end() ? Column::none : found->column;
}

Column column_of(const Error& error) {
  namespace wrong = access::errors;
  if (error.is(wrong::email)) {
    return Column::email;
  }
  if (error.is(wrong::role)) {
    return Column::role;
  }
  if (error.is(wrong::period)) {
    return Column::from;
  }
  const bool object =
      error.is(wrong::object) || error.is(wrong::kind) || error.is(wrong::whole) || error.is(errors::unknown);
  return object ? Column::object : Column::none;
}

std::optional<Role> role_of(std::string_view text) {
  const std::string said = normalised(text);
  std::string code = said;
  std::replace(code.begin(), code.end(), ' ', '_');
  if (const auto role = access::role(code)) {
    return role;
  }
  const auto found = std::find_if(k_roles.begin(), k_roles.end(), [&](const Said& each) { return each.text == said; });
  return found == k_roles.end() ? std::nullopt : std::optional(found->role);
}

std::string day_of(std::string_view text) {
  text = trim(text);
  const size_t first = text.find_first_of("/.");
  const size_t second = first == std::string_view::npos ? first : text.find_first_of("/.", first + 1);
  if (second == std::string_view::npos || text.size() != second + 5 || first > 2 || second - first > 3) {
    return std::string(text);
  }
  const auto two = [](std::string_view digits) { return (digits.size() == 1 ? "0" : "") + std::string(digits); };
  return std::string(text.substr(second + 1)) + "-" + two(text.substr(first + 1, second - first - 1)) + "-" +
         two(text.substr(0, first));
}

Line compared(int64_t number, access::GrantRequest wanted, const std::vector<access::Grant>& ever,
              std::string_view today) {
  Line out;
  out.number = number;
  const access::Grant* standing = nullptr;
  for (const access::Grant& grant : ever) {
    const bool begins_so = wanted.starts == grant.starts || wanted.starts.empty();
    if (begins_so && wanted.ends == grant.ends) {
      out.fate = Fate::same;
      standing = &grant;
      break;
    }
    // Of several that are not over, the one that runs.
    const bool is_over = !grant.ends.empty() && grant.ends < today;
    if (!is_over && (standing == nullptr || (has_begun(grant, today) && !has_begun(*standing, today)))) {
      out.fate = Fate::dated;
      standing = &grant;
    }
  }
  if (standing != nullptr) {
    out.change.grant = standing->id;
    out.starts_now = standing->starts;
    out.ends_now = standing->ends;
    // A beginning that nobody names stays; an end before it is a beginning that was meant otherwise.
    wanted.starts = wanted.starts.empty() && (wanted.ends.empty() || standing->starts <= wanted.ends) ? standing->starts
                                                                                                      : wanted.starts;
  }
  out.change.wanted = std::move(wanted);
  return out;
}

}  // namespace pitchblende::granting
