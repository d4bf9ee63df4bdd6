// Links by e-mail and the sessions that they open.
#include "access/access.hpp"
#include "access/errors.hpp"
#include "access/known_roles.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "store/numbering.hpp"

namespace pitchblende::access {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes k_link_lives{15};
constexpr hours k_session_lives{24 * 60};
constexpr hours k_session_kept{24 * 365};  // a browser in which somebody was signed in is known so long
constexpr minutes k_seen_again{5};         // how exactly "last seen" is kept
constexpr hours k_window{1};
constexpr int64_t k_links_of_a_client = 60;
constexpr int64_t k_links_to_an_address = 5;     // of one client, or of one browser that the owner was signed in with
constexpr int64_t k_letters_to_an_address = 20;  // of all clients together …
constexpr int64_t k_first_letters_to_an_address = 100;  // … and then of clients that had none yet
constexpr int64_t k_wrong_links = 20;
constexpr size_t k_longest_agent = 200;

struct StoredLink {
  Link link;
  std::string browser_hash;
  bool used = false;
  bool found = false;
};

Result<StoredLink> find_link(store::Connection& db, const std::string& hash) {
  StoredLink out;
  TRY(db.query("SELECT email, language, next, browser_hash, expires, used FROM sign_in_link WHERE token_hash = ?",
               {hash}, [&](const store::Row& row) {
                 out.link = {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)),
                             std::string(row.text(4))};
                 out.browser_hash = row.text(3);
                 out.used = !row.is_null(5);
                 out.found = true;
               }));
  return out;
}

// Rules 5 and 6.
Result<void> judge(const StoredLink& link, const std::string& now, const std::string& browser_hash) {
  if (!link.found || link.used || link.link.expires <= now) {
    return fail(errors::link);
  }
  if (!link.browser_hash.empty() && !equal_secrets(link.browser_hash, browser_hash)) {
    return fail(errors::browser);
  }
  return {};
}

}  // namespace

Access::Access(store::Store& store, const Clock& clock, std::string key, Things things)
    : m_store(store),
      m_clock(clock),
      m_key(std::move(key)),
      m_things(std::move(things)),
      m_audit(store, clock, m_key),
      m_asks(store, clock) {}

std::string Access::hashed(std::string_view what, std::string_view secret) const {
  return secret.empty() ? std::string() : hash256_hex(std::string(what) + "\n" + std::string(secret), m_key);
}

Result<int64_t> Access::count_try(store::Transaction& transaction, const std::string& bucket) {
  const std::string now = m_clock.now_text();
  const std::string hash = hashed("bucket", bucket);
  TRY(transaction.execute("DELETE FROM attempt WHERE expires <= ?", {now}));
  TRY(
      transaction.execute("INSERT INTO attempt (bucket, expires, tries) VALUES (?, ?, 1) "
                          "ON CONFLICT (bucket) DO UPDATE SET tries = attempt.tries + 1",
                          {hash, m_clock.text_in(k_window)}));
  int64_t tries = 0;
  TRY(transaction.query("SELECT tries FROM attempt WHERE bucket = ?", {hash},
                        [&](const store::Row& row) { tries = row.integer(0); }));
  return tries;
}

// Rule 7: who asks for somebody else's links uses up his own tries, not the owner's. False: the answer is as if a
// letter had gone, and none goes.
Result<bool> Access::limit_asking(store::Transaction& transaction, const LinkRequest& request,
                                  const std::string& email) {
  const std::string browser = hashed("browser", request.browser);
  const std::string client = network_of(request.peer);
  bool has_account = false;
  bool known = false;
  TRY(transaction.query("SELECT 1 FROM account WHERE email = ?", {email},
                        [&](const store::Row&) { has_account = true; }));
  TRY(transaction.query(
      "SELECT 1 FROM session s JOIN account a ON a.id = s.account WHERE a.email = ? AND s.browser_hash = ? LIMIT 1",
      {email, browser}, [&](const store::Row&) { known = true; }));
  TRY_ASSIGN(const int64_t own,
             count_try(transaction, known ? "known\n" + email + "\n" + browser : "link\n" + email + "\n" + client));
  if (own > k_links_to_an_address) {
    return fail(errors::often);
  }
  if (known) {
    return true;
  }
  TRY_ASSIGN(const int64_t letters, count_try(transaction, "letters\n" + email));
  if (letters > (own == 1 ? k_first_letters_to_an_address : k_letters_to_an_address)) {
    return fail(errors::often);
  }
  TRY_ASSIGN(const int64_t asked, count_try(transaction, "client\n" + client));
  return has_account || asked <= k_links_of_a_client;
}

