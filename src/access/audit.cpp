#include "access/audit.hpp"

namespace pitchblende::access {

namespace {

AuditEntry read_entry(const store::Row& row) {
  return {
      row.integer(0),
      std::string(row.text(1)),
      {row.integer(2), std::string(row.text(3)), std::string(row.text(4)), row.integer(5), std::string(row.text(6))}};
}

std::string hash_of(const AuditEntry& entry, const std::string& before, const std::string& key) {
  std::string text = before;
  for (const std::string& part :
       {std::to_string(entry.number), entry.at, std::to_string(entry.deed.actor), entry.deed.verb, entry.deed.kind,
        std::to_string(entry.deed.object), entry.deed.detail}) {
    text += '\n' + std::to_string(part.size()) + ':' + part;
  }
  return hash256_hex(text, key);
}

constexpr std::string_view k_columns = "SELECT id, at, actor, verb, kind, object, detail, hash FROM audit ";

}  // namespace

std::string Audit::seal(int64_t entries, const std::string& hash) const {
  return hash256_hex("head\n" + std::to_string(entries) + "\n" + hash, m_key);
}

Result<void> Audit::record(store::Transaction& transaction, const Deed& deed) const {
  // The update locks the head until the commit: where several programs write, their entries come one after the other.
  TRY_ASSIGN(const int64_t begun, transaction.execute("UPDATE audit_head SET entries = entries + 1 WHERE id = 1"));
  if (begun == 0) {
    TRY(transaction.execute("INSERT INTO audit_head (id, entries, hash, seal) VALUES (1, 1, '', '')"));
  }
  AuditEntry entry{0, m_clock.now_text(), deed};
  std::string before;
  TRY(transaction.query("SELECT entries, hash FROM audit_head WHERE id = 1", {}, [&](const store::Row& row) {
    entry.number = row.integer(0);
    before = row.text(1);
  }));
  const std::string hash = hash_of(entry, before, m_key);
  TRY(transaction.execute(
      "INSERT INTO audit (id, at, actor, verb, kind, object, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {entry.number, entry.at, deed.actor, deed.verb, deed.kind, deed.object, deed.detail, hash}));
  TRY(transaction.execute("UPDATE audit_head SET hash = ?, seal = ? WHERE id = 1", {hash, seal(entry.number, hash)}));
  return {};
}

Result<std::vector<AuditEntry>> Audit::entries(int64_t before, int64_t limit) const {
  std::vector<AuditEntry> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(std::string(k_columns) + "WHERE id < ? ORDER BY id DESC LIMIT ?",
                    {before > 0 ? before : INT64_MAX, limit},
                    [&](const store::Row& row) { out.push_back(read_entry(row)); });
  }));
  return out;
}

Result<std::vector<std::string>> Audit::check() const {
  std::vector<std::string> problems;
  int64_t expected = 1;
  int64_t head_entries = 0;
  std::string before;
  std::string head_hash;
  std::string head_seal;
  bool is_used = false;
  TRY(m_store.read([&](store::Connection& db) -> Result<void> {
    TRY(db.query(std::string(k_columns) + "ORDER BY id", {}, [&](const store::Row& row) {
      const AuditEntry entry = read_entry(row);
      if (entry.number != expected) {
        problems.push_back("audit log: entries " + std::to_string(expected) + " to " +
                           std::to_string(entry.number - 1) + " are missing");
      } else if (row.text(7) != hash_of(entry, before, m_key)) {
        problems.push_back("audit log: entry " + std::to_string(entry.number) + " is not as it was written");
      }
      expected = entry.number + 1;
      before = row.text(7);
    }));
    // The first account begins with an entry: where there is one, there is a log.
    TRY(db.query("SELECT 1 FROM account LIMIT 1", {}, [&](const store::Row&) { is_used = true; }));
    return db.query("SELECT entries, hash, seal FROM audit_head", {}, [&](const store::Row& row) {
      head_entries = row.integer(0);
      head_hash = row.text(1);
      head_seal = row.text(2);
    });
  }));
  const bool never_used = expected == 1 && head_entries == 0 && !is_used;
  if (!never_used && (head_entries != expected - 1 || head_hash != before)) {
    problems.push_back("audit log: it ends at entry " + std::to_string(expected - 1) + ", " +
                       std::to_string(head_entries) + " were written");
  } else if (!never_used && head_seal != seal(head_entries, head_hash)) {
    problems.push_back("audit log: its end is not sealed by this folder's key");
  }
  return problems;
}

}  // namespace pitchblende::access
