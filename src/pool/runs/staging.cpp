#include "pool/runs/staging.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "base/text.hpp"
#include "pool/errors.hpp"
#include "registry/nobody.hpp"

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

bool Staging::is_refused(const Record& record, const sources::Place& place) {
  auto refused = m_options.refuse ? m_options.refuse(record) : std::nullopt;
  if (!refused) {
    return false;
  }
  refused->place = place;
  refused->kind = record.kind;
  refused->key = record.key;
  reject(*std::move(refused));
  return true;
}

void Staging::note_others(const Record& record, const sources::Place& place) {
  constexpr size_t longest = 16;  // “et autres”, “and others”: of names nearly none need be read
  for (const auto& [field, value] : record.values) {
    const std::string_view family = value.get(registry::Attribute::family);
    const std::string_view last = family.empty() ? std::string_view(value.text) : family;
    const auto& description = registry::description(field);
    if (last.size() <= longest && description.type == registry::FieldType::mention &&
        registry::stands_for_others(last, value.get(registry::Attribute::given))) {
      notice({place, std::string(description.name), value.text, Error(errors::others), record.kind, record.key});
    }
  }
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
  if (is_erased(record, place) || is_refused(record, place)) {
    return;
  }
  note_others(record, place);
  m_erased.scrub({m_settings.name, record.kind, record.key}, record);
  Item item;
  item.kind = record.kind;
  item.key = record.key;
  item.date = record.date;
  item.deleted = record.deleted;
  if (!record.deleted) {
    item.payload = registry::encode(record);
    item.hash = registry::content_hash(record, item.payload);
    if (m_settings.mode == sources::Mode::snapshot) {
      item.parts = parts_of(record);
    }
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
    Item& item = m_rejected.emplace_back();
    item.kind = finding.kind;
    item.key = finding.key;
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

// Versions that are to be replaced, with what they have that the new ones have no more.
Result<void> Staging::compare_changed(Batch& batch) {
  Rows rows{{"at", ColumnType::integer}, {"version", ColumnType::integer}};
  const bool snapshot = m_settings.mode == sources::Mode::snapshot;
  int64_t many = 0;
  for (size_t at = 0; at < batch.size(); ++at) {
    const Change change = classify(batch[at]);
    if (change == Change::changed) {
      rows.add(static_cast<int64_t>(at)).add(batch[at].version);
      ++many;
    } else if (snapshot && change == Change::unchanged && !batch[at].deleted) {
      m_losses.kept(batch[at].parts);
    }
  }
  if (many == 0 || (!snapshot && m_report.diff.size() >= m_options.largest_diff)) {
    return {};
  }
  TRY(m_state.store.read([&](store::Connection& db) {
    return db.lookup("SELECT q.at, v.payload FROM {rows} q JOIN version v ON v.id = q.version", rows,
                     [&](const Row& row) { batch[static_cast<size_t>(row.integer(0))].old_payload = row.text(1); });
  }));
  for (const Item& item : batch) {
    // What comes back after a withdrawal loses nothing: it had gone whole.
    if (snapshot && !item.withdrawn && !item.old_payload.empty()) {
      if (const auto before = registry::decode(item.kind, item.key, item.old_payload)) {
        m_losses.changed(parts_of(*before), item.parts);
      }
    }
  }
  return {};
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
  DiffEntry entry{change, item.kind, item.key, {}, record_label(item.kind, item.payload)};
  if (change == Change::changed) {
    entry.fields = changed_fields(item.kind, item.old_payload, item.payload);
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
  TRY(compare_changed(batch));
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
