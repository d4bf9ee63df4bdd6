#include "pages/people/people.hpp"

#include <algorithm>

#include "pages/address.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::pages {

namespace {

using Cards = std::map<std::string, Id, std::less<>>;  // by address

// Those whose address is on no card may have claimed one.
Result<void> add_claimed(const Site& site, const std::map<int64_t, std::string>& emails, Cards& cards) {
  const personal::Personal* personal = site.settings().own.personal;
  std::vector<int64_t> rest;
  for (const auto& [account, email] : emails) {
    if (!cards.contains(email)) {
      rest.push_back(account);
    }
  }
  if (personal == nullptr || rest.empty()) {
    return {};
  }
  TRY_ASSIGN(const auto claimed, personal->claimed_by(rest));
  for (const auto& [account, card] : claimed) {
    TRY_ASSIGN(const auto now, site.registry().current(card));
    if (now) {
      cards.emplace(emails.at(account), *now);
    }
  }
  return {};
}

Result<Cards> cards_with(const Site& site, const std::vector<std::string>& emails) {
  Cards out;
  for (const std::string& email : emails) {
    if (!out.contains(email)) {
      TRY_ASSIGN(const auto card, site.registry().find(registry::reference("email", email)));
      if (card) {
        out.emplace(email, *card);
      }
    }
  }
  return out;
}

}  // namespace

Result<People> People::with_addresses(const Site& site, const std::vector<std::string>& emails,
                                      const access::Viewer& viewer, const Words& words) {
  TRY_ASSIGN(const Cards cards, cards_with(site, emails));
  return with_cards(site, emails, cards, viewer, words);
}

Result<People> People::with_accounts(const Site& site, const std::vector<int64_t>& accounts,
                                     const access::Viewer& viewer, const Words& words) {
  const access::Contacts* contacts =
      site.settings().own.contacts != nullptr ? site.settings().own.contacts : site.settings().desk.contacts;
  if (contacts == nullptr) {
    return People();
  }
  TRY_ASSIGN(const auto holders, contacts->of(accounts));
  std::map<int64_t, std::string> emails;
  std::vector<std::string> asked;
  for (const auto& [account, holder] : holders) {
    emails.emplace(account, holder.email);
    asked.push_back(holder.email);
  }
  TRY_ASSIGN(Cards cards, cards_with(site, asked));
  TRY(add_claimed(site, emails, cards));
  People out = with_cards(site, asked, cards, viewer, words);
  out.m_emails = std::move(emails);
  return out;
}

People People::with_cards(const Site& site, const std::vector<std::string>& emails, const Cards& cards,
                          const access::Viewer& viewer, const Words& words) {
  std::vector<Id> ids;
  for (const auto& [email, card] : cards) {
    ids.push_back(card);
  }
  std::map<Id, search::Hit> known;
  if (const auto index = ids.empty() ? nullptr : site.index_so_far()) {
    for (search::Hit& hit : index->known(ids, viewer)) {
      if (hit.kind == registry::Kind::person) {
        known.emplace(hit.id, std::move(hit));
      }
    }
  }
  People out;
  for (const std::string& email : emails) {
    PersonShown one{email, {}, {}, email};
    const auto card = cards.find(email);
    const auto hit = card == cards.end() ? known.end() : known.find(card->second);
    if (hit != known.end()) {
      one.name = search::title_in(hit->second.title, words.code());
      one.note = search::title_in(hit->second.note, words.code());
      one.url = thing_address(words.code(), registry::Kind::person, hit->first);
    }
    out.m_by_email.emplace(email, std::move(one));
  }
  return out;
}

PersonShown People::at(std::string_view email) const {
  const auto found = m_by_email.find(email);
  return found == m_by_email.end() ? PersonShown{std::string(email), {}, {}, std::string(email)} : found->second;
}

const PersonShown* People::find(int64_t account) const {
  const auto email = m_emails.find(account);
  const auto found = email == m_emails.end() ? m_by_email.end() : m_by_email.find(email->second);
  return found == m_by_email.end() ? nullptr : &found->second;
}

std::string whole_name(const PersonShown& person) {
  const std::string email = person.email.empty() ? "" : " (" + person.email + ")";
  return person.has_card()      ? person.name + (person.note.empty() ? "" : ", " + person.note) + email
         : person.email.empty() ? person.name
                                : person.email;
}

SheetCell name_cell(const PersonShown& person) { return person.has_card() ? person_cell(person) : SheetCell{}; }

void put_person(const PersonShown& person, View& body) {
  body["who"] = person.name;
  body["who_url"] = person.url;
  body["who_note"] = person.note;
  body["who_email"] = person.has_card() ? person.email : std::string();
}

SheetCell person_cell(const PersonShown& person) { return {person.name, person.url}; }

}  // namespace pitchblende::pages
