#include "sources/pubmed_tags.hpp"

#include <array>
#include <cstring>

namespace pitchblende::sources::pubmed {

namespace {

constexpr std::string_view k_names[] = {"", "",
#define PB_TAG(name) #name,
                                        PB_PUBMED_TAGS(PB_TAG)
#undef PB_TAG
};

constexpr size_t k_slots = 1024;

constexpr uint64_t slot(uint64_t first, uint64_t last, size_t size, uint64_t factor) {
  return ((first * 31 + last + size) * factor) >> 54;
}

// The first eight bytes of a name and the last eight, both with what is not of the name left out.
constexpr uint64_t word(std::string_view name, size_t from) {
  uint64_t out = 0;
  for (size_t i = 0; i < 8 && from + i < name.size(); ++i) {
    out |= uint64_t{static_cast<unsigned char>(name[from + i])} << 8 * i;
  }
  return out;
}
constexpr size_t last_word(size_t size) { return size < 8 ? 0 : size - 8; }

struct Table {
  uint64_t factor = 0;
  std::array<uint8_t, k_slots> slots{};
};

// A factor under which no two names share a slot, so that one comparison decides.
constexpr Table k_table = [] {
  Table table;
  uint64_t factor = 0x9E3779B97F4A7C15u;
  while (true) {
    factor = factor * 6364136223846793005u + 1442695040888963407u;
    table.factor = factor | 1;
    table.slots = {};
    bool shared = false;
    for (size_t tag = 2; tag < std::size(k_names) && !shared; ++tag) {
      const std::string_view name = k_names[tag];
      uint8_t& at = table.slots[slot(word(name, 0), word(name, last_word(name.size())), name.size(), table.factor)];
      shared = at != 0;
      at = static_cast<uint8_t>(tag);
    }
    if (!shared) {
      return table;
    }
  }
}();

}  // namespace

Tag tag_of(std::string_view name) {
  uint64_t first = 0;
  std::memcpy(&first, name.data(), 8);
  uint64_t last = 0;
  if (name.size() < 8) {
    first &= name.empty() ? 0 : ~uint64_t{0} >> 8 * (8 - name.size());
    last = first;
  } else {
    std::memcpy(&last, name.data() + name.size() - 8, 8);
  }
  const uint8_t tag = k_table.slots[slot(first, last, name.size(), k_table.factor)];
  return tag != 0 && k_names[tag] == name ? static_cast<Tag>(tag) : Tag::other;
}

}  // namespace pitchblende::sources::pubmed
