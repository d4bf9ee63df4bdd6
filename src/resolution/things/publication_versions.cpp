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

constexpr uint32_t k_before = 8;  // earlier versions that one leads to

struct Titled {
  PublicationForm form = PublicationForm::work;
  uint32_t version = 0;            // 0: not said
  std::vector<std::string> works;  // keys, one for each title
  std::string doi;                 // what the DOIs of all versions have in common; empty: there is no such server's
  std::vector<uint32_t> said_by;   // sources of the first title
  std::vector<uint32_t> doi_said_by;
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
      out.version = out.version == 0 ? title.version : out.version;
      if (std::string key = work_key(title.title, first); !key.empty()) {
        out.works.push_back(std::move(key));
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
  for (const CardValue& value : dois == nullptr ? std::vector<CardValue>{} : dois->values) {
    const DoiVersion said = version_of_doi(value.value.text);
    if (!value.hidden && !said.base.empty() && out.doi.empty()) {
      out.doi = said.base;
      out.doi_said_by = value.sources;
      out.version = out.version == 0 ? said.number : out.version;
    }
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

std::string version_reference(uint32_t number, const std::string& of) {
  return registry::reference("version", std::to_string(number) + "/" + of);
}

// Nothing where a source gives links of its own.
void put_links(Card& card, std::string_view name, const std::vector<std::string>& targets,
               const std::vector<uint32_t>& said_by) {
  if (targets.empty() || field_of(card, name) != nullptr) {
    return;
  }
  CardField field{registry::field(Kind::publication, name), {}};
  for (const std::string& target : targets) {
    field.values.push_back({{target, {}, {}}, said_by, false, 0, false});
  }
  const auto place = std::find_if(card.fields.begin(), card.fields.end(), [&](const CardField& other) {
    return registry::description(other.field).name > name;
  });
  card.fields.insert(place, std::move(field));
}

}  // namespace

std::vector<std::string> work_references(const Card& card) {
  if (card.kind != Kind::publication) {
    return {};
  }
  const Titled titled = read(card);
  std::vector<std::string> out;
  for (const std::string& work : titled.works) {
    if (titled.form == PublicationForm::work) {
      out.push_back(registry::reference("work", work));
    }
    if (titled.version != 0) {
      out.push_back(version_reference(titled.version, work));
    }
  }
  if (!titled.doi.empty()) {
    out.push_back(version_reference(std::max(titled.version, 1U), titled.doi));
  }
  return out;
}

void link_to_work(Card& card) {
  if (card.kind != Kind::publication) {
    return;
  }
  const Titled titled = read(card);
  const std::string_view name = link_field(titled.form);
  if (!name.empty() && !titled.works.empty()) {
    put_links(card, name, {registry::reference("work", titled.works.front())}, titled.said_by);
  }
  std::vector<std::string> earlier;
  const bool by_title = titled.doi.empty() && !titled.works.empty();
  const std::string of = by_title ? titled.works.front() : titled.doi;
  for (uint32_t number = titled.version; number > 1 && !of.empty() && earlier.size() < k_before; --number) {
    earlier.push_back(version_reference(number - 1, of));
  }
  // Whoever may see what the link rests on may see the link.
  put_links(card, "updates", earlier, by_title ? titled.said_by : titled.doi_said_by);
}

}  // namespace pitchblende::resolution
