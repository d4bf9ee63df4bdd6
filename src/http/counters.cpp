#include "http/counters.hpp"

#include <algorithm>
#include <cstdio>

namespace pitchblende::http {

void Counters::answered(int status, std::chrono::nanoseconds took, size_t bytes, bool cached) {
  ++m_by_class[static_cast<size_t>(std::clamp(status / 100, 0, 5))];
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bound = std::lower_bound(k_bounds.begin(), k_bounds.end(), seconds);
  ++m_within[static_cast<size_t>(bound - k_bounds.begin())];
  m_nanoseconds += static_cast<uint64_t>(took.count());
  m_bytes += bytes;
  m_cached += cached ? 1 : 0;
}

std::string Counters::text() const {
  std::string out = "# TYPE pitchblende_http_requests_total counter\n";
  for (size_t at = 1; at < m_by_class.size(); ++at) {
    out += "pitchblende_http_requests_total{status=\"" + std::to_string(at) + "xx\"} " +
           std::to_string(m_by_class[at].load()) + "\n";
  }
  out += "# TYPE pitchblende_http_seconds histogram\n";
  uint64_t sum = 0;
  for (size_t at = 0; at < m_within.size(); ++at) {
    sum += m_within[at];
    std::array<char, 32> bound{"+Inf"};
    if (at < k_bounds.size()) {
      std::snprintf(bound.data(), bound.size(), "%g", k_bounds[at]);
    }
    out += "pitchblende_http_seconds_bucket{le=\"" + std::string(bound.data()) + "\"} " + std::to_string(sum) + "\n";
  }
  out += "pitchblende_http_seconds_sum " + std::to_string(static_cast<double>(m_nanoseconds) / 1e9) + "\n";
  out += "pitchblende_http_seconds_count " + std::to_string(sum) + "\n";
  out += "# TYPE pitchblende_http_bytes_total counter\npitchblende_http_bytes_total " + std::to_string(m_bytes) + "\n";
  out +=
      "# TYPE pitchblende_http_cached_total counter\npitchblende_http_cached_total " + std::to_string(m_cached) + "\n";
  out += "# TYPE pitchblende_http_connections gauge\npitchblende_http_connections " + std::to_string(m_open) + "\n";
  return out;
}

}  // namespace pitchblende::http
