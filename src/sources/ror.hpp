// The Research Organization Registry's dump (ror.org, CC0), schema 1 and 2: arrays, JSON lines, pages of its API,
// plain, gz or the zip that it is published as. Inside sources.
//
// What goes where (kind organisation, key = ROR id, date = ROR's own of the last change, schema 2):
// - names: the displayed one first, then labels, acronyms, aliases as they come; type label, acronym or alias.
// - identifiers: the preferred one of each kind first; schemes without a field of their own go to other_ids with their
// name
//   as type. geonames carries city and country of each location; address, town and coordinates are the first one's.
// - relationships: parents, predecessors, successors, related; a child is related with role child, since being a part
// is
//   told by the part. `printed` is the name that ROR gives with it.
//
// A reader is used by one thread; different readers are independent.
#pragma once

#include <memory>
#include <string>

#include "sources/source.hpp"

namespace pitchblende::sources {

std::unique_ptr<Reader> make_ror_reader(const Settings& settings);

// The same from bytes; `file` is the name for errors and places.
Result<void> read_ror(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink);

}  // namespace pitchblende::sources
