#include "access/visibility.hpp"

namespace pitchblende::access {

std::string_view name(Visibility visibility) {
  switch (visibility) {
    case Visibility::everyone:
      return "public";
    case Visibility::consortium:
      return "consortium";
    case Visibility::institution:
      return "institution";
    case Visibility::owner:
      return "owner";
    case Visibility::nobody:
      return "nobody";
  }
  return "nobody";
}

}  // namespace pitchblende::access
