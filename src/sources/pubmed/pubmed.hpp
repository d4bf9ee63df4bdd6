// PubMed's XML: PubmedArticleSet, PubmedBookArticleSet or bare records, and DeleteCitation. Inside sources.
//
// What goes where (kind publication, key = PMID, date = when PubMed revised the record):
// - authors, editors, investigators: the name as printed ("Given Family Suffix"), in the order of the file; attributes
//   family, given, initials, suffix, orcid, isni, identifier (scheme:value), affiliation, affiliation_id (each behind
//   the affiliation that it belongs to), equal, status "invalid" (PubMed: not valid), order in the list.
// - concepts: MeSH headings; identifier "mesh:D…", major when the heading or one of its qualifiers is a main topic,
//   qualifier (a main one begins with an asterisk, as PubMed writes it) and concept_ "mesh:Q…" in the same order.
// - abstract: sections behind their labels ("METHODS: …"); other abstracts in their language, with their type.
// - date: the first day, month or year of what is printed; printed and to, where it is a span or a season.
// - grants: number, or agency where there is none; attributes agency, label (acronym), country.
// - corrections and the like: links "pmid:…" or "name:…"; printed is the reference, role PubMed's word for the
// relation.
//
// A reader is used by one thread; different readers are independent.
#pragma once

#include <memory>
#include <string>

#include "sources/source.hpp"

namespace pitchblende::sources {

std::unique_ptr<Reader> make_pubmed_reader(const Settings& settings);

// The same from bytes; `file` is the name for errors and places.
Result<void> read_pubmed(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink);

}  // namespace pitchblende::sources
