#include "resolution/ordered.hpp"

#include <algorithm>
#include <tuple>

namespace pitchblende::resolution {

// Everything that tells where somebody is holds under his other names too; what is his alone joins by his own.
void Ordered::add_others(const Mention& mention) {
  for (const PersonName& name : mention.other_names) {
    Mention& other = m_others.emplace_back(mention);
    other.family = name.family;
    other.given = name.given;
    other.other_names.clear();
    other.settled = false;
    m_order.push_back(static_cast<uint32_t>(input.mentions.size() + m_others.size() - 1));
  }
}

Ordered::Ordered(const Input& of) : input(of) {
  m_order.reserve(input.mentions.size());
  for (uint32_t place = 0; place < input.mentions.size(); ++place) {
    m_order.push_back(place);
    add_others(input.mentions[place]);
  }
  // One under his own name stands before himself under the others.
  const auto before = [&](uint32_t a, uint32_t b) {
    const Mention& x = at(a);
    const Mention& y = at(b);
    return std::tie(x.kind, x.origin, x.ref, a) < std::tie(y.kind, y.origin, y.ref, b);
  };
  if (!std::is_sorted(m_order.begin(), m_order.end(), before)) {
    std::sort(m_order.begin(), m_order.end(), before);
  }
}

std::optional<uint32_t> Ordered::other_name_of(uint32_t number) const {
  const auto is_other = [&](uint32_t each) { return m_order[each] >= input.mentions.size(); };
  if (!is_other(number)) {
    return std::nullopt;
  }
  while (is_other(number)) {
    --number;
  }
  return number;
}

}  // namespace pitchblende::resolution
