#include "pool/runs/staging.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "base/text.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

using registry::Record;
using store::ColumnType;
using store::Row;
using store::Rows;
using store::Transaction;

// A piece that the writer stages in well under 50 ms.
constexpr size_t k_batch_records = 500;
constexpr size_t k_batch_bytes = 2u << 20;
constexpr int64_t k_stored_findings = 100'000;

std::string fitting(std::string_view text, size_t bytes) {
  while (bytes > 0 && bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) {
    --bytes;
  }
  return std::string(text.substr(0, bytes));
}

std::vector<std::string> changed_fields(registry::Kind kind, std::string_view before, std::string_view after) {
  using Values = std::map<registry::FieldId, std::vector<registry::Value>>;
  const auto by_field = [&](std::string_view payload) {
    Values values;
    if (auto record = registry::decode(kind, "", payload)) {
      for (auto& [field, value] : record->values) {
        values[field].push_back(std::move(value));
      }
    }
    return values;
  };
  const Values old_values = by_field(before);
  const Values new_values = by_field(after);
  std::vector<std::string> fields;
  for (const auto& described : registry::description(kind).fields) {
    const auto field = registry::field(kind, described.name);
    const auto was = old_values.find(field);
    const auto is = new_values.find(field);
    const bool gone = (was == old_values.end()) != (is == new_values.end());
    if (gone || (was != old_values.end() && was->second != is->second)) {
      fields.emplace_back(described.name);
    }
  }
  return fields;
}

}  // namespace

Staging::Staging(State& state, const SourceSettings& settings, int64_t source, int64_t run,
                 const ImportOptions& options, RunReport& report, Erased erased)
    : m_state(state),
      m_settings(settings),
      m_source(source),
      m_run(run),
      m_options(options),
      m_report(report),
      m_pipeline(state.store),
      m_erased(std::move(erased)) {}

void Staging::begin_file(int64_t bytes_before, int64_t bytes_total, const OnProgress* on_progress) {
  m_bytes_before = bytes_before;
  m_bytes_total = bytes_total;
  m_on_progress = on_progress;
}

bool Staging::repeats(const Item& item, const sources::Place& place) {
  const uint64_t name = hash64(std::string(registry::name(item.kind)) + '\n' + item.key);
  const uint64_t content = item.deleted ? 0 : hash64(item.hash);
  const auto [at, fresh] = m_in_run.try_emplace(name, content);
  if (fresh) {
    return false;
  }
  const bool same = at->second == content;
  if (m_settings.mode == sources::Mode::feed && !same) {
    at->second = content;  // a feed says things again when they change: the last word stands
    flush();               // and is compared with the one before, which must be there by then
    if (m_error) {
      m_error = m_pipeline.finish();
    }
    return false;
  }
  if (same) {
    ++m_report.accepted;
    ++m_report.unchanged;
  } else {
    reject({place, "key", fitting(item.key, 80), Error(errors::duplicate_key, item.key)});
  }
  return true;
}

bool Staging::is_erased(const Record& record, const sources::Place& place) {
  if (record.deleted || !m_erased.knows({m_settings.name, record.kind, record.key}, record)) {
    return false;
  }
  forget_said_at(place);
  reject(sources::Finding{place, {}, {}, Error(errors::erased)});
  return true;
}

void Staging::forget_said_at(const sources::Place& place) {
  const auto forget = [&](sources::Finding& finding) {
    if (finding.place.file == place.file && finding.place.part == place.part && finding.place.record == place.record &&
        finding.place.line == place.line) {
      finding.excerpt.clear();
      finding.error = Error(errors::erased);
    }
  };
  for (auto* findings : {&m_findings, &m_report.findings}) {
    // What was said of a record stands together, at the end.
    std::for_each(findings->end() - static_cast<std::ptrdiff_t>(std::min<size_t>(findings->size(), 100)),
                  findings->end(), forget);
  }
}

void Staging::accept(Record&& record, const sources::Place& place) {
  if (!m_error) {
    return;
  }
  if (record.key.empty()) {
    reject({place, "key", {}, Error(errors::no_key)});
    return;
  }
  if (is_erased(record, place)) {
    return;
  }
  m_erased.scrub({m_settings.name, record.kind, record.key}, record);
  Item item;
  item.kind = record.kind;
  item.key = record.key;
  item.date = record.date;
  item.deleted = record.deleted;
  if (!record.deleted) {
    item.payload = registry::encode(record);
    item.hash = registry::content_hash(record, item.payload);
  }
  if (repeats(item, place)) {
    return;
  }
  ++m_report.accepted;
  m_batch_bytes += item.payload.size();
  m_batch.push_back(std::move(item));
  if (m_batch.size() >= k_batch_records || m_batch_bytes >= k_batch_bytes) {
    flush();
  }
}

