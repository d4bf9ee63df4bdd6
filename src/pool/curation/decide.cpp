#include "pool/curation/decide.hpp"

#include <algorithm>
#include <set>

#include "pool/curation/standing.hpp"
#include "pool/errors.hpp"
#include "sources/source.hpp"

namespace pitchblende::pool {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;
using Verdict = Judgement::Verdict;
using End = StandingDecision::End;

// A decision that stands can be undone; to undo an undoing is to decide anew.
Result<void> can_be_undone(State& state, int64_t number_of) {
  bool known = false;
  int64_t undoes = 0;
  int64_t undone_by = 0;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT COALESCE(d.undoes, 0), COALESCE((SELECT MIN(u.id) FROM decision u WHERE u.undoes = d.id), 0) "
        "FROM decision d WHERE d.id = ?",
        {number_of}, [&](const Row& row) {
          known = true;
          undoes = row.integer(0);
          undone_by = row.integer(1);
        });
  }));
  const std::string asked = std::to_string(number_of);
  if (!known) {
    return fail(errors::unknown_decision, asked);
  }
  if (undoes != 0) {
    return fail(errors::undoes, asked, std::to_string(undoes));
  }
  return undone_by == 0 ? Result<void>() : fail(errors::undone, asked, std::to_string(undone_by));
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
  std::optional<StandingDecision::End> a;
  std::optional<StandingDecision::End> b;
  std::string value;
};

bool is_on_identity(Verdict verdict) {
  return verdict == Verdict::same || verdict == Verdict::different || verdict == Verdict::attach ||
         verdict == Verdict::detach;
}

Result<About> about_identity(State& state, const Judgement& judgement) {
  TRY_ASSIGN(const Subject a, first_of(state.store, judgement));
  const bool of_a_name = judgement.verdict == Verdict::attach || judgement.verdict == Verdict::detach;
  if (of_a_name && a.end.ref.part == 0) {
    return fail(errors::not_a_name, std::string(name(judgement.verdict)));
  }
  TRY_ASSIGN(const Subject b, second_of(state.store, judgement, a));
  const bool both_named = judgement.record_a && (judgement.record_b || of_a_name);
  if (a.end.ref == b.end.ref || (a.entity == b.entity && !both_named)) {
    return fail(errors::one_record, a.asked, b.asked);
  }
  if (a.kind != b.kind) {
    return fail(errors::kinds_differ, a.asked, b.asked);
  }
  TRY(can_stand(state.store, judgement, a, b));
  return About{a.end, b.end, {}};
}

Result<About> about(State& state, const Judgement& judgement) {
  About out;
  if (judgement.verdict == Verdict::undo) {
    TRY(can_be_undone(state, judgement.undoes));
    return out;
  }
  if (is_on_identity(judgement.verdict)) {
    return about_identity(state, judgement);
  }
  TRY_ASSIGN(const Subject thing, first_of(state.store, judgement));
  if (thing.end.ref.part != 0) {
    return fail(errors::no_card, thing.asked);
  }
  out.a = thing.end;
  TRY_ASSIGN(out.value, payload_of(judgement, thing.kind));
  return out;
}

store::Param cell(const std::optional<StandingDecision::End>& end, bool part) {
  return end ? store::Param(part ? int64_t{end->ref.part} : end->ref.record) : store::Param(std::monostate{});
}

std::string_view kept(const std::optional<StandingDecision::End>& end, std::string StandingDecision::End::*text) {
  return end ? std::string_view(*end.*text) : std::string_view();
}

Result<void> insert(Transaction& db, int64_t decision, const Judgement& judgement, const About& is_about,
                    const std::string& now) {
  const store::Param undoes =
      judgement.verdict == Verdict::undo ? store::Param(judgement.undoes) : store::Param(std::monostate{});
  TRY(db.execute(
      "INSERT INTO decision (id, verdict, record_a, part_a, record_b, part_b, field, value, undoes, who, made, why, "
      "name_a, list_a, name_b, list_b) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {decision, name(judgement.verdict), cell(is_about.a, false), cell(is_about.a, true), cell(is_about.b, false),
       cell(is_about.b, true), std::string_view(judgement.field), std::string_view(is_about.value), undoes,
       std::string_view(judgement.who), std::string_view(now), std::string_view(judgement.why),
       kept(is_about.a, &End::name), kept(is_about.a, &End::list), kept(is_about.b, &End::name),
       kept(is_about.b, &End::list)}));
  // The records that this decision, or the one that it undoes, speaks of.
  TRY(db.execute(
      "INSERT INTO due_record (record) SELECT r.id FROM record r WHERE r.id IN "
      "(SELECT record_a FROM decision WHERE id IN (?, ?) UNION SELECT record_b FROM decision WHERE id IN (?, ?)) "
      "ON CONFLICT (record) DO NOTHING",
      {decision, judgement.undoes, decision, judgement.undoes}));
  return {};
}

Result<About> checked(State& state, const Judgement& judgement) {
  if (judgement.who.empty() || judgement.why.empty()) {
    return fail(errors::no_reason);
  }
  return about(state, judgement);
}

}  // namespace

Result<int64_t> record_decision(State& state, const Judgement& judgement) {
  const std::lock_guard deciding(state.deciding);
  TRY_ASSIGN(const About is_about, checked(state, judgement));
  const int64_t decision = state.next_decision++;
  const std::string now = state.clock.now_text();
  TRY(state.store.write([&](Transaction& db) { return insert(db, decision, judgement, is_about, now); }));
  return decision;
}

Result<std::vector<int64_t>> record_decisions(State& state, const std::vector<Judgement>& judgements,
                                              const Pool::Also& also, Where where) {
  const std::lock_guard deciding(state.deciding);
  const bool second = where == Where::beside && std::ranges::any_of(judgements, [&](const Judgement& each) {
                        return state.decided_beside.contains(each.a);
                      });
  if (second) {
    return fail(errors::busy);
  }
  std::vector<About> all;
  std::set<int64_t> undone;
  for (const Judgement& judgement : judgements) {
    const bool twice = judgement.verdict == Verdict::undo && !undone.insert(judgement.undoes).second;
    if (twice || is_on_identity(judgement.verdict)) {
      return fail(errors::one_at_a_time, std::string(name(judgement.verdict)));
    }
    TRY_ASSIGN(About is_about, checked(state, judgement));
    all.push_back(std::move(is_about));
  }
  const std::string now = state.clock.now_text();
  std::vector<int64_t> decisions;
  TRY(state.store.write([&](Transaction& db) -> Result<void> {
    decisions.clear();
    TRY(also ? also(db) : Result<void>());
    for (size_t at = 0; at < all.size(); ++at) {
      decisions.push_back(state.next_decision + static_cast<int64_t>(at));
      TRY(insert(db, decisions.back(), judgements[at], all[at], now));
    }
    return {};
  }));
  state.next_decision += static_cast<int64_t>(all.size());
  for (const Judgement& judgement : judgements) {
    if (where == Where::beside && judgement.a != Id()) {
      state.decided_beside.insert(judgement.a);
    }
  }
  return decisions;
}

}  // namespace pitchblende::pool