Result<std::string> Access::store_link(store::Transaction& transaction, const Link& link, std::string_view browser) {
  std::string secret = random_secret();
  const std::string now = m_clock.now_text();
  TRY(transaction.execute("DELETE FROM sign_in_link WHERE expires <= ?", {now}));
  TRY(transaction.execute(
      "INSERT INTO sign_in_link (token_hash, email, browser_hash, language, next, expires) VALUES (?, ?, ?, ?, ?, ?)",
      {hashed("link", secret), link.email, hashed("browser", browser), link.language, own_path(link.next),
       link.expires}));
  return secret;
}

Result<void> Access::ask_link(const LinkRequest& request, const Post& post) {
  const auto email = email_address(request.email);
  if (!email) {
    return fail(errors::email, request.email.substr(0, 100));
  }
  // Counted in a transaction of its own: what refuses the link must not take its count back.
  Result<bool> sends = false;
  TRY(m_store.write([&](store::Transaction& transaction) -> Result<void> {
    sends = limit_asking(transaction, request, *email);
    return sends || sends.error().is(errors::often) ? Result<void>() : tl::unexpected(sends.error());
  }));
  TRY(sends);
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    const Link link{*email, request.language, request.next, m_clock.text_in(k_link_lives)};
    TRY_ASSIGN(const std::string secret, store_link(transaction, link, request.browser));
    return *sends ? post(transaction, link, secret) : Result<void>();
  });
}

Result<std::string> Access::link_at_terminal(const std::string& email) {
  const auto address = email_address(email);
  if (!address) {
    return fail(errors::email, email);
  }
  return m_store.write([&](store::Transaction& transaction) -> Result<std::string> {
    TRY_ASSIGN(std::string secret, store_link(transaction, {*address, "en", {}, m_clock.text_in(k_link_lives)}, {}));
    TRY(m_audit.record(transaction, {0, "make_link", "account", 0, {}}));
    return secret;
  });
}

Result<Link> Access::look_at_link(std::string_view secret, std::string_view browser) const {
  StoredLink stored;
  TRY(m_store.read([&](store::Connection& db) -> Result<void> {
    TRY_ASSIGN(stored, find_link(db, hashed("link", secret)));
    return {};
  }));
  TRY(judge(stored, m_clock.now_text(), hashed("browser", browser)));
  return stored.link;
}

Result<Opened> Access::open_link(std::string_view secret, std::string_view browser, std::string_view agent,
                                 std::string_view peer) {
  const std::string hash = hashed("link", secret);
  const std::string browser_hash = hashed("browser", browser);
  const std::string now = m_clock.now_text();
  std::optional<Error> refused;
  TRY_ASSIGN(Opened opened, m_store.write([&](store::Transaction& transaction) -> Result<Opened> {
    TRY_ASSIGN(const StoredLink stored, find_link(transaction, hash));
    if (const auto judged = judge(stored, now, browser_hash); !judged) {
      refused = judged.error();
      TRY_ASSIGN(const int64_t wrong, count_try(transaction, "wrong\n" + network_of(peer)));
      refused = wrong > k_wrong_links ? Error(errors::often) : *refused;
      return Opened{};
    }
    TRY_ASSIGN(const int64_t used, transaction.execute("UPDATE sign_in_link SET used = ? WHERE token_hash = ? "
                                                       "AND used IS NULL",
                                                       {now, hash}));
    if (used == 0) {
      refused = Error(errors::link);
      return Opened{};
    }
    if (!browser_hash.empty()) {
      TRY(transaction.execute("UPDATE session SET ended = ? WHERE browser_hash = ? AND ended IS NULL",
                              {now, browser_hash}));
    }
    TRY_ASSIGN(const int64_t owner, account(transaction, stored.link.email, stored.link.language));
    if (!stored.browser_hash.empty()) {
      // Others made his account and guessed: where he first signs in he has chosen.
      TRY(
          transaction.execute("UPDATE account SET language = ? WHERE id = ? AND NOT EXISTS (SELECT 1 FROM session "
                              "WHERE account = ?)",
                              {stored.link.language, owner, owner}));
    }
    Opened out{random_secret(), stored.link.next};
    TRY_ASSIGN(const int64_t number, store::next_id(transaction, "session"));
    TRY(transaction.execute(
        "INSERT INTO session (id, token_hash, browser_hash, account, agent, created, last_seen, expires) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {number, hashed("session", out.session), browser_hash, owner, clean_utf8(agent.substr(0, k_longest_agent)), now,
         now, m_clock.text_in(k_session_lives)}));
    TRY(m_audit.record(transaction, {owner, "sign_in", "account", owner, {}}));
    return out;
  }));
  if (refused) {
    return tl::unexpected(*refused);
  }
  return opened;
}

