#include "pages/things/thing_page.hpp"

#include <algorithm>
#include <map>

#include "base/clock.hpp"
#include "pages/address.hpp"
#include "pages/around.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/curation/curation_pages.hpp"
#include "pages/data.hpp"
#include "pages/groups/event_card.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/partnerships/partner_room.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/thing_table.hpp"
#include "pages/things/areas_led.hpp"
#include "pages/things/thing_facts.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;

constexpr int64_t k_most_incoming = 300;
constexpr size_t k_shown_incoming = 60;

// Things of these kinds are found around in the index: what links to them is listed there.
bool is_around(Kind kind) {
  return kind == Kind::person || kind == Kind::organisation || kind == Kind::team || kind == Kind::group;
}

// Of either end of the links, in the reader's language.
std::map<Id, std::string> titles_of(const Site& site, const std::vector<registry::Link>& links, Id registry::Link::*end,
                                    const Words& words) {
  std::vector<Id> ids;
  ids.reserve(links.size());
  for (const registry::Link& link : links) {
    ids.push_back(link.*end);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<Id, std::string> out;
  for (const search::Hit& hit : site.index_so_far()->known(ids, access::Viewer::visitor())) {
    out.emplace(hit.id, search::title_in(hit.title, words.code()));
  }
  return out;
}

// What a card's topics are called in the reader's language, where a vocabulary calls them otherwise than the card.
std::map<std::string, std::string, std::less<>> topics_called(const Site& site, const registry::Card& card,
                                                              Language language) {
  const auto index = site.index_so_far();
  std::map<std::string, std::string, std::less<>> out;
  for (const registry::CardField& field : card.fields) {
    if (!holds_topics(registry::description(field.field))) {
      continue;
    }
    for (const registry::CardValue& value : field.values) {
      if (std::string topic = index->topic_in(value.value.text, language); topic != value.value.text) {
        out.emplace(value.value.text, std::move(topic));
      }
    }
  }
  return out;
}

std::string_view other_way(std::string_view succession) {
  return succession == "successors" ? "predecessors" : "successors";
}

// Whether the thing says itself that it leads there.
bool leads_to(const Thing& thing, std::string_view field, Id there) {
  return std::any_of(thing.links.begin(), thing.links.end(),
                     [&](const registry::Link& link) { return link.field == field && link.to == there; });
}

// What links here, a block for each kind and field; `said` has the fields that the index lists already.
Result<Views> incoming_blocks(const Site& site, const Thing& thing, const access::Viewer& viewer, const Words& words) {
  if (thing.card.kind == Kind::person || thing.card.kind == Kind::group) {
    return Views{};
  }
  TRY_ASSIGN(const auto links, site.registry().links_to(thing.card.id, viewer, k_most_incoming));
  const auto titles = titles_of(site, links, &registry::Link::from, words);
  std::map<std::pair<Kind, std::string>, Views> groups;
  for (const registry::Link& link : links) {
    const bool succession = link.field == "predecessors" || link.field == "successors";
    if ((is_around(thing.card.kind) && !succession) || link.from == thing.card.id ||
        (succession && leads_to(thing, other_way(link.field), link.from))) {
      continue;
    }
    Views& items = groups[{link.from_kind, link.field}];
    if (items.size() < k_shown_incoming) {
      const auto title = titles.find(link.from);
      View item = view({{"label", title == titles.end() ? link.from_label : title->second},
                        {"url", thing_address(words.code(), link.from_kind, link.from)},
                        {"note", words.of_code(link.role)},
                        {"dates", words.period(link.since, link.until)}});
      items.push_back(std::move(item));
    }
  }
  Views blocks;
  for (auto& [what, items] : groups) {
    const auto field = registry::find_field(what.first, what.second);
    View block = view({{"id", std::string(registry::name(what.first)) + "-" + what.second}});
    // "Equipment (platforms)": the kind says what they are; the field says how, where one kind comes by several ways.
    const bool alone = !is_around(thing.card.kind) &&
                       std::count_if(groups.begin(), groups.end(),
                                     [&](const auto& each) { return each.first.first == what.first; }) == 1;
    const auto other_end =
        registry::find_field(what.first, what.second == "successors" ? "predecessors" : "successors");
    const bool succession = what.second == "successors" || what.second == "predecessors";
    block["title"] = succession && other_end
                         ? words.label(*other_end)
                         : words.kinds(what.first) + (alone || !field ? "" : " – " + words.label(*field));
    block["count"] = words.number(items.size());
    block["links"] = View{{"items", std::move(items)}};
    blocks.push_back(std::move(block));
  }
  return blocks;
}

// When people decided what stands on the card, by number.
Result<std::map<int64_t, std::string>> decided_when(const Site& site, const registry::Card& card) {
  std::map<int64_t, std::string> out;
  const auto is_decided = [](const registry::CardField& field) {
    return std::ranges::any_of(field.values, [](const registry::CardValue& value) { return value.decision != 0; });
  };
  if (std::ranges::none_of(card.fields, is_decided)) {
    return out;
  }
  TRY_ASSIGN(const auto events, site.registry().history(card.id));
  for (const registry::Event& each : events) {
    if (each.what == "override") {
      out.emplace(each.number, each.at.substr(0, 10));
    }
  }
  return out;
}

// docs/rules/provenance.md, rule 3.
bool may_name(const registry::CardSource& source, const access::Viewer& viewer) {
  return source.republish || viewer.reach != access::Visibility::everyone;
}

bool has_implied(const registry::Card& card) {
  return std::any_of(card.fields.begin(), card.fields.end(), [](const registry::CardField& field) {
    return std::any_of(field.values.begin(), field.values.end(),
                       [](const registry::CardValue& value) { return registry::is_implied(value.value); });
  });
}

// docs/rules/provenance.md, rules 1 to 3 and 6. A card of one source says so at its foot.
Result<std::optional<Tellers>> tellers_of(const Site& site, const registry::Card& card, const access::Viewer& viewer,
                                          const Words& words) {
  TRY_ASSIGN(const auto decided, decided_when(site, card));
  Tellers out;
  out.sole = card.sources.size() < 2 && decided.empty();
  if (out.sole && !has_implied(card)) {
    return std::optional<Tellers>();
  }
  for (const registry::CardSource& source : card.sources) {
    const std::string date = words.date(source.date);
    out.sources.push_back(may_name(source, viewer)
                              ? source_title(site, source.source, words) + (date.empty() ? "" : " (" + date + ")")
                              : std::string());
  }
  for (const auto& [number, at] : decided) {
    out.decisions.emplace(number, put_in(words.get("provenance.decided"), "date", words.date(at)));
  }
  return std::optional(std::move(out));
}

View provenance(const Site& site, const Thing& thing, const access::Viewer& viewer, const Words& words) {
  std::map<std::string, std::string> sources;  // title, latest date
  for (const auto& source : thing.card.sources) {
    if (may_name(source, viewer)) {
      std::string& date = sources[source_title(site, source.source, words)];
      date = std::max(date, source.date);
    }
  }
  Views list;
  for (const auto& [name, date] : sources) {
    View source = view({{"name", name}, {"date", words.date(date)}});
    source["and_more"] = list.size() + 1 < sources.size();
    list.push_back(std::move(source));
  }
  const std::string address = thing_address(words.code(), thing.card.kind, thing.card.id);
  Views formats;
  for (const auto& [label, suffix] : {std::pair{"JSON", ".json"}, {"JSON-LD", ".jsonld"}, {"CSV", ".csv"}}) {
    formats.push_back(view({{"label", label}, {"url", address + suffix}}));
  }
  const bool has_sources = !list.empty();
  return View{{"names", origins_of_name(thing, words)},
              {"has_sources", has_sources},
              {"sources", std::move(list)},
              {"address", thing_name(thing.card.id)},
              {"formats", std::move(formats)}};
}

Views alternates(const Thing& thing, const Words& words) {
  const std::string address = thing_address(words.code(), thing.card.kind, thing.card.id);
  Views out;
  for (const auto& [type, suffix] :
       {std::pair{"application/json", ".json"}, {"application/ld+json", ".jsonld"}, {"text/csv", ".csv"}}) {
    out.push_back(view({{"type", type}, {"url", address + suffix}, {"label", std::string(suffix).substr(1)}}));
  }
  return out;
}

void append(Views& to, Views&& from) {
  for (auto& each : from) {
    to.push_back(std::move(each));
  }
}

// The teams that a group's card lists; of any other thing none.
size_t teams_listed(const Thing& thing) {
  return static_cast<size_t>(std::ranges::count_if(thing.links, [&](const registry::Link& link) {
    return thing.card.kind == Kind::group && link.field == "members" && link.to_kind == Kind::team;
  }));
}

bool is_consortium(const Site& site, const Thing& thing) {
  const std::string& reference = site.settings().consortium;
  if (thing.card.kind != Kind::organisation || reference.empty()) {
    return false;
  }
  const auto id = site.registry().find(reference);
  return id && *id == thing.card.id;
}

// What can be done from here: booked, asked, taken up as a partner, put right.
Result<Views> ways_on(const Site& site, const http::Request& request, const registry::Card& card, const Words& words) {
  TRY_ASSIGN(Views ways, booking_links(site, card, request.who(), words));
  put_ask_link(site, card, words, ways);
  TRY(put_partner_link(site, card, request.who(), words, ways));
  const std::string curated = curation_address(site, request.who(), words, card.id);
  if (!curated.empty()) {
    ways.push_back(view({{"label", words.get("curation.this_card")}, {"url", curated}}));
  } else if (const std::string url = correction_address(site, request.who(), words, card); !url.empty()) {
    ways.push_back(view({{"label", words.get("confirm.held.way")}, {"url", url}}));
  }
  return ways;
}

Result<http::Answer> html(const Site& site, const http::Request& request, const Thing& thing,
                          const access::Viewer& viewer, Language language) {
  const Words& words = site.words(language);
  const Kind kind = thing.card.kind;
  const std::string title = title_of(thing.card, words);
  View body = view({{"kind", std::string(registry::name(kind))},
                    {"kind_label", words.kind(kind)},
                    {"list_url", "/" + std::string(words.code()) + "/" + std::string(registry::name(kind))},
                    {"label", title},
                    {"subtitle", subtitle_of(thing, words)}});
  body["badges"] = badges_of(thing.card, site.today(), words);
  TRY(put_star(site, request, thing.card.id, body));
  TRY_ASSIGN(body["ways"], ways_on(site, request, thing.card, words));
  Views blocks = prose_of(thing, words);
  Views aside;
  for (const bool beside : {false, true}) {
    View facts = facts_of(thing, beside, words);
    if (facts.contains("facts")) {
      (beside ? aside : blocks).push_back(std::move(facts));
    }
  }
  append(blocks, link_blocks_of(thing, words));
  // A card shows what it says itself while the index, which knows what is around it, is being made.
  const bool whole = !site.making();
  if (whole && is_consortium(site, thing)) {
    append(blocks, roles_in_consortium(site, viewer, words));
  }
  if (whole && kind == Kind::organisation) {
    TRY_ASSIGN(Views led, areas_led(site, thing.card.id, site.today(), viewer, words));
    append(blocks, std::move(led));
  }
  Around near = whole ? around(site, kind, thing.card.id, teams_listed(thing), viewer, words) : Around{};
  append(blocks, std::move(near.blocks));
  TRY_ASSIGN(Views incoming, incoming_blocks(site, thing, viewer, words));
  append(blocks, std::move(incoming));
  if (kind == Kind::group && site.settings().groups != nullptr) {
    TRY(put_group_site(site, request, thing.card.id, words, body, blocks));
  }
  TRY(put_event_page(site, request, thing.card, words, body));
  append(aside, std::move(near.aside));
  body["blocks"] = std::move(blocks);
  body["aside"] = std::move(aside);
  body["provenance"] = provenance(site, thing, viewer, words);
  body["alternates"] = alternates(thing, words);
  body["description"] = title + " – " + words.kind(kind);
  return site.page(
      request, language, "thing", title, std::move(body),
      {{words.kinds(kind), "/" + std::string(words.code()) + "/" + std::string(registry::name(kind))}, {title, {}}});
}

Result<http::Answer> data(const Site& site, const http::Request& request, registry::Card card, Language language,
                          http::Format format) {
  const Leading leading = format == http::Format::csv ? Leading::links : Leading::links_and_people;
  TRY_ASSIGN(std::vector<Thing> open, open_things(site.registry(), {std::move(card)}, leading, request.who().viewer));
  if (open.empty()) {
    return site.error(request, language, 403);
  }
  const Thing& thing = open.front();
  if (format == http::Format::csv) {
    http::Answer answer;
    answer.type = http::media_type(format);
    answer.body = things_csv(open, language == Language::french ? "fr" : "en");
    answer.shared = true;
    return answer;
  }
  if (format == http::Format::jsonld) {
    View node = thing_jsonld(thing);
    node["@context"] = jsonld_context(site.settings().entry.address);
    return json_answer(node, format);
  }
  View out = thing_json(thing);
  TRY_ASSIGN(const auto decided, decided_when(site, thing.card));
  out["provenance"] = thing_origins(thing, decided);
  return json_answer(out, format);
}

Result<http::Answer> answer_thing(const Site& site, const http::Request& request, Language language, Id id,
                                  std::string_view kind, http::Format format) {
  const access::Viewer& viewer = request.who().viewer;
  TRY_ASSIGN(registry::Found found, site.registry().find(id, viewer));
  if (!found.card) {
    return site.error(request, language, found.presence == registry::Presence::withdrawn ? 410 : 404);
  }
  const std::string here = thing_address(site.words(language).code(), found.card->kind, found.id);
  if (found.id != id || registry::name(found.card->kind) != kind) {
    static constexpr std::string_view k_suffixes[] = {"", ".json", ".jsonld", ".csv"};
    return redirect(301, here + std::string(k_suffixes[static_cast<size_t>(format)]));
  }
  if (format != http::Format::html) {
    return data(site, request, std::move(*found.card), language, format);
  }
  Thing thing;
  TRY_ASSIGN(thing.links, site.registry().links_from(id, viewer));
  thing.titles = titles_of(site, thing.links, &registry::Link::to, site.words(language));
  thing.topics = topics_called(site, *found.card, language);
  TRY_ASSIGN(thing.named, site.registry().named_in(*found.card, viewer));
  TRY_ASSIGN(thing.tellers, tellers_of(site, *found.card, viewer, site.words(language)));
  thing.card = std::move(*found.card);
  thing.site = site.settings().entry.address;
  return html(site, request, thing, viewer, language);
}

}  // namespace

