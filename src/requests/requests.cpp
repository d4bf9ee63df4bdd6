#include "requests/requests.hpp"

#include <charconv>
#include <chrono>

#include "access/access_rules.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"
#include "requests/requests_store.hpp"

namespace pitchblende::requests {

namespace {

using store::Connection;
using store::Transaction;

constexpr int64_t k_hour = 3600;
constexpr int64_t k_day = 24 * k_hour;
constexpr std::chrono::hours k_link_lives{72};          // a mail server may be down over a weekend
constexpr int64_t k_links_to_an_address = 5;            // of one client
constexpr int64_t k_letters_to_an_address = 20;         // of all clients together …
constexpr int64_t k_first_letters_to_an_address = 100;  // … and then of clients that had none yet
constexpr int64_t k_links_of_a_client = 30;
constexpr size_t k_seal = 40;

Result<Case> stored(Connection& connection, int64_t thread) {
  Query query;
  query.which = Query::Which::thread;
  query.number = thread;
  TRY_ASSIGN(std::vector<Case> found, rows::cases(connection, query));
  if (found.empty()) {
    return fail(errors::unknown);
  }
  return std::move(found.front());
}

Result<void> judge_pending(const std::optional<rows::StoredPending>& pending, int64_t now, const std::string& browser) {
  if (!pending || pending->expires <= now) {
    return fail(errors::link);
  }
  return equal_secrets(pending->browser_hash, browser) ? Result<void>() : fail(errors::browser);
}

Result<std::vector<Thread>> begin_threads(Transaction& transaction, int64_t request, const std::vector<Recipient>& to,
                                          int64_t now) {
  std::vector<Thread> out;
  for (const Recipient& each : to) {
    Thread thread;
    thread.request = request;
    thread.resource = each.resource;
    thread.level = each.level;
    thread.sent = thread.level_since = thread.owed_since = thread.changed = now;
    TRY_ASSIGN(thread.id, rows::put_thread(transaction, thread));
    out.push_back(thread);
  }
  return out;
}

Result<Request> begin(Transaction& transaction, const Asker& asker, const Draft& draft,
                      const std::vector<Recipient>& to, int64_t now, const AlsoAsked& also) {
  Request request{0, asker, draft, now};
  request.draft.to.clear();
  for (const Recipient& each : to) {
    request.draft.to.push_back(each.resource);
  }
  TRY_ASSIGN(request.id, rows::put_request(transaction, request));
  TRY_ASSIGN(const std::vector<Thread> threads, begin_threads(transaction, request.id, to, now));
  TRY(also ? also(transaction, request, threads) : Result<void>());
  return request;
}

// Rule 13.
Result<void> judge_often(Connection& connection, const Asker& asker, int64_t now) {
  TRY_ASSIGN(const int64_t asked, rows::asked_since(connection, asker.email, now - k_day));
  return asked >= (asker.account == 0 ? k_of_a_company : k_of_an_account) ? Result<void>(fail(errors::often))
                                                                          : Result<void>();
}

// Rule 8: who changes a state changes what he saw.
Result<Thread> as_seen(Connection& connection, const Seen& seen) {
  TRY_ASSIGN(Case found, stored(connection, seen.thread));
  return found.thread.revision == seen.revision ? Result<Thread>(std::move(found.thread)) : fail(errors::changed);
}

struct Change {
  State to = State::done;
  std::string event;  // as the conversation says it
  const Voice& voice;
  int64_t at = 0;
};

Result<void> put_state(Transaction& transaction, Thread& thread, const Change& change) {
  thread.state = change.to;
  thread.owed_since = 0;
  thread.changed = change.at;
  if (change.voice.side == Side::recipient) {
    thread.answered = thread.answered == 0 ? change.at : thread.answered;
    thread.handler = change.voice.account;
  }
  TRY(rows::put_message(transaction, thread.id, {0, change.at, Side::program, change.voice.account, change.event}));
  TRY(rows::update(transaction, thread, rows::Revised::yes));
  ++thread.revision;
  return {};
}

std::vector<Recipient> or_staff(const std::vector<Recipient>& to) {
  return to.empty() ? std::vector<Recipient>{{Id(), Level::staff}} : to;
}

Result<Asker> cleaned(const Asker& asker) {
  TRY(judge_asker(asker));
  Asker out = asker;
  out.email = access::email_address(asker.email).value_or("");
  return out;
}

}  // namespace

int64_t Requests::now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
}

std::string Requests::hashed(std::string_view what, std::string_view secret) const {
  return hash256_hex("requests " + std::string(what) + "\n" + std::string(secret), m_key);
}

Result<int64_t> Requests::count_try(Transaction& transaction, const std::string& bucket) {
  return rows::count_try(transaction, hashed("bucket", bucket), now(), now() + k_hour);
}

