// A sink that keeps everything, for tests and fuzzers. One thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "registry/record.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

class CollectingSink final : public RecordSink {
 public:
  void accept(registry::Record&& record, const Place& place) override {
    accepted.push_back(std::move(record));
    places.push_back(place);
  }
  void reject(Finding&& finding) override { rejected.push_back(std::move(finding)); }
  void notice(Finding&& finding) override { notices.push_back(std::move(finding)); }
  bool progress(int64_t) override { return true; }

  std::vector<registry::Record> accepted;
  std::vector<Place> places;  // of those accepted
  std::vector<Finding> rejected;
  std::vector<Finding> notices;
};

}  // namespace pitchblende::sources
