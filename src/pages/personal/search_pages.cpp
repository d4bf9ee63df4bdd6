// Searches that somebody keeps, and letters about what they find anew.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/entry/forms.hpp"
#include "pages/entry/letters.hpp"
#include "pages/finding/search_page.hpp"
#include "pages/personal/personal_pages.hpp"
#include "personal/errors.hpp"
#include "personal/personal_rules.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Every;
using personal::SavedSearch;

constexpr size_t k_in_a_letter = 20;
constexpr std::string_view k_stop = "stop";

std::vector<std::pair<std::string, std::string>> choices(const Words& words) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Every every : {Every::never, Every::daily, Every::weekly}) {
    const std::string name(personal::name(every));
    out.emplace_back(name, words.get("personal.every." + name));
  }
  return out;
}

std::vector<FormField> fields(const Words& words) {
  FormField every{.name = "every", .word = "personal.search_every", .type = "select"};
  every.choices = choices(words);
  return {{.name = "name", .word = "personal.search_name", .wanted = Wanted::yes, .longest = 200}, std::move(every)};
}

SavedSearch typed(const http::Form& form) {
  SavedSearch out;
  out.name = form.value("name");
  out.address = form.value("address");
  out.every = personal::every_of(form.value("every")).value_or(Every::never);
  out.revision = number_of(form.value("revision"));
  return out;
}

// The page of one saved search. `there`: what is stored; `form`: what he wrote, when it could not be stored.
http::Answer search_form(const Site& site, const Request& request, Language language, const SavedSearch& there,
                         const http::Form* form, const std::optional<Error>& error) {
  const Words& words = site.words(language);
  http::Form stored;
  stored.fields = {{"name", there.name}, {"every", std::string(personal::name(there.every))}};
  std::vector<FormProblem> problems;
  if (error) {
    problems.push_back({error->is(personal::errors::label) ? "name" : "", error->message(language)});
  }
  View body = view({{"address", there.address},
                    {"url", below(words, there.address)},
                    {"revision", std::to_string(there.revision)},
                    {"there_name", there.name},
                    {"there_every", words.get("personal.every." + std::string(personal::name(there.every)))}});
  body["changed"] = error && error->is(personal::errors::changed);
  const std::string action = there.id == 0 ? "/account/searches" : "/account/searches/" + std::to_string(there.id);
  body["form"] = form_view(words, below(words, action), "personal.search_save", fields(words),
                           form != nullptr ? form : &stored, problems);
  body["form"].as_object()["hidden"] = Views{view({{"name", "revision"}, {"value", std::to_string(there.revision)}}),
                                             view({{"name", "address"}, {"value", there.address}})};
  const std::string title = words.get("personal.search");
  http::Answer answer = form_page(site, request, language, "saved_search", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = error ? error->kind().status : answer.status;
  return answer;
}

std::string kept_path(int64_t search) { return "/account?kept=" + std::to_string(search) + "#searches"; }

http::Answer save(const Site& site, const Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 500);
  }
  SavedSearch search = typed(*form);
  search.account = request.who().account;
  const auto done = site.settings().own.searches->save(
      search, search.every == Every::never ? std::vector<Id>() : found_at(site, search.address, request.who().viewer));
  return !done && done.error().kind().status < 500
             ? search_form(site, request, language, search, &*form, done.error())
             : after(site, request, language, done ? Result<void>() : tl::unexpected(done.error()),
                     kept_path(done.value_or(0)));
}

// His, or nobody's.
Result<std::optional<SavedSearch>> own(const Site& site, const Request& request, std::string_view number) {
  TRY_ASSIGN(auto found, site.settings().own.searches->find(number_of(number)));
  return found && found->account == request.who().account ? std::move(found) : std::nullopt;
}

http::Answer change(const Site& site, const Request& request, Language language, std::string_view number) {
  const auto form = http::read_form(request);
  const auto there = own(site, request, number);
  if (!form || !there) {
    return site.error(request, language, 500);
  }
  if (!*there) {
    return site.error(request, language, 404);
  }
  SavedSearch search = typed(*form);
  search.id = (*there)->id;
  search.account = request.who().account;
  const auto done =
      site.settings().own.searches->change(search, found_at(site, (*there)->address, request.who().viewer));
  return !done && done.error().kind().status < 500 && done.error().kind().status != 404
             ? search_form(site, request, language, **there, &*form, done.error())
             : after(site, request, language, done, kept_path(search.id));
}

std::string stop_path(const Site& site, int64_t search) {
  return "/stop/" + signed_part(site, k_stop, std::to_string(search));
}

