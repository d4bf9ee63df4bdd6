// Under which names things other than people meet. Owner: resolution. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

// Texts of their own for each kind; none depends on what else is in the pool, so that they may be stored. Beside the
// name as it stands: of a title its first words and its longest ones, of a name its consonants, so that a slip of the
// pen or a lost subtitle leaves one of them; of equipment model and place, and its serial number.
std::vector<std::string> thing_keys(const Mention& mention);

inline constexpr std::string_view k_serial = "serial:";

// Whether things of this kind with this name may be one thing.
bool tells_enough(registry::Kind kind, std::string_view name);

// The parts of Mention::context, "2019|exemple|preprint|v2": of what is not there empty.
struct Context {
  std::string_view first;
  std::string_view second;
  std::string_view third;
  std::string_view fourth;
};
Context context_of(const Mention& mention);

}  // namespace pitchblende::resolution
