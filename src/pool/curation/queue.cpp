#include "pool/curation/queue.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "pool/curation/decisions.hpp"
#include "pool/curation/members.hpp"
#include "pool/mentions.hpp"

namespace pitchblende::pool {

namespace {

using resolution::Doubt;
using resolution::MentionRef;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;
using store::Transaction;

constexpr size_t k_piece = 4000;
constexpr std::string_view k_memo = "queue";  // there: the queue is whole
constexpr std::string_view k_columns =
    "d.record_a, d.part_a, d.record_b, d.part_b, d.probability, d.evidence, d.detail";

resolution::Evidence evidence_of(std::string_view code) {
  for (uint8_t at = 0; at < 64; ++at) {
    if (resolution::code(static_cast<resolution::Evidence>(at)) == code) {
      return static_cast<resolution::Evidence>(at);
    }
  }
  return resolution::Evidence::name;
}

// The first seven columns of a row.
Doubt doubt_of(const Row& row) {
  return {{row.integer(0), static_cast<int32_t>(row.integer(1))},
          {row.integer(2), static_cast<int32_t>(row.integer(3))},
          row.real(4),
          evidence_of(row.text(5)),
          std::string(row.text(6))};
}

Rows pair_rows() {
  return {{"record_a", ColumnType::integer},
          {"part_a", ColumnType::integer},
          {"record_b", ColumnType::integer},
          {"part_b", ColumnType::integer}};
}

void add_pair(Rows& rows, const Doubt& doubt) {
  rows.add(doubt.a.record).add(int64_t{doubt.a.part}).add(doubt.b.record).add(int64_t{doubt.b.part});
}

using Places = std::set<MentionRef>;

// What a partial resolution looked at.
struct LookedAt {
  Places loaded;
  Places anew;     // with all that may be like them
  Places touched;  // members of clusters that hold one of these
};

LookedAt looked_at(const std::vector<resolution::Mention>& mentions, const std::vector<resolution::Cluster>& clusters) {
  LookedAt out;
  for (const resolution::Mention& mention : mentions) {
    out.loaded.insert(mention.ref);
    if (!mention.settled) {
      out.anew.insert(mention.ref);
    }
  }
  for (const resolution::Cluster& cluster : clusters) {
    if (std::any_of(cluster.members.begin(), cluster.members.end(),
                    [&](const MentionRef& ref) { return out.anew.contains(ref); })) {
      out.touched.insert(cluster.members.begin(), cluster.members.end());
    }
  }
  return out;
}

// Doubts that were kept and that a partial resolution has judged again.
Result<Rows> judged_again(store::Store& store, const LookedAt& looked, const std::vector<int64_t>& due) {
  Rows places{{"record", ColumnType::integer}, {"part", ColumnType::integer}};
  for (const MentionRef& ref : looked.touched) {
    places.add(ref.record).add(int64_t{ref.part});
  }
  Rows records{{"record", ColumnType::integer}};
  for (const int64_t record : due) {
    records.add(record);
  }
  Rows old = pair_rows();
  const auto judge = [&](const Row& row) {
    const Doubt doubt = doubt_of(row);
    const bool both = looked.loaded.contains(doubt.a) && looked.loaded.contains(doubt.b);
    if (both || looked.anew.contains(doubt.a) || looked.anew.contains(doubt.b)) {
      add_pair(old, doubt);
    }
  };
  const std::string select = "SELECT " + std::string(k_columns) + " FROM {rows} q JOIN doubt d ON ";
  TRY(store.read([&](Connection& db) -> Result<void> {
    for (const std::string side : {"a", "b"}) {
      const std::string record = "d.record_" + side + " = q.record";
      TRY(db.lookup(select + record + " AND d.part_" + side + " = q.part", places, judge));
      TRY(db.lookup(select + record, records, [&](const Row& row) { add_pair(old, doubt_of(row)); }));
    }
    return {};
  }));
  return old;
}

Result<void> store_doubts(State& state, const std::vector<Doubt>& doubts) {
  Pipeline pipeline(state.store);
  for (size_t begin = 0; begin < doubts.size(); begin += k_piece) {
    auto rows = std::make_shared<Rows>(Rows{{"record_a", ColumnType::integer},
                                            {"part_a", ColumnType::integer},
                                            {"record_b", ColumnType::integer},
                                            {"part_b", ColumnType::integer},
                                            {"probability", ColumnType::real},
                                            {"evidence"},
                                            {"detail"}});
    for (size_t at = begin; at < std::min(begin + k_piece, doubts.size()); ++at) {
      add_pair(*rows, doubts[at]);
      rows->add(doubts[at].probability).add(std::string(resolution::code(doubts[at].evidence))).add(doubts[at].detail);
    }
    TRY(pipeline.write([rows](Transaction& db) -> Result<void> {
      TRY(db.bulk(
          "INSERT INTO doubt (record_a, part_a, record_b, part_b, probability, evidence, detail) "
          "SELECT record_a, part_a, record_b, part_b, probability, evidence, detail FROM {rows} AS q WHERE true "
          "ON CONFLICT (record_a, part_a, record_b, part_b) DO UPDATE SET probability = excluded.probability, "
          "evidence = excluded.evidence, detail = excluded.detail",
          *rows));
      return {};
    }));
  }
  return pipeline.finish();
}

Result<void> replace_all(State& state, const std::vector<Doubt>& doubts) {
  TRY(state.store.write([&](Transaction& db) -> Result<void> {
    TRY(note_dropped(db));
    TRY(db.execute("DELETE FROM doubt"));
    return {};
  }));
  TRY(store_doubts(state, doubts));
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("INSERT INTO memo (name, value) VALUES (?, 'whole')", {k_memo}));
    return {};
  });
}

