// Every room of a site over one pool, as the program hands them round: for tests that ask every route.
#pragma once

#include <gtest/gtest.h>

#include "pages/pages.hpp"
#include "partnerships/publication.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::tests {

// Borrows the place, which must be open, and goes before it.
class EveryRoom {
 public:
  explicit EveryRoom(PoolPlace& place)
      : access(*place.store, place.clock, k_key, {}),
        outbox(*place.store, place.clock, {{}, "pool@example.org", "Essai", k_key}),
        files(*place.store, place.clock, place.folder.path("files")),
        m_place(place),
        m_jobs(*place.store, place.clock),
        m_intake({*place.store,
                  place.clock,
                  *place.pool,
                  files,
                  m_jobs,
                  access.audit(),
                  place.folder.path("reading"),
                  {},
                  {}}),
        m_booking(std::move(booking::Booking::open(*place.store, place.clock).value())),
        m_trainings(*place.store, place.clock),
        m_feeds(*place.store, place.clock),
        m_calendars(*place.store, *m_booking, place.clock, {}),
        m_contacts(*place.store),
        m_requests(*place.store, place.clock, k_key),
        m_answer_links(*place.store, place.clock, k_key),
        m_substitutes(*place.store, place.clock),
        m_routing(access, registry::Registry(*place.store), m_substitutes, place.clock),
        m_partnerships(*place.store, place.clock),
        m_publisher(*place.pool, registry::Registry(*place.store)),
        m_groups(*place.store, place.clock, *place.pool),
        m_insight(*place.store, place.clock, index(), {}),
        m_calls(*place.store, place.clock),
        m_proposals(*place.store, place.clock, &files),
        m_reviews(*place.store, place.clock),
        m_committee(*place.store, place.clock),
        m_confirm(*place.store, *place.pool, place.clock, k_key),
        m_campaigns(*place.store, m_confirm, access, outbox, place.clock),
        m_workbooks(*place.store, *place.pool, m_confirm, place.clock),
        m_personal(*place.store, place.clock),
        m_searches(*place.store, place.clock, m_jobs),
        m_wishes(*place.store, place.clock, *place.pool, access.audit(), {}),
        m_notices(*place.store, place.clock, m_jobs),
        m_membership(*place.store, *place.pool),
        m_texts(*place.store, place.clock) {}
  EveryRoom(const EveryRoom&) = delete;
  EveryRoom& operator=(const EveryRoom&) = delete;

  pages::CurrentIndex index() const {
    return [this] { return std::shared_ptr<const search::Index>(m_place.pool->index()); };
  }
  // All of them, at `address`; the caller changes what he wants otherwise.
  pages::Settings settings(const std::string& address) {
    pages::Settings out;
    out.name = "Essai";
    out.entry = {&access, &outbox, {}, {}, address};
    out.intake = &m_intake;
    out.jobs = &m_jobs;
    out.membership = &m_membership;
    out.texts = &m_texts;
    out.desk = {m_booking.get(), &m_trainings, &m_feeds, &m_calendars, &m_contacts};
    out.asking = {&m_requests, &m_substitutes, &m_routing, &files, &m_answer_links};
    out.partnering = {
        &m_partnerships,
        [this](store::Transaction& transaction, const partnerships::Partnership& now) {
          return m_publisher.publish(transaction, now);
        },
        [this](const partnerships::Partnership& now, const std::string& who) { m_publisher.settle(now, who); }};
    out.groups = &m_groups;
    out.insight = &m_insight;
    out.calling = {&m_calls,
                   &m_proposals,
                   &m_reviews,
                   &m_committee,
                   &files,
                   [this](store::Transaction& transaction, registry::Record record) {
                     return m_place.pool->publish(transaction, {.slice = "calls", .record = std::move(record)});
                   },
                   [this] { EXPECT_TRUE(m_place.pool->settle_published()); }};
    out.upkeep = {&m_confirm, &m_campaigns, &m_workbooks, m_place.pool.get(), m_place.store.get()};
    out.own = {&m_personal, &m_searches, &m_wishes, &m_notices, &m_contacts, {}, k_key, true};
    out.clock = &m_place.clock;
    return out;
  }

  static inline const std::string k_key = "key of this test";
  access::Access access;
  mail::Outbox outbox;
  files::Files files;

 private:
  PoolPlace& m_place;
  jobs::Jobs m_jobs;
  intake::IntakeRoom m_intake;
  std::unique_ptr<booking::Booking> m_booking;
  booking::Trainings m_trainings;
  booking::Feeds m_feeds;
  booking::Calendars m_calendars;
  access::Contacts m_contacts;
  requests::Requests m_requests;
  requests::AnswerLinks m_answer_links;
  requests::Substitutes m_substitutes;
  requests::Routing m_routing;
  partnerships::Partnerships m_partnerships;
  partnerships::Publisher m_publisher;
  groups::Groups m_groups;
  insight::Insight m_insight;
  calls::Calls m_calls;
  calls::Proposals m_proposals;
  calls::Reviews m_reviews;
  calls::Committee m_committee;
  confirm::Confirm m_confirm;
  confirm::Campaigns m_campaigns;
  confirm::Workbooks m_workbooks;
  personal::Personal m_personal;
  personal::Searches m_searches;
  personal::Wishes m_wishes;
  personal::Notices m_notices;
  membership::Memberships m_membership;
  texts::Texts m_texts;
};

}  // namespace pitchblende::tests
