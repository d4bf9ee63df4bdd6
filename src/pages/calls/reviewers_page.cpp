// For who runs a call: what was submitted, who can review it and who cannot and why, who was asked.
#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/candidates.hpp"

namespace pitchblende::pages {

namespace {

using calls::Candidate;
using calls::Judged;
using calls::Review;

std::string submitted_title(const Judged& judged, const Words& words) {
  const std::string_view title = trim(calls::text_in(judged.submitted.texts, "title"));
  return title.empty() ? words.get("calls.untitled") : std::string(title);
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

// An address that this reader may not see is not told by having been written to.
Result<std::string> address_shown(const Site& site, const http::Request& request, const Review& review,
                                  const Words& words) {
  if (review.entity == Id()) {
    return review.email;
  }
  TRY_ASSIGN(const KnownAddress known, known_address(site, request.who().viewer, review.entity));
  const bool is_hidden = !known.is_seen && known.email == review.email;
  return is_hidden ? words.get("calls.known_address") : review.email;
}

View review_row(const Review& review, const std::string& address, const std::string& here, const Words& words) {
  const std::string state(calls::name(review.state));
  View out = view({{"label", review.label},
                   {"email", address},
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

// What the forms by which somebody is asked begin with.
void put_asking(const Site& site, const Judged& judged, const http::Form* typed, const Words& words, View& body) {
  // The day in the letters: the call's, where it is to come.
  const std::string& until = judged.call.plan.review_until;
  const std::string due = until < site.today() ? std::string() : until;
  body["due_words"] = due.empty() ? words.get("calls.no_due") : words.get("calls.due_label") + " " + words.date(due);
  if (due.empty()) {
    body["edit_url"] = below(words, "/calls/" + std::to_string(judged.call.id) + "/edit");
  }
  // What was typed for somebody of the registry stands beside his name.
  const http::Form* outside = typed == nullptr || !typed->value("person").empty() ? nullptr : typed;
  for (const std::string_view name : {"family", "given", "email", "institution", "due"}) {
    body["typed_" + std::string(name)] = outside == nullptr ? std::string_view() : outside->value(name);
  }
  body["languages"] = letter_languages(outside == nullptr ? std::string_view() : outside->value("language"), words);
  if (outside == nullptr || outside->value("due").empty()) {
    body["typed_due"] = due;
  }
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
    TRY_ASSIGN(const std::string address, address_shown(site, request, each, words));
    asked.push_back(review_row(each, address, here, words));
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
    TRY(put_candidates(site, request, judged, {reviews, typed}, words, body));
  }
  put_asking(site, judged, typed, words, body);
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
    if (out.email.empty()) {
      TRY_ASSIGN(const KnownAddress known, known_address(site, actor.viewer, found.id));
      out.email = known.email;
    }
    if (out.email.empty()) {
      return fail(calls::errors::no_address, out.label);
    }
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
  const std::string due_line = "\n" + words.get("calls.letters.due") + " ";
  return post_letter(site, transaction, language, review.email,
                     {"review_invitation",
                      "calls.letters.invitation",
                      {{"name", review.label},
                       {"title", submitted_title(judged, words)},
                       {"call", judged.call.plan.title.in(language)},
                       {"due", review.due.empty() ? std::string() : due_line + words.date(review.due)}},
                      "/review-invitations/" + std::string(secret)});
}

Result<void> invite(const Site& site, const http::Request& request, Language language, std::string_view ref,
                    const http::Form& form) {
  calls::Invitation invitation;
  TRY_ASSIGN(invitation.who, candidate_in(site, form, request.who()));
  invitation.due = trim(form.value("due"));
  TRY_ASSIGN(const Judged judged, site.settings().calling.reviews->judged(ref, by_of(request)));
  const Language his = language_of(form.value("language")).value_or(language);
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
  const Result<void> done = invite(site, request, language, ref, *form);
  if (done) {
    return redirect(303, below(site.words(language), "/judged/" + std::string(ref) + "?done=invited"));
  }
  auto answer = reviewers(site, request, language, ref, &*form, done.error());
  return answer ? std::move(*answer) : failed(site, request, language, answer.error());
}

// Rule 16: he is told, in the language of his account, else that of the page.
Result<void> take_back(const Site& site, const http::Request& request, Language language, std::string_view ref,
                       std::string_view number) {
  calls::Reviews& reviews = *site.settings().calling.reviews;
  const calls::By by = by_of(request);
  TRY_ASSIGN(const Judged judged, reviews.judged(ref, by));
  TRY_ASSIGN(const std::vector<Review> all, reviews.of_proposal(ref, by));
  const auto review = std::ranges::find(all, number, &Review::ref);
  if (review == all.end()) {
    return fail(calls::errors::no_review);
  }
  TRY_ASSIGN(const Languages languages, languages_of(site, {review->email}, language));
  const auto also = audited(site, request, "withdraw_reviewer", "review", 0, review->ref);
  TRY(reviews.withdraw(review->ref, by, [&](store::Transaction& transaction) -> Result<void> {
    TRY(also(transaction));
    const Words& words = site.words(languages.begin()->second);
    return post_letter(site, transaction, words.language(), review->email,
                       {"review_withdrawn",
                        "calls.letters.review_withdrawn",
                        {{"name", review->label},
                         {"title", submitted_title(judged, words)},
                         {"call", judged.call.plan.title.in(words.language())}},
                        {}});
  }));
  letters_posted(site);
  return {};
}

http::Answer withdraw(const Site& site, const http::Request& request, Language language, std::string_view ref,
                      std::string_view review) {
  const auto done = take_back(site, request, language, ref, review);
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
