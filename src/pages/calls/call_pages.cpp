// Calls as everybody sees them: the list, one call, its laureates; where a proposal begins.
#include <algorithm>

#include "calls/records.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_room.hpp"
#include "pages/personal/personal_pages.hpp"

namespace pitchblende::pages {

namespace {

using calls::Call;
using calls::Phase;

std::string address_of(const Call& call, const Words& words) {
  return below(words, "/calls/" + std::to_string(call.id));
}

View call_row(const Call& call, int64_t now, const Words& words) {
  View out = view({{"label", call.plan.title.in(words.language())}, {"url", address_of(call, words)}});
  if (out.find("label") == out.end()) {
    out["label"] = words.get("calls.untitled");
  }
  const Phase phase = calls::phase(call, now);
  const std::string when = phase == Phase::coming ? "opens_on" : phase == Phase::open ? "open_until" : "closed_on";
  if (phase != Phase::draft) {
    out["when"] = put_in(words.get("calls." + when), "time",
                         time_words(phase == Phase::coming ? call.opens : call.closes, words));
  }
  out["badge"] = phase_badge(call, now, words);
  return out;
}

// Title, when it opens and closes, where it stands.
Sheet sheet_of(const std::vector<Call>& all, int64_t now, const Words& words) {
  Sheet sheet({{"title", "calls.list.call"},
               {"opens", "calls.list.opens"},
               {"closes", "calls.list.closes"},
               {"state", "calls.list.state"}});
  const auto time = [&](int64_t at) {
    return at == 0 ? SheetCell{} : SheetCell{time_words(at, words), {}, {}, ordered(at)};
  };
  for (const Call& call : all) {
    const std::string title = call.plan.title.in(words.language());
    const View badge = phase_badge(call, now, words);
    const auto said = [&](std::string_view name) {
      const auto* found = badge.if_contains(name);
      return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    sheet.add({{title.empty() ? words.get("calls.untitled") : title, address_of(call, words)},
               time(call.opens),
               time(call.closes),
               {said("text"), {}, said("tone")}});
  }
  return sheet;
}

http::Answer list(const Site& site, const http::Request& request, Language language, Rows rows) {
  const Words& words = site.words(language);
  const calls::By by = by_of(request);
  const Calling& calling = site.settings().calling;
  const auto all = calling.calls->all(by);
  if (!all) {
    return site.error(request, language, 500);
  }
  const int64_t now = calling.calls->now();
  if (rows == Rows::all) {
    return sheet_of(*all, now, words).csv_answer(words);
  }
  View body;
  Views open;
  Views drafts;
  std::vector<Call> others;
  for (const Call& call : *all) {
    const Phase phase = calls::phase(call, now);
    if (phase == Phase::closed || phase == Phase::announced) {
      others.push_back(call);
    } else {
      (phase == Phase::draft ? drafts : open).push_back(call_row(call, now, words));
    }
  }
  body["open"] = std::move(open);
  body["drafts"] = std::move(drafts);
  if (!others.empty()) {
    Sheet over = sheet_of(others, now, words);
    over.sort(request.parameter("sort"));
    body["sheet"] = over.view(below(words, "/calls"), words.get("calls.over"), words);
  }
  if (!all->empty()) {
    body["csv_url"] = below(words, "/calls.csv");
  }
  body["runs"] = by.runs;
  body["new_action"] = below(words, "/calls/new");
  if (request.who().signed_in()) {
    body["mine_url"] = below(words, "/proposals");
    body["reviews_url"] = below(words, "/reviews");
  }
  const std::string title = words.get("calls.title");
  return calls_page(site, request, language, "calls", title, std::move(body), {{title, {}}});
}

Views sections_of(const calls::Plan& plan, const Words& words) {
  Views out;
  for (const calls::Section& section : plan.sections) {
    const bool of_words = section.unit == calls::Unit::words;
    View each = view({{"label", section.title.in(words.language())}, {"help", section.help.in(words.language())}});
    if (section.limit > 0) {
      each["limit"] =
          words.count(of_words ? "calls.most_words" : "calls.most_characters", static_cast<uint64_t>(section.limit));
    }
    out.push_back(std::move(each));
  }
  return out;
}

Views criteria_of(const calls::Plan& plan, const Words& words) {
  Views out;
  for (const calls::Criterion& each : plan.criteria) {
    View row = view({{"label", each.title.in(words.language())}});
    if (each.weight != 1) {
      row["weight"] = put_in(words.get("calls.counts"), "n", std::to_string(each.weight));
    }
    out.push_back(std::move(row));
  }
  return out;
}

Views budget_rules(const calls::Plan& plan, const Words& words) {
  Views out;
  const auto say = [&](std::string_view word, const std::string& value) {
    out.push_back(view({{"text", put_in(words.get("calls.rules." + std::string(word)), "n", value)}}));
  };
  const int last = plan.first_year + plan.years - 1;
  say("years", plan.years == 1 ? std::to_string(last) : std::to_string(plan.first_year) + "–" + std::to_string(last));
  if (plan.most > 0) {
    say("most", words.euros(plan.most));
  }
  if (plan.share < 100) {
    say("share", std::to_string(plan.share));
  }
  if (plan.partners > 1) {
    say("partners", std::to_string(plan.partners));
  }
  if (plan.money > 0) {
    say("money", words.euros(plan.money));
  }
  return out;
}

// Of a thing that the reader may see; empty: he may not, or there is none.
Result<std::string> page_of(const Site& site, const http::Request& request, Id thing, const Words& words) {
  if (thing == Id()) {
    return std::string();
  }
  TRY_ASSIGN(const registry::Found found, site.registry().find(thing, request.who().viewer));
  return found.card ? thing_address(words.code(), found.card->kind, found.id) : std::string();
}

// Who coordinates, then with whom.
Result<Views> parties_of(const Site& site, const http::Request& request, const calls::Submitted& submitted,
                         const Words& words) {
  Views out;
  for (const calls::Part part : {calls::Part::coordinator, calls::Part::partner}) {
    for (const calls::Party& each : submitted.parties) {
      if (each.part == part) {
        TRY_ASSIGN(const std::string url, page_of(site, request, each.entity, words));
        View row = view({{"name", each.label}, {"party_url", url}});
        row["next"] = !out.empty();
        out.push_back(std::move(row));
      }
    }
  }
  return out;
}

Result<Views> laureates_of(const Site& site, const http::Request& request, const Call& call, const Words& words) {
  TRY_ASSIGN(const std::vector<calls::Told> all, site.settings().calling.committee->laureates(call.id));
  Views out;
  for (const calls::Told& each : all) {
    const std::string award = pool::published_reference(calls::k_published_as, calls::award_key(each.proposal.ref));
    TRY_ASSIGN(const std::optional<Id> id, site.registry().find(award));
    TRY_ASSIGN(const std::string url, page_of(site, request, id.value_or(Id()), words));
    View row = view({{"label", calls::text_in(each.submitted.texts, "title")},
                     {"award_url", url},
                     {"amount", each.verdict.granted > 0 ? words.euros(each.verdict.granted) : ""}});
    TRY_ASSIGN(row["parties"], parties_of(site, request, each.submitted, words));
    out.push_back(std::move(row));
  }
  return out;
}

// Own drafts and submissions for this call.
Result<Views> own_proposals(const Site& site, const Call& call, const calls::By& by, const Words& words) {
  Views out;
  if (by.account == 0) {
    return out;
  }
  TRY_ASSIGN(const std::vector<calls::Proposal> mine, site.settings().calling.proposals->mine(by));
  for (const calls::Proposal& each : mine) {
    if (each.call == call.id) {
      const std::string title(calls::text_in(each.texts, "title"));
      out.push_back(view({{"label", title.empty() ? words.get("calls.untitled") : title},
                          {"url", below(words, "/proposals/" + each.ref)}}));
    }
  }
  return out;
}

Result<View> call_view(const Site& site, const http::Request& request, const Call& call, const Words& words) {
  const int64_t now = site.settings().calling.calls->now();
  const calls::By by = by_of(request);
  const Phase phase = calls::phase(call, now);
  const std::string here = address_of(call, words);
  View body;
  body["badge"] = phase_badge(call, now, words);
  if (call.plan.opens != 0) {
    body["opens"] = time_words(call.plan.opens, words);
  }
  if (call.plan.closes != 0) {
    body["closes"] = time_words(call.plan.closes, words);
  }
  body["paragraphs"] = paragraphs_of(call.plan.text.in(words.language()));
  body["sections"] = sections_of(call.plan, words);
  body["criteria"] = criteria_of(call.plan, words);
  body["rules"] = budget_rules(call.plan, words);
  TRY_ASSIGN(body["laureates"], laureates_of(site, request, call, words));
  TRY_ASSIGN(body["mine"], own_proposals(site, call, by, words));
  body["announced"] = phase == Phase::announced;
  if (phase == Phase::open) {
    body[request.who().signed_in() ? "write_action" : "write_url"] =
        request.who().signed_in() ? here + "/write" : below(words, "/sign-in?next=" + http::percent_encoded(here));
  }
  if (by.runs) {
    body["edit_url"] = here + "/edit";
    if (phase == Phase::closed || phase == Phase::announced || phase == Phase::open) {
      body["submissions_url"] = here + "/submissions";
    }
    if (phase == Phase::closed || phase == Phase::announced) {
      body["sheet_url"] = here + "/sheet";
    }
  }
  return body;
}

http::Answer call(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const Words& words = site.words(language);
  const auto found = site.settings().calling.calls->find(whole_in(number), by_of(request));
  if (!found) {
    return failed(site, request, language, found.error());
  }
  auto body = call_view(site, request, *found, words);
  if (!body) {
    return site.error(request, language, 500);
  }
  std::string title = found->plan.title.in(language);
  title = title.empty() ? words.get("calls.untitled") : title;
  return calls_page(site, request, language, "call", title, std::move(*body),
                    {{words.get("calls.title"), below(words, "/calls")}, {title, {}}});
}

// Who has a card coordinates what he begins, until he says otherwise.
Result<std::optional<calls::Party>> himself(const Site& site, const access::Actor& actor) {
  if (site.settings().own.personal == nullptr) {
    return std::optional<calls::Party>();
  }
  TRY_ASSIGN(const std::optional<registry::Card> card, own_card(site, actor));
  return card ? std::optional(calls::Party{card->id.text(), card->id, "person", calls::Part::coordinator, card->label})
              : std::nullopt;
}

http::Answer write(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const int64_t id = whole_in(number);
  const auto coordinator = himself(site, request.who());
  if (!coordinator) {
    return failed(site, request, language, coordinator.error());
  }
  const auto ref = site.settings().calling.proposals->begin(id, by_of(request), *coordinator,
                                                            audited(site, request, "begin_proposal", "call", id));
  return ref ? redirect(303, below(site.words(language), "/proposals/" + *ref))
             : failed(site, request, language, ref.error());
}

}  // namespace

void add_call_pages(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  for (const Rows rows : {Rows::page, Rows::all}) {
    add_room(site, router, Method::get, rows == Rows::page ? "/calls" : "/calls.csv", http::Right::everyone,
             [&site, rows](const Request& request, Language language, const Captures&) {
               return list(site, request, language, rows);
             });
  }
  add_room(site, router, Method::get, "/calls/{id}", http::Right::everyone,
           [&site](const Request& request, Language language, const Captures& parts) {
             return call(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/calls/{id}/write", http::Right::have_account,
           [&site](const Request& request, Language language, const Captures& parts) {
             return write(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
