#include "resolution/people/family_forms.hpp"

#include <algorithm>

namespace pitchblende::resolution {

void FamilyForms::take(uint32_t family, std::string_view form) {
  m_forms.resize(std::max<size_t>(m_forms.size(), family + 1), 0);
  ++m_forms[family];
  ++m_initials[letter(form.size() > 1 && form[form.size() - 2] == ' ' ? form.back() : ' ')];
  ++m_all;
}

void FamilyForms::count() {
  const auto families_of = [&](uint32_t forms) {
    return static_cast<float>(std::count(m_forms.begin(), m_forms.end(), forms));
  };
  m_unseen = 2 * (families_of(2) + 1) / (families_of(1) + 1);
}

float FamilyForms::others(uint32_t family, char initial) const {
  const uint32_t forms = family < m_forms.size() ? m_forms[family] : 0;
  const float seen = forms > 1 ? static_cast<float>(forms - 1) : 0;
  const float share = static_cast<float>(m_initials[letter(initial)] + 1) / static_cast<float>(m_all + k_letters);
  return (seen + m_unseen) * share;
}

}  // namespace pitchblende::resolution
