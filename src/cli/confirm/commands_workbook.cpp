// The round-trip workbook at a terminal: written, read as a dry run, applied.
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <ostream>

#include "access/audit.hpp"
#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/matching.hpp"
#include "confirm/workbooks.hpp"
#include "registry/registry.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;
using confirm::CellFate;
using confirm::CellOutcome;
using confirm::Reading;

constexpr size_t k_largest_file = 64 << 20;

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file || static_cast<size_t>(file.tellg()) > k_largest_file) {
    return fail(errors::folder, path, file ? "larger than 64 MiB" : "cannot be read");
  }
  file.seekg(0);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

// The line in the audit log: who sits at the terminal has no number.
confirm::Also noted(const access::Audit& audit, std::string_view verb, Id whole) {
  access::Deed deed{0, std::string(verb), "workbook", static_cast<int64_t>(whole.bits()), {}};
  return [&audit, deed = std::move(deed)](store::Transaction& db) { return audit.record(db, deed); };
}

Result<Exit> write_out(const Options& options, Workplace& place, confirm::Workbooks& workbooks,
                       const access::Audit& audit, const Streams& streams) {
  const registry::Registry registry(*place.store);
  TRY_ASSIGN(const Id whole, id_of(registry, options.id));
  TRY_ASSIGN(const std::optional<Id> known, registry.current(whole));
  if (!known) {
    return fail(errors::not_found, options.id);
  }
  TRY_ASSIGN(const confirm::MadeWorkbook made, workbooks.make(*known, 0, access::Viewer::everything(), options.language,
                                                              noted(audit, "make_workbook", *known)));
  std::ofstream file(options.target, std::ios::binary);
  file.write(made.bytes.data(), static_cast<std::streamsize>(made.bytes.size()));
  file.flush();
  if (!file) {
    return fail(errors::folder, options.target, "cannot be written");
  }
  if (options.json) {
    streams.out << json::serialize(
                       json::object{{"workbook", made.number}, {"cards", made.cards}, {"file", options.target}})
                << '\n';
  } else {
    fmt::print(streams.out,
               fmt::runtime(options.language == Language::french ? "classeur {} : {} fiches, {}\n"
                                                                 : "workbook {}: {} cards, {}\n"),
               made.number, made.cards, options.target);
  }
  return Exit::done;
}

json::object cell_json(const CellOutcome& cell) {
  json::array now;
  for (const std::string& each : cell.now) {
    now.emplace_back(each);
  }
  return {{"field", registry::description(cell.edit.edit.field).name},
          {"language", cell.edit.edit.lang},
          {"before", cell.edit.shown},
          {"after", cell.edit.typed},
          {"fate", confirm::name(cell.fate)},
          {"now", std::move(now)},
          {"error", cell.error ? cell.error->kind().code : ""}};
}

std::string to_json(const Reading& reading, const std::string& applied) {
  json::array cards;
  for (const confirm::CardOutcome& card : reading.changes) {
    json::array cells;
    for (const CellOutcome& cell : card.cells) {
      cells.push_back(cell_json(cell));
    }
    cards.push_back({{"id", card.is_new() ? "" : card.card.text()},
                     {"kind", registry::name(card.kind)},
                     {"label", card.label},
                     {"cells", std::move(cells)}});
  }
  json::array findings;
  for (const confirm::RowFinding& each : reading.findings) {
    findings.push_back({{"sheet", each.sheet},
                        {"row", each.row},
                        {"code", each.error.kind().code},
                        {"message", each.error.message(Language::english)}});
  }
  return json::serialize(json::object{{"workbook", reading.workbook},
                                      {"read", reading.read},
                                      {"accepted", reading.accepted},
                                      {"rejected", reading.rejected},
                                      {"missing", reading.missing.size()},
                                      {"new", reading.count_new()},
                                      {"corrections", reading.count(CellFate::applied)},
                                      {"conflicts", reading.count(CellFate::conflict)},
                                      {"refused", reading.count(CellFate::wrong)},
                                      {"applied", applied},
                                      {"cards", std::move(cards)},
                                      {"findings", std::move(findings)}});
}

void print(const Streams& streams, const Reading& reading, Language language) {
  const bool french = language == Language::french;
  for (const confirm::RowFinding& each : reading.findings) {
    fmt::print(streams.err, "{}{}: {}\n", each.sheet, each.row == 0 ? "" : fmt::format(", {}", each.row),
               each.error.message(language));
  }
  for (const confirm::CardOutcome& card : reading.changes) {
    fmt::print(streams.out, "{}  {}\n", card.is_new() ? (french ? "nouveau" : "new") : card.card.text(), card.label);
    for (const CellOutcome& cell : card.cells) {
      const registry::FieldDescription& field = registry::description(cell.edit.edit.field);
      std::string beside = cell.error ? cell.error->message(language) : "";
      for (const std::string& each : cell.now) {
        beside += (beside.empty() ? (french ? "maintenant : " : "now: ") : " ; ") + each;
      }
      fmt::print(streams.out, "    {}: “{}” → “{}”  [{}]{}\n", french ? field.french : field.english, cell.edit.shown,
                 cell.edit.typed, confirm::name(cell.fate), beside.empty() ? "" : "  " + beside);
    }
  }
  fmt::print(
      streams.out,
      fmt::runtime(
          french ? "{} lignes lues, {} refusées ; {} corrections, {} nouveautés, {} conflits, {} valeurs refusées ; {} "
                   "fiches absentes du fichier, gardées\n"
                 : "{} rows read, {} refused; {} corrections, {} new things, {} conflicts, {} values refused; {} cards "
                   "not in the file, kept\n"),
      reading.read, reading.rejected, reading.count(CellFate::applied), reading.count_new(),
      reading.count(CellFate::conflict), reading.count(CellFate::wrong), reading.missing.size());
}

Result<Exit> take_back(const Options& options, confirm::Workbooks& workbooks, const access::Audit& audit,
                       const Streams& streams) {
  const std::string& path = options.files.front();
  TRY_ASSIGN(const std::string bytes, read_file(path));
  TRY_ASSIGN(Reading reading, workbooks.read(bytes, path, std::nullopt));
  std::string applied;
  if (options.apply) {
    TRY_ASSIGN(const int64_t number, workbooks.keep(reading, 0, noted(audit, "read_workbook", reading.whole)));
    TRY_ASSIGN(const Reading done, workbooks.apply(number, options.who.empty() ? "terminal" : options.who,
                                                   noted(audit, "apply_workbook", reading.whole)));
    reading.changes = done.changes;
    applied = done.applied;
  }
  if (options.json) {
    streams.out << to_json(reading, applied) << '\n';
  } else {
    print(streams, reading, options.language);
  }
  const bool clean = reading.rejected == 0 && reading.findings.empty() && reading.count(CellFate::conflict) == 0 &&
                     reading.count(CellFate::wrong) == 0;
  return clean ? Exit::done : Exit::rejected;
}

}  // namespace

Result<Exit> workbook(const Options& options, Workplace& place, const Streams& streams) {
  TRY_ASSIGN(const std::string secret, folder_secret(options.data));
  const access::Audit audit(*place.store, place.clock, secret);
  confirm::Confirm confirm(*place.store, *place.pool, place.clock, secret);
  confirm::Workbooks workbooks(*place.store, *place.pool, confirm, place.clock);
  return options.action == "export" ? write_out(options, place, workbooks, audit, streams)
                                    : take_back(options, workbooks, audit, streams);
}

}  // namespace pitchblende::cli
