// All requests, for the staff: how they stand, how long answers take.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/requests/asking.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using requests::Case;

std::vector<Case> chosen(const std::vector<Case>& all, const http::Request& request, int64_t now) {
  const auto state = requests::state(request.parameter("state"));
  const auto kind = requests::kind(request.parameter("kind"));
  const bool late = request.parameter("late") == "yes";
  std::vector<Case> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const Case& each) {
    const int64_t due = requests::due(each.thread);
    return (!state || each.thread.state == *state) && (!kind || each.request.draft.kind == *kind) &&
           (!late || (due != 0 && due < now));
  });
  return out;
}

Sheet sheet_of(const std::vector<Case>& cases, const AskedNames& names, const People& people, int64_t now,
               const Words& words) {
  Sheet sheet({{"number", "requests.columns.number"},
               {"sent", "requests.columns.sent"},
               {"subject", "requests.columns.subject"},
               {"kind", "requests.columns.kind"},
               {"who", "requests.columns.who"},
               {"to", "requests.columns.to"},
               {"level", "requests.columns.level"},
               {"state", "requests.columns.state"},
               {"due", "requests.columns.due"},
               {"time", "requests.columns.time"}});
  for (const auto& [asked, thread] : cases) {
    const int64_t due = requests::due(thread);
    const int64_t time = thread.answered == 0 ? 0 : thread.answered - thread.sent;
    sheet.add({{std::to_string(asked.id), {}, {}, ordered(asked.id)},
               {day_of_words(thread.sent, words), {}, {}, ordered(thread.sent)},
               {asked.draft.subject, below(words, "/requests/threads/" + std::to_string(thread.id))},
               {words.get("requests.kinds." + std::string(requests::name(asked.draft.kind)))},
               asker_cell(asked.asker, people),
               {names.label(thread.resource)},
               {words.get("requests.levels." + std::string(requests::name(thread.level)))},
               {state_words(thread.state, words), {}, std::string(tone_of(thread.state))},
               {day_of_words(due, words), {}, due != 0 && due < now ? "warn" : "", ordered(due)},
               {thread.answered == 0 ? "" : waited_words(time, words), {}, {}, ordered(time)}});
  }
  return sheet;
}

Sheet figures_of(const std::vector<Case>& all, const AskedNames& names, int64_t now, const Words& words) {
  Sheet sheet({{"to", "requests.columns.to"},
               {"asked", "requests.columns.asked"},
               {"answered", "requests.columns.answered"},
               {"open", "requests.columns.open"},
               {"late", "requests.columns.late"},
               {"median", "requests.columns.median"}});
  const auto number = [](size_t of) {
    return SheetCell{std::to_string(of), {}, {}, ordered(static_cast<int64_t>(of))};
  };
  for (const auto& [resource, figures] : requests::figures_by_resource(all, now)) {
    const int64_t time = figures.answer_time.value_or(0);
    sheet.add({{names.label(resource), names.url(resource)},
               number(figures.asked),
               number(figures.answered),
               number(figures.open),
               number(figures.late),
               {figures.answer_time ? waited_words(time, words) : "", {}, {}, ordered(time)}});
  }
  sheet.sort("-asked");
  return sheet;
}

Views choices_of(std::string_view chosen_name, const std::vector<std::pair<std::string, std::string>>& all) {
  Views out;
  for (const auto& [value, label] : all) {
    View one = view({{"value", value}, {"label", label}});
    one["selected"] = value == chosen_name;
    out.push_back(std::move(one));
  }
  return out;
}

void put_filters(const http::Request& request, const Words& words, View& body) {
  std::vector<std::pair<std::string, std::string>> states;
  for (const requests::State each : requests::k_states) {
    states.emplace_back(requests::name(each), state_words(each, words));
  }
  std::vector<std::pair<std::string, std::string>> kinds;
  for (const requests::Kind each : requests::k_kinds) {
    kinds.emplace_back(requests::name(each), words.get("requests.kinds." + std::string(requests::name(each))));
  }
  View filter{{"action", below(words, "/requests/all")}};
  filter["states"] = choices_of(request.parameter("state"), states);
  filter["kinds"] = choices_of(request.parameter("kind"), kinds);
  filter["late"] = request.parameter("late") == "yes";
  body["filter"] = std::move(filter);
}

struct All {
  std::vector<Case> cases;
  std::vector<Case> shown;
  int64_t now = 0;
};

Result<All> read_all(const Site& site, const http::Request& request) {
  All out;
  out.now = site.settings().asking.requests->now();
  TRY_ASSIGN(out.cases, site.settings().asking.requests->cases({}));
  out.shown = chosen(out.cases, request, out.now);
  return out;
}

AskedNames names_of_all(const Site& site, const All& all, const Words& words) {
  std::vector<Id> ids;
  for (const Case& each : all.cases) {
    ids.push_back(each.thread.resource);
  }
  return {site, std::move(ids), words};
}

// With what it was narrowed down by.
std::string address_of(const http::Request& request, std::string_view page, const Words& words) {
  return with_parameters(request, below(words, page), {"state", "kind", "late"});
}

Result<http::Answer> overview(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const All all, read_all(site, request));
  const AskedNames names = names_of_all(site, all, words);
  TRY_ASSIGN(const People people, askers_of(site, all.shown, request.who().viewer, words));
  Sheet sheet = sheet_of(all.shown, names, people, all.now, words);
  sheet.sort(request.parameter("sort"));
  const std::string title = words.get("requests.all");
  View body =
      view({{"nothing", words.get("requests.none_all")}, {"csv_url", address_of(request, "/requests/all.csv", words)}});
  put_filters(request, words, body);
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view(address_of(request, "/requests/all", words), title, words);
  }
  const Sheet figures = figures_of(all.cases, names, all.now, words);
  if (figures.size() > 0) {
    body["figures"] = View{{"sheet", figures.view({}, words.get("requests.figures"), words)}};
    body["figures_csv_url"] = below(words, "/requests/figures.csv");
  }
  return asking_page(site, request, language, "requests", title, std::move(body), {{title, {}}}, {});
}

http::Answer or_error(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

enum class File : uint8_t { requests, figures };

Result<http::Answer> csv(const Site& site, const http::Request& request, Language language, File what) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const All all, read_all(site, request));
  const AskedNames names = names_of_all(site, all, words);
  TRY_ASSIGN(const People people, askers_of(site, all.shown, request.who().viewer, words));
  return what == File::requests ? sheet_of(all.shown, names, people, all.now, words).csv_answer(words)
                                : figures_of(all.cases, names, all.now, words).csv_answer(words);
}

}  // namespace

void add_overview(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Request;
  constexpr http::Right k_right = http::Right::see_requests;
  add_room(site, router, http::Method::get, "/requests/all", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return or_error(site, request, language, overview(site, request, language));
           });
  for (const auto& [path, what] :
       {std::pair{"/requests/all.csv", File::requests}, {"/requests/figures.csv", File::figures}}) {
    add_room(site, router, http::Method::get, path, k_right,
             [&site, what](const Request& request, Language language, const Captures&) {
               return or_error(site, request, language, csv(site, request, language, what));
             });
  }
}

}  // namespace pitchblende::pages
