// What one has asked: all, and one with its conversations; by a company's link too.
#include <algorithm>

#include "pages/address.hpp"
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

// A request of his, the conversations in the order of asking; where its page is.
struct Own {
  std::vector<Case> cases;
  std::string path;  // below the language
  Voice voice;
};

Result<std::vector<Case>> cases_of(const Site& site, int64_t number) {
  Query query;
  query.which = Query::Which::request;
  query.number = number;
  TRY_ASSIGN(std::vector<Case> out, site.settings().asking.requests->cases(query));
  std::reverse(out.begin(), out.end());
  return out;
}

// nullopt: there is none, or it is not his.
Result<std::optional<Own>> own_by_number(const Site& site, const access::Actor& actor, int64_t number) {
  TRY_ASSIGN(std::vector<Case> cases, cases_of(site, number));
  if (cases.empty()) {
    return std::nullopt;
  }
  const requests::Asker& asker = cases.front().request.asker;
  const bool his = (asker.account != 0 && asker.account == actor.account) || asker.email == actor.email;
  return his ? std::optional(Own{std::move(cases), "/requests/" + std::to_string(number), {Side::asker, actor.account}})
             : std::nullopt;
}

Result<std::optional<Own>> own_by_link(const Site& site, std::string_view link) {
  const auto number = site.settings().asking.requests->by_link(link);
  if (!number) {
    return std::nullopt;
  }
  TRY_ASSIGN(std::vector<Case> cases, cases_of(site, *number));
  if (cases.empty()) {
    return std::nullopt;
  }
  const int64_t account = cases.front().request.asker.account;
  return Own{std::move(cases), "/requests/link/" + std::string(link), {Side::asker, account}};
}

// Rule 12. Who is signed in has it among his own.
bool is_at_home(const http::Request& request, const Own& own) {
  const requests::Asker& asker = own.cases.front().request.asker;
  return request.who().signed_in() && (asker.account == request.who().account || asker.email == request.who().email);
}

// What he typed and could not be taken.
struct Unsent {
  int64_t thread = 0;
  std::string text;
};

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const Own& own,
                             const Unsent& unsent, const Said& said) {
  const Words& words = site.words(language);
  const requests::Request& asked = own.cases.front().request;
  std::vector<Id> ids;
  for (const Case& each : own.cases) {
    ids.push_back(each.thread.resource);
  }
  const AskedNames names(site, ids, words);
  TRY_ASSIGN(const People people, People::with_addresses(site, {asked.asker.email}, request.who().viewer, words));
  View body{{"request", request_view(asked, people.at(asked.asker.email), words)}};
  body["others_shown"] = asked.draft.others == requests::Others::shown && own.cases.size() > 1;
  Views threads;
  for (const Case& each : own.cases) {
    const requests::Thread& thread = each.thread;
    View one = view({{"label", names.label(thread.resource)},
                     {"url", names.url(thread.resource)},
                     {"state", state_words(thread.state, words)},
                     {"tone", tone_of(thread.state)},
                     {"why", thread.reason},
                     {"until", thread.owed_since == 0 ? std::string() : day_of_words(requests::due(thread), words)},
                     {"write_action", below(words, own.path + "/files")},
                     {"withdraw_action", below(words, own.path + "/withdraw")},
                     {"text", unsent.thread == thread.id ? unsent.text : std::string()}});
    one["number"] = std::to_string(thread.id);
    one["revision"] = thread.revision;
    one["may_write"] = thread.state != State::withdrawn;
    one["may_withdraw"] = requests::may_become(thread.state, State::withdrawn, Side::asker);
    TRY_ASSIGN(Views messages, said_views(site, thread.id, {Side::asker, own.voice.account, request.who().viewer},
                                          below(words, own.path + "/files"), words));
    one["has_said"] = !messages.empty();
    one["said"] = std::move(messages);
    threads.push_back(std::move(one));
  }
  body["threads"] = std::move(threads);
  std::vector<Crumb> crumbs{{asked.draft.subject, {}}};
  if (is_at_home(request, own)) {
    crumbs.insert(crumbs.begin(), {words.get("requests.mine"), below(words, "/requests")});
  }
  return asking_page(site, request, language, "request", asked.draft.subject, std::move(body), crumbs, said);
}

