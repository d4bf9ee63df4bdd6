#include "pages/calls/proposal_form.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/submitted.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using calls::Proposal;

constexpr uint32_t k_hits = 8;

// What stands and what was typed in vain, as one: for counting and for the sums that are shown.
calls::Texts shown_texts(const ProposalShown& shown, const Sent& sent) {
  calls::Texts out = shown.proposal.texts;
  for (const std::string& name : calls::proposal_names(shown.call.plan, shown.proposal.parties)) {
    out[name] = shown_text(name, shown.proposal.texts, sent);
  }
  return out;
}

class Form {
 public:
  Form(const ProposalShown& shown, const Sent& sent, bool may_write, const Words& words)
      : m_shown(shown), m_sent(sent), m_may_write(may_write), m_words(words), m_texts(shown_texts(shown, sent)) {
    m_problems = calls::judge_draft(shown.call.plan, m_texts, shown.proposal.parties);
  }

  void put(View& body) const {
    const calls::Plan& plan = m_shown.call.plan;
    Views fields;
    for (const std::string name : {"title", "acronym", "summary"}) {
      TextField field{name, m_words.get("calls." + name + "_label"), {}, name == "summary" ? "textarea" : "text"};
      if (m_words.has("calls." + name + "_help")) {
        field.help = m_words.get("calls." + name + "_help");
      }
      fields.push_back(one(std::move(field)));
    }
    for (const calls::Section& section : plan.sections) {
      const std::string name = calls::section_text_name(section.number);
      fields.push_back(one({name,
                            section.title.in(m_words.language()),
                            section.help.in(m_words.language()),
                            "textarea",
                            {},
                            length_words(section, calls::text_in(m_texts, name), m_words)}));
    }
    body["fields"] = std::move(fields);
    const calls::Budget budget = calls::budget_of(plan, m_texts, m_shown.proposal.parties);
    body["budget"] = budget_view(plan, budget, m_shown.proposal.texts, m_sent, m_words);
    body["asked"] = one({"asked", m_words.get("calls.asked_label"), m_words.get("calls.asked_help")});
    put_missing(body);
  }

 private:
  View one(TextField field) const {
    field.may_change = m_may_write;
    return field_view(field, m_shown.proposal.texts, m_sent, m_problems, m_words);
  }
  void put_missing(View& body) const {
    Views missing;
    for (const calls::Problem& each :
         calls::judge_proposal(m_shown.call.plan, m_shown.proposal.texts, m_shown.proposal.parties)) {
      missing.push_back(view({{"field", each.name},
                              {"label", proposal_label(m_shown.call.plan, each.name, m_words)},
                              {"message", error_words(each.error, m_words)}}));
    }
    body["is_ready"] = missing.empty();
    body["missing"] = std::move(missing);
  }

  const ProposalShown& m_shown;
  const Sent& m_sent;
  bool m_may_write;
  const Words& m_words;
  calls::Texts m_texts;
  std::vector<calls::Problem> m_problems;
};

Views parties_of(const Proposal& proposal, const Words& words) {
  Views out;
  for (const calls::Party& each : proposal.parties) {
    out.push_back(view(
        {{"label", each.label},
         {"part", words.get("calls.parts." + std::string(calls::name(each.part)))},
         {"key", each.key},
         {"url", each.entity == Id() ? std::string() : below(words, "/" + each.kind + "/" + each.entity.text())}}));
  }
  return out;
}

View choice_of(std::string_view part, const std::string& value, const Words& words) {
  return view({{"part", words.get("calls.parts." + std::string(part))}, {"value", value}});
}

// People may coordinate or take part, teams and institutions have a budget.
Views parts_for(registry::Kind kind, const std::string& which, const Words& words) {
  if (kind == registry::Kind::person) {
    return {choice_of("coordinator", "add:coordinator:" + which, words),
            choice_of("participant", "add:participant:" + which, words)};
  }
  return {choice_of("partner", "add:partner:" + which, words)};
}

void put_found(const Site& site, const http::Request& request, const Words& words, View& body) {
  const std::string sought = beginning(trim(request.parameter("find")), 200);
  body["find"] = sought;
  if (sought.empty()) {
    return;
  }
  search::Query query;
  query.words = sought;
  query.filters = {{search::Facet::kind, {"person", "team", "organisation"}}};
  query.size = k_hits;
  query.facet_size = 0;
  query.snippets = false;
  Views found;
  for (const search::Hit& hit : site.index()->search(query, request.who().viewer).hits) {
    View row = hit_view(hit, words);
    row["choices"] = parts_for(hit.kind, hit.id.text(), words);
    found.push_back(std::move(row));
  }
  body["nothing_found"] = found.empty();
  body["found"] = std::move(found);
  body["sought"] = sought;
  body["unknown"] =
      Views{choice_of("coordinator", "name:coordinator", words), choice_of("participant", "name:participant", words),
            choice_of("partner", "name:partner", words)};
}

}  // namespace

std::string proposal_label(const calls::Plan& plan, const std::string& name, const Words& words) {
  for (const calls::Section& section : plan.sections) {
    if (calls::section_text_name(section.number) == name) {
      return section.title.in(words.language());
    }
  }
  if (name.starts_with("budget_")) {
    return words.get("calls.budget");
  }
  return words.get("calls." + name + "_label");
}

Result<View> proposal_view(const Site& site, const http::Request& request, const ProposalShown& shown, const Sent& sent,
                           const Words& words) {
  const int64_t now = site.settings().calling.calls->now();
  const bool may_write = calls::phase(shown.call, now) == calls::Phase::open;
  const std::string here = below(words, "/proposals/" + shown.proposal.ref);
  View body = view({{"action", here},
                    {"call_label", shown.call.plan.title.in(words.language())},
                    {"call_url", below(words, "/calls/" + std::to_string(shown.call.id))},
                    {"closes", time_words(shown.call.closes, words)},
                    {"now", exact_time_words(now, words)}});
  body["may_write"] = may_write;
  body["is_submitted"] = shown.proposal.submitted > 0;
  if (shown.proposal.submitted > 0) {
    body["receipt_url"] = here + "/receipt";
  }
  Form(shown, sent, may_write, words).put(body);
  body["files_count"] =
      words.count("calls.files.count", files_of(site, calls::k_draft_files, shown.proposal.id, {}, words).size());
  body["parties"] = parties_of(shown.proposal, words);
  Views editors;
  for (const std::string& email : shown.proposal.editors) {
    View each{{"email", email}};
    each["may_go"] = shown.proposal.editors.size() > 1;
    editors.push_back(std::move(each));
  }
  body["editors"] = std::move(editors);
  body["editor"] = sent.typed == nullptr ? std::string() : std::string(sent.typed->value("editor"));
  put_found(site, request, words, body);
  return body;
}

}  // namespace pitchblende::pages