Result<Request> Requests::ask(const Asker& given, const Draft& draft, const std::vector<Recipient>& to,
                              const AlsoAsked& also) {
  TRY(judge_draft(draft, m_clock.today()));
  TRY_ASSIGN(const Asker asker, cleaned(given));
  return m_store.write([&](Transaction& transaction) -> Result<Request> {
    if (!draft.once.empty()) {
      TRY_ASSIGN(const int64_t known, rows::asked_once(transaction, asker.email, draft.once));
      if (known != 0) {
        return Request{known, asker, draft, now()};
      }
    }
    TRY(judge_often(transaction, asker, now()));
    return begin(transaction, asker, draft, or_staff(to), now(), also);
  });
}

// Rule 12, as for signing in: who floods an address uses up his own tries, not its owner's.
Result<void> Requests::count_first(const Asker& asker, const Visitor& visitor) {
  Result<void> out;
  TRY(m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const int64_t own, count_try(transaction, "link\n" + asker.email + "\n" + visitor.client));
    TRY_ASSIGN(const int64_t letters,
               own > k_links_to_an_address ? Result<int64_t>(0) : count_try(transaction, "letters\n" + asker.email));
    TRY_ASSIGN(const int64_t asked, count_try(transaction, "client\n" + visitor.client));
    const bool many = own > k_links_to_an_address || asked > k_links_of_a_client ||
                      letters > (own == 1 ? k_first_letters_to_an_address : k_letters_to_an_address);
    if (many) {
      out = fail(errors::often);
    }
    return {};  // what is refused is counted too
  }));
  return out;
}

Result<void> Requests::ask_first(const Asker& given, const Draft& draft, const Visitor& visitor, const PostLink& post) {
  TRY(judge_draft(draft, m_clock.today()));
  TRY_ASSIGN(const Asker asker, cleaned(given));
  TRY(count_first(asker, visitor));
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY(judge_often(transaction, asker, now()));
    const std::string secret = random_secret();
    rows::StoredPending pending{{asker, draft, m_clock.text_in(k_link_lives)},
                                hashed("browser", visitor.browser),
                                now() + std::chrono::seconds(k_link_lives).count()};
    TRY(rows::put_pending(transaction, hashed("link", secret), pending));
    return post ? post(transaction, pending.pending, secret) : Result<void>();
  });
}

Result<Pending> Requests::look(std::string_view secret, std::string_view browser) const {
  std::optional<rows::StoredPending> found;
  TRY(m_store.read([&](Connection& connection) -> Result<void> {
    TRY_ASSIGN(found, rows::pending(connection, hashed("link", secret)));
    return {};
  }));
  TRY(judge_pending(found, now(), hashed("browser", browser)));
  return std::move(found->pending);
}

Result<Request> Requests::confirm(std::string_view secret, std::string_view browser, const std::vector<Recipient>& to,
                                  const AlsoAsked& also) {
  return m_store.write([&](Transaction& transaction) -> Result<Request> {
    TRY_ASSIGN(const auto found, rows::pending(transaction, hashed("link", secret)));
    TRY(judge_pending(found, now(), hashed("browser", browser)));
    const Asker& asker = found->pending.asker;
    TRY(judge_often(transaction, asker, now()));
    TRY(rows::drop_pending(transaction, hashed("link", secret)));
    return begin(transaction, asker, found->pending.draft, or_staff(to), now(), also);
  });
}

std::string Requests::link(int64_t request) const {
  const std::string number = std::to_string(request);
  return number + "-" + hashed("own link", number).substr(0, k_seal);
}

Result<int64_t> Requests::by_link(std::string_view text) const {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0 || !equal_secrets(text, link(number))) {
    return fail(errors::unknown);
  }
  return number;
}

Result<std::vector<Case>> Requests::cases(const Query& query) const {
  return m_store.read([&](Connection& connection) { return rows::cases(connection, query); });
}

Result<std::vector<Id>> Requests::resources() const {
  return m_store.read([](Connection& connection) { return rows::resources(connection); });
}

Result<std::vector<Message>> Requests::messages(int64_t thread) const {
  return m_store.read([&](Connection& connection) { return rows::messages(connection, thread); });
}

