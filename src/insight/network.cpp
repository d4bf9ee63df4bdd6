#include "insight/network.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <unordered_map>

#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

namespace {

struct Point {
  double x = 0;
  double y = 0;
};

constexpr int k_rounds = 200;
constexpr double k_smallest = 1e-4;

// Each on a circle, in the order of hashes of their ids: neighbours in a list are no neighbours there.
std::vector<Point> start_of(const std::vector<NetworkTeam>& teams) {
  std::vector<std::pair<uint64_t, size_t>> order;
  for (size_t at = 0; at < teams.size(); ++at) {
    order.emplace_back(hash64(teams[at].team.text()), at);
  }
  std::ranges::sort(order);
  std::vector<Point> out(teams.size());
  for (size_t at = 0; at < order.size(); ++at) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(at) / static_cast<double>(order.size());
    out[order[at].second] = {0.5 + 0.4 * std::cos(angle), 0.5 + 0.4 * std::sin(angle)};
  }
  return out;
}

void push_apart(const std::vector<Point>& points, double ideal, std::vector<Point>& forces) {
  for (size_t a = 0; a < points.size(); ++a) {
    for (size_t b = a + 1; b < points.size(); ++b) {
      const double dx = points[a].x - points[b].x;
      const double dy = points[a].y - points[b].y;
      const double squared = std::max(dx * dx + dy * dy, k_smallest);
      const double force = ideal * ideal / squared;
      forces[a].x += dx * force;
      forces[a].y += dy * force;
      forces[b].x -= dx * force;
      forces[b].y -= dy * force;
    }
  }
}

void pull_together(const std::vector<Point>& points, const std::vector<NetworkTie>& ties, double ideal,
                   std::vector<Point>& forces) {
  for (const NetworkTie& tie : ties) {
    const double dx = points[tie.a].x - points[tie.b].x;
    const double dy = points[tie.a].y - points[tie.b].y;
    const double force = std::sqrt(dx * dx + dy * dy) / ideal;
    forces[tie.a].x -= dx * force;
    forces[tie.a].y -= dy * force;
    forces[tie.b].x += dx * force;
    forces[tie.b].y += dy * force;
  }
}

// Into 0 … 1 in both directions.
void fit(std::vector<Point>& points, double Point::*axis) {
  const auto [low, high] = std::ranges::minmax_element(points, {}, axis);
  const double from = (*low).*axis;
  const double width = std::max((*high).*axis - from, k_smallest);
  for (Point& point : points) {
    point.*axis = (point.*axis - from) / width;
  }
}

void lay_out(Network& network) {
  if (network.teams.empty()) {
    return;
  }
  std::vector<Point> points = start_of(network.teams);
  const double ideal = 0.7 / std::sqrt(static_cast<double>(points.size()));
  for (int round = 0; round < k_rounds; ++round) {
    std::vector<Point> forces(points.size());
    push_apart(points, ideal, forces);
    pull_together(points, network.ties, ideal, forces);
    const double longest = 0.1 * (1 - static_cast<double>(round) / k_rounds);
    for (size_t at = 0; at < points.size(); ++at) {
      // A little towards the middle: parts that nothing ties would fly apart.
      const double dx = forces[at].x + (0.5 - points[at].x) * 0.5;
      const double dy = forces[at].y + (0.5 - points[at].y) * 0.5;
      const double length = std::max(std::sqrt(dx * dx + dy * dy), k_smallest);
      const double step = std::min(length, longest);
      points[at].x += dx / length * step;
      points[at].y += dy / length * step;
    }
  }
  fit(points, &Point::x);
  fit(points, &Point::y);
  for (size_t at = 0; at < points.size(); ++at) {
    network.teams[at].x = points[at].x;
    network.teams[at].y = points[at].y;
  }
}

// Where most of each team's outputs are; of two that have as many, the first.
std::unordered_map<Id, uint16_t> homes(const Figures& figures) {
  std::unordered_map<Id, std::map<uint16_t, int64_t>> all;
  for (const Item& item : figures.of(Base::outputs)) {
    for (const Id team : item.teams) {
      for (const uint16_t institution : item.institutions) {
        ++all[team][institution];
      }
    }
  }
  for (const Item& item : figures.of(Base::teams)) {
    for (const uint16_t institution : item.institutions) {
      all[item.id][institution] += static_cast<int64_t>(figures.of(Base::outputs).size()) + 1;  // what it says itself
    }
  }
  std::unordered_map<Id, uint16_t> out;
  for (const auto& [team, counts] : all) {
    out[team] = std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; })->first;
  }
  return out;
}

}  // namespace

Network network(const Figures& figures, std::optional<uint16_t> area, size_t most_teams) {
  Network out;
  const auto outputs = team_outputs(figures, area);
  const auto home = homes(figures);
  std::unordered_map<Id, size_t> places;
  const auto place_of = [&](Id team) {
    const auto [at, is_new] = places.try_emplace(team, out.teams.size());
    if (is_new) {
      const auto where = home.find(team);
      out.teams.push_back({team, outputs.at(team), where == home.end() ? std::nullopt : std::optional(where->second)});
    }
    return at->second;
  };
  for (const TeamPair& pair : team_pairs(figures, area)) {
    const size_t more = (places.contains(pair.a) ? 0 : 1) + (places.contains(pair.b) ? 0 : 1);
    if (places.size() + more > most_teams) {
      ++out.left_out;
      continue;
    }
    const size_t a = place_of(pair.a);
    const size_t b = place_of(pair.b);
    out.ties.push_back({a, b, pair.outputs});
  }
  lay_out(out);
  return out;
}

}  // namespace pitchblende::insight
