// Answers as text for people at a terminal. Each writes to the stream it is given.
#pragma once

#include <iosfwd>
#include <vector>

#include "pool/pool_types.hpp"
#include "registry/registry.hpp"
#include "search/search.hpp"

namespace pitchblende::cli {

void print(std::ostream& out, const pool::RunReport& report, bool dry_run, Language language);
void print(std::ostream& out, const pool::SettleReport& report, Language language);
void print(std::ostream& out, const std::vector<registry::KindCount>& counts, Language language);
void print(std::ostream& out, const pool::CheckReport& report, Language language);
void print(std::ostream& out, const pool::Explanation& explanation, Language language);
void print(std::ostream& out, const pool::PairExplanation& pair, Language language);
void print(std::ostream& out, const pool::Quality& quality, Language language);
// `labels`: of the entities that facets count by id.
void print(std::ostream& out, const search::Answer& answer, const std::vector<registry::Card>& labels, unsigned from,
           Language language);
void print(std::ostream& out, const registry::Card& card, const std::vector<registry::Link>& links_out,
           const std::vector<registry::Link>& links_in, const std::vector<registry::Event>& history, Language language);

}  // namespace pitchblende::cli