void Staging::keep(sources::Finding&& finding, bool rejected) {
  const std::string reason = std::string(finding.error.kind().code) + '\n' + finding.field + (rejected ? "\n1" : "\n0");
  const auto [at, fresh] = m_reasons.try_emplace(reason, m_report.by_reason.size());
  if (fresh) {
    m_report.by_reason.push_back({finding.error.kind().code, finding.field, rejected, 0});
  }
  ++m_report.by_reason[at->second].count;
  finding.excerpt = fitting(clean_utf8(finding.excerpt), 80);
  if (m_report.findings.size() < m_options.largest_findings) {
    m_report.findings.push_back(finding);
    m_report.finding_rejected.push_back(rejected);
  }
  if (m_run != 0 && m_finding_ordinal + static_cast<int64_t>(m_findings.size()) < k_stored_findings) {
    m_findings.push_back(std::move(finding));
    m_finding_rejected.push_back(rejected);
    if (m_findings.size() >= k_batch_records) {
      flush();
    }
  }
}

// What is said wrongly is still said: as long as its row is there, a snapshot withdraws nothing.
void Staging::reject(sources::Finding&& finding) {
  ++m_report.rejected;
  if (!finding.key.empty() && m_erased.knows({m_settings.name, finding.kind, finding.key})) {
    finding = sources::Finding{finding.place, {}, {}, Error(errors::erased)};
  }
  if (!finding.key.empty() && m_settings.mode == sources::Mode::snapshot && m_error) {
    m_rejected.push_back({finding.kind, finding.key, {}, {}, {}, false, 0, 0, {}, false});
    if (m_rejected.size() >= k_batch_records) {
      m_error = stage_rejected();
    }
  }
  keep(std::move(finding), true);
}

Result<void> Staging::stage_rejected() {
  Batch batch = std::move(m_rejected);
  m_rejected.clear();
  TRY(compare(batch));
  auto rows = std::make_shared<StagedRows>();
  for (const Item& item : batch) {
    if (item.version == 0 || item.withdrawn) {
      continue;
    }
    if (m_run == 0) {
      m_seen.insert(item.record);
    } else {
      rows->seen.add(m_run).add(item.record).add(static_cast<int64_t>(Change::unchanged)).add(item.version);
    }
  }
  // The record that was rejected may be one that another row says rightly: that one stands.
  return m_pipeline.write([rows](Transaction& db) -> Result<void> {
    TRY(
        db.bulk("INSERT INTO run_record (run, record, change, version) SELECT run, record, change, version "
                "FROM {rows} AS q WHERE true ON CONFLICT (run, record) DO NOTHING",
                rows->seen));
    return {};
  });
}

void Staging::notice(sources::Finding&& finding) {
  ++m_report.notices;
  keep(std::move(finding), false);
}

bool Staging::progress(int64_t bytes_done) {
  if (m_on_progress != nullptr && *m_on_progress &&
      !(*m_on_progress)({"import", m_bytes_before + bytes_done, m_bytes_total, "bytes"})) {
    m_stopped = true;
  }
  return !m_stopped && m_error.has_value();
}

// What the store has of the batch's records, one row each, by their place in the batch.
Result<void> Staging::compare(Batch& batch) {
  Rows rows{{"at", ColumnType::integer}, {"source", ColumnType::integer}, {"kind"}, {"key"}};
  for (size_t at = 0; at < batch.size(); ++at) {
    rows.add(static_cast<int64_t>(at))
        .add(m_source)
        .add(std::string(registry::name(batch[at].kind)))
        .add(batch[at].key);
  }
  return m_state.store.read([&](store::Connection& db) {
    return db.lookup(
        "SELECT q.at, r.id, r.version, v.hash, r.withdrawn FROM {rows} q "
        "JOIN record r ON r.source = q.source AND r.kind = q.kind AND r.key = q.key "
        "LEFT JOIN version v ON v.id = r.version",
        rows, [&](const Row& row) {
          Item& item = batch[static_cast<size_t>(row.integer(0))];
          item.record = row.integer(1);
          item.version = row.integer(2);
          item.old_hash = row.text(3);
          item.withdrawn = !row.is_null(4);
        });
  });
}

Change Staging::classify(const Item& item) const {
  const bool known = item.version != 0;
  if (item.deleted) {
    return known && !item.withdrawn ? Change::deleted : Change::unchanged;
  }
  if (!known) {
    return Change::fresh;
  }
  return item.hash == item.old_hash && !item.withdrawn ? Change::unchanged : Change::changed;
}

