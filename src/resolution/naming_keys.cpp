#include "resolution/naming_keys.hpp"

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
  return mention.kind == Kind::person ? person_keys(mention.family, mention.given) : thing_keys(mention);
}

}  // namespace pitchblende::resolution