using FindOwn = std::function<Result<std::optional<Own>>()>;

http::Answer show(const Site& site, const http::Request& request, Language language, const FindOwn& find) {
  const auto own = find();
  if (!own) {
    return site.error(request, language, 500);
  }
  if (!*own) {
    return site.error(request, language, 404);
  }
  const std::string home = "/requests/" + std::to_string((*own)->cases.front().request.id);
  if (is_at_home(request, **own) && (*own)->path != home) {
    const std::string done(request.parameter("done"));
    return redirect(303,
                    below(site.words(language), home) + (done.empty() ? "" : "?done=" + http::percent_encoded(done)));
  }
  auto answer = page_of(site, request, language, **own, {}, {{}, std::string(request.parameter("done"))});
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

enum class Act : uint8_t { write, withdraw };

Result<void> act(const Site& site, const Own& own, const http::Form& form, Act what) {
  const int64_t number = whole_number(form.value("thread"));
  const auto found =
      std::find_if(own.cases.begin(), own.cases.end(), [&](const Case& each) { return each.thread.id == number; });
  if (found == own.cases.end()) {
    return fail(requests::errors::unknown);
  }
  requests::Requests& room = *site.settings().asking.requests;
  TRY_ASSIGN(const RequestLetters letters,
             RequestLetters::prepare(site, {found->thread.resource}, found->request.asker.email));
  if (what == Act::write) {
    const std::string text(form.value("text"));
    TRY_ASSIGN(const std::vector<files::Kept> kept, kept_files(site, form));
    TRY(room.write(number, text, own.voice,
                   [&](store::Transaction& transaction, const requests::Thread& now, int64_t message) -> Result<void> {
                     TRY(attach_files(site, transaction, kept, message, own.voice.account));
                     return letters.written(transaction, {found->request, now}, own.voice, text);
                   }));
    return {};
  }
  TRY(room.answer({number, whole_number(form.value("revision"))}, State::withdrawn, form.value("text"), own.voice,
                  [&](store::Transaction& transaction, const requests::Thread& now) {
                    return letters.answered(transaction, {found->request, now}, own.voice);
                  }));
  return {};
}

http::Answer take(const Site& site, const http::Request& request, Language language, Act what, const FindOwn& find) {
  const auto own = find();
  const auto form = http::read_form(request);
  if (!own || !form) {
    return site.error(request, language, own ? 422 : 500);
  }
  if (!*own) {
    return site.error(request, language, 404);
  }
  const auto done = act(site, **own, *form, what);
  if (done) {
    if (site.settings().entry.posted) {
      site.settings().entry.posted();
    }
    return redirect(
        303, below(site.words(language), (*own)->path) + (what == Act::write ? "?done=written" : "?done=withdrawn"));
  }
  // As it is now; what was typed stays.
  const auto now = find();
  auto answer = page_of(site, request, language, now && *now ? **now : **own,
                        {whole_number(form->value("thread")), std::string(form->value("text"))}, {done.error(), {}});
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<Sheet> sheet_of_mine(const Site& site, const http::Request& request, const Words& words) {
  Query query;
  query.which = Query::Which::asker;
  query.account = request.who().account;
  query.email = request.who().email;
  TRY_ASSIGN(const std::vector<Case> all, site.settings().asking.requests->cases(query));
  std::vector<Id> ids;
  for (const Case& each : all) {
    ids.push_back(each.thread.resource);
  }
  const AskedNames names(site, ids, words);
  Sheet sheet({{"sent", "requests.columns.sent"},
               {"subject", "requests.columns.subject"},
               {"to", "requests.columns.to"},
               {"state", "requests.columns.state"},
               {"changed", "requests.columns.changed"}});
  for (const auto& [asked, thread] : all) {
    sheet.add({{day_of_words(thread.sent, words), {}, {}, ordered(thread.sent)},
               {asked.draft.subject, below(words, "/requests/" + std::to_string(asked.id))},
               {names.label(thread.resource)},
               {state_words(thread.state, words), {}, std::string(tone_of(thread.state))},
               {day_of_words(thread.changed, words), {}, {}, ordered(thread.changed)}});
  }
  return sheet;
}

Result<http::Answer> mine(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(Sheet sheet, sheet_of_mine(site, request, words));
  sheet.sort(request.parameter("sort"));
  const std::string title = words.get("requests.mine");
  View body = view({{"new_url", below(words, "/requests/new")}, {"nothing", words.get("requests.none_mine")}});
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view(below(words, "/requests"), title, words);
    body["csv_url"] = below(words, "/requests.csv");
  }
  return asking_page(site, request, language, "requests", title, std::move(body), {{title, {}}}, {});
}

void add_mine(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/requests", http::Right::have_account,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             auto answer = mine(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
  add_room(site, router, http::Method::get, "/requests.csv", http::Right::have_account,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             const Words& words = site.words(language);
             const auto sheet = sheet_of_mine(site, request, words);
             return sheet ? sheet->csv_answer(words) : site.error(request, language, 500);
           });
}

}  // namespace

