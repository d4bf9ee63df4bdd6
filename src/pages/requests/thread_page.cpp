// One conversation, for who answers and is signed in: accept, decline, write, forward.
#include "pages/address.hpp"
#include "pages/requests/training.hpp"
#include "requests/errors.hpp"

namespace pitchblende::pages {

namespace {

using requests::Case;
using requests::Query;
using requests::Side;
using requests::Voice;

// nullopt: there is none, or it is not his to answer.
Result<std::optional<Conversation>> conversation_for(const Site& site, const access::Actor& actor, int64_t number) {
  Query query;
  query.which = Query::Which::thread;
  query.number = number;
  TRY_ASSIGN(std::vector<Case> found, site.settings().asking.requests->cases(query));
  if (found.empty()) {
    return std::nullopt;
  }
  TRY_ASSIGN(const bool answers, site.settings().asking.routing->answers(actor, found.front().thread.resource));
  if (!answers) {
    return std::nullopt;
  }
  Conversation out{std::move(found.front()), "/requests/threads/" + std::to_string(number)};
  out.is_staff = access::may(actor, access::Right::answer_request, {});
  out.forwards = access::may(actor, access::Right::see_requests, {});
  out.takes_back = site.settings().asking.answer_links != nullptr;
  TRY_ASSIGN(out.grants, granting_in(site, actor, out.found));
  return out;
}

using WithConversation = std::function<Result<http::Answer>(const Conversation& here)>;

http::Answer at_thread(const Site& site, const http::Request& request, Language language, std::string_view number,
                       const WithConversation& go) {
  const auto here = conversation_for(site, request.who(), whole_number(number));
  if (!here) {
    return site.error(request, language, 500);
  }
  if (!*here) {
    return site.error(request, language, 404);
  }
  auto answer = go(**here);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<void> forward(const Site& site, const Conversation& here, const http::Form& form, const Voice& voice) {
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
  TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, to, here.found.request.asker.email));
  TRY(site.settings().asking.requests->forward(here.found.thread.id, letters.recipients(), form.value("note"), voice,
                                               [&](store::Transaction& transaction, const requests::Request& asked,
                                                   const std::vector<requests::Thread>& threads) {
                                                 return letters.forwarded(transaction, asked, threads,
                                                                          form.value("note"), voice.account);
                                               }));
  return {};
}

// Rule 22.
Result<void> take_back(const Site& site, const Conversation& here, const http::Form&, const Voice& voice) {
  const int64_t thread = here.found.thread.id;
  return site.settings().entry.access->do_audited(
      {voice.account, "take_back_links", "request_thread", thread, {}},
      [&](store::Transaction& transaction) -> Result<void> {
        TRY(site.settings().asking.answer_links->take_back(transaction, thread));
        return {};
      });
}

Result<http::Answer> take(const Site& site, const http::Request& request, Language language, const Conversation& here,
                          Act what, std::string_view done) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  if (form->value("do") == "find") {
    return conversation_page(site, request, language, here, unsent_in(*form), {});
  }
  const Result<void> taken = what(site, here, *form, {Side::recipient, request.who().account});
  if (taken) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(303, below(site.words(language), here.path) + "?done=" + std::string(done));
  }
  TRY_ASSIGN(const auto now, conversation_for(site, request.who(), here.found.thread.id));
  return conversation_page(site, request, language, now ? *now : here, unsent_in(*form), {taken.error(), {}});
}

}  // namespace

void add_thread(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  using http::Right;
  // A substitute may have no role: whether he answers for it is known with the conversation.
  add_room(
      site, router, Method::get, "/requests/threads/{number}", Right::have_account,
      [&site](const Request& request, Language language, const Captures& parts) {
        return at_thread(site, request, language, parts[1], [&](const Conversation& here) {
          return conversation_page(site, request, language, here, {}, {{}, std::string(request.parameter("done"))});
        });
      });
  add_room(site, router, Method::get, "/requests/threads/{number}/files/{id}", Right::have_account,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_thread(site, request, language, parts[1], [&](const Conversation& here) {
               return Result<http::Answer>(attached_file(site, request, language, {here.found}, parts[2]));
             });
           });
  struct Way {
    std::string_view path;
    Act what;
    std::string_view done;
    Right right;
  };
  for (const auto& [path, what, done, right] : {Way{"files", write_there, "written", Right::have_account},
                                                Way{"answer", answer_there, "answered", Right::have_account},
                                                Way{"train", train_there, "trained", Right::have_account},
                                                Way{"links", take_back, "taken_back", Right::have_account},
                                                Way{"forward", forward, "forwarded", Right::see_requests}}) {
    add_room(site, router, Method::post, "/requests/threads/{number}/" + std::string(path), right,
             [&site, what = what, done = done](const Request& request, Language language, const Captures& parts) {
               return at_thread(site, request, language, parts[1], [&](const Conversation& here) {
                 return take(site, request, language, here, what, done);
               });
             });
  }
}

}  // namespace pitchblende::pages
