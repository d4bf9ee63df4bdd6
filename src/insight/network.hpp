// A graph of teams that publish together, laid out for a drawing. Pure, any thread: the same figures give the same
// drawing.
#pragma once

#include <optional>
#include <vector>

#include "insight/insight_types.hpp"

namespace pitchblende::insight {

struct NetworkTeam {
  Id team;
  int64_t outputs = 0;
  std::optional<uint16_t> institution;  // the one of most of its outputs
  double x = 0;                         // 0 … 1
  double y = 0;
};
struct NetworkTie {
  size_t a = 0;  // places in Network::teams
  size_t b = 0;
  int64_t outputs = 0;
};
struct Network {
  std::vector<NetworkTeam> teams;
  std::vector<NetworkTie> ties;  // the strongest first
  size_t left_out = 0;           // pairs of teams that have no place in it
};

// The strongest pairs, as long as no more than that many teams are in them. Laid out by forces (Fruchterman, Reingold
// 1991) from a start that the ids of the teams fix.
Network network(const Figures& figures, std::optional<uint16_t> area, size_t most_teams);

}  // namespace pitchblende::insight
