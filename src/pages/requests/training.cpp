#include "pages/requests/training.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/errors.hpp"
#include "booking/local_time.hpp"
#include "requests/errors.hpp"

namespace pitchblende::pages {

using requests::Case;
using requests::Kind;
using requests::Query;
using requests::State;
using requests::Voice;

namespace {

int64_t today_of(const Site& site) { return booking::day_of(site.settings().desk.booking->now()); }

bool can_be_granted(const Site& site, const Case& found) {
  return found.request.draft.kind == Kind::training && requests::is_open(found.thread.state) &&
         found.thread.resource != Id() && site.settings().desk.booking != nullptr &&
         site.settings().desk.trainings != nullptr;
}

}  // namespace

Result<std::optional<Granting>> granting_in(const Site& site, const access::Actor& actor, const Case& found) {
  if (!can_be_granted(site, found)) {
    return std::nullopt;
  }
  TRY_ASSIGN(const auto current, site.registry().current(found.thread.resource));
  const Id instrument = current.value_or(found.thread.resource);
  TRY_ASSIGN(const auto terms, site.settings().desk.booking->terms(instrument));
  if (!terms) {
    return std::nullopt;
  }
  TRY_ASSIGN(const access::Object object, site.registry().object_for(instrument, actor.today));
  const bool may = access::may(actor, access::Right::look_after, object);
  return may ? std::optional(Granting{instrument, {actor.account, true}}) : std::nullopt;
}

Result<std::optional<Granting>> granting_in(const Site& site, int64_t account, const Case& found) {
  if (!can_be_granted(site, found) || site.settings().desk.contacts == nullptr) {
    return std::nullopt;
  }
  const auto current = [&](Id id) { return site.registry().current(id).value_or(id).value_or(id); };
  TRY_ASSIGN(const access::Actor actor,
             site.settings().desk.contacts->actor(account, booking::day_text(today_of(site)), current));
  return granting_in(site, actor, found);
}

Result<void> train_there(const Site& site, const Conversation& here, const http::Form& form, const Voice& voice) {
  const Case& found = here.found;
  if (here.closed || !here.grants) {
    return here.closed ? fail(requests::errors::letter_closed) : fail(booking::errors::not_yours);
  }
  booking::Training training{0, here.grants->instrument, today_of(site), {}};
  if (const std::string_view until = trim(form.value("until")); !until.empty()) {
    training.last_day = booking::read_day(until);
    if (!training.last_day) {
      return fail(booking::errors::day, beginning(until, 40));
    }
  }
  const requests::Asker& asker = found.request.asker;
  TRY_ASSIGN(const access::Holder holder, site.settings().entry.access->known(asker.email, asker.language));
  training.account = asker.account != 0 ? asker.account : holder.account;
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, {found.thread.resource}, asker.email));
  const booking::By by{voice.account, here.grants->by.looks_after};
  TRY(site.settings().asking.requests->fulfil(
      {found.thread.id, whole_number(form.value("revision"))}, "trained", voice,
      [&](store::Transaction& transaction, const requests::Thread& now) -> Result<void> {
        TRY(here.holds ? here.holds(transaction, now) : Result<void>());
        TRY(site.settings().desk.trainings->grant(transaction, training, by));
        TRY(site.settings().entry.access->audit().record(
            transaction, {voice.account, "train", "account", training.account, training.instrument.text()}));
        return letters.trained(transaction, {found.request, now}, voice,
                               {booking::day_text(training.first_day),
                                training.last_day ? booking::day_text(*training.last_day) : std::string()});
      }));
  return {};
}

Result<std::optional<Case>> training_asked(const Site& site, const access::Actor& actor, Id instrument) {
  if (site.settings().asking.requests == nullptr || !actor.signed_in()) {
    return std::nullopt;
  }
  Query query;
  query.which = Query::Which::asker;
  query.account = actor.account;
  query.email = actor.email;
  TRY_ASSIGN(std::vector<Case> all, site.settings().asking.requests->cases(query));
  for (Case& each : all) {
    if (each.request.draft.kind != Kind::training || each.thread.state == State::withdrawn) {
      continue;
    }
    TRY_ASSIGN(const auto now, site.registry().current(each.thread.resource));
    if (now.value_or(each.thread.resource) == instrument) {
      return std::move(each);
    }
  }
  return std::nullopt;
}

std::string asked_words(const Case& asked, const Words& words) {
  return put_in(words.get("booking.training_asked." + std::string(requests::name(asked.thread.state))), "date",
                day_of_words(asked.thread.sent, words));
}

}  // namespace pitchblende::pages
