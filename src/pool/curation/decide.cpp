#include "pool/curation/decide.hpp"

#include <algorithm>
#include <set>

#include "pool/curation/decisions.hpp"
#include "pool/errors.hpp"
#include "pool/resolve.hpp"
#include "sources/source.hpp"

namespace pitchblende::pool {

namespace {

using resolution::MentionRef;
using store::Connection;
using store::Row;
using store::Transaction;
using Verdict = Judgement::Verdict;
using End = StandingDecision::End;

// What a decision speaks of: a record or a name on one, standing for a thing when that was named.
struct Subject {
  registry::Kind kind = registry::Kind::person;
  StandingDecision::End end;
  int64_t entity = 0;
  bool whole_thing = false;
  std::string asked;  // as the curator named it
};

std::string text_of(const MentionRef& ref) { return std::to_string(ref.record) + "/" + std::to_string(ref.part); }

// The name at a part, kept with the decision: the list may be reordered later.
Result<void> keep_name(State& state, Subject& subject) {
  if (subject.end.ref.part == 0) {
    return {};
  }
  std::vector<std::string> names;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT r.kind, r.key, v.payload FROM record r JOIN version v ON v.id = r.version WHERE r.id = ?",
                    {subject.end.ref.record}, [&](const Row& row) {
                      const auto kind = registry::kind(row.text(0));
                      const auto record = kind ? registry::decode(*kind, row.text(1), row.text(2))
                                               : Result<registry::Record>(registry::Record{});
                      names = record ? printed_names(*record) : std::vector<std::string>{};
                    });
  }));
  const auto part = static_cast<size_t>(subject.end.ref.part);
  if (part > names.size()) {
    return fail(errors::unknown_record, subject.asked);
  }
  subject.end.name = names[part - 1];
  subject.end.list = list_hash(names);
  return {};
}

// A record that a person named.
Result<Subject> subject(State& state, const MentionRef& ref) {
  Subject subject;
  subject.asked = text_of(ref);
  bool known = false;
  bool withdrawn = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT e.kind, a.entity, r.withdrawn FROM assignment a JOIN entity e ON e.id = a.entity "
        "JOIN record r ON r.id = a.record WHERE a.record = ? AND a.part = ?",
        {ref.record, int64_t{ref.part}}, [&](const Row& row) {
          known = true;
          withdrawn = !row.is_null(2);
          subject.end.ref = ref;
          subject.entity = row.integer(1);
          subject.kind = registry::kind(row.text(0)).value_or(registry::Kind::person);
        });
  }));
  if (!known || withdrawn) {
    return known ? fail(errors::gone, subject.asked) : fail(errors::unknown_record, subject.asked);
  }
  TRY(keep_name(state, subject));
  return subject;
}

// A thing that a person named: its oldest record that is here stands for it, or else its oldest name. `apart_from`: not
// that one.
Result<Subject> subject(State& state, Id id, const MentionRef& apart_from = {}) {
  TRY_ASSIGN(const registry::Found found, registry::Registry(state.store).find(id, access::Viewer::everything()));
  if (found.presence == registry::Presence::never) {
    return fail(errors::unknown_id, id.text());
  }
  Subject subject;
  subject.asked = id.text();
  subject.whole_thing = true;
  bool known = false;
  TRY(state.store.read([&](Connection& db) {
    return db.query(
        "SELECT a.record, a.part, e.kind, a.entity FROM assignment a JOIN entity e ON e.id = a.entity "
        "JOIN record r ON r.id = a.record WHERE a.entity = ? AND r.withdrawn IS NULL "
        "AND NOT (a.record = ? AND a.part = ?) "
        "ORDER BY CASE WHEN a.part = 0 THEN 0 ELSE 1 END, a.record, a.part LIMIT 1",
        {number(found.id), apart_from.record, int64_t{apart_from.part}}, [&](const Row& row) {
          known = true;
          subject.end.ref = {row.integer(0), static_cast<int32_t>(row.integer(1))};
          subject.kind = registry::kind(row.text(2)).value_or(registry::Kind::person);
          subject.entity = row.integer(3);
        });
  }));
  if (!known) {
    return apart_from.record == 0 ? fail(errors::gone, id.text()) : fail(errors::nothing_to_leave, text_of(apart_from));
  }
  TRY(keep_name(state, subject));
  return subject;
}

Result<Subject> first_of(State& state, const Judgement& judgement) {
  return judgement.record_a ? subject(state, *judgement.record_a) : subject(state, judgement.a);
}

Result<Subject> second_of(State& state, const Judgement& judgement, const Subject& a) {
  if (judgement.record_b) {
    return subject(state, *judgement.record_b);
  }
  if (judgement.verdict != Verdict::detach) {
    return subject(state, judgement.b);
  }
  const bool from_where_it_stands = judgement.b == Id();
  return subject(state, from_where_it_stands ? id_of(a.entity) : judgement.b, a.end.ref);
}

