// What My page, saved searches and the protection of people need while a site is served. Borrows the workplace; any
// thread.
#pragma once

#include <string>

#include "cli/people/holdings.hpp"
#include "cli/workplace.hpp"
#include "pages/pages.hpp"
#include "registry/things.hpp"

namespace pitchblende::app {

class OwnRoom {
 public:
  OwnRoom(cli::Workplace& place, const access::Access& access, const jobs::Jobs& jobs, std::string secret)
      : m_place(place),
        m_personal(*place.store, place.clock),
        m_searches(*place.store, place.clock, jobs),
        m_wishes(*place.store, place.clock, *place.pool, access.audit(), cli::holdings(place)),
        m_notices(*place.store, place.clock, jobs),
        m_contacts(*place.store, registry::things_of(registry::Registry(*place.store))),
        m_secret(std::move(secret)) {}

  pages::Own own() {
    return {&m_personal, &m_searches, &m_wishes, &m_notices, &m_contacts, {}, m_secret, m_place.config.notices};
  }
  Result<void> forget_old() const { return m_personal.forget_old(); }

 private:
  cli::Workplace& m_place;
  personal::Personal m_personal;
  personal::Searches m_searches;
  personal::Wishes m_wishes;
  personal::Notices m_notices;
  access::Contacts m_contacts;
  std::string m_secret;
};

}  // namespace pitchblende::app
