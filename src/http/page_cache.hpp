// Replies that are the same for everybody, kept until the generation changes: the least recently asked for goes first.
// Any thread.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/reply.hpp"

namespace pitchblende::http {

class PageCache {
 public:
  explicit PageCache(size_t most_bytes) : m_most(most_bytes) {}

  // Null: not here, or of another generation.
  std::shared_ptr<const Reply> find(std::string_view key, uint64_t generation);
  void put(std::string key, uint64_t generation, std::shared_ptr<const Reply> reply);

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const Reply> reply;
  };
  void renew(uint64_t generation);

  std::mutex m_mutex;
  size_t m_most;
  size_t m_bytes = 0;
  uint64_t m_generation = 0;
  std::list<Entry> m_entries;  // the last one asked for stands first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> m_places;
};

}  // namespace pitchblende::http
