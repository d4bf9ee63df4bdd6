// The rooms of a served site, built and handed round: what each works with, what work for later is its own.
//
// Borrows the workplace and access. Its threads work from begin() until it is destroyed.
#pragma once

#include <optional>

#include "access/access.hpp"
#include "app/booking_room.hpp"
#include "cli/workplace.hpp"
#include "files/files.hpp"
#include "intake/intake.hpp"
#include "jobs/jobs.hpp"
#include "pages/pages.hpp"

namespace pitchblende::app {

class Rooms {
 public:
  // `folder`: the data folder.
  Rooms(cli::Workplace& place, access::Access& access, const std::string& folder);
  // What pages show of them.
  void put_into(pages::Settings& settings);
  void begin();
  const files::Files& files() const { return m_files; }

 private:
  files::Files m_files;
  jobs::Jobs m_jobs;
  intake::IntakeRoom m_intake;
  BookingRoom m_booking;
  std::optional<jobs::Worker> m_worker;  // begins when every room has said what work is its own
};

}  // namespace pitchblende::app
