#include "cli/print.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <map>

namespace pitchblende::cli {

namespace {

constexpr size_t k_shown_cases = 3;
constexpr size_t k_shown_entries = 20;
constexpr size_t k_shown_members = 50;

std::string_view label(const registry::KindDescription& kind, Language language) {
  return language == Language::french ? kind.french : kind.english;
}

std::string_view label(const registry::FieldDescription& field, Language language) {
  return language == Language::french ? field.french : field.english;
}

std::string place(const sources::Place& place) {
  std::string out = place.file;
  out += place.part.empty() ? "" : " [" + place.part + "]";
  out += place.line > 0 ? fmt::format(": line {}", place.line) : "";
  // Much JSON stands on one line.
  out += place.line <= 1 && place.record > 1 ? fmt::format(": record {}", place.record) : "";
  return out;
}

// Each reason with how often it came, and its first cases.
void print_findings(std::ostream& out, const pool::RunReport& report, Language language) {
  for (const pool::FindingCount& count : report.by_reason) {
    fmt::print(out, "  {} {}{}{}: {}\n", count.rejected ? "rejected" : "notice  ", count.code,
               count.field.empty() ? "" : ", ", count.field, count.count);
    size_t shown = 0;
    for (size_t at = 0; at < report.findings.size() && shown < k_shown_cases; ++at) {
      const sources::Finding& finding = report.findings[at];
      if (report.finding_rejected[at] == count.rejected && finding.field == count.field &&
          count.code == finding.error.kind().code) {
        ++shown;
        fmt::print(out, "    {}: {}\n", place(finding.place), finding.error.message(language));
      }
    }
    if (count.count > static_cast<int64_t>(shown)) {
      fmt::print(out, "    … and {} more (--json lists them)\n", count.count - static_cast<int64_t>(shown));
    }
  }
}

void print_diff(std::ostream& out, const pool::RunReport& report) {
  size_t shown = 0;
  for (const pool::DiffEntry& entry : report.diff) {
    if (shown++ == k_shown_entries) {
      fmt::print(out, "    … and {} more (--json lists them)\n", report.diff.size() - k_shown_entries);
      return;
    }
    const char sign = entry.change == pool::Change::fresh ? '+' : entry.change == pool::Change::changed ? '~' : '-';
    fmt::print(out, "    {} {} {}  {}\n", sign, registry::name(entry.kind), entry.key, fmt::join(entry.fields, ", "));
  }
}

void print_reasons(std::ostream& out, const std::vector<resolution::Reason>& reasons, Language language) {
  for (const resolution::Reason& reason : reasons) {
    fmt::print(out, "    {}/{} – {}/{}  {}\n", reason.a.record, reason.a.part, reason.b.record, reason.b.part,
               resolution::describe(reason.evidence, reason.detail, language));
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
  fmt::print(out,
             "{}{}: read {}, accepted {}, rejected {}, notices {}; new {}, changed {}, unchanged {}, withdrawn {}\n",
             report.source, dry_run ? " (dry run)" : "", report.read, report.accepted, report.rejected, report.notices,
             report.fresh, report.changed, report.unchanged, report.withdrawn);
  for (const pool::FileReport& file : report.files) {
    if (!file.problem.empty()) {
      fmt::print(out, "  {}\n", file.problem);
    }
  }
  print_findings(out, report, language);
  if (dry_run) {
    print_diff(out, report);
  }
  if (report.refused) {
    fmt::print(out, "  refused: {}\n", report.refusal);
  }
}

void print(std::ostream& out, const pool::SettleReport& report) {
  fmt::print(out, "pooled: {} records resolved among {} mentions; {} new ids, {} merged; {} cards, {} indexed\n",
             report.records, report.mentions, report.fresh, report.merged, report.cards, report.documents);
}

void print(std::ostream& out, const std::vector<registry::KindCount>& counts, Language language) {
  for (const registry::KindCount& count : counts) {
    fmt::print(out, "  {:<24} {:>9}{}\n", label(registry::description(count.kind), language), count.shown,
               count.pageless > 0 ? fmt::format("   and {} printed names without a page", count.pageless) : "");
  }
}

void print(std::ostream& out, const pool::CheckReport& report) {
  for (const std::string& problem : report.problems) {
    fmt::print(out, "problem: {}\n", problem);
  }
  fmt::print(out, "{} cards checked, {} problems; {} links whose target is not there, {} records due\n", report.cards,
             report.problems.size(), report.links_without_target, report.records_due);
}

void print(std::ostream& out, const pool::Explanation& explanation, Language language) {
  fmt::print(out, "{}  {}  {}\n", explanation.id.text(), registry::name(explanation.kind), explanation.label);
  fmt::print(out, "  {} records and names:\n", explanation.members.size());
  for (size_t at = 0; at < std::min(explanation.members.size(), k_shown_members); ++at) {
    const auto& member = explanation.members[at];
    fmt::print(out, "    {}/{}  {} {}{}  {}\n", member.ref.record, member.ref.part, member.source, member.key,
               member.ref.part > 0 ? fmt::format("#{}", member.ref.part) : "", member.text);
  }
  fmt::print(out, "  held together by:\n");
  print_reasons(out, explanation.reasons, language);
  if (!explanation.refused.empty()) {
    fmt::print(out, "  held apart by:\n");
    print_reasons(out, explanation.refused, language);
  }
}

void print(std::ostream& out, const search::Answer& answer, const std::vector<registry::Card>& labels, unsigned from,
           Language language) {
  fmt::print(out, "{} found{}\n", answer.count, answer.relaxed ? " with any of the words: nothing has them all" : "");
  for (const std::string& ignored : answer.ignored) {
    fmt::print(out, "  not used: {}\n", ignored);
  }
  unsigned rank = from;
  for (const search::Hit& hit : answer.hits) {
    fmt::print(out, "{:>3}. {}  {}  {}\n", ++rank, hit.id.text(), label(registry::description(hit.kind), language),
               hit.title);
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
             card.page ? "" : "  (no page)");
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
                 value.lost ? "  (another value won)" : "", from,
                 value.decision != 0 ? fmt::format("decision {}", value.decision) : "");
    }
  }
  print_links(out, links_out, true);
  print_links(out, links_in, false);
  for (const registry::Event& event : history) {
    fmt::print(out, "  {}  {}  {} {} {}\n", event.at, event.what, event.who, event.key, event.why);
  }
}

}  // namespace pitchblende::cli
