// For who runs a call: what was submitted, who can review it and who cannot and why, who was asked.
#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

using calls::Candidate;
using calls::Conflict;
using calls::Judged;
using calls::Review;

constexpr uint32_t k_works = 100;    // works like the proposal whose people are proposed
constexpr size_t k_candidates = 40;  // looked at
constexpr size_t k_shown_of_each = 12;
constexpr uint32_t k_hits = 8;

std::string submitted_title(const Judged& judged, const Words& words) {
  const std::string_view title = trim(calls::text_in(judged.submitted.texts, "title"));
  return title.empty() ? words.get("calls.untitled") : std::string(title);
}

View conflict_view(const Conflict& conflict, const Words& words) {
  std::string said = words.get("calls.grounds." + std::string(calls::name(conflict.ground)));
  said = put_in(put_in(std::move(said), "applicant", conflict.applicant), "through", conflict.through);
  View out = view({{"text", said}, {"year", conflict.year}});
  if (conflict.thing != Id()) {
    out["url"] = thing_name(conflict.thing);
    out["through"] = conflict.through;
  }
  return out;
}

View candidate_view(const Candidate& who, const std::vector<Conflict>& found, const std::string& note,
                    const Words& words) {
  constexpr size_t k_shown = 4;
  View out = view({{"label", who.label},
                   {"id", who.person.text()},
                   {"url", thing_address(words.code(), registry::Kind::person, who.person)},
                   {"note", note}});
  Views proofs;
  for (size_t at = 0; at < std::min(found.size(), k_shown); ++at) {
    proofs.push_back(conflict_view(found[at], words));
  }
  if (found.size() > k_shown) {
    out["more"] = words.count("calls.more_conflicts", found.size() - k_shown);
  }
  out["free"] = found.empty();
  out["conflicts"] = std::move(proofs);
  return out;
}

struct Proposed {
  Candidate who;
  std::string note;
};

