#include <algorithm>
#include <array>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "mail/errors.hpp"
#include "mail/letter_kinds.hpp"
#include "mail/mail.hpp"
#include "net/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::mail {

namespace {

constexpr int64_t k_at_a_time = 50;
constexpr std::chrono::seconds k_look{20};
constexpr std::chrono::hours k_kept{24 * 90};
// Three days in all, the last ones every six hours.
constexpr std::array<int64_t, 17> k_waits{60,     300,    900,    3'600,  10'800, 21'600, 21'600, 21'600, 21'600,
                                          21'600, 21'600, 21'600, 21'600, 21'600, 21'600, 21'600, 21'600};

}  // namespace

std::string reason_in(std::string_view kept, Language language) {
  for (const ErrorKind& kind : {net::errors::mail_refused, net::errors::mail_later, net::errors::mail_away,
                                errors::unreadable, errors::damaged}) {
    const std::string_view english = kind.english;
    const std::string_view before = english.substr(0, english.find("{0}"));
    if (kept.starts_with(before)) {
      return Error(kind, kept.substr(before.size())).message(language);
    }
  }
  return std::string(kept);
}

struct Outbox::Due {
  int64_t id = 0;
  std::string recipient;
  std::string kind;
  std::string content;
  std::string created;
  std::string expires;
  int64_t tries = 0;
};

int64_t next_try(int64_t tries) {
  const auto at = static_cast<size_t>(tries - 1);
  return at < k_waits.size() ? k_waits[at] : 0;
}

Result<void> Outbox::refuse(store::Transaction& transaction, const std::string& recipient,
                            const std::vector<std::string>& topics) const {
  TRY(transaction.execute("DELETE FROM letter_refusal WHERE recipient = ?", {recipient}));
  for (const std::string& topic : topics) {
    TRY(
        transaction.execute("INSERT INTO letter_refusal (recipient, kind) VALUES (?, ?) "
                            "ON CONFLICT (recipient, kind) DO NOTHING",
                            {recipient, topic}));
  }
  return {};
}

Result<std::vector<std::string>> Outbox::refused(const std::string& recipient) const {
  std::vector<std::string> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query("SELECT kind FROM letter_refusal WHERE recipient = ? ORDER BY kind", {recipient},
                    [&](const store::Row& row) { out.emplace_back(row.text(0)); });
  }));
  return out;
}

Result<void> Outbox::post(store::Transaction& transaction, const Letter& letter) const {
  TRY(put(transaction, letter));
  return {};
}

Result<int64_t> Outbox::put(store::Transaction& transaction, const Letter& letter) const {
  bool is_refused = false;
  if (const std::string_view topic = topic_of(letter.kind); !topic.empty()) {
    TRY(transaction.query("SELECT 1 FROM letter_refusal WHERE recipient = ? AND kind = ?", {letter.to, topic},
                          [&](const store::Row&) { is_refused = true; }));
  }
  if (is_refused) {
    return 0;
  }
  const std::string now = m_clock.now_text();
  const std::string content = sealed(encode(letter), m_settings.key);
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "letter"));
  TRY(transaction.execute(
      "INSERT INTO letter (id, recipient, kind, content, state, created, due, expires, tries, reason) "
      "VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, 0, '')",
      {id, letter.to, letter.kind, content, now, now, letter.expires}));
  return id;
}

Result<std::vector<Outbox::Due>> Outbox::due() const {
  std::vector<Due> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT id, recipient, kind, content, created, expires, tries FROM letter WHERE state = 'waiting' "
        "AND due <= ? ORDER BY due, id LIMIT ?",
        {m_clock.now_text(), k_at_a_time}, [&](const store::Row& row) {
          out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
                         std::string(row.text(4)), std::string(row.text(5)), row.integer(6)});
        });
  }));
  return out;
}

// A letter is marked after it has gone: killed between the two, it goes again, with the same Message-ID.
Result<Outbox::Went> Outbox::send(const Due& letter) const {
  const std::string now = m_clock.now_text();
  const int64_t tries = letter.tries + 1;
  std::string state = "sent";
  std::string reason;
  int64_t wait = 0;
  Went went = Went::on;
  const auto text = unsealed(letter.content, m_settings.key);
  auto read = text ? decode_letter(*text) : Result<Letter>(fail(errors::unreadable));
  if (!letter.expires.empty() && letter.expires <= now) {
    state = "expired";
  } else if (!read) {
    state = "failed";
    reason = read.error().message();
  } else {
    read->to = letter.recipient;
    const std::string id =
        std::to_string(letter.id) + "." + hash128_hex(letter.created + letter.recipient + m_settings.key);
    const auto sent = net::send_mail(m_settings.server, m_settings.from, letter.recipient,
                                     message(*read, {m_settings.from, m_settings.from_name, letter.created, id}));
    if (!sent) {
      reason = sent.error().message();
      wait = sent.error().is(net::errors::mail_refused) ? 0 : next_try(tries);
      state = wait > 0 ? "waiting" : "failed";
      went = sent.error().is(net::errors::mail_away) ? Went::nowhere : Went::on;
    }
  }
  const bool over = state == "sent" || state == "expired";
  return m_store.write([&](store::Transaction& transaction) -> Result<Went> {
    TRY(transaction.execute("UPDATE letter SET state = ?, due = ?, tries = ?, reason = ?, content = ? WHERE id = ?",
                            {state, m_clock.text_in(std::chrono::seconds(wait)), tries, reason,
                             over ? std::string_view() : std::string_view(letter.content), letter.id}));
    return went;
  });
}

