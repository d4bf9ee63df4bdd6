#include "pool/resolve.hpp"

#include <algorithm>
#include <future>
#include <numeric>

#include "pool/curation/decisions.hpp"
#include "pool/curation/queue.hpp"
#include "pool/errors.hpp"
#include "pool/mentions.hpp"

namespace pitchblende::pool {

namespace {

using resolution::Cluster;
using resolution::Identity;
using resolution::Input;
using resolution::Mention;
using resolution::MentionRef;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;
using store::Transaction;

constexpr size_t k_piece = 4000;                               // rows of one write: some 20 ms
constexpr size_t k_first_piece = 100'000;                      // while nothing has an id, and nobody waits
constexpr std::string_view k_followed = "decisions followed";  // a memo

// Mentions by their reference, for looking up what a cluster's members were.
class ByRef {
 public:
  explicit ByRef(const std::vector<Mention>& mentions) {
    m_sorted.reserve(mentions.size());
    for (const Mention& mention : mentions) {
      m_sorted.push_back(&mention);
    }
    std::sort(m_sorted.begin(), m_sorted.end(), [](const Mention* a, const Mention* b) { return a->ref < b->ref; });
  }
  const Mention& at(MentionRef ref) const {
    return **std::lower_bound(m_sorted.begin(), m_sorted.end(), ref,
                              [](const Mention* mention, MentionRef wanted) { return mention->ref < wanted; });
  }

 private:
  std::vector<const Mention*> m_sorted;
};

// Writes clusters as assignments, a piece at a time; every piece can be written twice.
class Writer {
 public:
  // `due_records`, sorted: what they are is made anew without being told so here.
  Writer(State& state, int64_t run, size_t piece, const std::vector<int64_t>& due_records, SettleReport& report)
      : m_run(run), m_piece(piece), m_due_records(due_records), m_report(report), m_pipeline(state.store) {}

  Result<void> add(const Cluster& cluster, const Identity& identity, const ByRef& mentions) {
    bool touched = identity.fresh && cluster.members.front().part == 0;
    if (identity.fresh) {
      m_entities.add(number(identity.id))
          .add(std::string(registry::name(mentions.at(cluster.members.front()).kind)))
          .add(m_run);
      ++m_report.fresh;
    }
    for (const Id absorbed : identity.absorbed) {
      m_redirects.add(number(absorbed)).add(number(identity.id));
      m_due.add(number(absorbed));
      touched = true;
      ++m_report.merged;
    }
    for (const MentionRef& ref : cluster.members) {
      const Mention& mention = mentions.at(ref);
      if (mention.held == identity.id) {
        continue;
      }
      m_assignments.push_back({ref, number(identity.id)});
      if (mention.held) {
        m_due.add(number(*mention.held));
      }
      // Somebody who is only printed has no card; what prints him shows it.
      touched |= ref.part == 0 || !identity.fresh;
      if (ref.part != 0 && !std::binary_search(m_due_records.begin(), m_due_records.end(), ref.record)) {
        m_printed_in.add(ref.record);
      }
    }
    if (touched) {
      m_due.add(number(identity.id));
    }
    const size_t rows = m_assignments.size() + m_entities.size() + m_due.size() + m_printed_in.size();
    return rows < m_piece ? Result<void>{} : flush();
  }

  Result<void> finish() {
    TRY(flush());
    return m_pipeline.finish();
  }

 private:
  struct Assigned {
    MentionRef ref;
    int64_t entity;
  };
  struct Piece {
    Rows entities;
    Rows redirects;
    Rows assignments;
    Rows due;
    Rows printed_in;
  };

  static Rows entity_rows() { return {{"id", ColumnType::integer}, {"kind"}, {"run", ColumnType::integer}}; }
  static Rows redirect_rows() { return {{"id", ColumnType::integer}, {"redirect", ColumnType::integer}}; }
  // In the order of the tree that they go into, so that each of its pages is looked for once.
  Rows take_assignments() {
    std::sort(m_assignments.begin(), m_assignments.end(),
              [](const Assigned& a, const Assigned& b) { return a.ref < b.ref; });
    Rows rows{{"record", ColumnType::integer},
              {"part", ColumnType::integer},
              {"entity", ColumnType::integer},
              {"run", ColumnType::integer}};
    for (const Assigned& each : m_assignments) {
      rows.add(each.ref.record).add(int64_t{each.ref.part}).add(each.entity).add(m_run);
    }
    m_assignments.clear();
    return rows;
  }
  static Rows due_rows() { return {{"entity", ColumnType::integer}}; }
  static Rows record_rows() { return {{"record", ColumnType::integer}}; }

