#include "resolution/people/name_blocks.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

#include "resolution/naming_keys.hpp"
#include "resolution/people/name_sounds.hpp"

namespace pitchblende::resolution {

namespace {

constexpr size_t k_kin_names = 64;  // of more names under one key too many are nobody's kin

std::vector<std::vector<uint32_t>> by_initial(const PeopleFeatures& people) {
  std::vector<std::vector<uint32_t>> blocks;
  TextTable keys;
  for (uint32_t name = 0; name < people.names(); ++name) {
    for (const std::string& key : person_keys(people.name(name).family, people.name(name).given)) {
      const uint32_t block = keys.intern(key);
      if (block == blocks.size()) {
        blocks.emplace_back();  // in the order of first sight, which is that of the mentions
      }
      blocks[block].push_back(name);
    }
  }
  // Another form of a name that nobody else bears makes no other block.
  std::vector<uint32_t> order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return blocks[a] < blocks[b]; });
  for (size_t at = order.size(); at-- > 1;) {
    if (blocks[order[at]] == blocks[order[at - 1]]) {
      blocks[order[at]].clear();
    }
  }
  return blocks;
}

// In the order of first sight; of each key the names that have not met.
std::vector<std::vector<uint32_t>> by_kin(const PeopleFeatures& people) {
  TextTable keys;
  std::vector<std::vector<uint32_t>> met;
  for (uint32_t name = 0; name < people.names(); ++name) {
    for (const std::string& key : kin_keys(people.name(name).family, people.name(name).given)) {
      const uint32_t block = keys.intern(key);
      met.resize(std::max<size_t>(met.size(), block + 1));
      met[block].push_back(name);
    }
  }
  std::vector<std::vector<uint32_t>> blocks;
  std::set<std::vector<uint32_t>> known;
  for (const std::vector<uint32_t>& names : met) {
    if (names.size() > k_kin_names) {
      continue;
    }
    std::vector<uint32_t> kept;
    for (const uint32_t name : names) {
      if (std::any_of(names.begin(), names.end(), [&](uint32_t other) { return newly_met(people, name, other); })) {
        kept.push_back(name);
      }
    }
    if (!kept.empty() && known.insert(kept).second) {
      blocks.push_back(std::move(kept));
    }
  }
  return blocks;
}

}  // namespace

bool newly_met(const PeopleFeatures& people, uint32_t name_a, uint32_t name_b) {
  if (people.kin(name_a, name_b) == Kin::none) {
    return false;
  }
  const auto keys = [&](uint32_t name) { return person_keys(people.name(name).family, people.name(name).given); };
  const std::vector<std::string> of_a = keys(name_a);
  const std::vector<std::string> of_b = keys(name_b);
  return std::find_first_of(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) == of_a.end();
}

NameBlocks name_blocks(const PeopleFeatures& people) {
  NameBlocks out;
  out.names = by_initial(people);
  out.first_of_kin = out.names.size();
  std::vector<std::vector<uint32_t>> kin = by_kin(people);
  std::move(kin.begin(), kin.end(), std::back_inserter(out.names));
  return out;
}

}  // namespace pitchblende::resolution
