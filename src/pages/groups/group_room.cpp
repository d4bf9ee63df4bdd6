#include <algorithm>
#include <charconv>

#include "access/access_rules.hpp"
#include "base/text.hpp"
#include "booking/local_time.hpp"
#include "groups/errors.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/moments.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

using registry::Kind;

namespace {

constexpr int64_t k_most_links = 2000;

int year_of(std::string_view day) {
  int year = 0;
  std::from_chars(day.data(), day.data() + std::min<size_t>(4, day.size()), year);
  return year;
}

bool holds(const registry::Link& link, std::string_view today) {
  return registry::holds_on(link.since, link.until, today);
}

}  // namespace

Result<std::vector<Id>> teams_of_group(const registry::Registry& registry, Id group, const access::Viewer& viewer,
                                       std::string_view today) {
  std::vector<Id> teams;
  TRY_ASSIGN(const auto out, registry.links_from(group, viewer));
  for (const registry::Link& link : out) {
    if (link.field == "members" && link.to_kind == Kind::team && holds(link, today)) {
      teams.push_back(link.to);
    }
  }
  TRY_ASSIGN(const auto in, registry.links_to(group, viewer, k_most_links));
  for (const registry::Link& link : in) {
    if (link.field == "areas" && link.from_kind == Kind::team && holds(link, today)) {
      teams.push_back(link.from);
    }
  }
  std::ranges::sort(teams);
  teams.erase(std::ranges::unique(teams).begin(), teams.end());
  return teams;
}

Result<std::optional<GroupRoom>> group_for(const Site& site, const access::Actor& actor, Id id, const Words& words) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, actor.viewer));
  if (!found.card || found.card->kind != Kind::group) {
    return std::nullopt;
  }
  GroupRoom room;
  room.id = found.id;
  room.label = title_of(*found.card, words);
  room.address = thing_address(words.code(), Kind::group, found.id);
  const std::string today = booking::day_text(booking::day_of(site.settings().groups->now()));
  room.scope.group = found.id;
  room.scope.this_year = year_of(today);
  TRY_ASSIGN(room.scope.teams, teams_of_group(site.registry(), found.id, actor.viewer, today));
  room.by.account = actor.account;
  if (access::may_somewhere(actor, access::Right::lead_group)) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(found.id, today));
    room.by.leads = access::may(actor, access::Right::lead_group, object);
  }
  return room;
}

http::Answer at_group(const Site& site, const http::Request& request, Language language, std::string_view id, For whom,
                      const AtGroup& go) {
  const auto parsed = Id::parse(id);
  if (!parsed) {
    return site.error(request, language, 404, id);
  }
  const auto room = group_for(site, request.who(), *parsed, site.words(language));
  if (!room) {
    return site.error(request, language, 500);
  }
  if (!*room) {
    return site.error(request, language, 404, id);
  }
  if (whom == For::its_leader && !(*room)->by.leads) {
    return refused(site, request, language);
  }
  auto answer = go(**room);
  if (answer) {
    return std::move(*answer);
  }
  return site.error(request, language, answer.error().is(groups::errors::unknown) ? 404 : 500);
}

const std::string& in_language(const groups::Both& both, const Words& words) {
  return in_language(both, words.language());
}

const std::string& in_language(const groups::Both& both, Language language) {
  const bool french = language == Language::french;
  const std::string& own = french ? both.french : both.english;
  const std::string& other = french ? both.english : both.french;
  return own.empty() ? other : own;
}

std::string language_shown(const groups::Both& both, const Words& words) {
  const bool is_french = &in_language(both, words) == &both.french;
  return is_french ? "fr" : "en";
}

http::Answer group_list(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                        GroupList list, Rows rows) {
  const Words& words = site.words(language);
  if (rows == Rows::all) {
    return list.sheet.csv_answer(words);
  }
  View body = std::move(list.body);
  body["heading"] = list.title + " – " + room.label;
  body["none"] = list.none;
  list.sheet.sort(request.parameter("sort"));
  if (list.sheet.size() > 0) {
    body["sheet"] = list.sheet.view(room.address + list.path, list.title, words);
    body["csv_url"] = room.address + list.path + ".csv";
  }
  return site.page(request, language, "group_list", list.title, std::move(body),
                   {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                    {room.label, room.address},
                    {list.title, {}}});
}