void add_own_requests(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_account = http::Right::have_account;
  constexpr http::Right k_everyone = http::Right::everyone;
  add_mine(site, router);
  const auto by_number = [&site](const Request& request, const Captures& parts) -> FindOwn {
    return [&site, &request, number = whole_number(parts[1])] { return own_by_number(site, request.who(), number); };
  };
  // Whoever has the link has the request: it went to its asker's verified address.
  const auto by_link = [&site](const Request&, const Captures& parts) -> FindOwn {
    return [&site, link = std::string(parts[1])] { return own_by_link(site, link); };
  };
  add_room(site, router, Method::get, "/requests/{number}", k_account,
           [&site, by_number](const Request& request, Language language, const Captures& parts) {
             return show(site, request, language, by_number(request, parts));
           });
  add_room(site, router, Method::get, "/requests/link/{secret}", k_everyone,
           [&site, by_link](const Request& request, Language language, const Captures& parts) {
             return show(site, request, language, by_link(request, parts));
           });
  const auto file = [&site](const Request& request, Language language, const FindOwn& find, std::string_view number) {
    const auto own = find();
    return own && *own ? attached_file(site, request, language, (*own)->cases, number)
                       : site.error(request, language, own ? 404 : 500);
  };
  add_room(site, router, Method::get, "/requests/{number}/files/{id}", k_account,
           [by_number, file](const Request& request, Language language, const Captures& parts) {
             return file(request, language, by_number(request, parts), parts[2]);
           });
  add_room(site, router, Method::get, "/requests/link/{secret}/files/{id}", k_everyone,
           [by_link, file](const Request& request, Language language, const Captures& parts) {
             return file(request, language, by_link(request, parts), parts[2]);
           });
  for (const auto& [path, what] : {std::pair{"/files", Act::write}, {"/withdraw", Act::withdraw}}) {
    add_room(site, router, Method::post, "/requests/{number}" + std::string(path), k_account,
             [&site, by_number, what](const Request& request, Language language, const Captures& parts) {
               return take(site, request, language, what, by_number(request, parts));
             });
    add_room(site, router, Method::post, "/requests/link/{secret}" + std::string(path), k_everyone,
             [&site, by_link, what](const Request& request, Language language, const Captures& parts) {
               return take(site, request, language, what, by_link(request, parts));
             });
  }
}

}  // namespace pitchblende::pages
