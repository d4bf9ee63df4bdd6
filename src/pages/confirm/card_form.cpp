#include "pages/confirm/card_form.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "pages/confirm/tenure_rows.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::pages {

namespace {

using confirm::Edit;
using confirm::Standing;
using registry::Cardinality;
using registry::FieldDescription;
using registry::FieldId;
using registry::FieldType;

constexpr size_t k_most_places = 450;          // a form has 1,000 fields at most, a place two, a row of positions ten
constexpr size_t k_row = k_fields_of_row / 2;  // in places
constexpr size_t k_short = 70;                 // characters; what is longer is written in several lines
constexpr std::array<std::string_view, 5> k_prose{"description", "biography", "how_to_get_access", "acknowledgement",
                                                  "charter"};

bool is_prose(FieldId field) {
  return std::find(k_prose.begin(), k_prose.end(), registry::description(field).name) != k_prose.end();
}
bool is_single(FieldId field) { return registry::description(field).cardinality == Cardinality::one; }
bool is_localized(FieldId field) { return registry::description(field).type == FieldType::localized; }

// A place of the form: a value that stands, or room for one.
struct Place {
  FieldId field;
  std::string lang = {};
  std::string mark = {};
  std::string before = {};
  std::string shown = {};  // what stands in it now: the value, or what was typed
  std::string label = {};  // of a box to be ticked
  bool ticked = false;
  std::string newer = {};  // somebody else's, that stands now
  bool is_taken_away = false;
  std::string problem = {};
};

enum class Control : uint8_t { line, lines, choice, box };

Control control_of(const Place& place) {
  const FieldDescription& field = registry::description(place.field);
  if (field.type == FieldType::flag ||
      (field.type == FieldType::code && !field.codes.empty() && is_single(place.field))) {
    return Control::choice;
  }
  if ((field.type == FieldType::link && !place.mark.empty()) ||
      (field.type == FieldType::code && !field.codes.empty())) {
    return Control::box;
  }
  return is_prose(place.field) || place.shown.size() > k_short ? Control::lines : Control::line;
}

Place place_of(FieldId field, const Standing& standing, const Called& called, const Words& words) {
  Place out{field,
            standing.value.lang,
            standing.mark,
            standing.value.text,
            standing.value.text,
            value_words(field, standing.value, called, words)};
  out.ticked = true;
  return out;
}

Place room(FieldId field, std::string lang) { return {field, std::move(lang)}; }

// The codes that do not stand yet, each as a box.
void add_codes(FieldId field, std::vector<Place>& out, const Words& words) {
  for (const std::string_view code : registry::codes_of(field)) {
    const bool there = std::any_of(out.begin(), out.end(), [&](const Place& each) { return each.before == code; });
    if (!there) {
      Place place = room(field, {});
      place.shown = code;
      place.label = words.of_code(code);
      out.push_back(std::move(place));
    }
  }
}

std::vector<Place> places_of(const registry::Card& card, FieldId field, const Called& called, const Words& words) {
  std::vector<Place> out;
  for (const Standing& each : confirm::standing(card, field)) {
    out.push_back(place_of(field, each, called, words));
  }
  const FieldDescription& described = registry::description(field);
  if (described.type == FieldType::code && !described.codes.empty() && !is_single(field)) {
    add_codes(field, out, words);
    return out;
  }
  if (!is_localized(field)) {
    if (!is_single(field) || out.empty()) {
      out.push_back(room(field, {}));
    }
    return out;
  }
  for (const char* lang : {"fr", "en"}) {
    const bool there = std::any_of(out.begin(), out.end(), [&](const Place& each) { return each.lang == lang; });
    if (!there || !is_single(field)) {
      out.push_back(room(field, lang));
    }
  }
  return out;
}

// The place that what he typed belongs into, as the card stands now; a new one where another fills that.
Place& place_for(std::vector<Place>& places, const Edit& edit) {
  for (Place& each : places) {
    if (!edit.mark.empty() && each.field == edit.field && each.mark == edit.mark) {
      return each;
    }
  }
  for (Place& each : places) {
    const bool same = each.field == edit.field && each.lang == edit.lang;
    const bool free = each.mark.empty() && each.shown.empty();
    const bool code = !each.label.empty() && each.mark.empty() && each.shown == edit.after;
    if (same && (is_single(edit.field) || free || code)) {
      return each;
    }
  }
  auto after =
      std::find_if(places.rbegin(), places.rend(), [&](const Place& each) { return each.field == edit.field; });
  return *places.insert(after.base(), room(edit.field, edit.lang));
}

bool same_edit(const Edit& a, const Edit& b) {
  return a.field == b.field && a.lang == b.lang && a.mark == b.mark && a.before == b.before && a.after == b.after;
}

void overlay(std::vector<Place>& places, const TypedEdit& typed, const confirm::Plan& plan, const Words& words) {
  if (typed.typed == typed.edit.before && !typed.error) {
    return;
  }
  Place& place = place_for(places, typed.edit);
  place.ticked = !typed.typed.empty();
  if (control_of(place) != Control::box) {
    place.shown = typed.typed;
  }
  if (typed.error) {
    place.problem = message_alone(*typed.error, words);
  }
  for (const confirm::Wrong& each : plan.wrong) {
    if (same_edit(each.edit, typed.edit)) {
      place.problem = message_alone(each.error, words);
    }
  }
  for (const confirm::Conflict& each : plan.conflicts) {
    if (same_edit(each.edit, typed.edit)) {
      place.is_taken_away = each.now.empty();
      for (const std::string& now : each.now) {
        place.newer += (place.newer.empty() ? "" : " ; ") + now;
      }
    }
  }
}

Views choices_of(const Place& place, const Words& words) {
  Views out;
  const auto add = [&](std::string_view value, const std::string& label) {
    View each{{"label", label}, {"selected", place.shown == value}};
    each["value"] = value;
    out.push_back(std::move(each));
  };
  add("", words.get("confirm.form.unsaid"));
  if (registry::description(place.field).type == FieldType::flag) {
    add("true", words.get("yes"));
    add("false", words.get("no"));
  }
  for (const std::string_view code : registry::codes_of(place.field)) {
    add(code, words.of_code(code));
  }
  return out;
}

View place_view(const Place& place, size_t number, const std::string& legend, const Words& words) {
  const std::string n = std::to_string(number);
  const Control control = control_of(place);
  View out = view({{"n", n}, {"place_problem", place.problem}, {"newer", place.newer}});
  out["stood"] = std::string(registry::description(place.field).name) + " " + (place.lang.empty() ? "-" : place.lang) +
                 " " + (place.mark.empty() ? "-" : place.mark) + " " + place.before;
  std::string name = legend;
  if (is_localized(place.field) && !place.lang.empty()) {
    name += " (" + words.language(place.lang) + ")";
    out["place_lang"] = place.lang;
  }
  if (place.mark.empty() && control != Control::box && !is_single(place.field)) {
    name += " – " + words.get("confirm.form.another");
  }
  out["name"] = name;
  out["taken_away"] = place.is_taken_away;
  out["asks"] = !place.newer.empty() || place.is_taken_away || !place.problem.empty();
  out["text_value"] = place.shown;
  switch (control) {
    case Control::line:
      out["line"] = true;
      break;
    case Control::lines:
      out["several_lines"] = true;
      break;
    case Control::choice:
      out["choose"] = true;
      out["choices"] = choices_of(place, words);
      break;
    case Control::box:
      out["box"] = true;
      out["box_label"] = place.label;
      out["ticked"] = place.ticked;
      out["text_value"] = place.mark.empty() ? place.shown : place.before;
      break;
  }
  return out;
}

}  // namespace

