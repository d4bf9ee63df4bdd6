#include <algorithm>
#include <ostream>

#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "cli/errors.hpp"
#include "cli/json_list.hpp"
#include "cli/matching.hpp"
#include "cli/rooms/bookable_file.hpp"
#include "registry/registry.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

// Who sits at the terminal looks after everything.
constexpr booking::By k_terminal{0, true};

booking::Span span_of(const Reserved& reserved, const booking::Zone& zone, int64_t now) {
  const int64_t today = booking::day_of(zone.local(now));
  const int64_t ahead = (reserved.weekday - booking::weekday_of(today) + 6) % 7 + 1;
  const int64_t midnight = (today + ahead + 7 * reserved.weeks) * booking::k_day;
  return {zone.utc(midnight + reserved.from * booking::k_minute).first,
          zone.utc(midnight + reserved.to * booking::k_minute).first};
}

// Terms, then each booking that is not there yet; said twice, it stands once.
Result<void> take(Workplace& place, Bookable& one) {
  TRY_ASSIGN(one.terms.instrument, id_of(registry::Registry(*place.store), one.instrument));
  booking::Booking& booking = *place.booking;
  TRY_ASSIGN(const auto before, booking.terms(one.terms.instrument));
  one.terms.revision = before ? before->revision : 0;
  TRY(booking.set_terms(one.terms, k_terminal));
  TRY_ASSIGN(const booking::Zone zone, booking::Zone::named(one.terms.zone));
  for (const Reserved& reserved : one.bookings) {
    const booking::Span span = span_of(reserved, zone, booking.now());
    TRY_ASSIGN(const auto there, booking.of_instrument(one.terms.instrument, span));
    const bool known = std::ranges::any_of(there, [&](const booking::Held& held) { return held.span == span; });
    if (!known) {
      TRY(booking.book(one.terms.instrument, span, reserved.purpose, k_terminal));
    }
  }
  return {};
}

}  // namespace

Result<Exit> bookable(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const ListRead list, read_list(options, streams, [&](const json::value& each) -> Result<void> {
               TRY_ASSIGN(Bookable one, read_bookable(each));
               return take(place, one);
             }));
  return tell_list(options, streams, list, "instruments bookable", "appareils réservables");
}

Result<Exit> read_calendar(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const Id instrument, id_of(registry::Registry(*place.store), options.id));
  const std::string& file = options.files.front();
  TRY_ASSIGN(const std::string text, read_file(file));
  TRY_ASSIGN(const auto read, place.booking->read_calendar(instrument, text, file));
  for (const auto& notice : read.notices) {
    streams.err << file << ": " << (options.language == Language::french ? "ligne " : "line ") << notice.line << ": "
                << notice.field << ": " << notice.why.message(options.language) << '\n';
  }
  if (options.json) {
    streams.out << json::serialize(json::object{{"read", read.read},
                                                {"accepted", read.accepted},
                                                {"rejected", read.rejected},
                                                {"busy", read.busy.size()}})
                << '\n';
  } else if (options.language == Language::french) {
    streams.out << read.read << " événements lus, " << read.accepted << " acceptés, " << read.rejected << " refusés, "
                << read.busy.size() << " périodes prises\n";
  } else {
    streams.out << read.read << " events read, " << read.accepted << " accepted, " << read.rejected << " rejected, "
                << read.busy.size() << " busy times\n";
  }
  return read.rejected == 0 ? Exit::done : Exit::rejected;
}

}  // namespace pitchblende::cli
