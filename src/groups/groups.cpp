#include "groups/groups.hpp"

#include <algorithm>
#include <chrono>

#include "groups/errors.hpp"
#include "groups/groups_rules.hpp"
#include "groups/groups_store.hpp"
#include "groups/plain_words.hpp"

namespace pitchblende::groups {

namespace {

using registry::Kind;
using store::Connection;
using store::Transaction;

Result<void> judge_by(const By& by) { return by.leads ? Result<void>{} : fail(errors::not_yours); }

Result<void> told(Transaction& transaction, const Change& change, const Also& also) {
  return also ? also(transaction, change) : Result<void>();
}

template <typename T>
Result<T> known(Result<std::optional<T>> found) {
  TRY(found);
  if (!*found) {
    return fail(errors::unknown);
  }
  return std::move(**found);
}

// Rule 3: whoever changes something changes what he saw.
template <typename T>
Result<void> judge_seen(const T& wanted, Result<std::optional<T>> stored) {
  TRY(stored);
  if (wanted.id == 0) {
    return {};
  }
  if (!*stored || (*stored)->group != wanted.group) {
    return fail(errors::unknown);
  }
  return (*stored)->revision == wanted.revision ? Result<void>{} : fail(errors::changed);
}

}  // namespace

template <typename Function>
auto Groups::write(Function&& function) {
  auto done = m_store.write(std::forward<Function>(function));
  ++m_edition;
  return done;
}

int64_t Groups::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
}

Result<Presentation> Groups::presentation(Id group) const {
  return m_store.read([&](Connection& db) -> Result<Presentation> {
    TRY_ASSIGN(const auto found, rows::presentation(db, group));
    return found.value_or(Presentation{});
  });
}

Result<void> Groups::set_presentation(Id group, const Presentation& presentation, const By& by, const Also& also) {
  TRY(judge_by(by));
  TRY(judge(presentation));
  return write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const auto stored, rows::presentation(transaction, group));
    if (stored.value_or(Presentation{}).revision != presentation.revision) {
      return fail(errors::changed);
    }
    TRY(rows::put(transaction, group, presentation, {by.account, m_clock.now_text()}));
    return told(transaction, {}, also);
  });
}

Result<std::vector<Member>> Groups::members(Id group) const {
  return m_store.read([&](Connection& db) { return rows::members(db, group); });
}

Result<void> Groups::decide(Id group, Id person, std::optional<Decided> decided, const By& by, const Also& also) {
  TRY(judge_by(by));
  return write([&](Transaction& transaction) -> Result<void> {
    TRY(decided
            ? rows::put(transaction, group, Member{person, *decided, m_clock.today()}, {by.account, m_clock.now_text()})
            : rows::forget_member(transaction, group, person));
    return told(transaction, {}, also);
  });
}

Result<std::vector<News>> Groups::news_of(Id group, int64_t limit) const {
  return m_store.read([&](Connection& db) { return rows::news_of(db, group, limit); });
}

Result<News> Groups::news(int64_t id) const {
  return m_store.read([&](Connection& db) { return known(rows::news(db, id)); });
}

Result<int64_t> Groups::put(const News& news, const By& by, const Also& also) {
  TRY(judge_by(by));
  TRY(judge(news));
  return write([&](Transaction& transaction) -> Result<int64_t> {
    TRY(judge_seen(news, rows::news(transaction, news.id)));
    TRY_ASSIGN(const int64_t id, rows::put(transaction, news, {by.account, m_clock.now_text()}));
    TRY(told(transaction, {id, {}, {}}, also));
    return id;
  });
}

Result<std::vector<Event>> Groups::events_of(Id group, int64_t after) const {
  return m_store.read([&](Connection& db) { return rows::events_of(db, group, after); });
}

Result<Event> Groups::event(int64_t id) const {
  return m_store.read([&](Connection& db) { return known(rows::event(db, id)); });
}

Result<int64_t> Groups::put(const Event& event, const By& by, const Also& also) {
  TRY(judge_by(by));
  TRY(judge(event));
  TRY_ASSIGN(const int64_t number, write([&](Transaction& transaction) -> Result<int64_t> {
               TRY(judge_seen(event, rows::event(transaction, event.id)));
               TRY_ASSIGN(const int64_t id, rows::put(transaction, event, {by.account, m_clock.now_text()}));
               Event stored = event;
               stored.id = id;
               TRY_ASSIGN(std::vector<int64_t> moved_up, move_up(transaction, stored));
               TRY(publish(transaction, event, id));
               TRY(told(transaction, {id, {}, std::move(moved_up)}, also));
               return id;
             }));
  TRY(m_pool.settle_published());
  return number;
}

