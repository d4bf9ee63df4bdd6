// How long a client is waited for: a time for each step, and more of it while the client takes our answer.
//
// One connection's, on its strand; is_over() from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <limits>
#include <optional>

namespace pitchblende::http {

class Patience {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Patience(std::chrono::seconds step) : m_step(step) {}

  // For what is under way now.
  void allow(std::chrono::seconds time);
  // An answer begins; then, for all of its bytes or for each piece of them, so much more.
  void begin_answer() { m_all_by = Clock::now() + m_step; }
  void allow_for(size_t bytes);

  // `queued`: what the system has of earlier ones, and the client has not taken.
  void begin_sending(size_t bytes, size_t queued);
  void sent(size_t bytes) { m_unsent -= bytes; }
  void end_sending() { m_unsent = 0; }
  bool is_sending() const { return m_unsent > 0; }

  bool is_over(Clock::time_point now) const { return now.time_since_epoch().count() > m_deadline; }
  // Whether it ends: what is under way has taken too long, and the client has taken nothing of our answer since it was
  // looked at last, or has had all the time that there is for it. `queued`: as above; nullopt: not known.
  bool ends(Clock::time_point now, const std::function<std::optional<size_t>()>& queued);
  bool ended() const { return m_ended; }

 private:
  std::chrono::seconds m_step;
  std::atomic<Clock::rep> m_deadline = std::numeric_limits<Clock::rep>::max();  // of what is under way
  // Of an answer: what the system has not been given yet, what the client had not taken when it was looked at last, and
  // when it must have all, or, of an answer in pieces, all that there was so far.
  size_t m_unsent = 0;
  size_t m_untaken = 0;
  Clock::time_point m_all_by;
  bool m_ended = false;
};

}  // namespace pitchblende::http
