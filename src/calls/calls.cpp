#include "calls/calls.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "calls/calls_store.hpp"
#include "calls/conflicts.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/plan.hpp"
#include "calls/proposal_rules.hpp"

namespace pitchblende::calls {

namespace {

using store::Connection;
using store::Transaction;

Result<Call> known(Connection& connection, int64_t id, const By& by) {
  TRY_ASSIGN(std::optional<Call> found, rows::call(connection, id));
  if (!found || (found->state == CallState::draft && !by.runs)) {
    return fail(errors::unknown);
  }
  return std::move(*found);
}

// Rule 3.
Result<void> judge_frozen(const Call& call, const std::vector<Typed>& typed, int64_t now) {
  for (const Typed& each : typed) {
    const bool new_text = text_in(call.texts, each.name) != each.text && each.seen != mark_of(each.text);
    if (new_text && !may_change(each.name, phase(call, now))) {
      return fail(errors::frozen);
    }
  }
  return {};
}

Result<void> told(Transaction& transaction, const Also& also) { return also ? also(transaction) : Result<void>(); }

}  // namespace

int64_t seconds_of(const Clock& clock) {
  return std::chrono::duration_cast<std::chrono::seconds>(clock.now().time_since_epoch()).count();
}

std::string random_ref() {
  constexpr size_t k_digits = 13;
  const std::string secret = random_secret();
  uint64_t bits = 0;
  std::from_chars(secret.data(), secret.data() + k_digits, bits, 16);
  return Id(bits).text();
}

Result<void> judge_lengths(const std::vector<Typed>& typed) {
  for (const Typed& each : typed) {
    if (each.text.size() > k_longest_text &&
        count(each.text, Unit::characters) > static_cast<int64_t>(k_longest_text)) {
      return fail(errors::too_long, std::to_string(k_longest_text));
    }
  }
  return {};
}

int64_t Calls::now() const { return seconds_of(m_clock); }

Result<std::vector<Call>> Calls::all(const By& by) const {
  TRY_ASSIGN(std::vector<Call> found, m_store.read([](Connection& connection) { return rows::calls(connection); }));
  std::erase_if(found, [&](const Call& each) { return each.state == CallState::draft && !by.runs; });
  return found;
}

Result<Call> Calls::find(int64_t call, const By& by) const {
  return m_store.read([&](Connection& connection) { return known(connection, call, by); });
}

Result<int64_t> Calls::begin(const By& by, const Also& also) {
  if (!by.runs) {
    return fail(errors::unknown);
  }
  TRY_ASSIGN(const std::string bodies, national_bodies(m_store, m_clock.today()));
  return m_store.write([&](Transaction& transaction) -> Result<int64_t> {
    TRY_ASSIGN(const int64_t id, rows::add_call(transaction, m_clock.now_text(), by.account));
    if (!bodies.empty()) {
      const std::vector<Typed> said{{"parents_apart", bodies, mark_of({})}};
      TRY(rows::keep(transaction, {"call", id}, said, m_clock.now_text(), by.account));
    }
    TRY(told(transaction, also));
    return id;
  });
}

Result<Kept> Calls::write(int64_t call, const std::vector<Typed>& typed, const By& by, const AlsoCall& also) {
  if (!by.runs) {
    return fail(errors::unknown);
  }
  TRY(judge_lengths(typed));
  const int64_t at = now();
  return m_store.write([&](Transaction& transaction) -> Result<Kept> {
    TRY_ASSIGN(Call stored, known(transaction, call, by));
    TRY(judge_frozen(stored, typed, at));
    TRY_ASSIGN(Kept kept, rows::keep(transaction, {"call", call}, typed, m_clock.now_text(), by.account));
    TRY_ASSIGN(stored.texts, rows::texts(transaction, {"call", call}));
    ReadPlan read = read_plan(stored.texts);
    if (stored.state == CallState::published) {
      if (!read.problems.empty()) {
        return tl::unexpected(read.problems.front().error);
      }
      if (read.plan.closes != stored.closes && read.plan.closes <= at) {
        return fail(errors::past, paris_text(read.plan.closes));
      }
      stored.opens = read.plan.opens;
      stored.closes = read.plan.closes;
      TRY(rows::put_times(transaction, stored));
    }
    stored.plan = std::move(read.plan);
    if (also) {
      TRY(also(transaction, stored));
    }
    return kept;
  });
}

Result<void> Calls::drop(int64_t call, const By& by, const Also& also) {
  if (!by.runs) {
    return fail(errors::unknown);
  }
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Call stored, known(transaction, call, by));
    if (!may_drop(stored, by.account)) {
      return fail(errors::state, std::string(name(phase(stored, now()))));
    }
    TRY(rows::drop_call(transaction, call));
    return told(transaction, also);
  });
}

Result<Call> Calls::publish(int64_t call, const By& by, const AlsoCall& also) {
  if (!by.runs) {
    return fail(errors::unknown);
  }
  const int64_t at = now();
  return m_store.write([&](Transaction& transaction) -> Result<Call> {
    TRY_ASSIGN(Call stored, known(transaction, call, by));
    if (stored.state != CallState::draft) {
      return fail(errors::state, std::string(name(phase(stored, at))));
    }
    ReadPlan read = read_plan(stored.texts);
    if (!read.problems.empty()) {
      return tl::unexpected(read.problems.front().error);
    }
    if (read.plan.closes <= at) {
      return fail(errors::past, paris_text(read.plan.closes));
    }
    stored.state = CallState::published;
    stored.opens = read.plan.opens;
    stored.closes = read.plan.closes;
    stored.plan = std::move(read.plan);
    TRY(rows::put_times(transaction, stored));
    if (also) {
      TRY(also(transaction, stored));
    }
    return stored;
  });
}

Result<void> Calls::judge_running(int64_t call, const By& by) const {
  TRY_ASSIGN(const bool applies,
             m_store.read([&](Connection& connection) { return rows::applies(connection, call, by.email); }));
  return applies ? Result<void>(fail(errors::own)) : Result<void>();
}

}  // namespace pitchblende::calls