Result<std::shared_ptr<const Actor>> Access::actor(std::string_view session) const {
  const std::string now = m_clock.now_text();
  std::shared_ptr<Actor> actor;
  std::string seen;
  TRY(m_store.read([&](store::Connection& db) -> Result<void> {
    TRY(
        db.query("SELECT s.id, a.id, a.email, s.last_seen FROM session s JOIN account a ON a.id = s.account "
                 "WHERE s.token_hash = ? AND s.ended IS NULL AND s.expires > ? AND s.last_seen > ?",
                 {hashed("session", session), now, m_clock.text_in(-k_idle)}, [&](const store::Row& row) {
                   actor = std::make_shared<Actor>();
                   actor->session = row.integer(0);
                   actor->account = row.integer(1);
                   actor->email = row.text(2);
                   seen = row.text(3);
                 }));
    return {};
  }));
  if (actor == nullptr) {
    return std::shared_ptr<const Actor>();
  }
  actor->today = m_clock.today();
  actor->session_secret = session;
  TRY_ASSIGN(actor->grants, known_roles(m_store, m_things, actor->account, actor->email, actor->today));
  actor->viewer = whole_viewer(actor->grants, actor->today, m_things);
  if (seen < m_clock.text_in(-k_seen_again)) {
    m_store.write_later([number = actor->session, now](store::Transaction& transaction) -> Result<void> {
      TRY(transaction.execute("UPDATE session SET last_seen = ? WHERE id = ?", {now, number}));
      return {};
    });
  }
  return std::shared_ptr<const Actor>(std::move(actor));
}

Result<std::vector<SessionRow>> Access::sessions(int64_t account) const {
  std::vector<SessionRow> out;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query(
        "SELECT id, agent, created, last_seen FROM session WHERE account = ? AND ended IS NULL "
        "AND expires > ? AND last_seen > ? ORDER BY last_seen DESC, id DESC",
        {account, m_clock.now_text(), m_clock.text_in(-k_idle)}, [&](const store::Row& row) {
          out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
        });
  }));
  return out;
}

Result<void> Access::end_session(const Actor& actor, std::optional<int64_t> session) {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    const std::string now = m_clock.now_text();
    if (!session) {
      TRY(transaction.execute("UPDATE session SET ended = ? WHERE account = ? AND id <> ? AND ended IS NULL",
                              {now, actor.account, actor.session}));
      return m_audit.record(transaction, {actor.account, "end_other_sessions", "account", actor.account, {}});
    }
    TRY_ASSIGN(const int64_t ended,
               transaction.execute("UPDATE session SET ended = ? WHERE id = ? AND account = ? AND ended IS NULL",
                                   {now, *session, actor.account}));
    if (ended == 0) {
      return fail(errors::unknown, "session");
    }
    return m_audit.record(transaction, {actor.account, "end_session", "session", *session, {}});
  });
}

Result<void> Access::forget_old() {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("DELETE FROM session WHERE last_seen <= ?", {m_clock.text_in(-k_session_kept)}));
    TRY(transaction.execute("DELETE FROM sign_in_link WHERE expires <= ?", {m_clock.now_text()}));
    TRY(transaction.execute("DELETE FROM attempt WHERE expires <= ?", {m_clock.now_text()}));
    return m_asks.forget_old(transaction);
  });
}

}  // namespace pitchblende::access
