// Files that were brought, and what is to be chosen of them, as views. Any thread.
#pragma once

#include "http/form.hpp"
#include "pages/sheet.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// What somebody may see: the sources of the registry that are his institution's, for staff all; the newest of the files
// that were brought to them.
Result<std::vector<intake::KnownSource>> own_sources(const Site& site, const access::Actor& actor);
Result<std::vector<intake::Intake>> own_intakes(const Site& site, const access::Actor& actor);
Sheet intake_sheet(const Site& site, const Words& words, const std::vector<intake::Intake>& intakes);
Sheet source_sheet(const Site& site, const Words& words, const std::vector<intake::KnownSource>& sources);
// What the records of the file's source went into, with the pages of those things.
Result<Sheet> made_sheet(const Site& site, const access::Actor& actor, const Words& words,
                         const intake::Intake& intake);
// One file: its state, what its first rows become, what the last run said. `typed`: a form that was sent with it;
// `columns`: that of its columns.
View intake_view(const Site& site, const Words& words, const intake::Intake& intake, const http::Form* typed,
                 const http::Form* columns);
// Members and partners whose files the reader may bring; for staff nobody's, too.
Views institution_choices(const Site& site, const access::Actor& actor, const Words& words, const http::Form* typed);
// The fields that say what may be done with a source, and for who `trusts` how far it is trusted; `said`: as a file's
// stand; none: those of a file that is still to come.
void put_terms_fields(const Words& words, bool trusts, const http::Form* typed, const intake::Said* said, View& body);
// "To be found out", as the source was last read where it was ("before"), and all that can be read.
Views format_choices(const Words& words, std::string_view chosen, const intake::Reading* last);

}  // namespace pitchblende::pages
