// How good a pool is, told to people at a terminal.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/print.hpp"

namespace pitchblende::cli {

namespace {

using Suspicion = pool::Quality::Suspicion;

constexpr size_t k_shown_years = 12;

std::string_view either(Language language, std::string_view english, std::string_view french) {
  return language == Language::french ? french : english;
}

template <typename... Values>
std::string said(Language language, std::string_view english, std::string_view french, const Values&... values) {
  return fmt::format(fmt::runtime(either(language, english, french)), values...);
}

std::string_view label(registry::Kind kind, Language language) {
  const registry::KindDescription& description = registry::description(kind);
  return either(language, description.english, description.french);
}

std::string_view told(Suspicion suspicion, Language language) {
  switch (suspicion) {
    case Suspicion::two_orcids:
      return either(language, "two ORCIDs", "deux ORCID");
    case Suspicion::distant_names:
      return either(language, "two first names that do not agree", "deux prénoms qui ne concordent pas");
    case Suspicion::output:
      return either(language, "more publications in a year than one can write",
                    "plus de publications en un an qu’on n’en peut écrire");
    case Suspicion::affiliations:
      return either(language, "three affiliations at once in one year", "trois rattachements à la fois la même année");
  }
  return "";
}

double percent(int64_t part, int64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void print_sizes(std::ostream& out, const pool::Quality& quality, Language language) {
  out << either(language, "Things by how many records and names they are made of:\n",
                "Objets selon le nombre de fiches et de noms qui les composent :\n");
  fmt::print(out, "  {:<24}", "");
  int64_t from = 1;
  for (const int64_t upto : pool::Quality::k_size_steps) {
    fmt::print(out, "{:>10}",
               upto == INT64_MAX ? fmt::format("{}–", from)
               : upto == from    ? fmt::format("{}", from)
                                 : fmt::format("{}–{}", from, upto));
    from = upto == INT64_MAX ? upto : upto + 1;
  }
  out << '\n';
  for (const pool::Quality::Sizes& sizes : quality.sizes) {
    fmt::print(out, "  {:<24}", label(sizes.kind, language));
    for (const int64_t things : sizes.things) {
      fmt::print(out, "{:>10}", things);
    }
    out << '\n';
  }
}

void print_member(std::ostream& out, const pool::Member& member) {
  fmt::print(out, "      {}/{}  {} {}  {}{}{}\n", member.ref.record, member.ref.part, member.source, member.key,
             member.text, member.where.empty() ? "" : "  " + member.where,
             member.facts.empty() ? "" : "  (" + member.facts + ")");
}

void print_suspects(std::ostream& out, const pool::Quality& quality, Language language) {
  out << either(language, "What looks wrong:\n", "Ce qui semble faux :\n");
  for (size_t sort = 0; sort < pool::Quality::k_suspicions; ++sort) {
    fmt::print(out, "  {}: {}\n", told(static_cast<Suspicion>(sort), language), quality.suspicions[sort]);
    for (const pool::Quality::Suspect& suspect : quality.suspects) {
      if (suspect.suspicion == static_cast<Suspicion>(sort)) {
        fmt::print(out, "    {}  {}  {}\n", suspect.thing.id.text(), suspect.thing.label, suspect.detail);
        for (const pool::Member& member : suspect.thing.members) {
          print_member(out, member);
        }
      }
    }
  }
}

void print_duplicates(std::ostream& out, const pool::Quality& quality, Language language) {
  out << either(language, "Perhaps one, for `review` to ask:\n",
                "Peut-être une même chose, que `review` demandera :\n");
  for (const auto& [kind, count] : quality.duplicates) {
    fmt::print(out, "  {}: {}\n", label(kind, language), count);
  }
  for (const pool::Question& question : quality.questions) {
    fmt::print(out, "    {:.2f}  {} {}  –  {} {}\n", question.probability, question.a.id.text(), question.a.label,
               question.b.id.text(), question.b.label);
  }
}

void print_share(std::ostream& out, const pool::Quality::Share& share, std::string_view unknown) {
  fmt::print(out, "  {:>9}  {:>6.1f} %  {:>6.1f} %  {}\n", share.names, percent(share.people, share.names),
             percent(share.placed, share.names), share.name.empty() ? unknown : std::string_view(share.name));
}

void print_institutions(std::ostream& out, const pool::Quality& quality, Language language) {
  out << either(language,
                "Names whose affiliation names an institution; of a person with a page; the first that are of none:\n",
                "Noms dont le rattachement cite un établissement ; d’une personne qui a une page ; les premiers qui "
                "n’en ont pas :\n");
  for (const pool::Quality::Share& share : quality.by_institution) {
    fmt::print(out, "  {:>9}  {:>6.1f} %  {} {}\n", share.names, percent(share.people, share.names),
               share.id ? share.id->text() : "",
               share.name.empty() ? either(language, "no known organisation", "aucun organisme connu")
                                  : std::string_view(share.name));
    for (const pool::Member& member : share.open) {
      print_member(out, member);
    }
  }
}

void print_shares(std::ostream& out, const pool::Quality& quality, Language language) {
  out << either(language, "Names printed; of a person with a page; with a known organisation:\n",
                "Noms imprimés ; d’une personne qui a une page ; avec un organisme connu :\n");
  print_share(out, quality.whole, either(language, "in all", "en tout"));
  for (size_t at = 0; at < std::min(quality.by_year.size(), k_shown_years); ++at) {
    print_share(out, quality.by_year[at], either(language, "year not known", "année inconnue"));
  }
  print_institutions(out, quality, language);
}

}  // namespace

void print(std::ostream& out, const pool::Quality& quality, Language language) {
  print_sizes(out, quality, language);
  print_suspects(out, quality, language);
  print_duplicates(out, quality, language);
  print_shares(out, quality, language);
  if (!quality.inapplicable.empty()) {
    out << either(language, "Decisions that cannot be applied:\n", "Décisions inapplicables :\n");
  }
  for (const pool::StandingDecision& each : quality.inapplicable) {
    const bool withdrawn = each.state == pool::StandingDecision::State::withdrawn;
    fmt::print(out, "  {}  {} {}/{} {}/{}  {}, {}: {}\n", each.number, pool::name(each.verdict), each.a.ref.record,
               each.a.ref.part, each.b.ref.record, each.b.ref.part, each.who, each.made,
               withdrawn ? said(language, "a record is withdrawn", "une fiche est retirée")
                         : said(language, "the record does not print “{}” any more, or twice",
                                "la fiche n’imprime plus « {} », ou deux fois",
                                each.a.name.empty() ? each.b.name : each.a.name));
  }
}

}  // namespace pitchblende::cli
