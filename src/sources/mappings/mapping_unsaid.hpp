// What a row says of something that it does not name: a job title and dates, and no team. Inside sources. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "registry/record.hpp"
#include "sources/mappings/mapping_cells.hpp"
#include "sources/tables/tabular_header.hpp"

namespace pitchblende::sources {

// The fields that the record did not get, each with the titles of the filled columns that were to stand beside it and
// that feed nothing else.
std::vector<std::pair<registry::FieldId, std::string>> said_of_nothing(const Mapping& mapping, const RecordRule& rule,
                                                                       const registry::Record& record,
                                                                       const MappedCells& cells, const Header& header);

}  // namespace pitchblende::sources
