#include "pool/erasure/erase.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "pool/erasure/erased.hpp"
#include "pool/errors.hpp"
#include "registry/identifiers.hpp"
#include "store/numbering.hpp"

namespace pitchblende::pool {

namespace {

using registry::FieldType;
using registry::Kind;
using registry::Record;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;
using store::Transaction;

constexpr size_t k_shortest_needle = 6;  // bytes: what is shorter stands in files by chance

// A version of a record as it stands.
struct Stored {
  int64_t record = 0;
  int64_t version = 0;
  Kind kind = Kind::person;
  std::string source;
  std::string institution;
  std::string key;
  std::string payload;
  RecordName name() const { return {source, kind, key}; }
};

struct Changed {
  int64_t version = 0;
  std::string payload;
  std::string hash;
};

std::optional<Stored> stored_at(const Row& row) {
  const auto kind = registry::kind(row.text(2));
  if (!kind) {
    return std::nullopt;
  }
  return Stored{row.integer(0),           row.integer(1),           *kind,
                std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)),
                std::string(row.text(6))};
}

constexpr std::string_view k_versions =
    "SELECT r.id, v.id, r.kind, s.name, s.institution, r.key, v.payload FROM version v "
    "JOIN record r ON r.id = v.record JOIN source s ON s.id = r.source ";

class Search {
 public:
  Search(store::Store& store, const std::string& key) : m_store(store), m_key(key), m_erased(key) {}

  Result<void> run(Id person, const std::vector<std::string>& words) {
    TRY_ASSIGN(Erased known, Erased::read(m_store, m_key));
    m_known_before = known.hashes();
    m_erased = std::move(known);
    for (const std::string& word : words) {
      if (!word.empty()) {
        add_reference("email", word);
      }
    }
    if (person != Id()) {
      TRY(find_person(person));
      TRY(find_own());
    }
    TRY(find_others());
    return find_texts();
  }

  ErasureReport report;
  std::vector<int64_t> own;        // records
  std::vector<int64_t> mentioned;  // records that print his name, assigned to him
  std::vector<Changed> changed;    // other versions without him
  std::set<int64_t> scrubbed;      // their records
  std::vector<int64_t> decisions;  // about him
  std::vector<int64_t> signed_by;  // by him, about others
  std::vector<int64_t> explained;  // whose reason speaks of him
  std::vector<std::pair<int64_t, int64_t>> findings;
  Rows keys{{"hash", ColumnType::integer}, {"record", ColumnType::integer}, {"part", ColumnType::integer}};
  std::vector<std::string> needles;

  const Erased& erased() const { return m_erased; }
  bool is_new(const std::string& hash) const { return !m_known_before.contains(hash); }

 private:
  void add_needle(std::string_view text) {
    if (text.size() >= k_shortest_needle) {
      needles.emplace_back(text);
    }
  }

  void add_reference(std::string_view scheme, std::string_view value) {
    const std::string ref = registry::reference(scheme, value);
    m_erased.add_reference(ref);
    // A key of an institution ("curie/12") may be short and stand elsewhere by chance: it is found as a reference.
    add_needle(scheme == "local" ? std::string_view(ref) : value);
    m_marks.emplace_back(scheme == "local" ? ref : std::string(value));
    if (scheme == "email") {
      report.emails.emplace_back(value);
    }
  }

  Result<void> find_person(Id person) {
    TRY_ASSIGN(const auto id, registry::Registry(m_store).current(person));
    if (!id) {
      return fail(errors::unknown_id, person.text());
    }
    report.person = *id;
    Kind kind = Kind::publication;
    TRY(m_store.read([&](Connection& db) -> Result<void> {
      TRY(db.query("SELECT kind FROM entity WHERE id = ?", {number(*id)},
                   [&](const Row& row) { kind = registry::kind(row.text(0)).value_or(kind); }));
      return db.query("SELECT record, part FROM assignment WHERE entity = ?", {number(*id)},
                      [&](const Row& row) { (row.integer(1) == 0 ? own : mentioned).push_back(row.integer(0)); });
    }));
    if (kind != Kind::person) {
      return fail(errors::not_a_person, person.text());
    }
    std::sort(mentioned.begin(), mentioned.end());
    mentioned.erase(std::unique(mentioned.begin(), mentioned.end()), mentioned.end());
    report.records = static_cast<int64_t>(own.size());
    report.named_in = static_cast<int64_t>(mentioned.size());
    return {};
  }

