// What every slice holds on people, in one list: a slice that begins to hold something stands here. The workplace
// outlives it; any thread.
#pragma once

#include <vector>

#include "access/holdings.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {

std::vector<access::Holding> holdings(Workplace& place);

}  // namespace pitchblende::cli
