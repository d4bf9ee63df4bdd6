// Results are announced: outcomes become final, laureates records of the registry, and each editor has a letter.
#include <algorithm>

#include "base/text.hpp"
#include "calls/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/committee_pages.hpp"

namespace pitchblende::pages {

namespace {

// What is only there for some as lines of their own, none of them empty.
std::string line_of(const std::string& text) { return text.empty() ? text : "\n" + text; }

std::string said_by_committee(const calls::Told& told, const Words& words) {
  std::string out;
  for (std::string_view rest : {std::string_view(told.to_all), std::string_view(told.verdict.message)}) {
    while (!rest.empty()) {
      const size_t end = std::min(rest.find('\n'), rest.size());
      out += line_of(std::string(trim(rest.substr(0, end))));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out.empty() ? out : line_of(words.get("calls.letters.from_committee")) + out;
}

LetterOf result_letter(const calls::Call& call, const calls::Told& told, const Words& words) {
  const calls::Verdict& verdict = told.verdict;
  const bool has_money = verdict.outcome == calls::Outcome::funded && verdict.granted > 0;
  const std::string granted =
      has_money ? put_in(words.get("calls.letters.granted"), "money", words.euros(verdict.granted)) : std::string();
  const std::string title(trim(calls::text_in(told.submitted.texts, "title")));
  return {"call_result",
          "calls.letters.result",
          {{"title", title.empty() ? words.get("calls.untitled") : title},
           {"call", call.plan.title.in(words.language())},
           {"outcome", words.get("calls.outcomes." + std::string(calls::name(verdict.outcome)))},
           {"granted", line_of(granted)},
           {"message", said_by_committee(told, words)}},
          "/proposals/" + told.proposal.ref};
}

// Rule 14, in pieces: a letter to each editor of each proposal, once.
Result<void> tell_all(const Site& site, const calls::Call& call, Language language) {
  calls::Committee& committee = *site.settings().calling.committee;
  TRY_ASSIGN(const std::vector<calls::Told> all, committee.untold(call.id));
  for (const calls::Told& each : all) {
    TRY_ASSIGN(const Languages languages, languages_of(site, each.proposal.editors, language));
    TRY(committee.tell(each, [&](store::Transaction& transaction, const calls::Told& told) -> Result<void> {
      TRY(publish_award(site, transaction, call, told));
      for (const auto& [email, his] : languages) {
        TRY(post_letter(site, transaction, his, email, result_letter(call, told, site.words(his))));
      }
      return {};
    }));
  }
  letters_posted(site);
  records_published(site);
  return {};
}

http::Answer announce(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  calls::Committee& committee = *site.settings().calling.committee;
  const auto found = committee_sheet(site, request, number);
  if (!found) {
    return failed(site, request, language, found.error());
  }
  Result<void> done;
  if (found->call.released == 0 && form->value("sure") != "yes") {
    done = fail(calls::errors::not_sure);
  } else if (found->call.released == 0) {
    const calls::Announcement said{form->value("over") == "yes", std::string(trim(form->value("to_funded"))),
                                   std::string(trim(form->value("to_others")))};
    done = committee.announce(found->call.id, by_of(request), said,
                              audited(site, request, "announce", "call", found->call.id));
  }
  if (done) {
    done = tell_all(site, found->call, language);
  }
  return done ? redirect(303, below(site.words(language),
                                    "/calls/" + std::to_string(found->call.id) + "/sheet?done=announced"))
              : committee_page(site, request, language, *found, {nullptr, &*form}, done.error());
}

}  // namespace

void add_announcement(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::post, "/calls/{id}/announce", http::Right::run_calls,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return announce(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
