#include "resolution/things/publication_versions.hpp"

#include <algorithm>

#include "registry/identifiers.hpp"
#include "resolution/publication_title.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::Kind;

struct Titled {
  PublicationForm form = PublicationForm::work;
  std::vector<std::string> works;  // keys, one for each title
  std::vector<uint32_t> said_by;   // sources of the first title
};

const CardField* field_of(const Card& card, std::string_view name) {
  const auto id = registry::find_field(card.kind, name);
  return id ? card.find(*id) : nullptr;
}

Titled read(const Card& card) {
  Titled out;
  const auto refine = [&](PublicationForm said) { out.form = out.form == PublicationForm::work ? said : out.form; };
  const CardField* authors = field_of(card, "authors");
  if (authors == nullptr || authors->values.empty()) {
    return out;
  }
  const registry::Value& first = authors->values.front().value;
  for (const std::string_view name : {"title", "original_title"}) {
    const CardField* titles = field_of(card, name);
    for (const CardValue& value : titles == nullptr ? std::vector<CardValue>{} : titles->values) {
      if (value.hidden) {
        continue;
      }
      const PublicationTitle title = parse_title(value.value.text);
      refine(title.form);
      if (std::string key = work_key(title.title, first); !key.empty()) {
        out.works.push_back(registry::reference("work", key));
        out.said_by = out.said_by.empty() ? value.sources : out.said_by;
      }
    }
  }
  const CardField* types = field_of(card, "type");
  for (const CardValue& value : types == nullptr ? std::vector<CardValue>{} : types->values) {
    refine(form_of_type(value.value.text));
  }
  const CardField* dois = field_of(card, "doi");
  if (dois != nullptr && !dois->values.empty() &&
      std::all_of(dois->values.begin(), dois->values.end(),
                  [](const CardValue& value) { return is_preprint_doi(value.value.text); })) {
    refine(PublicationForm::preprint);
  }
  return out;
}

std::string_view link_field(PublicationForm form) {
  switch (form) {
    case PublicationForm::preprint:
      return "preprint_of";
    case PublicationForm::correction:
      return "corrects";
    case PublicationForm::retraction:
      return "retracts";
    case PublicationForm::work:
      break;
  }
  return {};
}

}  // namespace

std::vector<std::string> work_references(const Card& card) {
  if (card.kind != Kind::publication) {
    return {};
  }
  Titled titled = read(card);
  return titled.form == PublicationForm::work ? std::move(titled.works) : std::vector<std::string>{};
}

void link_to_work(Card& card) {
  if (card.kind != Kind::publication) {
    return;
  }
  const Titled titled = read(card);
  const std::string_view name = link_field(titled.form);
  if (name.empty() || titled.works.empty() || field_of(card, name) != nullptr) {
    return;
  }
  CardField field{registry::field(Kind::publication, name), {}};
  field.values.push_back({{titled.works.front(), {}, {}}, titled.said_by, false, 0, false});
  const auto place = std::find_if(card.fields.begin(), card.fields.end(), [&](const CardField& other) {
    return registry::description(other.field).name > name;
  });
  card.fields.insert(place, std::move(field));
}

}  // namespace pitchblende::resolution
