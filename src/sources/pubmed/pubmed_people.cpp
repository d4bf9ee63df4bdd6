// Authors, editors and investigators: as many as there are, each as printed.
#include <algorithm>
#include <charconv>

#include "registry/identifiers.hpp"
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed_article.hpp"

namespace pitchblende::sources::pubmed {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Value;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// "Given Family Suffix", with what is there.
std::string printed_name(const Value& value) {
  const std::string_view given = value.get(Attribute::given);
  const std::string_view before = given.empty() ? value.get(Attribute::initials) : given;
  std::string out;
  for (const std::string_view part : {before, value.get(Attribute::family), value.get(Attribute::suffix)}) {
    if (!part.empty()) {
      out.append(out.empty() ? "" : " ").append(part);
    }
  }
  return out;
}

}  // namespace

void Article::people(FieldId field) {
  m_order = 0;
  if (field == m_fields.authors && has("CompleteYN", "N")) {
    m_draft.add_first(m_fields.authors_complete, "false");
  }
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::Author || tag == Tag::Investigator) {
      person(field);
    } else {
      m_cursor.skip();
    }
  }
}

void Article::person_part(Tag tag, FieldId field, Value& value) {
  switch (tag) {
    case Tag::LastName:
      return m_draft.with(field, value, Attribute::family, text());
    case Tag::ForeName:
      return m_draft.with(field, value, Attribute::given, text());
    case Tag::Initials:
      return m_draft.with(field, value, Attribute::initials, text());
    case Tag::Suffix:
      return m_draft.with(field, value, Attribute::suffix, text());
    case Tag::Identifier:
      return person_identifier(field, value);
    case Tag::AffiliationInfo:
      return affiliation(field, value);
    case Tag::Affiliation:  // files from before 2015
      return m_draft.with(field, value, Attribute::affiliation, text());
    default:
      m_cursor.skip();
  }
}

void Article::person(FieldId field) {
  Value value;
  value.attributes.reserve(8);
  const bool equal = has("EqualContrib", "Y");
  const bool invalid = has("ValidYN", "N");
  std::string collective;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::CollectiveName) {
      collective = text();
    } else {
      person_part(tag, field, value);
    }
  }
  value.text = collective.empty() ? printed_name(value) : std::move(collective);
  if (value.text.empty()) {
    m_draft.notice(description(field).name, {}, Error(errors::missing));
    return;
  }
  if (equal) {
    value.attributes.emplace_back(Attribute::equal, "true");
  }
  if (invalid) {
    value.attributes.emplace_back(Attribute::status, "invalid");
  }
  char order[12];
  const auto [end, error] = std::to_chars(order, order + sizeof(order), ++m_order);
  value.attributes.emplace_back(Attribute::order, std::string(order, end));
  const bool is_person = !value.get(Attribute::family).empty() || !value.get(Attribute::given).empty() ||
                         !value.get(Attribute::initials).empty();
  m_draft.add(is_person || field == m_fields.investigators ? field : m_fields.collective_authors, std::move(value));
}

void Article::affiliation(FieldId field, Value& value) {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::Affiliation) {
      m_draft.with(field, value, Attribute::affiliation, text());
    } else if (tag == Tag::Identifier) {
      const std::string scheme = lower(m_cursor.attribute_text("Source"));
      if (const auto normal = m_draft.identifier(field, scheme, text())) {
        m_draft.with(field, value, Attribute::affiliation_id, registry::reference(scheme, *normal));
      }
    } else {
      m_cursor.skip();
    }
  }
}

void Article::person_identifier(FieldId field, Value& value) {
  const std::string scheme = lower(m_cursor.attribute_text("Source"));
  const std::optional<std::string> normal = m_draft.identifier(field, scheme, text());
  if (!normal) {
    return;
  }
  if (scheme == "orcid" && value.get(Attribute::orcid).empty()) {
    m_draft.with(field, value, Attribute::orcid, *normal);
  } else if (scheme == "isni" && value.get(Attribute::isni).empty()) {
    m_draft.with(field, value, Attribute::isni, *normal);
  } else {
    m_draft.with(field, value, Attribute::identifier, registry::reference(scheme, *normal));
  }
}

}  // namespace pitchblende::sources::pubmed
