// Figures: what the consortium is and did in a year, by key area and institution. Front door of insight.
//
// An Insight reads the store and the index that it borrows, and keeps the figures of the last years asked for; any
// thread. Nothing is counted for a viewer that he may not see. The rules have numbers in docs/rules/insight.md.
#pragma once

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "access/visibility.hpp"
#include "base/clock.hpp"
#include "insight/insight_types.hpp"
#include "search/search.hpp"
#include "store/store.hpp"

namespace pitchblende::insight {

struct Ground;

// What other slices count; app fills it in. What is missing is not counted, and pages say so.
struct Counters {
  // Seconds for which instruments were taken in the year; those that are booked here and never were have 0.
  std::function<Result<std::unordered_map<Id, int64_t>>(int year)> taken;
  // How many requests each platform or team answered in the year.
  std::function<Result<std::unordered_map<Id, int64_t>>(int year)> answered;
  // Whom leaders of key areas have confirmed as members, beside those whom files name.
  std::function<Result<std::vector<Membership>>()> members = {};
};

class Insight {
 public:
  using CurrentIndex = std::function<std::shared_ptr<const search::Index>()>;

  Insight(store::Store& store, const Clock& clock, CurrentIndex index, Counters counters);

  // Of a year, as that viewer may know. Error: INSIGHT_YEAR.
  Result<std::shared_ptr<const Figures>> figures(int year, const access::Viewer& viewer) const;
  bool counts_hours() const { return static_cast<bool>(m_counters.taken); }
  bool counts_requests() const { return static_cast<bool>(m_counters.answered); }
  int this_year() const;

 private:
  struct Kept {
    int64_t position = 0;  // of the index
    std::chrono::system_clock::time_point made;
    std::shared_ptr<const Figures> figures;
  };
  struct KeptGround {
    int64_t position = 0;  // of the index
    access::Visibility reach = access::Visibility::everyone;
    std::shared_ptr<const Ground> ground;
  };
  Result<void> add_hours(Figures& figures) const;
  // Years share what they are counted from, until something in the registry changes. m_making is held.
  Result<std::shared_ptr<const Ground>> ground_for(store::Connection& db, const search::Index& index,
                                                   const access::Viewer& viewer) const;

  store::Store& m_store;
  const Clock& m_clock;
  CurrentIndex m_index;
  Counters m_counters;
  mutable std::mutex m_making;  // who asks for what somebody else is making waits for it
  mutable std::list<Kept> m_kept;
  mutable std::vector<KeptGround> m_grounds;
};

}  // namespace pitchblende::insight
