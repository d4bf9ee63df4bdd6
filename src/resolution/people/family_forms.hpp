// How many bearers of a family name nobody has told apart yet: what a pool says of names that it has seen. Owner:
// resolution. Filled by one thread, then read by any.
//
// How many others of a family whose only form is “kukafka r” stand behind that form is not seen, but how many families
// have a second form is: after Good (1953), a set as large as the pool would hold 2·F₂/F₁ bearers of a family that it
// has one form of, F₁ and F₂ being the families with one form and with two. One more is added to F₂, as Chao (1987)
// does, so that a pool which has seen none yet does not say that there are none.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace pitchblende::resolution {

class FamilyForms {
 public:
  // A form, “family i”, each once.
  void take(uint32_t family, std::string_view form);
  void count();
  // Others of a family and an initial that may be expected beside one who bears them.
  float others(uint32_t family, char initial) const;

 private:
  static constexpr size_t k_letters = 26;
  static size_t letter(char initial) {
    return initial >= 'a' && initial <= 'z' ? static_cast<size_t>(initial - 'a') : k_letters;
  }

  std::vector<uint32_t> m_forms;  // by family
  std::array<uint32_t, k_letters + 1> m_initials{};
  uint32_t m_all = 0;
  float m_unseen = 1;  // bearers of a family that one form is known of
};

}  // namespace pitchblende::resolution
