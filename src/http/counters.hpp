// What a server has done, counted, in Prometheus' text form. Any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <string>

namespace pitchblende::http {

class Counters {
 public:
  void answered(int status, std::chrono::nanoseconds took, size_t bytes, bool cached);
  void sent(size_t bytes) { m_bytes += bytes; }  // of an answer that has been counted
  void opened() { ++m_open; }
  void closed() { --m_open; }
  int64_t open() const { return m_open; }
  std::string text() const;

 private:
  static constexpr std::array<double, 9> k_bounds = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1, 10};  // seconds
  std::array<std::atomic<uint64_t>, 6> m_by_class{};  // of status: 1xx … 5xx
  std::array<std::atomic<uint64_t>, 10> m_within{};   // [bound]; the last: longer
  std::atomic<uint64_t> m_nanoseconds = 0;
  std::atomic<uint64_t> m_bytes = 0;
  std::atomic<uint64_t> m_cached = 0;
  std::atomic<int64_t> m_open = 0;
};

}  // namespace pitchblende::http
