#include "pool/merge.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/parallel.hpp"
#include "pool/card_rows.hpp"
#include "pool/errors.hpp"
#include "pool/people/page_rule.hpp"
#include "registry/merging.hpp"
#include "resolution/things/publication_versions.hpp"

namespace pitchblende::pool {

namespace {

using registry::Card;
using registry::CardDecision;
using registry::Kind;
using registry::SourcedRecord;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;
using store::Transaction;

constexpr size_t k_asked_one_by_one = 200;  // organisations; more than that and all publications are looked at
constexpr int64_t k_piece = 500;            // entities read and written together: others' writes wait for that
constexpr int64_t k_first_piece = 4000;  // while there is no card and nobody else writes: fewer pages are written twice
constexpr size_t k_merged_together = 16;    // of them, by one thread at a time
constexpr size_t k_stored_together = 64;    // made into rows by one
constexpr size_t k_marked_together = 4000;  // rows of one write: some 20 ms

// A record of a thing as the store has it, and who says it.
struct Stored {
  std::string payload;
  SourcedRecord said;
};

struct Due {
  Kind kind = Kind::person;
  bool redirected = false;
  std::vector<Stored> stored;
  std::vector<CardDecision> decisions;
  std::string body;  // of the card that it has
  bool has_card = false;
  // What becomes of these.
  std::optional<Card> before;  // if it can be read
  std::optional<Card> after;   // none: the thing is gone
  std::optional<Error> unreadable;
};
using DueEntities = std::map<int64_t, Due>;

bool places_others(Kind kind) { return kind == Kind::organisation || kind == Kind::team; }

std::optional<registry::Ruling> ruling(std::string_view verdict) {
  if (verdict == "override") {
    return registry::Ruling::override_;
  }
  if (verdict == "hide") {
    return registry::Ruling::hide;
  }
  return verdict == "verified" ? std::optional(registry::Ruling::verified) : std::nullopt;
}

class Merger {
 public:
  Merger(State& state, const OnProgress& on_progress, SettleReport& report)
      : m_state(state), m_on_progress(on_progress), m_report(report), m_pipeline(state.store) {
    m_pages.emplace(state);
  }

  Result<void> run() {
    TRY(m_state.store.read([&](Connection& db) -> Result<void> {
      TRY(db.query("SELECT 1 FROM card LIMIT 1", {}, [&](const Row&) { m_first = false; }));
      return db.query("SELECT COUNT(*) FROM due_entity", {}, [&](const Row& row) { m_total = row.integer(0); });
    }));
    TRY(pass("e.kind IN ('organisation', 'team')"));
    TRY(mark_dependents());
    m_pages.emplace(m_state);
    return pass("true");
  }

 private:
  Result<void> pass(std::string_view which) {
    int64_t last = -1;
    while (true) {
      TRY_ASSIGN(DueEntities due, next_piece(which, last));
      if (due.empty()) {
        return m_pipeline.finish();
      }
      last = due.rbegin()->first;
      TRY(load(due));
      TRY(make_cards(due));
      TRY(write(due));
      if (m_on_progress && !m_on_progress({"merge", m_done, std::max(m_done, m_total), "cards"})) {
        TRY(m_pipeline.finish());
        return fail(errors::stopped);
      }
    }
  }

  Result<DueEntities> next_piece(std::string_view which, int64_t after) {
    DueEntities due;
    TRY(m_state.store.read([&](Connection& db) {
      return db.query(
          // CROSS: SQLite takes the tables in this order. Few are due as a rule, and by what it counted when many were
          // it would read all entities.
          "SELECT d.entity, e.kind, e.redirect FROM due_entity d CROSS JOIN entity e "
          "WHERE e.id = d.entity AND d.entity > ? AND " +
              std::string(which) + " ORDER BY d.entity LIMIT ?",
          {after, m_first && !m_pipeline.others_write() ? k_first_piece : k_piece}, [&](const Row& row) {
            if (const auto kind = registry::kind(row.text(1))) {
              Due& each = due[row.integer(0)];
              each.kind = *kind;
              each.redirected = !row.is_null(2);
            }
          });
    }));
    return due;
  }

  static Rows ids(const DueEntities& due) {
    Rows rows{{"entity", ColumnType::integer}};
    for (const auto& [entity, each] : due) {
      rows.add(entity);
    }
    return rows;
  }