std::string value_words(FieldId field, const registry::Value& value, const Called& called, const Words& words) {
  const FieldDescription& described = registry::description(field);
  if (described.type == FieldType::flag) {
    return value.text == "true" ? words.get("yes") : words.get("no");
  }
  if (described.type == FieldType::code) {
    return described.name == "languages" ? words.language(value.text) : words.of_code(value.text);
  }
  if (described.type == FieldType::date) {
    return words.date(value.text);
  }
  std::string text = value.text;
  if (described.type == FieldType::link) {
    const auto name = called.find(value.text);
    text = name != called.end() ? name->second : text.starts_with("name:") ? text.substr(5) : text;
    const std::string_view role = value.get(registry::Attribute::role);
    text += role.empty() ? "" : ", " + words.of_code(role);
    const std::string period = words.period(value.get(registry::Attribute::from), value.get(registry::Attribute::to));
    text += period.empty() ? "" : " (" + period + ")";
  }
  return text;
}

Result<Called> called_by(const Site& site, const registry::Card& card, const access::Viewer& viewer,
                         const Words& words) {
  TRY_ASSIGN(const auto links, site.registry().links_from(card.id, viewer));
  std::set<Id> targets;
  for (const registry::Link& link : links) {
    targets.insert(link.to);
  }
  // A group has thousands: the index has their names together, as the reader's language has them.
  std::map<Id, std::string> titles;
  if (const auto index = targets.empty() ? nullptr : site.index_so_far()) {
    for (const search::Hit& hit : index->known(std::vector<Id>(targets.begin(), targets.end()), viewer)) {
      titles.emplace(hit.id, search::title_in(hit.title, words.code()));
    }
  }
  std::map<std::string, std::string> by_key;
  for (const registry::Link& link : links) {
    const auto title = titles.find(link.to);
    by_key.emplace(link.ref, title != titles.end() ? title->second : link.to_label);
  }
  Called out;
  for (const registry::CardField& field : card.fields) {
    for (const registry::CardValue& value : field.values) {
      const auto name = by_key.find(registry::link_key(value.value.text));
      if (registry::description(field.field).type == FieldType::link && name != by_key.end()) {
        out.emplace(value.value.text, name->second);
      }
    }
  }
  return out;
}

