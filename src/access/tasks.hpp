// "To do": what waits for somebody, from every slice through one interface. Values; a source is asked by any thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/access_types.hpp"
#include "base/result.hpp"

namespace pitchblende::access {

struct Task {
  std::string word;  // key of web/locales: "tasks.requests_to_answer", with {n}
  int64_t count = 0;
  std::string path;  // below the language: "/requests"
  std::string due;   // a date, or empty
};

// What waits for this actor; app hands all sources to the pages.
using TaskSource = std::function<Result<std::vector<Task>>(const Actor&)>;

}  // namespace pitchblende::access
