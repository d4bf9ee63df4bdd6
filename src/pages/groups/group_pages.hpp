// The rooms of a key area or working group: its own site, members, news, events, size. Functions of an immutable site;
// any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "groups/proposals.hpp"
#include "http/form.hpp"
#include "pages/entry/entry.hpp"
#include "pages/entry/forms.hpp"
#include "pages/sheet.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// A group as somebody comes to it.
struct GroupRoom {
  Id id;
  std::string label;
  std::string address;  // "/fr/group/7ZK…"
  groups::Scope scope;
  groups::By by;  // he, and whether he leads it
};
// nullopt: there is none, or he may not know it.
Result<std::optional<GroupRoom>> group_for(const Site& site, const access::Actor& actor, Id id, const Words& words);
// What a handler of "/{lang}/group/{id}/…" does first: `go` gets the group, else it is not found. Of what its leader
// alone does nobody else gets anything.
using AtGroup = std::function<Result<http::Answer>(const GroupRoom& room)>;
enum class For : uint8_t { everyone, its_leader };
http::Answer at_group(const Site& site, const http::Request& request, Language language, std::string_view id, For whom,
                      const AtGroup& go);

// What its page shows beside its card, and where one goes from there.
Result<void> put_group_site(const Site& site, const http::Request& request, Id group, const Words& words, View& body,
                            Views& blocks);

// The text in the reader's language, else the other one.
const std::string& in_language(const groups::Both& both, const Words& words);
const std::string& in_language(const groups::Both& both, Language language);
std::string language_shown(const groups::Both& both, const Words& words);  // "fr", "en"
// What a group has many of: sorted by its heads, taken along as a file.
struct GroupList {
  std::string title;
  std::string path;  // below the group: "/events"
  std::string none;  // said where there are none
  Sheet sheet;
  View body = {};  // calendar_url, new_url, new_label
};
http::Answer group_list(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                        GroupList list, Rows rows);
// A group's page with a form: what went wrong, and what somebody else wrote meanwhile.
struct GroupForm {
  std::string title;
  std::string lead;
  std::string action;
  std::string button;  // key of its word
  std::vector<FormField> fields;
  http::Form typed;
  std::vector<FormProblem> problems;
  int status = 200;
  Views theirs = {};  // {label, text}: what is stored now, beside what was typed
};
http::Answer group_form(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                        GroupForm form);
// The form once more, as it was typed, with what was wrong. Was somebody faster, what he stored (`stored`: as the form
// shows it) stands beside.
http::Answer group_form_again(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                              GroupForm form, const Error& error, const http::Form& stored);
// A problem of the whole form, or of the field that its error is about.
FormProblem group_problem(const Error& error, const http::Form& typed, const Words& words);
// What a form sent, squeezed where it is one line.
std::string one_line(const http::Form& form, std::string_view name);
std::string day_of_clock(std::string_view local);  // "2026-03-02T09:00" → "2026-03-02"
// "Monday 2 March 2026, 09:00 – 11:00"
std::string when_words(const groups::Event& event, const Words& words);
// The line in the audit log.
Result<void> group_deed(const Site& site, store::Transaction& transaction, const GroupRoom& room, std::string verb,
                        int64_t account);

// Teams that it lists, and those that say that they belong to it.
Result<std::vector<Id>> teams_of_group(const registry::Registry& registry, Id group, const access::Viewer& viewer,
                                       std::string_view today);
// What waits for who leads a group: people proposed as members. For the staff, those of key areas where nobody decides
// (docs/rules/groups.md, rule 14).
access::TaskSource group_tasks(const registry::Registry& registry, CurrentIndex index, const groups::Groups& groups,
                               const access::Access& access);
// Groups that he is a member of, events that he comes to.
access::RoomSource group_room(CurrentIndex index, const groups::Groups& groups);

// Routes of this folder; the site has `groups`. Those of `entrance` need an entrance too.
void add_groups(const Site& site, http::Router& router);
void add_group_size(const Site& site, http::Router& router);
void add_group_topics(const Site& site, http::Router& router);
void add_group_news(const Site& site, http::Router& router);
void add_group_events(const Site& site, http::Router& router);
void add_group_members(const Site& site, http::Router& router);
void add_group_presentation(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
