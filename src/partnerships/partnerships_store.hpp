// Rows of partnerships. Inside transactions of the front door; no rules.
#pragma once

#include "partnerships/partnerships.hpp"

namespace pitchblende::partnerships::rows {

Result<int64_t> add(store::Transaction& transaction, const Partnership& partnership);
// Its revision counts up.
Result<void> update(store::Transaction& transaction, const Partnership& partnership);
Result<void> put_event(store::Transaction& transaction, int64_t id, const Event& event);
// 0: all; `run_by`: those alone that he runs.
Result<std::vector<Partnership>> read(store::Connection& connection, int64_t id, Id run_by = {});
// That a company is, or was, a party by its name.
struct Naming {
  int64_t partnership = 0;
  std::string name;
  bool shown = false;  // it is, of one that is published
};
Result<std::vector<Naming>> namings(store::Connection& connection);
// The number of the partnership that took over that card; 0: none.
Result<int64_t> standing_for(store::Connection& connection, Id card);
// Which partnership was begun with which request; 0: none.
Result<int64_t> begun_with(store::Connection& connection, int64_t request);
Result<int64_t> request_of(store::Connection& connection, int64_t partnership);
Result<void> put_request(store::Transaction& transaction, int64_t request, int64_t partnership);
Result<std::vector<Event>> events(store::Connection& connection, int64_t id);

}  // namespace pitchblende::partnerships::rows
