#include "sources/mappings/title_words.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/text.hpp"

namespace pitchblende::sources {

namespace {

// "Prénom(s)", "Nom (en capitales)": people explain in brackets.
std::string without_brackets(std::string_view title) {
  std::string out;
  int depth = 0;
  for (const char c : title) {
    depth += c == '(' || c == '[' ? 1 : 0;
    if (depth == 0) {
      out += c;
    }
    depth -= (c == ')' || c == ']') && depth > 0 ? 1 : 0;
  }
  return out;
}

// The words that tell titles apart; empty where there are none, as in "Du", "Au".
std::string bare(const std::string& normalised) {
  static constexpr std::array<std::string_view, 13> k_little{"d",  "de",  "des", "du",  "en", "l",  "la",
                                                             "le", "les", "of",  "the", "un", "une"};
  static constexpr std::array<std::string_view, 4> k_number{"n", "no", "num", "nr"};
  std::istringstream words(normalised);
  std::string out;
  for (std::string word; words >> word;) {
    if (std::find(k_little.begin(), k_little.end(), word) != k_little.end()) {
      continue;
    }
    if (std::find(k_number.begin(), k_number.end(), word) != k_number.end()) {
      word = "numero";
    }
    if (word.size() > 3 && word.back() == 's') {
      word.pop_back();
    }
    out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

}  // namespace

std::optional<int> TitleWords::add(std::string_view title, KnownTitle known) {
  const std::string whole = normalised(title);
  const auto [at, fresh] = m_titles.emplace(whole, known);
  if (!fresh && at->second.column != known.column) {
    return at->second.column;
  }
  if (const std::string words = bare(whole); !words.empty()) {
    const auto [same, alone] = m_bare.emplace(words, known);
    if (!alone && same->second.column != known.column) {
      same->second.column = -1;
    }
  }
  return std::nullopt;
}

void TitleWords::mean(std::string_view title, int column) {
  m_titles.insert_or_assign(normalised(title.substr(0, 200)), KnownTitle{column, -1});
}

std::optional<KnownTitle> TitleWords::find_exactly(const std::string& normalised) const {
  const auto found = m_titles.find(normalised);
  return found == m_titles.end() ? std::nullopt : std::optional(found->second);
}

std::optional<KnownTitle> TitleWords::find(std::string_view title) const {
  const std::string whole = normalised(title);
  const std::string outside = normalised(without_brackets(title));
  for (const std::string& each : {whole, outside}) {
    if (const auto found = find_exactly(each)) {
      return found;
    }
  }
  for (const std::string& each : {whole, outside}) {
    const auto found = m_bare.find(bare(each));
    if (found != m_bare.end() && found->second.column >= 0) {
      return found->second;
    }
  }
  return std::nullopt;
}

}  // namespace pitchblende::sources
