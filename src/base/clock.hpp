// Clock: the only way to the time, handed in so that tests can stand still. Thread-safe.
#pragma once

#include <chrono>
#include <string>

namespace pitchblende {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::system_clock::time_point now() const = 0;
  // 2026-11-24T10:20:30Z
  std::string now_text() const;
  // The same so many seconds later, or earlier.
  std::string text_in(std::chrono::seconds later) const;
  // 2026-11-24
  std::string today() const;
};

class SystemClock final : public Clock {
 public:
  std::chrono::system_clock::time_point now() const override { return std::chrono::system_clock::now(); }
};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::chrono::system_clock::time_point at) : m_at(at) {}
  std::chrono::system_clock::time_point now() const override { return m_at; }
  void set(std::chrono::system_clock::time_point at) { m_at = at; }

 private:
  std::chrono::system_clock::time_point m_at;
};

}  // namespace pitchblende
