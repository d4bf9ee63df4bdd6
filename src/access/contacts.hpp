// Whom an account belongs to: addresses for letters and for who looks after something. A Contacts borrows the store;
// any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "access/access.hpp"

namespace pitchblende::access {

class Contacts {
 public:
  // Without `things` nobody is anything by his card, and an institution owns nothing under another id.
  explicit Contacts(store::Store& store, Things things = {}) : m_store(store), m_things(std::move(things)) {}

  // Those that there are.
  Result<std::map<int64_t, Holder>> of(const std::vector<int64_t>& accounts) const;
  // Who has signed in with that address; nullopt: nobody.
  Result<std::optional<Holder>> with(std::string_view email) const;
  // In which language letters to him are ("fr", "en").
  Result<void> set_language(store::Transaction& transaction, int64_t account, std::string_view language) const;
  // What he sees of cards today, though he is not here: for what is looked up for him.
  Result<Viewer> viewer(int64_t account, std::string_view today) const;
  // Him as one who asks, though he is not here: what he may. Objects of his roles are as they were given: `current`
  // says where they lead after merges.
  Result<Actor> actor(int64_t account, const std::string& today, const std::function<Id(Id)>& current) const;

 private:
  Result<std::vector<Grant>> grants(int64_t account, std::string_view today) const;

  store::Store& m_store;
  Things m_things;
};

}  // namespace pitchblende::access
