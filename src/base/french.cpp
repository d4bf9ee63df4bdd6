#include "base/french.hpp"

namespace pitchblende {

std::string spaced(std::string_view french) {
  constexpr std::string_view k_no_break = "\u00A0";
  std::string out;
  for (size_t at = 0; at < french.size(); ++at) {
    const std::string_view rest = french.substr(at + 1);
    const bool before = !rest.empty() && (std::string_view(":;?!").find(rest.front()) != std::string_view::npos ||
                                          rest.starts_with("»"));
    const bool after = french.substr(0, at).ends_with("«");
    out += french[at] == ' ' && (before || after) ? k_no_break : french.substr(at, 1);
  }
  return out;
}

}  // namespace pitchblende
