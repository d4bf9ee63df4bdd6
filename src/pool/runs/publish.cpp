#include "pool/runs/publish.hpp"

#include <array>

#include "pool/erasure/erased.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

using access::Visibility;
using store::Row;
using store::Transaction;

constexpr std::string_view k_institution = "pitchblende";
// What was done here is known at first hand; a curator's decision still wins over it.
constexpr int64_t k_trust = 70;

constexpr std::array k_visibilities = {Visibility::everyone, Visibility::consortium, Visibility::institution,
                                       Visibility::owner, Visibility::nobody};

// A source has one visibility, so that a slice has a source for each that it uses.
std::string source_name(std::string_view slice, Visibility visibility) {
  const std::string name = std::string(registry::k_room_sources) + std::string(slice);
  switch (visibility) {
    case Visibility::everyone:
      return name;
    case Visibility::consortium:
      return name + ":consortium";
    case Visibility::institution:
      return name + ":institution";
    case Visibility::owner:
      return name + ":owner";
    case Visibility::nobody:
      return name + ":nobody";
  }
  return name;
}

struct Stored {
  int64_t record = 0;
  int64_t source = 0;
  int64_t version = 0;
  std::string hash;
  bool withdrawn = false;
  bool is_here() const { return version != 0 && !withdrawn; }
};

class Publishing {
 public:
  Publishing(State& state, Transaction& db, const Publication& publication)
      : m_db(db), m_state(state), m_publication(publication), m_record(publication.record) {
    const std::string reference = published_reference(publication.slice, m_record.key);
    m_record.add(registry::field(m_record.kind, "local_id"), reference.substr(reference.find(':') + 1));
  }

  // docs/rules/erasure.md, 5 and 6: what a slice says of somebody erased is kept out as an import's is.
  Result<void> run() {
    TRY(forget_erased());
    TRY_ASSIGN(Stored known, stored());
    const bool gone = m_record.deleted;
    if (gone && !known.is_here()) {
      return {};
    }
    TRY_ASSIGN(const int64_t source, gone ? Result<int64_t>(known.source) : source_number());
    if (!gone && known.is_here() && known.hash == m_hash && known.source == source) {
      return {};
    }
    const Change change = gone ? Change::deleted : known.version == 0 ? Change::fresh : Change::changed;
    TRY_ASSIGN(const int64_t run, new_run(source, change));
    if (known.record == 0) {
      known.record = m_state.next_record++;
      TRY(m_db.execute("INSERT INTO record (id, source, kind, key) VALUES (?, ?, ?, ?)",
                       {known.record, source, registry::name(m_record.kind), std::string_view(m_record.key)}));
    }
    if (gone || known.withdrawn) {
      TRY(m_db.execute("INSERT INTO presence (record, run, present) VALUES (?, ?, ?)",
                       {known.record, run, int64_t{!gone}}));
    }
    TRY(gone ? m_db.execute("UPDATE record SET withdrawn = ? WHERE id = ?", {run, known.record})
             : point_at_version(known, source, run));
    TRY(m_db.execute("INSERT INTO due_record (record) VALUES (?) ON CONFLICT (record) DO NOTHING", {known.record}));
    return {};
  }

 private:
  Result<void> forget_erased() {
    TRY_ASSIGN(const Erased erased, Erased::read(m_db, m_state.settings.key));
    for (const Visibility visibility : k_visibilities) {
      const std::string source = source_name(m_publication.slice, visibility);
      const RecordName name{source, m_record.kind, m_record.key};
      m_record.deleted = m_record.deleted || erased.knows(name, m_record);
      if (!erased.empty()) {
        erased.scrub(name, m_record);
      }
    }
    m_payload = registry::encode(m_record);
    m_hash = registry::content_hash(m_record, m_payload);
    return {};
  }

