// How a record differs from its version before, and what a snapshot takes away from records that it still names:
// fields, and what stands beside their values. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pool/pool_types.hpp"

namespace pitchblende::pool {

// A field, or one attribute of its values: positions, and their titles.
struct Part {
  registry::FieldId field;
  std::optional<registry::Attribute> attribute;
  auto operator<=>(const Part&) const = default;
};
// Sorted, each once.
std::vector<Part> parts_of(const registry::Record& record);

// Names of the fields that differ between two payloads.
std::vector<std::string> changed_fields(registry::Kind kind, std::string_view before, std::string_view after);
// How a record names its thing; empty where it is gone.
std::string record_label(registry::Kind kind, std::string_view payload);

class Losses {
 public:
  void kept(const std::vector<Part>& parts);
  void changed(const std::vector<Part>& before, const std::vector<Part>& after);
  // What most records lose first.
  std::vector<LostPart> lost() const;
  // How many records lose what too many of those that have it lose; 0: none does.
  int64_t too_many() const;

 private:
  struct Count {
    int64_t had = 0;
    int64_t lost = 0;
  };
  std::map<Part, Count> m_counts;
  int64_t m_records = 0;
};

}  // namespace pitchblende::pool
