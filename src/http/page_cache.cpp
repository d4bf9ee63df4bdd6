#include "http/page_cache.hpp"

namespace pitchblende::http {

void PageCache::renew(uint64_t generation) {
  if (generation != m_generation) {
    m_places.clear();
    m_entries.clear();
    m_bytes = 0;
    m_generation = generation;
  }
}

std::shared_ptr<const Reply> PageCache::find(std::string_view key, uint64_t generation) {
  const std::lock_guard lock(m_mutex);
  renew(generation);
  const auto place = m_places.find(key);
  if (place == m_places.end()) {
    return nullptr;
  }
  m_entries.splice(m_entries.begin(), m_entries, place->second);
  return place->second->reply;
}

void PageCache::put(std::string key, uint64_t generation, std::shared_ptr<const Reply> reply) {
  const size_t bytes = key.size() + reply->bytes();
  const std::lock_guard lock(m_mutex);
  // What was made of an older generation is out of date by now.
  if (generation < m_generation || bytes > m_most / 4 || m_places.contains(key)) {
    return;
  }
  renew(generation);
  m_entries.push_front({std::move(key), std::move(reply)});
  m_places.emplace(m_entries.front().key, m_entries.begin());
  m_bytes += bytes;
  while (m_bytes > m_most) {
    const Entry& last = m_entries.back();
    m_bytes -= last.key.size() + last.reply->bytes();
    m_places.erase(last.key);
    m_entries.pop_back();
  }
}

}  // namespace pitchblende::http
