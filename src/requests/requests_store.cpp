#include "requests/requests_store.hpp"

#include <algorithm>

#include "store/numbering.hpp"

namespace pitchblende::requests::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

using store::id_at;
using store::number;

std::string text_at(const Row& row, int column) { return std::string(row.text(column)); }

// {text} is left out of lists: it may be long, and they show none.
constexpr std::string_view k_columns =
    "SELECT r.id, r.account, r.email, r.name, r.company, r.language, r.kind, r.others, r.subject, {text}, r.wanted_by, "
    "r.once, r.made, t.id, t.resource, t.level, t.state, t.reason, t.revision, t.sent, t.level_since, t.reminded, "
    "t.owed_since, t.answered, t.changed, t.handler FROM request_thread t JOIN request r ON r.id = t.request ";
constexpr std::string_view k_newest_first = " ORDER BY t.sent DESC, t.id DESC LIMIT ?";

Case case_of(const Row& row) {
  Case out;
  Request& request = out.request;
  request.id = row.integer(0);
  request.asker = {row.integer(1), text_at(row, 2), text_at(row, 3), text_at(row, 4), text_at(row, 5)};
  request.draft.kind = kind(row.text(6)).value_or(Kind::choose);
  request.draft.others = row.integer(7) == 0 ? Others::hidden : Others::shown;
  request.draft.subject = text_at(row, 8);
  request.draft.text = text_at(row, 9);
  request.draft.wanted_by = text_at(row, 10);
  request.draft.once = text_at(row, 11);
  request.made = row.integer(12);
  Thread& thread = out.thread;
  thread.id = row.integer(13);
  thread.request = request.id;
  thread.resource = id_at(row, 14);
  thread.level = level(row.text(15)).value_or(Level::staff);
  thread.state = state(row.text(16)).value_or(State::fresh);
  thread.reason = text_at(row, 17);
  thread.revision = row.integer(18);
  thread.sent = row.integer(19);
  thread.level_since = row.integer(20);
  thread.reminded = row.integer(21);
  thread.owed_since = row.integer(22);
  thread.answered = row.integer(23);
  thread.changed = row.integer(24);
  thread.handler = row.integer(25);
  return out;
}

Result<int64_t> one_number(Connection& connection, std::string_view sql, std::initializer_list<store::Param> params) {
  int64_t out = 0;
  TRY(connection.query(sql, params, [&](const Row& row) { out = row.integer(0); }));
  return out;
}

std::string words_of(const std::vector<Id>& ids) {
  std::string out;
  for (const Id id : ids) {
    out += (out.empty() ? "" : " ") + id.text();
  }
  return out;
}

std::vector<Id> ids_of(std::string_view words) {
  std::vector<Id> out;
  while (!words.empty()) {
    const std::string_view each = words.substr(0, words.find(' '));
    if (const auto id = Id::parse(each)) {
      out.push_back(*id);
    }
    words.remove_prefix(std::min(words.size(), each.size() + 1));
  }
  return out;
}

}  // namespace

Result<int64_t> put_request(Transaction& transaction, const Request& request) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "request"));
  const Draft& draft = request.draft;
  TRY(transaction.execute(
      "INSERT INTO request (id, account, email, name, company, language, kind, others, subject, text, wanted_by, once, "
      "made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {id, request.asker.account, request.asker.email, request.asker.name, request.asker.company,
       request.asker.language, name(draft.kind), int64_t{draft.others == Others::shown ? 1 : 0}, draft.subject,
       draft.text, draft.wanted_by, draft.once, request.made}));
  return id;
}

Result<int64_t> put_thread(Transaction& transaction, const Thread& thread) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "request_thread"));
  TRY(transaction.execute(
      "INSERT INTO request_thread (id, request, resource, level, state, reason, revision, sent, level_since, reminded, "
      "owed_since, answered, changed, handler) VALUES (?, ?, ?, ?, ?, '', 1, ?, ?, 0, ?, 0, ?, 0)",
      {id, thread.request, number(thread.resource), name(thread.level), name(thread.state), thread.sent,
       thread.level_since, thread.owed_since, thread.changed}));
  return id;
}

Result<int64_t> put_message(Transaction& transaction, int64_t thread, const Message& message) {
  TRY_ASSIGN(const int64_t id, store::next_id(transaction, "request_message"));
  TRY(transaction.execute("INSERT INTO request_message (id, thread, at, side, account, text) VALUES (?, ?, ?, ?, ?, ?)",
                          {id, thread, message.at, name(message.side), message.account, message.text}));
  return id;
}

Result<void> update(Transaction& transaction, const Thread& thread, Revised revised) {
  TRY(transaction.execute(
      "UPDATE request_thread SET level = ?, state = ?, reason = ?, revision = revision + ?, level_since = ?, "
      "reminded = ?, owed_since = ?, answered = ?, changed = ?, handler = ? WHERE id = ?",
      {name(thread.level), name(thread.state), thread.reason, int64_t{revised == Revised::yes ? 1 : 0},
       thread.level_since, thread.reminded, thread.owed_since, thread.answered, thread.changed, thread.handler,
       thread.id}));
  return {};
}

Result<int64_t> asked_once(Connection& connection, const std::string& email, const std::string& once) {
  return one_number(connection, "SELECT id FROM request WHERE email = ? AND once = ?", {email, once});
}

Result<int64_t> asked_since(Connection& connection, const std::string& email, int64_t since) {
  return one_number(connection, "SELECT count(*) FROM request WHERE email = ? AND made > ?", {email, since});
}

