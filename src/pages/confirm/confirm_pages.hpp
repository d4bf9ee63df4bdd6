// The rooms in which cards are confirmed: links from letters, campaigns, workbooks. Functions of an immutable site; any
// thread.
#pragma once

#include "pages/entry/entry.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Routes of this folder; the site has `upkeep.confirm`.
void add_confirm(const Site& site, http::Router& router);
// The work of applying workbooks that came back.
void add_workbook_work(const Site& site, jobs::Jobs& jobs);
// Campaigns whose sending was interrupted.
access::TaskSource confirm_tasks(const confirm::Campaigns& campaigns);

// Parts of add_confirm.
void add_links(const Site& site, http::Router& router);
void add_held(const Site& site, http::Router& router);
void add_campaigns(const Site& site, http::Router& router);
void add_workbooks(const Site& site, http::Router& router);

// Where somebody corrects a card that is his own or that his role covers; empty: neither, or no such kind of card.
std::string correction_address(const Site& site, const access::Actor& actor, const Words& words,
                               const registry::Card& card);

// The letter of a campaign to one address.
mail::Letter invitation_letter(const Site& site, const confirm::Invitation& invitation);

// An error of ours for whoever was sent a link: its page, with its message.
http::Answer told_of_link(const Site& site, const http::Request& request, Language language, const Error& error);

}  // namespace pitchblende::pages
