#include "pages/entry/agents.hpp"

#include <array>

namespace pitchblende::pages {

namespace {

struct Mark {
  std::string_view part;
  std::string_view name;
};

// Most name those that they descend from too: the first that is found is meant.
constexpr std::array<Mark, 11> k_browsers{{{"Edg", "Edge"},
                                           {"OPR/", "Opera"},
                                           {"SamsungBrowser/", "Samsung Internet"},
                                           {"Vivaldi/", "Vivaldi"},
                                           {"Firefox/", "Firefox"},
                                           {"FxiOS/", "Firefox"},
                                           {"Chrome/", "Chrome"},
                                           {"CriOS/", "Chrome"},
                                           {"Chromium/", "Chromium"},
                                           {"Safari/", "Safari"},
                                           {"curl/", "curl"}}};
constexpr std::array<Mark, 8> k_systems{{{"iPhone", "iPhone"},
                                         {"iPad", "iPad"},
                                         {"Android", "Android"},
                                         {"Windows", "Windows"},
                                         {"CrOS", "ChromeOS"},
                                         {"Macintosh", "Mac"},
                                         {"Linux", "Linux"},
                                         {"FreeBSD", "FreeBSD"}}};

template <size_t Size>
std::string_view first_in(std::string_view agent, const std::array<Mark, Size>& marks) {
  for (const Mark& mark : marks) {
    if (agent.find(mark.part) != std::string_view::npos) {
      return mark.name;
    }
  }
  return {};
}

}  // namespace

std::string agent_words(std::string_view agent, const Words& words) {
  if (agent.empty()) {
    return words.get("account.no_agent");
  }
  const std::string_view browser = first_in(agent, k_browsers);
  const std::string_view system = first_in(agent, k_systems);
  if (system.empty()) {
    return std::string(browser.empty() ? agent : browser);
  }
  const std::string named = browser.empty() ? words.get("account.a_browser") : std::string(browser);
  return put_in(put_in(words.get("account.agent_on"), "browser", named), "system", system);
}

}  // namespace pitchblende::pages
