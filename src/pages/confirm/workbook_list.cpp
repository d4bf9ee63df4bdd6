#include "pages/confirm/workbook_list.hpp"

#include <map>
#include <set>

#include "base/beginning.hpp"
#include "confirm/errors.hpp"
#include "pages/address.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/sheet.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;

// What somebody may have a workbook of by his roles.
Views own_wholes(const Site& site, const access::Actor& actor, const Words& words) {
  Views out;
  std::set<Id> seen;
  for (const access::Grant& grant : actor.grants) {
    const bool own = access::in_force(grant, actor.today) &&
                     access::scope(grant.role, access::Right::workbook) == access::Scope::own;
    const auto found = site.registry().find(grant.object, actor.viewer);
    if (own && found && found->card && found->card->kind != Kind::equipment && seen.insert(found->id).second) {
      out.push_back(view({{"label", title_of(*found->card, words)},
                          {"url", below(words, "/workbooks/" + found->id.text())},
                          {"meta", words.kind(found->card->kind)}}));
    }
  }
  return out;
}

Sheet sheet_of(const std::vector<CameBack>& all, const Words& words) {
  Sheet out({{"of", "confirm.workbooks.of"},
             {"kind", "confirm.campaigns.columns.kind"},
             {"made", "confirm.workbooks.came_back"}});
  for (const CameBack& each : all) {
    out.add({{each.label, reading_address(words, each.reading)}, {words.kind(each.kind)}, time_cell(each.made, words)});
  }
  return out;
}

http::Answer list_page(const Site& site, const http::Request& request, Language language,
                       const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  const auto came_back = workbooks_back(site, request.who(), words);
  if (!came_back) {
    return site.error(request, language, 500);
  }
  View body;
  if (!came_back->empty()) {
    body["waiting"] = view_with_file(sheet_of(*came_back, words), request, below(words, "/workbooks"),
                                     below(words, "/workbooks.csv"), words.get("confirm.workbooks.waiting"), words);
  }
  body["own"] = own_wholes(site, request.who(), words);
  // Who may for any object names it.
  body["any"] = access::may(request.who(), access::Right::workbook, access::Object{});
  body["find_action"] = below(words, "/workbooks");
  body["q_whole"] = request.parameter("of");
  if (problem) {
    body["problem"] = message_alone(*problem, words);
  }
  const std::string title = words.get("confirm.workbooks.title");
  http::Answer answer = form_page(site, request, language, "workbooks", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

http::Answer list_or_go(const Site& site, const http::Request& request, Language language) {
  const std::string_view of = request.parameter("of");
  if (of.empty()) {
    return list_page(site, request, language);
  }
  const auto id = typed_thing(site, of);
  return id ? redirect(303, below(site.words(language), "/workbooks/" + id->text()))
            : list_page(site, request, language, Error(confirm::errors::nobody, beginning(of, 100)));
}

}  // namespace

Result<std::vector<CameBack>> workbooks_back(const Site& site, const access::Actor& actor, const Words& words,
                                             std::optional<Id> of) {
  TRY_ASSIGN(const auto all, site.settings().upkeep.workbooks->waiting());
  std::map<Id, std::pair<std::string, Kind>> known;  // of those that he may have
  std::set<Id> asked;
  std::vector<CameBack> out;
  for (const confirm::Waiting& each : all) {
    if (of && each.whole != *of) {
      continue;
    }
    if (asked.insert(each.whole).second) {
      TRY_ASSIGN(const registry::Found found, site.registry().find(each.whole, actor.viewer));
      TRY_ASSIGN(const access::Object object, site.registry().object_for(each.whole, actor.today));
      if (found.card && access::may(actor, access::Right::workbook, object)) {
        known.emplace(each.whole, std::pair(title_of(*found.card, words), found.card->kind));
      }
    }
    if (const auto one = known.find(each.whole); one != known.end()) {
      out.push_back({each.reading, one->second.first, one->second.second, each.made});
    }
  }
  return out;
}

std::string reading_address(const Words& words, int64_t reading, std::string_view rest) {
  return below(words, "/workbooks/readings/" + std::to_string(reading) + std::string(rest));
}

void add_workbook_list(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::workbook;
  add_room(site, router, Method::get, "/workbooks", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return list_or_go(site, request, language);
           });
  add_room(site, router, Method::get, "/workbooks.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             const Words& words = site.words(language);
             const auto all = workbooks_back(site, request.who(), words);
             if (!all) {
               return site.error(request, language, 500);
             }
             Sheet sheet = sheet_of(*all, words);
             sheet.sort(request.parameter("sort"));
             return sheet.csv_answer(words);
           });
}

}  // namespace pitchblende::pages