  void add_name(std::string_view text) {
    const std::string folded = normalised(text);
    if (folded.find(' ') != std::string::npos) {  // a family name alone is many people's
      m_names.insert(folded);
    }
  }

  void take_own(const Stored& stored, const Record& record) {
    m_erased.add_record(stored.name());
    std::string family;
    std::string given;
    for (const auto& [id, value] : record.values) {
      const auto& field = registry::description(id);
      if (field.type == FieldType::identifier) {
        add_reference(field.scheme, value.text);
      } else if (field.name == "family_name") {
        family = value.text;
      } else if (field.name == "given_names") {
        given = value.text;
      } else if (field.name == "printed_name" || field.name == "other_names") {
        add_name(value.text);
      } else if (field.name == "telephone") {
        add_needle(value.text);
      }
    }
    add_name(given + " " + family);
    add_name(family + " " + given);
    if (const std::string folded = normalised(family); folded.size() > 1) {
      m_families.insert(folded);
      m_family_texts.insert(family);
    }
  }

  void take_keys(const Stored& stored, const Record& record) {
    for (const auto& mention : resolution::mentions_of(record, stored.record, stored.source, stored.institution)) {
      for (const auto& key : resolution::blocking_keys(mention)) {
        keys.add(key.hash).add(mention.ref.record).add(int64_t{mention.ref.part});
      }
    }
  }

  Result<void> find_own() {
    Rows rows{{"record", ColumnType::integer}};
    for (const int64_t record : own) {
      rows.add(record);
    }
    std::vector<Stored> versions;
    TRY(m_store.read([&](Connection& db) {
      return db.lookup(std::string(k_versions) + "JOIN {rows} q ON q.record = r.id", rows, [&](const Row& row) {
        if (auto stored = stored_at(row)) {
          versions.push_back(std::move(*stored));
        }
      });
    }));
    for (const Stored& stored : versions) {
      if (const auto record = registry::decode(stored.kind, stored.key, stored.payload)) {
        take_own(stored, *record);
        take_keys(stored, *record);
      }
    }
    std::sort(report.emails.begin(), report.emails.end());
    report.emails.erase(std::unique(report.emails.begin(), report.emails.end()), report.emails.end());
    return {};
  }

  bool is_own(int64_t record) const { return std::find(own.begin(), own.end(), record) != own.end(); }

  bool has_mark(std::string_view payload) const {
    return std::any_of(m_marks.begin(), m_marks.end(),
                       [&](const std::string& mark) { return payload.find(mark) != std::string_view::npos; });
  }

