#include "pool/checking.hpp"

#include "pool/card_rows.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;

struct Question {
  std::string_view sql;      // rows are problems
  std::string_view problem;  // said before the row's first column
};

constexpr Question k_questions[] = {
    {"SELECT r.id FROM record r WHERE r.version IS NOT NULL AND NOT EXISTS (SELECT 1 FROM version v WHERE v.id = "
     "r.version)",
     "record without its version: "},
    {"SELECT r.id FROM record r WHERE r.version IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.record "
     "= r.id "
     "AND a.part = 0) AND NOT EXISTS (SELECT 1 FROM due_record d WHERE d.record = r.id)",
     "record without an entity: "},
    {"SELECT a.entity FROM assignment a WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = a.entity)",
     "assignment to an entity that is not there: "},
    {"SELECT a.entity FROM assignment a JOIN entity e ON e.id = a.entity JOIN record r ON r.id = a.record "
     "WHERE e.redirect IS NOT NULL AND r.withdrawn IS NULL",
     "assignment to an entity that was merged away: "},
    {"SELECT e.id FROM entity e WHERE e.redirect IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entity t WHERE t.id = "
     "e.redirect)",
     "redirect to an entity that is not there: "},
    {"SELECT c.id FROM card c WHERE NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = c.id AND e.redirect IS NULL)",
     "card without its entity: "},
    {"SELECT i.entity FROM identifier i WHERE NOT EXISTS (SELECT 1 FROM card c WHERE c.id = i.entity)",
     "identifier without its card: "},
    {"SELECT l.source FROM link l WHERE NOT EXISTS (SELECT 1 FROM card c WHERE c.id = l.source)",
     "link without its card: "},
};

Result<void> check_store(State& state, CheckReport& report) {
  TRY_ASSIGN(report.problems, state.store.integrity());
  for (const Question& question : k_questions) {
    TRY(state.store.read([&](Connection& db) {
      return db.query(std::string(question.sql) + " LIMIT 100", {}, [&](const Row& row) {
        report.problems.push_back(std::string(question.problem) + std::to_string(row.integer(0)));
      });
    }));
  }
  return state.store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT COUNT(*) FROM link l WHERE NOT EXISTS (SELECT 1 FROM identifier i WHERE i.ref = l.ref)", {},
                 [&](const Row& row) { report.links_without_target = row.integer(0); }));
    return db.query("SELECT COUNT(*) FROM due_record", {},
                    [&](const Row& row) { report.records_due = row.integer(0); });
  });
}

// Every record can be read and is what its hash says; every card can be read and is what would be written.
Result<void> check_texts(State& state, const OnProgress& on_progress, CheckReport& report) {
  int64_t records = 0;
  TRY(state.store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT r.kind, r.key, v.payload, v.hash FROM record r JOIN version v ON v.id = r.version", {},
                 [&](const Row& row) {
                   const auto kind = registry::kind(row.text(0));
                   const auto record = kind ? registry::decode(*kind, row.text(1), row.text(2))
                                            : Result<registry::Record>(registry::Record{});
                   if (!kind || !record || registry::content_hash(*record, row.text(2)) != row.text(3)) {
                     report.problems.push_back("record that is not what was stored: " + std::string(row.text(1)));
                   }
                   if (++records % 10'000 == 0 && on_progress) {
                     on_progress({"check", records, 0, "records"});
                   }
                 }));
    return db.query("SELECT id, kind, body, label FROM card", {}, [&](const Row& row) {
      const auto kind = registry::kind(row.text(1));
      const auto card = kind ? registry::decode_card(id_of(row.integer(0)), *kind, row.text(2))
                             : Result<registry::Card>(registry::Card{});
      if (!kind || !card || registry::encode(*card) != row.text(2) || registry::public_label(*card) != row.text(3)) {
        report.problems.push_back("card that is not what was stored: " + id_of(row.integer(0)).text());
      }
      ++report.cards;
    });
  }));
  return {};
}

Result<void> check_index(State& state, CheckReport& report) {
  for (std::string& problem : state.index->check()) {
    report.problems.push_back(std::move(problem));
  }
  int64_t shown = 0;
  int64_t last = 0;
  TRY(state.store.read([&](Connection& db) -> Result<void> {
    TRY(db.query("SELECT COUNT(*) FROM card WHERE page = 1", {}, [&](const Row& row) { shown = row.integer(0); }));
    return db.query("SELECT COALESCE(MAX(id), 0) FROM change", {}, [&](const Row& row) { last = row.integer(0); });
  }));
  const auto indexed = static_cast<int64_t>(state.index->size().documents);
  if (state.index->position() != last) {
    report.problems.push_back("the index has followed " + std::to_string(state.index->position()) + " of " +
                              std::to_string(last) + " changes; `pitchblende rebuild` remakes it");
  } else if (indexed != shown) {
    report.problems.push_back("the index holds " + std::to_string(indexed) + " of " + std::to_string(shown) +
                              " things; `pitchblende rebuild` remakes it");
  }
  return {};
}

}  // namespace

Result<CheckReport> check_all(State& state, const OnProgress& on_progress) {
  CheckReport report;
  TRY(check_store(state, report));
  TRY(check_texts(state, on_progress, report));
  TRY(check_index(state, report));
  return report;
}

}  // namespace pitchblende::pool
