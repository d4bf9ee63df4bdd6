// Each kind of file that the demo writes. Owner: demo. One thread.
#pragma once

#include "demo/output.hpp"
#include "demo/world.hpp"

namespace pitchblende::demo {

Result<void> write_facts(const World& world, Output& out);         // what the group says of itself; ROR
Result<void> write_institutions(const World& world, Output& out);  // people, teams, platforms, equipment of each member
Result<void> write_services(const World& world, Output& out);      // and datasets of each member
Result<void> write_companies(const World& world, Output& out);     // with partnerships and patents
Result<void> write_programmes(const World& world, Output& out);    // projects, awards, events, collections
Result<void> write_trials(const World& world, Output& out);
Result<void> write_bookable(const World& world, Output& out);  // what instruments are booked on
Result<void> write_calls(const World& world, Output& out);     // one over, one open
Result<void> write_groups(Output& out);                        // what key areas say on their own sites
Result<void> write_publications(const World& world, Output& out);
Result<void> write_vocabulary(Output& out);  // terms in both languages

}  // namespace pitchblende::demo
