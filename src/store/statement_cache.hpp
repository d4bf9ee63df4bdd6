// Prepared statements of one connection by their SQL, the least recently used given up first.
//
// One thread at a time, as its connection.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pitchblende::store {

template <typename Statement>
class StatementCache {
 public:
  explicit StatementCache(size_t capacity) : m_capacity(capacity) {}

  // nullptr: not there.
  Statement* find(std::string_view sql) {
    const auto found = m_by_sql.find(sql);
    if (found == m_by_sql.end()) {
      return nullptr;
    }
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return &found->second->second;
  }

  Statement& add(std::string_view sql, Statement statement) {
    if (m_entries.size() >= m_capacity) {
      m_by_sql.erase(m_entries.back().first);
      m_entries.pop_back();
    }
    m_entries.emplace_front(std::string(sql), std::move(statement));
    m_by_sql.emplace(m_entries.front().first, m_entries.begin());
    return m_entries.front().second;
  }

  size_t size() const { return m_entries.size(); }
  void clear() {
    m_by_sql.clear();
    m_entries.clear();
  }

 private:
  using Entries = std::list<std::pair<std::string, Statement>>;
  size_t m_capacity;
  Entries m_entries;  // the keys below point into it; a list's nodes stay where they are
  std::unordered_map<std::string_view, typename Entries::iterator> m_by_sql;
};

}  // namespace pitchblende::store