namespace {

bool is_there(const http::Form& form, const std::string& name) {
  return std::any_of(form.fields.begin(), form.fields.end(), [&](const auto& each) { return each.first == name; });
}

}  // namespace

Result<std::vector<TypedEdit>> typed_edits(const Site& site, registry::Kind kind, const http::Form& form) {
  std::vector<TypedEdit> out;
  for (size_t at = 0; at < k_most_places + k_most_places; ++at) {
    const std::string n = std::to_string(at);
    std::string_view stood = form.value("s" + n);
    if (stood.empty()) {
      break;
    }
    const auto word = [&] {
      const size_t end = std::min(stood.find(' '), stood.size());
      const std::string_view out_word = stood.substr(0, end);
      stood.remove_prefix(std::min(end + 1, stood.size()));
      return std::string(out_word == "-" ? std::string_view() : out_word);
    };
    const auto field = registry::find_field(kind, word());
    TypedEdit typed;
    typed.edit.lang = word();
    typed.edit.mark = word();
    typed.edit.before = stood;
    if (!field || !confirm::is_asked(*field) || typed.edit.lang.size() > 8) {
      continue;
    }
    typed.edit.field = *field;
    if (const auto dated = confirm::tenured(*field); dated && is_there(form, "b" + n)) {
      out.push_back(typed_tenure(site, *dated, std::move(typed.edit), form, n));
      continue;
    }
    typed.typed = squeeze(form.value("v" + n));
    typed.edit.after = typed.typed;
    if (registry::description(*field).type == FieldType::link && !typed.typed.empty() &&
        typed.typed != typed.edit.before) {
      auto ref = site.settings().upkeep.confirm->reference_for(*field, typed.typed);
      if (ref) {
        typed.edit.after = std::move(*ref);
      } else {
        typed.error = ref.error();
      }
    }
    out.push_back(std::move(typed));
  }
  return out;
}

std::vector<Edit> edits_of(const std::vector<TypedEdit>& typed) {
  std::vector<Edit> out;
  for (const TypedEdit& each : typed) {
    if (!each.error) {
      out.push_back(each.edit);
    }
  }
  return out;
}

bool SentCard::leads_nowhere() const {
  return std::any_of(edits.begin(), edits.end(), [](const TypedEdit& each) { return each.error.has_value(); });
}

int SentCard::status() const {
  return problem                                  ? problem->kind().status
         : !plan.conflicts.empty()                ? 409
         : !plan.wrong.empty() || leads_nowhere() ? 422
                                                  : 200;
}

