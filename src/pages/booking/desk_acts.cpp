#include "pages/booking/desk_acts.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "pages/entry/letters.hpp"

namespace pitchblende::pages {

namespace {

using booking::Training;

// Error: BOOKING_DAY.
Result<Training> training_in(const Instrument& instrument, const http::Form& form) {
  Training out;
  out.instrument = instrument.id;
  const auto first = booking::read_day(form.value("since"));
  if (!first) {
    return fail(booking::errors::day, beginning(form.value("since"), 40));
  }
  out.first_day = *first;
  if (const std::string_view until = form.value("until"); !until.empty()) {
    out.last_day = booking::read_day(until);
    if (!out.last_day) {
      return fail(booking::errors::day, beginning(until, 40));
    }
  }
  return out;
}

Result<void> post_trained(const Site& site, store::Transaction& transaction, const access::Holder& to,
                          const PersonShown& by, const Instrument& instrument, const Training& training) {
  if (site.settings().entry.outbox == nullptr) {
    return {};
  }
  const Language language = to.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  const std::string period = words.period(booking::day_text(training.first_day),
                                          training.last_day ? booking::day_text(*training.last_day) : "");
  const std::string path = "/equipment/" + instrument.id.text();
  const auto names = names_of(site, {instrument.id}, access::Viewer::visitor(), words);
  return site.settings().entry.outbox->post(
      transaction, letter_to(site, language, to.email,
                             {"booking_trained",
                              "booking.letters.trained",
                              {{"instrument", names.at(instrument.id)}, {"period", period}, {"by", by.name}},
                              path}));
}

}  // namespace

Result<Views> trainings_on(const Site& site, const Instrument& instrument, const access::Viewer& viewer,
                           const Words& words) {
  TRY_ASSIGN(std::vector<Training> all, site.settings().desk.trainings->on(instrument.id));
  std::vector<int64_t> accounts;
  for (const Training& each : all) {
    accounts.push_back(each.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, viewer, words));
  std::ranges::sort(all, {}, [&](const Training& each) {
    return std::pair(fold(booker_of(people, each.account, words).name), each.first_day);
  });
  const auto today = booking::day_of(site.settings().desk.booking->now());
  Views out;
  for (const Training& each : all) {
    const std::string last = each.last_day ? booking::day_text(*each.last_day) : std::string();
    View row = view({{"period", words.period(booking::day_text(each.first_day), last)},
                     {"account", std::to_string(each.account)},
                     {"first_day", booking::day_text(each.first_day)}});
    put_person(booker_of(people, each.account, words), row);
    row["may_end"] = !each.last_day || *each.last_day >= today;
    out.push_back(std::move(row));
  }
  return out;
}

Result<std::string> done_on_desk(const Site& site, const http::Request& request, const Instrument& instrument,
                                 const Words& words) {
  const std::string_view done = request.parameter("done");
  if (done == "ended" || done == "maintenance") {
    return words.get(done == "ended" ? "booking.trainings.ended" : "booking.maintenance.kept");
  }
  if (done != "trained" && done != "trained_new") {
    return std::string();
  }
  const int64_t account = number_in(request.parameter("account"));
  TRY_ASSIGN(const std::vector<Training> all, site.settings().desk.trainings->on(instrument.id));
  const auto found = std::ranges::find(all.rbegin(), all.rend(), account, &Training::account);
  if (found == all.rend()) {
    return std::string();
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, {account}, request.who().viewer, words));
  const std::string said = put_in(
      words.get(done == "trained" ? "booking.trainings.done" : "booking.trainings.done_new"), "period",
      words.period(booking::day_text(found->first_day), found->last_day ? booking::day_text(*found->last_day) : ""));
  return put_in(said, "who", booker_of(people, account, words).name);
}

Result<std::string> train(const Site& site, const access::Actor& actor, const Instrument& instrument,
                          const http::Form& form, Language language) {
  TRY_ASSIGN(Training training, training_in(instrument, form));
  const std::string typed = beginning(form.value("email"), 254);
  if (!access::email_address(typed)) {
    return fail(booking::errors::nobody, typed);
  }
  // Rule 8: an address without an account gets one.
  TRY_ASSIGN(const auto there, site.settings().desk.contacts->with(typed));
  TRY_ASSIGN(const access::Holder holder,
             site.settings().entry.access->known(typed, std::string(site.words(language).code())));
  TRY_ASSIGN(const People people,
             People::with_accounts(site, {actor.account}, access::Viewer::visitor(), site.words(language)));
  training.account = holder.account;
  TRY(site.settings().desk.trainings->grant(
      training, instrument.by, [&](store::Transaction& transaction) -> Result<void> {
        TRY(site.settings().entry.access->audit().record(
            transaction, {actor.account, "train", "account", training.account, instrument.id.text()}));
        return post_trained(site, transaction, holder, booker_of(people, actor.account, site.words(language)),
                            instrument, training);
      }));
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return std::string(there ? "trained" : "trained_new") + "&account=" + std::to_string(holder.account);
}

Result<std::string> end_training(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                 const http::Form& form, Language) {
  TRY_ASSIGN(Training training, training_in(instrument, form));
  training.account = number_in(form.value("account"));
  TRY(site.settings().desk.trainings->end(training, instrument.by, [&](store::Transaction& transaction) {
    return site.settings().entry.access->audit().record(
        transaction, {actor.account, "end_training", "account", training.account, instrument.id.text()});
  }));
  return std::string("ended");
}

Result<std::string> keep_for_maintenance(const Site& site, const access::Actor& actor, const Instrument& instrument,
                                         const http::Form& form, Language) {
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument.id));
  TRY_ASSIGN(const booking::Zone zone, zone_of(terms));
  booking::Wanted wanted;
  wanted.instrument = instrument.id;
  wanted.sort = booking::Sort::maintenance;
  wanted.purpose = form.value("reason");
  TRY_ASSIGN(wanted.span.begins, booking::typed_time(zone, beginning(form.value("begins"), 40), booking::Which::first));
  TRY_ASSIGN(wanted.span.ends, booking::typed_time(zone, beginning(form.value("ends"), 40), booking::Which::first));
  TRY(site.settings().desk.booking->book(
      wanted, instrument.by, [&](store::Transaction& transaction, const booking::Held& held) {
        return site.settings().entry.access->audit().record(
            transaction, {actor.account, "keep_for_maintenance", "booking", held.id, instrument.id.text()});
      }));
  return std::string("maintenance");
}

}  // namespace pitchblende::pages
