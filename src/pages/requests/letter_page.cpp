// One conversation by the link of a letter, for who was written to and is not signed in. Rules 19 to 22 of
// docs/rules/requests.md.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/requests/training.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using requests::Case;
using requests::LetterLink;
using requests::Query;
using requests::Side;

struct Opened {
  LetterLink link;
  Conversation here;
};

// Who is written to now.
Result<std::vector<std::string>> reached(const Site& site, const requests::Thread& thread) {
  TRY_ASSIGN(const requests::Reach reach, site.settings().asking.routing->reach(thread.resource));
  std::vector<std::string> out;
  for (const access::Holder& each : reach.at(thread.level)) {
    out.push_back(each.email);
  }
  return out;
}

Result<Opened> opened_by(const Site& site, std::string_view secret, const Words& words) {
  const requests::AnswerLinks& links = *site.settings().asking.answer_links;
  TRY_ASSIGN(LetterLink link, links.look(secret));
  Query query;
  query.which = Query::Which::thread;
  query.number = link.thread;
  TRY_ASSIGN(std::vector<Case> found, site.settings().asking.requests->cases(query));
  if (found.empty()) {
    return fail(requests::errors::letter);
  }
  TRY_ASSIGN(const std::vector<std::string> to, reached(site, found.front().thread));
  TRY(requests::judge_letter(link, found.front().thread, to));
  Conversation here{std::move(found.front()), "/requests/answer/" + std::string(secret)};
  here.closed = !requests::is_open(here.found.thread.state);
  here.holder = put_in(words.get("requests.letter.holder"), "email", link.email) + " " +
                put_in(words.get("requests.letter.until"), "date", day_of_words(link.expires, words));
  here.holds = [&links, secret = std::string(secret), to](store::Transaction& transaction,
                                                          const requests::Thread& now) -> Result<void> {
    TRY_ASSIGN(const LetterLink still, links.look(transaction, secret));
    return requests::judge_letter(still, now, to);
  };
  // Whoever has no account yet looks after nothing.
  const access::Contacts* contacts = site.settings().desk.contacts;
  TRY_ASSIGN(const auto holder,
             contacts != nullptr ? contacts->with(link.email) : Result<std::optional<access::Holder>>(std::nullopt));
  if (holder) {
    TRY_ASSIGN(here.grants, granting_in(site, holder->account, here.found));
  }
  return Opened{std::move(link), std::move(here)};
}

http::Answer told(const Site& site, const http::Request& request, Language language, const Error& error) {
  const Words& words = site.words(language);
  return closed_page(site, request, language, error,
                     {words.get("requests.letter.shut"), words.get("requests.letter.advice")});
}

// Rule 19: whoever opens it changes nothing.
http::Answer look(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto opened = opened_by(site, secret, site.words(language));
  if (!opened) {
    return told(site, request, language, opened.error());
  }
  auto answer =
      conversation_page(site, request, language, opened->here, {}, {{}, std::string(request.parameter("done"))});
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

// What is done is done by who was written to: he has an account from then on, as if he had signed in.
Result<void> act(const Site& site, const Opened& opened, const http::Form& form, Act what, std::string_view language) {
  TRY_ASSIGN(const access::Holder who, site.settings().entry.access->known(opened.link.email, std::string(language)));
  return what(site, opened.here, form, {Side::recipient, who.account, true});
}

http::Answer take(const Site& site, const http::Request& request, Language language, std::string_view secret, Act what,
                  std::string_view done) {
  const Words& words = site.words(language);
  const auto opened = opened_by(site, secret, words);
  if (!opened) {
    return told(site, request, language, opened.error());
  }
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const Result<void> taken = act(site, *opened, *form, what, words.code());
  if (taken) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(303, below(words, opened->here.path) + "?done=" + std::string(done));
  }
  const auto now = opened_by(site, secret, words);
  if (!now) {
    return told(site, request, language, now.error());
  }
  auto answer = conversation_page(site, request, language, now->here, unsent_in(*form), {taken.error(), {}});
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

}  // namespace

void add_letter(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_everyone = http::Right::everyone;
  if (site.settings().asking.answer_links == nullptr) {
    return;
  }
  add_room(site, router, Method::get, "/requests/answer/{secret}", k_everyone,
           [&site](const Request& request, Language language, const Captures& parts) {
             return look(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/requests/answer/{secret}/files/{id}", k_everyone,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto opened = opened_by(site, parts[1], site.words(language));
             return opened ? attached_file(site, request, language, {opened->here.found}, parts[2])
                           : told(site, request, language, opened.error());
           });
  struct Way {
    std::string_view path;
    Act what;
    std::string_view done;
  };
  for (const auto& [path, what, done] : {Way{"files", write_there, "written"}, Way{"answer", answer_there, "answered"},
                                         Way{"train", train_there, "trained"}}) {
    add_room(site, router, Method::post, "/requests/answer/{secret}/" + std::string(path), k_everyone,
             [&site, what = what, done = done](const Request& request, Language language, const Captures& parts) {
               return take(site, request, language, parts[1], what, done);
             });
  }
}

}  // namespace pitchblende::pages