  Result<void> load(DueEntities& due) {
    const Rows rows = ids(due);
    return m_state.store.read([&](Connection& db) -> Result<void> {
      TRY(db.lookup(
          "SELECT q.entity, r.id, r.key, v.payload, v.date, s.name, s.institution, s.trust, s.republish, s.visibility "
          "FROM {rows} q JOIN assignment a ON a.entity = q.entity AND a.part = 0 JOIN record r ON r.id = a.record "
          "JOIN version v ON v.id = r.version JOIN source s ON s.id = r.source WHERE r.withdrawn IS NULL",
          rows, [&](const Row& row) {
            due[row.integer(0)].stored.push_back(
                {std::string(row.text(3)),
                 {{},
                  {row.integer(1), std::string(row.text(5)), std::string(row.text(2)), std::string(row.text(4)),
                   row.integer(8) != 0, static_cast<access::Visibility>(row.integer(9))},
                  std::string(row.text(6)),
                  row.integer(7)}});
          }));
      TRY(
          db.lookup("SELECT q.entity, d.id, d.verdict, d.field, d.value FROM {rows} q "
                    "JOIN assignment a ON a.entity = q.entity AND a.part = 0 JOIN decision d ON d.record_a = a.record "
                    "WHERE d.verdict IN ('override', 'hide', 'verified') AND d.part_a = 0 "
                    "AND NOT EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id)",
                    rows, [&](const Row& row) { take_decision(due[row.integer(0)], row); }));
      return db.lookup("SELECT q.entity, c.body FROM {rows} q JOIN card c ON c.id = q.entity", rows,
                       [&](const Row& row) {
                         Due& each = due[row.integer(0)];
                         each.has_card = true;
                         each.body = row.text(1);
                       });
    });
  }

  // From what is stored to a card: pure, and most of the work, so that all cores do it.
  static void make_card(Id id, Due& due) {
    if (due.has_card) {
      if (auto card = registry::decode_card(id, due.kind, due.body)) {
        due.before = std::move(*card);
      }
    }
    std::vector<SourcedRecord> records;
    for (Stored& each : due.stored) {
      auto record = registry::decode(due.kind, each.said.source.key, each.payload);
      if (!record) {
        due.unreadable = record.error();
        return;
      }
      records.push_back(std::move(each.said));
      records.back().record = std::move(*record);
    }
    due.stored.clear();
    if (!due.redirected && !records.empty()) {
      due.after = registry::merge(id, due.kind, std::move(records), due.decisions);
      resolution::link_to_work(*due.after);
    }
  }

  static Result<void> make_cards(DueEntities& due) {
    std::vector<std::pair<const int64_t, Due>*> all;
    for (auto& each : due) {
      all.push_back(&each);
    }
    in_parallel(all.size(), k_merged_together, [&](size_t begin, size_t end) {
      for (size_t at = begin; at < end; ++at) {
        make_card(id_of(all[at]->first), all[at]->second);
      }
    });
    const auto unreadable = std::find_if(all.begin(), all.end(), [](auto* each) { return each->second.unreadable; });
    return unreadable == all.end() ? Result<void>{} : tl::unexpected(*(*unreadable)->second.unreadable);
  }

  static void take_decision(Due& due, const Row& row) {
    const auto how = ruling(row.text(2));
    if (!how) {
      return;
    }
    CardDecision decision{row.integer(1), *how, std::string(row.text(3)), {}};
    if (!row.text(4).empty()) {
      // A decision's value stands as in a record's payload, under its field.
      if (auto record = registry::decode(due.kind, "", row.text(4)); record && !record->values.empty()) {
        decision.value = record->values.front().second;
      }
    }
    due.decisions.push_back(std::move(decision));
  }

  Result<void> write(DueEntities& due) {
    auto rows = std::make_shared<std::vector<CardRows>>(1 + (due.size() + k_stored_together - 1) / k_stored_together);
    std::vector<const Card*> cards;
    for (auto& [entity, each] : due) {
      TRY(note(entity, each, rows->front()));
      if (each.after) {
        cards.push_back(&*each.after);
      }
    }
    in_parallel(cards.size(), k_stored_together, [&](size_t begin, size_t end) {
      for (size_t at = begin; at < end; ++at) {
        (*rows)[1 + begin / k_stored_together].add(*cards[at]);
      }
    });
    return m_pipeline.write([rows](Transaction& db) -> Result<void> {
      for (const CardRows& some : *rows) {  // what goes first, then what comes
        TRY(some.store(db));
      }
      return {};
    });
  }

  // What is to be said of a thing beside its card.
  Result<void> note(int64_t entity, Due& each, CardRows& rows) {
    rows.entities.add(entity);
    if (each.has_card) {
      rows.replaced.add(entity);
    }
    ++m_done;
    if (each.after || each.before) {
      rows.changes.add(m_state.next_change++).add(entity);
      note_placing(id_of(entity), each.before ? &*each.before : nullptr, each.after ? &*each.after : nullptr, rows);
    }
    if (!each.after) {
      return {};
    }
    TRY_ASSIGN(each.after->page, m_pages->has_page(*each.after));
    if (each.kind == Kind::person && each.after->page != (each.before && each.before->page)) {
      TRY(touch_printed_in(id_of(entity), rows));
    }
    ++m_report.cards;
    m_report.pageless += each.after->page ? 0 : 1;
    return {};
  }

