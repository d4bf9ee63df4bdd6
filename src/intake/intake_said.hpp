// What is said of a file, as pool takes it. Inside intake. Pure, any thread.
#pragma once

#include "intake/intake_types.hpp"
#include "registry/registry.hpp"

namespace pitchblende::intake {

std::optional<sources::Format> format_of(std::string_view name);
pool::SourceSettings settings_of(const Said& said, const registry::Registry& registry);

}  // namespace pitchblende::intake
