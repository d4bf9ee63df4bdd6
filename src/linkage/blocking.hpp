// Which records are compared: those that share something rare, or several things that are not. Owner: linkage. Pure.
//
// Each record has traits (a value, a word of a title, a family name). A trait that few records have is a block; one
// that many have is parted by the further traits of its records, and again, so that a common value costs no more than
// its records and loses no pair that shares two or three of them. No block holds more than k_block records.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "linkage/table.hpp"

namespace pitchblende::linkage {

inline constexpr size_t k_block = 32;

class Blocks {
 public:
  explicit Blocks(const Table& table);

  enum class Between : uint8_t { sides, same_side, all };
  // Each pair once, a < b, in the order of a and b.
  template <typename Each>
  void each_pair(Between between, const Each& each) const {
    std::vector<uint32_t> seen(m_table.size(), k_none);
    std::vector<uint32_t> others;
    for (uint32_t a = 0; a < m_table.size(); ++a) {
      others.clear();
      for (uint32_t at = m_begin_of_record[a]; at < m_begin_of_record[a + 1]; ++at) {
        for (const uint32_t b : block(m_blocks_of_record[at])) {
          const bool wanted =
              between == Between::all || (m_table.side(a) == m_table.side(b)) == (between != Between::sides);
          if (b > a && wanted && seen[b] != a) {
            seen[b] = a;
            others.push_back(b);
          }
        }
      }
      std::sort(others.begin(), others.end());
      for (const uint32_t b : others) {
        each(a, b);
      }
    }
  }
  size_t size() const { return m_begin_of_block.size() - 1; }
  std::span<const uint32_t> block(uint32_t number) const {
    return std::span(m_records).subspan(m_begin_of_block[number],
                                        m_begin_of_block[number + 1] - m_begin_of_block[number]);
  }

 private:
  struct Holder {
    uint32_t trait;
    uint32_t record;
    auto operator<=>(const Holder&) const = default;
  };
  void collect_traits();
  void split(std::vector<Holder>& holders, uint32_t depth);
  void split_block(std::span<const Holder> holders, uint32_t depth);
  void add_block(std::span<const Holder> holders);
  void turn_round();

  const Table& m_table;
  std::vector<uint32_t> m_begin_of_traits;  // by record; its traits, the rarest first
  std::vector<uint32_t> m_traits;
  std::vector<uint32_t> m_begin_of_block = {0};
  std::vector<uint32_t> m_records;
  std::vector<uint32_t> m_begin_of_record;
  std::vector<uint32_t> m_blocks_of_record;
};

}  // namespace pitchblende::linkage
