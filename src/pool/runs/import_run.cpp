#include "pool/runs/import_run.hpp"

#include <filesystem>

#include "pool/errors.hpp"
#include "pool/runs/staging.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

constexpr int64_t k_piece = 2000;  // records applied in one write

// The source's number; a new one is noted without settings, which stand only once a run of it is applied.
Result<int64_t> source_number(State& state, const SourceSettings& settings) {
  return state.store.write([&](Transaction& db) -> Result<int64_t> {
    int64_t number = 0;
    int64_t next = 1;
    TRY(db.query("SELECT COALESCE(MAX(id), 0) + 1 FROM source", {}, [&](const Row& row) { next = row.integer(0); }));
    TRY(db.query("SELECT id FROM source WHERE name = ?", {std::string_view(settings.name)},
                 [&](const Row& row) { number = row.integer(0); }));
    if (number == 0) {
      number = next;
      TRY(db.execute(
          "INSERT INTO source (id, name, format, institution, institution_ref, trust, licence, republish, mode, "
          "visibility) VALUES (?, ?, '', '', '', 0, '', 0, '', 0)",
          {number, std::string_view(settings.name)}));
    }
    return number;
  });
}

// Cards show a source's trust, licence and visibility: what is said of it anew makes its things due.
Result<void> store_settings(Transaction& db, int64_t source, const SourceSettings& settings) {
  const std::string_view mode = settings.mode == sources::Mode::feed ? "feed" : "snapshot";
  TRY_ASSIGN(const int64_t changed,
             db.execute("UPDATE source SET format = ?, institution = ?, institution_ref = ?, trust = ?, licence = ?, "
                        "republish = ?, mode = ?, visibility = ? WHERE id = ? AND NOT (trust = ? AND republish = ? "
                        "AND visibility = ? AND institution = ? AND institution_ref = ? AND licence = ? AND mode = ? "
                        "AND format = ?)",
                        {std::string_view(settings.format), std::string_view(settings.institution),
                         std::string_view(settings.institution_ref), settings.trust, std::string_view(settings.licence),
                         int64_t{settings.republish}, mode, static_cast<int64_t>(settings.visibility), source,
                         settings.trust, int64_t{settings.republish}, static_cast<int64_t>(settings.visibility),
                         std::string_view(settings.institution), std::string_view(settings.institution_ref),
                         std::string_view(settings.licence), mode, std::string_view(settings.format)}));
  if (changed != 0) {
    TRY(
        db.execute("INSERT INTO due_entity (entity) SELECT DISTINCT a.entity FROM record r JOIN assignment a "
                   "ON a.record = r.id AND a.part = 0 WHERE r.source = ? AND r.version IS NOT NULL "
                   "ON CONFLICT (entity) DO NOTHING",
                   {source}));
  }
  return {};
}

// The settings with the institution that scopes the source's keys: as said, as stored, or the source's own name. Its
// keys are of that institution for good: another one would make every record of the source a stranger's.
Result<SourceSettings> with_institution(State& state, SourceSettings settings) {
  TRY_ASSIGN(const auto stored, stored_settings(state.store, settings.name));
  if (settings.institution.empty()) {
    settings.institution = stored ? stored->institution : settings.name;
  }
  if (stored && stored->institution != settings.institution) {
    return fail(errors::institution, settings.name, stored->institution, settings.institution);
  }
  return settings;
}

Result<int64_t> begin_run(State& state, int64_t source) {
  const int64_t run = state.next_run++;
  const std::string now = state.clock.now_text();
  TRY(state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("INSERT INTO run (id, source, state, started) VALUES (?, ?, 'staging', ?)",
                   {run, source, std::string_view(now)}));
    return {};
  }));
  return run;
}

Result<void> set_state(State& state, int64_t run, std::string_view to) {
  const std::string now = state.clock.now_text();
  TRY(state.store.write([&](Transaction& db) {
    return db.execute("UPDATE run SET state = ?, finished = ? WHERE id = ?", {to, std::string_view(now), run});
  }));
  return {};
}

// What a run saw goes, in pieces.
Result<void> forget_seen(State& state, int64_t run) {
  for (int64_t gone = 1; gone > 0;) {
    TRY_ASSIGN(gone, state.store.write([&](Transaction& db) {
      return db.execute(
          "DELETE FROM run_record WHERE run = ? AND record IN (SELECT record FROM run_record WHERE run = ? LIMIT ?)",
          {run, run, k_piece});
    }));
  }
  return {};
}

