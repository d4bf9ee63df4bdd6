#include "cli/rooms/figure_counters.hpp"

#include "booking/usage.hpp"
#include "groups/usage.hpp"
#include "requests/usage.hpp"

namespace pitchblende::cli {

insight::Counters figure_counters(store::Store& store) {
  return {[&store](int year) -> Result<std::unordered_map<Id, int64_t>> {
            TRY_ASSIGN(const booking::Span span, booking::year_span(year));
            return booking::seconds_taken(store, span);
          },
          [&store](int year) -> Result<std::unordered_map<Id, int64_t>> {
            TRY_ASSIGN(const booking::Span span, booking::year_span(year));
            return requests::answered_between(store, span.begins, span.ends);
          },
          [&store]() -> Result<std::vector<insight::Membership>> {
            TRY_ASSIGN(const auto confirmed, groups::confirmed_members(store));
            std::vector<insight::Membership> out;
            for (const groups::Confirmed& each : confirmed) {
              out.push_back({each.person, each.group, each.day});
            }
            return out;
          }};
}

}  // namespace pitchblende::cli