  Result<int64_t> source_number() {
    const std::string name = source_name(m_publication.slice, m_publication.visibility);
    int64_t number = 0;
    TRY(m_db.query("SELECT id FROM source WHERE name = ?", {std::string_view(name)},
                   [&](const Row& row) { number = row.integer(0); }));
    if (number != 0) {
      return number;
    }
    const bool open = m_publication.visibility == Visibility::everyone;
    TRY(m_db.query("SELECT COALESCE(MAX(id), 0) + 1 FROM source", {},
                   [&](const Row& row) { number = row.integer(0); }));
    TRY(
        m_db.execute("INSERT INTO source (id, name, format, institution, institution_ref, trust, licence, republish, "
                     "mode, visibility) VALUES (?, ?, '', ?, '', ?, '', ?, 'feed', ?)",
                     {number, std::string_view(name), k_institution, k_trust, int64_t{open},
                      static_cast<int64_t>(m_publication.visibility)}));
    return number;
  }

  Result<Stored> stored() {
    Stored stored;
    for (const Visibility visibility : k_visibilities) {
      TRY(m_db.query(
          "SELECT r.id, r.source, r.version, v.hash, r.withdrawn FROM source s JOIN record r ON r.source = "
          "s.id LEFT JOIN version v ON v.id = r.version WHERE s.name = ? AND r.kind = ? AND r.key = ?",
          {source_name(m_publication.slice, visibility), registry::name(m_record.kind), std::string_view(m_record.key)},
          [&](const Row& row) {
            stored = {row.integer(0), row.integer(1), row.integer(2), std::string(row.text(3)), !row.is_null(4)};
          }));
    }
    return stored;
  }

  Result<int64_t> new_run(int64_t source, Change change) {
    const int64_t run = m_state.next_run++;
    const std::string now = m_state.clock.now_text();
    TRY(m_db.execute(
        "INSERT INTO run (id, source, state, started, finished, complete, seen, fresh, changed, withdrawn) "
        "VALUES (?, ?, 'done', ?, ?, 1, 1, ?, ?, ?)",
        {run, source, std::string_view(now), std::string_view(now), int64_t{change == Change::fresh},
         int64_t{change == Change::changed}, int64_t{change == Change::deleted}}));
    return run;
  }

  // Who may see a record is its source's to say: when that changes, the record goes over to another source and stays
  // the same record, so that its thing keeps its id.
  Result<int64_t> point_at_version(const Stored& known, int64_t source, int64_t run) {
    int64_t version = known.version;
    if (known.hash != m_hash) {
      version = m_state.next_version++;
      const std::string date = m_record.date.empty() ? m_state.clock.today() : m_record.date;
      TRY(m_db.execute(
          "INSERT INTO version (id, record, run, hash, date, payload) VALUES (?, ?, ?, ?, ?, ?)",
          {version, known.record, run, std::string_view(m_hash), std::string_view(date), std::string_view(m_payload)}));
    }
    return m_db.execute("UPDATE record SET version = ?, withdrawn = NULL, source = ? WHERE id = ?",
                        {version, source, known.record});
  }

  Transaction& m_db;
  State& m_state;
  const Publication& m_publication;
  registry::Record m_record;
  std::string m_payload;
  std::string m_hash;
};

}  // namespace

std::string published_reference(std::string_view slice, std::string_view key) {
  return "local:" + std::string(k_institution) + "/" + std::string(slice) + "-" + std::string(key);
}

Result<void> publish_record(State& state, Transaction& db, const Publication& publication) {
  if (publication.record.key.empty()) {
    return fail(errors::no_key);
  }
  return Publishing(state, db, publication).run();
}

Result<bool> is_anything_due(State& state) {
  bool due = false;
  TRY(state.store.read([&](store::Connection& db) -> Result<void> {
    for (const std::string_view table : {"due_record", "due_entity", "due_placing"}) {
      TRY(db.query("SELECT 1 FROM " + std::string(table) + " LIMIT 1", {}, [&](const Row&) { due = true; }));
    }
    return {};
  }));
  return due;
}

}  // namespace pitchblende::pool
