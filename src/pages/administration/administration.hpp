// Pages of those who look after the site: roles, institutions, sources, texts, letters, jobs, the log.
//
// Functions of an immutable site; any thread.
#pragma once

#include "pages/entry/entry.hpp"
#include "pages/sheet.hpp"

namespace pitchblende::pages {

// Where administration begins, and all its rooms that the settings have; the site has `entry.access`.
void add_administration(const Site& site, http::Router& router);

// Parts of add_administration.
void add_start(const Site& site, http::Router& router);
void add_roles(const Site& site, http::Router& router);
void add_accounts(const Site& site, http::Router& router);
void add_membership(const Site& site, http::Router& router);
void add_texts(const Site& site, http::Router& router);
void add_intake(const Site& site, http::Router& router);
// Files that he brought, which were tried and wait for his word.
access::TaskSource intake_tasks(const intake::IntakeRoom& room);
// Roles that people ask for, of those who could give them.
access::TaskSource role_tasks(const registry::Registry& registry, const access::Access& access);
void add_records(const Site& site, http::Router& router);  // letters, jobs
void add_audit(const Site& site, http::Router& router);    // the log of who did what

// Says how texts of the site become HTML, and makes those that there are; the site has `texts`.
Result<void> show_texts(const Site& site);

// The rooms of administration that somebody may enter, by what they are about: {groups [{title, rooms [{label,
// url}]}]}.
Views administration_rooms(const Site& site, const access::Actor& actor, const Words& words);

// A room that is a list: sorted by its heads, taken along as a file. Its words are admin.<room>.title, .lead and, above
// its form, .give.
struct Listing {
  std::string room;
  std::string path;  // below the language: "/admin/outbox"
  Sheet sheet;
  View body = {};          // what else the template "listing" shows: form, ways, done
  int64_t older = 0;       // the number that the next page begins before; 0: this is all
  std::string title = {};  // another one than the room's
  bool is_whole = false;   // all of its rows are there: it is looked through by a box, and the page shows the first
};
http::Answer listing_page(const Site& site, const http::Request& request, Language language, Listing listing);

using MakeListing = std::function<Result<Listing>(const http::Request&, const Words&, Rows)>;
// Its page, and the same as CSV.
void add_listing(const Site& site, http::Router& router, const std::string& path, http::Right right,
                 const MakeListing& make);

// The way to a page of administration.
std::vector<Crumb> administration_crumbs(const Words& words, const std::vector<Crumb>& rest);

}  // namespace pitchblende::pages
