#include "pages/booking/booking_letters.hpp"

namespace pitchblende::pages {

namespace {

using access::Role;
using booking::State;

constexpr std::string_view k_verbs[] = {"book", "move_booking", "cancel_booking", "confirm_booking", "decline_booking"};

// Who manages it; where nobody does, the administrators of its institution, else the staff: somebody always.
Result<std::vector<access::Holder>> looking_after(const Site& site, const access::Object& object) {
  for (const Role role : {Role::platform_manager, Role::institution_administrator, Role::staff}) {
    TRY_ASSIGN(std::vector<access::Holder> holders, site.settings().entry.access->holders(role, object));
    if (!holders.empty()) {
      return holders;
    }
  }
  return std::vector<access::Holder>{};
}

}  // namespace

Result<BookingLetters> BookingLetters::prepare(const Site& site, const access::Actor& actor,
                                               const Instrument& instrument, int64_t booker) {
  BookingLetters out(site, actor, instrument);
  TRY_ASSIGN(const auto known, site.settings().desk.contacts->of({booker}));
  for (const auto& [account, holder] : known) {
    out.m_booker.push_back(holder);
  }
  TRY_ASSIGN(out.m_looking_after, looking_after(site, instrument.object));
  return out;
}

Result<void> BookingLetters::post(store::Transaction& transaction, const booking::Held& held, Change change,
                                  const booking::Zone& zone) const {
  TRY(m_site.settings().entry.access->audit().record(
      transaction, {m_actor.account, std::string(k_verbs[static_cast<size_t>(change)]), "booking", held.id,
                    m_instrument.id.text()}));
  if (m_site.settings().entry.outbox == nullptr) {
    return {};
  }
  const bool is_own = m_actor.account == held.account;
  std::string to_booker = std::string(booking::name(held.state));  // requested, confirmed, cancelled, declined
  if (change == Change::moved) {
    to_booker = "moved";
  }
  // Nobody is told what he has just done himself, but that his booking stands or waits.
  if (!is_own || change == Change::booked || change == Change::moved) {
    for (const access::Holder& to : m_booker) {
      TRY(write(transaction, to, held, to_booker, zone));
    }
  }
  const bool waits = held.state == State::requested && (change == Change::booked || change == Change::moved);
  if (waits || (is_own && change == Change::cancelled)) {
    for (const access::Holder& to : m_looking_after) {
      if (to.account != m_actor.account) {
        TRY(write(transaction, to, held, waits ? "to_confirm" : "given_back", zone));
      }
    }
  }
  return {};
}

Result<void> BookingLetters::write(store::Transaction& transaction, const access::Holder& to, const booking::Held& held,
                                   std::string_view kind, const booking::Zone& zone) const {
  const Language language = to.language == "fr" ? Language::french : Language::english;
  const Words& words = m_site.words(language);
  const std::string key = "booking.letters." + std::string(kind);
  const auto names = names_of(m_site, {held.instrument}, m_actor.viewer, words);
  const auto fill = [&](std::string text) {
    text = put_in(std::move(text), "when", span_words(held.span, zone, words));
    return put_in(std::move(text), "instrument", names.at(held.instrument));
  };
  mail::Letter letter;
  letter.to = to.email;
  letter.kind = "booking_" + std::string(kind);
  letter.language = language;
  letter.subject = fill(words.get(key + ".subject"));
  letter.paragraphs = {fill(words.get(key + ".text"))};
  if (!held.purpose.empty()) {
    letter.paragraphs.push_back(words.get("booking.purpose") + words.get("booking.colon") + held.purpose);
  }
  if (!held.reason.empty()) {
    letter.paragraphs.push_back(words.get("booking.reason") + words.get("booking.colon") + held.reason);
  }
  letter.action = words.get("booking.letters.see");
  letter.action_url =
      m_site.settings().entry.address + "/" + std::string(words.code()) + "/bookings/" + std::to_string(held.id);
  return m_site.settings().entry.outbox->post(transaction, letter);
}

}  // namespace pitchblende::pages
