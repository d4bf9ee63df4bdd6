#include "pages/booking/booking_letters.hpp"

#include "booking/calendar/feed.hpp"
#include "pages/entry/letters.hpp"

namespace pitchblende::pages {

namespace {

using access::Role;
using booking::Held;
using booking::State;

constexpr std::string_view k_verbs[] = {
    "book", "move_booking", "cancel_booking", "confirm_booking", "decline_booking", "outside_booking"};

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

// What who booked reads of it.
std::string_view word_for_booker(const Held& held, Change change, bool is_own) {
  const bool waits = held.state == State::requested;
  switch (change) {
    case Change::booked:
      return waits ? "requested" : is_own ? "confirmed" : "booked_for";
    case Change::moved:
      return waits ? "moved_waits" : is_own ? "moved" : "moved_by";
    case Change::cancelled:
      return is_own ? "returned" : "cancelled";
    case Change::confirmed:
      return "approved";
    case Change::declined:
      return "declined";
    case Change::outside:
      return "outside";
  }
  return "confirmed";
}

// The same of several at once.
std::string_view word_for_all(const Held& first, Change change, bool is_own) {
  switch (change) {
    case Change::cancelled:
      return "series_cancelled";
    case Change::confirmed:
      return "series_approved";
    case Change::declined:
      return "series_declined";
    case Change::outside:
      return "series_outside";
    default:
      return first.state == State::requested ? "series_waits" : is_own ? "series" : "series_for";
  }
}

std::string_view kind_of(const Held& held, Change change) {
  return change == Change::moved ? "moved" : change == Change::outside ? "outside" : booking::name(held.state);
}

}  // namespace

Result<BookingLetters::Reader> BookingLetters::reader_of(const Site& site, const access::Actor& actor, Id instrument,
                                                         int64_t booker, const access::Holder& to) {
  Reader out{to, to.language == "fr" ? Language::french : Language::english, {}, {}, {}, {}, {}};
  const Words& words = site.words(out.language);
  TRY_ASSIGN(const access::Viewer viewer, site.settings().desk.contacts->viewer(to.account, actor.today));
  TRY_ASSIGN(const People people, People::with_accounts(site, {actor.account, booker}, viewer, words));
  const PersonShown by = booker_of(people, actor.account, words);
  out.by = by.name + (by.note.empty() ? "" : " (" + by.note + ")");
  PersonShown who = booker_of(people, booker, words);
  out.who = whole_name(who);
  out.who_booked_for = whole_name(without_address(std::move(who)));
  out.instrument = names_of(site, {instrument}, viewer, words).at(instrument);
  for (const search::Hit& hit : site.index()->known(std::vector{instrument}, viewer)) {
    out.place = search::title_in(hit.note, words.code());
  }
  return out;
}

Result<BookingLetters> BookingLetters::prepare(const Site& site, const access::Actor& actor,
                                               const Instrument& instrument, int64_t booker) {
  BookingLetters out(site, actor);
  TRY_ASSIGN(const auto known, site.settings().desk.contacts->of({booker}));
  for (const auto& [account, holder] : known) {
    TRY_ASSIGN(Reader reader, reader_of(site, actor, instrument.id, booker, holder));
    out.m_booker.push_back(std::move(reader));
  }
  TRY_ASSIGN(const auto holders, looking_after(site, instrument.object));
  for (const access::Holder& holder : holders) {
    if (holder.account != actor.account) {
      TRY_ASSIGN(Reader reader, reader_of(site, actor, instrument.id, booker, holder));
      out.m_looking_after.push_back(std::move(reader));
    }
  }
  return out;
}

// Rule 18.
Result<void> BookingLetters::post(store::Transaction& transaction, const Held& held, Change change,
                                  const booking::Zone& zone) const {
  TRY(record(transaction, held, change));
  const mail::Outbox* outbox = m_site.settings().entry.outbox;
  if (outbox == nullptr || held.sort == booking::Sort::maintenance) {
    return {};
  }
  TRY(tell_booker(transaction, held, change, zone));
  const bool waits = held.state == State::requested && (change == Change::booked || change == Change::moved);
  if (waits || (m_actor.account == held.account && change == Change::cancelled)) {
    const std::string_view kind = waits ? "to_confirm" : "given_back";
    for (const Reader& reader : m_looking_after) {
      TRY(outbox->post(transaction,
                       letter(reader, held, kind, waits && change == Change::moved ? "to_confirm_moved" : kind, zone)));
    }
  }
  return {};
}

Result<void> BookingLetters::tell_booker(store::Transaction& transaction, const Held& held, Change change,
                                         const booking::Zone& zone) const {
  const mail::Outbox& outbox = *m_site.settings().entry.outbox;
  const std::string_view word = word_for_booker(held, change, m_actor.account == held.account);
  const std::string_view kind = kind_of(held, change);
  for (const Reader& reader : m_booker) {
    mail::Letter out = letter(reader, held, kind, word, zone);
    if (change != Change::outside) {
      attach(reader, {held}, out);
    }
    TRY(outbox.post(transaction, out));
  }
  return {};
}

void BookingLetters::attach(const Reader& reader, const std::vector<Held>& all, mail::Letter& out) const {
  std::vector<booking::calendar::FeedEvent> events;
  for (const Held& held : all) {
    events.push_back({held, reader.instrument, reader.place, page_of(held, m_site.words(reader.language))});
  }
  out.attachments.push_back({"booking.ics",
                             "text/calendar; method=" + std::string(booking::calendar::method_of(all.front().state)),
                             booking::calendar::write_notice(events, m_site.settings().entry.outbox->from(),
                                                             m_site.settings().desk.booking->now())});
}

std::string BookingLetters::page_of(const Held& held, const Words& words) const {
  return m_site.settings().entry.address + "/" + std::string(words.code()) + "/bookings/" + std::to_string(held.id);
}

Result<void> BookingLetters::record(store::Transaction& transaction, const Held& held, Change change) const {
  if (change == Change::outside) {
    return {};  // nothing was done to it
  }
  return m_site.settings().entry.access->audit().record(
      transaction,
      {m_actor.account, std::string(k_verbs[static_cast<size_t>(change)]), "booking", held.id, held.instrument.text()});
}

// One letter for all of them.
Result<void> BookingLetters::post_all(store::Transaction& transaction, const std::vector<Held>& all, Change change,
                                      const booking::Zone& zone) const {
  if (all.size() == 1) {
    return post(transaction, all.front(), change, zone);
  }
  for (const Held& held : all) {
    TRY(record(transaction, held, change));
  }
  const mail::Outbox* outbox = m_site.settings().entry.outbox;
  if (outbox == nullptr) {
    return {};
  }
  const Held& first = all.front();
  const bool waits = change == Change::booked && first.state == State::requested;
  for (const Reader& reader : m_booker) {
    mail::Letter out = letter_of_all(reader, all, kind_of(first, change),
                                     word_for_all(first, change, m_actor.account == first.account), zone);
    if (change != Change::outside) {
      attach(reader, all, out);
    }
    TRY(outbox->post(transaction, out));
  }
  for (const Reader& reader : waits ? m_looking_after : std::vector<Reader>()) {
    mail::Letter out = letter_of_all(reader, all, "to_confirm", "to_confirm_series", zone);
    const Words& words = m_site.words(reader.language);
    out.action = words.get("booking.waiting");
    out.action_url = m_site.settings().entry.address + "/" + std::string(words.code()) + "/bookings/waiting";
    TRY(outbox->post(transaction, out));
  }
  return {};
}

mail::Letter BookingLetters::letter_of_all(const Reader& reader, const std::vector<Held>& all, std::string_view kind,
                                           std::string_view word, const booking::Zone& zone) const {
  const Words& words = m_site.words(reader.language);
  mail::Letter out = letter(reader, all.front(), kind, word, zone);
  std::vector<std::string> times;
  for (const Held& held : all) {
    times.push_back("– " + span_words(held.span, zone, words));
  }
  out.paragraphs.insert(out.paragraphs.begin() + 1, times.begin(), times.end());
  out.action = words.get("booking.mine");
  out.action_url = m_site.settings().entry.address + "/" + std::string(words.code()) + "/bookings";
  return out;
}

mail::Letter BookingLetters::letter(const Reader& reader, const Held& held, std::string_view kind,
                                    std::string_view word, const booking::Zone& zone) const {
  const Words& words = m_site.words(reader.language);
  const std::string key = "booking.letters." + std::string(word);
  mail::Letter out = letter_to(m_site, reader.language, reader.to.email,
                               {"booking_" + std::string(kind),
                                key,
                                {{"when", span_words(held.span, zone, words)},
                                 {"instrument", reader.instrument},
                                 {"thing", reader.instrument + (reader.place.empty() ? "" : " (" + reader.place + ")")},
                                 {"by", reader.by},
                                 {"who", held.made_by == 0 ? reader.who : reader.who_booked_for}},
                                "/bookings/" + std::to_string(held.id)});
  out.action = words.get("booking.letters.see");
  if (!held.purpose.empty()) {
    out.paragraphs.push_back(words.get("booking.purpose") + words.get("booking.colon") + held.purpose);
  }
  if (!held.reason.empty()) {
    out.paragraphs.push_back(words.get("booking.reason") + words.get("booking.colon") + held.reason);
  }
  return out;
}

}  // namespace pitchblende::pages
