// For reviewers: the link that asks, their own reviews, the form and the scale.
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

using calls::Assigned;

std::string title_of(const Assigned& assigned, const Words& words) {
  const std::string_view title = trim(calls::text_in(assigned.judged.submitted.texts, "title"));
  return title.empty() ? words.get("calls.untitled") : std::string(title);
}

std::string call_address(const calls::Judged& judged, const Words& words) {
  return below(words, "/calls/" + std::to_string(judged.call.id));
}

// What he said, and where it goes on from there: at once, or whenever he opens the letter's link again.
http::Answer answered_page(const Site& site, const http::Request& request, Language language,
                           const calls::Review& review) {
  const Words& words = site.words(language);
  const bool yes = review.state != calls::ReviewState::declined;
  View body = view({{"answered", words.get(yes ? "calls.invitation.accepted" : "calls.invitation.declined")}});
  if (yes) {
    body["review_url"] = below(words, "/reviews/" + review.ref);
    body["reviews_url"] = below(words, "/reviews");
    body["email"] = review.email;
  }
  const std::string title = words.get("calls.invitation.title");
  return calls_page(site, request, language, "review_invitation", title, std::move(body), {{title, {}}});
}

// Rule 10: what one is shown before one says yes: title, summary, who applies. No more than that.
http::Answer invitation(const Site& site, const http::Request& request, Language language, std::string_view secret,
                        const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  const auto found = site.settings().calling.reviews->by_link(secret);
  if (!found) {
    const auto answered = site.settings().calling.reviews->answered(secret);
    return answered ? answered_page(site, request, language, *answered)
                    : failed(site, request, language, found.error());
  }
  const std::string& site_name = site.settings().name;
  const std::string lead =
      put_in(put_in(words.get("calls.invitation.lead"), "site", site_name.empty() ? words.get("site.name") : site_name),
             "name", found->review.label);
  View body = view({{"lead", lead},
                    {"call", found->judged.call.plan.title.in(language)},
                    {"call_url", call_address(found->judged, words)},
                    {"proposal_title", title_of(*found, words)},
                    {"due", words.date(found->review.due)},
                    {"email", found->review.email},
                    {"action", below(words, "/review-invitations/" + std::string(secret))}});
  body["paragraphs"] = paragraphs_of(calls::text_in(found->judged.submitted.texts, "summary"));
  Views parties;
  for (const calls::Party& each : found->judged.submitted.parties) {
    parties.push_back(view({{"label", each.label}}));
  }
  body["parties"] = std::move(parties);
  const std::string title = words.get("calls.invitation.title");
  return calls_page(site, request, language, "review_invitation", title, std::move(body), {{title, {}}}, problem);
}

// Who runs calls and may know of this one (rule 12), but not who reviews himself; without staff the administrators.
Result<std::vector<access::Holder>> told_of_reviews(const Site& site, const Assigned& assigned) {
  std::vector<access::Holder> out;
  for (const access::Role role : {access::Role::staff, access::Role::system_administrator}) {
    if (!out.empty()) {
      break;
    }
    TRY_ASSIGN(const std::vector<access::Holder> holders, site.settings().entry.access->holders(role, {}));
    for (const access::Holder& each : holders) {
      const bool may =
          each.email != assigned.review.email &&
          site.settings().calling.calls->judge_running(assigned.judged.call.id, {each.account, each.email, true});
      if (may) {
        out.push_back(each);
      }
    }
  }
  return out;
}

Result<void> post_to_staff(const Site& site, store::Transaction& transaction, const std::vector<access::Holder>& staff,
                           Language otherwise, const std::function<LetterOf(const Words&)>& letter) {
  for (const access::Holder& each : staff) {
    const Language his = language_of(each.language).value_or(otherwise);
    TRY(post_letter(site, transaction, his, each.email, letter(site.words(his))));
  }
  return {};
}

// Rule 16: who runs the call looks for somebody else. Neither his name nor his reason.
LetterOf decline_of(const Assigned& assigned, const Words& words) {
  return {"review_declined",
          "calls.letters.review_declined",
          {{"title", title_of(assigned, words)}, {"call", assigned.judged.call.plan.title.in(words.language())}},
          "/judged/" + assigned.judged.proposal.ref};
}

