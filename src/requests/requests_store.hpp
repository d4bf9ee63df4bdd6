// Rows of requests. Inside transactions of the front door; no rules.
#pragma once

#include <utility>

#include "base/result.hpp"
#include "requests/requests.hpp"

namespace pitchblende::requests::rows {

Result<int64_t> put_request(store::Transaction& transaction, const Request& request);
Result<int64_t> put_thread(store::Transaction& transaction, const Thread& thread);
// Its number.
Result<int64_t> put_message(store::Transaction& transaction, int64_t thread, const Message& message);
// What changes of a conversation; its revision counts up where `counted`.
enum class Revised : uint8_t { no, yes };
Result<void> update(store::Transaction& transaction, const Thread& thread, Revised revised);

// 0: none.
Result<int64_t> asked_once(store::Connection& connection, const std::string& email, const std::string& once);
Result<int64_t> asked_since(store::Connection& connection, const std::string& email, int64_t since);
Result<int64_t> written_since(store::Connection& connection, int64_t thread, Side side, int64_t since);

Result<std::vector<Case>> cases(store::Connection& connection, const Query& query);
Result<std::vector<Id>> resources(store::Connection& connection);
Result<std::vector<Message>> messages(store::Connection& connection, int64_t thread);

struct StoredPending {
  Pending pending;
  std::string browser_hash;
  int64_t expires = 0;
};
Result<void> put_pending(store::Transaction& transaction, const std::string& hash, const StoredPending& pending);
Result<std::optional<StoredPending>> pending(store::Connection& connection, const std::string& hash);
Result<void> drop_pending(store::Transaction& transaction, const std::string& hash);
Result<int64_t> count_try(store::Transaction& transaction, const std::string& bucket, int64_t now, int64_t expires);
Result<void> forget_old(store::Transaction& transaction, int64_t now);

}  // namespace pitchblende::requests::rows
