// Progress for people (one line that is written over: phase, count, rate, time left) or for programs (JSON lines).
//
// Used by one thread. Written to the error stream, so that the answer stays clean.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "pool/pool_types.hpp"

namespace pitchblende::cli {

enum class ProgressStyle : uint8_t { none, terminal, json };

class ProgressLine {
 public:
  ProgressLine(std::ostream& out, ProgressStyle style) : m_out(out), m_style(style) {}
  ~ProgressLine() { finish(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const pool::Progress& progress);
  // Leaves the last line of a phase standing.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  void write(const pool::Progress& progress, double seconds);

  std::ostream& m_out;
  ProgressStyle m_style;
  std::string m_phase;
  Clock::time_point m_began;
  Clock::time_point m_written;
  pool::Progress m_last;
  bool m_open = false;
};

}  // namespace pitchblende::cli