http::Answer thing_page(const Site& site, const http::Request& request, Language language, std::string_view kind,
                        std::string_view id, http::Format format) {
  const auto parsed = Id::parse(id);
  if (!registry::kind(kind) || !parsed) {
    return site.error(request, language, 404, id);
  }
  auto answer = answer_thing(site, request, language, *parsed, kind, format);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

http::Answer identifier_page(const Site& site, const http::Request& request, std::string_view scheme,
                             std::string_view value) {
  const Language language = http::preferred_language(request.header("accept-language"));
  std::optional<Id> id = scheme == "pitchblende" ? Id::parse(value) : std::nullopt;
  if (scheme != "pitchblende" && scheme != "name" && scheme != "email" && scheme != "local") {
    const auto normal = registry::normalise_identifier(scheme, value);
    auto found = site.registry().find(registry::reference(scheme, normal ? *normal : std::string(value)));
    id = found ? *found : std::nullopt;
  }
  if (!id) {
    return site.error(request, language, 404, value);
  }
  const auto found = site.registry().find(*id, request.who().viewer);
  if (!found || !found->card) {
    return site.error(request, language, found && found->presence == registry::Presence::withdrawn ? 410 : 404);
  }
  http::Answer answer = redirect(303, thing_address(site.words(language).code(), found->card->kind, found->id));
  answer.headers.emplace_back("Vary", "Accept-Language");
  return answer;
}

}  // namespace pitchblende::pages
