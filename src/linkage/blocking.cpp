#include "linkage/blocking.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>

namespace pitchblende::linkage {

namespace {

constexpr uint32_t k_depth = 3;            // traits that are taken together at most
constexpr size_t k_window = 16;            // of a block that none of them parts: neighbours in the order of the table
constexpr size_t k_traits_of_record = 48;  // the rarest ones

// Fields that are put in each other's place share their traits.
std::vector<uint32_t> groups(const Schema& schema) {
  std::vector<uint32_t> group(schema.fields.size());
  std::iota(group.begin(), group.end(), 0);
  for (const auto& [first, second] : schema.swaps) {
    group[second] = group[first];
  }
  return group;
}

// What a value can be met by.
void traits_of(const Column& column, const Prepared& value, std::vector<std::string>& traits) {
  traits.clear();
  switch (column.type) {
    case FieldType::date:
      traits.push_back(std::to_string(value.date.year) + "-" + std::to_string(value.date.month) + "-" +
                       std::to_string(value.date.day));
      break;
    case FieldType::text:
    case FieldType::names:
    case FieldType::address:
      for (const uint32_t word : value.words) {
        const std::string_view text = column.words.text(word);
        if (text.size() > 2) {
          traits.emplace_back(text);
        }
      }
      if (column.type != FieldType::names) {
        traits.push_back("=" + value.tight);
      }
      break;
    case FieldType::identifier:
      // A slip leaves one half of it whole.
      if (value.tight.size() >= 6) {
        traits.push_back("<" + value.tight.substr(0, value.tight.size() / 2));
        traits.push_back(">" + value.tight.substr(value.tight.size() / 2));
      }
      traits.push_back(value.tight);
      break;
    case FieldType::name:
      if (value.tight.size() > 5) {
        traits.push_back("<" + value.tight.substr(0, 4));
      }
      traits.push_back(value.tight);
      break;
    default:
      traits.push_back(value.tight);
      break;
  }
}

}  // namespace

Blocks::Blocks(const Table& table) : m_table(table) {
  collect_traits();
  std::vector<Holder> holders;
  for (uint32_t record = 0; record < table.size(); ++record) {
    for (uint32_t at = m_begin_of_traits[record]; at < m_begin_of_traits[record + 1]; ++at) {
      holders.push_back({m_traits[at], record});
    }
  }
  split(holders, 1);
  turn_round();
}

void Blocks::collect_traits() {
  TextTable names;
  std::vector<std::vector<uint32_t>> of_record(m_table.size());
  const std::vector<uint32_t> group = groups(m_table.schema());
  std::vector<std::string> traits;
  for (size_t field = 0; field < m_table.fields(); ++field) {
    const Column& column = m_table.column(field);
    std::vector<std::vector<uint32_t>> of_value(column.values.size());
    for (size_t at = 0; at < column.values.size(); ++at) {
      traits_of(column, column.values[at], traits);
      for (const std::string& trait : traits) {
        of_value[at].push_back(names.intern(std::to_string(group[field]) + "|" + trait));
      }
    }
    for (uint32_t record = 0; record < m_table.size(); ++record) {
      if (const uint32_t value = m_table.value_of(field, record); value != k_none) {
        of_record[record].insert(of_record[record].end(), of_value[value].begin(), of_value[value].end());
      }
    }
  }
  std::vector<uint32_t> count(names.size());
  for (auto& own : of_record) {
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    for (const uint32_t trait : own) {
      ++count[trait];
    }
  }
  std::vector<uint32_t> by_rarity(names.size());
  std::iota(by_rarity.begin(), by_rarity.end(), 0);
  std::sort(by_rarity.begin(), by_rarity.end(),
            [&](uint32_t a, uint32_t b) { return std::tie(count[a], a) < std::tie(count[b], b); });
  std::vector<uint32_t> rank(names.size());
  for (uint32_t at = 0; at < by_rarity.size(); ++at) {
    rank[by_rarity[at]] = at;
  }
  m_begin_of_traits = {0};
  for (auto& own : of_record) {
    std::erase_if(own, [&](uint32_t trait) { return count[trait] < 2; });
    std::transform(own.begin(), own.end(), own.begin(), [&](uint32_t trait) { return rank[trait]; });
    std::sort(own.begin(), own.end());
    own.resize(std::min(own.size(), k_traits_of_record));
    m_traits.insert(m_traits.end(), own.begin(), own.end());
    m_begin_of_traits.push_back(static_cast<uint32_t>(m_traits.size()));
  }
}

void Blocks::add_block(std::span<const Holder> holders) {
  for (const Holder& holder : holders) {
    m_records.push_back(holder.record);
  }
  m_begin_of_block.push_back(static_cast<uint32_t>(m_records.size()));
}

void Blocks::split(std::vector<Holder>& holders, uint32_t depth) {
  std::sort(holders.begin(), holders.end());
  for (size_t begin = 0; begin < holders.size();) {
    size_t end = begin + 1;
    while (end < holders.size() && holders[end].trait == holders[begin].trait) {
      ++end;
    }
    const auto group = std::span<const Holder>(holders).subspan(begin, end - begin);
    if (group.size() > k_block) {
      split_block(group, depth);
    } else if (group.size() > 1) {
      add_block(group);
    }
    begin = end;
  }
}

void Blocks::split_block(std::span<const Holder> holders, uint32_t depth) {
  if (depth == k_depth) {
    for (size_t begin = 0; begin < holders.size(); begin += k_window / 2) {
      add_block(holders.subspan(begin, std::min(k_window, holders.size() - begin)));
    }
    return;
  }
  std::vector<Holder> further;
  for (const Holder& holder : holders) {
    const auto begin = m_traits.begin() + m_begin_of_traits[holder.record];
    const auto end = m_traits.begin() + m_begin_of_traits[holder.record + 1];
    // What is rarer has parted these records already.
    for (auto at = std::upper_bound(begin, end, holder.trait); at != end; ++at) {
      further.push_back({*at, holder.record});
    }
  }
  split(further, depth + 1);
}

void Blocks::turn_round() {
  m_begin_of_record.assign(m_table.size() + 1, 0);
  for (const uint32_t record : m_records) {
    ++m_begin_of_record[record + 1];
  }
  std::partial_sum(m_begin_of_record.begin(), m_begin_of_record.end(), m_begin_of_record.begin());
  m_blocks_of_record.resize(m_records.size());
  std::vector<uint32_t> next(m_begin_of_record.begin(), m_begin_of_record.end() - 1);
  for (uint32_t number = 0; number < size(); ++number) {
    for (const uint32_t record : block(number)) {
      m_blocks_of_record[next[record]++] = number;
    }
  }
}

}  // namespace pitchblende::linkage
