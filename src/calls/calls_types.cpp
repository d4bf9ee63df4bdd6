#include "calls/calls_types.hpp"

#include <algorithm>
#include <array>

namespace pitchblende::calls {

namespace {

template <size_t n>
std::optional<size_t> place(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto at = std::ranges::find(names, name);
  return at == names.end() ? std::nullopt : std::optional(static_cast<size_t>(at - names.begin()));
}

constexpr std::array<std::string_view, 3> k_parts{"coordinator", "participant", "partner"};
constexpr std::array<std::string_view, 4> k_outcomes{"", "funded", "reserve", "refused"};
constexpr std::array<std::string_view, 5> k_review_states{"invited", "accepted", "declined", "withdrawn", "sent"};
constexpr std::array<std::string_view, 5> k_phases{"draft", "coming", "open", "closed", "announced"};

}  // namespace

std::string_view name(CallState state) { return state == CallState::draft ? "draft" : "published"; }
std::string_view name(Phase phase) { return k_phases[static_cast<size_t>(phase)]; }
std::string_view name(Part part) { return k_parts[static_cast<size_t>(part)]; }
std::string_view name(Outcome outcome) { return k_outcomes[static_cast<size_t>(outcome)]; }
std::string_view name(ReviewState state) { return k_review_states[static_cast<size_t>(state)]; }

std::optional<Part> part(std::string_view name) {
  const auto at = place(k_parts, name);
  return at ? std::optional(static_cast<Part>(*at)) : std::nullopt;
}
std::optional<Outcome> outcome(std::string_view name) {
  const auto at = place(k_outcomes, name);
  return at ? std::optional(static_cast<Outcome>(*at)) : std::nullopt;
}
std::optional<ReviewState> review_state(std::string_view name) {
  const auto at = place(k_review_states, name);
  return at ? std::optional(static_cast<ReviewState>(*at)) : std::nullopt;
}

Phase phase(const Call& call, int64_t now) {
  if (call.state == CallState::draft) {
    return Phase::draft;
  }
  if (call.released != 0) {
    return Phase::announced;
  }
  return now < call.opens ? Phase::coming : now < call.closes ? Phase::open : Phase::closed;
}

bool may_drop(const Call& call, int64_t account) {
  return call.state == CallState::draft && (call.made_by == account || call.made_by == 0);
}

}  // namespace pitchblende::calls