  // A person who comes by a page, or loses it, changes what his publications show.
  Result<void> touch_printed_in(Id id, CardRows& rows) {
    TRY_ASSIGN(const std::vector<Id> publications, registry::Registry(m_state.store).mentioned_in(id));
    for (const Id publication : publications) {
      rows.changes.add(m_state.next_change++).add(number(publication));
    }
    return {};
  }

  // Organisations and teams whose name, place in the hierarchy or role changed: what hangs on them must be looked at.
  // Written with the card: whoever is interrupted between the two finds it there. What they were called goes with it,
  // for no identifier leads from that to them any more.
  static void note_placing(Id id, const Card* before, const Card* after, CardRows& rows) {
    const Card* any = after != nullptr ? after : before;
    if (any == nullptr || !places_others(any->kind) ||
        (before != nullptr && after != nullptr && placing(*before) == placing(*after))) {
      return;
    }
    rows.placed.add(number(id)).add(std::string());
    for (std::string& ref : before != nullptr ? references(*before) : std::vector<std::string>{}) {
      rows.placed.add(number(id)).add(std::move(ref));
    }
  }

  static std::string placing(const Card& card) {
    std::string out;
    for (const std::string_view name :
         {"names", "acronym", "label", "ror", "rnsr", "local_id", "consortium_roles", "parents"}) {
      const auto id = registry::find_field(card.kind, name);
      const registry::CardField* field = id ? card.find(*id) : nullptr;
      for (const auto& value : field == nullptr ? std::vector<registry::CardValue>{} : field->values) {
        out += value.hidden ? "" : value.value.text;
        out += ' ';
        out += name == "consortium_roles" ? value.value.get(registry::Attribute::to) : std::string_view();
        out += '\n';
      }
      out += '\f';
    }
    return out;
  }

  Result<void> load_placed() {
    return m_state.store.read([&](Connection& db) {
      return db.query("SELECT entity, ref FROM due_placing ORDER BY entity, ref", {}, [&](const Row& row) {
        if (row.text(1).empty()) {
          m_placed.push_back(id_of(row.integer(0)));
        } else {
          m_former.emplace(row.text(1));
        }
      });
    });
  }

  // What is below the organisations that changed, and what is linked to them, shows it in the index. Only people's
  // cards are remade: whether they have a page hangs on where they are.
  Result<void> mark_dependents() {
    TRY(load_placed());
    std::vector<Id> below;
    const auto sort_in = [&](const Row& row) {
      std::vector<Id>& there = row.text(1) == "parents" ? below : row.text(1) == "positions" ? m_dependents : m_touched;
      there.push_back(id_of(row.integer(0)));
    };
    Rows former{{"ref"}};
    for (const std::string& ref : m_former) {
      former.add(ref);
    }
    TRY(m_state.store.read([&](Connection& db) {
      return db.lookup("SELECT l.source, l.field FROM {rows} q JOIN link l ON l.ref = q.ref", former, sort_in);
    }));
    std::vector<Id> level = m_placed;
    std::set<Id> seen;
    for (int depth = 0; depth < 32 && !level.empty(); ++depth) {
      Rows rows{{"entity", ColumnType::integer}};
      for (const Id id : level) {
        if (seen.insert(id).second) {
          rows.add(number(id));
        }
      }
      TRY(m_state.store.read([&](Connection& db) {
        return db.lookup(
            "SELECT l.source, l.field FROM {rows} q JOIN identifier i ON i.entity = q.entity "
            "JOIN link l ON l.ref = i.ref",
            rows, sort_in);
      }));
      make_unique(below);
      m_touched.insert(m_touched.end(), below.begin(), below.end());
      level = std::exchange(below, {});
    }
    TRY(mark_staff_of(seen));
    TRY(make_due());
    TRY(mark_affiliated());
    TRY(touch());
    return forget_placed();
  }

  static void make_unique(std::vector<Id>& ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  }

  // Who is on the list of staff of one of these institutions. Sources are few and institutions may be all of ROR: asked
  // for each institution, the database would go through every record for every one of them.
  Result<void> mark_staff_of(const std::set<Id>& institutions) {
    Rows lists{{"source", ColumnType::integer}};
    TRY(m_state.store.read([&](Connection& db) {
      return db.query(
          "SELECT DISTINCT s.id, s.institution_ref, i.entity FROM source s LEFT JOIN identifier i "
          "ON i.ref = s.institution_ref WHERE s.institution_ref <> ''",
          {}, [&](const Row& row) {
            if (m_former.contains(std::string(row.text(1))) ||
                (!row.is_null(2) && institutions.contains(id_of(row.integer(2))))) {
              lists.add(row.integer(0));
            }
          });
    }));
    return m_state.store.read([&](Connection& db) {
      return db.lookup(
          "SELECT DISTINCT a.entity FROM {rows} q JOIN record r ON r.source = q.source AND r.kind = 'person' "
          "JOIN assignment a ON a.record = r.id AND a.part = 0",
          lists, [&](const Row& row) { m_dependents.push_back(id_of(row.integer(0))); });
    });
  }