void Staging::count(const Item& item, Change change) {
  switch (change) {
    case Change::unchanged:
      ++m_report.unchanged;
      return;
    case Change::fresh:
      ++m_report.fresh;
      break;
    case Change::changed:
      ++m_report.changed;
      break;
    case Change::deleted:
      ++m_report.withdrawn;
      break;
  }
  if (m_report.diff.size() < m_options.largest_diff) {
    add_to_diff(item, change);
  }
}

void Staging::add_to_diff(const Item& item, Change change) {
  DiffEntry entry{change, item.kind, item.key, {}};
  if (change == Change::changed) {
    std::string before;
    const auto read = m_state.store.read([&](store::Connection& db) {
      return db.query("SELECT payload FROM version WHERE id = ?", {item.version},
                      [&](const Row& row) { before = row.text(0); });
    });
    if (read) {
      entry.fields = changed_fields(item.kind, before, item.payload);
    }
  }
  m_report.diff.push_back(std::move(entry));
}

void Staging::note_seen(const Batch& batch) {
  for (const Item& item : batch) {
    count(item, classify(item));
    if (item.version != 0 && !item.withdrawn) {
      m_seen.insert(item.record);
    }
  }
}

void Staging::add_rows(Item& item, StagedRows& rows) {
  const Change change = classify(item);
  count(item, change);
  if (item.record == 0) {
    if (item.deleted) {
      return;  // a deletion of what never came
    }
    item.record = m_state.next_record++;
    rows.records.add(item.record).add(m_source).add(std::string(registry::name(item.kind))).add(item.key);
  }
  int64_t version = item.version;
  if ((change == Change::fresh || change == Change::changed) && item.hash != item.old_hash) {
    version = m_state.next_version++;
    rows.versions.add(version).add(item.record).add(m_run).add(item.hash).add(item.date).add(std::move(item.payload));
  }
  rows.seen.add(m_run).add(item.record).add(static_cast<int64_t>(change)).add(version);
}

Result<void> Staging::stage(Batch& batch) {
  TRY(compare(batch));
  if (m_run == 0) {
    note_seen(batch);
    return {};
  }
  auto rows = std::make_shared<StagedRows>();
  for (Item& item : batch) {
    add_rows(item, *rows);
  }
  return m_pipeline.write([rows](Transaction& db) -> Result<void> {
    TRY(db.bulk("INSERT INTO record (id, source, kind, key) SELECT id, source, kind, key FROM {rows} AS q",
                rows->records));
    TRY(
        db.bulk("INSERT INTO version (id, record, run, hash, date, payload) "
                "SELECT id, record, run, hash, date, payload FROM {rows} AS q",
                rows->versions));
    TRY(
        db.bulk("INSERT INTO run_record (run, record, change, version) SELECT run, record, change, version "
                "FROM {rows} AS q WHERE true ON CONFLICT (run, record) DO UPDATE "
                "SET change = excluded.change, version = excluded.version",
                rows->seen));
    return {};
  });
}

void Staging::flush() {
  if (m_error && !m_batch.empty()) {
    m_error = stage(m_batch);
  }
  m_batch.clear();
  m_batch_bytes = 0;
  if (m_findings.empty() || !m_error) {
    return;
  }
  auto rows = std::make_shared<Rows>(Rows{{"run", ColumnType::integer},
                                          {"ordinal", ColumnType::integer},
                                          {"rejected", ColumnType::integer},
                                          {"file"},
                                          {"part"},
                                          {"line", ColumnType::integer},
                                          {"record", ColumnType::integer},
                                          {"field"},
                                          {"code"},
                                          {"message"},
                                          {"excerpt"}});
  for (size_t at = 0; at < m_findings.size(); ++at) {
    const sources::Finding& finding = m_findings[at];
    rows->add(m_run).add(++m_finding_ordinal).add(static_cast<int64_t>(m_finding_rejected[at]));
    rows->add(clean_utf8(finding.place.file)).add(clean_utf8(finding.place.part)).add(finding.place.line);
    rows->add(finding.place.record).add(clean_utf8(finding.field)).add(std::string(finding.error.kind().code));
    rows->add(clean_utf8(finding.error.message())).add(finding.excerpt);
  }
  m_findings.clear();
  m_finding_rejected.clear();
  m_error = m_pipeline.write([rows](Transaction& db) -> Result<void> {
    TRY(db.bulk(
        "INSERT INTO finding (run, ordinal, rejected, file, part, line, record, field, code, message, excerpt) "
        "SELECT run, ordinal, rejected, file, part, line, record, field, code, message, excerpt FROM {rows} AS q",
        *rows));
    return {};
  });
}

Result<void> Staging::finish() {
  flush();
  if (m_error && !m_rejected.empty()) {
    m_error = stage_rejected();
  }
  auto written = m_pipeline.finish();
  TRY(m_error);
  return written;
}

}  // namespace pitchblende::pool
