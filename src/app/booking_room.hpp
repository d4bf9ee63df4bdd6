// What booking has beside its bookings while a site is served: trainings, feeds, calendars of elsewhere read again and
// again. Borrows the workplace; its own thread reads calendars until it is destroyed.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "access/contacts.hpp"
#include "booking/calendars.hpp"
#include "booking/feeds.hpp"
#include "booking/trainings.hpp"
#include "cli/workplace.hpp"
#include "pages/pages.hpp"

namespace pitchblende::app {

class BookingRoom {
 public:
  explicit BookingRoom(cli::Workplace& place);
  ~BookingRoom();
  BookingRoom(const BookingRoom&) = delete;
  BookingRoom& operator=(const BookingRoom&) = delete;

  pages::Desk desk();
  // From now on calendars are read.
  void begin();

 private:
  void run();
  bool is_stopping();

  cli::Workplace& m_place;
  booking::Trainings m_trainings;
  booking::Feeds m_feeds;
  booking::Calendars m_calendars;
  access::Contacts m_contacts;
  std::mutex m_mutex;
  std::condition_variable m_stop;
  bool m_stopping = false;
  std::thread m_thread;
};

}  // namespace pitchblende::app