Result<int64_t> Outbox::send_due(const std::function<bool()>& is_stopped) const {
  int64_t tried = 0;
  if (m_settings.server.host.empty()) {
    return tried;
  }
  TRY_ASSIGN(const std::vector<Due> letters, due());
  for (const Due& letter : letters) {
    if (is_stopped && is_stopped()) {
      break;
    }
    TRY_ASSIGN(const Went went, send(letter));
    ++tried;
    if (went == Went::nowhere) {
      break;  // the others would wait as long, each in turn
    }
  }
  return tried;
}

namespace {

OutboxRow outbox_row(const store::Row& row) {
  return {row.integer(0),           std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3)),
          std::string(row.text(4)), std::string(row.text(5)), row.integer(6),           std::string(row.text(7))};
}

}  // namespace

Result<std::vector<OutboxRow>> Outbox::rows(int64_t before, int64_t limit, std::string_view state) const {
  std::vector<OutboxRow> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT id, recipient, kind, state, created, due, tries, reason FROM letter WHERE id < ? AND (state = ? OR ? = "
        "'') ORDER BY id DESC LIMIT ?",
        {before > 0 ? before : INT64_MAX, state, state, limit},
        [&](const store::Row& row) { out.push_back(outbox_row(row)); });
  }));
  return out;
}

Result<std::map<std::string, int64_t>> Outbox::counts() const {
  std::map<std::string, int64_t> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT state, count(*), sum(CASE WHEN state = 'waiting' AND tries > 0 THEN 1 ELSE 0 END) "
        "FROM letter GROUP BY state",
        {}, [&](const store::Row& row) {
          out[std::string(row.text(0))] = row.integer(1);
          if (row.integer(2) > 0) {
            out["tried"] = row.integer(2);
          }
        });
  }));
  return out;
}

Result<std::map<int64_t, OutboxRow>> Outbox::rows_of(const std::vector<int64_t>& letters) const {
  store::Rows wanted{{"id", store::ColumnType::integer}};
  for (const int64_t letter : letters) {
    wanted.add(letter);
  }
  std::map<int64_t, OutboxRow> out;
  if (!wanted.empty()) {
    TRY(m_store.read([&](store::Connection& db) {
      return db.lookup(
          "SELECT l.id, l.recipient, l.kind, l.state, l.created, l.due, l.tries, l.reason FROM {rows} r JOIN letter l "
          "ON l.id = r.id",
          wanted, [&](const store::Row& row) { out[row.integer(0)] = outbox_row(row); });
    }));
  }
  return out;
}

Result<void> Outbox::send_again(store::Transaction& transaction, int64_t letter) const {
  TRY_ASSIGN(const int64_t changed,
             transaction.execute("UPDATE letter SET state = 'waiting', due = ?, tries = 0 WHERE id = ? AND state = "
                                 "'failed'",
                                 {m_clock.now_text(), letter}));
  return changed == 0 ? Result<void>(fail(errors::unknown, std::to_string(letter))) : Result<void>();
}

Result<void> Outbox::forget_old() const {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("DELETE FROM letter WHERE state <> 'waiting' AND created <= ?",
                            {m_clock.text_in(-k_kept)}));
    return {};
  });
}

Postman::Postman(const Outbox& outbox) : m_outbox(outbox), m_thread([this] { run(); }) {}

Postman::~Postman() {
  {
    const std::lock_guard lock(m_mutex);
    m_ending = true;
  }
  m_awake.notify_all();
  m_thread.join();
}

void Postman::wake() {
  {
    const std::lock_guard lock(m_mutex);
    m_woken = true;
  }
  m_awake.notify_all();
}

void Postman::run() {
  std::unique_lock lock(m_mutex);
  while (!m_ending) {
    m_woken = false;
    lock.unlock();
    // A store that fails now is asked again at the next look: the letters are still there.
    const auto tried = m_outbox.send_due([this] { return m_ending.load(); });
    lock.lock();
    m_woken = m_woken || (tried && *tried == k_at_a_time);
    m_awake.wait_for(lock, k_look, [this] { return m_ending || m_woken; });
  }
}

}  // namespace pitchblende::mail
