// Which organisations and teams of the pool printed affiliations name. A door of pool.
//
// What is loaded is as the pool stands then, and as its viewer may know it; then it is only read, by any thread.
// Nothing is remembered: who meets a text many times keeps what it names.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"
#include "resolution/organisations/organisations.hpp"
#include "store/store.hpp"

namespace pitchblende::pool {

struct KnownOrganisations {
  std::vector<resolution::OrganisationDescription> all;        // ids are those of cards, relations lead to cards
  std::map<std::string, std::string, std::less<>> labels;      // by id
  std::unordered_map<std::string, std::optional<Id>> targets;  // of references; one that leads to two leads nowhere

  std::string_view label(std::string_view id) const {
    const auto found = labels.find(id);
    return found == labels.end() ? id : std::string_view(found->second);
  }
};

Result<KnownOrganisations> known_organisations(store::Store& store, const access::Viewer& viewer);

class Affiliations {
 public:
  static Result<Affiliations> load(store::Store& store, const access::Viewer& viewer);

  // What is named without doubt, and what it is part of today; each once, in the order of ids.
  std::vector<Id> named_in(std::string_view text) const;
  // The one that a reference leads to.
  std::optional<Id> target(const std::string& ref) const;

 private:
  explicit Affiliations(KnownOrganisations known) : m_index(known.all), m_targets(std::move(known.targets)) {}

  resolution::OrganisationIndex m_index;
  std::unordered_map<std::string, std::optional<Id>> m_targets;
};

}  // namespace pitchblende::pool
