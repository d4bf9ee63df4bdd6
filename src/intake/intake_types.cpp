#include "intake/intake_types.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace pitchblende::intake {

namespace {

namespace json = boost::json;

constexpr size_t k_remarks = 200;  // of each sort that are kept to be looked at
constexpr std::array<std::string_view, k_states> k_names{"waiting", "tried",  "applying", "applied",
                                                         "refused", "failed", "dropped"};

std::string text(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

int64_t number(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

json::array remarks(const std::vector<Remark>& all) {
  json::array out;
  for (const Remark& each : all) {
    out.push_back({{"place", each.place},
                   {"field", each.field},
                   {"english", each.english},
                   {"french", each.french},
                   {"excerpt", each.excerpt},
                   {"kind", each.kind},
                   {"rows", each.rows}});
  }
  return out;
}

template <typename Take>
void each_in(const json::object& object, std::string_view name, Take take) {
  const auto* list = object.if_contains(name);
  for (const auto& each : list != nullptr && list->is_array() ? list->as_array() : json::array()) {
    if (each.is_object()) {
      take(each.as_object());
    }
  }
}

std::vector<Remark> remarks(const json::object& object, std::string_view name) {
  std::vector<Remark> out;
  each_in(object, name, [&](const json::object& each) {
    out.push_back({text(each, "place"), text(each, "field"), text(each, "english"), text(each, "french"),
                   text(each, "excerpt"), text(each, "kind"), std::max<int64_t>(number(each, "rows"), 1)});
  });
  return out;
}

// The file's own name, not where it lies.
std::string place_of(const sources::Place& place) {
  std::string out = place.file.substr(place.file.rfind('/') == std::string::npos ? 0 : place.file.rfind('/') + 1);
  out += place.part.empty() ? "" : ", " + place.part;
  const int64_t line = place.line > 0 ? place.line : place.record;
  return line > 0 ? out + ", " + std::to_string(line) : out;
}

Remark remark_of(const sources::Finding& finding) {
  return {place_of(finding.place),
          finding.field,
          finding.error.message(Language::english),
          finding.error.message(Language::french),
          finding.excerpt,
          finding.key.empty() ? "" : std::string(registry::name(finding.kind))};
}

std::string_view name(pool::Change change) {
  switch (change) {
    case pool::Change::fresh:
      return "fresh";
    case pool::Change::changed:
      return "changed";
    case pool::Change::deleted:
      return "deleted";
    case pool::Change::unchanged:
      return "unchanged";
  }
  return "unchanged";
}

// The counts by their names: written and read by one list.
template <typename R, typename Take>
void each_count(R& report, Take take) {
  take("run", report.run);
  take("rows", report.rows);
  take("read", report.read);
  take("accepted", report.accepted);
  take("rejected", report.rejected);
  take("notices", report.notices);
  take("fresh", report.fresh);
  take("changed", report.changed);
  take("unchanged", report.unchanged);
  take("withdrawn", report.withdrawn);
  take("pageless", report.pageless);
}

}  // namespace

std::string_view name(State state) { return k_names[static_cast<size_t>(state)]; }

std::optional<State> state(std::string_view name) {
  for (size_t at = 0; at < k_names.size(); ++at) {
    if (k_names[at] == name) {
      return static_cast<State>(at);
    }
  }
  return std::nullopt;
}

std::string encode(const Report& report) {
  json::object out;
  each_count(report, [&](std::string_view name, int64_t count) { out[name] = count; });
  out["problem_english"] = report.problem_english;
  out["problem_french"] = report.problem_french;
  json::array reasons;
  for (const Reason& each : report.reasons) {
    reasons.push_back(
        {{"code", each.code}, {"field", each.field}, {"rejected", int64_t{each.rejected}}, {"count", each.count}});
  }
  out["reasons"] = std::move(reasons);
  out["rejects"] = remarks(report.rejects);
  out["remarks"] = remarks(report.remarks);
  json::array differences;
  for (const Difference& each : report.differences) {
    differences.push_back({{"change", each.change},
                           {"kind", each.kind},
                           {"key", each.key},
                           {"fields", each.fields},
                           {"name", each.name}});
  }
  json::array losses;
  for (const Loss& each : report.losses) {
    losses.push_back({{"kind", each.kind}, {"field", each.field}, {"records", each.records}, {"had", each.had}});
  }
  out["losses"] = std::move(losses);
  out["differences"] = std::move(differences);
  return json::serialize(out);
}

Report decode_report(std::string_view stored) {
  Report report;
  boost::system::error_code error;
  const json::value value = json::parse(stored, error);
  if (error || !value.is_object()) {
    return report;
  }
  const json::object& object = value.as_object();
  each_count(report, [&](std::string_view name, int64_t& count) { count = number(object, name); });
  report.problem_english = text(object, "problem_english");
  report.problem_french = text(object, "problem_french");
  each_in(object, "reasons", [&](const json::object& each) {
    report.reasons.push_back(
        {text(each, "code"), text(each, "field"), number(each, "rejected") != 0, number(each, "count")});
  });
  report.rejects = remarks(object, "rejects");
  report.remarks = remarks(object, "remarks");
  each_in(object, "differences", [&](const json::object& each) {
    report.differences.push_back(
        {text(each, "change"), text(each, "kind"), text(each, "key"), text(each, "fields"), text(each, "name")});
  });
  each_in(object, "losses", [&](const json::object& each) {
    report.losses.push_back({text(each, "kind"), text(each, "field"), number(each, "records"), number(each, "had")});
  });
  return report;
}

// Rule 10.
void add_remark(std::vector<Remark>& kept, Remark&& remark) {
  const auto same = std::ranges::find_if(kept, [&](const Remark& each) {
    return each.kind == remark.kind && each.field == remark.field && each.excerpt == remark.excerpt &&
           each.english == remark.english;
  });
  if (same != kept.end()) {
    ++same->rows;
  } else if (kept.size() < k_remarks) {
    kept.push_back(std::move(remark));
  }
}

Report report_of(const pool::RunReport& run) {
  Report out;
  out.run = run.run;
  out.rows = run.rows;
  out.read = run.read;
  out.accepted = run.accepted;
  out.rejected = run.rejected;
  out.notices = run.notices;
  out.fresh = run.fresh;
  out.changed = run.changed;
  out.unchanged = run.unchanged;
  out.withdrawn = run.withdrawn;
  std::optional<Error> problem = run.refusal;
  for (const pool::FileReport& file : run.files) {
    problem = file.problem ? file.problem : problem;
  }
  if (problem) {
    out.problem_english = problem->message(Language::english);
    out.problem_french = problem->message(Language::french);
  }
  for (const pool::FindingCount& each : run.by_reason) {
    out.reasons.push_back({each.code, each.field, each.rejected, each.count});
  }
  for (size_t at = 0; at < run.findings.size(); ++at) {
    add_remark(run.finding_rejected[at] ? out.rejects : out.remarks, remark_of(run.findings[at]));
  }
  for (const pool::DiffEntry& each : run.diff) {
    if (out.differences.size() == k_remarks) {
      break;
    }
    std::string fields;
    for (const std::string& field : each.fields) {
      fields += (fields.empty() ? "" : ", ") + field;
    }
    out.differences.push_back({std::string(name(each.change)), std::string(registry::name(each.kind)), each.key,
                               std::move(fields), each.label});
  }
  for (const pool::LostPart& each : run.lost) {
    out.losses.push_back({std::string(registry::name(each.kind)), each.part, each.records, each.had});
  }
  return out;
}

}  // namespace pitchblende::intake