namespace {

// As a page would tell it, not as the form sends it.
std::string told_value(const FormField& field, std::string_view value, const Words& words) {
  for (const auto& [code, label] : field.choices) {
    if (code == value) {
      return label;
    }
  }
  constexpr size_t k_time = std::string_view("2026-03-02T09:30").size();
  if (value.empty()) {
    return "–";
  }
  return field.type == "date"                                       ? words.date(value)
         : field.type == "datetime-local" && value.size() == k_time ? wall_time(value, words)
                                                                    : std::string(value);
}

// Rule 3: what was stored meanwhile, where it is not what was typed.
Views stored_otherwise(const GroupForm& form, const http::Form& stored, const Words& words) {
  Views out;
  for (const FormField& field : form.fields) {
    const std::string_view now = stored.value(field.name);
    if (now != form.typed.value(field.name)) {
      out.push_back(view({{"label", words.get(field.word)}, {"text", told_value(field, now, words)}}));
    }
  }
  return out;
}

}  // namespace

http::Answer group_form_again(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                              GroupForm form, const Error& error, const http::Form& stored) {
  form.problems = {group_problem(error, form.typed, site.words(language))};
  form.status = error.kind().status;
  if (error.is(groups::errors::changed)) {
    form.theirs = stored_otherwise(form, stored, site.words(language));
  }
  return group_form(site, request, language, room, std::move(form));
}

http::Answer group_form(const Site& site, const http::Request& request, Language language, const GroupRoom& room,
                        GroupForm form) {
  const Words& words = site.words(language);
  View body = view({{"heading", form.title}, {"lead", form.lead}});
  body["form"] = form_view(words, form.action, form.button, form.fields, &form.typed, form.problems);
  body["theirs"] = std::move(form.theirs);
  http::Answer answer = form_page(site, request, language, "group_form", form.title, std::move(body),
                                  {{words.kinds(Kind::group), "/" + std::string(words.code()) + "/group"},
                                   {room.label, room.address},
                                   {form.title, {}}});
  answer.status = form.status;
  return answer;
}

FormProblem group_problem(const Error& error, const http::Form& typed, const Words& words) {
  static constexpr std::pair<std::string_view, std::string_view> k_fields[] = {
      {"GROUPS_TITLE", "title_fr"}, {"GROUPS_DAY", "published"}, {"GROUPS_ENDS_FIRST", "ends"},
      {"GROUPS_CLOSES", "closes"},  {"GROUPS_PLACES", "places"}, {"GROUPS_ADDRESS", "online"}};
  const std::string message = problem_words(error, words);
  for (const auto& [code, field] : k_fields) {
    if (code == error.kind().code) {
      return {std::string(field), message};
    }
  }
  // A time that is none: that of the field in which it stands.
  for (const std::string_view field : {"begins", "ends", "closes"}) {
    if (!error.args().empty() && error.args().front() == one_line(typed, field)) {
      return {std::string(field), message};
    }
  }
  return {{}, message};
}

std::string one_line(const http::Form& form, std::string_view name) { return squeeze(form.value(name)); }

std::string when_words(const groups::Event& event, const Words& words) {
  const auto zone = booking::Zone::named(booking::k_home_zone);
  return zone ? span_words({event.begins, event.ends}, *zone, words) : event.local_begin;
}

Result<void> group_deed(const Site& site, store::Transaction& transaction, const GroupRoom& room, std::string verb,
                        int64_t account) {
  return site.settings().entry.access->audit().record(
      transaction, {account, std::move(verb), "group", static_cast<int64_t>(room.id.bits()), room.id.text()});
}

access::RoomSource group_room(CurrentIndex index, const groups::Groups& groups) {
  return [index = std::move(index), &groups](const access::Looking& looking) -> Result<std::vector<access::RoomLine>> {
    const bool french = looking.language == Language::french;
    std::vector<access::RoomLine> out;
    TRY_ASSIGN(const auto member_of,
               looking.card == Id() ? Result<std::vector<Id>>(std::vector<Id>()) : groups.groups_of(looking.card));
    for (const search::Hit& hit : index()->known(member_of, looking.actor.viewer)) {
      out.push_back({"groups.member_of", 1, "/group/" + hit.id.text(),
                     std::string(search::title_in(hit.title, french ? "fr" : "en"))});
    }
    TRY_ASSIGN(const std::vector<groups::Event> coming, groups.coming(looking.actor.account));
    for (const groups::Event& event : coming) {
      out.push_back({"groups.comes_to", 1, "/group/" + event.group.text() + "/events/" + std::to_string(event.id),
                     in_language(event.title, looking.language)});
    }
    return out;
  };
}

void add_groups(const Site& site, http::Router& router) {
  add_group_news(site, router);
  add_group_events(site, router);
  add_group_size(site, router);
  add_group_topics(site, router);
  if (site.settings().entry.access != nullptr) {
    add_group_members(site, router);
    add_group_presentation(site, router);
  }
}

}  // namespace pitchblende::pages
