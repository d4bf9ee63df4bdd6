#include "cli/json.hpp"

#include <boost/json.hpp>
#include <map>

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

std::string text(const json::value& value) { return json::serialize(value); }

json::object finding(const sources::Finding& finding, bool rejected) {
  return {{"rejected", rejected},
          {"file", finding.place.file},
          {"part", finding.place.part},
          {"line", finding.place.line},
          {"record", finding.place.record},
          {"field", finding.field},
          {"code", finding.error.kind().code},
          {"message", finding.error.message()},
          {"excerpt", finding.excerpt}};
}

std::string_view change_name(pool::Change change) {
  switch (change) {
    case pool::Change::unchanged:
      return "unchanged";
    case pool::Change::fresh:
      return "new";
    case pool::Change::changed:
      return "changed";
    case pool::Change::deleted:
      return "withdrawn";
  }
  return "unchanged";
}

json::array links(const std::vector<registry::Link>& all) {
  json::array out;
  for (const registry::Link& link : all) {
    out.push_back({{"field", link.field},
                   {"from", link.from.text()},
                   {"from_label", link.from_label},
                   {"to", link.to.text()},
                   {"to_label", link.to_label},
                   {"role", link.role},
                   {"since", link.since},
                   {"until", link.until}});
  }
  return out;
}

}  // namespace

std::string to_json(const Error& error) {
  return text({{"error", error.kind().code}, {"message", error.message()}, {"status", error.kind().status}});
}

std::string to_json(const pool::RunReport& report) {
  json::object out{{"run", report.run},
                   {"source", report.source},
                   {"refused", report.refused},
                   {"refusal", report.refusal ? report.refusal->message() : ""},
                   {"read", report.read},
                   {"rows", report.rows},
                   {"accepted", report.accepted},
                   {"rejected", report.rejected},
                   {"notices", report.notices},
                   {"new", report.fresh},
                   {"changed", report.changed},
                   {"unchanged", report.unchanged},
                   {"withdrawn", report.withdrawn}};
  json::array files;
  for (const pool::FileReport& file : report.files) {
    files.push_back(
        {{"name", file.name}, {"bytes", file.bytes}, {"problem", file.problem ? file.problem->message() : ""}});
  }
  json::array by_reason;
  for (const pool::FindingCount& count : report.by_reason) {
    by_reason.push_back(
        {{"code", count.code}, {"field", count.field}, {"rejected", count.rejected}, {"count", count.count}});
  }
  json::array findings;
  for (size_t at = 0; at < report.findings.size(); ++at) {
    findings.push_back(finding(report.findings[at], report.finding_rejected[at]));
  }
  json::array lost;
  for (const pool::LostPart& each : report.lost) {
    lost.push_back(
        {{"kind", registry::name(each.kind)}, {"part", each.part}, {"records", each.records}, {"had", each.had}});
  }
  json::array diff;
  for (const pool::DiffEntry& entry : report.diff) {
    diff.push_back({{"change", change_name(entry.change)},
                    {"kind", registry::name(entry.kind)},
                    {"key", entry.key},
                    {"fields", json::value_from(entry.fields)}});
  }
  out["files"] = std::move(files);
  out["by_reason"] = std::move(by_reason);
  out["findings"] = std::move(findings);
  out["lost"] = std::move(lost);
  out["diff"] = std::move(diff);
  return text(out);
}

std::string to_json(const pool::SettleReport& report) {
  return text({{"records", report.records},
               {"mentions", report.mentions},
               {"entities", report.entities},
               {"new_ids", report.fresh},
               {"merged", report.merged},
               {"cards", report.cards},
               {"pageless", report.pageless},
               {"documents", report.documents},
               {"index_remade", report.index_remade}});
}

std::string to_json(const pool::CheckReport& report) {
  return text({{"problems", json::value_from(report.problems)},
               {"cards", report.cards},
               {"links_without_target", report.links_without_target},
               {"records_due", report.records_due}});
}

std::string to_json(const search::Answer& answer, const std::vector<registry::Card>& labels) {
  std::map<std::string, std::string> names;
  for (const registry::Card& card : labels) {
    names[card.id.text()] = card.label;
  }
  json::array hits;
  for (const search::Hit& hit : answer.hits) {
    json::array marks;
    for (const auto& [begin, end] : hit.marks) {
      marks.push_back({begin, end});
    }
    hits.push_back({{"id", hit.id.text()},
                    {"kind", registry::name(hit.kind)},
                    {"score", hit.score},
                    {"title", search::title_in(hit.title, "fr")},
                    {"snippet", hit.snippet},
                    {"marks", std::move(marks)}});
  }
  json::object facets;
  for (size_t at = 0; at < answer.facets.size(); ++at) {
    json::array counts;
    for (const search::FacetCount& count : answer.facets[at]) {
      json::object counted{{"value", count.value}, {"count", count.count}};
      if (const auto name = names.find(count.value); name != names.end()) {
        counted["label"] = name->second;
      }
      counts.push_back(std::move(counted));
    }
    facets[search::name(static_cast<search::Facet>(at))] = std::move(counts);
  }
  json::array notes;
  for (const search::QueryNote& note : answer.notes) {
    notes.push_back({{"reason", search::name(note.reason)}, {"text", note.text}});
  }
  json::array translated;
  for (const search::Translated& each : answer.translated) {
    translated.push_back({{"words", each.words}, {"also", json::value_from(each.also)}});
  }
  return text({{"count", answer.count},
               {"relaxed", answer.relaxed},
               {"notes", std::move(notes)},
               {"translated", std::move(translated)},
               {"hits", std::move(hits)},
               {"facets", std::move(facets)},
               {"ignored", json::value_from(answer.ignored)}});
}

std::string to_json(const registry::Card& card, const std::vector<registry::Link>& out,
                    const std::vector<registry::Link>& in, const std::vector<registry::Event>& history) {
  json::array events;
  for (const registry::Event& event : history) {
    events.push_back(
        {{"at", event.at}, {"what", event.what}, {"who", event.who}, {"key", event.key}, {"why", event.why}});
  }
  json::object whole{{"id", card.id.text()}, {"kind", registry::name(card.kind)}};
  whole["card"] = json::parse(registry::encode(card));
  whole["links"] = links(out);
  whole["linked_from"] = links(in);
  whole["history"] = std::move(events);
  return text(whole);
}

}  // namespace pitchblende::cli
