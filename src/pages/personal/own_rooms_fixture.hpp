// What My page needs of other slices, on a store of its own. For tests.
#pragma once

#include "jobs/jobs.hpp"
#include "pages/pages.hpp"

namespace pitchblende::pages {

struct OwnRooms {
  OwnRooms(store::Store& store, const Clock& clock, pool::Pool& pool, const access::Access& access)
      : jobs(store, clock),
        personal(store, clock),
        searches(store, clock, jobs),
        wishes(store, clock, pool, access.audit(), {access::account_holding(store), personal.holding()}),
        notices(store, clock, jobs),
        contacts(store) {}
  Own own(const std::string& key) const { return {&personal, &searches, &wishes, &notices, &contacts, {}, key, true}; }

  jobs::Jobs jobs;
  personal::Personal personal;
  personal::Searches searches;
  personal::Wishes wishes;
  personal::Notices notices;
  access::Contacts contacts;
};

}  // namespace pitchblende::pages
