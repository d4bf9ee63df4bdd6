// ClinicalTrials.gov's studies as version 2 of its API gives them: one study, pages {"studies":[…]}, arrays, JSON
// lines, plain, gz or a zip of many. Inside sources.
//
// What goes where (kind trial, key = NCT number, date = the last update that was posted):
// - investigators: overall officials, the responsible party when it is a person, and the sites' investigators, once
// each;
//   the name as printed, family, given, particle, suffix and honorific beside it, role, affiliation, city, country. An
//   official that is an office ("Medical Director, …") is collective. Contacts, their telephones and addresses stay
//   out.
// - conditions: as printed; those that name a tumour are tumour_types too. concepts: MeSH terms, identifier "mesh:D…".
// - sites: links by name with city, country and status. sponsor, collaborators: links by name; kind is their class.
//
// A reader is used by one thread; different readers are independent.
#pragma once

#include <memory>
#include <string>

#include "sources/source.hpp"

namespace pitchblende::sources {

std::unique_ptr<Reader> make_clinicaltrials_reader(const Settings& settings);

// The same from bytes; `file` is the name for errors and places.
Result<void> read_clinicaltrials(ByteStream& bytes, const std::string& file, const Settings& settings,
                                 RecordSink& sink);

}  // namespace pitchblende::sources
