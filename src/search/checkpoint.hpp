// The list of segments on disk: file numbers, who is dead in each, and how far the index had caught up with the store.
//
// "index" in the folder names the files "<number>.segment"; it is replaced atomically, and only then do old files go.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "search/segment_merge.hpp"

namespace pitchblende::search {

struct Checkpoint {
  struct Entry {
    uint64_t file_number = 0;
    std::shared_ptr<const Segment> segment;
    std::shared_ptr<const Bitmap> dead;
  };
  int64_t position = 0;
  uint64_t next_file = 1;
  std::vector<Entry> entries;
};

std::string segment_path(const std::string& folder, uint64_t file_number);
// Errors: SEARCH_MISSING, SEARCH_DAMAGED, SEARCH_VERSION.
Result<Checkpoint> read_checkpoint(const std::string& folder);
// The segments' files must be there. Error: SEARCH_WRITE.
Result<void> write_checkpoint(const std::string& folder, const Checkpoint& checkpoint);
// The largest number of a segment's file in the folder; 0: none.
uint64_t last_file(const std::string& folder);
// Removes segments that the checkpoint does not name, and what a crash has left.
void remove_others(const std::string& folder, const Checkpoint& checkpoint);

}  // namespace pitchblende::search
