// Who is in a group: confirmed by its leader, proposed by the evidence of their work.
#include <algorithm>
#include <map>

#include "confirm/addresses.hpp"
#include "groups/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk.hpp"
#include "pages/entry/letters.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/personal/personal_pages.hpp"

namespace pitchblende::pages {

namespace {

using groups::Decided;
using groups::Proposal;
using registry::Kind;

constexpr size_t k_proposed = 20;
constexpr size_t k_proposed_at_most = 200;
constexpr uint32_t k_looked_for = 20;

// Titles of people and outputs in the reader's language.
std::map<Id, search::Hit> known(const Site& site, const std::vector<Id>& ids, const access::Viewer& viewer) {
  std::map<Id, search::Hit> out;
  for (search::Hit& hit : site.index()->known(ids, viewer)) {
    out.emplace(hit.id, std::move(hit));
  }
  return out;
}

View proposal_view(const Proposal& proposal, const std::map<Id, search::Hit>& hits, const Words& words) {
  const search::Hit& person = hits.at(proposal.person);
  View out = hit_view(person, words);
  out["person"] = proposal.person.text();
  Views reasons;
  const auto add = [&](std::string_view key, int64_t number) {
    if (number > 0) {
      reasons.push_back(view({{"text", words.count(key, static_cast<uint64_t>(number))}}));
    }
  };
  add("groups.reasons.with_teams", proposal.with_teams);
  add("groups.reasons.on_topics", proposal.on_topics);
  add("groups.reasons.leads", proposal.leads);
  out["reasons"] = std::move(reasons);
  Views proofs;
  for (const Id id : proposal.proofs) {
    if (const auto hit = hits.find(id); hit != hits.end()) {
      proofs.push_back(hit_view(hit->second, words));
    }
  }
  out["proofs"] = std::move(proofs);
  return out;
}

Views topic_views(const search::Index& index, const GroupRoom& room, const access::Viewer& viewer) {
  constexpr size_t k_topics = 8;
  Views out;
  for (const groups::Topic& topic : groups::topics_of(index, room.scope, viewer, k_topics)) {
    out.push_back(view({{"text", topic.name}}));
  }
  return out;
}

// People of that name on whom nobody has decided: whom a leader knows, though no proposal names him.
Views people_named(const search::Index& index, const std::string& name, const std::vector<Id>& decided,
                   const access::Viewer& viewer, const Words& words) {
  search::Query query;
  query.words = name;
  query.filters = {{search::Facet::kind, {"person"}}};
  query.size = k_looked_for;
  query.facet_size = 0;
  query.snippets = false;
  Views out;
  for (const search::Hit& hit : index.search(query, viewer).hits) {
    if (!std::ranges::binary_search(decided, hit.id)) {
      View one = hit_view(hit, words);
      one["person"] = hit.id.text();
      out.push_back(std::move(one));
    }
  }
  return out;
}

void put_search(const search::Index& index, const http::Request& request, const GroupRoom& room,
                const std::vector<Id>& decided, const Words& words, View& body) {
  body["search_action"] = room.address + "/members";
  const std::string name = squeeze(request.parameter("name"));
  if (!name.empty()) {
    body["name"] = name;
    body["searched"] = true;
    body["found"] = people_named(index, name, decided, request.who().viewer, words);
  }
}

void put_decided(const std::vector<groups::Member>& members, const std::map<Id, search::Hit>& hits, const Words& words,
                 View& body) {
  Views confirmed;
  Views declined;
  for (const groups::Member& member : members) {
    if (const auto hit = hits.find(member.person); hit != hits.end()) {
      View one = hit_view(hit->second, words);
      one["person"] = member.person.text();
      one["day"] = words.date(member.day);
      (member.decided == Decided::confirmed ? confirmed : declined).push_back(std::move(one));
    }
  }
  body["confirmed"] = std::move(confirmed);
  body["declined"] = std::move(declined);
}

// What was decided a moment ago.
std::string decided_words(const Site& site, const http::Request& request, const Words& words) {
  const std::string key = "groups.decided." + std::string(request.parameter("decided"));
  const auto person = Id::parse(request.parameter("person"));
  const auto hits =
      person ? site.index()->known(std::vector{*person}, request.who().viewer) : std::vector<search::Hit>();
  return hits.empty() || !words.has(key)
             ? std::string()
             : put_in(words.get(key), "name", search::title_in(hits.front().title, words.code()));
}

Result<http::Answer> page_of(const Site& site, const http::Request& request, Language language, const GroupRoom& room) {
  const Words& words = site.words(language);
  const access::Viewer& viewer = request.who().viewer;
  TRY_ASSIGN(const auto members, site.settings().groups->members(room.id));
  std::vector<Id> decided;
  for (const groups::Member& member : members) {
    decided.push_back(member.person);
  }
  std::ranges::sort(decided);
  const auto index = site.index();
  const auto most =
      static_cast<size_t>(std::clamp<int64_t>(number_in(request.parameter("most")), k_proposed, k_proposed_at_most));
  auto proposed = groups::proposals(*index, room.scope, decided, viewer, most + 1);
  const bool has_more = proposed.size() > most;
  proposed.resize(std::min(proposed.size(), most));
  std::vector<Id> ids = decided;
  for (const Proposal& each : proposed) {
    ids.push_back(each.person);
    ids.insert(ids.end(), each.proofs.begin(), each.proofs.end());
  }
  const auto hits = known(site, ids, viewer);
  View body = view({{"heading", words.get("groups.members")},
                    {"lead", words.get("groups.members_lead")},
                    {"action", room.address + "/members"}});
  put_decided(members, hits, words, body);
  Views proposals;
  for (const Proposal& each : proposed) {
    if (hits.contains(each.person)) {
      proposals.push_back(proposal_view(each, hits, words));
    }
  }
  body["proposals"] = std::move(proposals);
  if (has_more && most < k_proposed_at_most) {
    body["more_url"] = room.address + "/members?most=" + std::to_string(most + 2 * k_proposed) + "#proposals";
  }
  put_search(*index, request, room, decided, words, body);
  body["done"] = decided_words(site, request, words);
  body["topics"] = topic_views(*index, room, viewer);
  const std::string title = words.get("groups.members");
  return form_page(site, request, language, "group_members", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {title, {}}});
}

// He is told that he is shown as a member, and how to object; once, where his card has an address.
Result<void> tell_member(const Site& site, store::Transaction& transaction, const GroupRoom& room, Id person) {
  TRY_ASSIGN(const registry::Found whole, site.registry().find(person, access::Viewer::everything()));
  const auto email = whole.card ? confirm::address_of_person(*whole.card) : std::nullopt;
  if (!email || site.settings().entry.outbox == nullptr) {
    return {};
  }
  TRY_ASSIGN(const auto holder, site.settings().desk.contacts->with(*email));
  const Language language = holder && holder->language == "en" ? Language::english : Language::french;
  const bool has_own_page = !site.settings().own.key.empty();
  const LetterOf letter{"group_member",
                        "groups.letters.member",
                        {{"group", room.label}},
                        has_own_page ? about_me_path(site, whole.id) : "/person/" + whole.id.text()};
  return site.settings().entry.outbox->post(transaction, letter_to(site, language, *email, letter));
}

Result<http::Answer> decide(const Site& site, const http::Request& request, Language language, const GroupRoom& room) {
  const auto form = http::read_form(request);
  const auto person = form ? Id::parse(form->value("person")) : std::nullopt;
  if (!form || !person) {
    return site.error(request, language, 422);
  }
  TRY_ASSIGN(const registry::Found found, site.registry().find(*person, request.who().viewer));
  const std::string_view verdict = form->value("verdict");
  if (!found.card || found.card->kind != Kind::person) {
    return site.error(request, language, 404);
  }
  std::optional<Decided> decided;
  if (verdict == "confirmed" || verdict == "declined") {
    decided = verdict == "confirmed" ? Decided::confirmed : Decided::declined;
  } else if (verdict != "undecided") {
    return site.error(request, language, 422);
  }
  TRY_ASSIGN(const auto before, site.settings().groups->members(room.id));
  const bool is_news = decided == Decided::confirmed && std::ranges::none_of(before, [&](const groups::Member& each) {
                         return each.person == found.id && each.decided == Decided::confirmed;
                       });
  TRY(site.settings().groups->decide(room.id, found.id, decided, room.by,
                                     [&](store::Transaction& transaction, const groups::Change&) -> Result<void> {
                                       TRY(group_deed(site, transaction, room, "decide_member", room.by.account));
                                       return is_news ? tell_member(site, transaction, room, found.id) : Result<void>();
                                     }));
  if (is_news && site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return redirect(303, room.address + "/members?decided=" + std::string(verdict) + "&person=" + found.id.text());
}

}  // namespace

void add_group_members(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/group/{id}/members", http::Right::lead_group,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::its_leader,
                             [&](const GroupRoom& room) { return page_of(site, request, language, room); });
           });
  add_room(site, router, http::Method::post, "/group/{id}/members", http::Right::lead_group,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::its_leader,
                             [&](const GroupRoom& room) { return decide(site, request, language, room); });
           });
}

}  // namespace pitchblende::pages
