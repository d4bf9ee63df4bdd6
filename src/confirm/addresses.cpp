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

// Somebody who has no card is named by his address.
std::optional<std::string> address_in(const Card& card, std::string_view name) {
  const auto field = registry::find_field(card.kind, name);
  const registry::CardField* people = field ? card.find(*field) : nullptr;
  for (size_t at = 0; people != nullptr && at < people->values.size(); ++at) {
    const registry::CardValue& each = people->values[at];
    const std::string_view ref = each.value.text;
    if (!each.hidden && ref.starts_with("email:")) {
      return access::email_address(ref.substr(6));
    }
  }
  return std::nullopt;
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

Result<std::optional<std::string>> Addresses::of_people(const Card& card, std::string_view field) {
  TRY_ASSIGN(const auto links, m_registry.links_from(card.id, access::Viewer::everything()));
  for (const registry::Link& link : links) {
    const bool today = (link.since.empty() || link.since <= m_today) &&
                       (link.until.empty() || link.until >= m_today.substr(0, link.until.size()));
    if (link.field == field && link.to_kind == Kind::person && today) {
      TRY_ASSIGN(auto email, of_person(link.to));
      if (email) {
        return email;
      }
    }
  }
  return address_in(card, field);
}

Result<std::optional<std::string>> Addresses::of_platforms(Id card) {
  TRY_ASSIGN(const auto links, m_registry.links_from(card, access::Viewer::everything()));
  for (const registry::Link& link : links) {
    if (link.field == "platforms" && link.to_kind == Kind::platform) {
      TRY_ASSIGN(const auto cards, m_registry.cards({link.to}, access::Viewer::everything()));
      TRY_ASSIGN(auto email, cards.empty() ? Result<std::optional<std::string>>(std::nullopt) : named(cards.front()));
      if (email) {
        return email;
      }
    }
  }
  return std::nullopt;
}

// By the card itself and those it names.
Result<std::optional<std::string>> Addresses::named(const Card& card) {
  if (card.kind == Kind::person) {
    return wants_no_letters(card) ? std::nullopt : email_on(card);
  }
  const std::vector<std::string_view> fields = card.kind == Kind::team ? std::vector<std::string_view>{"leaders"}
                                               : card.kind == Kind::platform
                                                   ? std::vector<std::string_view>{"managers"}
                                                   : std::vector<std::string_view>{"contacts", "substitute_contacts"};
  for (const std::string_view field : fields) {
    TRY_ASSIGN(auto email, of_people(card, field));
    if (email) {
      return email;
    }
  }
  return card.kind == Kind::equipment ? of_platforms(card.id) : Result<std::optional<std::string>>(email_on(card));
}

Result<std::optional<Address>> Addresses::of(const Card& card) {
  TRY_ASSIGN(const auto email, named(card));
  if (email) {
    TRY_ASSIGN(const auto account, m_contacts.with(*email));
    return Address{*email, account ? account->language : std::string()};
  }
  const auto role = looking_after(card.kind);
  if (!role) {
    return std::nullopt;
  }
  TRY_ASSIGN(const access::Object object, m_registry.object_for(card.id, m_today));
  TRY_ASSIGN(const auto holders, m_access.holders(*role, object));
  return holders.empty() ? std::optional<Address>() : Address{holders.front().email, holders.front().language};
}

}  // namespace pitchblende::confirm
