// What figures ask of slices that insight does not see: hours of booking, answers of requests, members
// whom leaders of key areas have confirmed. Any thread.
#pragma once

#include "insight/insight.hpp"
#include "store/store.hpp"

namespace pitchblende::cli {

// Borrows the store.
insight::Counters figure_counters(store::Store& store);

}  // namespace pitchblende::cli
