// Pages of those who look after the site's contents: sources, texts of the site, roles of institutions.
//
// Functions of an immutable site; any thread.
#pragma once

#include "pages/entry/entry.hpp"

namespace pitchblende::pages {

// Files of institutions brought in: looked at, tried, applied. The site has `intake`.
void add_intake(const Site& site, http::Router& router);
// Files that he brought, which were tried and wait for his word.
access::TaskSource intake_tasks(const intake::IntakeRoom& room);

}  // namespace pitchblende::pages
