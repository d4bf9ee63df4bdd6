// What key areas say of themselves, from a file: docs/rules/groups.md, rule 13. It goes through the same doors as what
// their leaders write on the site.
#include <algorithm>
#include <boost/json.hpp>

#include "booking/local_time.hpp"
#include "cli/errors.hpp"
#include "cli/json_list.hpp"
#include "cli/matching.hpp"
#include "groups/groups.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

using groups::Both;
using groups::By;

int64_t number_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

Both both_of(const json::object& object, const std::string& name) {
  return {text_of(object, name + "_fr"), text_of(object, name + "_en")};
}

const json::array& list_of(const json::object& object, std::string_view name) {
  static const json::array k_none;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : k_none;
}

class GroupReader {
 public:
  explicit GroupReader(Workplace& place)
      : m_room(*place.store, place.clock, *place.pool),
        m_registry(*place.store),
        m_today(booking::day_of(m_room.now())) {}

  Result<void> take(const json::object& object) {
    TRY_ASSIGN(const Id group, id_of(m_registry, text_of(object, "group")));
    TRY_ASSIGN(const registry::Found found, m_registry.find(group, access::Viewer::everything()));
    if (!found.card || found.card->kind != registry::Kind::group) {
      return fail(errors::not_found, text_of(object, "group"));
    }
    const Both text = both_of(object, "text");
    TRY_ASSIGN(const groups::Presentation stored, m_room.presentation(found.id));
    if (stored.revision == 0 && text != Both{}) {
      TRY(m_room.set_presentation(found.id, {text, 0, {}}, k_terminal));
    }
    for (const json::value& each : list_of(object, "news")) {
      TRY(take_news(found.id, each.is_object() ? each.get_object() : json::object()));
    }
    for (const json::value& each : list_of(object, "events")) {
      TRY(take_event(found.id, each.is_object() ? each.get_object() : json::object()));
    }
    return {};
  }

 private:
  static constexpr By k_terminal{0, true};

  // Said twice, it stands once.
  template <typename T>
  static bool has(const std::vector<T>& all, const Both& title) {
    return std::ranges::find(all, title, &T::title) != all.end();
  }

  std::string day(const json::object& object) const {
    return booking::day_text(m_today + number_of(object, "in_days"));
  }

  Result<void> take_news(Id group, const json::object& object) {
    constexpr int64_t k_most = 10'000;
    groups::News news;
    news.group = group;
    news.title = both_of(object, "title");
    news.text = both_of(object, "text");
    news.published = day(object);
    TRY_ASSIGN(const auto all, m_room.news_of(group, k_most));
    if (!has(all, news.title)) {
      TRY(m_room.put(news, k_terminal));
    }
    return {};
  }

  Result<void> take_event(Id group, const json::object& object) {
    groups::Event event;
    event.group = group;
    event.title = both_of(object, "title");
    event.text = both_of(object, "text");
    event.place = text_of(object, "place");
    event.online = text_of(object, "online");
    event.places = number_of(object, "places");
    event.is_open = text_of(object, "registration") != "no";
    event.local_begin = day(object) + "T" + text_of(object, "from");
    event.local_end = day(object) + "T" + text_of(object, "to");
    TRY_ASSIGN(const booking::Zone zone, booking::Zone::named(booking::k_home_zone));
    TRY_ASSIGN(event.begins, booking::typed_time(zone, event.local_begin, booking::Which::first));
    TRY_ASSIGN(event.ends, booking::typed_time(zone, event.local_end, booking::Which::first));
    event.closes = event.begins;
    TRY_ASSIGN(const auto all, m_room.events_of(group, 0));
    if (!has(all, event.title)) {
      TRY(m_room.put(event, k_terminal));
    }
    return {};
  }

  groups::Groups m_room;
  registry::Registry m_registry;
  int64_t m_today;
};

}  // namespace

Result<Exit> read_groups(const Options& options, Workplace& place, const Streams& streams) {
  GroupReader reader(place);
  TRY_ASSIGN(const ListRead list, read_list(options, streams, [&](const json::value& each) {
               return reader.take(each.is_object() ? each.get_object() : json::object());
             }));
  return tell_list(options, streams, list, "groups read", "groupes lus");
}

}  // namespace pitchblende::cli
