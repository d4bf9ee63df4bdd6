#include "app/calls_room.hpp"

namespace pitchblende::app {

pages::Calling CallsRoom::calling() {
  return {&m_calls, &m_proposals, &m_reviews, &m_committee, &m_files,
          [this](store::Transaction& transaction, registry::Record record) {
            return m_place.pool->publish(transaction, {.slice = "calls", .record = std::move(record)});
          },
          // What cannot be shown now is at the server's next look.
          [this] { static_cast<void>(m_place.pool->settle_published()); }};
}

}  // namespace pitchblende::app