  Result<void> flush() {
    auto piece = std::make_shared<Piece>(
        Piece{std::exchange(m_entities, entity_rows()), std::exchange(m_redirects, redirect_rows()), take_assignments(),
              std::exchange(m_due, due_rows()), std::exchange(m_printed_in, record_rows())});
    return m_pipeline.write([piece](Transaction& db) -> Result<void> {
      TRY(
          db.bulk("INSERT INTO entity (id, kind, run) SELECT id, kind, run FROM {rows} AS q WHERE true "
                  "ON CONFLICT (id) DO UPDATE SET redirect = NULL",
                  piece->entities));
      TRY(db.bulk("UPDATE entity SET redirect = q.redirect FROM {rows} AS q WHERE entity.id = q.id", piece->redirects));
      TRY(db.bulk(
          "INSERT INTO assignment (record, part, entity, run) SELECT record, part, entity, run FROM {rows} AS q "
          "WHERE true ON CONFLICT (record, part) DO UPDATE SET entity = excluded.entity, run = excluded.run",
          piece->assignments));
      TRY(
          db.bulk("INSERT INTO due_entity (entity) SELECT DISTINCT entity FROM {rows} AS q WHERE true "
                  "ON CONFLICT (entity) DO NOTHING",
                  piece->due));
      TRY(
          db.bulk("INSERT INTO due_entity (entity) SELECT DISTINCT a.entity FROM {rows} AS q JOIN assignment a "
                  "ON a.record = q.record AND a.part = 0 WHERE true ON CONFLICT (entity) DO NOTHING",
                  piece->printed_in));
      return {};
    });
  }

  int64_t m_run;
  size_t m_piece;
  const std::vector<int64_t>& m_due_records;
  SettleReport& m_report;
  Pipeline m_pipeline;
  Rows m_entities = entity_rows();
  Rows m_redirects = redirect_rows();
  std::vector<Assigned> m_assignments;
  Rows m_due = due_rows();
  Rows m_printed_in = record_rows();
};

Result<bool> taken(State& state, Id id) {
  bool found = false;
  TRY(state.store.read([&](Connection& db) {
    // One that was merged away is free for the thing that it was first given to, should a split bring that back.
    return db.query("SELECT 1 FROM entity WHERE id = ? AND redirect IS NULL", {number(id)},
                    [&](const Row&) { found = true; });
  }));
  return found;
}

Result<void> write_clusters(State& state, const std::vector<Mention>& mentions, const std::vector<Cluster>& clusters,
                            int64_t run, const std::vector<int64_t>& due_records, const OnProgress& on_progress,
                            SettleReport& report) {
  bool no_entities = true;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT 1 FROM entity LIMIT 1", {}, [&](const Row&) { no_entities = false; });
  }));
  Result<void> asked;
  const auto identities = resolution::assign_ids(clusters, mentions, [&](Id id) {
    if (no_entities || !asked) {
      return false;
    }
    const auto known = taken(state, id);
    if (!known) {
      asked = tl::unexpected(known.error());
    }
    return known.value_or(false);
  });
  TRY(asked);
  // In the order of the ids: three of the four trees that this grows are filled from one end to the other.
  std::vector<size_t> order(clusters.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return identities[a].id < identities[b].id; });
  const ByRef by_ref(mentions);
  Writer writer(state, run, no_entities ? k_first_piece : k_piece, due_records, report);
  int64_t done = 0;
  for (const size_t at : order) {
    TRY(writer.add(clusters[at], identities[at], by_ref));
    if (on_progress && ++done % 1000 == 0) {
      on_progress({"assign", done, static_cast<int64_t>(clusters.size()), "things"});
    }
  }
  return writer.finish();
}

Result<void> write_keys(State& state, const std::vector<Mention>& mentions, const OnProgress& on_progress) {
  struct Key {
    int64_t hash;
    MentionRef ref;
    auto operator<=>(const Key&) const = default;
  };
  std::vector<Key> keys;
  for (const Mention& mention : mentions) {
    for (const resolution::BlockingKey& key : resolution::blocking_keys(mention)) {
      keys.push_back({key.hash, mention.ref});
    }
  }
  // In the order of the tree that they go into, so that each page is filled once.
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  Pipeline pipeline(state.store);
  constexpr size_t piece = 5000;
  for (size_t begin = 0; begin < keys.size(); begin += piece) {
    auto rows = std::make_shared<Rows>(
        Rows{{"hash", ColumnType::integer}, {"record", ColumnType::integer}, {"part", ColumnType::integer}});
    for (size_t at = begin; at < std::min(begin + piece, keys.size()); ++at) {
      rows->add(keys[at].hash).add(keys[at].ref.record).add(int64_t{keys[at].ref.part});
    }
    TRY(pipeline.write([rows](Transaction& db) -> Result<void> {
      TRY(
          db.bulk("INSERT INTO match_key (hash, record, part) SELECT hash, record, part FROM {rows} AS q WHERE true "
                  "ON CONFLICT (hash, record, part) DO NOTHING",
                  *rows));
      return {};
    }));
    if (on_progress) {
      on_progress({"keys", static_cast<int64_t>(std::min(begin + piece, keys.size())),
                   static_cast<int64_t>(keys.size()), "keys"});
    }
  }
  return pipeline.finish();
}

