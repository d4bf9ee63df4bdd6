// What people see: the site's pages and the same as data. Front door of pages.
//
// Pages reads the registry and the index and owns neither; any thread may ask for an answer. Visitors see what is
// public, who is signed in what his roles let him see.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "access/contacts.hpp"
#include "access/holdings.hpp"
#include "access/tasks.hpp"
#include "booking/booking.hpp"
#include "booking/calendars.hpp"
#include "booking/feeds.hpp"
#include "booking/trainings.hpp"
#include "calls/committee.hpp"
#include "calls/proposals.hpp"
#include "calls/reviews.hpp"
#include "confirm/campaigns.hpp"
#include "confirm/workbooks.hpp"
#include "files/files.hpp"
#include "groups/groups.hpp"
#include "http/http.hpp"
#include "insight/insight.hpp"
#include "intake/intake.hpp"
#include "jobs/jobs.hpp"
#include "mail/mail.hpp"
#include "membership/membership.hpp"
#include "partnerships/partnerships.hpp"
#include "personal/notices.hpp"
#include "personal/personal.hpp"
#include "personal/searches.hpp"
#include "personal/wishes.hpp"
#include "pool/pool.hpp"
#include "registry/registry.hpp"
#include "requests/answer_links.hpp"
#include "requests/requests.hpp"
#include "requests/routing.hpp"
#include "search/search.hpp"
#include "texts/texts.hpp"

namespace pitchblende::pages {

// What signing in needs. Without `access` the site is for visitors alone.
struct Entrance {
  access::Access* access = nullptr;
  const mail::Outbox* outbox = nullptr;
  std::function<void()> posted;           // a letter was put into the outbox
  std::vector<access::TaskSource> tasks;  // "to do", of every slice
  std::string address;                    // "https://pool.example.org": what links in letters begin with
};

// What the rooms of booking need. Without `booking` there are none; to book, the site needs an entrance too.
struct Desk {
  booking::Booking* booking = nullptr;
  booking::Trainings* trainings = nullptr;
  booking::Feeds* feeds = nullptr;
  booking::Calendars* calendars = nullptr;
  const access::Contacts* contacts = nullptr;
};

// What My page needs beside an entrance. Without `personal` an account shows its tasks, roles and sessions alone.
struct Own {
  const personal::Personal* personal = nullptr;
  const personal::Searches* searches = nullptr;
  const personal::Wishes* wishes = nullptr;
  const personal::Notices* notices = nullptr;
  const access::Contacts* contacts = nullptr;
  std::vector<access::RoomSource> rooms = {};  // what each room has of somebody
  std::string key = {};                        // the data folder's own secret: links of letters are proved with it
  bool notices_allowed = false;                // the configuration lets people be told of their page
};

// What the rooms of requests need. Without `requests`, or without an entrance, there are none.
struct Asking {
  requests::Requests* requests = nullptr;
  requests::Substitutes* substitutes = nullptr;
  const requests::Routing* routing = nullptr;
  const files::Files* files = nullptr;                  // none: a conversation takes no files
  const requests::AnswerLinks* answer_links = nullptr;  // none: letters lead to where one signs in
};

// What the rooms of partnerships need. `publish`: that a partnership is as it is now, in the transaction that changed
// it; `published`: after it, with who did so.
struct Partnering {
  partnerships::Partnerships* partnerships = nullptr;
  std::function<Result<void>(store::Transaction&, const partnerships::Partnership&)> publish;
  std::function<void(const partnerships::Partnership&, const std::string& who)> published;
};

// What the rooms of calls need. Without `calls` there are none; they need an entrance too.
struct Calling {
  calls::Calls* calls = nullptr;
  calls::Proposals* proposals = nullptr;
  calls::Reviews* reviews = nullptr;
  calls::Committee* committee = nullptr;
  const files::Files* files = nullptr;  // null: no files are taken
  // What others may see of a call, a record of the internal source, in the transaction of what it tells; and that it
  // was stored. None: nothing is shown in the registry.
  std::function<Result<void>(store::Transaction&, registry::Record)> publish = {};
  std::function<void()> published = {};
};

// What keeps cards right: links without an account, campaigns, workbooks, the curators' rooms. Without `confirm` there
// are none; all but the links need an entrance too.
struct Upkeep {
  confirm::Confirm* confirm = nullptr;
  confirm::Campaigns* campaigns = nullptr;
  confirm::Workbooks* workbooks = nullptr;
  pool::Pool* pool = nullptr;
  store::Store* store = nullptr;
};

struct Settings {
  std::string name;        // of the consortium, as a heading
  std::string consortium;  // reference of its own card ("local:demo/GIP"): its description opens the site
  std::string notice;      // shown on every page: "invented data"
  std::string contact;     // e-mail address, or empty
  std::string web_folder;  // templates, styles and words are read from there; empty: those inside the program
  std::map<std::string, std::string> source_titles = {};  // how pages name a source; others stand by their names
  Entrance entry = {};
  Desk desk = {};
  intake::IntakeRoom* intake = nullptr;  // null: files are brought at the terminal alone
  const jobs::Jobs* jobs = nullptr;      // null: jobs are not shown
  membership::Memberships* membership = nullptr;
  texts::Texts* texts = nullptr;           // null: the program's own texts stand
  std::function<void()> work_posted = {};  // a job was put into the queue
  Asking asking = {};
  Partnering partnering = {};
  groups::Groups* groups = nullptr;           // null: groups have their card alone
  const insight::Insight* insight = nullptr;  // null: no figures
  Calling calling = {};
  Upkeep upkeep = {};
  Own own = {};
  std::function<std::optional<pool::Making>()> making = {};  // none: cards and index are always whole
  const Clock* clock = nullptr;                              // what day it is, for everybody; null: the system's
};

using CurrentIndex = std::function<std::shared_ptr<const search::Index>()>;

class Pages {
 public:
  // Error: PAGES_WORDS, HTTP_TEMPLATES: a file of the web folder that cannot be used.
  static Result<std::unique_ptr<Pages>> open(const registry::Registry& registry, CurrentIndex index, Settings settings);
  virtual ~Pages() = default;

  // Every page, list, file and redirect of the site. `this` must outlive the router.
  virtual void add_to(http::Router& router) const = 0;
  // A request's answer: who asks is found, forms from elsewhere are refused, then the router answers.
  virtual http::Answer answer(const http::Router& router, const http::Request& request) const = 0;
  // Work by the clock: answers that are owed are reminded of and passed on. The answer: letters posted.
  virtual Result<int64_t> remind() const = 0;
  // The page of an error that no handler made: 404 for what no route takes, 500, 400 for what cannot be read. For a
  // status that the site has no words for: a page of 500.
  virtual http::Answer error(const http::Request& request, int status) const = 0;
  // Says which jobs are done here: those that write letters. Before a Worker starts; `this` outlives it.
  virtual void add_work(jobs::Jobs& jobs) const = 0;
};

}  // namespace pitchblende::pages