// Rules 8 and 12.
Result<void> Groups::publish(Transaction& transaction, const Event& event, int64_t id) {
  registry::Record record;
  record.kind = Kind::event;
  record.key = event_key(id);
  record.deleted = event.is_cancelled;
  const auto field = [](std::string_view name) { return registry::field(Kind::event, name); };
  record.add(field("title"), event.title.french, "fr");
  record.add(field("title"), event.title.english, "en");
  record.add(field("description"), plain_words(event.text.french), "fr");
  record.add(field("description"), plain_words(event.text.english), "en");
  record.add(field("from"), event.local_begin.substr(0, 10));
  record.add(field("to"), event.local_end.substr(0, 10));
  record.add(field("place"), event.place);
  if (!event.is_open) {
    record.add(field("online"), event.online);
  }
  TRY_ASSIGN(const auto reference, registry::Registry(m_store).reference_to(event.group));
  if (!reference.empty()) {
    record.add(field("organisers"), reference);
    record.add(field("areas"), reference);
  }
  return m_pool.publish(transaction, {"groups", std::move(record), access::Visibility::everyone});
}

Result<std::vector<int64_t>> Groups::move_up(Transaction& transaction, const Event& event) {
  TRY_ASSIGN(std::vector<Registration> all, rows::registrations(transaction, event.id));
  std::vector<int64_t> accounts = moving_up(event, all);
  for (Registration& each : all) {
    if (std::ranges::find(accounts, each.account) != accounts.end()) {
      each.seat = Seat::registered;
      TRY(rows::put(transaction, each, m_clock.now_text()));
    }
  }
  return accounts;
}

Result<std::vector<Registration>> Groups::registrations(int64_t event) const {
  return m_store.read([&](Connection& db) { return rows::registrations(db, event); });
}

Result<std::vector<Registration>> Groups::registrations_of(int64_t account) const {
  return m_store.read([&](Connection& db) { return rows::registrations_of(db, account); });
}

Result<std::vector<Event>> Groups::coming(int64_t account) const {
  return m_store.read([&](Connection& db) { return rows::coming(db, account, now()); });
}

Result<std::vector<Id>> Groups::groups_of(Id person) const {
  return m_store.read([&](Connection& db) { return rows::groups_of(db, person); });
}

// Rule 6: whoever comes when all places are taken waits, whoever comes at the same moment too.
Result<Seat> Groups::enrol(int64_t event, int64_t account, const Also& also) {
  return write([&](Transaction& transaction) -> Result<Seat> {
    TRY(rows::hold(transaction, event));
    TRY_ASSIGN(const Event of, known(rows::event(transaction, event)));
    TRY_ASSIGN(const auto all, rows::registrations(transaction, event));
    const auto own = std::ranges::find(all, account, &Registration::account);
    if (own != all.end() && own->seat != Seat::given_back) {
      return own->seat;
    }
    TRY(judge_registering(of, now()));
    int64_t taken = 0;
    int64_t turn = 0;
    for (const Registration& each : all) {
      taken += each.seat == Seat::registered ? 1 : 0;
      turn = std::max(turn, each.turn);
    }
    const Seat seat = of.places == 0 || taken < of.places ? Seat::registered : Seat::waiting;
    TRY(rows::put(transaction, Registration{event, account, seat, turn + 1}, m_clock.now_text()));
    TRY(told(transaction, {event, seat, {}}, also));
    return seat;
  });
}

Result<void> Groups::give_back(int64_t event, int64_t account, const Also& also) {
  return write([&](Transaction& transaction) -> Result<void> {
    TRY(rows::hold(transaction, event));
    TRY_ASSIGN(const Event of, known(rows::event(transaction, event)));
    TRY_ASSIGN(const auto all, rows::registrations(transaction, event));
    const auto own = std::ranges::find(all, account, &Registration::account);
    if (own == all.end() || own->seat == Seat::given_back) {
      return fail(errors::not_registered);
    }
    Registration back = *own;
    back.seat = Seat::given_back;
    TRY(rows::put(transaction, back, m_clock.now_text()));
    TRY_ASSIGN(std::vector<int64_t> moved_up, move_up(transaction, of));
    return told(transaction, {event, Seat::given_back, std::move(moved_up)}, also);
  });
}

}  // namespace pitchblende::groups