// Keys that earlier versions of the due records gave; what the present ones give is written behind this.
Result<void> forget_keys(State& state, const std::vector<int64_t>& due) {
  Rows records{{"record", ColumnType::integer}};
  for (const int64_t record : due) {
    records.add(record);
  }
  Rows keys{{"hash", ColumnType::integer}, {"record", ColumnType::integer}, {"part", ColumnType::integer}};
  TRY(state.store.read([&](Connection& db) {
    return db.lookup(
        "SELECT r.id, r.kind, r.key, v.payload, s.name, s.institution FROM {rows} q JOIN record r ON r.id = q.record "
        "JOIN version v ON v.record = r.id JOIN source s ON s.id = r.source "
        "WHERE r.withdrawn IS NOT NULL OR v.id <> r.version",
        records, [&](const Row& row) {
          const auto kind = registry::kind(row.text(1));
          const auto record =
              kind ? registry::decode(*kind, row.text(2), row.text(3)) : Result<registry::Record>(registry::Record{});
          for (const Mention& mention : record
                                            ? resolution::mentions_of(*record, row.integer(0), row.text(4), row.text(5))
                                            : std::vector<Mention>{}) {
            for (const resolution::BlockingKey& key : resolution::blocking_keys(mention)) {
              keys.add(key.hash).add(mention.ref.record).add(int64_t{mention.ref.part});
            }
          }
        });
  }));
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.bulk("DELETE FROM match_key WHERE (hash, record, part) IN (SELECT hash, record, part FROM {rows} AS q)",
                keys));
    return {};
  });
}

// The entities of records that are due are due themselves, whether or not their members changed; then the records are
// done.
Result<void> pass_on_due(State& state) {
  for (int64_t left = 1; left > 0;) {
    TRY_ASSIGN(left, state.store.write([&](Transaction& db) -> Result<int64_t> {
      TRY(db.execute(
          "INSERT INTO due_entity (entity) SELECT DISTINCT a.entity FROM assignment a WHERE a.part = 0 AND a.record IN "
          "(SELECT record FROM due_record ORDER BY record LIMIT ?) ON CONFLICT (entity) DO NOTHING",
          {static_cast<int64_t>(k_piece)}));
      return db.execute(
          "DELETE FROM due_record WHERE record IN (SELECT record FROM due_record ORDER BY record LIMIT ?)",
          {static_cast<int64_t>(k_piece)});
    }));
  }
  return {};
}

// Up to which decision things were resolved.
Result<void> note_decided(State& state, int64_t decision) {
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("DELETE FROM memo WHERE name = ?", {k_followed}));
    TRY(db.execute("INSERT INTO memo (name, value) VALUES (?, ?)",
                   {k_followed, std::string_view(std::to_string(decision))}));
    return {};
  });
}

struct Counts {
  int64_t due = 0;
  int64_t live = 0;
  int64_t run = 0;
  int64_t decided = 0;   // the last decision
  int64_t followed = 0;  // the last one that things were resolved by
};

Result<Counts> counts(State& state) {
  Counts counts;
  TRY(state.store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT COUNT(*) FROM due_record", {}, [&](const Row& row) { counts.due = row.integer(0); }));
    TRY(db.query("SELECT COALESCE(MAX(id), 0) FROM record", {}, [&](const Row& row) { counts.live = row.integer(0); }));
    TRY(db.query("SELECT COALESCE(MAX(id), 0) FROM decision", {},
                 [&](const Row& row) { counts.decided = row.integer(0); }));
    TRY(db.query("SELECT value FROM memo WHERE name = ?", {k_followed},
                 [&](const Row& row) { counts.followed = std::stoll(std::string(row.text(0))); }));
    return db.query("SELECT COALESCE(MAX(id), 0) FROM run", {}, [&](const Row& row) { counts.run = row.integer(0); });
  }));
  return counts;
}

}  // namespace

