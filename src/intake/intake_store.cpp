#include "intake/intake_store.hpp"

#include "intake/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::intake::rows {

namespace {

using store::Row;

constexpr std::string_view k_columns =
    "SELECT id, account, attachment, source, format, mapping, institution, object, trust, licence, republish, state, "
    "accept_withdrawals, report, revision, created, changed FROM intake ";

Intake intake_of(const Row& row) {
  Intake out;
  out.id = row.integer(0);
  out.account = row.integer(1);
  out.attachment = row.integer(2);
  out.said.source = row.text(3);
  out.said.format = row.text(4);
  out.said.mapping = row.text(5);
  out.said.institution = row.text(6);
  out.said.object = Id(static_cast<uint64_t>(row.integer(7)));
  out.said.trust = row.integer(8);
  out.said.licence = std::string(row.text(9));
  out.said.republish = row.integer(10) != 0;
  out.state = state(row.text(11)).value_or(State::failed);
  out.accept_withdrawals = row.integer(12) != 0;
  out.report = row.text(13);
  out.revision = row.integer(14);
  out.created = row.text(15);
  out.changed = row.text(16);
  return out;
}

using store::number;

}  // namespace

Result<int64_t> insert(store::Transaction& db, const Intake& intake) {
  TRY_ASSIGN(const int64_t id, store::next_id(db, "intake"));
  const Said& said = intake.said;
  const std::string licence = said.licence.value_or(std::string());
  TRY(db.execute(
      "INSERT INTO intake (id, account, attachment, source, format, mapping, institution, object, trust, licence, "
      "republish, state, accept_withdrawals, report, revision, created, changed) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', 1, ?, ?)",
      {id, intake.account, intake.attachment, said.source, said.format, said.mapping, said.institution,
       number(said.object), said.trust.value_or(0), std::string_view(licence), int64_t{said.republish.value_or(false)},
       name(intake.state), intake.created, intake.created}));
  return id;
}

Result<void> update(store::Transaction& db, const Intake& intake, int64_t revision) {
  const Said& said = intake.said;
  const std::string licence = said.licence.value_or(std::string());
  TRY_ASSIGN(
      const int64_t changed,
      db.execute(
          "UPDATE intake SET account = ?, source = ?, format = ?, mapping = ?, institution = ?, object = ?, trust = ?, "
          "licence = ?, republish = ?, state = ?, accept_withdrawals = ?, report = ?, changed = ?, "
          "revision = revision + 1 WHERE id = ? AND revision = ?",
          {intake.account, said.source, said.format, said.mapping, said.institution, number(said.object),
           said.trust.value_or(0), std::string_view(licence), int64_t{said.republish.value_or(false)},
           name(intake.state), int64_t{intake.accept_withdrawals}, intake.report, intake.changed, intake.id,
           revision}));
  return changed == 0 ? Result<void>(fail(errors::changed)) : Result<void>();
}

Result<Intake> find(store::Connection& db, int64_t id) {
  Intake out;
  TRY(db.query(std::string(k_columns) + "WHERE id = ?", {id}, [&](const Row& row) { out = intake_of(row); }));
  return out.id == 0 ? Result<Intake>(fail(errors::unknown, std::to_string(id))) : Result<Intake>(std::move(out));
}

Result<std::vector<Intake>> list(store::Connection& db, int64_t limit) {
  std::vector<Intake> out;
  TRY(db.query(std::string(k_columns) + "ORDER BY id DESC LIMIT ?", {limit},
               [&](const Row& row) { out.push_back(intake_of(row)); }));
  return out;
}

Result<int64_t> tried_of(store::Connection& db, int64_t account) {
  int64_t out = 0;
  TRY(db.query("SELECT count(*) FROM intake WHERE account = ? AND account <> 0 AND state IN (?, ?)",
               {account, name(State::tried), name(State::refused)}, [&](const Row& row) { out = row.integer(0); }));
  return out;
}

Result<std::optional<Reading>> last_reading(store::Connection& db, const std::string& source) {
  std::optional<Reading> out;
  TRY(db.query(
      "SELECT format, mapping, changed FROM intake WHERE source = ? AND state = ? ORDER BY changed DESC, id DESC "
      "LIMIT 1",
      {source, name(State::applied)}, [&](const Row& row) {
        out = Reading{std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2))};
      }));
  return out;
}

Result<std::vector<KnownSource>> sources(store::Connection& db) {
  std::vector<KnownSource> out;
  TRY(db.query(
      "SELECT s.name, s.format, s.institution, s.institution_ref, r.started, r.state, r.rejected, (SELECT COUNT(*) "
      "FROM record c WHERE c.source = s.id AND c.version IS NOT NULL AND c.withdrawn IS NULL), s.trust, s.licence, "
      "s.republish FROM source s LEFT JOIN run r ON r.id = "
      "(SELECT MAX(l.id) FROM run l WHERE l.source = s.id) WHERE s.name NOT LIKE 'pitchblende:%' ORDER BY s.name",
      {}, [&](const Row& row) {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                       std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), row.integer(7),
                       row.integer(6), row.integer(8), std::string(row.text(9)), row.integer(10) != 0});
      }));
  return out;
}

Result<std::vector<Made>> made(store::Connection& db, const std::string& source, int64_t limit) {
  std::vector<Made> out;
  TRY(db.query(
      "SELECT r.kind, r.key, a.entity FROM source s JOIN record r ON r.source = s.id JOIN assignment a ON a.record = "
      "r.id AND a.part = 0 WHERE s.name = ? AND r.version IS NOT NULL AND r.withdrawn IS NULL ORDER BY r.kind, r.key "
      "LIMIT ?",
      {source, limit}, [&](const Row& row) {
        out.push_back({std::string(row.text(0)), std::string(row.text(1)), Id(static_cast<uint64_t>(row.integer(2)))});
      }));
  return out;
}

}  // namespace pitchblende::intake::rows
