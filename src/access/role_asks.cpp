#include "access/role_asks.hpp"

#include <algorithm>
#include <array>

#include "access/access_rules.hpp"
#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "store/numbering.hpp"

namespace pitchblende::access {

namespace {

using State = RoleAsk::State;
using store::Row;

constexpr std::chrono::hours k_kept{24 * 365};
constexpr int64_t k_most_waiting = 10;
constexpr std::array<std::string_view, 4> k_states{"asked", "granted", "declined", "taken_back"};

bool has(const Actor& actor, Role role, Id object) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const Grant& grant) {
    return grant.role == role && grant.object == object && (grant.ends.empty() || grant.ends >= actor.today);
  });
}

}  // namespace

std::string_view name(State state) { return k_states[static_cast<size_t>(state)]; }

Result<int64_t> RoleAsks::ask(const Actor& actor, Role role, const Object& object, const std::string& why) const {
  TRY(judge_object(role, object));
  const Id of = is_for_an_object(role) ? object.id : Id();
  const std::string said = squeeze(why);
  if (said.empty() || count_letters(said) > k_longest_why) {
    return fail(errors::why, std::to_string(k_longest_why));
  }
  if (has(actor, role, of)) {
    return fail(errors::asked);
  }
  return m_store.write([&](store::Transaction& transaction) -> Result<int64_t> {
    int64_t waiting = 0;
    bool again = false;
    TRY(transaction.query("SELECT role, object FROM role_ask WHERE account = ? AND state = 'asked'", {actor.account},
                          [&](const Row& row) {
                            ++waiting;
                            again = again || (row.text(0) == name(role) && store::id_at(row, 1) == of);
                          }));
    if (again) {
      return fail(errors::asked);
    }
    if (waiting >= k_most_waiting) {
      return fail(errors::many_asks, std::to_string(k_most_waiting));
    }
    TRY_ASSIGN(const int64_t id, store::next_id(transaction, "role_ask"));
    TRY(transaction.execute(
        "INSERT INTO role_ask (id, account, role, object, why, made, state, judged, judged_by) VALUES (?, ?, ?, ?, ?, "
        "?, 'asked', '', 0)",
        {id, actor.account, name(role), store::number(of), said, m_clock.now_text()}));
    return id;
  });
}

Result<std::vector<RoleAsk>> RoleAsks::read(std::string_view where, int64_t number) const {
  std::vector<RoleAsk> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT r.id, r.account, a.email, a.language, r.role, r.object, r.why, r.made, r.state, r.judged FROM role_ask "
        "r JOIN account a ON a.id = r.account WHERE " +
            std::string(where),
        {number}, [&](const Row& row) {
          const auto known = role(row.text(4));
          const auto state = std::find(k_states.begin(), k_states.end(), row.text(8));
          if (known && state != k_states.end()) {
            out.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)), *known,
                           store::id_at(row, 5), std::string(row.text(6)), std::string(row.text(7)),
                           static_cast<State>(state - k_states.begin()), std::string(row.text(9))});
          }
        });
  }));
  return out;
}

Result<std::vector<RoleAsk>> RoleAsks::waiting() const {
  return read("r.state = 'asked' AND r.id > ? ORDER BY r.id", 0);
}

Result<std::vector<RoleAsk>> RoleAsks::of(int64_t account) const {
  return read("r.account = ? ORDER BY r.id DESC", account);
}

Result<RoleAsk> RoleAsks::find(int64_t ask) const {
  TRY_ASSIGN(std::vector<RoleAsk> found, read("r.state = 'asked' AND r.id = ?", ask));
  return found.empty() ? Result<RoleAsk>(fail(errors::unknown, "ask")) : std::move(found.front());
}

Result<void> RoleAsks::judge(store::Transaction& transaction, int64_t ask, State state, int64_t by) const {
  TRY_ASSIGN(const int64_t changed,
             transaction.execute("UPDATE role_ask SET state = ?, judged = ?, judged_by = ? WHERE id = ? AND state = "
                                 "'asked'",
                                 {name(state), m_clock.now_text(), by, ask}));
  return changed == 0 ? Result<void>(fail(errors::unknown, "ask")) : Result<void>();
}

Result<void> RoleAsks::take_back(int64_t account, int64_t ask) const {
  TRY_ASSIGN(const RoleAsk own, find(ask));
  if (own.account != account) {
    return fail(errors::unknown, "ask");
  }
  return m_store.write(
      [&](store::Transaction& transaction) { return judge(transaction, ask, State::taken_back, account); });
}

Result<void> RoleAsks::forget_old(store::Transaction& transaction) const {
  TRY(transaction.execute("DELETE FROM role_ask WHERE state <> 'asked' AND judged <= ?", {m_clock.text_in(-k_kept)}));
  return {};
}

}  // namespace pitchblende::access
