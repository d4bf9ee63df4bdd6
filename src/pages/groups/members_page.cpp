// Who is in a group: confirmed by its leader, proposed by the evidence of their work.
#include <algorithm>
#include <map>

#include "groups/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/group_pages.hpp"

namespace pitchblende::pages {

namespace {

using groups::Decided;
using groups::Proposal;
using registry::Kind;

constexpr size_t k_proposed = 20;

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
  const auto proposed = groups::proposals(*index, room.scope, decided, viewer, k_proposed);
  std::vector<Id> ids = decided;
  for (const Proposal& each : proposed) {
    ids.push_back(each.person);
    ids.insert(ids.end(), each.proofs.begin(), each.proofs.end());
  }
  const auto hits = known(site, ids, viewer);
  View body = view({{"heading", words.get("groups.members")},
                    {"lead", words.get("groups.members_lead")},
                    {"action", room.address + "/members"}});
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
  Views proposals;
  for (const Proposal& each : proposed) {
    if (hits.contains(each.person)) {
      proposals.push_back(proposal_view(each, hits, words));
    }
  }
  body["confirmed"] = std::move(confirmed);
  body["declined"] = std::move(declined);
  body["proposals"] = std::move(proposals);
  body["topics"] = topic_views(*index, room, viewer);
  const std::string title = words.get("groups.members");
  return form_page(site, request, language, "group_members", title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {title, {}}});
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
  TRY(site.settings().groups->decide(room.id, found.id, decided, room.by,
                                     [&](store::Transaction& transaction, const groups::Change&) {
                                       return group_deed(site, transaction, room, "decide_member", room.by.account);
                                     }));
  return redirect(303, room.address + "/members");
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