Result<void> resolve(State& state, Scope scope, const OnProgress& on_progress, SettleReport& report) {
  TRY_ASSIGN(const Counts before, counts(state));
  if (before.due == 0 && scope == Scope::due) {
    return {};
  }
  report.records = before.due;
  TRY_ASSIGN(std::vector<StandingDecision> decisions, standing_decisions(state.store));
  const auto follow = [&](const std::vector<int64_t>& records) {
    return follow_authors(state.store, decisions, &records);
  };
  MentionLoader loader(state.store);
  // When most of the pool is due, neighbours are nearly all there is: reading it in order is quicker than asking.
  const bool everything = scope == Scope::everything || before.due * 2 > before.live;
  if (everything) {
    TRY(loader.load_everything(on_progress));
    TRY(forget_keys(state, loader.due()));
  } else {
    TRY(loader.load_due());
    TRY(forget_keys(state, loader.due()));
    TRY(write_keys(state, loader.mentions(), on_progress));
    TRY(loader.load_parted_since(before.followed));
    TRY(follow(loader.records()));
    TRY(loader.load_neighbours(decisions));
  }
  TRY(follow(loader.records()));
  Input input{loader.take(), {}};
  input.part_of_pool = !everything;
  keep_joined(input.mentions, decisions, before.followed, everything ? Scope::everything : Scope::due, loader.due());
  input.decisions = as_told(decisions, input.mentions);
  report.mentions = static_cast<int64_t>(input.mentions.size());
  if (on_progress && !on_progress({"resolve", 0, report.mentions, "mentions"})) {
    return fail(errors::stopped);
  }
  // Nobody asks by the keys of everything before the next run: they are written while the model computes.
  std::future<Result<void>> keys =
      std::async(everything ? std::launch::async : std::launch::deferred,
                 [&]() -> Result<void> { return everything ? write_keys(state, input.mentions, {}) : Result<void>{}; });
  const resolution::Resolution resolution = resolution::resolve(input);
  TRY(keys.get());
  const std::vector<Cluster>& clusters = resolution.clusters;
  report.entities = static_cast<int64_t>(clusters.size());
  if (on_progress) {
    on_progress({"resolve", report.mentions, report.mentions, "mentions"});
  }
  TRY(write_clusters(state, input.mentions, clusters, before.run, loader.due(), on_progress, report));
  TRY(replace_doubts(state, everything ? Scope::everything : Scope::due, input.mentions, resolution, loader.due()));
  TRY(pass_on_due(state));
  return note_decided(state, before.decided);
}

Result<void> remake_keys(State& state, const OnProgress& on_progress) {
  MentionLoader loader(state.store);
  TRY(loader.load_everything(on_progress));
  return write_keys(state, loader.mentions(), on_progress);
}

namespace {

bool is_never_broken(resolution::Evidence evidence) {
  return evidence == resolution::Evidence::exclusive || evidence == resolution::Evidence::other_identifier ||
         evidence == resolution::Evidence::decided_different;
}

}  // namespace

Result<std::optional<resolution::Reason>> obstacle_between(store::Store& store, const Joining& joining,
                                                           const std::vector<StandingDecision>& decisions) {
  MentionLoader loader(store);
  TRY(loader.load_places({joining.a, joining.b}));
  // Of two places nothing else is asked: a decision comes before all that stands around them.
  if (!joining.whole.empty()) {
    TRY(loader.load_neighbours(decisions));
  }
  Input input{loader.take(), {}};
  input.part_of_pool = true;
  keep_joined(input.mentions, decisions, decisions.back().number - 1, Scope::due, {});
  input.decisions = as_told(decisions, input.mentions);
  std::vector<MentionRef> wanted{joining.a, joining.b};
  for (const Mention& mention : input.mentions) {
    if (mention.held && std::find(joining.whole.begin(), joining.whole.end(), *mention.held) != joining.whole.end()) {
      wanted.push_back(mention.ref);
    }
  }
  const auto clusters = resolution::resolve(input).clusters;
  const auto has = [](const Cluster& cluster, const MentionRef& ref) {
    return std::binary_search(cluster.members.begin(), cluster.members.end(), ref);
  };
  std::optional<resolution::Reason> held;
  bool together = false;
  bool of_both = false;
  for (const Cluster& cluster : clusters) {
    const auto inside = std::count_if(wanted.begin(), wanted.end(), [&](const auto& ref) { return has(cluster, ref); });
    if (inside == static_cast<std::ptrdiff_t>(wanted.size())) {
      return std::optional<resolution::Reason>();
    }
    together |= has(cluster, joining.a) && has(cluster, joining.b);
    for (const resolution::Reason& refused : cluster.refused) {
      const bool asked =
          (refused.a == joining.a && refused.b == joining.b) || (refused.a == joining.b && refused.b == joining.a);
      // Of the two the first that was refused: the decision, which passes over more than what comes after it.
      if (inside > 0 && is_never_broken(refused.evidence) && !of_both && (!held || asked)) {
        held = refused;
        of_both = asked;
      }
    }
  }
  if (held || together) {
    return held;  // what falls off for lack of evidence is no obstacle
  }
  return std::optional(resolution::Reason{joining.a, joining.b, resolution::Evidence::other_name, 0, {}});
}

}  // namespace pitchblende::pool
