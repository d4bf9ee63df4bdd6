// How a file that was brought is read, and what the last run said of it, as views. Any thread.
#pragma once

#include "http/form.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// The counts of its last run, what would be lost, rejects, remarks, and what changes record by record.
void put_report(const Words& words, const intake::Intake& intake, const std::vector<sources::Target>& targets,
                View& body);
// Its tables with their first rows, which of them is read, what its columns are taken as, and what its first rows
// become.
void put_reading(const Site& site, const Words& words, const intake::Intake& intake,
                 const std::vector<sources::Target>& targets, const http::Form* columns, View& body);

}  // namespace pitchblende::pages
