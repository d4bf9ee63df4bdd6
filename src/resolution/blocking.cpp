// The keys under which mentions meet.
#include <algorithm>

#include "base/id.hpp"
#include "resolution/naming_keys.hpp"
#include "resolution/resolution.hpp"
#include "resolution/schemes.hpp"

namespace pitchblende::resolution {

std::vector<BlockingKey> blocking_keys(const Mention& mention) {
  std::vector<BlockingKey> keys;
  const auto add = [&](std::string_view key, bool strong) {
    std::string named(registry::name(mention.kind));
    named += '\n';
    named += key;
    const auto hash = static_cast<int64_t>(hash64(named));
    if (std::none_of(keys.begin(), keys.end(), [&](const BlockingKey& known) { return known.hash == hash; })) {
      keys.push_back({hash, strong});
    }
  };
  for (const std::string& identifier : mention.identifiers) {
    if (scheme_rule(mention.kind, identifier) != nullptr) {
      add(identifier, true);
    }
  }
  for (const std::string& key : naming_keys(mention)) {
    add(key, false);
  }
  return keys;
}

}  // namespace pitchblende::resolution
