// Work on many things at once. Owner: base. The caller is one of the threads and waits for the others.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace pitchblende {

// each(begin, end) over [0, count) in runs of `grain`, by as many threads as the machine has cores, eight at most.
// Which thread gets which run is not given; `each` must not throw.
template <typename Each>
void in_parallel(size_t count, size_t grain, const Each& each) {
  const size_t runs = (count + grain - 1) / grain;
  const size_t threads = std::min<size_t>({runs, 8, std::max(1U, std::thread::hardware_concurrency())});
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t run = next++; run < runs; run = next++) {
      each(run * grain, std::min(count, (run + 1) * grain));
    }
  };
  std::vector<std::thread> others;
  for (size_t thread = 1; thread < threads; ++thread) {
    others.emplace_back(work);
  }
  work();
  for (std::thread& other : others) {
    other.join();
  }
}

}  // namespace pitchblende