  // Publications whose printed affiliations name one of the organisations that changed. The index knows them by their
  // words.
  Result<void> mark_affiliated() {
    if (m_placed.size() > k_asked_one_by_one) {
      return m_state.store.read([&](Connection& db) {
        return db.query("SELECT id FROM card WHERE kind = 'publication' ORDER BY id", {},
                        [&](const Row& row) { m_touched.push_back(id_of(row.integer(0))); });
      });
    }
    TRY_ASSIGN(const std::vector<Card> placed,
               registry::Registry(m_state.store).cards(m_placed, access::Viewer::everything()));
    std::set<std::string> names = m_former;
    for (const Card& card : placed) {
      for (std::string& ref : references(card)) {
        names.insert(std::move(ref));
      }
    }
    for (const std::string& name : names) {
      if (name.starts_with("name:")) {
        mark_publications_naming(name.substr(5));
      }
    }
    return {};
  }

  void mark_publications_naming(std::string name) {
    search::Query query;
    query.words = std::move(name);
    query.filters = {{search::Facet::kind, {"publication"}}};
    query.size = 1000;
    query.facet_size = 0;
    query.snippets = false;
    query.translation = search::Translation::none;
    for (search::Answer answer;; query.from += query.size) {
      answer = m_state.index->search(query, access::Viewer::everything());
      for (const search::Hit& hit : answer.hits) {
        m_touched.push_back(hit.id);
      }
      if (answer.relaxed || answer.hits.size() < query.size) {
        return;
      }
    }
  }

  // In pieces that others' writes can wait for.
  Result<void> make_due() {
    make_unique(m_dependents);
    return in_pieces(
        std::exchange(m_dependents, {}), [](Rows& rows, Id id) { rows.add(number(id)); },
        {{"entity", ColumnType::integer}},
        "INSERT INTO due_entity (entity) SELECT entity FROM {rows} AS q WHERE true "
        "ON CONFLICT (entity) DO NOTHING");
  }

  Result<void> touch() {
    make_unique(m_touched);
    return in_pieces(
        std::exchange(m_touched, {}), [this](Rows& rows, Id id) { rows.add(m_state.next_change++).add(number(id)); },
        {{"id", ColumnType::integer}, {"entity", ColumnType::integer}},
        "INSERT INTO change (id, entity) SELECT id, entity FROM {rows} AS q");
  }

  template <typename Add>
  Result<void> in_pieces(const std::vector<Id>& ids, Add&& add, const Rows& empty, std::string_view sql) {
    for (size_t begin = 0; begin < ids.size(); begin += k_marked_together) {
      auto rows = std::make_shared<Rows>(empty);
      for (size_t at = begin; at < std::min(begin + k_marked_together, ids.size()); ++at) {
        add(*rows, ids[at]);
      }
      TRY(m_pipeline.write([rows, sql](Transaction& db) -> Result<void> {
        TRY(db.bulk(sql, *rows));
        return {};
      }));
    }
    return m_pipeline.finish();
  }

  Result<void> forget_placed() {
    m_placed.clear();
    m_former.clear();
    for (int64_t gone = 1; gone > 0;) {
      TRY(m_pipeline.write([&gone](Transaction& db) -> Result<void> {
        TRY_ASSIGN(gone, db.execute("DELETE FROM due_placing WHERE entity IN "
                                    "(SELECT entity FROM due_placing ORDER BY entity LIMIT ?)",
                                    {static_cast<int64_t>(k_marked_together)}));
        return {};
      }));
      TRY(m_pipeline.finish());
    }
    return {};
  }

  State& m_state;
  const OnProgress& m_on_progress;
  SettleReport& m_report;
  Pipeline m_pipeline;
  std::optional<PageRule> m_pages;
  bool m_first = true;  // there was no card
  int64_t m_total = 0;
  int64_t m_done = 0;
  std::vector<Id> m_placed;        // organisations and teams that changed
  std::set<std::string> m_former;  // and what led to them before
  std::vector<Id> m_dependents;    // their cards are to be remade
  std::vector<Id> m_touched;       // only the index shows them otherwise
};

}  // namespace

Result<void> merge_due(State& state, const OnProgress& on_progress, SettleReport& report) {
  return Merger(state, on_progress, report).run();
}

}  // namespace pitchblende::pool