// Takes away what a run staged and never applied, in pieces.
Result<void> discard(State& state, int64_t run, std::string_view outcome) {
  TRY(forget_seen(state, run));
  for (int64_t gone = 1; gone > 0;) {
    TRY_ASSIGN(gone, state.store.write([&](Transaction& db) {
      return db.execute("DELETE FROM version WHERE id IN (SELECT id FROM version WHERE run = ? LIMIT ?)",
                        {run, k_piece});
    }));
  }
  TRY(state.store.write([&](Transaction& db) {
    return db.execute(
        "DELETE FROM record WHERE version IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM version v WHERE v.record = record.id)");
  }));
  TRY(set_state(state, run, outcome));
  return {};
}

// Points the records at their new versions. Every piece can be done twice, so an interrupted run is simply applied
// again.
Result<void> apply_pieces(State& state, int64_t run, int64_t total, const OnProgress& on_progress) {
  int64_t last = 0;
  int64_t done = 0;
  for (bool more = true; more;) {
    int64_t upto = last;
    TRY(state.store.read([&](Connection& db) {
      return db.query(
          "SELECT MAX(record) FROM (SELECT record FROM run_record WHERE run = ? AND record > ? AND change <> 0 "
          "ORDER BY record LIMIT ?) AS piece",
          {run, last, k_piece}, [&](const Row& row) { upto = row.is_null(0) ? last : row.integer(0); });
    }));
    more = upto > last;
    if (!more) {
      break;
    }
    TRY_ASSIGN(const int64_t applied, state.store.write([&](Transaction& db) -> Result<int64_t> {
      TRY(
          db.execute("INSERT INTO due_record (record) SELECT record FROM run_record WHERE run = ? AND record > ? "
                     "AND record <= ? AND change <> 0 ON CONFLICT (record) DO NOTHING",
                     {run, last, upto}));
      TRY(db.execute(
          "INSERT INTO presence (record, run, present) SELECT s.record, s.run, CASE WHEN s.change = 3 THEN 0 "
          "ELSE 1 END FROM run_record s JOIN record r ON r.id = s.record WHERE s.run = ? AND s.record > ? "
          "AND s.record <= ? AND (s.change = 3 OR (s.change IN (1, 2) AND r.withdrawn IS NOT NULL)) "
          "ON CONFLICT (record, run) DO NOTHING",
          {run, last, upto}));
      TRY(
          db.execute("UPDATE record SET withdrawn = ? WHERE id IN (SELECT record FROM run_record WHERE run = ? "
                     "AND record > ? AND record <= ? AND change = 3)",
                     {run, run, last, upto}));
      return db.execute(
          "UPDATE record SET version = (SELECT s.version FROM run_record s WHERE s.run = ? "
          "AND s.record = record.id), withdrawn = NULL WHERE id IN (SELECT record FROM run_record "
          "WHERE run = ? AND record > ? AND record <= ? AND change IN (1, 2))",
          {run, run, last, upto});
    }));
    done += applied;
    last = upto;
    if (on_progress) {
      on_progress({"apply", done, total, "records"});
    }
  }
  return {};
}

// A snapshot's records that this run did not see.
constexpr std::string_view k_missing =
    " FROM record r WHERE r.source = ? AND r.version IS NOT NULL AND r.withdrawn IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM run_record s WHERE s.run = ? AND s.record = r.id)";

Result<void> withdraw_missing(State& state, int64_t source, int64_t run) {
  for (int64_t gone = 1; gone > 0;) {
    TRY_ASSIGN(gone, state.store.write([&](Transaction& db) -> Result<int64_t> {
      TRY(db.execute("INSERT INTO due_record (record) SELECT r.id" + std::string(k_missing) +
                         " ORDER BY r.id LIMIT ? ON CONFLICT (record) DO NOTHING",
                     {source, run, k_piece}));
      TRY(db.execute("INSERT INTO presence (record, run, present) SELECT r.id, ?, 0" + std::string(k_missing) +
                         " ORDER BY r.id LIMIT ? ON CONFLICT (record, run) DO NOTHING",
                     {run, source, run, k_piece}));
      return db.execute("UPDATE record SET withdrawn = ? WHERE id IN (SELECT r.id" + std::string(k_missing) +
                            " ORDER BY r.id LIMIT ?)",
                        {run, source, run, k_piece});
    }));
  }
  return {};
}

struct RunRow {
  int64_t source = 0;
  bool snapshot = false;
  bool complete = false;
  int64_t touched = 0;
};

// A snapshot is compared with what its last run saw; a feed with nothing.
Result<void> forget_needless(State& state, const RunRow& row_of, int64_t run) {
  std::vector<int64_t> runs;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT r.id FROM run r WHERE r.source = ? AND r.id <= ? AND r.state = 'done' AND (r.id < ? OR ? = 0) AND "
        "EXISTS "
        "(SELECT 1 FROM run_record s WHERE s.run = r.id)",
        {row_of.source, run, run, int64_t{row_of.snapshot}}, [&](const Row& row) { runs.push_back(row.integer(0)); });
  }));
  for (const int64_t each : runs) {
    TRY(forget_seen(state, each));
  }
  return {};
}

