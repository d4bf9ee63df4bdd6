// My page and what belongs to it: favourites, links, saved searches, settings, one's data, objection and erasure; for
// staff, the wishes of people. Functions of an immutable site; any thread.
#pragma once

#include "pages/entry/entry.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Routes of this folder; the site has `own.personal` and an entrance.
void add_personal(const Site& site, http::Router& router);
void add_personal_work(const Site& site, jobs::Jobs& jobs);
// What waits for who protects people: claims, objections, erasures.
access::TaskSource personal_tasks(const personal::Personal& personal, const personal::Wishes& wishes);

// Into the view of the account's page: his card, teams, rooms, favourites, what he looked at, links, searches.
Result<void> put_own(const Site& site, const access::Actor& actor, const Words& words, View& body);
// Into the same: that a search was saved or changed, and how often it writes.
void put_kept(const Site& site, const http::Request& request, const Words& words, View& body);
// Into the view of a thing's page, for who is signed in: the star. What he looks at is noted.
Result<void> put_star(const Site& site, const http::Request& request, Id thing, View& body);
// Into the view of a list: the form that saves it. `address`: below the language.
void put_save(const Site& site, const http::Request& request, const std::string& address, const std::string& name,
              View& body);

// Parts of add_personal.
void add_keeping(const Site& site, http::Router& router);
void add_searches(const Site& site, http::Router& router);
void add_settings(const Site& site, http::Router& router);
void add_own_data(const Site& site, http::Router& router);
void add_by_letter(const Site& site, http::Router& router);
void add_people_care(const Site& site, http::Router& router);

int64_t number_of(std::string_view text);  // 0: it is none
// "<of>-<proof>", as it stands in the address of a letter; and whose it is, when the proof is right.
// The page where he is told what is shown of him, corrects it, takes it off, asks for erasure; for a letter to him.
std::string about_me_path(const Site& site, Id card);
std::string signed_part(const Site& site, std::string_view purpose, const std::string& of);
std::optional<std::string> proved(const Site& site, std::string_view purpose, std::string_view part);
// The card that the address of a notice's letter is about, where it is now; nullopt: the proof is not right.
Result<std::optional<Id>> noticed(const Site& site, std::string_view part);
// The account's card as he may see it whole, whether or not it has a page; nullopt: he has none.
Result<std::optional<registry::Card>> own_card(const Site& site, const access::Actor& actor);
// Every name of these that the reader may know.
Views thing_links(const Site& site, const std::vector<Id>& things, const access::Viewer& viewer, const Words& words);
// All that a search finds, its newest first, as far as letters look.
std::vector<Id> found_at(const Site& site, std::string_view address, const access::Viewer& viewer);
// Letters about what searches find anew, and about a page that is there for the first time.
Result<jobs::Change> write_news(const Site& site, const jobs::Job& job);
Result<jobs::Change> write_notices(const Site& site, const jobs::Job& job);
// An answer after a form: back to a page, or to what went wrong.
http::Answer after(const Site& site, const http::Request& request, Language language, const Result<void>& done,
                   std::string_view path);

}  // namespace pitchblende::pages
