#include "pages/groups/event_card.hpp"

#include "groups/groups_rules.hpp"
#include "pages/groups/group_pages.hpp"

namespace pitchblende::pages {

Result<void> put_event_page(const Site& site, const http::Request& request, const registry::Card& card,
                            const Words& words, View& body) {
  if (card.kind != registry::Kind::event || site.settings().groups == nullptr) {
    return {};
  }
  for (const registry::CardSource& source : card.sources) {
    const bool ours = registry::room_of_source(source.source) == "groups";
    const int64_t number = ours ? groups::event_of_key(source.key) : 0;
    if (number == 0) {
      continue;
    }
    TRY_ASSIGN(const groups::Event event, site.settings().groups->event(number));
    TRY_ASSIGN(const auto room, group_for(site, request.who(), event.group, words));
    if (!room) {
      continue;
    }
    body["subtitle"] = when_words(event, words);
    Views ways{view({{"label", words.get(event.is_open ? "groups.event_and_registration" : "groups.event_page")},
                     {"url", room->address + "/events/" + std::to_string(number)}})};
    for (auto& other : body["ways"].as_array()) {
      ways.push_back(std::move(other));
    }
    body["ways"] = std::move(ways);
    return {};
  }
  return {};
}

}  // namespace pitchblende::pages
