// The names of investigators, which stand in one piece: "Prof. Camille de Exemple, MD, PhD". Inside sources. Pure.
#pragma once

#include "registry/record.hpp"

namespace pitchblende::sources::clinicaltrials {

// Adds family, given, particle, suffix and honorific to a mention, or collective when the name is an office's
// ("Medical Director", "Clinical Trials Information"). The name itself stays as it was printed.
void add_name_parts(registry::Value& mention);

}  // namespace pitchblende::sources::clinicaltrials
