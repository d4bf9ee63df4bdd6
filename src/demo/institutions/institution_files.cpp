#include "demo/institutions/member_files.hpp"

namespace pitchblende::demo {

Result<void> write_institutions(const World& world, Output& out) {
  for (size_t institution = 0; institution < k_institutions; ++institution) {
    TRY(write_people_and_teams(world, institution, out));
    TRY(write_platforms_and_equipment(world, institution, out));
  }
  return {};
}

}  // namespace pitchblende::demo
