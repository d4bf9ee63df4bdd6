#include "app/rooms.hpp"

#include <filesystem>

#include "access/access_rules.hpp"
#include "cli/rooms/figure_counters.hpp"

namespace pitchblende::app {

namespace {

// Whether somebody's roles of today let him bring any source.
Result<bool> brings_any(const access::Access& access, const Clock& clock, int64_t account) {
  TRY_ASSIGN(const std::vector<access::GrantRow> rows, access.grants());
  access::Actor actor;
  actor.account = account;
  actor.today = clock.today();
  for (const access::GrantRow& row : rows) {
    if (row.grant.account == account) {
      actor.grants.push_back(row.grant);
    }
  }
  return account != 0 && access::may(actor, access::Right::bring_source, {});
}

intake::Means intake_means(cli::Workplace& place, access::Access& access, const files::Files& files, jobs::Jobs& jobs,
                           const std::string& folder) {
  return {*place.store,
          place.clock,
          *place.pool,
          files,
          jobs,
          access.audit(),
          (std::filesystem::path(folder) / "reading").string(),
          [&place](const std::string& name) { return place.config.sources.contains(name); },
          [&access, &place](int64_t account) { return brings_any(access, place.clock, account); }};
}

}  // namespace

Rooms::Rooms(cli::Workplace& place, access::Access& access, const mail::Outbox& outbox, const std::string& folder,
             const std::string& secret)
    : m_place(place),
      m_files(*place.store, place.clock, cli::files_folder(folder)),
      m_jobs(*place.store, place.clock),
      m_intake(intake_means(place, access, m_files, m_jobs, folder)),
      m_booking(place),
      m_asking(place, access, m_files, secret),
      m_calls(place, m_files),
      m_upkeep(place, access, outbox, secret),
      m_groups(*place.store, place.clock, *place.pool),
      m_membership(*place.store, *place.pool),
      m_texts(*place.store, place.clock),
      m_insight(
          *place.store, place.clock, [&place] { return place.pool->index(); }, cli::figure_counters(*place.store)),
      m_own(place, access, m_jobs, secret) {}

void Rooms::put_into(pages::Settings& settings) {
  settings.desk = m_booking.desk();
  settings.intake = &m_intake;
  settings.asking = m_asking.asking();
  settings.partnering = m_asking.partnering();
  settings.calling = m_calls.calling();
  settings.upkeep = m_upkeep.upkeep();
  settings.groups = &m_groups;
  settings.jobs = &m_jobs;
  settings.membership = &m_membership;
  settings.texts = &m_texts;
  settings.insight = &m_insight;
  settings.own = m_own.own();
  settings.work_posted = [this] {
    if (m_worker) {
      m_worker->wake();
    }
  };
}

Result<void> Rooms::begin(const pages::Pages& pages, mail::Postman& postman) {
  m_booking.begin();
  TRY(m_asking.begin(m_jobs, pages, postman));
  pages.add_work(m_jobs);
  // Work that reads half of the cards would tell people what is not so.
  m_worker.emplace(m_jobs, [this] { return !m_place.pool->making(); });
  return {};
}

uint64_t Rooms::edition() const { return m_place.booking->edition() + m_groups.edition() + m_texts.edition(); }

Result<void> Rooms::forget_old() {
  TRY(m_asking.forget_old());
  TRY(m_upkeep.look_after());
  TRY(m_own.forget_old());
  TRY(m_files.sweep());
  return {};
}

}  // namespace pitchblende::app