Result<int64_t> written_since(Connection& connection, int64_t thread, Side side, int64_t since) {
  return one_number(connection, "SELECT count(*) FROM request_message WHERE thread = ? AND side = ? AND at > ?",
                    {thread, name(side), since});
}

Result<std::vector<Case>> cases(Connection& connection, const Query& query) {
  std::vector<Case> out;
  const auto keep = [&](const Row& row) { out.push_back(case_of(row)); };
  const bool whole = query.which == Query::Which::thread || query.which == Query::Which::request;
  std::string columns(k_columns);
  columns.replace(columns.find("{text}"), 6, whole ? "r.text" : "''");
  const auto sql = [&](std::string_view where) { return columns + std::string(where) + std::string(k_newest_first); };
  switch (query.which) {
    case Query::Which::thread:
      TRY(connection.query(sql("WHERE t.id = ?"), {query.number, query.limit}, keep));
      break;
    case Query::Which::request:
      TRY(connection.query(sql("WHERE t.request = ?"), {query.number, query.limit}, keep));
      break;
    case Query::Which::asker:
      TRY(connection.query(sql("WHERE (r.account = ? AND r.account <> 0) OR r.email = ?"),
                           {query.account, query.email, query.limit}, keep));
      break;
    case Query::Which::resources: {
      store::Rows wanted{{"resource", store::ColumnType::integer}};
      for (const Id id : query.resources) {
        wanted.add(number(id));
      }
      TRY(connection.lookup(columns + "JOIN {rows} w ON w.resource = t.resource", wanted, keep));
      std::sort(out.begin(), out.end(), [](const Case& a, const Case& b) {
        return std::pair(a.thread.sent, a.thread.id) > std::pair(b.thread.sent, b.thread.id);
      });
      out.resize(std::min(out.size(), static_cast<size_t>(query.limit)));
      break;
    }
    case Query::Which::staff:
      TRY(connection.query(sql("WHERE t.level = 'staff'"), {query.limit}, keep));
      break;
    case Query::Which::all:
      TRY(connection.query(sql(""), {query.limit}, keep));
      break;
    case Query::Which::owed:
      TRY(connection.query(sql("WHERE t.owed_since > 0"), {query.limit}, keep));
      break;
  }
  return out;
}

Result<std::vector<Id>> resources(Connection& connection) {
  std::vector<Id> out;
  TRY(connection.query("SELECT DISTINCT resource FROM request_thread ORDER BY resource", {},
                       [&](const Row& row) { out.push_back(id_at(row, 0)); }));
  return out;
}

Result<std::vector<Message>> messages(Connection& connection, int64_t thread) {
  std::vector<Message> out;
  TRY(connection.query("SELECT id, at, side, account, text FROM request_message WHERE thread = ? ORDER BY id", {thread},
                       [&](const Row& row) {
                         out.push_back({row.integer(0), row.integer(1), side(row.text(2)).value_or(Side::program),
                                        row.integer(3), text_at(row, 4)});
                       }));
  return out;
}

Result<void> put_pending(Transaction& transaction, const std::string& hash, const StoredPending& stored) {
  const Asker& asker = stored.pending.asker;
  const Draft& draft = stored.pending.draft;
  const std::string recipients = words_of(draft.to);
  TRY(transaction.execute(
      "INSERT INTO request_pending (token_hash, browser_hash, email, name, company, language, kind, others, "
      "recipients, subject, text, wanted_by, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {hash, stored.browser_hash, asker.email, asker.name, asker.company, asker.language, name(draft.kind),
       int64_t{draft.others == Others::shown ? 1 : 0}, recipients, draft.subject, draft.text, draft.wanted_by,
       stored.expires}));
  return {};
}

Result<std::optional<StoredPending>> pending(Connection& connection, const std::string& hash) {
  std::optional<StoredPending> out;
  TRY(connection.query(
      "SELECT browser_hash, email, name, company, language, kind, others, recipients, subject, text, wanted_by, "
      "expires FROM request_pending WHERE token_hash = ?",
      {hash}, [&](const Row& row) {
        out.emplace();
        out->browser_hash = row.text(0);
        out->pending.asker = {0, text_at(row, 1), text_at(row, 2), text_at(row, 3), text_at(row, 4)};
        Draft& draft = out->pending.draft;
        draft.kind = kind(row.text(5)).value_or(Kind::choose);
        draft.others = row.integer(6) == 0 ? Others::hidden : Others::shown;
        draft.to = ids_of(row.text(7));
        draft.subject = row.text(8);
        draft.text = row.text(9);
        draft.wanted_by = row.text(10);
        out->expires = row.integer(11);
      }));
  return out;
}

Result<void> drop_pending(Transaction& transaction, const std::string& hash) {
  TRY(transaction.execute("DELETE FROM request_pending WHERE token_hash = ?", {hash}));
  return {};
}

Result<int64_t> count_try(Transaction& transaction, const std::string& bucket, int64_t now, int64_t expires) {
  TRY(transaction.execute("DELETE FROM request_try WHERE expires <= ?", {now}));
  TRY(
      transaction.execute("INSERT INTO request_try (bucket, expires, tries) VALUES (?, ?, 1) "
                          "ON CONFLICT (bucket) DO UPDATE SET tries = request_try.tries + 1",
                          {bucket, expires}));
  return one_number(transaction, "SELECT tries FROM request_try WHERE bucket = ?", {bucket});
}

Result<void> forget_old(Transaction& transaction, int64_t now) {
  TRY(transaction.execute("DELETE FROM request_pending WHERE expires <= ?", {now}));
  TRY(transaction.execute("DELETE FROM request_try WHERE expires <= ?", {now}));
  return {};
}

}  // namespace pitchblende::requests::rows
