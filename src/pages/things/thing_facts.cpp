#include "pages/things/thing_facts.hpp"

#include <algorithm>
#include <array>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "pages/address.hpp"
#include "registry/said_codes.hpp"

namespace pitchblende::pages {

namespace {

using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldDescription;
using registry::FieldType;
using registry::Kind;
using registry::Link;

constexpr size_t k_most_values = 60;  // of one fact
constexpr size_t k_in_one_column = 8;
constexpr size_t k_many = 6;  // links; more than that stand in a block of their own
constexpr size_t k_most_links = 200;

template <size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_prose(std::string_view name) {
  static constexpr std::array<std::string_view, 11> k_prose = {
      "description", "biography", "abstract", "objectives",        "summary",        "how_to_get_access",
      "definition",  "access",    "charter",  "access_conditions", "acknowledgement"};
  return is_one_of(k_prose, name);
}

// Shown elsewhere on the page, or of no use to a reader.
bool is_silent(const FieldDescription& field) {
  static constexpr std::array<std::string_view, 11> k_silent = {
      "local_id",    "printed_name", "authors_complete", "nlm_id",   "pii",      "family_name",
      "given_names", "particle",     "suffix",           "latitude", "longitude"};
  return is_one_of(k_silent, field.name) || is_prose(field.name);
}

bool stands_aside(const FieldDescription& field) {
  static constexpr std::array<std::string_view, 22> k_aside = {
      "homepage",  "links",   "email",  "telephone", "address", "postal_code", "commune", "country",
      "region",    "founded", "closed", "status",    "license", "copyright",   "from",    "to",
      "languages", "domains", "sites",  "room",      "opens",   "closes"};
  return field.type == FieldType::identifier || is_one_of(k_aside, field.name);
}

bool is_language(const FieldDescription& field) { return field.name == "language" || field.name == "languages"; }

std::vector<const CardValue*> shown_values(const CardField& field) {
  std::vector<const CardValue*> values;
  for (const CardValue& value : field.values) {
    if (!value.lost && !value.hidden) {
      values.push_back(&value);
    }
  }
  return values;
}

std::string join(std::string a, std::string_view between, std::string_view b) {
  if (!a.empty() && !b.empty()) {
    a += between;
  }
  a += b;
  return a;
}

// Titles are as institutions wrote them, in either language: the sort of position beside is in the reader's.
std::string job_title(const registry::Value& position, const Words& words) {
  std::string title(position.get(Attribute::title));
  const std::string kind = words.of_code(position.get(Attribute::kind));
  // A French title has the sort in it in some form: Chercheuse, Directrice de recherche.
  const std::string sort = words.code() == "fr" ? fold(kind).substr(0, 6) : fold(kind);
  if (kind.empty() || fold(title).find(sort) != std::string::npos) {
    return title;
  }
  return title.empty() ? kind : title + " (" + kind + ")";
}

class FactMaker {
 public:
  FactMaker(const Thing& thing, const Words& words) : m_thing(thing), m_words(words), m_leads(thing) {}

  View value_view(const FieldDescription& field, registry::FieldId id, const CardValue& value) const {
    View out;
    switch (field.type) {
      case FieldType::link:
        out = link_view(field, value);
        break;
      case FieldType::mention:
        out = mention_view(id, value);
        break;
      case FieldType::identifier:
        // A unit's label as it is written: "UMRS 543" is known as UMR S 543.
        out = view({{"text", value.value.get(Attribute::printed).empty() ? std::string_view(value.value.text)
                                                                         : value.value.get(Attribute::printed)},
                    {"url", outside_address(field.scheme, value.value.text)}});
        out["external"] = out.contains("url");
        break;
      case FieldType::url:
        out = address_view(value.value.text);
        break;
      case FieldType::date:
        out = view({{"text", m_words.date(value.value.text)}});
        break;
      case FieldType::code:
        out = view({{"text", code_words(field, id, value.value.text)}});
        break;
      case FieldType::flag:
        out = view({{"text", m_words.get(value.value.text == "true" ? "yes" : "no")}});
        break;
      case FieldType::number:
        out = view({{"text", number_words(field, value.value)}});
        break;
      default:
        out = text_view(field, value.value);
    }
    add_attributes(field, value, out);
    return out;
  }

 private:
  std::string code_words(const FieldDescription& field, registry::FieldId id, const std::string& code) const {
    return is_language(field) ? m_words.language(code) : m_words.of_code(registry::code_said(id, code));
  }
  // A page of our own is that in the reader's language, and does not leave the site.
  View address_view(const std::string& address) const {
    const std::string_view site = m_thing.site;
    const std::string_view path =
        !site.empty() && address.starts_with(site) ? std::string_view(address).substr(site.size()) : std::string_view();
    if (path.starts_with("/fr/") || path.starts_with("/en/")) {
      const std::string here = "/" + std::string(m_words.code()) + std::string(path.substr(3));
      return view({{"text", std::string(site) + here}, {"url", here}});
    }
    View out = view({{"text", address}, {"url", safe_address(address)}});
    out["external"] = out.contains("url");
    return out;
  }