// The places that decisions speak of in a thing; of a single record that one alone.
Result<std::vector<MentionRef>> places_of(State& state, const Subject& subject,
                                          const std::vector<StandingDecision>& decisions) {
  std::vector<MentionRef> places{subject.end.ref};
  if (!subject.whole_thing || decisions.empty()) {
    return places;
  }
  std::set<MentionRef> members;
  TRY(state.store.read([&](Connection& db) {
    return db.query("SELECT record, part FROM assignment WHERE entity = ?", {subject.entity}, [&](const Row& row) {
      members.insert({row.integer(0), static_cast<int32_t>(row.integer(1))});
    });
  }));
  for (const StandingDecision& each : decisions) {
    for (const MentionRef& ref : {each.a.ref, each.b.ref}) {
      if (members.contains(ref)) {
        places.push_back(ref);
      }
    }
  }
  return places;
}

std::string named(const std::vector<StandingDecision>& decisions) {
  std::string out;
  for (const StandingDecision& each : decisions) {
    out += out.empty() ? "" : ", ";
    out += std::to_string(each.number) + " (" + std::string(name(each.verdict)) + " " + text_of(each.a.ref) + " " +
           text_of(each.b.ref) + ", " + each.who + ", " + each.made + ")";
  }
  return out;
}

tl::unexpected<Error> held_apart(const Subject& a, const Subject& b, const resolution::Reason& reason) {
  switch (reason.evidence) {
    case resolution::Evidence::exclusive:
      return fail(errors::one_list, a.asked, b.asked, reason.detail);
    case resolution::Evidence::other_identifier:
      return fail(errors::two_identifiers, a.asked, b.asked, reason.detail);
    default:
      return fail(errors::held_apart, a.asked, b.asked, reason.detail);
  }
}

// Neither what people decided nor what is never broken speaks against it.
Result<void> can_stand(State& state, const Judgement& judgement, const Subject& a, const Subject& b) {
  TRY_ASSIGN(std::vector<StandingDecision> decisions, standing_decisions(state.store));
  TRY(follow_authors(state.store, decisions, nullptr));
  const bool joins = judgement.verdict == Verdict::same || judgement.verdict == Verdict::attach;
  TRY_ASSIGN(const auto at_a, places_of(state, a, decisions));
  TRY_ASSIGN(const auto at_b,
             joins ? places_of(state, b, decisions) : Result<std::vector<MentionRef>>(std::vector{b.end.ref}));
  const auto against = contradicted(decisions, at_a, at_b, joins);
  if (!against.empty()) {
    return fail(errors::contradicts, std::string(name(judgement.verdict)) + " " + a.asked + " " + b.asked,
                judgement.who, named(against));
  }
  if (joins) {
    StandingDecision asked;
    asked.number = state.next_decision;
    asked.a = a.end;
    asked.b = b.end;
    decisions.push_back(std::move(asked));
    Joining joining{a.end.ref, b.end.ref, {}};
    for (const Subject* each : {&a, &b}) {
      if (each->whole_thing) {
        joining.whole.push_back(id_of(each->entity));
      }
    }
    TRY_ASSIGN(const auto obstacle, obstacle_between(state.store, joining, decisions));
    return obstacle ? held_apart(a, b, *obstacle) : Result<void>();
  }
  return {};
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
  std::optional<StandingDecision::End> a;
  std::optional<StandingDecision::End> b;
  std::string value;
};

bool is_on_identity(Verdict verdict) {
  return verdict == Verdict::same || verdict == Verdict::different || verdict == Verdict::attach ||
         verdict == Verdict::detach;
}

Result<About> about_identity(State& state, const Judgement& judgement) {
  TRY_ASSIGN(const Subject a, first_of(state, judgement));
  const bool of_a_name = judgement.verdict == Verdict::attach || judgement.verdict == Verdict::detach;
  if (of_a_name && a.end.ref.part == 0) {
    return fail(errors::not_a_name, std::string(name(judgement.verdict)));
  }
  TRY_ASSIGN(const Subject b, second_of(state, judgement, a));
  const bool both_named = judgement.record_a && (judgement.record_b || of_a_name);
  if (a.end.ref == b.end.ref || (a.entity == b.entity && !both_named)) {
    return fail(errors::one_record, a.asked, b.asked);
  }
  if (a.kind != b.kind) {
    return fail(errors::kinds_differ, a.asked, b.asked);
  }
  TRY(can_stand(state, judgement, a, b));
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
  TRY_ASSIGN(const Subject thing, first_of(state, judgement));
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
