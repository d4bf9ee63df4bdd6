// "Who should I talk to": a need in plain words, who may meet it and why, and from there to a request.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/partnerships/matching.hpp"
#include "pages/partnerships/partner_room.hpp"
#include "partnerships/publication.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;

constexpr size_t k_longest_need = 1000;  // bytes: what a search takes
constexpr size_t k_shown_proofs = 3;
constexpr size_t k_subject = 100;

// Whole characters.
std::string cut(std::string_view text, size_t most) {
  if (text.size() <= most) {
    return std::string(text);
  }
  size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end));
}

// Its first line, or as many words as a subject takes.
std::string subject_of(std::string_view need) {
  std::string line(need.substr(0, need.find('\n')));
  if (line.size() <= k_subject) {
    return line;
  }
  const std::string begin = cut(line, k_subject);
  const size_t space = begin.rfind(' ');
  return begin.substr(0, space == std::string::npos || space == 0 ? begin.size() : space) + " …";
}

View candidate_view(const Candidate& each, const Words& words) {
  View out = view({{"label", each.label},
                   {"url", thing_address(words.code(), each.kind, each.id)},
                   {"kind_label", words.kind(each.kind)},
                   {"note", each.note},
                   {"ask", each.ask == Id() ? std::string() : each.ask.text()},
                   {"through", each.ask_label}});
  std::string found;
  for (const std::string& word : each.found) {
    found += (found.empty() ? "" : ", ") + word;
  }
  if (!found.empty()) {
    out["found"] = found;
    if (!each.hit.marks.empty()) {
      put_snippet(each.hit, words, out);
    }
  }
  Views proofs;
  for (const Proof& proof : each.proofs) {
    if (proofs.size() < k_shown_proofs) {
      proofs.push_back(view({{"label", proof.label}, {"url", proof.url}}));
    }
  }
  if (!proofs.empty()) {
    out["proved"] = words.count("partnerships.proofs", each.proofs.size());
    out["proofs"] = std::move(proofs);
  }
  return out;
}

View group_view(std::string_view id, const std::vector<Candidate>& candidates, const Words& words) {
  Views items;
  for (const Candidate& each : candidates) {
    items.push_back(candidate_view(each, words));
  }
  View out = view({{"id", id}, {"title", words.get("partnerships.groups." + std::string(id))}});
  out["items"] = std::move(items);
  return out;
}

// The company that asks: its name, and what it works on.
struct Company {
  std::string label;
  std::string url;
  std::string field;
};

Result<std::optional<Company>> company_of(const Site& site, const http::Request& request, const Words& words) {
  const auto id = Id::parse(request.parameter("company"));
  if (!id) {
    return std::nullopt;
  }
  TRY_ASSIGN(const registry::Found found, site.registry().find(*id, request.who().viewer));
  if (!found.card || found.card->kind != Kind::organisation) {
    return std::nullopt;
  }
  Company out{title_of(*found.card, words), thing_address(words.code(), Kind::organisation, found.id), {}};
  const auto field = registry::find_field(Kind::organisation, "field");
  const registry::CardField* values = field ? found.card->find(*field) : nullptr;
  for (const registry::CardValue& value : values == nullptr ? std::vector<registry::CardValue>() : values->values) {
    if (!value.lost && !value.hidden) {
      out.field += (out.field.empty() ? "" : " ") + value.value.text;
    }
  }
  return out;
}

Result<http::Answer> partner(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  const std::string need = cut(request.parameter("need"), k_longest_need);
  TRY_ASSIGN(const auto company, company_of(site, request, words));
  View body = view({{"action", below(words, "/partner")},
                    {"need", need},
                    {"company", company ? request.parameter("company") : std::string_view()},
                    {"company_label", company ? company->label : std::string()},
                    {"company_url", company ? company->url : std::string()}});
  const bool guessed = need.empty() && company && !company->field.empty();
  TRY_ASSIGN(const Matches matches, who_matches(site, guessed ? company->field : need, request.who().viewer, words));
  Views groups;
  for (const auto& [id, list] : {std::pair{"teams", &matches.teams},
                                 {"platforms", &matches.platforms},
                                 {"people", &matches.people},
                                 {"projects", &matches.projects}}) {
    if (!list->empty()) {
      groups.push_back(group_view(id, *list, words));
    }
  }
  if (guessed && !groups.empty()) {
    body["guessed"] = put_in(words.get("partnerships.guessed"), "field", company->field);
  }
  if (groups.empty() && !need.empty()) {
    const bool says = says_something(need) || trim(need).empty();
    body["nothing"] = words.get(says ? "partnerships.nothing" : "partnerships.stop_words");
  }
  if (site.settings().asking.requests != nullptr && site.settings().entry.access != nullptr) {
    body["ask_action"] = below(words, "/requests/new");
    body["subject"] = subject_of(need);
  }
  body["groups"] = std::move(groups);
  const std::string title = words.get("partnerships.who");
  std::vector<Crumb> crumbs{{title, {}}};
  if (company) {
    crumbs.insert(crumbs.begin(), {company->label, company->url});
  }
  return form_page(site, request, language, "partner", title, std::move(body), crumbs);
}

// Local ids are not the public's; that there is a page is, as soon as there is a card. That one took over what a file
// tells of, without being shown, is the staff's to know.
Result<void> put_own_page(const Site& site, const registry::Card& card, bool runs, const Words& words, Views& ways) {
  TRY_ASSIGN(const auto whole, site.registry().cards({card.id}, access::Viewer::everything()));
  int64_t number = whole.empty() ? 0 : partnerships::number_of(whole.front());
  if (number == 0 && runs) {
    TRY_ASSIGN(number, site.settings().partnering.partnerships->standing_for(card.id));
  }
  if (number != 0) {
    ways.push_back(view({{"label", words.get("partnerships.details")},
                         {"url", below(words, "/partnerships/" + std::to_string(number))}}));
  } else if (runs) {
    ways.push_back(view({{"label", words.get("partnerships.take")},
                         {"url", below(words, "/partnerships/new?card=" + card.id.text())}}));
  }
  return {};
}

}  // namespace

Result<void> put_partner_link(const Site& site, const registry::Card& card, const access::Actor& actor,
                              const Words& words, Views& ways) {
  if (site.settings().partnering.partnerships == nullptr) {
    return {};
  }
  if (card.kind == Kind::partnership) {
    return put_own_page(site, card, access::may(actor, access::Right::run_partnership, {}), words, ways);
  }
  if (card.kind != Kind::organisation) {
    return {};
  }
  const auto type = registry::find_field(Kind::organisation, "type");
  const registry::CardField* values = type ? card.find(*type) : nullptr;
  const bool is_company =
      values != nullptr && std::any_of(values->values.begin(), values->values.end(), [](const auto& each) {
        return each.value.text == "company" || each.value.text == "cluster";
      });
  if (is_company) {
    ways.push_back(
        view({{"label", words.get("partnerships.who")}, {"url", below(words, "/partner?company=" + card.id.text())}}));
  }
  return {};
}

void add_partner(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/partner", http::Right::everyone,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             auto answer = partner(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
}

}  // namespace pitchblende::pages
