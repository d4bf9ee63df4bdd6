// What a publication is about, what it rests on and what it is tied to.
#include <algorithm>

#include "registry/identifiers.hpp"
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed_article.hpp"

namespace pitchblende::sources::pubmed {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Value;

// "mesh:D…"; empty stays empty.
std::string mesh(std::string_view ui) { return ui.empty() ? std::string{} : registry::reference("mesh", ui); }

// Registry numbers are of several registries, told apart by their form: CAS 50-00-0, EC 3.4.21.4, ten letters of a
// UNII.
std::string substance(std::string_view number) {
  if (number.empty() || number == "0") {
    return {};
  }
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (number.starts_with("EC ")) {
    return registry::reference("ec", number.substr(3));
  }
  if (std::count(number.begin(), number.end(), '-') == 2 && is_digit(number.front()) && is_digit(number.back())) {
    return registry::reference("cas", number);
  }
  const bool unii = number.size() == 10 &&
                    std::all_of(number.begin(), number.end(), [&](char c) { return is_digit(c) || is_capital(c); });
  return registry::reference(unii ? "unii" : "registry", number);
}

struct Relation {
  std::string_view name;
  FieldId Fields::*field;
  bool exact;  // the field says it all
};
constexpr Relation k_relations[] = {
    {"Cites", &Fields::cites, true},
    {"CommentIn", &Fields::commented_by, true},
    {"CommentOn", &Fields::comments, true},
    {"ErratumIn", &Fields::corrected_by, true},
    {"ErratumFor", &Fields::corrects, true},
    {"CorrectedandRepublishedIn", &Fields::corrected_by, false},
    {"CorrectedandRepublishedFrom", &Fields::corrects, false},
    {"RetractionIn", &Fields::retracted_by, true},
    {"RetractionOf", &Fields::retracts, true},
    {"PartialRetractionIn", &Fields::retracted_by, false},
    {"PartialRetractionOf", &Fields::retracts, false},
    {"RetractedandRepublishedIn", &Fields::retracted_by, false},
    {"RetractedandRepublishedFrom", &Fields::retracts, false},
    {"ExpressionOfConcernIn", &Fields::concern_raised_by, true},
    {"ExpressionOfConcernFor", &Fields::concern_about, true},
    {"RepublishedIn", &Fields::republished_by, true},
    {"RepublishedFrom", &Fields::republishes, true},
    {"ReprintIn", &Fields::republished_by, false},
    {"ReprintOf", &Fields::republishes, false},
    {"UpdateIn", &Fields::updated_by, true},
    {"UpdateOf", &Fields::updates, true},
};

}  // namespace

void Article::mesh_headings() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::MeshHeading) {
      mesh_heading();
    } else {
      m_cursor.skip();
    }
  }
}

void Article::mesh_heading() {
  const FieldId field = m_fields.concepts;
  Value value;
  value.attributes.reserve(4);
  bool major = false;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    const bool main = has("MajorTopicYN", "Y");
    if (tag == Tag::DescriptorName) {
      major = major || main;
      m_draft.with(field, value, Attribute::identifier, mesh(m_cursor.attribute_text("UI")));
      const std::string_view type = m_cursor.attribute("Type");
      m_draft.with(field, value, Attribute::type, type == "Geographic" ? "geographic" : "");
      value.text = text();
    } else if (tag == Tag::QualifierName) {
      major = major || main;
      m_draft.with(field, value, Attribute::concept_, mesh(m_cursor.attribute_text("UI")));
      const std::string_view name = text();
      m_draft.with(field, value, Attribute::qualifier, main ? "*" + std::string(name) : std::string(name));
    } else {
      m_cursor.skip();
    }
  }
  if (major) {
    value.attributes.emplace_back(Attribute::major, "true");
  }
  m_draft.add(field, std::move(value));
}

void Article::supplementary_concepts() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag != Tag::SupplMeshName) {
      m_cursor.skip();
      continue;
    }
    Value value;
    m_draft.with(m_fields.concepts, value, Attribute::identifier, mesh(m_cursor.attribute_text("UI")));
    std::string type = m_cursor.attribute_text("Type");
    std::transform(type.begin(), type.end(), type.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    m_draft.with(m_fields.concepts, value, Attribute::type, type);
    value.text = text();
    m_draft.add(m_fields.concepts, std::move(value));
  }
}

void Article::keywords() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag != Tag::Keyword) {
      m_cursor.skip();
      continue;
    }
    Value value;
    if (has("MajorTopicYN", "Y")) {
      value.attributes.emplace_back(Attribute::major, "true");
    }
    value.text = text();
    m_draft.add(m_fields.keywords, std::move(value));
  }
}

