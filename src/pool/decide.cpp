#include "pool/decide.hpp"

#include "pool/errors.hpp"
#include "sources/source.hpp"

namespace pitchblende::pool {

namespace {

using resolution::MentionRef;
using store::Connection;
using store::Row;
using store::Transaction;
using Verdict = Judgement::Verdict;

struct Subject {
  registry::Kind kind = registry::Kind::person;
  MentionRef oldest;
};

// A record that a person named.
Result<Subject> subject(State& state, const MentionRef& ref) {
  Subject subject;
  bool known = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT e.kind FROM assignment a JOIN entity e ON e.id = a.entity WHERE a.record = ? AND a.part = ?",
        {ref.record, int64_t{ref.part}}, [&](const Row& row) {
          known = true;
          subject.oldest = ref;
          subject.kind = registry::kind(row.text(0)).value_or(registry::Kind::person);
        });
  }));
  return known ? Result<Subject>(subject)
               : fail(errors::unknown_record, std::to_string(ref.record) + "/" + std::to_string(ref.part));
}

Result<Subject> subject(State& state, Id id) {
  TRY_ASSIGN(const registry::Found found, registry::Registry(state.store).find(id, access::Viewer::everything()));
  Subject subject;
  bool known = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT a.record, a.part, e.kind FROM assignment a JOIN entity e ON e.id = a.entity WHERE a.entity = ? "
        "ORDER BY CASE WHEN a.part = 0 THEN 0 ELSE 1 END, a.record, a.part LIMIT 1",
        {number(found.id)}, [&](const Row& row) {
          known = true;
          subject.oldest = {row.integer(0), static_cast<int32_t>(row.integer(1))};
          subject.kind = registry::kind(row.text(2)).value_or(registry::Kind::person);
        });
  }));
  if (!known || found.presence == registry::Presence::never) {
    return fail(errors::unknown_id, id.text());
  }
  return subject;
}

// A decision that stands can be undone; to undo an undoing is to decide anew.
Result<void> can_be_undone(State& state, int64_t number_of) {
  bool known = false;
  bool stands = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT CASE WHEN d.verdict = 'undo' OR EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) THEN 0 ELSE 1 "
        "END "
        "FROM decision d WHERE d.id = ?",
        {number_of}, [&](const Row& row) {
          known = true;
          stands = row.integer(0) == 1;
        });
  }));
  if (!known) {
    return fail(errors::unknown_decision, std::to_string(number_of));
  }
  return stands ? Result<void>() : fail(errors::undone, std::to_string(number_of));
}

// A value stands as in a record's payload, under its field.
Result<std::string> payload_of(const Judgement& judgement, registry::Kind kind) {
  const auto field = registry::find_field(kind, judgement.field);
  const bool whole = judgement.field.empty() && judgement.verdict != Verdict::override_;
  if (!field && !whole) {
    return fail(errors::unknown_field, std::string(registry::name(kind)), judgement.field);
  }
  if (judgement.verdict == Verdict::override_ && judgement.value.text.find_first_not_of(" \t\n") == std::string::npos) {
    return fail(errors::no_value);
  }
  if (!field || judgement.value.text.empty()) {
    return std::string();
  }
  registry::Record record;
  record.kind = kind;
  TRY_ASSIGN(registry::Value value, sources::checked_value(registry::description(*field), judgement.value));
  record.values.emplace_back(*field, std::move(value));
  return registry::encode(record);
}

// What a decision is about, in the columns of the table.
struct About {
  std::optional<MentionRef> a;
  std::optional<MentionRef> b;
  std::string value;
};

Result<About> about(State& state, const Judgement& judgement) {
  About out;
  if (judgement.verdict == Verdict::undo) {
    TRY(can_be_undone(state, judgement.undoes));
    return out;
  }
  TRY_ASSIGN(const Subject a, judgement.record_a ? subject(state, *judgement.record_a) : subject(state, judgement.a));
  out.a = a.oldest;
  if (judgement.verdict == Verdict::same || judgement.verdict == Verdict::different) {
    TRY_ASSIGN(const Subject b, judgement.record_b ? subject(state, *judgement.record_b) : subject(state, judgement.b));
    if (a.oldest == b.oldest) {
      return fail(errors::one_record, judgement.a.text(), judgement.b.text());
    }
    if (a.kind != b.kind) {
      return fail(errors::kinds_differ, judgement.a.text(), judgement.b.text());
    }
    out.b = b.oldest;
    return out;
  }
  TRY_ASSIGN(out.value, payload_of(judgement, a.kind));
  return out;
}

store::Param cell(const std::optional<MentionRef>& ref, bool part) {
  return ref ? store::Param(part ? int64_t{ref->part} : ref->record) : store::Param(std::monostate{});
}

}  // namespace

Result<int64_t> record_decision(State& state, const Judgement& judgement) {
  if (judgement.who.empty() || judgement.why.empty()) {
    return fail(errors::no_reason);
  }
  TRY_ASSIGN(const About is_about, about(state, judgement));
  const int64_t decision = state.next_decision++;
  const std::string now = state.clock.now_text();
  const store::Param undoes =
      judgement.verdict == Verdict::undo ? store::Param(judgement.undoes) : store::Param(std::monostate{});
  TRY(state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute(
        "INSERT INTO decision (id, verdict, record_a, part_a, record_b, part_b, field, value, undoes, who, made, why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {decision, name(judgement.verdict), cell(is_about.a, false), cell(is_about.a, true), cell(is_about.b, false),
         cell(is_about.b, true), std::string_view(judgement.field), std::string_view(is_about.value), undoes,
         std::string_view(judgement.who), std::string_view(now), std::string_view(judgement.why)}));
    // The records that this decision, or the one that it undoes, speaks of.
    TRY(db.execute(
        "INSERT INTO due_record (record) SELECT r.id FROM record r WHERE r.id IN "
        "(SELECT record_a FROM decision WHERE id IN (?, ?) UNION SELECT record_b FROM decision WHERE id IN (?, ?)) "
        "ON CONFLICT (record) DO NOTHING",
        {decision, judgement.undoes, decision, judgement.undoes}));
    return {};
  }));
  return decision;
}

}  // namespace pitchblende::pool
