// What the rooms of booking share: the instrument of an address with who looks after it, times typed into forms,
// bookings as views. Functions of an immutable site; any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/contacts.hpp"
#include "access/holdings.hpp"
#include "booking/local_time.hpp"
#include "pages/entry/entry.hpp"
#include "pages/people/people.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// An instrument as somebody comes to it.
struct Instrument {
  Id id;
  std::string label;
  std::string address;  // "/fr/equipment/7ZK…"
  access::Object object;
  booking::By by;  // he, and whether he looks after it
};

// nullopt: there is none, or he may not know it.
Result<std::optional<Instrument>> instrument_for(const Site& site, const access::Actor& actor, Id id,
                                                 const Words& words);
// What a handler of "/{lang}/equipment/{id}/…" does first: `go` gets the instrument, else it is not found.
using AtInstrument = std::function<Result<http::Answer>(const Instrument& instrument)>;
http::Answer at_instrument(const Site& site, const http::Request& request, Language language, std::string_view id,
                           const AtInstrument& go);

// When something is to begin and how long it is to last, as a form sends it: `from` "2026-03-02T09:00", `minutes`,
// `which`
// ("first", "second": of an hour that comes twice).
struct TypedTime {
  std::string from;
  std::string minutes;
  std::string which;
};
TypedTime typed_in(const http::Form& form);
TypedTime typed_in(const http::Request& request);
// Errors: BOOKING_TIME, BOOKING_LENGTH, BOOKING_NO_SUCH_HOUR, BOOKING_DOUBLED_HOUR.
Result<booking::Span> span_of(const TypedTime& typed, const booking::Zone& zone);
// The same the other way.
TypedTime typed_of(const booking::Span& span, const booking::Zone& zone);
// Fields of a form for a time: `from`, `lengths`, and `which` where that hour comes twice.
void put_time(const TypedTime& typed, const booking::Terms& terms, const booking::Zone& zone, const Words& words,
              View& body);
// Where that time can be booked: "/fr/equipment/7ZK…/book?from=…".
std::string book_address(const std::string& instrument, const booking::Span& span, const booking::Zone& zone);

// The next free times of that length, at most three, each with what a form sends for it.
Result<Views> next_free(const Site& site, const Instrument& instrument, int64_t length, int64_t after,
                        const booking::Zone& zone, const Words& words);

// Whether another time would do: of what else is wrong the next free ones are no help.
bool is_about_time(const Error& error);

// "Monday 2 March 2026, 09:00 – 11:00", with both days where it goes over midnight.
std::string span_words(const booking::Span& span, const booking::Zone& zone, const Words& words);
// "Times of Paris (Europe/Paris)"
std::string clock_words(std::string_view zone, const Words& words);
// "90 minutes", "2 hours"
std::string length_words(int64_t minutes, const Words& words);
// A booking in a list; `who` booked it, for who looks after the instrument.
View held_view(const booking::Held& held, const std::string& label, const booking::Zone& zone, const PersonShown& who,
               const Words& words);
// Who booked, for who looks after the instrument.
PersonShown booker_of(const People& people, int64_t account, const Words& words);
// The same of a booking: of whom another booked for the card alone is shown, where he has one (rule 23).
PersonShown booker_of(const People& people, const booking::Held& held, const Words& words);
PersonShown without_address(PersonShown person);
// Names of instruments as the reader may see them.
std::map<Id, std::string> names_of(const Site& site, std::vector<Id> ids, const access::Viewer& viewer,
                                   const Words& words);

// The zone of an instrument's terms, else the consortium's.
Result<booking::Zone> zone_of(const std::optional<booking::Terms>& terms);
int64_t number_in(std::string_view text);  // 0: it is none

// What is wrong, in the reader's words: days, hours, states and fields as the forms call them.
std::string problem_words(const Error& error, const Words& words);

// A page with forms that shows `body` with what went wrong; 200 when nothing did.
http::Answer desk_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                       const std::string& title, View body, const std::vector<Crumb>& crumbs,
                       const std::optional<Error>& problem);

// Calendar addresses: all of that instrument, or (0) of his own bookings.
Result<void> put_feeds(const Site& site, int64_t account, Id instrument, const Words& words, View& body);

// What waits for who looks after instruments. Registry and booking outlive it.
access::TaskSource booking_tasks(const registry::Registry& registry, const booking::Booking& booking);

// What he has booked and is to come.
access::RoomSource booking_room(const booking::Booking& booking);

// Routes of each room; parts of add_booking().
void add_booking(const Site& site, http::Router& router);
void add_book(const Site& site, http::Router& router);
void add_bookings(const Site& site, http::Router& router);
void add_looking_after(const Site& site, http::Router& router);
void add_waiting(const Site& site, http::Router& router);
void add_booked(const Site& site, http::Router& router);
void add_terms(const Site& site, http::Router& router);
void add_feeds(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