// People who sign works like the proposal, those with the most first.
Result<std::vector<Proposed>> proposed(const Site& site, const Judged& judged, const access::Viewer& viewer,
                                       const Words& words) {
  search::Query query;
  query.words = std::string(calls::text_in(judged.submitted.texts, "title")) + " " +
                std::string(calls::text_in(judged.submitted.texts, "summary"));
  query.words = beginning(query.words, 1000);
  query.match = search::Match::any;
  query.filters = {{search::Facet::kind, {"publication", "project"}}};
  query.size = k_works;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> works;
  for (const search::Hit& hit : site.index()->search(query, viewer).hits) {
    works.push_back(hit.id);
  }
  TRY_ASSIGN(const std::vector<registry::Card> cards, site.registry().cards(works, viewer));
  std::map<Id, std::pair<uint64_t, std::string>> people;
  for (const registry::Card& card : cards) {
    TRY_ASSIGN(const std::vector<registry::Named> named, site.registry().named_in(card, viewer));
    std::map<Id, std::string> here;
    for (const registry::Named& each : named) {
      here.emplace(each.id, each.label);
    }
    for (const auto& [id, label] : here) {
      ++people[id].first;
      people[id].second = label;
    }
  }
  std::vector<std::pair<Id, std::pair<uint64_t, std::string>>> sorted(people.begin(), people.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
  std::vector<Proposed> out;
  for (const auto& [id, known] : sorted) {
    if (out.size() == k_candidates) {
      break;
    }
    out.push_back({{id, known.second, {}, {}, {}, std::nullopt}, words.count("calls.like_it", known.first)});
  }
  return out;
}

std::vector<Proposed> sought(const Site& site, const http::Request& request, std::string_view what,
                             const Words& words) {
  search::Query query;
  query.words = beginning(what, 200);
  query.filters = {{search::Facet::kind, {"person"}}};
  query.size = k_hits;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Proposed> out;
  for (const search::Hit& hit : site.index()->search(query, request.who().viewer).hits) {
    out.push_back({{hit.id, std::string(search::title_in(hit.title, words.code())), {}, {}, {}, std::nullopt},
                   std::string(search::title_in(hit.note, words.code()))});
  }
  return out;
}

Result<void> put_candidates(const Site& site, const http::Request& request, const Judged& judged, const Words& words,
                            View& body) {
  const std::string what(trim(request.parameter("find")));
  std::vector<Proposed> found = sought(site, request, what, words);
  if (what.empty()) {
    TRY_ASSIGN(found, proposed(site, judged, request.who().viewer, words));
  }
  std::vector<Candidate> candidates;
  for (const Proposed& each : found) {
    candidates.push_back(each.who);
  }
  TRY_ASSIGN(const auto conflicts, site.settings().calling.reviews->conflicts_of(judged, candidates));
  Views free;
  Views bound;
  for (size_t at = 0; at < found.size(); ++at) {
    View row = candidate_view(candidates[at], conflicts[at], found[at].note, words);
    Views& into = conflicts[at].empty() ? free : bound;
    if (into.size() < k_shown_of_each) {
      into.push_back(std::move(row));
    }
  }
  body["find"] = what;
  body["is_sought"] = !what.empty();
  const bool nobody = found.empty();
  body["nobody_free"] = free.empty() && !nobody;
  body["nobody_found"] = nobody;
  body["free"] = std::move(free);
  body["bound"] = std::move(bound);
  return {};
}

// In what his conflicts were looked for.
std::string checked_words(const Review& review, const Words& words) {
  const std::string_view place = calls::text_in(review.texts, calls::k_review_place);
  const std::string_view key = review.checked == "registry" ? "registry"
                               : !place.empty()             ? "elsewhere"
                               : review.checked == "name"   ? "name_alone"
                                                            : "name";
  return put_in(words.get("calls.checked." + std::string(key)), "place", std::string(place));
}

View review_row(const Review& review, const std::string& here, const Words& words) {
  const std::string state(calls::name(review.state));
  View out = view({{"label", review.label},
                   {"email", review.email},
                   {"state", words.get("calls.review_states." + state)},
                   {"tone", review.state == calls::ReviewState::sent       ? "good"
                            : review.state == calls::ReviewState::declined ? "warn"
                                                                           : "plain"},
                   {"due", words.date(review.due)},
                   {"invited", moment(words, review.invited)},
                   {"reason", review.reason},
                   {"checked", checked_words(review, words)}});
  if (review.state == calls::ReviewState::invited || review.state == calls::ReviewState::accepted) {
    out["withdraw_action"] = here + "/" + review.ref + "/withdraw";
  }
  return out;
}

// The texts of a review as who runs the call reads them.
View sent_review(const Review& review, const calls::Plan& plan, const Words& words) {
  View out = view({{"label", review.label}});
  Views scores;
  for (const calls::Criterion& each : plan.criteria) {
    scores.push_back(view({{"label", each.title.in(words.language())},
                           {"score", calls::text_in(review.texts, calls::score_name(each.number))}}));
  }
  const auto mean = calls::score_of(plan, review.texts);
  out["mean"] = mean ? score_words(*mean, words) : "–";
  out["scores"] = std::move(scores);
  out["to_applicants"] = paragraphs_of(calls::text_in(review.texts, "to_applicants"));
  out["to_committee"] = paragraphs_of(calls::text_in(review.texts, "to_committee"));
  return out;
}

Result<http::Answer> reviewers(const Site& site, const http::Request& request, Language language, std::string_view ref,
                               const http::Form* typed, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const calls::By by = by_of(request);
  TRY_ASSIGN(const Judged judged, site.settings().calling.reviews->judged(ref, by));
  TRY_ASSIGN(const std::vector<Review> reviews, site.settings().calling.reviews->of_proposal(ref, by));
  const std::string call_url = below(words, "/calls/" + std::to_string(judged.call.id));
  const std::string here = below(words, "/judged/" + std::string(ref));
  View body =
      view({{"action", here}, {"call_url", call_url}, {"submitted_at", exact_time_words(judged.receipt.at, words)}});
  put_submitted(site, judged, here, words, body);
  Views asked;
  Views sent;
  for (const Review& each : reviews) {
    asked.push_back(review_row(each, here, words));
    if (each.state == calls::ReviewState::sent) {
      sent.push_back(sent_review(each, judged.call.plan, words));
    }
  }
  body["asked"] = std::move(asked);
  body["sent"] = std::move(sent);
  const bool closed = site.settings().calling.calls->now() >= judged.call.closes;
  body["may_invite"] = closed && judged.call.released == 0;
  body["not_yet"] = !closed;
  body["wanted"] = put_in(words.get("calls.reviews_wanted"), "n", std::to_string(judged.call.plan.reviews));
  if (closed && judged.call.released == 0) {
    TRY(put_candidates(site, request, judged, words, body));
  }
  for (const std::string_view name : {"person", "family", "given", "email", "institution", "due"}) {
    body["typed_" + std::string(name)] = typed == nullptr ? std::string_view() : typed->value(name);
  }
  if (typed == nullptr || typed->value("due").empty()) {
    const bool past = judged.call.plan.review_until < site.today();
    body["typed_due"] = past ? std::string() : judged.call.plan.review_until;
  }
  if (request.parameter("done") == "invited") {
    body["done"] = words.get("calls.done.asked");
  }
  const std::string title = submitted_title(judged, words);
  return calls_page(site, request, language, "judged", title, std::move(body),
                    {{words.get("calls.title"), below(words, "/calls")},
                     {judged.call.plan.title.in(language), call_url},
                     {words.get("calls.submissions"), call_url + "/submissions"},
                     {title, {}}},
                    problem);
}

// What somebody typed or pasted for a thing: its id or its page's address, or a name that is one thing's.
Result<std::optional<Id>> thing_in(const Site& site, std::string_view text) {
  const size_t slash = text.rfind('/');
  if (const auto id = Id::parse(slash == std::string_view::npos ? text : text.substr(slash + 1))) {
    return id;
  }
  return site.registry().find("name:" + std::string(text));
}

Result<Candidate> candidate_in(const Site& site, const http::Form& form, const access::Actor& actor) {
  Candidate out;
  out.email = trim(form.value("email"));
  if (const std::string_view person = trim(form.value("person")); !person.empty()) {
    const auto id = Id::parse(person);
    TRY_ASSIGN(const registry::Found found,
               id ? site.registry().find(*id, actor.viewer) : Result<registry::Found>(registry::Found()));
    if (!found.card || found.card->kind != registry::Kind::person) {
      return fail(calls::errors::party, beginning(person, 40));
    }
    out.person = found.id;
    out.label = found.card->label;
    return out;
  }
  out.family = squeeze(form.value("family"));
  out.given = squeeze(form.value("given"));
  if (out.family.empty() || out.given.empty()) {
    return fail(calls::errors::wanted);
  }
  out.label = out.given + " " + out.family;
  if (const std::string_view at = trim(form.value("institution")); !at.empty()) {
    TRY_ASSIGN(out.at, thing_in(site, at));
    if (!out.at) {
      out.place = beginning(squeeze(at), 300);
    }
  }
  return out;
}

// Rule 10: the letter with the link by which he answers.
Result<void> invitation_letter(const Site& site, store::Transaction& transaction, Language language,
                               const Judged& judged, const Review& review, std::string_view secret) {
  const Words& words = site.words(language);
  return post_letter(site, transaction, language, review.email,
                     {"review_invitation",
                      "calls.letters.invitation",
                      {{"name", review.label},
                       {"title", submitted_title(judged, words)},
                       {"call", judged.call.plan.title.in(language)},
                       {"due", review.due.empty() ? "–" : words.date(review.due)}},
                      "/review-invitations/" + std::string(secret)});
}

Result<void> invite(const Site& site, const http::Request& request, std::string_view ref, const http::Form& form) {
  calls::Invitation invitation;
  TRY_ASSIGN(invitation.who, candidate_in(site, form, request.who()));
  invitation.due = trim(form.value("due"));
  TRY_ASSIGN(const Judged judged, site.settings().calling.reviews->judged(ref, by_of(request)));
  const Language his = form.value("language") == "en" ? Language::english : Language::french;
  TRY(site.settings().calling.reviews->invite(
      ref, invitation, by_of(request),
      [&](store::Transaction& transaction, const Review& review, std::string_view secret) -> Result<void> {
        TRY(audited(site, request, "invite_reviewer", "review", review.id)(transaction));
        return invitation_letter(site, transaction, his, judged, review, secret);
      }));
  letters_posted(site);
  return {};
}

http::Answer ask(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const Result<void> done = invite(site, request, ref, *form);
  if (done) {
    return redirect(303, below(site.words(language), "/judged/" + std::string(ref) + "?done=invited"));
  }
  auto answer = reviewers(site, request, language, ref, &*form, done.error());
  return answer ? std::move(*answer) : failed(site, request, language, answer.error());
}

http::Answer withdraw(const Site& site, const http::Request& request, Language language, std::string_view ref,
                      std::string_view review) {
  const auto done = site.settings().calling.reviews->withdraw(
      review, by_of(request), audited(site, request, "withdraw_reviewer", "review", 0, std::string(review)));
  return done ? redirect(303, below(site.words(language), "/judged/" + std::string(ref)))
              : failed(site, request, language, done.error());
}

}  // namespace

void add_reviewers(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::run_calls;
  add_room(site, router, Method::get, "/judged/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             auto answer = reviewers(site, request, language, parts[1], nullptr, std::nullopt);
             return answer ? std::move(*answer) : failed(site, request, language, answer.error());
           });
  add_room(site, router, Method::post, "/judged/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return ask(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/judged/{id}/{number}/withdraw", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return withdraw(site, request, language, parts[1], parts[2]);
           });
}

}  // namespace pitchblende::pages
