// What the rooms of requests share: things that can be asked, conversations as views, who is who in one. Functions of
// an immutable site; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/entry/entry.hpp"
#include "pages/people/people.hpp"
#include "pages/sheet.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// Names of what was asked, as the public may see them; 0: the consortium's staff.
class AskedNames {
 public:
  AskedNames(const Site& site, std::vector<Id> ids, const Words& words);
  const std::string& label(Id id) const;
  std::string url(Id id) const;  // empty: of none

 private:
  struct Name {
    std::string label;
    std::string url;
  };
  std::map<Id, Name> m_names;
  Name m_staff;
};

// Kinds of things that can be asked.
inline constexpr std::string_view k_kinds_that_are_asked = "platform team equipment service collection dataset";
bool can_be_asked(registry::Kind kind);
// The id that it has now; nullopt: nothing that can be asked, or not his to know.
Result<std::optional<Id>> recipient_for(const Site& site, const access::Viewer& viewer, Id id);
// Where each one's conversation begins.
Result<std::vector<requests::Recipient>> recipients_of(const Site& site, const std::vector<Id>& to);

// "2 March 2026, 10:00" on the consortium's clock.
std::string when_words(int64_t at, const Words& words);
// The day alone; empty for 0.
std::string day_of_words(int64_t at, const Words& words);
// "40 minutes", "3 hours", "2 days": how long somebody waited.
std::string waited_words(int64_t seconds, const Words& words);
std::string state_words(requests::State state, const Words& words);
std::string_view tone_of(requests::State state);
// "Lou, Company"; without a name as his card says, else his address.
std::string who_words(const requests::Asker& asker, const PersonShown& known);
// The same in a list, with his card behind it.
SheetCell asker_cell(const requests::Asker& asker, const People& people);
// Who asked in these conversations.
Result<People> askers_of(const Site& site, const std::vector<requests::Case>& cases, const access::Viewer& viewer,
                         const Words& words);

// Who reads a conversation: the asker or who answers; 0: by a link.
struct Hearer {
  requests::Side side = requests::Side::asker;
  int64_t account = 0;
  const access::Viewer& viewer;
};
// What was said in a conversation, the oldest first; `files`: where its files are had.
Result<Views> said_views(const Site& site, int64_t thread, const Hearer& hearer, const std::string& files,
                         const Words& words);
// Files that came with a form, on disk. Errors: REQUESTS_FILES, those of files.
Result<std::vector<files::Kept>> kept_files(const Site& site, const http::Form& form);
Result<void> attach_files(const Site& site, store::Transaction& transaction, const std::vector<files::Kept>& kept,
                          int64_t message, int64_t account);
// A file of one of these conversations; of any other it is not found.
http::Answer attached_file(const Site& site, const http::Request& request, Language language,
                           const std::vector<requests::Case>& cases, std::string_view number);
// What is asked: kind, subject, text, who, by when.
View request_view(const requests::Request& request, const PersonShown& asker, const Words& words);

// A page with forms and perhaps what went wrong.
struct Said {
  std::optional<Error> problem;
  std::string done;  // a word of "requests.done", or empty
};
http::Answer asking_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                         const std::string& title, View body, const std::vector<Crumb>& crumbs, const Said& said);
int64_t whole_number(std::string_view text);  // 0: it is none

// "Ask" on the page of a thing; of what cannot be asked nothing.
void put_ask_link(const Site& site, const registry::Card& card, const Words& words, Views& ways);

// Routes, and what waits for who answers.
void add_requests(const Site& site, http::Router& router);
void add_ask(const Site& site, http::Router& router);
void add_own_requests(const Site& site, http::Router& router);
void add_inbox(const Site& site, http::Router& router);
void add_thread(const Site& site, http::Router& router);
void add_letter(const Site& site, http::Router& router);
void add_overview(const Site& site, http::Router& router);
access::TaskSource request_tasks(const Asking& asking);
// What he asked and what is asked of him, as long as it is open.
access::RoomSource request_room(const Asking& asking);
// Answers that are owed: reminders, the next level.
Result<int64_t> remind_of_requests(const Site& site);

// Conversations that he answers, the newest first; the staff's too where he is of the staff.
Result<std::vector<requests::Case>> inbox_of(const Asking& asking, const access::Actor& actor);

}  // namespace pitchblende::pages
