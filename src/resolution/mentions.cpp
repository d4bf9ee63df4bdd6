// From a record to what can be compared.
#include <algorithm>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "resolution/affiliation.hpp"
#include "resolution/people/other_names.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/record_reading.hpp"
#include "resolution/resolution.hpp"
#include "resolution/schemes.hpp"
#include "resolution/things/instruments.hpp"
#include "resolution/things/thing_mentions.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Attribute;
using registry::FieldDescription;
using registry::FieldId;
using registry::FieldType;
using registry::Kind;
using registry::Record;
using registry::Value;

// Companions of one mention, itself counted; of longer lists each part of half as many shares the window around it.
constexpr size_t k_companions = 50;
constexpr size_t k_places = 12;  // of a record

bool is_set(std::string_view flag) { return flag == "true" || flag == "yes" || flag == "1"; }

bool is_collective(std::string_view field, const Value& value) {
  const std::string_view flag = value.get(Attribute::collective);
  return field.starts_with("collective") || is_set(flag) || (!flag.empty() && flag == value.text);
}

// An identifier that means something only beside another value gets it for a prefix.
std::string scoped(const Record& record, std::string_view scheme, std::string_view value,
                   std::string_view institution) {
  std::string scope;
  if (scheme == "serial") {  // whose number it is, both makes say when two are compared
    const std::string serial = serial_key(value);
    return serial.empty() ? serial : registry::reference(scheme, serial);
  }
  if (scheme == "inventory") {
    scope = institution;
  } else if (scheme == "concept") {
    scope = normalised(text_of(record, "scheme"));
  } else {
    return registry::reference(scheme, value);
  }
  return scope.empty() ? std::string() : registry::reference(scheme, scope + "/" + std::string(value));
}

void take_identifiers(Mention& mention, const Record& record, std::string_view institution) {
  for (const auto& [id, value] : record.values) {
    const FieldDescription& field = registry::description(id);
    if (field.type == FieldType::identifier) {
      std::string reference = scoped(record, field.scheme, value.text, institution);
      if (scheme_rule(mention.kind, reference) != nullptr) {
        add_once(mention.identifiers, std::move(reference), 64);
      }
    }
  }
}

void describe_person(Mention& mention, const Record& record) {
  const std::string_view family = text_of(record, "family_name");
  PersonName name = family.empty() ? parse_printed(text_of(record, "printed_name"))
                                   : name_of(family, text_of(record, "given_names"), {}, text_of(record, "particle"));
  each_value(record, "other_names", [&](const Value& value) { add_other_name(mention.other_names, value.text, name); });
  mention.family = std::move(name.family);
  mention.given = std::move(name.given);
  take_links(mention.affiliations, record, {"positions", "memberships", "publications"});
}

void take_attributes(Mention& mention, const Value& value) {
  std::string found;
  for (const auto& [attribute, text] : value.attributes) {
    switch (attribute) {
      case Attribute::orcid:
        add_once(mention.identifiers, registry::reference("orcid", text), 64);
        break;
      case Attribute::isni:
        add_once(mention.identifiers, registry::reference("isni", text), 64);
        break;
      case Attribute::email:
        add_once(mention.identifiers, registry::reference("email", fold(text)), 64);
        break;
      case Attribute::identifier:
        if (scheme_rule(mention.kind, text) != nullptr) {
          add_once(mention.identifiers, text, 64);
        }
        break;
      case Attribute::affiliation:
        add_once(mention.affiliations, fold_affiliation(text, &found), k_affiliations);
        if (!found.empty()) {
          add_once(mention.identifiers, registry::reference("email", found), 64);
        }
        break;
      case Attribute::affiliation_id:
        add_reference(mention.affiliations, text);
        break;
      default:
        break;
    }
  }
}

// What a publication is known by to a list of confirmed ones.
std::string own_reference(const Record& record) {
  for (const std::string_view scheme : {"pmid", "doi", "hal", "nct"}) {
    const std::string_view text = text_of(record, scheme);
    if (!text.empty()) {
      return registry::reference(scheme, text);
    }
  }
  return {};
}

