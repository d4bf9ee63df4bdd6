// One conversation, for who answers: accept, decline, write, forward.
#include <algorithm>

#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "pages/choices.hpp"
#include "pages/requests/request_letters.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using requests::Case;
using requests::Query;
using requests::Side;
using requests::State;
using requests::Voice;

constexpr std::array k_answers{State::accepted, State::declined, State::running, State::done};

// nullopt: there is none, or it is not his to answer.
Result<std::optional<Case>> case_for(const Site& site, const access::Actor& actor, int64_t number) {
  Query query;
  query.which = Query::Which::thread;
  query.number = number;
  TRY_ASSIGN(std::vector<Case> found, site.settings().asking.requests->cases(query));
  if (found.empty()) {
    return std::nullopt;
  }
  TRY_ASSIGN(const bool answers, site.settings().asking.routing->answers(actor, found.front().thread.resource));
  return answers ? std::optional(std::move(found.front())) : std::nullopt;
}

// What somebody typed into which form of the page.
struct Unsent {
  std::string text;    // a message
  std::string reason;  // of an answer
  std::string note;    // to whom it is forwarded
  std::string find;
};

// Rule 3: who else was asked, where the asker says so; to the staff always.
Result<void> put_others(const Site& site, const access::Actor& actor, const Case& found, const Words& words,
                        View& body) {
  const bool is_staff = access::may(actor, access::Right::answer_request, {});
  if (found.request.draft.others == requests::Others::hidden && !is_staff) {
    return {};
  }
  Query query;
  query.which = Query::Which::request;
  query.number = found.request.id;
  TRY_ASSIGN(const std::vector<Case> all, site.settings().asking.requests->cases(query));
  std::vector<Id> ids;
  for (const Case& each : all) {
    if (each.thread.id != found.thread.id && (is_staff || each.thread.resource != Id())) {
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

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const Case& found,
                             const Unsent& unsent, const Said& said) {
  const Words& words = site.words(language);
  const requests::Thread& thread = found.thread;
  const AskedNames names(site, {thread.resource}, words);
  View body = view({{"of", names.label(thread.resource)},
                    {"of_url", names.url(thread.resource)},
                    {"state", state_words(thread.state, words)},
                    {"tone", tone_of(thread.state)},
                    {"why", thread.reason},
                    {"level", words.get("requests.levels." + std::string(requests::name(thread.level)))},
                    {"until", thread.owed_since == 0 ? std::string() : day_of_words(requests::due(thread), words)},
                    {"action", below(words, "/requests/threads/" + std::to_string(thread.id))},
                    {"text", unsent.text},
                    {"reason", unsent.reason},
                    {"note", unsent.note},
                    {"find", unsent.find}});
  body["revision"] = thread.revision;
  body["request"] = request_view(found.request, words);
  body["late"] = thread.owed_since != 0 && site.settings().asking.requests->now() > requests::due(thread);
  body["may_write"] = thread.state != State::withdrawn;
  put_answers(found, words, body);
  TRY(put_others(site, request.who(), found, words, body));
  TRY_ASSIGN(body["said"],
             said_views(site, thread.id, Side::recipient,
                        below(words, "/requests/threads/" + std::to_string(thread.id) + "/files"), words));
  if (access::may(request.who(), access::Right::see_requests, {})) {
    body["may_forward"] = true;
    body["choices"] = choices_of(site, access::Viewer::visitor(), {}, unsent.find, k_kinds_that_are_asked, words);
  }
  return asking_page(
      site, request, language, "thread", found.request.draft.subject, std::move(body),
      {{words.get("requests.inbox"), below(words, "/requests/inbox")}, {found.request.draft.subject, {}}}, said);
}

using WithCase = std::function<Result<http::Answer>(const Case& found)>;

http::Answer at_thread(const Site& site, const http::Request& request, Language language, std::string_view number,
                       const WithCase& go) {
  const auto found = case_for(site, request.who(), whole_number(number));
  if (!found) {
    return site.error(request, language, 500);
  }
  if (!*found) {
    return site.error(request, language, 404);
  }
  auto answer = go(**found);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<void> write(const Site& site, const Case& found, const http::Form& form, const Voice& voice) {
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, {found.thread.resource}));
  const std::string text(form.value("text"));
  TRY_ASSIGN(const std::vector<files::Kept> kept, kept_files(site, form));
  TRY(site.settings().asking.requests->write(
      found.thread.id, text, voice,
      [&](store::Transaction& transaction, const requests::Thread& now, int64_t message) -> Result<void> {
        TRY(attach_files(site, transaction, kept, message, voice.account));
        return letters.written(transaction, {found.request, now}, voice, text);
      }));
  return {};
}

Result<void> answer(const Site& site, const Case& found, const http::Form& form, const Voice& voice) {
  const auto to = requests::state(form.value("state"));
  if (!to) {
    return fail(requests::errors::state, std::string(requests::name(found.thread.state)),
                beginning(form.value("state"), 40));
  }
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, {found.thread.resource}));
  TRY(site.settings().asking.requests->answer({found.thread.id, whole_number(form.value("revision"))}, *to,
                                              form.value("reason"), voice,
                                              [&](store::Transaction& transaction, const requests::Thread& now) {
                                                return letters.answered(transaction, {found.request, now}, voice);
                                              }));
  return {};
}

