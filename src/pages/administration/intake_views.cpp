#include "pages/administration/intake_views.hpp"

#include <algorithm>
#include <map>

#include "access/access_rules.hpp"
#include "pages/address.hpp"
#include "pages/administration/intake_reading.hpp"
#include "pages/entry/entry.hpp"

namespace pitchblende::pages {

namespace {

using intake::Intake;
using intake::State;

constexpr int64_t k_listed = 50;
constexpr uint32_t k_most_members = 200;
constexpr int64_t k_most_made = 5000;

std::string label_of(const Site& site, Id id) {
  const auto cards = site.registry().cards({id}, access::Viewer::visitor());
  return cards && !cards->empty() ? cards->front().label : std::string();
}

std::string count_of(const Words& words, int64_t count) { return words.number(static_cast<uint64_t>(count)); }

std::string format_label(const Words& words, const intake::Said& said) {
  for (const sources::Format& each : sources::formats()) {
    if (each.name == said.format) {
      const std::string label(words.language() == Language::french ? each.french : each.english);
      return said.mapping.empty() ? label : label + " – " + words.get("intake.own_columns");
    }
  }
  return said.mapping.empty() ? said.format : words.get("intake.own_mapping");
}

View state_view(const Words& words, State state) {
  const std::string name(intake::name(state));
  View out = view({{"state", words.get("intake.states." + name)}});
  const bool good = state == State::applied || state == State::tried;
  const bool bad = state == State::refused || state == State::failed;
  out["badge"] = good ? "badge good" : bad ? "badge bad" : "badge";
  return out;
}

}  // namespace

Result<std::vector<intake::KnownSource>> own_sources(const Site& site, const access::Actor& actor) {
  TRY_ASSIGN(std::vector<intake::KnownSource> all, site.settings().intake->sources());
  if (access::may(actor, access::Right::bring_source, {})) {
    return all;
  }
  std::vector<intake::KnownSource> out;
  for (intake::KnownSource& each : all) {
    const auto id = each.institution_ref.empty() ? Result<std::optional<Id>>(std::nullopt)
                                                 : site.registry().find(each.institution_ref);
    TRY_ASSIGN(const access::Object object, site.registry().object_for(id && *id ? **id : Id(), actor.today));
    if (object.id != Id() && access::may(actor, access::Right::bring_source, object)) {
      out.push_back(std::move(each));
    }
  }
  return out;
}

Result<std::vector<Intake>> own_intakes(const Site& site, const access::Actor& actor) {
  TRY_ASSIGN(std::vector<Intake> all, site.settings().intake->list(k_listed));
  std::vector<Intake> out;
  for (Intake& each : all) {
    TRY_ASSIGN(const access::Object object, site.registry().object_for(each.said.object, actor.today));
    if (access::may(actor, access::Right::bring_source, object)) {
      out.push_back(std::move(each));
    }
  }
  return out;
}

Sheet intake_sheet(const Site& site, const Words& words, const std::vector<Intake>& intakes) {
  Sheet sheet({{"source", "intake.name"},
               {"format", "intake.format"},
               {"institution", "intake.institution"},
               {"at", "intake.at"},
               {"state", "intake.state"}});
  for (const Intake& each : intakes) {
    const std::string name(intake::name(each.state));
    const bool good = each.state == State::applied || each.state == State::tried;
    const bool bad = each.state == State::refused || each.state == State::failed;
    sheet.add({{each.said.source, below(words, "/admin/sources/" + std::to_string(each.id))},
               {format_label(words, each.said)},
               {label_of(site, each.said.object)},
               time_cell(each.created, words),
               {words.get("intake.states." + name),
                {},
                good  ? "good"
                : bad ? "bad"
                      : "plain"}});
  }
  return sheet;
}

Sheet source_sheet(const Site& site, const Words& words, const std::vector<intake::KnownSource>& sources) {
  Sheet sheet({{"name", "intake.name"},
               {"records", "intake.records"},
               {"rejected", "intake.rejected"},
               {"trust", "intake.trust"},
               {"licence", "intake.licence"},
               {"republish", "intake.republish"},
               {"last", "intake.last"},
               {"state", "intake.state"}});
  const auto number = [&](int64_t of) { return SheetCell{count_of(words, of), {}, {}, ordered(of)}; };
  for (const intake::KnownSource& each : sources) {
    const std::string title = source_title(site, each.name, words);
    sheet.add({{title == each.name ? each.name : title + " (" + each.name + ")"},
               number(each.records),
               number(each.rejected),
               number(each.trust),
               {each.licence},
               {words.get(each.republish ? "yes" : "no")},
               time_cell(each.last, words),
               {each.state.empty() ? "" : words.get("intake.runs." + each.state)}});
  }
  return sheet;
}

void put_terms_fields(const Words& words, bool trusts, const http::Form* typed, const intake::Said* said, View& body) {
  const auto shown = [&](const char* name, std::string stands) {
    return typed != nullptr ? std::string(typed->value(name)) : std::move(stands);
  };
  body["licence"] = shown("licence", said == nullptr ? std::string() : said->licence.value_or(std::string()));
  body["trusts"] = trusts;
  body["trust"] = shown("trust", said == nullptr ? std::string() : std::to_string(said->trust.value_or(0)));
  const std::string republish = shown("republish", said == nullptr                   ? std::string()
                                                   : said->republish.value_or(false) ? "yes"
                                                                                     : "no");
  Views choices;
  for (const std::string choice : {"", "yes", "no"}) {
    if (choice.empty() && said != nullptr) {
      continue;  // it is known
    }
    View each{{"label", words.get(choice.empty() ? "intake.as_before" : choice)}};
    each["value"] = choice;
    each["selected"] = choice == republish;
    choices.push_back(std::move(each));
  }
  body["republishes"] = std::move(choices);
}

View intake_view(const Site& site, const Words& words, const Intake& intake, const http::Form* typed,
                 const http::Form* columns) {
  View body = state_view(words, intake.state);
  body["source"] = typed != nullptr ? std::string(typed->value("source")) : intake.said.source;
  body["format"] = format_label(words, intake.said);
  body["institution"] = label_of(site, intake.said.object);
  body["at"] = moment(words, intake.created);
  Views terms;
  const auto term = [&](const char* word, const std::string& said) {
    terms.push_back(view({{"label", words.get(word)}, {"said", said.empty() ? "–" : said}}));
  };
  term("intake.licence", intake.said.licence.value_or(std::string()));
  term("intake.republish", words.get(intake.said.republish.value_or(false) ? "yes" : "no"));
  term("intake.trust", count_of(words, intake.said.trust.value_or(0)));
  body["terms"] = std::move(terms);
  body["revision"] = std::to_string(intake.revision);
  body["waits"] = intake.state == State::waiting || intake.state == State::applying;
  body["can_apply"] = intake.state == State::tried;
  body["can_accept"] = intake.state == State::refused;
  body["can_say"] = intake.state == State::tried || intake.state == State::refused || intake.state == State::failed;
  body["is_applied"] = intake.state == State::applied;
  const bool own = typed != nullptr ? !typed->value("own").empty() : !intake.said.mapping.empty();
  body["own"] = own;
  const std::string mapping = intake::IntakeRoom::mapping_text(intake.said);
  const std::string shown = typed != nullptr ? std::string(typed->value("mapping")) : mapping;
  if (!shown.empty()) {
    body["mapping"] = shown;
  }
  const auto targets = mapping.empty() ? Result<std::vector<sources::Target>>() : sources::mapping_targets(mapping);
  const auto known = targets.value_or(std::vector<sources::Target>());
  put_report(words, intake, known, body);
  if (intake.state != State::dropped) {
    put_reading(site, words, intake, known, columns, body);
  }
  return body;
}

Result<Sheet> made_sheet(const Site& site, const access::Actor& actor, const Words& words, const Intake& intake) {
  TRY_ASSIGN(const auto all, site.settings().intake->made(intake, k_most_made));
  std::vector<Id> things;
  for (const intake::Made& each : all) {
    things.push_back(each.thing);
  }
  TRY_ASSIGN(const auto cards, site.registry().cards(things, actor.viewer));
  std::map<Id, const registry::Card*> of;
  for (const registry::Card& card : cards) {
    of.emplace(card.id, &card);
  }
  Sheet sheet({{"kind", "intake.kind"}, {"key", "intake.key"}, {"thing", "intake.thing"}});
  for (const intake::Made& each : all) {
    const auto kind = registry::kind(each.kind);
    const auto found = of.find(each.thing);
    const bool has_page = found != of.end() && found->second->page;
    sheet.add({{kind ? words.kind(*kind) : each.kind},
               {each.key},
               {found == of.end() ? "" : found->second->label,
                has_page ? thing_address(words.code(), found->second->kind, each.thing) : ""}});
  }
  return sheet;
}

Views institution_choices(const Site& site, const access::Actor& actor, const Words& words, const http::Form* typed) {
  search::Query query;
  query.filters = {{search::Facet::kind, {std::string(registry::name(registry::Kind::organisation))}},
                   {search::Facet::role, {"member", "partner", "founder", "regional_player"}}};
  query.order = search::Order::title;
  query.size = k_most_members;
  query.snippets = false;
  const std::string chosen = typed == nullptr ? std::string() : std::string(typed->value("institution"));
  Views out;
  if (access::may(actor, access::Right::bring_source, {})) {
    out.push_back(view({{"value", "none"}, {"label", words.get("intake.nobody")}}));
  }
  for (const search::Hit& hit : site.index()->search(query, access::Viewer::visitor()).hits) {
    const auto object = site.registry().object_for(hit.id, actor.today);
    if (object && access::may(actor, access::Right::bring_source, *object)) {
      View each = view({{"value", hit.id.text()}, {"label", search::title_in(hit.title, words.code())}});
      each["selected"] = hit.id.text() == chosen;
      out.push_back(std::move(each));
    }
  }
  return out;
}

Views format_choices(const Words& words, std::string_view chosen, const intake::Reading* last) {
  Views out;
  out.push_back(
      view({{"value", "find"}, {"label", words.get(last == nullptr ? "intake.find_out" : "intake.find_anew")}}));
  if (last != nullptr) {
    View before = view(
        {{"value", "before"}, {"label", put_in(words.get("intake.read_as_last"), "when", moment(words, last->when))}});
    before["selected"] = chosen == "before";
    out.push_back(std::move(before));
  }
  for (const sources::Format& each : sources::formats()) {
    View choice =
        view({{"value", each.name}, {"label", words.language() == Language::french ? each.french : each.english}});
    choice["selected"] = each.name == chosen;
    out.push_back(std::move(choice));
  }
  return out;
}

}  // namespace pitchblende::pages
