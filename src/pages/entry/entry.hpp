// Who comes in: sessions and forms of a request, and the pages for signing in, one's account and administration.
//
// Functions of an immutable site; any thread.
#pragma once

#include "http/form.hpp"
#include "pages/moments.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Routes of this folder; the site has `entry.access`.
void add_entry(const Site& site, http::Router& router);

// The one gate of all requests: finds the actor (only where there is a session's cookie), refuses forms that are not
// from our own pages and not signed by their reader's secret, keeps the answer of who is signed in from others.
http::Answer answer_admitted(const Site& site, const http::Router& router, const http::Request& request,
                             Language language);
// For whom a route is not: visitors are led to sign in, others told that they may not.
http::Answer refused(const Site& site, const http::Request& request, Language language);

// A page with forms: `body` gets their token, the reader the cookie that it belongs to. Every form holds
// <input type="hidden" name="form_token" value="{{form_token}}">.
http::Answer form_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                       const std::string& title, View body, const std::vector<Crumb>& crumbs);
// That a link from a letter does not open, and what to do then; nothing of what it led to.
struct Closed {
  std::string title;
  std::string advice;
};
http::Answer closed_page(const Site& site, const http::Request& request, Language language, const Error& error,
                         const Closed& closed);
// The token of this reader's forms, for a page that has some beside much else; empty: a visitor without a cookie.
std::string form_token(const Site& site, const http::Request& request);
// The secret of this browser, kept by a cookie; empty: none yet.
std::string_view browser_secret(const Site& site, const http::Request& request);
// A cookie that no script reads and no other site sends along with a form. seconds 0: forgets it.
std::string set_cookie(const Site& site, std::string_view name, std::string_view value, int64_t seconds);
// "pb_session", "__Host-pb_browser": as the site's address wants it.
std::string cookie_name(const Site& site, std::string_view name);
// The client's address; a proxy on this machine says whose request it hands on.
std::string client_address(const http::Request& request);

// Parts of add_entry.
void add_sign_in(const Site& site, http::Router& router);
void add_account(const Site& site, http::Router& router);
void add_role_asking(const Site& site, http::Router& router);
// One's roles for a list: {role, period, over, by_card, label, url}.
Views roles_of(const Site& site, const access::Actor& actor, const Words& words);

using RoomHandler = std::function<http::Answer(const http::Request&, Language, const http::Captures&)>;
// A route below "/{lang}": without one of our languages it is not found.
void add_room(const Site& site, http::Router& router, http::Method method, std::string_view path, http::Right right,
              RoomHandler handler);

}  // namespace pitchblende::pages
