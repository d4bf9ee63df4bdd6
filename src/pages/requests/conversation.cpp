#include "pages/requests/conversation.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/choices.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using requests::Case;
using requests::Query;
using requests::Side;
using requests::State;
using requests::Voice;

constexpr std::array k_answers{State::accepted, State::running, State::done, State::declined};

// Rule 3: who else was asked, where the asker says so; to the staff always.
Result<void> put_others(const Site& site, const Conversation& here, const Words& words, View& body) {
  const Case& found = here.found;
  if (found.request.draft.others == requests::Others::hidden && !here.is_staff) {
    return {};
  }
  Query query;
  query.which = Query::Which::request;
  query.number = found.request.id;
  TRY_ASSIGN(const std::vector<Case> all, site.settings().asking.requests->cases(query));
  std::vector<Id> ids;
  for (const Case& each : all) {
    if (each.thread.id != found.thread.id && (here.is_staff || each.thread.resource != Id())) {
      ids.push_back(each.thread.resource);
    }
  }
  const AskedNames names(site, ids, words);
  Views others;
  for (const Id id : ids) {
    others.push_back(view({{"label", names.label(id)}, {"url", names.url(id)}}));
  }
  body["others"] = std::move(others);
  return {};
}

void put_answers(const Case& found, const Words& words, View& body) {
  Views answers;
  for (const State to : k_answers) {
    if (!requests::may_become(found.thread.state, to, Side::recipient)) {
      continue;
    }
    const std::string name(requests::name(to));
    // Taken up again, it is not the same as begun.
    const std::string word =
        found.thread.state == State::done || found.thread.state == State::declined ? "again" : name;
    View one = view({{"state", name}, {"label", words.get("requests.answers." + word)}});
    one["wants_reason"] = to == State::declined;
    answers.push_back(std::move(one));
  }
  body["answers"] = std::move(answers);
}

// What he may do with it; nothing where it is only shown.
void put_ways(const Site& site, const Conversation& here, const Unsent& unsent, const Words& words, View& body) {
  const std::string number = std::to_string(here.found.thread.id);
  if (!here.holder.empty()) {
    body["sign_in_url"] = below(words, "/requests/threads/" + number);
  }
  if (here.closed) {
    body["closed"] = words.get("requests.letter.closed");
    return;
  }
  body["may_write"] = here.found.thread.state != State::withdrawn;
  body["takes_back"] = here.takes_back;
  put_answers(here.found, words, body);
  if (here.forwards) {
    body["may_forward"] = true;
    put_choices(site, access::Viewer::visitor(), {}, unsent.find, k_kinds_that_are_asked, words, body);
  }
}

// To the staff: the partnership that was begun with it, or the way to begin one.
Result<void> put_partnership(const Site& site, int64_t request, const Words& words, View& body) {
  const partnerships::Partnerships& room = *site.settings().partnering.partnerships;
  TRY_ASSIGN(const int64_t number, room.begun_with(request));
  if (number == 0) {
    body["partner_url"] = below(words, "/partnerships/new?request=" + std::to_string(request));
    return {};
  }
  TRY_ASSIGN(const partnerships::Partnership begun, room.one(number));
  body["partnership"] =
      view({{"label", begun.draft.title}, {"url", below(words, "/partnerships/" + std::to_string(number))}});
  return {};
}

// Rule 21, within the transaction.
Result<void> judge_still(const Conversation& here, store::Transaction& transaction, const requests::Thread& now) {
  return here.holds ? here.holds(transaction, now) : Result<void>();
}

}  // namespace

Unsent unsent_in(const http::Form& form) {
  return {std::string(form.value("text")), std::string(form.value("reason")), std::string(form.value("note")),
          std::string(form.value("find"))};
}

Result<http::Answer> conversation_page(const Site& site, const http::Request& request, Language language,
                                       const Conversation& here, const Unsent& unsent, const Said& said) {
  const Words& words = site.words(language);
  const Case& found = here.found;
  const requests::Thread& thread = found.thread;
  const AskedNames names(site, {thread.resource}, words);
  View body = view({{"of", names.label(thread.resource)},
                    {"of_url", names.url(thread.resource)},
                    {"state", state_words(thread.state, words)},
                    {"tone", tone_of(thread.state)},
                    {"why", thread.reason},
                    {"level", words.get("requests.levels." + std::string(requests::name(thread.level)))},
                    {"until", thread.owed_since == 0 ? std::string() : day_of_words(requests::due(thread), words)},
                    {"action", below(words, here.path)},
                    {"holder", here.holder},
                    {"text", unsent.text},
                    {"reason", unsent.reason},
                    {"note", unsent.note},
                    {"find", unsent.find}});
  body["revision"] = thread.revision;
  TRY_ASSIGN(const People people, askers_of(site, {found}, request.who().viewer, words));
  body["request"] = request_view(found.request, people.at(found.request.asker.email), words);
  body["late"] = thread.owed_since != 0 && site.settings().asking.requests->now() > requests::due(thread);
  put_ways(site, here, unsent, words, body);
  if (here.holder.empty() && site.settings().partnering.partnerships != nullptr &&
      access::may(request.who(), access::Right::run_partnership, {})) {
    TRY(put_partnership(site, found.request.id, words, body));
  }
  TRY(put_others(site, here, words, body));
  TRY_ASSIGN(body["said"], said_views(site, thread.id, {Side::recipient, request.who().account, request.who().viewer},
                                      below(words, here.path + "/files"), words));
  std::vector<Crumb> crumbs{{found.request.draft.subject, {}}};
  if (here.holder.empty()) {
    crumbs.insert(crumbs.begin(), {words.get("requests.inbox"), below(words, "/requests/inbox")});
  }
  return asking_page(site, request, language, "thread", found.request.draft.subject, std::move(body), crumbs, said);
}

Result<void> write_there(const Site& site, const Conversation& here, const http::Form& form, const Voice& voice) {
  const Case& found = here.found;
  if (here.closed) {
    return fail(requests::errors::letter_closed);
  }
  TRY_ASSIGN(const RequestLetters letters,
             RequestLetters::prepare(site, {found.thread.resource}, found.request.asker.email));
  const std::string text(form.value("text"));
  TRY_ASSIGN(const std::vector<files::Kept> kept, kept_files(site, form));
  TRY(site.settings().asking.requests->write(
      found.thread.id, text, voice,
      [&](store::Transaction& transaction, const requests::Thread& now, int64_t message) -> Result<void> {
        TRY(judge_still(here, transaction, now));
        TRY(attach_files(site, transaction, kept, message, voice.account));
        return letters.written(transaction, {found.request, now}, voice, text);
      }));
  return {};
}

Result<void> answer_there(const Site& site, const Conversation& here, const http::Form& form, const Voice& voice) {
  const Case& found = here.found;
  if (here.closed) {
    return fail(requests::errors::letter_closed);
  }
  const auto to = requests::state(form.value("state"));
  if (!to) {
    return fail(requests::errors::state, std::string(requests::name(found.thread.state)),
                beginning(form.value("state"), 40));
  }
  TRY_ASSIGN(const RequestLetters letters,
             RequestLetters::prepare(site, {found.thread.resource}, found.request.asker.email));
  TRY(site.settings().asking.requests->answer(
      {found.thread.id, whole_number(form.value("revision"))}, *to, form.value("reason"), voice,
      [&](store::Transaction& transaction, const requests::Thread& now) -> Result<void> {
        TRY(judge_still(here, transaction, now));
        return letters.answered(transaction, {found.request, now}, voice);
      }));
  return {};
}

}  // namespace pitchblende::pages