Result<void> forward(const Site& site, const Case& found, const http::Form& form, const Voice& voice) {
  std::vector<Id> to;
  for (const auto& [name, value] : form.fields) {
    const auto id = name == "to" ? Id::parse(value) : std::nullopt;
    if (!id) {
      continue;
    }
    TRY_ASSIGN(const auto known, recipient_for(site, access::Viewer::visitor(), *id));
    if (!known) {
      return fail(requests::errors::recipient, id->text());
    }
    to.push_back(*known);
  }
  if (to.empty()) {
    return fail(requests::errors::nobody);
  }
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, to));
  TRY(site.settings().asking.requests->forward(found.thread.id, letters.recipients(), form.value("note"), voice,
                                               [&](store::Transaction& transaction, const requests::Request& asked,
                                                   const std::vector<requests::Thread>& threads) {
                                                 return letters.forwarded(transaction, asked, threads, voice.account);
                                               }));
  return {};
}

using Act = Result<void> (*)(const Site&, const Case&, const http::Form&, const Voice&);

Result<http::Answer> take(const Site& site, const http::Request& request, Language language, const Case& found,
                          Act what, std::string_view done) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const Unsent unsent{std::string(form->value("text")), std::string(form->value("reason")),
                      std::string(form->value("note")), std::string(form->value("find"))};
  if (form->value("do") == "find") {
    return page_of(site, request, language, found, unsent, {});
  }
  const Result<void> taken = what(site, found, *form, {Side::recipient, request.who().account});
  if (taken) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(303, below(site.words(language), "/requests/threads/" + std::to_string(found.thread.id)) +
                             "?done=" + std::string(done));
  }
  TRY_ASSIGN(const auto now, case_for(site, request.who(), found.thread.id));
  return page_of(site, request, language, now ? *now : found, unsent, {taken.error(), {}});
}

}  // namespace

void add_thread(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  using http::Right;
  // A substitute may have no role: whether he answers for it is known with the conversation.
  add_room(site, router, Method::get, "/requests/threads/{number}", Right::have_account,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_thread(site, request, language, parts[1], [&](const Case& found) {
               return page_of(site, request, language, found, {}, {{}, std::string(request.parameter("done"))});
             });
           });
  add_room(site, router, Method::get, "/requests/threads/{number}/files/{id}", Right::have_account,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_thread(site, request, language, parts[1], [&](const Case& found) {
               return Result<http::Answer>(attached_file(site, request, language, {found}, parts[2]));
             });
           });
  struct Way {
    std::string_view path;
    Act what;
    std::string_view done;
    Right right;
  };
  for (const auto& [path, what, done, right] :
       {Way{"files", write, "written", Right::have_account}, Way{"answer", answer, "answered", Right::have_account},
        Way{"forward", forward, "forwarded", Right::see_requests}}) {
    add_room(site, router, Method::post, "/requests/threads/{number}/" + std::string(path), right,
             [&site, what = what, done = done](const Request& request, Language language, const Captures& parts) {
               return at_thread(site, request, language, parts[1],
                                [&](const Case& found) { return take(site, request, language, found, what, done); });
             });
  }
}

}  // namespace pitchblende::pages
