// The curators' rooms: questions of who is who side by side, a card with where each value comes from, its history.
// Functions of an immutable site; any thread. docs/rules/decisions.md says what decisions do.
#pragma once

#include "confirm/confirm.hpp"
#include "pages/entry/entry.hpp"
#include "pages/people/people.hpp"
#include "pages/site.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::pages {

// Routes of this folder; the site has `upkeep.confirm`.
void add_curation(const Site& site, http::Router& router);
// Parts of it.
void add_queue(const Site& site, http::Router& router);
void add_queue_list(const Site& site, http::Router& router);
void add_curated(const Site& site, http::Router& router);
void add_decisions(const Site& site, http::Router& router);

// What a decision is called: "Corrected by its holder", where he said it; else as who works on cards decides.
std::string decided_words(const registry::Decided& decided, const Words& words);
// "as on my papers (on his own card)".
std::string reason_words(std::string_view why, const Words& words);

// Who decided, and who said a word, as a curator knows them.
Result<People> deciders(const Site& site, const access::Actor& actor, const std::vector<registry::Decided>& decided,
                        const std::vector<confirm::Word>& said, const Words& words);

// Where a curator works on a card; empty: he is none.
std::string curation_address(const Site& site, const access::Actor& actor, const Words& words, Id card);

// A decision by whoever asks, with its line in the audit log.
Result<int64_t> decide(const Site& site, const http::Request& request, pool::Judgement judgement);

}  // namespace pitchblende::pages
