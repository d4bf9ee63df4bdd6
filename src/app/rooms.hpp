// The rooms of a served site, built and handed round: what each works with, what work for later is its own.
//
// Borrows the workplace and access. Its threads work from begin() until it is destroyed.
#pragma once

#include <optional>

#include "access/access.hpp"
#include "app/asking_rooms.hpp"
#include "app/booking_room.hpp"
#include "app/calls_room.hpp"
#include "app/own_room.hpp"
#include "app/upkeep_room.hpp"
#include "cli/workplace.hpp"
#include "files/files.hpp"
#include "groups/groups.hpp"
#include "insight/insight.hpp"
#include "intake/intake.hpp"
#include "jobs/jobs.hpp"
#include "membership/membership.hpp"
#include "pages/pages.hpp"
#include "texts/texts.hpp"

namespace pitchblende::app {

class Rooms {
 public:
  // `folder`: the data folder.
  Rooms(cli::Workplace& place, access::Access& access, const mail::Outbox& outbox, const std::string& folder,
        const std::string& secret);
  // What pages show of them.
  void put_into(pages::Settings& settings);
  // `postman`: taken along when a job has posted letters. Error: the store's.
  Result<void> begin(const pages::Pages& pages, mail::Postman& postman);
  // No work for later any more: before the pages, which do it, are gone.
  void end() { m_worker.reset(); }
  // Counts what changed outside of the registry: pages that are kept are made anew.
  uint64_t edition() const;
  // What is not kept any longer.
  Result<void> forget_old();

 private:
  cli::Workplace& m_place;
  files::Files m_files;
  jobs::Jobs m_jobs;
  intake::IntakeRoom m_intake;
  BookingRoom m_booking;
  AskingRooms m_asking;
  CallsRoom m_calls;
  UpkeepRoom m_upkeep;
  groups::Groups m_groups;
  membership::Memberships m_membership;
  texts::Texts m_texts;
  insight::Insight m_insight;
  OwnRoom m_own;
  std::optional<jobs::Worker> m_worker;  // begins when every room has said what work is its own
};

}  // namespace pitchblende::app