// Gives each of the mentions [begin, end) of one field the names around it.
void share_companions(std::vector<Mention>& mentions, size_t begin, size_t end) {
  const size_t count = end - begin;
  const size_t step = count <= k_companions ? count : k_companions / 2;
  const size_t margin = count <= k_companions ? 0 : k_companions / 4;
  for (size_t at = begin; at < end; at += step) {
    const size_t from = at - std::min(margin, at - begin);
    const size_t to = std::min(at + step + margin, end);
    std::vector<std::string> names;
    names.reserve(to - from);
    for (size_t other = from; other < to; ++other) {
      names.push_back(short_form(mentions[other].family, mentions[other].given));
    }
    const auto shared = std::make_shared<const std::vector<std::string>>(std::move(names));
    for (size_t own = at; own < std::min(at + step, end); ++own) {
      mentions[own].companions = shared;
    }
  }
}

// Where those that a record names are, each place once as far as the first ones go.
std::vector<std::string_view> places_named(const std::vector<Mention>& mentions) {
  std::vector<std::string_view> out;
  for (const Mention& mention : mentions) {
    for (const std::string& affiliation : mention.affiliations) {
      if (mention.ref.part > 0 && out.size() < k_places &&
          std::find(out.begin(), out.end(), affiliation) == out.end()) {
        out.push_back(affiliation);
      }
    }
  }
  return out;
}

// Mentions of the field `field`; `part` goes on counting over all mention fields.
void take_parts(std::vector<Mention>& mentions, const Record& record, FieldId field, const Mention& whole,
                const std::string& reference, const std::shared_ptr<const Setting>& setting, bool only_field) {
  const std::string_view name = registry::description(field).name;
  const size_t begin = mentions.size();
  int32_t part = 0;
  for (const auto& [id, value] : record.values) {
    if (registry::description(id).type != FieldType::mention) {
      continue;
    }
    ++part;
    if (id != field || is_collective(name, value) || is_nobody(value)) {
      continue;
    }
    PersonName person = name_of(value);
    Mention& mention = mentions.emplace_back();
    mention.ref = {whole.ref.record, part};
    mention.origin = whole.origin + "#" + std::to_string(part);
    mention.family = std::move(person.family);
    mention.given = std::move(person.given);
    mention.generation = generation_of(value);
    mention.exclusive = only_field ? whole.origin : whole.origin + "#" + std::string(name);
    mention.context = reference;
    mention.setting = setting;
    take_attributes(mention, value);
  }
  if (mentions.size() - begin > 1) {
    share_companions(mentions, begin, mentions.size());
  }
}

}  // namespace

std::vector<Mention> mentions_of(const Record& record, int64_t record_number, std::string_view source,
                                 std::string_view institution) {
  std::vector<Mention> mentions;
  if (record.deleted) {
    return mentions;
  }
  Mention whole;
  whole.ref = {record_number, 0};
  whole.kind = record.kind;
  whole.described = true;
  whole.origin = std::string(source) + "/" + record.key;
  take_identifiers(whole, record, institution);
  if (record.kind == Kind::person) {
    describe_person(whole, record);
  } else {
    describe_thing(whole, record);
  }
  const bool placed =
      record.kind != Kind::publication && record.kind != Kind::organisation && record.kind != Kind::concept_;
  if (placed && !institution.empty()) {
    add_once(whole.affiliations, "institution:" + std::string(institution), k_affiliations);
  }
  mentions.push_back(whole);
  std::vector<FieldId> fields;
  for (const auto& [id, value] : record.values) {
    if (registry::description(id).type == FieldType::mention &&
        std::find(fields.begin(), fields.end(), id) == fields.end()) {
      fields.push_back(id);
    }
  }
  const std::string reference = fields.empty() ? std::string() : own_reference(record);
  const std::shared_ptr<Setting> setting = fields.empty() ? nullptr : setting_of(record);
  for (const FieldId field : fields) {
    take_parts(mentions, record, field, whole, reference, setting, fields.size() == 1);
  }
  if (setting) {
    set_places(*setting, places_named(mentions));
  }
  // A publication's authors tell it from its namesakes.
  if (record.kind == Kind::publication && mentions.size() > 1) {
    mentions.front().companions = mentions[1].companions;
  }
  std::sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) { return a.ref < b.ref; });
  return mentions;
}

}  // namespace pitchblende::resolution