mail::Letter news_letter(const Site& site, const SavedSearch& search, const access::Holder& to,
                         const std::vector<Id>& fresh, const access::Viewer& viewer) {
  const Language language = to.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  const std::string& address = site.settings().entry.address;
  const size_t shown = std::min(fresh.size(), k_in_a_letter);
  std::string list;
  for (const search::Hit& hit : site.index()->known(std::span(fresh).first(shown), viewer)) {
    list += (list.empty() ? "" : "\n") + std::string(search::title_in(hit.title, words.code())) + " – " + address +
            thing_address(words.code(), hit.kind, hit.id);
  }
  if (fresh.size() > shown) {
    list += "\n" + words.count("personal.letter_more", fresh.size() - shown);
  }
  mail::Letter letter = letter_to(site, language, to.email,
                                  {"search_news",
                                   "personal.letters.news",
                                   {{"count", words.count("personal.letter_new", fresh.size())},
                                    {"name", search.name},
                                    {"list", list},
                                    {"stop", address + "/" + std::string(words.code()) + stop_path(site, search.id)}},
                                   search.address});
  letter.stop_url = address + "/" + std::string(words.code()) + stop_path(site, search.id);
  return letter;
}

}  // namespace

void put_save(const Site& site, const Request& request, const std::string& address, const std::string& name,
              View& body) {
  if (site.settings().own.searches == nullptr || !request.who().signed_in()) {
    return;
  }
  View save = view({{"action", request.path.substr(0, 3) + "/account/searches"}, {"address", address}, {"name", name}});
  body["save"] = std::move(save);
  body["form_token"] = form_token(site, request);
}

void put_kept(const Site& site, const Request& request, const Words& words, View& body) {
  if (request.parameter("kept") == "removed") {
    body["kept"] = words.get("personal.done.removed");
    return;
  }
  if (request.parameter("kept").empty()) {
    return;
  }
  const auto search = own(site, request, request.parameter("kept"));
  if (search && *search) {
    const std::string every(personal::name((*search)->every));
    body["kept"] = put_in(put_in(words.get("personal.done.kept"), "every", words.get("personal.done_every." + every)),
                          "name", (*search)->name);
  }
}

std::vector<Id> found_at(const Site& site, std::string_view address, const access::Viewer& viewer) {
  std::vector<Id> out;
  auto query = query_at(address, site.today());
  if (!query) {
    return out;
  }
  constexpr uint32_t k_page = 1000;
  query->order = search::Order::newest;
  query->size = k_page;
  const auto index = site.index();
  while (out.size() < personal::k_most_found) {
    query->from = static_cast<uint32_t>(out.size());
    const search::Answer answer = index->search(*query, viewer);
    // What has only some of the words is what nobody asked to be told of.
    if (answer.relaxed || answer.hits.empty()) {
      break;
    }
    for (const search::Hit& hit : answer.hits) {
      out.push_back(hit.id);
    }
  }
  return out;
}

Result<jobs::Change> write_news(const Site& site, const jobs::Job& job) {
  const Own& own = site.settings().own;
  TRY_ASSIGN(const auto search, own.searches->find(number_of(job.of)));
  if (!search || search->every == Every::never) {
    return jobs::Change();
  }
  TRY_ASSIGN(const auto holders, own.contacts->of({search->account}));
  if (holders.empty()) {
    return jobs::Change();
  }
  TRY_ASSIGN(const access::Viewer viewer, own.contacts->viewer(search->account, site.today()));
  const std::vector<Id> found = found_at(site, search->address, viewer);
  TRY_ASSIGN(const std::vector<Id> fresh, own.searches->news(search->id, found));
  std::optional<mail::Letter> letter;
  if (!fresh.empty()) {
    letter = news_letter(site, *search, holders.begin()->second, fresh, viewer);
  }
  return jobs::Change([&site, id = search->id, fresh, letter](store::Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const bool writes, site.settings().own.searches->note_told(transaction, id, fresh));
    if (writes && letter) {
      TRY(site.settings().entry.outbox->post(transaction, *letter));
      if (site.settings().entry.posted) {
        site.settings().entry.posted();
      }
    }
    return {};
  });
}

void add_searches(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(
      site, router, Method::post, "/account/searches", k_own,
      [&site](const Request& request, Language language, const Captures&) { return save(site, request, language); });
  add_room(site, router, Method::get, "/account/searches/{id}", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto there = own(site, request, parts[1]);
             if (!there || !*there) {
               return site.error(request, language, there ? 404 : 500);
             }
             return search_form(site, request, language, **there, nullptr, std::nullopt);
           });
  add_room(site, router, Method::post, "/account/searches/{id}", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return change(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/account/searches/{id}/remove", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return after(site, request, language,
                          site.settings().own.searches->remove(request.who().account, number_of(parts[1])),
                          "/account?kept=removed#searches");
           });
}

}  // namespace pitchblende::pages
