#include "http/patience.hpp"

namespace pitchblende::http {

namespace {

constexpr size_t k_slowest = 1024;  // bytes a second at which a client must read an answer as a whole

}  // namespace

void Patience::allow(std::chrono::seconds time) {
  m_ended = false;
  m_deadline = (Clock::now() + time).time_since_epoch().count();
}

void Patience::allow_for(size_t bytes) {
  m_all_by += std::chrono::seconds(bytes / k_slowest + 1);
  allow(m_step);
}

void Patience::begin_sending(size_t bytes, size_t queued) {
  m_unsent = bytes;
  m_untaken = bytes + queued;
}

bool Patience::ends(Clock::time_point now, const std::function<std::optional<size_t>()>& queued) {
  if (!is_over(now)) {
    return false;
  }
  const std::optional<size_t> waiting = is_sending() ? queued() : std::nullopt;
  if (waiting) {
    const size_t untaken = m_unsent + *waiting;
    const bool reads = untaken < m_untaken && now < m_all_by;
    m_untaken = untaken;
    if (reads) {
      allow(m_step);
      return false;
    }
  }
  m_ended = true;
  return true;
}

}  // namespace pitchblende::http
