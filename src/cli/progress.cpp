#include "cli/progress.hpp"

#include <fmt/format.h>

#include <ostream>

namespace pitchblende::cli {

namespace {

std::string grouped(int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<int64_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, ' ');
  }
  return digits;
}

std::string amount(const pool::Progress& progress, int64_t number) {
  return progress.unit == "bytes" ? fmt::format("{:.1f} MB", static_cast<double>(number) / 1e6) : grouped(number);
}

}  // namespace

void ProgressLine::write(const pool::Progress& progress, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(progress.done) / seconds : 0;
  const double left =
      rate > 0 && progress.total > progress.done ? static_cast<double>(progress.total - progress.done) / rate : 0;
  if (m_style == ProgressStyle::json) {
    m_out << fmt::format(
                 R"({{"phase":"{}","done":{},"total":{},"unit":"{}","per_second":{:.0f},"seconds_left":{:.1f}}})",
                 progress.phase, progress.done, progress.total, progress.unit, rate, left)
          << '\n'
          << std::flush;
    return;
  }
  const std::string of = progress.total > 0 ? " / " + amount(progress, progress.total) : "";
  const std::string unit = progress.unit == "bytes" ? "" : " " + std::string(progress.unit);
  m_out << fmt::format("\r\033[K{:<8} {}{}{}   {}/s   {}", progress.phase, amount(progress, progress.done), of, unit,
                       amount(progress, static_cast<int64_t>(rate)),
                       left >= 1 ? fmt::format("{:.0f} s left", left) : fmt::format("{:.1f} s", seconds))
        << std::flush;
  m_open = true;
}

void ProgressLine::show(const pool::Progress& progress) {
  if (m_style == ProgressStyle::none) {
    return;
  }
  const auto now = Clock::now();
  if (progress.phase != m_phase) {
    finish();
    m_phase = progress.phase;
    m_began = now;
    m_written = {};
  }
  m_last = progress;
  m_last.phase = m_phase;
  // Ten times a second is more than anybody reads.
  if (now - m_written >= std::chrono::milliseconds(100)) {
    m_written = now;
    write(m_last, std::chrono::duration<double>(now - m_began).count());
  }
}

void ProgressLine::finish() {
  if (m_phase.empty()) {
    return;
  }
  write(m_last, std::chrono::duration<double>(Clock::now() - m_began).count());
  if (m_open) {
    m_out << '\n' << std::flush;
  }
  m_open = false;
  m_phase.clear();
}

}  // namespace pitchblende::cli