Result<Thread> Requests::write(int64_t number, std::string_view text, const Voice& voice, const AlsoWritten& also) {
  return m_store.write([&](Transaction& transaction) -> Result<Thread> {
    TRY_ASSIGN(Case found, stored(transaction, number));
    Thread& thread = found.thread;
    TRY(judge_message(thread, text));
    // Rule 13.
    if (voice.side == Side::asker || voice.by_letter) {
      TRY_ASSIGN(const int64_t written, rows::written_since(transaction, number, voice.side, now() - k_hour));
      if (written >= k_messages_an_hour) {
        return fail(errors::often);
      }
    }
    if (voice.side == Side::asker) {
      // Rule 7: from now on he waits again.
      if (thread.owed_since == 0) {
        thread.owed_since = now();
      }
    } else {
      thread.owed_since = 0;
      thread.answered = thread.answered == 0 ? now() : thread.answered;
      thread.handler = voice.account;
    }
    thread.changed = now();
    TRY_ASSIGN(const int64_t message,
               rows::put_message(transaction, number, {0, now(), voice.side, voice.account, std::string(text)}));
    TRY(rows::update(transaction, thread, rows::Revised::no));
    TRY(also ? also(transaction, thread, message) : Result<void>());
    return thread;
  });
}

Result<Thread> Requests::answer(const Seen& seen, State to, std::string_view reason, const Voice& voice,
                                const Also& also) {
  return m_store.write([&](Transaction& transaction) -> Result<Thread> {
    TRY_ASSIGN(Thread thread, as_seen(transaction, seen));
    TRY(judge_answer(thread, to, reason, voice.side));
    thread.reason = reason;
    TRY(put_state(transaction, thread, {to, "state." + std::string(name(to)), voice, now()}));
    TRY(also ? also(transaction, thread) : Result<void>());
    return thread;
  });
}

// Rule 23.
Result<Thread> Requests::fulfil(const Seen& seen, std::string_view event, const Voice& voice, const Also& also) {
  return m_store.write([&](Transaction& transaction) -> Result<Thread> {
    TRY_ASSIGN(Thread thread, as_seen(transaction, seen));
    if (!is_open(thread.state)) {
      return fail(errors::state, std::string(name(thread.state)), std::string(name(State::done)));
    }
    TRY(put_state(transaction, thread, {State::done, std::string(event), voice, now()}));
    TRY(also ? also(transaction, thread) : Result<void>());
    return thread;
  });
}

Result<std::vector<Thread>> Requests::forward(int64_t number, const std::vector<Recipient>& to, std::string_view note,
                                              const Voice& voice, const AlsoAsked& also) {
  return m_store.write([&](Transaction& transaction) -> Result<std::vector<Thread>> {
    TRY_ASSIGN(Case found, stored(transaction, number));
    Query query;
    query.which = Query::Which::request;
    query.number = found.request.id;
    TRY_ASSIGN(const std::vector<Case> known, rows::cases(transaction, query));
    std::vector<Recipient> fresh;
    for (const Recipient& each : to) {
      const bool asked = std::any_of(known.begin(), known.end(),
                                     [&](const Case& one) { return one.thread.resource == each.resource; });
      if (!asked) {
        fresh.push_back(each);
      }
    }
    if (fresh.empty()) {
      return fail(errors::asked);
    }
    if (known.size() + fresh.size() > k_most_recipients) {
      return fail(errors::many, std::to_string(k_most_recipients));
    }
    TRY_ASSIGN(const std::vector<Thread> threads, begin_threads(transaction, found.request.id, fresh, now()));
    for (const Thread& thread : threads) {
      if (!note.empty()) {
        TRY(judge_message(thread, note));
        // Rule 2: what the staff say to the resource is for it alone, at the head of its conversation.
        TRY(rows::put_message(transaction, thread.id, {0, now(), Side::staff, voice.account, std::string(note)}));
      }
    }
    // Nobody has answered yet: its time of answer is that of those it goes to.
    found.thread.state = State::done;
    found.thread.owed_since = 0;
    found.thread.changed = now();
    found.thread.handler = voice.account;
    TRY(rows::put_message(transaction, number, {0, now(), Side::program, voice.account, "forwarded"}));
    TRY(rows::update(transaction, found.thread, rows::Revised::yes));
    TRY(also ? also(transaction, found.request, threads) : Result<void>());
    return threads;
  });
}

Result<bool> Requests::pass_on(const Seen& seen, Level to, const Also& also) {
  return m_store.write([&](Transaction& transaction) -> Result<bool> {
    TRY_ASSIGN(Case found, stored(transaction, seen.thread));
    Thread& thread = found.thread;
    if (thread.owed_since == 0 || thread.revision != seen.revision || thread.state == State::withdrawn) {
      return false;
    }
    if (to == thread.level) {
      thread.reminded = now();
    } else {
      thread.level = to;
      thread.level_since = now();
      TRY(rows::put_message(transaction, thread.id, {0, now(), Side::program, 0, "level." + std::string(name(to))}));
    }
    thread.changed = now();
    TRY(rows::update(transaction, thread, rows::Revised::no));
    TRY(also ? also(transaction, thread) : Result<void>());
    return true;
  });
}

Result<void> Requests::forget_old() {
  return m_store.write([&](Transaction& transaction) { return rows::forget_old(transaction, now()); });
}

}  // namespace pitchblende::requests
