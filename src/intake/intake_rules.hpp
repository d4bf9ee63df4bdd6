// What a file may say, by who brought it. Pure; the rules are numbered in docs/rules/intake.md.
#pragma once

#include <optional>

#include "sources/source.hpp"

namespace pitchblende::intake {

// Rule 1. institution: of who may bring the files of an institution and no more.
enum class Reach : uint8_t { institution, any };

// Rules 2 and 3: why a file of an institution may not say it; nothing: it may. The finding has no place yet.
std::optional<sources::Finding> refusal(const registry::Record& record);

}  // namespace pitchblende::intake
