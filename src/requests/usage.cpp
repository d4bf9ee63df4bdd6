#include "requests/usage.hpp"

namespace pitchblende::requests {

Result<std::unordered_map<Id, int64_t>> answered_between(store::Store& store, int64_t begins, int64_t ends) {
  std::unordered_map<Id, int64_t> out;
  TRY(store.read([&](store::Connection& db) {
    return db.query(
        "SELECT resource, COUNT(*) FROM request_thread WHERE answered >= ? AND answered < ? AND answered > 0 "
        "GROUP BY resource",
        {begins, ends},
        [&](const store::Row& row) { out.emplace(Id(static_cast<uint64_t>(row.integer(0))), row.integer(1)); });
  }));
  return out;
}

}  // namespace pitchblende::requests
