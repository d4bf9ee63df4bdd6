// What keeps cards right while a site is served: links, campaigns, workbooks. Borrows the workplace.
#pragma once

#include <string>

#include "cli/workplace.hpp"
#include "pages/pages.hpp"

namespace pitchblende::app {

class UpkeepRoom {
 public:
  UpkeepRoom(cli::Workplace& place, const access::Access& access, const mail::Outbox& outbox, const std::string& secret)
      : m_place(place),
        m_confirm(*place.store, *place.pool, place.clock, secret),
        m_campaigns(*place.store, m_confirm, access, outbox, place.clock),
        m_workbooks(*place.store, *place.pool, m_confirm, place.clock) {}

  pages::Upkeep upkeep() { return {&m_confirm, &m_campaigns, &m_workbooks, m_place.pool.get(), m_place.store.get()}; }
  // What is for each day.
  Result<void> look_after() { return m_campaigns.keep_outcomes(); }

 private:
  cli::Workplace& m_place;
  confirm::Confirm m_confirm;
  confirm::Campaigns m_campaigns;
  confirm::Workbooks m_workbooks;
};

}  // namespace pitchblende::app
