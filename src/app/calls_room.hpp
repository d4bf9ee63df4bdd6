// What the rooms of calls need beside the store: files, and the pool that shows what was published. Borrows both; any
// thread.
#pragma once

#include "cli/workplace.hpp"
#include "pages/pages.hpp"

namespace pitchblende::app {

class CallsRoom {
 public:
  CallsRoom(cli::Workplace& place, const files::Files& files)
      : m_place(place),
        m_files(files),
        m_calls(*place.store, place.clock),
        m_proposals(*place.store, place.clock, &files),
        m_reviews(*place.store, place.clock),
        m_committee(*place.store, place.clock) {}

  pages::Calling calling();

 private:
  cli::Workplace& m_place;
  const files::Files& m_files;
  calls::Calls m_calls;
  calls::Proposals m_proposals;
  calls::Reviews m_reviews;
  calls::Committee m_committee;
};

}  // namespace pitchblende::app
