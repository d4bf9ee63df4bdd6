// What who looks after an instrument does on its desk: trainings granted and ended, time kept for maintenance.
// Functions of an immutable site; any thread.
#pragma once

#include <string>

#include "pages/booking/desk.hpp"

namespace pitchblende::pages {

Result<Views> trainings_on(const Site& site, const Instrument& instrument, const access::Viewer& viewer,
                           const Words& words);

// What a form of the desk asks for. The answer: what the desk says then, as done_on_desk() reads it in its address.
using DeskAct = Result<std::string> (*)(const Site&, const access::Actor&, const Instrument&, const http::Form&,
                                        Language);
// Errors: BOOKING_NOBODY, BOOKING_DAY, those of Trainings::grant().
Result<std::string> train(const Site& site, const access::Actor& actor, const Instrument& instrument,
                          const http::Form& form, Language language);
Result<std::string> end_training(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                 const http::Form& form, Language language);
// Errors: those of typed_time() and of Booking::book().
Result<std::string> keep_for_maintenance(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                         const http::Form& form, Language language);
// What was done a moment ago; empty: nothing. People are named only where they stand in the desk's lists.
Result<std::string> done_on_desk(const Site& site, const http::Request& request, const Instrument& instrument,
                                 const Words& words);

}  // namespace pitchblende::pages
