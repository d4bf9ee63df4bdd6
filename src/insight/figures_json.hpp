// The figures as JSON. Pure, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "base/result.hpp"
#include "insight/insight_types.hpp"

namespace pitchblende::insight {

// {"year", "made", "reach", "areas": [{"id", "name": {"fr", "en"}}], "institutions": [as areas], "figures": [{"figure",
// "label", "definition", "count", "of", "share", "lacking", "records", "by_area": […], "by_institution": […], "cells":
// [[area][institution]]}]}; after the numbers of all areas or institutions comes that of those in none. `within`: what
// was asked for: counts are of that, and of its key area or institution alone there are numbers. `base`: what addresses
// of records begin with.
boost::json::object figures_json(const Figures& figures, const Cell& within, const std::string& base,
                                 Language language);

}  // namespace pitchblende::insight
