// The sink that a reader fills: batches of records, compared and staged while the next ones are read.
//
// Used by one thread; the writer thread stages behind it.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "pool/erasure/erased.hpp"
#include "pool/runs/differences.hpp"
#include "pool/state.hpp"

namespace pitchblende::pool {

class Staging final : public sources::RecordSink {
 public:
  // `run` 0: a dry run, nothing is written.
  Staging(State& state, const SourceSettings& settings, int64_t source, int64_t run, const ImportOptions& options,
          RunReport& report, Erased erased);

  void accept(registry::Record&& record, const sources::Place& place) override;
  void reject(sources::Finding&& finding) override;
  void notice(sources::Finding&& finding) override;
  void rows(int64_t many) override { m_report.rows += many; }
  bool progress(int64_t bytes_done) override;

  void begin_file(int64_t bytes_before, int64_t bytes_total, const OnProgress* on_progress);
  // Waits until everything is staged. The first error of the store, if there was one.
  Result<void> finish();
  bool stopped() const { return m_stopped; }
  // Row numbers of the records that the run saw (a dry run counts the withdrawn ones by them).
  const std::unordered_set<int64_t>& seen() const { return m_seen; }
  const Losses& losses() const { return m_losses; }

 private:
  struct Item {
    registry::Kind kind = registry::Kind::person;
    std::string key;
    std::string date;
    std::string hash;
    std::string payload;
    bool deleted = false;
    std::vector<Part> parts;  // of a snapshot
    // What the store has of it.
    int64_t record = 0;
    int64_t version = 0;
    std::string old_hash;
    std::string old_payload;  // where it changed
    bool withdrawn = false;
  };
  using Batch = std::vector<Item>;
  struct InRun {
    uint64_t content = 0;
    int64_t record = 0;
  };

  void flush();
  Result<void> compare(Batch& batch);
  Result<void> compare_changed(Batch& batch);
  bool is_refused(const registry::Record& record, const sources::Place& place);
  // “et al.” in a list of people is printed and is nobody.
  void note_others(const registry::Record& record, const sources::Place& place);
  // What a batch adds to the store.
  struct StagedRows {
    store::Rows records{{"id", store::ColumnType::integer}, {"source", store::ColumnType::integer}, {"kind"}, {"key"}};
    store::Rows versions{{"id", store::ColumnType::integer},
                         {"record", store::ColumnType::integer},
                         {"run", store::ColumnType::integer},
                         {"hash"},
                         {"date"},
                         {"payload"}};
    store::Rows seen{{"run", store::ColumnType::integer},
                     {"record", store::ColumnType::integer},
                     {"change", store::ColumnType::integer},
                     {"version", store::ColumnType::integer}};
  };

  Result<void> stage(Batch& batch);
  Result<void> stage_rejected();
  void note_seen(const Batch& batch);
  void add_rows(Item& item, StagedRows& rows);
  bool repeats(const Item& item, const sources::Place& place);
  // Of somebody erased: it is rejected, and what else was said of it at that place is not kept.
  bool is_erased(const registry::Record& record, const sources::Place& place);
  void forget_said_at(const sources::Place& place);
  Change classify(const Item& item) const;
  void count(const Item& item, Change change);
  void add_to_diff(const Item& item, Change change);
  void keep(sources::Finding&& finding, bool rejected);

  State& m_state;
  const SourceSettings& m_settings;
  int64_t m_source;
  int64_t m_run;
  const ImportOptions& m_options;
  RunReport& m_report;
  Pipeline m_pipeline;
  Erased m_erased;
  Batch m_batch;
  size_t m_batch_bytes = 0;
  std::unordered_map<uint64_t, uint64_t> m_in_run;  // kind and key → content
  std::unordered_map<std::string, size_t> m_reasons;
  std::unordered_set<int64_t> m_seen;
  Losses m_losses;
  Batch m_rejected;                          // what was rejected by name
  std::vector<sources::Finding> m_findings;  // of this batch, with what was rejected
  std::vector<bool> m_finding_rejected;
  int64_t m_finding_ordinal = 0;
  int64_t m_bytes_before = 0;
  int64_t m_bytes_total = 0;
  const OnProgress* m_on_progress = nullptr;
  Result<void> m_error;
  bool m_stopped = false;
};

}  // namespace pitchblende::pool
