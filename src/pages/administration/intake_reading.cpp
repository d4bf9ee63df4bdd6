#include "pages/administration/intake_reading.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "pages/administration/intake_columns.hpp"

namespace pitchblende::pages {

namespace {

using intake::Intake;
using registry::Attribute;
using registry::FieldType;

constexpr int64_t k_previewed = 10;  // rows
constexpr size_t k_first_rows = 10;  // of a table, among which its titles are chosen
constexpr size_t k_first_cells = 8;
constexpr size_t k_cell = 40;  // bytes

std::string count_of(const Words& words, int64_t count) { return words.number(static_cast<uint64_t>(count)); }

Views remarks(const std::vector<intake::Remark>& all, const std::vector<sources::Target>& targets, const Words& words) {
  Views out;
  for (const intake::Remark& each : all) {
    out.push_back(view({{"place", each.place},
                        {"rows", count_of(words, each.rows)},
                        {"field", field_words(words, each.kind, each.field, targets)},
                        {"message", words.language() == Language::french ? each.french : each.english},
                        {"excerpt", each.excerpt}}));
  }
  return out;
}

// "fundref:501100001665" → "Crossref Funder ID 501100001665"; anything else as it is.
std::string identifier_words(const std::string& text, const Words& words) {
  const size_t colon = text.find(':');
  for (const registry::KindDescription& kind : registry::kinds()) {
    const auto field = registry::find_field(kind.kind, std::string_view(text).substr(0, colon));
    if (colon != std::string::npos && field && registry::description(*field).type == FieldType::identifier) {
      return words.label(*field) + " " + text.substr(colon + 1);
    }
  }
  return text;
}

// What a reader sees of a code, and of a reference its name or key.
std::string text_words(FieldType type, const std::string& text, const Words& words) {
  if (type == FieldType::code) {
    return words.of_code(text);
  }
  if (type == FieldType::flag) {
    return words.get(text == "true" ? "yes" : "no");
  }
  if (type == FieldType::link) {
    for (const std::string_view scheme : {"name:", "label:"}) {
      if (text.starts_with(scheme)) {
        return text.substr(scheme.size());
      }
    }
    if (const size_t key = text.find('/'); text.starts_with("local:") && key != std::string::npos) {
      return text.substr(key + 1);
    }
    return identifier_words(text, words);
  }
  return text;
}

std::string attribute_text(Attribute attribute, const std::string& text, const Words& words) {
  const bool is_code = attribute == Attribute::type || attribute == Attribute::role || attribute == Attribute::kind ||
                       attribute == Attribute::status;
  return is_code ? words.of_code(text) : attribute == Attribute::head ? words.get(text == "true" ? "yes" : "no") : text;
}

// "engineer (title: Ingénieur, since: 2019)"
std::string value_words(FieldType type, const registry::Value& value, const Words& words) {
  std::string beside;
  for (const auto& [attribute, text] : value.attributes) {
    beside += (beside.empty() ? " (" : ", ") + attribute_words(words, attribute) + words.get("form.colon") + " " +
              attribute_text(attribute, text, words);
  }
  return text_words(type, value.text, words) + (beside.empty() ? "" : beside + ")");
}

// A record's fields as a reader sees them: {label, values}.
Views said_of(const registry::Record& record, const Words& words) {
  Views out;
  std::optional<registry::FieldId> last;
  std::string values;
  const auto put = [&] {
    if (last) {
      out.push_back(view({{"label", words.label(*last)}, {"values", values}}));
    }
  };
  for (const auto& [field, value] : record.values) {
    if (last != field) {
      put();
      values.clear();
    }
    values += (values.empty() ? "" : "; ") + value_words(registry::description(field).type, value, words);
    last = field;
  }
  put();
  return out;
}

// "family_name, given_names", in words.
std::string fields_words(const Words& words, std::string_view kind, std::string_view fields) {
  std::string out;
  while (!fields.empty()) {
    const size_t end = std::min(fields.find(", "), fields.size());
    out += (out.empty() ? "" : ", ") + field_words(words, kind, fields.substr(0, end), {});
    fields.remove_prefix(std::min(end + 2, fields.size()));
  }
  return out;
}

size_t filled(const sources::SheetRow& row) {
  return static_cast<size_t>(
      std::ranges::count_if(row.cells, [](const std::string& cell) { return !squeeze(cell).empty(); }));
}

// The row that looks most like titles: the first that is about as wide as the widest.
int64_t likely_titles(const sources::Sheet& sheet) {
  size_t widest = 0;
  for (const sources::SheetRow& row : sheet.rows) {
    widest = std::max(widest, filled(row));
  }
  for (const sources::SheetRow& row : sheet.rows) {
    if (filled(row) * 2 > widest) {
      return row.number;
    }
  }
  return 0;
}

Views row_views(const Words& words, const sources::Sheet& sheet, int64_t chosen) {
  Views out;
  for (const sources::SheetRow& row : sheet.rows) {
    Views cells;
    for (size_t at = 0; at < std::min(row.cells.size(), k_first_cells); ++at) {
      std::string text = clean_utf8(row.cells[at].substr(0, k_cell));
      text += row.cells[at].size() > k_cell ? "…" : "";
      cells.push_back(view({{"text", squeeze(text)}}));
    }
    View each{{"cells", std::move(cells)}};
    each["number"] = std::to_string(row.number);
    each["label"] = put_in(words.get("intake.this_row"), "row", std::to_string(row.number));
    each["selected"] = row.number == chosen;
    out.push_back(std::move(each));
  }
  return out;
}

// Which sheet, and which of its rows has the titles. `preview`: null where no titles were found.
void put_tables(const Words& words, const std::vector<sources::Sheet>& tables, const sources::TableChoice& choice,
                const sources::Preview* preview, View& body) {
  const std::string read = preview != nullptr       ? preview->part
                           : !choice.sheets.empty() ? choice.sheets.front()
                                                    : std::string();
  const sources::Sheet* shown = nullptr;
  Views sheets;
  Views unread;
  for (const sources::Sheet& each : tables) {
    if (each.rows.empty()) {
      continue;
    }
    shown = each.name == read || (shown == nullptr && !each.hidden) ? &each : shown;
    View sheet = view({{"value", each.name}, {"label", each.name}});
    sheet["selected"] = choice.sheets.size() == 1 && choice.sheets.front() == each.name;
    sheets.push_back(std::move(sheet));
    if (preview != nullptr && !each.hidden &&
        std::ranges::find(preview->passed_over, each.name) != preview->passed_over.end()) {
      unread.push_back(
          view({{"name", each.name}, {"label", put_in(words.get("intake.read_sheet"), "sheet", each.name)}}));
    }
  }
  if (shown == nullptr) {
    return;
  }
  const int64_t found = choice.header == 0 && preview != nullptr ? preview->header_line : 0;
  const int64_t chosen = found > 0 ? 0 : choice.header > 0 ? choice.header : likely_titles(*shown);
  body["table_rows"] = row_views(words, *shown, chosen);
  body["table_sheet"] = shown->name;
  body["found"] = chosen == 0;
  body["found_words"] = found > 0 ? put_in(words.get("intake.header_found"), "row", std::to_string(found))
                                  : words.get("intake.header_unfound");
  body["untitled"] = preview == nullptr;
  body["unread"] = std::move(unread);
  if (sheets.size() > 1) {
    body["sheets"] = std::move(sheets);
  }
}

}  // namespace

void put_report(const Words& words, const Intake& intake, const std::vector<sources::Target>& targets, View& body) {
  if (intake.report.empty()) {
    return;
  }
  const intake::Report report = intake::decode_report(intake.report);
  body["reported"] = true;
  body["counts"] = Views();
  const std::pair<std::string_view, int64_t> counts[] = {
      {"rows", report.rows},         {"read", report.read},           {"accepted", report.accepted},
      {"rejected", report.rejected}, {"notices", report.notices},     {"fresh", report.fresh},
      {"changed", report.changed},   {"withdrawn", report.withdrawn}, {"unchanged", report.unchanged}};
  Views shown;
  for (const auto& [name, count] : counts) {
    if (name == "rows" && count == 0) {
      continue;  // no table
    }
    shown.push_back(
        view({{"label", words.get("intake.counts." + std::string(name))}, {"count", count_of(words, count)}}));
  }
  body["counts"] = std::move(shown);
  if (report.pageless > 0) {
    body["pageless"] = words.count("intake.pageless", static_cast<uint64_t>(report.pageless));
  }
  const std::string& problem = words.language() == Language::french ? report.problem_french : report.problem_english;
  if (!problem.empty()) {
    body["run_problem"] = problem;
  }
  Views losses;
  for (const intake::Loss& each : report.losses) {
    const auto kind = registry::kind(each.kind);
    losses.push_back(view({{"kind", kind ? words.kind(*kind) : each.kind},
                           {"field", field_words(words, each.kind, each.field, {})},
                           {"records", count_of(words, each.records)},
                           {"had", count_of(words, each.had)}}));
  }
  body["losses"] = std::move(losses);
  body["rejects"] = remarks(report.rejects, targets, words);
  body["remarks"] = remarks(report.remarks, targets, words);
  Views differences;
  for (const intake::Difference& each : report.differences) {
    const auto kind = registry::kind(each.kind);
    differences.push_back(view({{"change", words.get("intake.changes." + each.change)},
                                {"kind", kind ? words.kind(*kind) : each.kind},
                                {"key", each.key},
                                {"name", each.name},
                                {"fields", fields_words(words, each.kind, each.fields)}}));
  }
  body["differences"] = std::move(differences);
}

void put_reading(const Site& site, const Words& words, const Intake& intake,
                 const std::vector<sources::Target>& targets, const http::Form* columns, View& body) {
  intake::IntakeRoom& room = *site.settings().intake;
  const std::string mapping = intake::IntakeRoom::mapping_text(intake.said);
  const auto tables = room.tables(intake, k_first_rows);
  if (mapping.empty()) {
    return;  // it is no table, or nobody knows yet what it holds
  }
  const auto preview = room.preview(intake, k_previewed);
  const auto choice = sources::table_choice(mapping);
  if (tables && choice) {
    put_tables(words, *tables, *choice, preview ? &*preview : nullptr, body);
  }
  if (!preview) {
    if (body.find("run_problem") == body.end()) {
      body["preview_problem"] = room.plain(preview.error().message(words.language()));
    }
    return;
  }
  Views rows;
  for (const auto& each : preview->accepted) {
    View row = view({{"line", std::to_string(each.place.line > 0 ? each.place.line : each.place.record)},
                     {"kind", words.kind(each.record.kind)},
                     {"key", each.record.key}});
    row["said"] = said_of(each.record, words);
    rows.push_back(std::move(row));
  }
  body["preview_columns"] = column_views(words, preview->columns, targets, columns);
  body["preview_rows"] = std::move(rows);
}

}  // namespace pitchblende::pages