// Of a question that stands: what it is about and what it would change.
struct Candidate {
  Doubt doubt;
  registry::Kind kind = registry::Kind::person;
  int64_t a = 0;
  int64_t b = 0;
  bool page_a = false;
  bool page_b = false;
  int64_t size_a = 0;
  int64_t size_b = 0;
  int64_t pages = 0;
  double worth = 0;
};

// A "same" changes the pages of both sides, and the page of each publication or record that moves where one of them is
// shown: what has no page goes to what has one, else the smaller to the larger.
void weigh(Candidate& each) {
  const int64_t moved = each.page_a == each.page_b ? std::min(each.size_a, each.size_b)
                        : each.page_a              ? each.size_b
                                                   : each.size_a;
  const int64_t shown = (each.page_a ? 1 : 0) + (each.page_b ? 1 : 0);
  each.pages = shown == 0 ? 0 : shown + moved;
  each.worth = each.doubt.probability * static_cast<double>(each.pages);
}

bool comes_before(const Candidate& x, const Candidate& y) {
  return std::tuple(-x.worth, -x.doubt.probability, x.doubt.a, x.doubt.b) <
         std::tuple(-y.worth, -y.doubt.probability, y.doubt.a, y.doubt.b);
}

// Pairs of things that somebody has decided to be two.
Result<std::set<std::pair<int64_t, int64_t>>> decided_pairs(store::Store& store) {
  std::set<std::pair<int64_t, int64_t>> pairs;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT x.entity, y.entity FROM decision d JOIN assignment x ON x.record = d.record_a AND x.part = d.part_a "
        "JOIN assignment y ON y.record = d.record_b AND y.part = d.part_b WHERE d.verdict IN ('different', 'detach') "
        "AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)",
        {}, [&](const Row& row) { pairs.insert(std::minmax(row.integer(0), row.integer(1))); });
  }));
  return pairs;
}

Result<std::vector<Candidate>> candidates(store::Store& store, const QueueQuery& query) {
  TRY_ASSIGN(const auto decided, decided_pairs(store));
  std::vector<Candidate> out;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT " + std::string(k_columns) +
            ", x.entity, y.entity, e.kind, COALESCE(ca.page, 0), COALESCE(cb.page, 0), "
            "(SELECT COUNT(*) FROM assignment m WHERE m.entity = x.entity), "
            "(SELECT COUNT(*) FROM assignment m WHERE m.entity = y.entity) FROM doubt d "
            "JOIN assignment x ON x.record = d.record_a AND x.part = d.part_a "
            "JOIN assignment y ON y.record = d.record_b AND y.part = d.part_b AND y.entity <> x.entity "
            "JOIN entity e ON e.id = x.entity JOIN record ra ON ra.id = d.record_a AND ra.withdrawn IS NULL "
            "JOIN record rb ON rb.id = d.record_b AND rb.withdrawn IS NULL "
            "LEFT JOIN card ca ON ca.id = x.entity LEFT JOIN card cb ON cb.id = y.entity",
        {}, [&](const Row& row) {
          const bool wanted = !query.kind || row.text(9) == registry::name(*query.kind);
          if (wanted && !decided.contains(std::minmax(row.integer(7), row.integer(8)))) {
            Candidate each{doubt_of(row),
                           registry::kind(row.text(9)).value_or(registry::Kind::person),
                           row.integer(7),
                           row.integer(8),
                           row.integer(10) != 0,
                           row.integer(11) != 0,
                           row.integer(12),
                           row.integer(13),
                           0,
                           0};
            weigh(each);
            out.push_back(std::move(each));
          }
        });
  }));
  return out;
}

}  // namespace