void put_problems(const SentCard& sent, const Words& words, View& body) {
  Views problems;
  if (sent.problem) {
    problems.push_back(view({{"message", message_alone(*sent.problem, words)}}));
  }
  if (!sent.plan.wrong.empty() || sent.leads_nowhere()) {
    problems.push_back(view({{"message", words.get("confirm.form.wrong")}}));
  }
  if (!sent.plan.conflicts.empty()) {
    problems.push_back(view({{"message", words.get("confirm.form.conflict")}}));
  }
  body["problems"] = std::move(problems);
}

namespace {

View tenured_fields_view(const registry::Card& card, const confirm::Tenured& field, const Called& called,
                         const SentCard& sent, const Words& words, size_t& number) {
  View out =
      view({{"legend", words.label(field.field)}, {"field", std::string(registry::description(field.field).name)}});
  Views rows = tenure_rows(card, field, called, sent, words, number);
  out["field_asks"] =
      std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row.as_object().at("asks_here").as_bool(); });
  out["tenured"] = true;
  out["rows"] = std::move(rows);
  return out;
}

// The part of a form that a field stands in: one frame for what is of a sort, not one for each.
std::string_view group_of(FieldId field) {
  const FieldType type = registry::description(field).type;
  if (confirm::tenured(field) || type == FieldType::link || type == FieldType::mention) {
    return "links";
  }
  return type == FieldType::identifier ? "identifiers" : type == FieldType::localized ? "texts" : "main";
}

// Adds to its group, which stands where its first field is.
void add_to(Views& groups, FieldId field, View of_field, const Words& words) {
  const std::string_view name = group_of(field);
  auto group = std::find_if(groups.begin(), groups.end(),
                            [&](const auto& each) { return each.as_object().at("group").as_string() == name; });
  if (group == groups.end()) {
    View fresh = view({{"group", name}, {"group_title", words.get("confirm.form.groups." + std::string(name))}});
    fresh["fields"] = Views();
    groups.push_back(std::move(fresh));
    group = groups.end() - 1;
  }
  group->as_object().at("fields").as_array().push_back(std::move(of_field));
}

}  // namespace

Views card_form(const registry::Card& card, const Called& called, const SentCard& sent, const Words& words,
                const std::vector<FieldId>& fields) {
  Views out;
  size_t number = 0;
  size_t room_taken = 0;  // in places
  for (const FieldId field : fields) {
    const auto dated = confirm::tenured(field);
    if (dated && room_taken + k_row * (confirm::standing(card, field).size() + 1) < k_most_places) {
      const size_t first = number;
      add_to(out, field, tenured_fields_view(card, *dated, called, sent, words, number), words);
      room_taken += (number - first) * k_row;
      continue;
    }
    std::vector<Place> places = places_of(card, field, called, words);
    for (const TypedEdit& each : sent.edits) {
      if (each.edit.field == field) {
        overlay(places, each, sent.plan, words);
      }
    }
    const std::string legend = words.label(field);
    Views views;
    bool asks = false;
    for (const Place& place : places) {
      if (room_taken++ < k_most_places) {
        views.push_back(place_view(place, number++, legend, words));
        asks = asks || !place.problem.empty() || !place.newer.empty() || place.is_taken_away;
      }
    }
    View each = view({{"legend", legend}, {"field", std::string(registry::description(field).name)}});
    each["alone"] = views.size() == 1;
    each["field_asks"] = asks;
    each["places"] = std::move(views);
    add_to(out, field, std::move(each), words);
  }
  return out;
}

Views card_facts(const registry::Card& card, const Called& called, const Words& words) {
  Views out;
  for (const FieldId field : confirm::asked_fields(card.kind)) {
    Views values;
    std::set<std::string> said;  // two sources that name one thing in two ways say it once
    for (const Standing& each : confirm::standing(card, field)) {
      std::string text = value_words(field, each.value, called, words);
      if (said.insert(text).second) {
        values.push_back(view({{"text", text}, {"text_lang", each.value.lang}}));
      }
    }
    if (!values.empty()) {
      View row = view({{"label", words.label(field)}});
      row["values"] = std::move(values);
      out.push_back(std::move(row));
    }
  }
  return out;
}

}  // namespace pitchblende::pages
