#include "resolution/organisations/organisation_tables.hpp"

#include "resolution/word_tables.hpp"

namespace pitchblende::resolution {

std::string_view embedded_table(std::string_view name) {
  for (const auto& file : embedded::word_tables()) {
    if (file.path.ends_with(name) && file.path.size() > name.size() &&
        file.path[file.path.size() - name.size() - 1] == '/') {
      return file.text;
    }
  }
  return {};
}

}  // namespace pitchblende::resolution
