#include "resolution/things/thing_mentions.hpp"

#include "base/text.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/publication_title.hpp"
#include "resolution/record_reading.hpp"
#include "resolution/things/instruments.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Attribute;
using registry::Kind;
using registry::Record;
using registry::Value;

constexpr size_t k_names = 32;

std::string year_of(const Record& record) {
  for (const std::string_view field : {"year", "date", "from", "opens", "filed"}) {
    const std::string_view text = text_of(record, field);
    if (text.size() >= 4) {
      return std::string(text.substr(0, 4));
    }
  }
  return {};
}

void take_names(Mention& mention, const Record& record) {
  const bool by_title = registry::find_field(record.kind, "title").has_value();
  const auto take = [&](const Value& value) {
    const std::string_view type = value.get(Attribute::type);
    if (type.find("acronym") == std::string_view::npos) {
      add_once(mention.names, by_title ? normalised(value.text) : organisation_key(value.text), k_names);
    }
  };
  for (const std::string_view field : {"title", "original_title", "official_title", "names", "labels"}) {
    if (field != "labels" || record.kind == Kind::concept_) {
      each_value(record, field, take);
    }
  }
  if (record.kind == Kind::project) {
    each_value(record, "acronym", take);
  }
}

void describe_publication(Mention& mention, const Record& record) {
  PublicationForm form = PublicationForm::work;
  uint32_t version = 0;
  const auto refine = [&](PublicationForm said) { form = form == PublicationForm::work ? said : form; };
  for (const std::string_view field : {"title", "original_title"}) {
    each_value(record, field, [&](const Value& value) {
      PublicationTitle title = parse_title(value.text);
      refine(title.form);
      version = version == 0 ? title.version : version;
      add_once(mention.names, std::move(title.title), k_names);
    });
  }
  each_value(record, "type", [&](const Value& value) { refine(form_of_type(value.text)); });
  const std::string_view doi = text_of(record, "doi");
  if (is_preprint_doi(doi)) {
    refine(PublicationForm::preprint);
  }
  version = version == 0 ? version_of_doi(doi).number : version;
  std::string first;
  each_value(record, "authors", [&](const Value& value) {
    if (first.empty()) {
      first = core_family(name_of(value).family);
    }
  });
  mention.context = year_of(record) + "|" + first;
  if (form != PublicationForm::work || version != 0) {
    mention.context += "|" + std::string(code(form));
  }
  if (version != 0) {
    mention.context += "|v" + std::to_string(version);
  }
}

// Make, model, and the places in which a second one would be told apart.
void describe_equipment(Mention& mention, const Record& record) {
  take_names(mention, record);
  const std::string make = organisation_key(text_of(record, "make"));
  mention.context = make + "|" + model_key(normalised(text_of(record, "model")), make);
  take_links(mention.affiliations, record, {"platforms", "teams", "sites"});
  const std::string room = normalised(text_of(record, "room"));
  const std::string town = normalised(text_of(record, "commune"));
  if (!room.empty() && !town.empty()) {
    add_once(mention.affiliations, "room:" + town + "/" + room, k_affiliations);
  }
  std::vector<std::string> owners;
  take_links(owners, record, {"owners"});
  for (const std::string& owner : owners) {
    add_once(mention.affiliations, "owner:" + owner, k_affiliations);
  }
}

// The legal unit: a SIRET is that of one of its establishments, and begins with its SIREN.
void take_legal_unit(Mention& mention, const Record& record) {
  const auto take = [&](const Value& value) {
    if (value.text.size() >= 9) {
      add_once(mention.affiliations, "siren:" + value.text.substr(0, 9), k_affiliations);
    }
  };
  each_value(record, "siren", take);
  each_value(record, "siret", take);
}

void describe_placed(Mention& mention, const Record& record) {
  take_names(mention, record);
  mention.context = fold(text_of(record, "country")) + "|" + normalised(text_of(record, "commune"));
  take_links(mention.affiliations, record, {"parents", "hosts", "organisations", "platforms", "custodians"});
  if (record.kind == Kind::organisation) {
    take_legal_unit(mention, record);
  }
}

}  // namespace

void describe_thing(Mention& mention, const Record& record) {
  switch (record.kind) {
    case Kind::publication:
      describe_publication(mention, record);
      break;
    case Kind::organisation:
    case Kind::team:
    case Kind::platform:
    case Kind::site:
    case Kind::service:
    case Kind::collection:
      describe_placed(mention, record);
      break;
    case Kind::equipment:
      describe_equipment(mention, record);
      break;
    default: {
      take_names(mention, record);
      mention.context = year_of(record);
      std::vector<std::string> partners;
      take_links(partners, record, {"partners", "parties", "institutions", "call", "members", "parents"});
      if (!partners.empty()) {
        mention.companions = std::make_shared<const std::vector<std::string>>(std::move(partners));
      }
      break;
    }
  }
}

}  // namespace pitchblende::resolution