Result<void> apply(State& state, int64_t run, const OnProgress& on_progress) {
  RunRow row_of;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT r.source, s.mode, r.complete, r.fresh + r.changed FROM run r JOIN source s ON s.id = r.source "
        "WHERE r.id = ?",
        {run}, [&](const Row& row) {
          row_of = {row.integer(0), row.text(1) == "snapshot", row.integer(2) != 0, row.integer(3)};
        });
  }));
  TRY(apply_pieces(state, run, row_of.touched, on_progress));
  if (row_of.snapshot && row_of.complete) {
    TRY(withdraw_missing(state, row_of.source, run));
  }
  TRY(set_state(state, run, "done"));
  return forget_needless(state, row_of, run);
}

class Run {
 public:
  Run(State& state, const SourceSettings& settings, const ImportOptions& options, const OnProgress& on_progress)
      : m_state(state), m_settings(settings), m_options(options), m_on_progress(on_progress) {}

  Result<RunReport> make(const std::vector<std::string>& files) {
    m_report.source = m_settings.name;
    if (files.empty()) {
      return fail(errors::no_files);
    }
    TRY_ASSIGN(auto reader, sources::make_reader(m_settings.format, reader_settings()));
    if (m_options.dry_run) {
      TRY(find_source());
    } else {
      TRY_ASSIGN(m_source, source_number(m_state, m_settings));
      TRY_ASSIGN(m_report.run, begin_run(m_state, m_source));
    }
    TRY_ASSIGN(Erased erased, Erased::read(m_state.store, m_state.settings.key));
    Staging staging(m_state, m_settings, m_source, m_report.run, m_options, m_report, std::move(erased));
    read_files(*reader, staging, files);
    const Result<void> staged = staging.finish();
    m_report.read = m_report.accepted + m_report.rejected;
    if (!staged || staging.stopped()) {
      TRY(abandon("failed"));
      return staged ? fail(errors::stopped) : Result<RunReport>(tl::unexpected(staged.error()));
    }
    TRY(count_withdrawals(staging));
    judge_losses(staging.losses());
    if (m_options.dry_run || m_report.refused) {
      TRY(abandon("refused"));
      return std::move(m_report);
    }
    TRY(record_counts("applying"));
    TRY(apply(m_state, m_report.run, m_on_progress));
    return std::move(m_report);
  }

 private:
  sources::Settings reader_settings() const {
    sources::Settings settings;
    settings.source = m_settings.name;
    settings.institution = m_settings.institution;
    settings.institution_ref = m_settings.institution_ref;
    settings.mapping = m_settings.mapping;
    return settings;
  }

  Result<void> find_source() {
    return m_state.store.read([&](Connection& db) {
      return db.query("SELECT id FROM source WHERE name = ?", {std::string_view(m_settings.name)},
                      [&](const Row& row) { m_source = row.integer(0); });
    });
  }

  void read_files(sources::Reader& reader, Staging& staging, const std::vector<std::string>& files) {
    int64_t total = 0;
    for (const std::string& file : files) {
      std::error_code ignored;
      const auto bytes = std::filesystem::file_size(file, ignored);
      m_report.files.push_back({file, ignored ? 0 : static_cast<int64_t>(bytes), {}});
      total += m_report.files.back().bytes;
    }
    int64_t before = 0;
    for (FileReport& file : m_report.files) {
      staging.begin_file(before, total, &m_on_progress);
      const Result<void> read = reader.read(file.name, staging);
      if (!read) {
        file.problem = read.error();
        m_complete = false;
      }
      before += file.bytes;
    }
  }

  Result<void> abandon(std::string_view outcome) {
    if (m_report.run != 0) {
      TRY(record_counts("staging"));
      TRY(discard(m_state, m_report.run, outcome));
    }
    return {};
  }

  Result<void> count_withdrawals(const Staging& staging) {
    if (m_settings.mode == sources::Mode::feed) {
      return {};  // only what it deleted itself, and that is counted
    }
    int64_t live = 0;
    int64_t missing = 0;
    TRY(m_state.store.read([&](Connection& db) -> Result<void> {
      TRY(db.query("SELECT COUNT(*) FROM record WHERE source = ? AND version IS NOT NULL AND withdrawn IS NULL",
                   {m_source}, [&](const Row& row) { live = row.integer(0); }));
      return db.query("SELECT COUNT(*)" + std::string(k_missing), {m_source, m_report.run},
                      [&](const Row& row) { missing = row.integer(0); });
    }));
    if (m_options.dry_run) {
      missing = live - static_cast<int64_t>(staging.seen().size());
    }
    if (!m_complete) {
      missing = 0;
    }
    m_report.withdrawn = missing;
    if (missing > 0) {
      TRY(list_withdrawals(staging));
    }
    if (missing * 5 > live && !m_options.accept_withdrawals) {
      m_report.refused = true;
      const Error why(errors::withdrawals, std::to_string(missing), std::to_string(live),
                      std::to_string(missing * 100 / std::max<int64_t>(live, 1)));
      m_report.refusal = why;
    }
    return {};
  }