  // Digits in groups but for years and degrees.
  std::string number_words(const FieldDescription& field, const registry::Value& value) const {
    const std::string& text = value.text;
    const std::string_view currency = value.get(Attribute::currency);
    const bool digits = !text.empty() && text.size() < 19 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!currency.empty()) {
      return m_words.money(text, currency);
    }
    return digits && field.name != "year" ? m_words.number(std::stoull(text)) : text;
  }

  View text_view(const FieldDescription& field, const registry::Value& value) const {
    const auto topic = holds_topics(field) ? m_thing.topics.find(value.text) : m_thing.topics.end();
    if (topic != m_thing.topics.end()) {
      return view({{"text", topic->second}});
    }
    return view({{"text", field.name == "type" ? m_words.of_word(value.text) : value.text}, {"text_lang", value.lang}});
  }

  View link_view(const FieldDescription& field, const CardValue& value) const {
    if (const Link* link = m_leads.link(field, value)) {
      const auto title = m_thing.titles.find(link->to);
      return view({{"text", title == m_thing.titles.end() ? link->to_label : title->second},
                   {"url", thing_address(m_words.code(), link->to_kind, link->to)},
                   {"kind_label", m_words.kind(link->to_kind)}});
    }
    // What is not here is left out, but for a name that somebody printed.
    return value.value.text.starts_with("name:") ? view({{"text", value.value.text.substr(5)}}) : View();
  }

  View mention_view(registry::FieldId id, const CardValue& value) const {
    View out = view({{"text", value.value.text}});
    if (const registry::Named* named = m_leads.named(id, value)) {
      out["url"] = thing_address(m_words.code(), Kind::person, named->id);
    }
    return out;
  }

  void add_attributes(const FieldDescription& field, const CardValue& value, View& out) const {
    if (out.empty()) {
      return;
    }
    const auto& of = value.value;
    std::string note = job_title(of, m_words);
    note = join(std::move(note), ", ", m_words.of_code(of.get(Attribute::role)));
    if (field.type != FieldType::mention) {
      note = join(std::move(note), ", ", m_words.of_code(of.get(Attribute::type)));
    }
    note = join(std::move(note), ", ", of.get(Attribute::unit));
    if (of.get(Attribute::corresponding) == "true") {
      note = join(std::move(note), ", ", m_words.get("corresponding"));
    }
    if (!note.empty()) {
      out["note"] = note;
    }
    const std::string dates = m_words.period(of.get(Attribute::from), of.get(Attribute::to));
    if (!dates.empty()) {
      out["dates"] = dates;
    }
  }

  const Thing& m_thing;
  const Words& m_words;
  Leads m_leads;
};

// Values in the reader's language where some are; else all of them.
std::vector<const CardValue*> in_language(std::vector<const CardValue*> values, std::string_view language) {
  const auto is_own = [&](const CardValue* value) { return value->value.lang == language; };
  if (std::any_of(values.begin(), values.end(), is_own)) {
    std::erase_if(values, [&](const CardValue* value) { return !is_own(value) && !value->value.lang.empty(); });
  }
  return values;
}

}  // namespace

Leads::Leads(const Thing& thing) {
  for (const Link& link : thing.links) {
    m_links.emplace(link.field + '\n' + link.ref, &link);
  }
  for (const registry::Named& named : thing.named) {
    m_named.emplace(std::to_string(named.field.index) + '\n' + named.text, &named);
  }
}

const Link* Leads::link(const FieldDescription& field, const CardValue& value) const {
  const auto found = m_links.find(std::string(field.name) + '\n' + registry::link_key(value.value.text));
  return found == m_links.end() ? nullptr : found->second;
}

const registry::Named* Leads::named(registry::FieldId field, const CardValue& value) const {
  const auto found = m_named.find(std::to_string(field.index) + '\n' + value.value.text);
  return found == m_named.end() ? nullptr : found->second;
}

bool holds_topics(const FieldDescription& field) {
  static constexpr std::array<std::string_view, 8> k_topics = {"concepts", "techniques",   "skills", "themes",
                                                               "diseases", "tumour_types", "cso",    "type"};
  return is_one_of(k_topics, field.name) && field.type == FieldType::text;
}

std::string title_of(const Card& card, const Words& words) {
  std::string title(registry::public_name_in(card, words.code()));
  title = title.empty() ? registry::public_label(card) : title;
  return title.empty() ? card.id.text() : title;
}

