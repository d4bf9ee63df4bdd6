// Counting: pure functions of values; any thread. Numbers of rules are those of docs/rules/insight.md.
#pragma once

#include <map>

#include "insight/insight_types.hpp"

namespace pitchblende::insight {

// Rule 2. Dates are whole or partial ("2019", "2019-04"); an empty one is no bound.
bool holds_in(std::string_view since, std::string_view until, int year);

// The items of a figure in a cell, in the order of their ids.
std::vector<const Item*> counted(const Figures& figures, Figure figure, const Cell& cell);
// Counts all cells at once: what a page shows is then looked up.
void tally_all(Figures& figures);
// Their number; of hours whole hours, rounded; of requests how many were answered.
int64_t count(const Figures& figures, Figure figure, const Cell& cell);
std::vector<Id> records(const Figures& figures, Figure figure, const Cell& cell);
// Where a site lists what stands behind a number, below its language:
// "/figures/records?year=2025&figure=outputs&area=…".
std::string records_path(const Figures& figures, Figure figure, const Cell& cell);
// How many of those that a figure counts, or of its whole, lack what it would need to be sure (rule 8).
int64_t lacking(const Figures& figures, Figure figure, const Cell& cell);

// False: nobody knows of any of those that it could be whether it is; then there is a 0 that says nothing (rule 5).
bool is_known(const Figures& figures, Figure figure, const Cell& cell);
// The share of its whole that a figure is, 0 … 1; nullopt: of nothing, or nobody knows of any of them whether it
// counts.
std::optional<double> share(const Figures& figures, Figure figure, const Cell& cell);

// Outputs that two institutions share, [a][b]; on the diagonal all that one has (rule 9). `area`: of that one alone.
std::vector<std::vector<int64_t>> collaboration(const Figures& figures, std::optional<uint16_t> area);

// The outputs behind a number of it.
std::vector<Id> common_outputs(const Figures& figures, std::optional<uint16_t> area, uint16_t a, uint16_t b);

struct TeamPair {
  Id a;
  Id b;  // a < b
  int64_t outputs = 0;
};
// Pairs of teams by the outputs that both have part in, the most first, then by id (rule 10).
std::vector<TeamPair> team_pairs(const Figures& figures, std::optional<uint16_t> area);
// Outputs of each team.
std::map<Id, int64_t> team_outputs(const Figures& figures, std::optional<uint16_t> area);

}  // namespace pitchblende::insight
