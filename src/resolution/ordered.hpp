// The mentions of an input in the order of kind and origin, which is that of their numbers; a person known under
// several names stands there once under each. Owner: resolution.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

class Ordered {
 public:
  explicit Ordered(const Input& input);

  const Input& input;
  const Mention& operator[](uint32_t number) const { return at(m_order[number]); }
  size_t size() const { return m_order.size(); }
  // The mention whose other name a number is; none: it is a mention's own.
  std::optional<uint32_t> other_name_of(uint32_t number) const;

 private:
  const Mention& at(uint32_t place) const {
    return place < input.mentions.size() ? input.mentions[place] : m_others[place - input.mentions.size()];
  }
  void add_others(const Mention& mention);

  std::vector<Mention> m_others;  // mentions under their other names
  std::vector<uint32_t> m_order;  // places: of the input, then of m_others
};

}  // namespace pitchblende::resolution
