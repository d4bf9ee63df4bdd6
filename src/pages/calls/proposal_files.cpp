// Files of a proposal: brought and taken away by its editors until the call closes.
#include <algorithm>

#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/submitted.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

Result<http::Answer> page(const Site& site, const http::Request& request, Language language, std::string_view ref,
                          const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const calls::By by = by_of(request);
  TRY_ASSIGN(const calls::Proposal proposal, site.settings().calling.proposals->find(ref, by));
  TRY_ASSIGN(const calls::Call call, site.settings().calling.calls->find(proposal.call, by));
  const std::string back = below(words, "/proposals/" + proposal.ref);
  View body = view({{"action", back + "/files"}, {"remove_action", back + "/files/remove"}, {"of_url", back}});
  body["may_write"] = calls::phase(call, site.settings().calling.calls->now()) == calls::Phase::open;
  body["attached"] = files_of(site, calls::k_draft_files, proposal.id, back + "/files", words);
  const std::string_view typed = trim(calls::text_in(proposal.texts, "title"));
  const std::string of(typed.empty() ? words.get("calls.untitled") : std::string(typed));
  body["of"] = of;
  const std::string title = words.get("calls.files.title");
  return calls_page(site, request, language, "proposal_files", title, std::move(body),
                    {{words.get("calls.mine"), below(words, "/proposals")}, {of, back}, {title, {}}}, problem);
}

http::Answer shown(const Site& site, const http::Request& request, Language language, std::string_view ref,
                   const std::optional<Error>& problem = {}) {
  auto answer = page(site, request, language, ref, problem);
  return answer ? std::move(*answer) : failed(site, request, language, answer.error());
}

Result<void> keep(const Site& site, const http::Request& request, std::string_view ref, const http::Form& form) {
  for (const http::FormFile& file : form.files) {
    if (file.name.empty() && file.bytes.empty()) {
      continue;  // the field was left empty
    }
    TRY(site.settings().calling.proposals->attach(ref, file.name, file.bytes, by_of(request)));
  }
  return {};
}

http::Answer then(const Site& site, const http::Request& request, Language language, std::string_view ref,
                  const Result<void>& done) {
  if (done) {
    return redirect(303, below(site.words(language), "/proposals/" + std::string(ref) + "/files"));
  }
  return done.error().kind().status == 404 ? failed(site, request, language, done.error())
                                           : shown(site, request, language, ref, done.error());
}

}  // namespace

void add_proposal_files(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::have_account;
  add_room(site, router, Method::get, "/proposals/{id}/files", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return shown(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/proposals/{id}/files", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto form = http::read_form(request);
             return form ? then(site, request, language, parts[1], keep(site, request, parts[1], *form))
                         : site.error(request, language, 422);
           });
  add_room(site, router, Method::post, "/proposals/{id}/files/remove", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto form = http::read_form(request);
             return then(site, request, language, parts[1],
                         site.settings().calling.proposals->detach(
                             parts[1], whole_in(form ? form->value("number") : std::string_view()), by_of(request)));
           });
  add_room(site, router, Method::get, "/proposals/{id}/files/{number}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto own = site.settings().calling.proposals->find(parts[1], by_of(request));
             return own ? file_answer(site, request, language, calls::k_draft_files, own->id, parts[2])
                        : failed(site, request, language, own.error());
           });
  // The same for those who judge it: what was submitted.
  add_room(site, router, Method::get, "/judged/{id}/files/{number}", http::Right::run_calls,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto judged = site.settings().calling.reviews->judged(parts[1], by_of(request));
             return judged ? file_answer(site, request, language, calls::k_submitted_files,
                                         calls::files_number(judged->proposal.id, judged->receipt.number), parts[2])
                           : failed(site, request, language, judged.error());
           });
  add_room(site, router, Method::get, "/reviews/{id}/files/{number}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             const auto own = site.settings().calling.reviews->find(parts[1], by_of(request));
             return own ? file_answer(site, request, language, calls::k_submitted_files,
                                      calls::files_number(own->judged.proposal.id, own->judged.receipt.number),
                                      parts[2])
                        : failed(site, request, language, own.error());
           });
}

}  // namespace pitchblende::pages
