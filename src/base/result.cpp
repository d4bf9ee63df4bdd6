#include "base/result.hpp"

#include <cctype>

#include "base/french.hpp"

namespace pitchblende {

const std::string& Error::arg(size_t index, Language language) const {
  for (const auto& [at, french] : m_french) {
    if (at == index && language == Language::french) {
      return french;
    }
  }
  return m_args[index];
}

std::string Error::message(Language language) const {
  const std::string pattern = language == Language::french ? spaced(m_kind->french) : m_kind->english;
  std::string out;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool argument = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                          std::isdigit(static_cast<unsigned char>(pattern[i + 1])) != 0;
    const size_t index = argument ? static_cast<size_t>(pattern[i + 1] - '0') : 0;
    if (argument && index < m_args.size()) {
      out += arg(index, language);
      i += 2;
    } else {
      out += pattern[i];
    }
  }
  return out;
}

}  // namespace pitchblende
