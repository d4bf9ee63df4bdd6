#include "app/booking_room.hpp"

#include "net/fetch.hpp"
#include "registry/things.hpp"

namespace pitchblende::app {

BookingRoom::BookingRoom(cli::Workplace& place)
    : m_place(place),
      m_trainings(*place.store, place.clock),
      m_feeds(*place.store, place.clock),
      m_calendars(*place.store, *place.booking, place.clock,
                  [&place](const std::string& address) {
                    net::FetchLimits limits;
                    limits.reach = place.config.calendars_private ? net::Reach::private_networks : net::Reach::internet;
                    return net::fetch(address, limits);
                  }),
      m_contacts(*place.store, registry::things_of(registry::Registry(*place.store))) {}

BookingRoom::~BookingRoom() {
  {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
  }
  m_stop.notify_all();
  if (m_thread.joinable()) {
    m_thread.join();
  }
}

pages::Desk BookingRoom::desk() { return {m_place.booking.get(), &m_trainings, &m_feeds, &m_calendars, &m_contacts}; }

void BookingRoom::begin() {
  m_thread = std::thread([this] { run(); });
}

bool BookingRoom::is_stopping() {
  const std::lock_guard lock(m_mutex);
  return m_stopping;
}

void BookingRoom::run() {
  while (!is_stopping()) {
    // What a store cannot do now is tried again the next time; what each calendar said is kept with it.
    const auto read = m_calendars.read_all([this] { return is_stopping(); });
    const auto pause = std::chrono::minutes(read ? m_place.config.calendar_minutes : 1);
    std::unique_lock lock(m_mutex);
    m_stop.wait_for(lock, pause, [this] { return m_stopping; });
  }
}

}  // namespace pitchblende::app
