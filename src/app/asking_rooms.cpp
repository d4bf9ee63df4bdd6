#include "app/asking_rooms.hpp"

#include <chrono>

#include "confirm/addresses.hpp"

namespace pitchblende::app {

namespace {

// Whom the card itself names: those to whom campaigns write.
Result<std::vector<std::string>> on_card(const cli::Workplace& place, const access::Access& access, Id resource) {
  const registry::Registry registry(*place.store);
  TRY_ASSIGN(const auto cards, registry.cards({resource}, access::Viewer::everything()));
  if (cards.empty()) {
    return std::vector<std::string>{};
  }
  confirm::Addresses addresses(*place.store, access, place.clock.today());
  return addresses.named(cards.front());
}

}  // namespace

AskingRooms::AskingRooms(cli::Workplace& place, const access::Access& access, const files::Files& files,
                         const std::string& secret)
    : m_place(place),
      m_files(files),
      m_requests(*place.store, place.clock, secret),
      m_answer_links(*place.store, place.clock, secret),
      m_substitutes(*place.store, place.clock),
      m_routing(
          access, registry::Registry(*place.store), m_substitutes, place.clock,
          [&place] { return place.pool->index()->position(); },
          [&place, &access](Id resource) { return on_card(place, access, resource); }),
      m_partnerships(*place.store, place.clock),
      m_publisher(*place.pool, registry::Registry(*place.store)) {}

Result<void> AskingRooms::forget_old() {
  TRY(m_requests.forget_old());
  return m_answer_links.forget_old();
}

pages::Partnering AskingRooms::partnering() {
  return {&m_partnerships,
          [this](store::Transaction& transaction, const partnerships::Partnership& now) {
            return m_publisher.publish(transaction, now);
          },
          [this](const partnerships::Partnership& now, const std::string& who) { m_publisher.settle(now, who); }};
}

Result<void> AskingRooms::begin(jobs::Jobs& jobs, const pages::Pages& pages, mail::Postman& postman) {
  static constexpr std::chrono::hours k_pause{1};
  const std::string name = "requests.remind";
  jobs.on(name, [this, &jobs, &pages, &postman](const jobs::Job& job) -> Result<jobs::Change> {
    TRY_ASSIGN(const int64_t posted, pages.remind());
    if (posted > 0) {
      postman.wake();
    }
    return jobs::Change([&jobs, job, next = m_place.clock.text_in(k_pause)](store::Transaction& transaction) {
      return jobs.post(transaction, {job.name, {}, {}, next});
    });
  });
  return m_place.store->write([&](store::Transaction& transaction) {
    return jobs.post(transaction, {name, {}, {}, {}});
  });
}

}  // namespace pitchblende::app
