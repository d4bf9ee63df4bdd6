#include "cli/print.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>

namespace pitchblende::cli {

namespace {

constexpr size_t k_shown_cases = 3;
constexpr size_t k_shown_entries = 20;

std::string_view label(const registry::KindDescription& kind, Language language) {
  return language == Language::french ? kind.french : kind.english;
}

std::string_view label(const registry::FieldDescription& field, Language language) {
  return language == Language::french ? field.french : field.english;
}

// A sentence in the language asked for; both have the same holes.
template <typename... Values>
std::string said(Language language, std::string_view english, std::string_view french, const Values&... values) {
  return fmt::format(fmt::runtime(language == Language::french ? french : english), values...);
}

std::string place(const sources::Place& place, Language language) {
  std::string out = place.file;
  out += place.part.empty() ? "" : " [" + place.part + "]";
  out += place.line > 0 ? said(language, ": line {}", " : ligne {}", place.line) : "";
  // Much XML and JSON stands on one line, which then tells nothing.
  if (place.record > 0) {
    out += place.line > 0 ? said(language, " (record {})", " (fiche {})", place.record)
                          : said(language, ": record {}", " : fiche {}", place.record);
  }
  return out;
}

std::string and_more(int64_t many, Language language) {
  return said(language, "    … and {} more (--json lists them)\n", "    … et {} de plus (--json les donne)\n", many);
}

// Each reason with how often it came, and its first cases.
void print_findings(std::ostream& out, const pool::RunReport& report, Language language) {
  for (const pool::FindingCount& count : report.by_reason) {
    const std::string what =
        count.rejected ? said(language, "rejected", "rejeté") : said(language, "notice", "remarque");
    fmt::print(out, "  {:<8} {}{}{}: {}\n", what, count.code, count.field.empty() ? "" : ", ", count.field,
               count.count);
    size_t shown = 0;
    for (size_t at = 0; at < report.findings.size() && shown < k_shown_cases; ++at) {
      const sources::Finding& finding = report.findings[at];
      if (report.finding_rejected[at] == count.rejected && finding.field == count.field &&
          count.code == finding.error.kind().code) {
        ++shown;
        fmt::print(out, "    {}: {}\n", place(finding.place, language), finding.error.message(language));
      }
    }
    if (count.count > static_cast<int64_t>(shown)) {
      out << and_more(count.count - static_cast<int64_t>(shown), language);
    }
  }
}

void print_diff(std::ostream& out, const pool::RunReport& report, Language language) {
  size_t shown = 0;
  for (const pool::DiffEntry& entry : report.diff) {
    if (shown++ == k_shown_entries) {
      out << and_more(static_cast<int64_t>(report.diff.size() - k_shown_entries), language);
      return;
    }
    const char sign = entry.change == pool::Change::fresh ? '+' : entry.change == pool::Change::changed ? '~' : '-';
    fmt::print(out, "    {} {} {}  {}\n", sign, registry::name(entry.kind), entry.key, fmt::join(entry.fields, ", "));
  }
}

void print_links(std::ostream& out, const std::vector<registry::Link>& links, bool outwards) {
  for (const registry::Link& link : links) {
    fmt::print(out, "  {} {}: {} {}{}{}\n", outwards ? "→" : "←", link.field, (outwards ? link.to : link.from).text(),
               outwards ? link.to_label : link.from_label, link.role.empty() ? "" : ", " + link.role,
               link.since.empty() && link.until.empty() ? "" : fmt::format(" ({}–{})", link.since, link.until));
  }
}

std::string attributes(const registry::Value& value) {
  std::string out;
  for (const auto& [attribute, text] : value.attributes) {
    out += out.empty() ? "" : "; ";
    out += std::string(registry::name(attribute)) + ": " + text;
  }
  return out;
}

// The snippet with what matched between « and ».
std::string marked(const search::Hit& hit) {
  std::string out;
  size_t at = 0;
  for (const auto& [begin, end] : hit.marks) {
    out += hit.snippet.substr(at, begin - at) + "«" + hit.snippet.substr(begin, end - begin) + "»";
    at = end;
  }
  return out + hit.snippet.substr(at);
}

}  // namespace

void print(std::ostream& out, const pool::RunReport& report, bool dry_run, Language language) {
  const std::string dry = dry_run ? said(language, " (dry run)", " (à blanc)") : std::string();
  const std::string rows =
      report.rows > 0 ? said(language, ", in {} rows", ", en {} lignes", report.rows) : std::string();
  out << said(language,
              "{}{}: read {}{}, accepted {}, rejected {}, notices {}; new {}, changed {}, unchanged {}, withdrawn {}\n",
              "{}{} : lues {}{}, acceptées {}, rejetées {}, remarques {} ; nouvelles {}, changées {}, inchangées {}, "
              "retirées {}\n",
              report.source, dry, report.read, rows, report.accepted, report.rejected, report.notices, report.fresh,
              report.changed, report.unchanged, report.withdrawn);
  for (const pool::FileReport& file : report.files) {
    if (file.problem) {
      fmt::print(out, "  {}\n", file.problem->message(language));
    }
  }
  print_findings(out, report, language);
  if (dry_run) {
    print_diff(out, report, language);
  }
  for (const pool::LostPart& each : report.lost) {
    out << said(language, "  {} {}: gone from {} of {} records that have it\n",
                "  {} {} : disparaît de {} fiches sur {} qui l’ont\n", registry::name(each.kind), each.part,
                each.records, each.had);
  }
  if (report.refused) {
    out << said(language, "  refused: {}; say --accept-withdrawals if that is right\n",
                "  refusé : {} ; ajoutez --accept-withdrawals si c’est voulu\n", report.refusal->message(language));
  }
}

void print(std::ostream& out, const pool::SettleReport& report, Language language) {
  out << said(
      language, "pooled: {} records resolved among {} mentions; {} new ids, {} merged; {} cards, {} indexed\n",
      "mis en commun : {} fiches résolues parmi {} mentions ; {} nouveaux identifiants, {} fusionnés ; {} cartes, "
      "{} indexées\n",
      report.records, report.mentions, report.fresh, report.merged, report.cards, report.documents);
  if (report.pageless > 0) {
    out << said(
        language, "  {} of the cards are people without a page: no position in a founder, member or partner is known\n",
        "  {} de ces cartes sont des personnes sans page : aucun poste connu chez un fondateur, un membre ou un "
        "partenaire\n",
        report.pageless);
  }
}

void print(std::ostream& out, const std::vector<registry::KindCount>& counts, Language language) {
  for (const registry::KindCount& count : counts) {
    fmt::print(out, "  {:<24} {:>9}{}\n", label(registry::description(count.kind), language), count.shown,
               count.pageless > 0 ? said(language, "   and {} printed names without a page",
                                         "   et {} noms imprimés sans page", count.pageless)
                                  : "");
  }
}

void print(std::ostream& out, const pool::CheckReport& report, Language language) {
  for (const std::string& problem : report.problems) {
    out << said(language, "problem: {}\n", "problème : {}\n", problem);
  }
  out << said(language, "{} cards checked, {} problems; {} links whose target is not there, {} records due\n",
              "{} cartes vérifiées, {} problèmes ; {} liens dont la cible est absente, {} fiches en attente\n",
              report.cards, report.problems.size(), report.links_without_target, report.records_due);
}

void print(std::ostream& out, const search::Answer& answer, const std::vector<registry::Card>& labels, unsigned from,
           Language language) {
  out << said(language, answer.relaxed ? "{} found with any of the words: nothing has them all\n" : "{} found\n",
              answer.relaxed ? "{} trouvés avec l’un des mots : rien ne les a tous\n" : "{} trouvés\n", answer.count);
  for (const std::string& ignored : answer.ignored) {
    out << said(language, "  not used: {}\n", "  non utilisé : {}\n", ignored);
  }
  for (const search::QueryNote& note : answer.notes) {
    out << said(language, "  read otherwise: {} ({})\n", "  lu autrement : {} ({})\n", note.text,
                search::name(note.reason));
  }
  for (const search::Translated& each : answer.translated) {
    std::string also;
    for (const std::string& label : each.also) {
      also += (also.empty() ? "" : ", ") + label;
    }
    out << said(language, "  {}: also {}\n", "  {} : aussi {}\n", each.words, also);
  }
  unsigned rank = from;
  for (const search::Hit& hit : answer.hits) {
    fmt::print(out, "{:>3}. {}  {}  {}\n", ++rank, hit.id.text(), label(registry::description(hit.kind), language),
               search::title_in(hit.title, language == Language::french ? "fr" : "en"));
    if (!hit.snippet.empty()) {
      fmt::print(out, "     {}\n", marked(hit));
    }
  }
  std::map<std::string, std::string> names;
  for (const registry::Card& card : labels) {
    names[card.id.text()] = card.label;
  }
  for (size_t at = 0; at < answer.facets.size(); ++at) {
    if (answer.facets[at].empty()) {
      continue;
    }
    fmt::print(out, "{}:", search::name(static_cast<search::Facet>(at)));
    for (const search::FacetCount& count : answer.facets[at]) {
      const auto name = names.find(count.value);
      fmt::print(out, "  {} ({})", name == names.end() ? count.value : name->second, count.count);
    }
    fmt::print(out, "\n");
  }
}

void print(std::ostream& out, const registry::Card& card, const std::vector<registry::Link>& links_out,
           const std::vector<registry::Link>& links_in, const std::vector<registry::Event>& history,
           Language language) {
  fmt::print(out, "{}  {}  {}{}\n", card.id.text(), label(registry::description(card.kind), language), card.label,
             card.page ? "" : said(language, "  (no page)", "  (sans page)"));
  for (const registry::CardField& field : card.fields) {
    for (const registry::CardValue& value : field.values) {
      std::string from;
      for (const uint32_t source : value.sources) {
        from += from.empty() ? "" : ", ";
        from += card.sources[source].source;
      }
      const std::string more = attributes(value.value);
      fmt::print(out, "  {}: {}{}{}{}  [{}{}]\n", label(registry::description(field.field), language), value.value.text,
                 value.value.lang.empty() ? "" : " (" + value.value.lang + ")", more.empty() ? "" : "  {" + more + "}",
                 value.lost ? said(language, "  (another value won)", "  (une autre valeur l’emporte)") : "", from,
                 value.decision != 0 ? said(language, "decision {}", "décision {}", value.decision) : "");
    }
  }
  print_links(out, links_out, true);
  print_links(out, links_in, false);
  for (const registry::Event& event : history) {
    fmt::print(out, "  {}  {}  {} {} {}\n", event.at, event.what, event.who, event.key, event.why);
  }
}

}  // namespace pitchblende::cli