Result<calls::Review> take_answer(const Site& site, const http::Request& request, Language language,
                                  std::string_view secret, const http::Form& form) {
  calls::Reviews& reviews = *site.settings().calling.reviews;
  TRY_ASSIGN(const Assigned found, reviews.by_link(secret));
  TRY_ASSIGN(const std::vector<access::Holder> staff, told_of_reviews(site, found));
  const bool yes = form.value("answer") == "accept";
  const auto also = audited(site, request, yes ? "accept_review" : "decline_review", "review", 0);
  TRY_ASSIGN(calls::Review answered,
             reviews.answer(secret, yes ? calls::ReviewState::accepted : calls::ReviewState::declined,
                            std::string(form.value("reason")), [&](store::Transaction& transaction) -> Result<void> {
                              TRY(also(transaction));
                              return yes ? Result<void>()
                                         : post_to_staff(site, transaction, staff, language,
                                                         [&](const Words& words) { return decline_of(found, words); });
                            }));
  letters_posted(site);
  return answered;
}

http::Answer answer(const Site& site, const http::Request& request, Language language, std::string_view secret) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const std::string_view what = form->value("answer");
  if (what != "accept" && what != "decline") {
    return invitation(site, request, language, secret, Error(calls::errors::choice, beginning(what, 40)));
  }
  const auto done = take_answer(site, request, language, secret, *form);
  if (!done) {
    return failed(site, request, language, done.error());
  }
  return answered_page(site, request, language, *done);
}

Result<Sheet> mine_sheet(const Site& site, const http::Request& request, const Words& words) {
  TRY_ASSIGN(const std::vector<Assigned> all, site.settings().calling.reviews->mine(by_of(request)));
  Sheet sheet({{"title", "calls.list.proposal"},
               {"call", "calls.list.call"},
               {"due", "calls.due"},
               {"state", "calls.list.state"}});
  for (const Assigned& each : all) {
    const bool sent = each.review.state == calls::ReviewState::sent;
    sheet.add(
        {{title_of(each, words), below(words, "/reviews/" + each.review.ref)},
         {each.judged.call.plan.title.in(words.language())},
         {words.date(each.review.due), {}, {}, each.review.due},
         {words.get(sent ? "calls.review_states.sent" : "calls.review_states.accepted"), {}, sent ? "good" : "warn"}});
  }
  return sheet;
}

http::Answer mine(const Site& site, const http::Request& request, Language language, Rows rows) {
  const Words& words = site.words(language);
  auto sheet = mine_sheet(site, request, words);
  return sheet ? calls_list(site, request, language, {"reviews", "/reviews", "calls.reviews"}, std::move(*sheet), rows)
               : site.error(request, language, 500);
}

std::vector<TextField> fields_of(const calls::Plan& plan, bool may_change, const Words& words) {
  std::vector<TextField> out;
  std::vector<std::pair<std::string, std::string>> scores{{"", words.get("calls.no_score")}};
  for (int64_t score = 1; score <= plan.scale; ++score) {
    scores.emplace_back(std::to_string(score), std::to_string(score));
  }
  for (const calls::Criterion& each : plan.criteria) {
    TextField field{calls::score_name(each.number), each.title.in(words.language()), {}, "select", scores};
    if (each.weight != 1) {
      field.help = put_in(words.get("calls.counts"), "n", std::to_string(each.weight));
    }
    field.may_change = may_change;
    out.push_back(std::move(field));
  }
  for (const std::string name : {"to_applicants", "to_committee"}) {
    TextField field{name, words.get("calls." + name), words.get("calls." + name + "_help"), "textarea"};
    field.may_change = may_change;
    out.push_back(std::move(field));
  }
  return out;
}

Result<http::Answer> review(const Site& site, const http::Request& request, Language language, std::string_view ref,
                            const Sent& sent, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Assigned found, site.settings().calling.reviews->find(ref, by_of(request)));
  const calls::Plan& plan = found.judged.call.plan;
  const bool may_change = found.judged.call.released == 0;
  View body = view({{"action", below(words, "/reviews/" + std::string(ref))},
                    {"due", words.date(found.review.due)},
                    {"call", plan.title.in(language)},
                    {"call_url", call_address(found.judged, words)},
                    {"scale", put_in(words.get("calls.scale"), "most", std::to_string(plan.scale))},
                    {"scale_text", plan.scale_text.in(language)}});
  put_submitted(site, found.judged, below(words, "/reviews/" + std::string(ref)), words, body);
  std::vector<calls::Problem> problems;
  if (problem && sent.typed != nullptr) {
    calls::Texts texts = found.review.texts;
    for (const std::string& name : calls::review_names(plan)) {
      texts[name] = shown_text(name, found.review.texts, sent);
    }
    problems = calls::judge_review(plan, texts);
  }
  body["fields"] = field_views(fields_of(plan, may_change, words), found.review.texts, sent, problems, words);
  body["may_write"] = may_change;
  body["is_sent"] = found.review.state == calls::ReviewState::sent;
  if (const std::string_view done = request.parameter("done"); done == "saved" || done == "sent") {
    body["done"] = words.get("calls.done.review_" + std::string(done));
  }
  std::optional<Error> said = problem;
  if (!said && !sent.kept.clashes.empty()) {
    said = Error(calls::errors::clash);
  }
  const std::string title = title_of(found, words);
  return calls_page(site, request, language, "review", title, std::move(body),
                    {{words.get("calls.reviews"), below(words, "/reviews")}, {title, {}}}, said);
}