  // Works that print him are many and long: of those only what is his alone is looked for.
  bool may_speak_of_him(Kind kind, std::string_view payload) const {
    if (has_mark(payload)) {
      return true;
    }
    if (payload.find('@') != std::string_view::npos && !report.emails.empty()) {
      std::string lower(payload);
      std::transform(lower.begin(), lower.end(), lower.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      if (has_mark(lower)) {
        return true;
      }
    }
    if (kind == Kind::publication || m_families.empty()) {
      return false;
    }
    const std::string folded = normalised(payload);
    return std::any_of(m_families.begin(), m_families.end(),
                       [&](const std::string& family) { return folded.find(family) != std::string::npos; });
  }

  // Whether this record links to him by name, or has his name in a text.
  void note_names(const Stored& stored, const Record& record) {
    if (stored.kind == Kind::publication) {
      return;
    }
    for (const auto& [field, value] : record.values) {
      const FieldType type = registry::description(field).type;
      if (type == FieldType::mention) {
        continue;
      }
      const std::string ref = type == FieldType::link ? registry::link_key(value.text) : normalised(value.text);
      std::string all = " " + (ref.starts_with("name:") ? ref.substr(5) : ref) + " ";
      for (const auto& [attribute, text] : value.attributes) {
        all += "| " + normalised(text) + " ";
      }
      for (const std::string& name : m_names) {
        if (all.find(" " + name + " ") != std::string::npos) {
          m_erased.add_named(stored.name(), name);
        }
      }
    }
  }

  Result<void> find_others() {
    if (m_marks.empty() && m_names.empty()) {
      return {};
    }
    std::vector<Stored> candidates;
    TRY(m_store.read([&](Connection& db) {
      return db.query(k_versions, {}, [&](const Row& row) {
        const auto kind = registry::kind(row.text(2));
        if (kind && !is_own(row.integer(0)) && may_speak_of_him(*kind, row.text(6))) {
          candidates.push_back(*stored_at(row));
        }
        for (const std::string& family : m_family_texts) {
          m_family_elsewhere |= !is_own(row.integer(0)) && row.text(6).find(family) != std::string_view::npos;
        }
      });
    }));
    for (const Stored& stored : candidates) {
      if (auto record = registry::decode(stored.kind, stored.key, stored.payload)) {
        note_names(stored, *record);
        const Record before = *record;
        if (m_erased.scrub(stored.name(), *record)) {
          take_keys(stored, before);
          Changed& each = changed.emplace_back(Changed{stored.version, registry::encode(*record), {}});
          each.hash = registry::content_hash(*record, each.payload);
          scrubbed.insert(stored.record);
        }
      }
    }
    report.scrubbed = static_cast<int64_t>(scrubbed.size());
    if (mentioned.empty() && !m_family_elsewhere) {
      for (const std::string& family : m_family_texts) {
        add_needle(family);
      }
    }
    return {};
  }

  bool speaks_of_him(std::string_view text) const {
    if (text.empty()) {
      return false;
    }
    if (has_mark(text)) {
      return true;
    }
    const std::string folded = " " + normalised(text) + " ";
    return std::any_of(m_names.begin(), m_names.end(),
                       [&](const std::string& name) { return folded.find(" " + name + " ") != std::string::npos; });
  }

  // What people and the program wrote about records.
  Result<void> find_texts() {
    const std::set<int64_t> his(own.begin(), own.end());
    TRY(m_store.read([&](Connection& db) -> Result<void> {
      TRY(db.query("SELECT id, record_a, record_b, value, who, why, name_a, name_b FROM decision", {},
                   [&](const Row& row) {
                     bool about = his.contains(row.integer(1)) || his.contains(row.integer(2));
                     for (const int column : {3, 6, 7}) {
                       about = about || speaks_of_him(row.text(column));
                     }
                     if (about) {
                       decisions.push_back(row.integer(0));
                       return;
                     }
                     // What he decided on other things stands without his name.
                     if (speaks_of_him(row.text(4))) {
                       signed_by.push_back(row.integer(0));
                     }
                     if (speaks_of_him(row.text(5))) {
                       explained.push_back(row.integer(0));
                     }
                   }));
      return db.query("SELECT run, ordinal, message, excerpt, file FROM finding", {}, [&](const Row& row) {
        if (speaks_of_him(row.text(2)) || speaks_of_him(row.text(3)) || has_family(row.text(3))) {
          findings.emplace_back(row.integer(0), row.integer(1));
        }
      });
    }));
    report.decisions = static_cast<int64_t>(decisions.size());
    return {};
  }

  bool has_family(std::string_view text) const {
    const std::string folded = normalised(text);
    return std::any_of(m_families.begin(), m_families.end(),
                       [&](const std::string& family) { return folded == family; });
  }

  store::Store& m_store;
  std::string m_key;
  Erased m_erased;
  std::unordered_set<std::string> m_known_before;
  std::vector<std::string> m_marks;      // texts that are his alone
  std::set<std::string> m_names;         // folded, in either order
  std::set<std::string> m_families;      // folded
  std::set<std::string> m_family_texts;  // as they stand
  bool m_family_elsewhere = false;
};

Rows numbers(std::string_view column, const auto& values) {
  Rows rows{{column, ColumnType::integer}};
  for (const int64_t value : values) {
    rows.add(value);
  }
  return rows;
}

Result<void> empty_own(Transaction& db, const std::vector<int64_t>& own) {
  for (const int64_t record : own) {
    Record blank;
    blank.key = "erased:" + std::to_string(record);
    const std::string payload = registry::encode(blank);
    const std::string hash = registry::content_hash(blank, payload);
    TRY(db.execute("UPDATE version SET payload = ?, hash = ?, date = '' WHERE record = ?", {payload, hash, record}));
    TRY(db.execute(
        "UPDATE record SET key = ?, withdrawn = COALESCE(withdrawn, (SELECT v.run FROM version v WHERE v.id = "
        "record.version)) WHERE id = ?",
        {blank.key, record}));
  }
  TRY(db.bulk("DELETE FROM doubt WHERE record_a IN (SELECT record FROM {rows} AS q)", numbers("record", own)));
  TRY(db.bulk("DELETE FROM doubt WHERE record_b IN (SELECT record FROM {rows} AS q)", numbers("record", own)));
  return {};
}

// What somebody wrote goes; that something was decided stays.
Result<void> empty_texts(Transaction& db, const Search& search) {
  for (const int64_t decision : search.decisions) {
    TRY(db.execute(
        "UPDATE decision SET verdict = CASE WHEN verdict = 'override' THEN 'erased' ELSE verdict END, "
        "value = '', who = 'erased', why = '', name_a = '', list_a = '', name_b = '', list_b = '' WHERE id = ?",
        {decision}));
  }
  for (const int64_t decision : search.signed_by) {
    TRY(db.execute("UPDATE decision SET who = 'erased' WHERE id = ?", {decision}));
  }
  for (const int64_t decision : search.explained) {
    TRY(db.execute("UPDATE decision SET why = '' WHERE id = ?", {decision}));
  }
  for (const auto& [run, ordinal] : search.findings) {
    TRY(db.execute("UPDATE finding SET message = '', excerpt = '' WHERE run = ? AND ordinal = ?", {run, ordinal}));
  }
  return {};
}

Result<void> write_all(Transaction& db, State& state, const Search& search, const Erasure& erasure) {
  Rows hashes{{"hash"}};
  for (const std::string& hash : search.erased().hashes()) {
    if (search.is_new(hash)) {
      hashes.add(hash);
    }
  }
  TRY(db.bulk("INSERT INTO erased (hash) SELECT hash FROM {rows} AS q WHERE true ON CONFLICT (hash) DO NOTHING",
              hashes));
  TRY(db.bulk("DELETE FROM match_key WHERE (hash, record, part) IN (SELECT hash, record, part FROM {rows} AS q)",
              search.keys));
  TRY(empty_own(db, search.own));
  for (const Changed& each : search.changed) {
    TRY(db.execute("UPDATE version SET payload = ?, hash = ? WHERE id = ?", {each.payload, each.hash, each.version}));
  }
  TRY(empty_texts(db, search));
  // Names that stay printed belong to nobody from now on: who is who begins anew for them.
  TRY(db.execute("DELETE FROM assignment WHERE entity = ? AND part > 0", {number(search.report.person)}));
  for (const auto* records : {&search.own, &search.mentioned}) {
    TRY(db.bulk(
        "INSERT INTO due_record (record) SELECT record FROM {rows} AS q WHERE true ON CONFLICT (record) DO NOTHING",
        numbers("record", *records)));
  }
  TRY(db.bulk(
      "INSERT INTO due_record (record) SELECT record FROM {rows} AS q WHERE true ON CONFLICT (record) DO NOTHING",
      numbers("record", search.scrubbed)));
  if (search.report.person != Id()) {
    TRY(db.execute("INSERT INTO due_entity (entity) VALUES (?) ON CONFLICT (entity) DO NOTHING",
                   {number(search.report.person)}));
  }
  TRY_ASSIGN(const int64_t id, store::next_id(db, "erasure"));
  TRY(db.execute("INSERT INTO erasure (id, entity, began, finished) VALUES (?, ?, ?, '')",
                 {id, number(search.report.person), state.clock.now_text()}));
  return erasure.also ? erasure.also(db) : Result<void>();
}

}  // namespace

Result<Erasing> erase_truth(State& state, const Erasure& erasure) {
  Search search(state.store, state.settings.key);
  TRY(search.run(erasure.person, erasure.words));
  TRY(state.store.write([&](Transaction& db) { return write_all(db, state, search, erasure); }));
  return Erasing{std::move(search.report), std::move(search.needles)};
}

Result<bool> is_erasing(State& state) {
  bool begun = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT 1 FROM erasure WHERE finished = '' LIMIT 1", {}, [&](const Row&) { begun = true; });
  }));
  return begun;
}

Result<ErasureReport> foresee_erasure(store::Store& store, Id person) {
  Search search(store, {});
  TRY(search.run(person, {}));
  return std::move(search.report);
}

}  // namespace pitchblende::pool
