#include "sources/pubmed/pubmed_tags.hpp"

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
// Found by trying: no two names share a slot, so that one comparison decides. A new name may want another one.
constexpr uint64_t k_factor = 0x33EF7989785C9197u;

constexpr size_t slot(uint64_t first, uint64_t last, size_t size) {
  return static_cast<size_t>(((first * 31 + last + size) * k_factor) >> 54);
}

// Eight bytes of a name; what is not of the name is left out.
constexpr uint64_t word(std::string_view name, size_t from) {
  uint64_t out = 0;
  for (size_t i = 0; i < 8 && from + i < name.size(); ++i) {
    out |= uint64_t{static_cast<unsigned char>(name[from + i])} << 8 * i;
  }
  return out;
}

struct Words {
  uint64_t first = 0;
  uint64_t last = 0;
};
constexpr std::array<Words, std::size(k_names)> k_words = [] {
  std::array<Words, std::size(k_names)> words{};
  for (size_t tag = 2; tag < std::size(k_names); ++tag) {
    const std::string_view name = k_names[tag];
    words[tag] = {word(name, 0), word(name, name.size() < 8 ? 0 : name.size() - 8)};
  }
  return words;
}();

constexpr std::array<uint8_t, k_slots> k_table = [] {
  std::array<uint8_t, k_slots> slots{};
  for (size_t tag = 2; tag < std::size(k_names); ++tag) {
    uint8_t& at = slots[slot(k_words[tag].first, k_words[tag].last, k_names[tag].size())];
    at = at == 0 ? static_cast<uint8_t>(tag) : throw "two names share a slot";
  }
  return slots;
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
  const uint8_t tag = k_table[slot(first, last, name.size())];
  const bool same = first == k_words[tag].first && last == k_words[tag].last && name.size() == k_names[tag].size();
  // Up to 16 bytes the two words are all of it.
  return same && (name.size() <= 16 || name == k_names[tag]) ? static_cast<Tag>(tag) : Tag::other;
}

}  // namespace pitchblende::sources::pubmed
