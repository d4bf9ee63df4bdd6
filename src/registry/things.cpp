#include "registry/things.hpp"

#include "base/text.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::registry {

Result<std::optional<Id>> thing_named(const Registry& registry, std::string_view text) {
  text = trim(text);
  const size_t slash = text.rfind('/');
  if (const auto id = Id::parse(slash == std::string_view::npos ? text : text.substr(slash + 1))) {
    return std::optional(*id);
  }
  std::optional<Id> found;
  if (text.find(':') != std::string_view::npos && !text.starts_with("http")) {
    TRY_ASSIGN(found, registry.find(text));
  }
  if (!found && !text.empty()) {
    TRY_ASSIGN(found, registry.find("name:" + std::string(text)));
  }
  if (!found && is_unit_label(text)) {
    TRY_ASSIGN(const std::string label, normalise_identifier("label", text));
    TRY_ASSIGN(found, registry.find(reference("label", label)));
  }
  return found;
}

}  // namespace pitchblende::registry
