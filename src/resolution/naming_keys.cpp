#include "resolution/naming_keys.hpp"

#include "resolution/people/name_sounds.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/things/thing_keys.hpp"

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

std::vector<std::string> naming_keys(const Mention& mention) {
  if (mention.kind != Kind::person) {
    return thing_keys(mention);
  }
  std::vector<std::string> keys;  // blocking_keys() keeps each once
  const auto add = [&](std::string_view family, std::string_view given) {
    for (std::string& key : person_keys(family, given)) {
      keys.push_back(std::move(key));
    }
    for (std::string& key : kin_keys(family, given)) {
      keys.push_back(std::move(key));
    }
  };
  add(mention.family, mention.given);
  for (const PersonName& name : mention.other_names) {
    add(name.family, name.given);
  }
  return keys;
}

}  // namespace pitchblende::resolution
