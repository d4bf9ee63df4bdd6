#include "pages/administration/intake_views.hpp"

#include <algorithm>
#include <map>

#include "access/access_rules.hpp"
#include "pages/address.hpp"
#include "pages/administration/intake_columns.hpp"
#include "pages/entry/entry.hpp"

namespace pitchblende::pages {

namespace {

using intake::Intake;
using intake::State;

constexpr int64_t k_previewed = 10;  // rows
constexpr int64_t k_listed = 50;
constexpr uint32_t k_most_members = 200;
constexpr int64_t k_most_made = 5000;

std::string label_of(const Site& site, Id id) {
  const auto cards = site.registry().cards({id}, access::Viewer::visitor());
  return cards && !cards->empty() ? cards->front().label : std::string();
}

std::string count_of(const Words& words, int64_t count) { return words.number(static_cast<uint64_t>(count)); }

std::string format_label(const Words& words, const intake::Said& said) {
  if (!said.mapping.empty()) {
    return words.get("intake.own_mapping");
  }
  for (const sources::Format& each : sources::formats()) {
    if (each.name == said.format) {
      return std::string(words.language() == Language::french ? each.french : each.english);
    }
  }
  return said.format;
}

View state_view(const Words& words, State state) {
  const std::string name(intake::name(state));
  View out = view({{"state", words.get("intake.states." + name)}});
  const bool good = state == State::applied || state == State::tried;
  const bool bad = state == State::refused || state == State::failed;
  out["badge"] = good ? "badge good" : bad ? "badge bad" : "badge";
  return out;
}

Views remarks(const std::vector<intake::Remark>& all, const std::vector<sources::Target>& targets, const Words& words) {
  Views out;
  for (const intake::Remark& each : all) {
    out.push_back(view({{"place", each.place},
                        {"field", field_words(words, each.kind, each.field, targets)},
                        {"message", words.language() == Language::french ? each.french : each.english},
                        {"excerpt", each.excerpt}}));
  }
  return out;
}

// "engineer (title: Ingénieur, since: 2019)"
std::string value_words(const registry::Value& value, const Words& words) {
  std::string beside;
  for (const auto& [attribute, text] : value.attributes) {
    beside += (beside.empty() ? " (" : ", ") + attribute_words(words, attribute) + words.get("form.colon") + " " + text;
  }
  return value.text + (beside.empty() ? "" : beside + ")");
}

// A record's fields as a reader sees them: label and values.
std::string said_of(const registry::Record& record, const Words& words) {
  std::string out;
  std::optional<registry::FieldId> last;
  for (const auto& [field, value] : record.values) {
    out += last == field ? "; " : (out.empty() ? "" : " · ") + words.label(field) + words.get("form.colon") + " ";
    out += value_words(value, words);
    last = field;
  }
  return out;
}

void put_preview(const Site& site, const Words& words, const Intake& intake,
                 const std::vector<sources::Target>& targets, View& body) {
  const auto preview = site.settings().intake->preview(intake, k_previewed);
  if (!preview) {
    body["preview_problem"] = preview.error().message(words.language());
    return;
  }
  Views rows;
  for (const auto& each : preview->accepted) {
    rows.push_back(view({{"line", std::to_string(each.place.line > 0 ? each.place.line : each.place.record)},
                         {"kind", words.kind(each.record.kind)},
                         {"key", each.record.key},
                         {"said", said_of(each.record, words)}}));
  }
  body["preview_columns"] = column_views(words, preview->columns, targets);
  body["preview_rows"] = std::move(rows);
}

// "family_name, given_names", in words.
std::string fields_words(const Words& words, std::string_view kind, std::string_view fields) {
  std::string out;
  while (!fields.empty()) {
    const size_t end = std::min(fields.find(", "), fields.size());
    out += (out.empty() ? "" : ", ") + field_words(words, kind, fields.substr(0, end), {});
    fields.remove_prefix(std::min(end + 2, fields.size()));
  }
  return out;
}

void put_report(const Words& words, const Intake& intake, const std::vector<sources::Target>& targets, View& body) {
  if (intake.report.empty()) {
    return;
  }
  const intake::Report report = intake::decode_report(intake.report);
  body["reported"] = true;
  body["counts"] = Views();
  const std::pair<std::string_view, int64_t> counts[] = {
      {"rows", report.rows},         {"read", report.read},           {"accepted", report.accepted},
      {"rejected", report.rejected}, {"notices", report.notices},     {"fresh", report.fresh},
      {"changed", report.changed},   {"withdrawn", report.withdrawn}, {"unchanged", report.unchanged}};
  Views shown;
  for (const auto& [name, count] : counts) {
    if (name == "rows" && count == 0) {
      continue;  // no table
    }
    shown.push_back(
        view({{"label", words.get("intake.counts." + std::string(name))}, {"count", count_of(words, count)}}));
  }
  body["counts"] = std::move(shown);
  if (report.pageless > 0) {
    body["pageless"] = words.count("intake.pageless", static_cast<uint64_t>(report.pageless));
  }
  const std::string& problem = words.language() == Language::french ? report.problem_french : report.problem_english;
  if (!problem.empty()) {
    body["run_problem"] = problem;
  }
  body["rejects"] = remarks(report.rejects, targets, words);
  body["remarks"] = remarks(report.remarks, targets, words);
  Views differences;
  for (const intake::Difference& each : report.differences) {
    const auto kind = registry::kind(each.kind);
    differences.push_back(view({{"change", words.get("intake.changes." + each.change)},
                                {"kind", kind ? words.kind(*kind) : each.kind},
                                {"key", each.key},
                                {"fields", fields_words(words, each.kind, each.fields)}}));
  }
  body["differences"] = std::move(differences);
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
    const auto title = site.settings().source_titles.find(each.name);
    const bool titled = title != site.settings().source_titles.end() && !title->second.empty();
    sheet.add({{titled ? title->second + " (" + each.name + ")" : each.name},
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

View intake_view(const Site& site, const Words& words, const Intake& intake, const http::Form* typed) {
  View body = state_view(words, intake.state);
  body["source"] = intake.said.source;
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
  if (!mapping.empty() && intake.state != State::dropped) {
    put_preview(site, words, intake, known, body);
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

Views format_choices(const Words& words, std::string_view chosen) {
  Views out;
  out.push_back(view({{"value", "find"}, {"label", words.get("intake.find_out")}}));
  for (const sources::Format& each : sources::formats()) {
    View choice =
        view({{"value", each.name}, {"label", words.language() == Language::french ? each.french : each.english}});
    choice["selected"] = each.name == chosen;
    out.push_back(std::move(choice));
  }
  return out;
}

}  // namespace pitchblende::pages
