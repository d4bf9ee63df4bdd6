#include "resolution/naming_keys.hpp"

#include <algorithm>

#include "resolution/person_name.hpp"

namespace pitchblende::resolution {

using registry::Kind;

std::vector<std::string> person_keys(std::string_view family, std::string_view given) {
  std::vector<std::string> keys;
  if (given.empty()) {
    return keys;  // "Wang" alone may be anybody
  }
  keys = family_forms(family);
  for (std::string& key : keys) {
    key += ' ';
    key += given.front();
  }
  return keys;
}

bool tells_enough(Kind kind, std::string_view name) {
  const auto words = 1 + std::count(name.begin(), name.end(), ' ');
  switch (kind) {
    case Kind::publication:
      return words >= 5;  // "Editorial", "Reply to the authors"
    case Kind::equipment:
    case Kind::concept_:
      return false;  // two of a model stand side by side; vocabularies share words
    default:
      return name.size() >= 2;
  }
}

std::vector<std::string> naming_keys(const Mention& mention) {
  if (mention.kind == Kind::person) {
    return person_keys(mention.family, mention.given);
  }
  std::vector<std::string> keys;
  for (const std::string& name : mention.names) {
    if (tells_enough(mention.kind, name)) {
      keys.push_back(name);
    }
  }
  return keys;
}

}  // namespace pitchblende::resolution