void Article::chemicals() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag != Tag::Chemical) {
      m_cursor.skip();
      continue;
    }
    Value value;
    value.attributes.reserve(2);
    for (Tag part = child(); part != Tag::none; part = child()) {
      if (part == Tag::RegistryNumber) {
        m_draft.with(m_fields.chemicals, value, Attribute::identifier, substance(text()));
      } else if (part == Tag::NameOfSubstance) {
        m_draft.with(m_fields.chemicals, value, Attribute::identifier, mesh(m_cursor.attribute_text("UI")));
        value.text = text();
      } else {
        m_cursor.skip();
      }
    }
    m_draft.add(m_fields.chemicals, std::move(value));
  }
}

void Article::genes() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::GeneSymbol) {
      add_text(m_fields.genes);
    } else {
      m_cursor.skip();
    }
  }
}

void Article::grants() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag != Tag::Grant) {
      m_cursor.skip();
      continue;
    }
    Value value;
    for (Tag part = child(); part != Tag::none; part = child()) {
      switch (part) {
        case Tag::GrantID:
          value.text = text();
          break;
        case Tag::Acronym:
          m_draft.with(m_fields.grants, value, Attribute::label, text());
          break;
        case Tag::Agency:
          m_draft.with(m_fields.grants, value, Attribute::agency, text());
          break;
        case Tag::Country:
          m_draft.with(m_fields.grants, value, Attribute::country, text());
          break;
        default:
          m_cursor.skip();
      }
    }
    if (value.text.empty()) {
      value.text = value.get(Attribute::agency);
    }
    m_draft.add(m_fields.grants, std::move(value));
  }
}

void Article::data_banks() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::DataBank) {
      data_bank();
    } else {
      m_cursor.skip();
    }
  }
}

void Article::data_bank() {
  std::string bank;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::DataBankName) {
      bank = text();
      continue;
    }
    if (tag != Tag::AccessionNumberList) {
      m_cursor.skip();
      continue;
    }
    for (Tag part = child(); part != Tag::none; part = child()) {
      if (part != Tag::AccessionNumber) {
        m_cursor.skip();
        continue;
      }
      Value value{std::string(text()), {}, {}};
      if (bank == "ClinicalTrials.gov") {
        if (const auto normal = m_draft.identifier(m_fields.trials, "nct", value.text)) {
          m_draft.add(m_fields.trials, registry::reference("nct", *normal));
        }
      }
      m_draft.with(m_fields.accessions, value, Attribute::type, bank);
      m_draft.add(m_fields.accessions, std::move(value));
    }
  }
}

void Article::publication_types() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::PublicationType) {
      publication_type();
    } else {
      m_cursor.skip();
    }
  }
}

void Article::publication_type() {
  Value value;
  m_draft.with(m_fields.type, value, Attribute::identifier, mesh(m_cursor.attribute_text("UI")));
  value.text = text();
  m_draft.add(m_fields.type, std::move(value));
}

void Article::corrections() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::CommentsCorrections) {
      correction();
    } else {
      m_cursor.skip();
    }
  }
}

void Article::correction() {
  FieldId field = m_fields.related;
  Value value;
  const std::string type = m_cursor.attribute_text("RefType");
  bool exact = false;
  for (const Relation& relation : k_relations) {
    if (relation.name == type) {
      field = m_fields.*relation.field;
      exact = relation.exact;
    }
  }
  if (!exact) {
    m_draft.with(field, value, Attribute::role, type);
  }
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::PMID) {
      if (const auto normal = m_draft.identifier(field, "pmid", text())) {
        value.text = registry::reference("pmid", *normal);
      }
    } else if (tag == Tag::RefSource) {
      m_draft.with(field, value, Attribute::printed, text());
    } else if (tag == Tag::Note) {
      m_draft.with(field, value, Attribute::note, text());
    } else {
      m_cursor.skip();
    }
  }
  if (value.text.empty() && !value.get(Attribute::printed).empty()) {
    value.text = registry::reference("name", value.get(Attribute::printed));
  }
  m_draft.add(field, std::move(value));
}

// Lists stand in lists.
void Article::references() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::ReferenceList) {
      references();
    } else if (tag == Tag::Reference) {
      reference();
    } else {
      m_cursor.skip();
    }
  }
}

// A reference goes in by its PMID or else its DOI; one without either links to nothing.
void Article::reference() {
  std::string found;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag != Tag::ArticleIdList) {
      m_cursor.skip();
      continue;
    }
    for (Tag part = child(); part != Tag::none; part = child()) {
      const std::string_view type = part == Tag::ArticleId ? m_cursor.attribute("IdType") : std::string_view{};
      const bool pmid = type == "pubmed";
      if (!pmid && (type != "doi" || !found.empty())) {
        m_cursor.skip();
        continue;
      }
      if (const auto normal = m_draft.identifier(m_fields.cites, pmid ? "pmid" : "doi", text())) {
        found = registry::reference(pmid ? "pmid" : "doi", *normal);
      }
    }
  }
  m_draft.add(m_fields.cites, found);
}

}  // namespace pitchblende::sources::pubmed