http::Answer page(const Site& site, const http::Request& request, Language language, std::string_view ref,
                  const Sent& sent = {}, const std::optional<Error>& problem = {}) {
  auto answer = review(site, request, language, ref, sent, problem);
  return answer ? std::move(*answer) : failed(site, request, language, answer.error());
}

// Rule 16: neither the scores nor the texts.
LetterOf receipt_of(const calls::Arrived& arrived, const Words& words) {
  const Assigned& what = arrived.assigned;
  const auto length = [&](std::string_view name) {
    const int64_t count = calls::count(calls::text_in(what.review.texts, name), calls::Unit::words);
    return words.count("calls.words", static_cast<uint64_t>(count));
  };
  return {"review_received",
          "calls.letters.review_received",
          {{"title", title_of(what, words)},
           {"call", what.judged.call.plan.title.in(words.language())},
           {"time", exact_time_words(arrived.at, words)},
           {"scores", words.count("calls.letters.scores", what.judged.call.plan.criteria.size())},
           {"to_applicants", length("to_applicants")},
           {"to_committee", length("to_committee")}},
          "/reviews/" + what.review.ref};
}

LetterOf arrival_of(const calls::Arrived& arrived, const Words& words) {
  const calls::Judged& judged = arrived.assigned.judged;
  return {"review_arrived",
          "calls.letters.review_arrived",
          {{"title", title_of(arrived.assigned, words)},
           {"call", judged.call.plan.title.in(words.language())},
           {"n", std::to_string(arrived.number)},
           {"of", std::to_string(arrived.of)}},
          "/judged/" + judged.proposal.ref};
}

Result<void> send(const Site& site, const http::Request& request, Language language, const Assigned& found) {
  TRY_ASSIGN(const std::vector<access::Holder> staff, told_of_reviews(site, found));
  TRY_ASSIGN(const Languages reviewer, languages_of(site, {found.review.email}, language));
  const auto also = audited(site, request, "send_review", "review", found.review.id);
  TRY(site.settings().calling.reviews->send(
      found.review.ref, by_of(request),
      [&](store::Transaction& transaction, const calls::Arrived& arrived) -> Result<void> {
        TRY(also(transaction));
        for (const auto& [email, his] : reviewer) {
          TRY(post_letter(site, transaction, his, email, receipt_of(arrived, site.words(his))));
        }
        return post_to_staff(site, transaction, staff, language,
                             [&](const Words& words) { return arrival_of(arrived, words); });
      }));
  letters_posted(site);
  return {};
}

http::Answer store(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  calls::Reviews& reviews = *site.settings().calling.reviews;
  const calls::By by = by_of(request);
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const auto found = reviews.find(ref, by);
  if (!found) {
    return failed(site, request, language, found.error());
  }
  const auto kept = reviews.write(ref, typed_in(*form, calls::review_names(found->judged.call.plan)), by);
  if (!kept) {
    return page(site, request, language, ref, {&*form, false, {}}, kept.error());
  }
  if (!kept->clashes.empty()) {
    return page(site, request, language, ref, {&*form, true, *kept});
  }
  std::string done = "saved";
  if (form->value("do") == "send") {
    const auto sent = send(site, request, language, *found);
    if (!sent) {
      return page(site, request, language, ref, {&*form, true, {}}, sent.error());
    }
    done = "sent";
  }
  return redirect(303, below(site.words(language), "/reviews/" + std::string(ref) + "?done=" + done));
}

}  // namespace

void add_reviews(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(site, router, Method::get, "/review-invitations/{secret}", http::Right::everyone,
           [&site](const Request& request, Language language, const Captures& parts) {
             return invitation(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/review-invitations/{secret}", http::Right::everyone,
           [&site](const Request& request, Language language, const Captures& parts) {
             return answer(site, request, language, parts[1]);
           });
  for (const Rows rows : {Rows::page, Rows::all}) {
    add_room(site, router, Method::get, rows == Rows::page ? "/reviews" : "/reviews.csv", k_own,
             [&site, rows](const Request& request, Language language, const Captures&) {
               return mine(site, request, language, rows);
             });
  }
  add_room(site, router, Method::get, "/reviews/{id}", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return page(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/reviews/{id}", k_own,
           [&site](const Request& request, Language language, const Captures& parts) {
             return store(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
