// Proposals for those who apply: written by several, submitted with a receipt, withdrawn; what came of them.
#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "pages/address.hpp"
#include "pages/calls/proposal_form.hpp"

namespace pitchblende::pages {

namespace {

using calls::Proposal;

constexpr size_t k_longest_name = 200;  // of a party: letters

std::string titled(const Proposal& proposal, const Words& words) {
  const std::string_view title = trim(calls::text_in(proposal.texts, "title"));
  return title.empty() ? words.get("calls.untitled") : std::string(title);
}

std::vector<Crumb> crumbs_to(const Proposal& proposal, const Words& words, const std::string& last = {}) {
  std::vector<Crumb> out{{words.get("calls.mine"), below(words, "/proposals")}};
  out.push_back({titled(proposal, words), last.empty() ? "" : below(words, "/proposals/" + proposal.ref)});
  if (!last.empty()) {
    out.push_back({last, {}});
  }
  return out;
}

// What an applicant is told of where his proposal stands: nothing between the closing and the announcement.
std::string state_word(const Proposal& proposal, const calls::Call& call) {
  if (proposal.submitted == 0) {
    return "draft";
  }
  return call.released != 0 ? "announced" : "submitted";
}

Result<Sheet> mine_sheet(const Site& site, const http::Request& request, const Words& words) {
  const Calling& calling = site.settings().calling;
  const calls::By by = by_of(request);
  TRY_ASSIGN(const std::vector<Proposal> mine, calling.proposals->mine(by));
  Sheet sheet({{"title", "calls.list.proposal"},
               {"call", "calls.list.call"},
               {"closes", "calls.list.closes"},
               {"state", "calls.list.state"}});
  for (const Proposal& each : mine) {
    TRY_ASSIGN(const calls::Call call, calling.calls->find(each.call, by));
    const std::string state = state_word(each, call);
    sheet.add({{titled(each, words), below(words, "/proposals/" + each.ref)},
               {call.plan.title.in(words.language())},
               {time_words(call.closes, words), {}, {}, ordered(call.closes)},
               {words.get("calls.states." + state), {}, state == "draft" ? "warn" : "good"}});
  }
  return sheet;
}

http::Answer mine(const Site& site, const http::Request& request, Language language, Rows rows) {
  const Words& words = site.words(language);
  auto sheet = mine_sheet(site, request, words);
  return sheet ? calls_list(site, request, language, {"proposals", "/proposals", "calls.mine"}, std::move(*sheet), rows)
               : site.error(request, language, 500);
}

// Once the call is closed: what counts of it, or what was never submitted, as text.
void put_as_sent(const Site& site, const ProposalShown& one, const std::vector<calls::Receipt>& receipts,
                 const Words& words, View& body) {
  const auto counts = std::ranges::find(receipts, one.proposal.submitted, &calls::Receipt::number);
  calls::Judged sent{one.call, one.proposal, {}, {one.proposal.texts, one.proposal.parties}};
  if (counts != receipts.end()) {
    sent.submitted = calls::read_submission(counts->content);
  }
  const std::string here = below(words, "/proposals/" + one.proposal.ref);
  put_submitted(site, sent, here, words, body);
  body["attached"] = files_of(site, calls::k_draft_files, one.proposal.id, here + "/files", words);
  body["not_sent"] = counts == receipts.end();
}

Result<http::Answer> shown(const Site& site, const http::Request& request, Language language, std::string_view ref,
                           const Sent& sent, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const Calling& calling = site.settings().calling;
  const calls::By by = by_of(request);
  ProposalShown one;
  TRY_ASSIGN(one.proposal, calling.proposals->find(ref, by));
  TRY_ASSIGN(one.call, calling.calls->find(one.proposal.call, by));
  TRY_ASSIGN(View body, proposal_view(site, request, one, sent, words));
  if (const std::string done(request.parameter("done")); words.has("calls.done." + done) && !done.empty()) {
    body["done"] = words.get("calls.done." + done);
  }
  TRY_ASSIGN(const auto receipts, calling.proposals->receipts(ref, by));
  const bool is_form = sent.typed != nullptr || calls::phase(one.call, calling.calls->now()) == calls::Phase::open;
  body["is_form"] = is_form;
  if (!is_form) {
    put_as_sent(site, one, receipts, words, body);
  }
  if (receipts.empty()) {
    body["drop_action"] = below(words, "/proposals/" + std::string(ref) + "/drop");
  }
  TRY_ASSIGN(const auto result, calling.proposals->result(ref, by));
  if (result) {
    View told = view({{"outcome", words.get("calls.outcomes." + std::string(calls::name(result->verdict.outcome)))},
                      {"granted", result->verdict.granted > 0 ? money_words(result->verdict.granted, words) : ""}});
    if (Views said = paragraphs_of(result->to_all + "\n" + result->verdict.message); !said.empty()) {
      told["message"] = View{{"paragraphs", std::move(said)}};
    }
    Views comments;
    for (const std::string& each : result->comments) {
      View comment{{"number", std::to_string(comments.size() + 1)}};
      comment["paragraphs"] = paragraphs_of(each);
      comments.push_back(std::move(comment));
    }
    body["has_comments"] = !comments.empty();
    told["comments"] = std::move(comments);
    body["told"] = std::move(told);
  }
  std::optional<Error> said = problem;
  if (!said && !sent.kept.clashes.empty()) {
    said = Error(calls::errors::clash);
  }
  return calls_page(site, request, language, "proposal", titled(one.proposal, words), std::move(body),
                    crumbs_to(one.proposal, words), said);
}

http::Answer page(const Site& site, const http::Request& request, Language language, std::string_view ref,
                  const Sent& sent = {}, const std::optional<Error>& problem = {}) {
  auto answer = shown(site, request, language, ref, sent, problem);
  return answer ? std::move(*answer) : failed(site, request, language, answer.error());
}

// "add:coordinator:7ZK0000001": what is after the second colon, and the part before it.
struct Doing {
  std::string what;
  std::string part;
  std::string which;
};
Doing doing_in(std::string_view text) {
  Doing out;
  const size_t first = std::min(text.find(':'), text.size());
  out.what = text.substr(0, first);
  text.remove_prefix(std::min(first + 1, text.size()));
  const size_t second = std::min(text.find(':'), text.size());
  out.part = text.substr(0, second);
  text.remove_prefix(std::min(second + 1, text.size()));
  out.which = text;
  return out;
}

Result<calls::Party> party_of(const Site& site, const access::Actor& actor, const Doing& doing,
                              const http::Form& form) {
  calls::Party party;
  const auto part = calls::part(doing.part);
  if (!part) {
    return fail(calls::errors::choice, beginning(doing.part, 40));
  }
  party.part = *part;
  if (doing.what == "name") {
    party.label = squeeze(form.value("sought"));
    if (const size_t count = count_letters(party.label); count > k_longest_name) {
      return fail(calls::errors::characters, std::to_string(count), std::to_string(k_longest_name));
    }
    party.kind = *part == calls::Part::partner ? "organisation" : "person";
    party.key = calls::party_key(party.kind, party.label);
    return party.label.empty() ? Result<calls::Party>(fail(calls::errors::wanted)) : Result<calls::Party>(party);
  }
  const auto id = Id::parse(doing.which);
  if (!id) {
    return fail(calls::errors::party, beginning(doing.which, 40));
  }
  TRY_ASSIGN(const registry::Found found, site.registry().find(*id, actor.viewer));
  if (!found.card) {
    return fail(calls::errors::party, beginning(doing.which, 40));
  }
  party.entity = found.id;
  party.key = found.id.text();
  party.kind = registry::name(found.card->kind);
  party.label = found.card->label;
  return party;
}

// Rule 5: a letter to who is asked to write with them.
Result<void> invite(const Site& site, const http::Request& request, const Proposal& proposal, Language language,
                    std::string_view email) {
  const calls::By by = by_of(request);
  TRY_ASSIGN(const calls::Call call, site.settings().calling.calls->find(proposal.call, by));
  const auto to = access::email_address(email);
  TRY_ASSIGN(const Languages his, languages_of(site, {to.value_or(std::string())}, language));
  const Words& words = site.words(his.begin()->second);
  const LetterOf letter{"proposal_editor",
                        "calls.letters.editor",
                        {{"title", titled(proposal, words)},
                         {"call", call.plan.title.in(words.language())},
                         {"closes", time_words(call.closes, words)},
                         {"who", request.who().email}},
                        "/proposals/" + proposal.ref};
  TRY(site.settings().calling.proposals->add_editor(
      proposal.ref, email, by, [&](store::Transaction& transaction) -> Result<void> {
        TRY(audited(site, request, "add_editor", "proposal", proposal.id)(transaction));
        return to ? post_letter(site, transaction, words.language(), *to, letter) : Result<void>();
      }));
  letters_posted(site);
  return {};
}

Result<void> submit(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  TRY_ASSIGN(const Proposal draft, site.settings().calling.proposals->find(ref, by_of(request)));
  TRY_ASSIGN(const Languages languages, languages_of(site, draft.editors, language));
  TRY_ASSIGN(const calls::Call call, site.settings().calling.calls->find(draft.call, by_of(request)));
  TRY(site.settings().calling.proposals->submit(
      ref, by_of(request),
      [&](store::Transaction& transaction, const Proposal& proposal, const calls::Receipt& receipt) -> Result<void> {
        TRY(audited(site, request, "submit", "proposal", proposal.id, receipt.receipt)(transaction));
        for (const auto& [email, his] : languages) {
          const Words& words = site.words(his);
          TRY(post_letter(site, transaction, his, email,
                          {"proposal_submitted",
                           "calls.letters.submitted",
                           {{"title", titled(proposal, words)},
                            {"call", call.plan.title.in(his)},
                            {"closes", time_words(call.closes, words)},
                            {"receipt", receipt.receipt},
                            {"time", exact_time_words(receipt.at, words)},
                            {"hash", receipt.hash},
                            {"asked", money_words(receipt.asked, words)}},
                           "/proposals/" + proposal.ref + "/receipt"}));
        }
        return {};
      }));
  letters_posted(site);
  return {};
}

struct Next {
  std::string path;  // below the proposal
};
// What the pressed button wants beside keeping what was typed.
Result<Next> act(const Site& site, const http::Request& request, Language language, const Proposal& proposal,
                 const http::Form& form) {
  calls::Proposals& proposals = *site.settings().calling.proposals;
  const calls::By by = by_of(request);
  const Doing doing = doing_in(form.value("do"));
  if (doing.what == "find") {
    return Next{"?find=" + http::percent_encoded(beginning(squeeze(form.value("find")), 200)) + "#people"};
  }
  if (doing.what == "add" || doing.what == "name") {
    TRY_ASSIGN(const calls::Party party, party_of(site, request.who(), doing, form));
    TRY(proposals.put_party(proposal.ref, party, by));
    return Next{"?done=added#people"};
  }
  if (doing.what == "remove") {
    TRY(proposals.remove_party(proposal.ref, doing.part, by));
    return Next{"?done=removed#people"};
  }
  if (doing.what == "invite") {
    TRY(invite(site, request, proposal, language, form.value("editor")));
    return Next{"?done=invited#editors"};
  }
  if (doing.what == "dismiss") {
    TRY(proposals.remove_editor(proposal.ref, std::string(form.value("do")).substr(8), by));
    return Next{"?done=removed#editors"};
  }
  if (doing.what == "files") {
    return Next{"/files"};
  }
  if (doing.what == "submit") {
    TRY(submit(site, request, language, proposal.ref));
    return Next{"/receipt?done=submitted"};
  }
  return Next{"?done=saved"};
}

http::Answer store(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  const Calling& calling = site.settings().calling;
  const calls::By by = by_of(request);
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const auto before = calling.proposals->find(ref, by);
  const auto call = before ? calling.calls->find(before->call, by) : tl::unexpected(before.error());
  if (!call) {
    return failed(site, request, language, call.error());
  }
  const auto kept =
      calling.proposals->write(ref, typed_in(*form, calls::proposal_names(call->plan, before->parties)), by);
  if (!kept) {
    return page(site, request, language, ref, {&*form, false, {}}, kept.error());
  }
  if (!kept->clashes.empty()) {
    return page(site, request, language, ref, {&*form, true, *kept});
  }
  const auto next = act(site, request, language, *before, *form);
  if (!next) {
    return next.error().kind().status == 404 ? failed(site, request, language, next.error())
                                             : page(site, request, language, ref, {&*form, true, {}}, next.error());
  }
  std::string there = below(site.words(language), "/proposals/" + std::string(ref) + next->path);
  return there.ends_with("editors") && !calling.proposals->find(ref, by)
             ? redirect(303, below(site.words(language), "/proposals"))  // he took himself out
             : redirect(303, std::move(there));
}

http::Answer withdraw(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  const auto own = site.settings().calling.proposals->find(ref, by_of(request));
  if (!own) {
    return failed(site, request, language, own.error());
  }
  const auto done = site.settings().calling.proposals->withdraw(
      ref, by_of(request), audited(site, request, "withdraw", "proposal", own->id));
  return done ? redirect(303, below(site.words(language), "/proposals/" + std::string(ref) + "?done=withdrawn"))
              : page(site, request, language, ref, {}, done.error());
}

http::Answer drop(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  const auto form = http::read_form(request);
  const auto own = site.settings().calling.proposals->find(ref, by_of(request));
  if (!form || !own) {
    return own ? site.error(request, language, 422) : failed(site, request, language, own.error());
  }
  const Result<void> done = form->value("sure") == "yes"
                                ? site.settings().calling.proposals->drop(
                                      ref, by_of(request), audited(site, request, "drop", "proposal", own->id))
                                : Result<void>(fail(calls::errors::not_sure));
  return done ? redirect(303, below(site.words(language), "/proposals"))
              : page(site, request, language, ref, {}, done.error());
}

Result<http::Answer> receipts(const Site& site, const http::Request& request, Language language, std::string_view ref) {
  const Words& words = site.words(language);
  const calls::By by = by_of(request);
  TRY_ASSIGN(const Proposal proposal, site.settings().calling.proposals->find(ref, by));
  TRY_ASSIGN(const std::vector<calls::Receipt> all, site.settings().calling.proposals->receipts(ref, by));
  TRY_ASSIGN(const calls::Call call, site.settings().calling.calls->find(proposal.call, by));
  const std::string here = below(words, "/proposals/" + proposal.ref);
  View body = view({{"of", titled(proposal, words)}, {"of_url", here}});
  Views rows;
  for (const calls::Receipt& each : all) {
    View row = view({{"receipt", each.receipt},
                     {"at", exact_time_words(each.at, words)},
                     {"asked", money_words(each.asked, words)},
                     {"hash", each.hash},
                     {"url", here + "/submissions/" + std::to_string(each.number)}});
    row["counts"] = each.number == proposal.submitted;
    rows.push_back(std::move(row));
  }
  body["receipts"] = std::move(rows);
  const bool open = calls::phase(call, site.settings().calling.calls->now()) == calls::Phase::open;
  if (proposal.submitted > 0 && open) {
    body["withdraw_action"] = here + "/withdraw";
    body["until"] = put_in(words.get("calls.until"), "time", time_words(call.closes, words));
  }
  if (request.parameter("done") == "submitted") {
    body["done"] = words.get("calls.done.submitted");
  }
  const std::string title = words.get("calls.receipt.title");
  return calls_page(site, request, language, "receipt", title, std::move(body), crumbs_to(proposal, words, title));
}

// What was submitted, byte by byte, as it was hashed.
Result<http::Answer> submission(const Site& site, const http::Request& request, std::string_view ref,
                                std::string_view number) {
  TRY_ASSIGN(const std::vector<calls::Receipt> all, site.settings().calling.proposals->receipts(ref, by_of(request)));
  const auto found = std::ranges::find(all, whole_in(number), &calls::Receipt::number);
  if (found == all.end()) {
    return fail(calls::errors::no_proposal);
  }
  http::Answer answer;
  answer.type = "application/json; charset=utf-8";
  answer.body = found->content;
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + found->receipt + ".json\"");
  return answer;
}

}  // namespace

void add_proposals(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::have_account;
  const auto or_failed = [&site](const Request& request, Language language, Result<http::Answer> answer) {
    return answer ? std::move(*answer) : failed(site, request, language, answer.error());
  };
  for (const Rows rows : {Rows::page, Rows::all}) {
    add_room(site, router, Method::get, rows == Rows::page ? "/proposals" : "/proposals.csv", k_right,
             [&site, rows](const Request& request, Language language, const Captures&) {
               return mine(site, request, language, rows);
             });
  }
  add_room(site, router, Method::get, "/proposals/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return page(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/proposals/{id}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return store(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/proposals/{id}/withdraw", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return withdraw(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/proposals/{id}/drop", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return drop(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/proposals/{id}/receipt", k_right,
           [&site, or_failed](const Request& request, Language language, const Captures& parts) {
             return or_failed(request, language, receipts(site, request, language, parts[1]));
           });
  add_room(site, router, Method::get, "/proposals/{id}/submissions/{number}", k_right,
           [&site, or_failed](const Request& request, Language language, const Captures& parts) {
             return or_failed(request, language, submission(site, request, parts[1], parts[2]));
           });
}

}  // namespace pitchblende::pages
