// Who is who, told to people at a terminal.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>

#include "cli/print.hpp"

namespace pitchblende::cli {

namespace {

constexpr size_t k_shown_members = 50;

std::string_view either(Language language, std::string_view english, std::string_view french) {
  return language == Language::french ? french : english;
}

std::string place(const resolution::MentionRef& ref) { return fmt::format("{}/{}", ref.record, ref.part); }

void print_weights(std::ostream& out, const resolution::Comparison& comparison, Language language) {
  for (const resolution::Weight& weight : comparison.weights) {
    fmt::print(out, "      {:+.1f} {}  {}\n", weight.bits, either(language, "bits", "bits"),
               resolution::describe(weight, language));
  }
}

void print_reasons(std::ostream& out, const std::vector<resolution::Reason>& reasons,
                   const std::vector<resolution::Comparison>& weighed, Language language) {
  for (size_t at = 0; at < reasons.size(); ++at) {
    const resolution::Reason& reason = reasons[at];
    fmt::print(out, "    {} – {}  {}\n", place(reason.a), place(reason.b),
               resolution::describe(reason.evidence, reason.detail, language));
    if (at < weighed.size()) {
      print_weights(out, weighed[at], language);
    }
  }
}

void print_members(std::ostream& out, const std::vector<pool::Member>& members, bool with_thing, Language language) {
  for (size_t at = 0; at < std::min(members.size(), k_shown_members); ++at) {
    const pool::Member& member = members[at];
    fmt::print(
        out, "    {}  {} {}  {}{}{}{}\n", place(member.ref), member.source, member.key, member.text,
        member.where.empty() || with_thing ? "" : std::string(either(language, "  in: ", "  dans : ")) + member.where,
        member.facts.empty() ? "" : "  (" + member.facts + ")",
        with_thing && member.thing ? "  → " + member.thing->text() : "");
  }
  if (members.size() > k_shown_members) {
    fmt::print(out,
               fmt::runtime(either(language, "    … and {} more (--json lists them)\n",
                                   "    … et {} de plus (--json les donne)\n")),
               members.size() - k_shown_members);
  }
}

std::string_view said_state(pool::StandingDecision::State state, Language language) {
  switch (state) {
    case pool::StandingDecision::State::applies:
      return "";
    case pool::StandingDecision::State::withdrawn:
      return either(language, "  (cannot be applied: a record is withdrawn)",
                    "  (inapplicable : une fiche est retirée)");
    case pool::StandingDecision::State::not_found:
      return either(language, "  (cannot be applied: the record prints that name no more, or twice)",
                    "  (inapplicable : la fiche n’imprime plus ce nom, ou deux fois)");
  }
  return "";
}

void print_decisions(std::ostream& out, const std::vector<pool::StandingDecision>& decisions, Language language) {
  if (!decisions.empty()) {
    out << either(language, "  decided:\n", "  décidé :\n");
  }
  for (const pool::StandingDecision& each : decisions) {
    fmt::print(out, "    {}  {} {} {}  {}, {}: {}{}\n", each.number, pool::name(each.verdict), place(each.a.ref),
               place(each.b.ref), each.who, each.made, each.why, said_state(each.state, language));
  }
}

void print_side(std::ostream& out, const pool::Side& side, Language language) {
  fmt::print(out, "  {}  {}{}, ", side.id.text(), side.label,
             side.page ? "" : either(language, " (no page)", " (sans page)"));
  fmt::print(out, fmt::runtime(either(language, "{} records and names:\n", "{} fiches et noms :\n")), side.size);
  print_members(out, side.members, false, language);
  if (side.size > static_cast<int64_t>(side.members.size())) {
    out << "    …\n";
  }
}

}  // namespace

void print(std::ostream& out, const pool::Explanation& explanation, Language language) {
  fmt::print(out, "{}  {}  {}\n", explanation.id.text(), registry::name(explanation.kind), explanation.label);
  fmt::print(out, fmt::runtime(either(language, "  {} records and names:\n", "  {} fiches et noms :\n")),
             explanation.members.size());
  print_members(out, explanation.members, false, language);
  if (!explanation.reasons.empty()) {
    out << either(language, "  held together by:\n", "  réunis par :\n");
    print_reasons(out, explanation.reasons, explanation.weighed, language);
  }
  if (!explanation.refused.empty()) {
    out << either(language, "  held apart by:\n", "  tenus séparés par :\n");
    print_reasons(out, explanation.refused, {}, language);
  }
  if (!explanation.names.empty()) {
    out << either(language, "  names that it prints:\n", "  noms qu’il imprime :\n");
    print_members(out, explanation.names, true, language);
  }
  print_decisions(out, explanation.decisions, language);
}

void print(std::ostream& out, const pool::PairExplanation& pair, Language language) {
  print_side(out, pair.a, language);
  print_side(out, pair.b, language);
  out << (pair.one ? either(language, "  They are one thing.\n", "  C’est une seule chose.\n")
                   : either(language, "  They are two things.\n", "  Ce sont deux choses.\n"));
  if (!pair.comparison.weights.empty()) {
    fmt::print(
        out,
        fmt::runtime(either(language, "  {} and {} by themselves, among what stands around them, probability {:.3f}:\n",
                            "  {} et {} pris seuls, parmi ce qui les entoure, probabilité {:.3f} :\n")),
        place(pair.a.ref), place(pair.b.ref), pair.comparison.probability);
    print_weights(out, pair.comparison, language);
  }
  if (pair.comparison.refused && pair.refused.empty()) {  // or it is told below
    print_reasons(out, {*pair.comparison.refused}, {}, language);
  }
  if (!pair.path.empty()) {
    out << either(language, "  what leads from the one to the other:\n", "  ce qui mène de l’un à l’autre :\n");
    print_reasons(out, pair.path, {}, language);
  }
  if (!pair.refused.empty()) {
    out << either(language, "  links that a constraint held:\n", "  liens qu’une contrainte a retenus :\n");
    print_reasons(out, pair.refused, {}, language);
  }
  print_decisions(out, pair.decisions, language);
}

}  // namespace pitchblende::cli