  // What a column that is gone takes away is guarded as withdrawals are.
  void judge_losses(const Losses& losses) {
    m_report.lost = losses.lost();
    const int64_t many = losses.too_many();
    if (many > 0 && !m_report.refused && !m_options.accept_withdrawals) {
      m_report.refused = true;
      m_report.refusal = Error(errors::lost_fields, std::to_string(many));
    }
  }

  // Names what would go, or goes, as far as the diff has room.
  Result<void> list_withdrawals(const Staging& staging) {
    // A dry run has no run's number: what it saw stands in memory.
    return m_state.store.read([&](Connection& db) {
      return db.query(
          "SELECT r.id, r.kind, r.key, (SELECT v.payload FROM version v WHERE v.id = r.version)" +
              std::string(k_missing) + " ORDER BY r.id",
          {m_source, m_report.run}, [&](const Row& row) {
            const auto kind = registry::kind(row.text(1));
            if (kind && m_report.diff.size() < m_options.largest_diff && !staging.seen().contains(row.integer(0))) {
              m_report.diff.push_back(
                  {Change::deleted, *kind, std::string(row.text(2)), {}, record_label(*kind, row.text(3))});
            }
          });
    });
  }

  Result<void> record_counts(std::string_view next) {
    const RunReport& report = m_report;
    return m_state.store.write([&](Transaction& db) -> Result<void> {
      TRY(
          db.execute("UPDATE run SET state = ?, complete = ?, seen = ?, rejected = ?, notices = ?, fresh = ?, "
                     "changed = ?, unchanged = ?, withdrawn = ? WHERE id = ?",
                     {next, int64_t{m_complete}, report.read, report.rejected, report.notices, report.fresh,
                      report.changed, report.unchanged, report.withdrawn, report.run}));
      if (next == "applying") {
        TRY(store_settings(db, m_source, m_settings));
      }
      int64_t ordinal = 0;
      for (const FileReport& file : report.files) {
        const std::string problem = file.problem ? file.problem->message() : std::string();
        TRY(db.execute("INSERT INTO run_file (run, ordinal, name, bytes, problem) VALUES (?, ?, ?, ?, ?)",
                       {report.run, ++ordinal, std::string_view(file.name), file.bytes, std::string_view(problem)}));
      }
      return {};
    });
  }

  State& m_state;
  const SourceSettings& m_settings;
  const ImportOptions& m_options;
  const OnProgress& m_on_progress;
  RunReport m_report;
  int64_t m_source = 0;
  bool m_complete = true;
};

}  // namespace

Result<RunReport> import_run(State& state, const SourceSettings& source, const std::vector<std::string>& files,
                             const ImportOptions& options, const OnProgress& on_progress) {
  TRY_ASSIGN(const SourceSettings settings, with_institution(state, source));
  return Run(state, settings, options, on_progress).make(files);
}

Result<std::optional<SourceSettings>> stored_settings(store::Store& store, const std::string& name) {
  std::optional<SourceSettings> found;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT format, institution, institution_ref, trust, licence, republish, mode, visibility FROM source "
        "WHERE name = ? AND EXISTS (SELECT 1 FROM record r WHERE r.source = source.id AND r.version IS NOT NULL)",
        {std::string_view(name)}, [&](const Row& row) {
          SourceSettings& settings = found.emplace();
          settings.name = name;
          settings.format = row.text(0);
          settings.institution = row.text(1);
          settings.institution_ref = row.text(2);
          settings.trust = row.integer(3);
          settings.licence = row.text(4);
          settings.republish = row.integer(5) != 0;
          settings.mode = row.text(6) == "feed" ? sources::Mode::feed : sources::Mode::snapshot;
          settings.visibility = static_cast<access::Visibility>(row.integer(7));
        });
  }));
  return found;
}

Result<void> recover_runs(State& state) {
  std::vector<std::pair<int64_t, bool>> runs;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT id, state FROM run WHERE state IN ('staging', 'applying') ORDER BY id", {},
                    [&](const Row& row) { runs.emplace_back(row.integer(0), row.text(1) == "applying"); });
  }));
  for (const auto& [run, applying] : runs) {
    TRY(applying ? apply(state, run, {}) : discard(state, run, "failed"));
  }
  return {};
}

}  // namespace pitchblende::pool
