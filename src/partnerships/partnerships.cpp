#include "partnerships/partnerships.hpp"

#include "partnerships/errors.hpp"
#include "partnerships/partnerships_rules.hpp"
#include "partnerships/partnerships_store.hpp"

namespace pitchblende::partnerships {

namespace {

using store::Connection;
using store::Transaction;

Result<Partnership> stored(Connection& connection, int64_t id) {
  if (id <= 0) {
    return fail(errors::unknown);
  }
  TRY_ASSIGN(std::vector<Partnership> found, rows::read(connection, id));
  if (found.empty()) {
    return fail(errors::unknown);
  }
  return std::move(found.front());
}

// Rule 9.
Result<Partnership> as_seen(Connection& connection, const Seen& seen) {
  TRY_ASSIGN(Partnership found, stored(connection, seen.id));
  if (found.revision != seen.revision) {
    return fail(errors::changed);
  }
  return found;
}

Result<void> judge_by(const By& by) { return by.runs ? Result<void>() : fail(errors::not_yours); }

// How long the note is.
Result<void> judge_note(Draft draft, const std::string& note) {
  draft.note = note;
  return judge_draft(draft);
}

Result<Partnership> told(Transaction& transaction, Partnership partnership, const Event& event, const Also& also) {
  TRY(rows::put_event(transaction, partnership.id, event));
  TRY(also ? also(transaction, partnership) : Result<void>());
  return partnership;
}

}  // namespace

// Rule 17.
Result<Partnership> Partnerships::add(const Draft& draft, const By& by, const Also& also, int64_t request) {
  TRY(judge_by(by));
  TRY(judge_draft(draft));
  return m_store.write([&](Transaction& transaction) -> Result<Partnership> {
    TRY_ASSIGN(const int64_t other, rows::begun_with(transaction, request));
    if (other != 0) {
      return fail(errors::begun);
    }
    TRY_ASSIGN(Partnership made, begun(transaction, {{}, Stage::contact}, draft, by, also));
    TRY(request == 0 ? Result<void>() : rows::put_request(transaction, request, made.id));
    return made;
  });
}

// Rule 16.
Result<Partnership> Partnerships::take_over(const Taken& taken, const Draft& draft, const By& by, const Also& also) {
  TRY(judge_by(by));
  TRY(judge_draft(draft));
  TRY(judge_whole(draft, taken.stage));
  return m_store.write([&](Transaction& transaction) -> Result<Partnership> {
    TRY_ASSIGN(const int64_t number, rows::standing_for(transaction, taken.card));
    if (number != 0) {
      return fail(errors::taken);
    }
    return begun(transaction, taken, draft, by, also);
  });
}

Result<Partnership> Partnerships::begun(Transaction& transaction, const Taken& taken, const Draft& draft, const By& by,
                                        const Also& also) const {
  const std::string now = m_clock.now_text();
  Partnership made{0, draft, taken.card, taken.stage, 1, now, now};
  TRY_ASSIGN(made.id, rows::add(transaction, made));
  return told(transaction, std::move(made), {now, by.account, taken.stage, {}}, also);
}

Result<Partnership> Partnerships::edit(const Seen& seen, const Draft& draft, const By& by, const Also& also) {
  TRY(judge_by(by));
  TRY(judge_draft(draft));
  return m_store.write([&](Transaction& transaction) -> Result<Partnership> {
    TRY_ASSIGN(Partnership found, as_seen(transaction, seen));
    TRY(judge_whole(draft, found.stage));
    found.draft = draft;
    found.changed = m_clock.now_text();
    TRY(rows::update(transaction, found));
    ++found.revision;
    return told(transaction, std::move(found), {m_clock.now_text(), by.account, std::nullopt, {}}, also);
  });
}

Result<Partnership> Partnerships::move(const Seen& seen, Stage to, const std::string& note, const By& by,
                                       const Also& also) {
  TRY(judge_by(by));
  return m_store.write([&](Transaction& transaction) -> Result<Partnership> {
    TRY_ASSIGN(Partnership found, as_seen(transaction, seen));
    const std::string today = m_clock.today();
    TRY(judge_move(found, to, today));
    TRY(judge_note(found.draft, note));
    found.stage = to;
    found.changed = m_clock.now_text();
    if (to == Stage::ended && (found.draft.ends.empty() || found.draft.ends > today)) {
      found.draft.ends = today;
    }
    TRY(rows::update(transaction, found));
    ++found.revision;
    return told(transaction, std::move(found), {m_clock.now_text(), by.account, to, note}, also);
  });
}

Result<Partnership> Partnerships::renew(const Seen& seen, const std::string& ends, const std::string& note,
                                        const By& by, const Also& also) {
  TRY(judge_by(by));
  return m_store.write([&](Transaction& transaction) -> Result<Partnership> {
    TRY_ASSIGN(Partnership found, as_seen(transaction, seen));
    TRY(judge_renewal(found, ends));
    TRY(judge_note(found.draft, note));
    const Period before{found.draft.starts, found.draft.ends};
    found.draft.ends = ends;
    found.changed = m_clock.now_text();
    TRY(rows::update(transaction, found));
    ++found.revision;
    return told(transaction, std::move(found), {m_clock.now_text(), by.account, std::nullopt, note, before}, also);
  });
}

Result<Partnership> Partnerships::one(int64_t id) const {
  return m_store.read([&](Connection& connection) { return stored(connection, id); });
}

Result<int64_t> Partnerships::standing_for(Id card) const {
  return m_store.read([&](Connection& connection) { return rows::standing_for(connection, card); });
}

Result<int64_t> Partnerships::begun_with(int64_t request) const {
  return m_store.read([&](Connection& connection) { return rows::begun_with(connection, request); });
}

Result<int64_t> Partnerships::request_of(int64_t id) const {
  return m_store.read([&](Connection& connection) { return rows::request_of(connection, id); });
}

Result<std::vector<Partnership>> Partnerships::all() const {
  return m_store.read([](Connection& connection) { return rows::read(connection, 0); });
}

Result<std::vector<Partnership>> Partnerships::run_by(Id person) const {
  return m_store.read([&](Connection& connection) { return rows::read(connection, 0, person); });
}

Result<std::vector<Event>> Partnerships::events(int64_t id) const {
  return m_store.read([&](Connection& connection) { return rows::events(connection, id); });
}

}  // namespace pitchblende::partnerships