namespace {

// An institution is known by its name in its own language: whoever reads another one is told both.
std::string other_name_of(const Card& card, const Words& words) {
  if (card.kind != Kind::organisation) {
    return {};
  }
  std::string other(registry::public_name_in(card, words.language() == Language::french ? "en" : "fr"));
  return other == title_of(card, words) ? std::string() : other;
}

}  // namespace

std::string subtitle_of(const Thing& thing, const Words& words) {
  static constexpr std::array<std::string_view, 8> k_fields = {"honorific", "positions", "label", "acronym",
                                                               "journal",   "make",      "model", "programme"};
  const FactMaker maker(thing, words);
  std::string out = other_name_of(thing.card, words);
  for (const std::string_view name : k_fields) {
    const auto id = registry::find_field(thing.card.kind, name);
    const CardField* field = id ? thing.card.find(*id) : nullptr;
    if (field == nullptr) {
      continue;
    }
    std::string part;
    std::string said;  // the title of the position before: what somebody is in two places is said once
    for (const CardValue* value : shown_values(*field)) {
      const View shown = maker.value_view(registry::description(*id), *id, *value);
      if (!value->value.get(Attribute::to).empty() || !shown.contains("text")) {
        continue;
      }
      const std::string title = job_title(value->value, words);
      const bool again = !title.empty() && title == said;
      part = join(std::move(part), name == "positions" && !again ? " · " : ", ",
                  join(again ? std::string() : title, ", ", std::string_view(shown.at("text").as_string())));
      said = title;
      if (part.size() > 160) {
        break;
      }
    }
    out = join(std::move(out), " · ", part);
  }
  return out;
}

Views badges_of(const Card& card, std::string_view today, const Words& words) {
  Views badges;
  const auto add = [&](std::string_view field, std::string_view tone, std::string_view only) {
    const auto id = registry::find_field(card.kind, field);
    const std::string_view text = id ? card.text(*id) : std::string_view();
    // "Other" says nothing that a reader could use.
    if (!text.empty() && text != "other" && (only.empty() || text == only)) {
      badges.push_back(view({{"text", words.of_word(registry::code_said(*id, text))}, {"tone", std::string(tone)}}));
    }
  };
  const auto roles = registry::find_field(card.kind, "consortium_roles");
  if (const CardField* held = roles ? card.find(*roles) : nullptr) {
    for (const CardValue* role : shown_values(*held)) {
      if (registry::holds_on(role->value, today)) {
        badges.push_back(view({{"text", words.of_word(role->value.text)}, {"tone", "good"}}));
      }
    }
  }
  add("type", "plain", {});
  add("open_access", "good", {});
  add("status", "warn", "inactive");
  add("condition", "plain", {});
  const auto retracted = registry::find_field(card.kind, "retracted_by");
  if (retracted && card.find(*retracted) != nullptr) {
    badges.push_back(view({{"text", words.get("badges.retracted")}, {"tone", "warn"}}));
  }
  if (card.verified) {
    badges.push_back(view({{"text", words.get("badges.verified")}, {"tone", "good"}}));
  }
  return badges;
}

namespace {

void tell(const Thing& thing, const CardValue& value, const View& shown, const Words& words, std::vector<Told>& told) {
  if (thing.tellers && shown.contains("text")) {
    told.push_back({&value, std::string(shown.at("text").as_string()),
                    registry::is_implied(value.value) ? words.get("provenance.implied") : std::string()});
  }
}

void put_origins(const Thing& thing, const std::vector<Told>& told, const std::string& label, View& out) {
  View origins = thing.tellers ? origins_view(*thing.tellers, told, label) : View();
  if (origins.empty()) {
    out["origins"] = false;  // nor those of what stands around it
  } else {
    out["origins"] = std::move(origins);
  }
}

}  // namespace

Views origins_of_name(const Thing& thing, const Words& words) {
  std::vector<std::string_view> names{registry::description(thing.card.kind).label_field};
  if (thing.card.kind == Kind::person) {
    names = {"family_name", "given_names", "particle", "suffix"};
  }
  Views out;
  for (const std::string_view name : names) {
    const registry::FieldId id = registry::field(thing.card.kind, name);
    const CardField* field = thing.card.find(id);
    std::vector<Told> told;
    for (const CardValue* value : field == nullptr ? std::vector<const CardValue*>{} : shown_values(*field)) {
      told.push_back({value, value->value.text});
    }
    // Several names are a fact with its own.
    View each = thing.tellers && (thing.card.kind == Kind::person || told.size() < 2)
                    ? origins_view(*thing.tellers, told, words.label(id))
                    : View();
    if (!each.empty()) {
      out.push_back(std::move(each));
    }
  }
  return out;
}

