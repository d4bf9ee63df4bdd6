// Letters about a group's events, with the event for the reader's own calendar.
#include "access/contacts.hpp"
#include "groups/event_calendar.hpp"
#include "pages/entry/letters.hpp"
#include "pages/groups/event_forms.hpp"
#include "pages/rich_text.hpp"

namespace pitchblende::pages {

namespace {

using groups::Event;
using groups::Seat;

// Rule 15: who has a place, or had one, gets the event; who waits has nothing to be put into a calendar.
void attach(const Site& site, const Event& event, Seat seat, const std::string& url, const Words& words,
            mail::Letter& letter) {
  if (seat == Seat::waiting) {
    return;
  }
  groups::CalendarEvent each{event, in_language(event.title, words), plain_text(in_language(event.text, words)), url};
  each.event.is_cancelled = event.is_cancelled || seat == Seat::given_back;
  each.event.online = each.event.is_cancelled ? std::string() : event.online;
  letter.attachments.push_back({"event.ics", "text/calendar; method=" + std::string(groups::method_of(each.event)),
                                groups::notice_text(each, calendar_host(site), site.settings().groups->now())});
}

Result<void> write_letter(const Site& site, store::Transaction& transaction, const access::Holder& to,
                          const GroupRoom& room, const Event& event, Seat seat, std::string_view kind) {
  const Language language = to.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  const std::string key = "groups.letters." + std::string(kind);
  const LetterOf of{"group_" + std::string(kind),
                    key,
                    {{"title", in_language(event.title, words)},
                     {"when", when_words(event, words)},
                     {"place", event.place.empty() ? "–" : event.place}},
                    "/group/" + room.id.text() + "/events/" + std::to_string(event.id)};
  mail::Letter letter = letter_to(site, language, to.email, of);
  attach(site, event, seat, letter.action_url, words, letter);
  return site.settings().entry.outbox->post(transaction, letter);
}

// To all of one seat.
Result<void> tell_all(const Site& site, store::Transaction& transaction, const GroupRoom& room, const Event& event,
                      const std::vector<int64_t>& accounts, Seat seat, std::string_view kind) {
  if (site.settings().entry.outbox == nullptr || accounts.empty()) {
    return {};
  }
  TRY_ASSIGN(const auto contacts, site.settings().desk.contacts->of(accounts));
  for (const auto& [account, holder] : contacts) {
    TRY(write_letter(site, transaction, holder, room, event, seat, kind));
  }
  return {};
}

}  // namespace

std::string calendar_host(const Site& site) {
  const std::string& address = site.settings().entry.address;
  const size_t scheme = address.find("://");
  return scheme == std::string::npos ? std::string("pitchblende") : address.substr(scheme + 3);
}

Result<void> tell_guests(const Site& site, store::Transaction& transaction, const GroupRoom& room, const Event& event,
                         const std::vector<groups::Registration>& guests, std::string_view kind) {
  for (const Seat seat : {Seat::registered, Seat::waiting}) {
    std::vector<int64_t> accounts;
    for (const groups::Registration& each : guests) {
      if (each.seat == seat) {
        accounts.push_back(each.account);
      }
    }
    TRY(tell_all(site, transaction, room, event, accounts, seat, kind));
  }
  return {};
}

Result<void> tell_seats(const Site& site, store::Transaction& transaction, const GroupRoom& room, const Event& event,
                        const groups::Change& change, int64_t account) {
  if (account != 0) {
    TRY(tell_all(site, transaction, room, event, {account}, change.seat, groups::name(change.seat)));
  }
  return tell_all(site, transaction, room, event, change.moved_up, Seat::registered, "moved_up");
}

}  // namespace pitchblende::pages