Result<void> note_dropped(Transaction& db) {
  TRY(db.execute("DELETE FROM memo WHERE name = ?", {k_memo}));
  return {};
}

Result<void> replace_doubts(State& state, Scope scope, const std::vector<resolution::Mention>& mentions,
                            const resolution::Resolution& resolution, const std::vector<int64_t>& due) {
  if (scope == Scope::everything) {
    return replace_all(state, resolution.doubts);
  }
  const LookedAt looked = looked_at(mentions, resolution.clusters);
  TRY_ASSIGN(const Rows old, judged_again(state.store, looked, due));
  if (!old.empty()) {
    TRY(state.store.write([&](Transaction& db) -> Result<void> {
      TRY(
          db.bulk("DELETE FROM doubt WHERE (record_a, part_a, record_b, part_b) IN "
                  "(SELECT record_a, part_a, record_b, part_b FROM {rows} AS q)",
                  old));
      return {};
    }));
  }
  std::vector<Doubt> fresh;
  std::copy_if(resolution.doubts.begin(), resolution.doubts.end(), std::back_inserter(fresh), [&](const Doubt& doubt) {
    return looked.touched.contains(doubt.a) || looked.touched.contains(doubt.b);
  });
  return store_doubts(state, fresh);
}

Result<void> renew_queue(State& state, const OnProgress& on_progress) {
  TRY_ASSIGN(std::vector<StandingDecision> decisions, standing_decisions(state.store));
  TRY(follow_authors(state.store, decisions, nullptr));
  MentionLoader loader(state.store);
  TRY(loader.load_everything(on_progress));
  resolution::Input input{loader.take(), {}};
  input.decisions = as_told(decisions, input.mentions);
  return replace_all(state, resolution::resolve(input).doubts);
}

Result<void> renew_dropped_queue(State& state, const OnProgress& on_progress) {
  bool whole = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT value FROM memo WHERE name = ?", {k_memo}, [&](const Row&) { whole = true; });
  }));
  return whole ? Result<void>() : renew_queue(state, on_progress);
}

Result<std::optional<Doubt>> doubt_between(store::Store& store, Id a, Id b) {
  std::optional<Doubt> found;
  TRY(store.read([&](Connection& db) -> Result<void> {
    for (const auto& [x, y] : {std::pair(a, b), std::pair(b, a)}) {
      TRY(db.query("SELECT " + std::string(k_columns) +
                       " FROM assignment x JOIN doubt d ON d.record_a = x.record AND d.part_a = x.part "
                       "JOIN assignment y ON y.record = d.record_b AND y.part = d.part_b "
                       "WHERE x.entity = ? AND y.entity = ?",
                   {number(x), number(y)}, [&](const Row& row) {
                     if (!found || row.real(4) > found->probability) {
                       found = doubt_of(row);
                     }
                   }));
    }
    return {};
  }));
  return found;
}

Result<Queue> queue(store::Store& store, const QueueQuery& query) {
  TRY_ASSIGN(std::vector<Candidate> all, candidates(store, query));
  Queue out;
  out.count = static_cast<int64_t>(all.size());
  std::map<registry::Kind, int64_t> by_kind;
  for (const Candidate& each : all) {
    ++by_kind[each.kind];
  }
  out.by_kind.assign(by_kind.begin(), by_kind.end());
  const size_t begin = std::min(query.from, all.size());
  const size_t end = begin + std::min(query.limit, all.size() - begin);
  std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(end), all.end(), comes_before);
  std::vector<Side> sides;
  for (size_t at = begin; at < end; ++at) {
    for (const auto& [ref, thing] : {std::pair(all[at].doubt.a, all[at].a), std::pair(all[at].doubt.b, all[at].b)}) {
      sides.emplace_back().ref = ref;
      sides.back().id = id_of(thing);
    }
  }
  TRY(describe_sides(store, sides, query.shown_members));
  for (size_t at = begin; at < end; ++at) {
    const Candidate& each = all[at];
    const size_t side = 2 * (at - begin);
    out.questions.push_back({std::move(sides[side]), std::move(sides[side + 1]), each.doubt.probability,
                             each.doubt.evidence, each.doubt.detail, each.pages, each.worth});
  }
  return out;
}

}  // namespace pitchblende::pool
