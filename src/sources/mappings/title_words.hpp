// Which column a title of a table means: exactly, or but for little words and plurals. Inside sources.
//
// A value; filled once, then constant: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace pitchblende::sources {

constexpr int k_left_out = -2;

struct KnownTitle {
  int column = -1;  // k_left_out: not taken
  int rank = 0;     // its place among the column's titles: of two in one table the first named is meant
};

class TitleWords {
 public:
  // The column that has this title already, where it is another one.
  std::optional<int> add(std::string_view title, KnownTitle known);
  // Whoever brings a file says what its title means, before all that is known of it.
  void mean(std::string_view title, int column);
  // A title as it stands in a table. "Nom de l’entreprise" is "Nom entreprise", "N° inventaire" "Numéro d’inventaire".
  std::optional<KnownTitle> find(std::string_view title) const;
  std::optional<KnownTitle> find_exactly(const std::string& normalised) const;

 private:
  std::unordered_map<std::string, KnownTitle> m_titles;  // normalised
  std::unordered_map<std::string, KnownTitle> m_bare;    // column -1: two columns would have it
};

}  // namespace pitchblende::sources