Views prose_of(const Thing& thing, const Words& words) {
  const Card& card = thing.card;
  Views blocks;
  for (const FieldDescription& described : registry::description(card.kind).fields) {
    const CardField* field = is_prose(described.name) ? card.find(registry::field(card.kind, described.name)) : nullptr;
    if (field == nullptr) {
      continue;
    }
    Views paragraphs;
    std::vector<Told> told;
    for (const CardValue* value : in_language(shown_values(*field), words.code())) {
      View paragraph = view({{"text", value->value.text}, {"text_lang", value->value.lang}});
      if (const std::string_view label = value->value.get(Attribute::label); !label.empty()) {
        paragraph["text_label"] = label;
      }
      paragraphs.push_back(std::move(paragraph));
      told.push_back({value, beginning(value->value.text, 60)});
    }
    if (!paragraphs.empty()) {
      View block = view({{"id", std::string(described.name)}, {"title", words.label(field->field)}});
      block["prose"] = View{{"paragraphs", std::move(paragraphs)}};
      put_origins(thing, told, words.label(field->field), block);
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

namespace {

// Two sources that name one thing in two ways (a number, a name) say one thing, and one that says more of it (a role)
// stands for one that says less.
bool says_again(Views& shown, const View& each) {
  const auto* url = each.if_contains("url");
  for (auto& other : shown) {
    auto& told = other.as_object();
    const auto* there = told.if_contains("url");
    const bool one_thing = url != nullptr && there != nullptr && *url == *there;
    const auto holds = [](const auto& more, const auto& less) {
      return std::ranges::all_of(less, [&](const auto& part) {
        const auto* same = more.if_contains(part.key());
        return same != nullptr && *same == part.value();
      });
    };
    if (told == each || (one_thing && holds(told, each))) {
      return true;
    }
    if (one_thing && holds(each, told)) {
      told = each;
      return true;
    }
  }
  return false;
}

}  // namespace

View facts_of(const Thing& thing, bool aside, const Words& words) {
  const FactMaker maker(thing, words);
  Views rows;
  for (const FieldDescription& described : registry::description(thing.card.kind).fields) {
    const registry::FieldId id = registry::field(thing.card.kind, described.name);
    const CardField* field = thing.card.find(id);
    if (field == nullptr || is_silent(described) || stands_aside(described) != aside) {
      continue;
    }
    std::vector<const CardValue*> values = shown_values(*field);
    if (described.type == FieldType::localized) {
      values = in_language(std::move(values), words.code());
    }
    if ((described.type == FieldType::link && values.size() > k_many) ||
        (described.name == registry::description(thing.card.kind).label_field && values.size() < 2)) {
      continue;
    }
    Views shown;
    std::vector<Told> told;
    for (const CardValue* value : values) {
      // "Other" says nothing that a reader could use.
      const bool says = described.type != FieldType::code || value->value.text != "other";
      View each = says ? maker.value_view(described, id, *value) : View();
      tell(thing, *value, each, words, told);
      const bool again = described.type == FieldType::link && says_again(shown, each);
      if (!each.empty() && !again) {
        shown.push_back(std::move(each));
      }
      if (shown.size() == k_most_values && values.size() > k_most_values) {
        shown.push_back(view({{"text", words.count("and_more", values.size() - k_most_values)}}));
        break;
      }
    }
    if (!shown.empty()) {
      View row = view({{"label", words.label(id)}, {"name", std::string(described.name)}});
      row["many"] = shown.size() > k_in_one_column;
      row["values"] = std::move(shown);
      put_origins(thing, told, words.label(id), row);
      rows.push_back(std::move(row));
    }
  }
  View out = block(aside ? "identity" : "facts", words);
  if (!rows.empty()) {
    out["facts"] = View{{"rows", std::move(rows)}};
  }
  return out;
}

Views link_blocks_of(const Thing& thing, const Words& words) {
  const FactMaker maker(thing, words);
  Views blocks;
  for (const CardField& field : thing.card.fields) {
    const FieldDescription& described = registry::description(field.field);
    const auto values = shown_values(field);
    if (described.type != FieldType::link || values.size() <= k_many) {
      continue;
    }
    Views items;
    std::vector<Told> told;
    for (const CardValue* value : values) {
      View each = maker.value_view(described, field.field, *value);
      if (!each.empty() && items.size() < k_most_links) {
        each["label"] = each.at("text");
        told.push_back({value, std::string(each.at("text").as_string())});
        items.push_back(std::move(each));
      }
    }
    if (!items.empty()) {
      View block = view({{"id", std::string(described.name)},
                         {"title", words.label(field.field)},
                         {"count", words.number(items.size())}});
      block["links"] = View{{"items", std::move(items)}};
      put_origins(thing, told, words.label(field.field), block);
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

}  // namespace pitchblende::pages
