#include "confirm/addresses.hpp"

#include <algorithm>

namespace pitchblende::confirm {

namespace {

using registry::Card;
using registry::Kind;

std::optional<std::string> email_on(const Card& card) {
  const auto field = registry::find_field(card.kind, "email");
  const registry::CardField* emails = field ? card.find(*field) : nullptr;
  for (size_t at = 0; emails != nullptr && at < emails->values.size(); ++at) {
    const registry::CardValue& each = emails->values[at];
    const auto email = each.hidden || each.lost ? std::nullopt : access::email_address(each.value.text);
    if (email) {
      return email;
    }
  }
  return std::nullopt;
}

void add_once(std::vector<std::string>& out, const std::optional<std::string>& email) {
  if (email && std::find(out.begin(), out.end(), *email) == out.end()) {
    out.push_back(*email);
  }
}

// Those who have no card are named by their addresses.
void add_addresses_in(const Card& card, std::string_view name, std::vector<std::string>& out) {
  const auto field = registry::find_field(card.kind, name);
  const registry::CardField* people = field ? card.find(*field) : nullptr;
  for (size_t at = 0; people != nullptr && at < people->values.size(); ++at) {
    const registry::CardValue& each = people->values[at];
    const std::string_view ref = each.value.text;
    if (!each.hidden && ref.starts_with("email:")) {
      add_once(out, access::email_address(ref.substr(6)));
    }
  }
}

bool wants_no_letters(const Card& card) {
  return card.text(registry::field(Kind::person, "opted_out")) == "true" ||
         card.text(registry::field(Kind::person, "contact_preference")) == "none";
}

std::optional<access::Role> looking_after(Kind kind) {
  switch (kind) {
    case Kind::team:
      return access::Role::team_leader;
    case Kind::platform:
    case Kind::equipment:
      return access::Role::platform_manager;
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<std::string> address_of_person(const Card& person) {
  const bool can = !wants_no_letters(person) && person.visibility != access::Visibility::nobody;
  return can ? email_on(person) : std::nullopt;
}

Result<std::optional<std::string>> Addresses::of_person(Id person) {
  const auto [at, fresh] = m_people.try_emplace(person);
  if (fresh) {
    TRY_ASSIGN(const auto cards, m_registry.cards({person}, access::Viewer::everything()));
    const bool is_person = !cards.empty() && cards.front().kind == Kind::person;
    at->second = is_person ? address_of_person(cards.front()) : std::nullopt;
  }
  return at->second;
}

Result<std::vector<std::string>> Addresses::of_people(const Card& card, std::string_view field) {
  TRY_ASSIGN(const auto links, m_registry.links_from(card.id, access::Viewer::everything()));
  std::vector<std::string> out;
  for (const registry::Link& link : links) {
    const bool today = (link.since.empty() || link.since <= m_today) &&
                       (link.until.empty() || link.until >= m_today.substr(0, link.until.size()));
    if (link.field == field && link.to_kind == Kind::person && today) {
      TRY_ASSIGN(const auto email, of_person(link.to));
      add_once(out, email);
    }
  }
  add_addresses_in(card, field, out);
  return out;
}

Result<std::vector<std::string>> Addresses::of_platforms(Id card) {
  TRY_ASSIGN(const auto links, m_registry.links_from(card, access::Viewer::everything()));
  std::vector<std::string> out;
  for (const registry::Link& link : links) {
    if (link.field == "platforms" && link.to_kind == Kind::platform) {
      TRY_ASSIGN(const auto cards, m_registry.cards({link.to}, access::Viewer::everything()));
      TRY_ASSIGN(const auto emails, cards.empty() ? Result<std::vector<std::string>>() : named(cards.front()));
      for (const std::string& each : emails) {
        add_once(out, each);
      }
    }
  }
  return out;
}

// By the card itself and those it names.
Result<std::vector<std::string>> Addresses::named(const Card& card) {
  std::vector<std::string> own;
  if (card.kind == Kind::person) {
    add_once(own, wants_no_letters(card) ? std::nullopt : email_on(card));
    return own;
  }
  const std::vector<std::string_view> fields = card.kind == Kind::team ? std::vector<std::string_view>{"leaders"}
                                               : card.kind == Kind::platform
                                                   ? std::vector<std::string_view>{"managers"}
                                                   : std::vector<std::string_view>{"contacts", "substitute_contacts"};
  for (const std::string_view field : fields) {
    TRY_ASSIGN(std::vector<std::string> emails, of_people(card, field));
    if (!emails.empty()) {
      return emails;
    }
  }
  if (card.kind == Kind::equipment) {
    return of_platforms(card.id);
  }
  add_once(own, email_on(card));
  return own;
}

Result<std::vector<Address>> Addresses::of(const Card& card) {
  TRY_ASSIGN(const auto emails, named(card));
  std::vector<Address> out;
  for (const std::string& each : emails) {
    TRY_ASSIGN(const auto account, m_contacts.with(each));
    out.push_back({each, account ? account->language : std::string()});
  }
  const auto role = looking_after(card.kind);
  if (!out.empty() || !role) {
    return out;
  }
  TRY_ASSIGN(const access::Object object, m_registry.object_for(card.id, m_today));
  TRY_ASSIGN(const auto holders, m_access.holders(*role, object));
  for (const auto& each : holders) {
    const bool again = std::any_of(out.begin(), out.end(), [&](const Address& o) { return o.email == each.email; });
    if (!again) {
      out.push_back({each.email, each.language});
    }
  }
  return out;
}

}  // namespace pitchblende::confirm
