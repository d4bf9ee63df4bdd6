#include "sources/pubmed/pubmed_draft.hpp"

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "sources/byte_blocks.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources::pubmed {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Value;

constexpr size_t k_largest_value = 1024 * 1024;
constexpr size_t k_most_values = 200'000;
constexpr size_t k_excerpt = 80;
constexpr size_t k_most_notices = 1000;

FieldId named(std::string_view name) { return registry::field(registry::Kind::publication, name); }

bool is_pmid(std::string_view text) {
  if (text.empty() || text.size() > 8 || text.front() == '0') {
    return false;
  }
  for (const char c : text) {
    if (c < '0' || c > '9') {
      return false;
    }
  }
  return true;
}

}  // namespace

Fields::Fields() {
#define PB_FIELD(name) name = named(#name)
  PB_FIELD(title), PB_FIELD(original_title), PB_FIELD(abstract), PB_FIELD(pmid), PB_FIELD(doi), PB_FIELD(pmc),
      PB_FIELD(pii), PB_FIELD(isbn), PB_FIELD(journal), PB_FIELD(journal_abbreviation), PB_FIELD(issn),
      PB_FIELD(nlm_id), PB_FIELD(publisher), PB_FIELD(volume), PB_FIELD(issue), PB_FIELD(pages), PB_FIELD(year),
      PB_FIELD(date), PB_FIELD(online_date), PB_FIELD(received), PB_FIELD(revised), PB_FIELD(accepted),
      PB_FIELD(entered), PB_FIELD(type), PB_FIELD(language), PB_FIELD(status), PB_FIELD(country), PB_FIELD(authors),
      PB_FIELD(collective_authors), PB_FIELD(investigators), PB_FIELD(editors), PB_FIELD(authors_complete),
      PB_FIELD(concepts), PB_FIELD(keywords), PB_FIELD(chemicals), PB_FIELD(genes), PB_FIELD(grants),
      PB_FIELD(accessions), PB_FIELD(trials), PB_FIELD(copyright), PB_FIELD(conflict_of_interest), PB_FIELD(corrects),
      PB_FIELD(corrected_by), PB_FIELD(retracts), PB_FIELD(retracted_by), PB_FIELD(concern_about),
      PB_FIELD(concern_raised_by), PB_FIELD(comments), PB_FIELD(commented_by), PB_FIELD(updates), PB_FIELD(updated_by),
      PB_FIELD(republishes), PB_FIELD(republished_by), PB_FIELD(related), PB_FIELD(cites);
#undef PB_FIELD
}

const Fields& fields() {
  static const Fields known;
  return known;
}

std::string excerpt(std::string_view text) {
  if (text.size() > k_excerpt) {
    size_t end = k_excerpt;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;
    }
    text = text.substr(0, end);
  }
  return squeeze(clean_utf8(text));
}

Draft::Draft(const XmlRecord& source, XmlCursor& cursor, std::string_view file)
    : m_source(source), m_cursor(cursor), m_file(file) {
  record.kind = registry::Kind::publication;
  record.values.reserve(32 + source.tags.size() / 12);
}

Place Draft::place(const char* at) const {
  return {std::string(m_file), {}, m_source.line + count_bytes(m_source.text.data(), at, '\n'), m_source.record};
}

void Draft::notice(std::string_view field, std::string_view text, Error error) {
  if (notices.size() < k_most_notices) {
    notices.push_back({place(), std::string(field), excerpt(text), std::move(error)});
  }
}

bool Draft::fits(FieldId field, std::string_view text) {
  if (text.size() <= k_largest_value) [[likely]] {
    return true;
  }
  notice(description(field).name, text, Error(errors::value_too_large, std::to_string(k_largest_value)));
  return false;
}

void Draft::add(FieldId field, std::string_view text, std::string_view lang) {
  add(field, Value{std::string(text.substr(0, k_largest_value + 1)), std::string(lang), {}});
}

void Draft::add(FieldId field, Value&& value) {
  if (value.text.empty() || !fits(field, value.text)) {
    return;
  }
  if (record.values.size() >= k_most_values) {
    if (!m_full) {
      notice(description(field).name, value.text, Error(errors::too_many_values, std::to_string(k_most_values)));
    }
    m_full = true;
    return;
  }
  record.values.emplace_back(field, std::move(value));
}

void Draft::add_first(FieldId field, std::string_view text) {
  if (!text.empty() && record.first(field) == nullptr) {
    add(field, text);
  }
}

std::optional<std::string> Draft::identifier(FieldId field, std::string_view scheme, std::string_view text) {
  if (scheme == "pmid" && is_pmid(text)) {
    return std::string(text);
  }
  Result<std::string> normal = registry::normalise_identifier(scheme, text.substr(0, k_largest_value));
  if (!normal) {
    notice(description(field).name, text, std::move(normal).error());
    return std::nullopt;
  }
  return std::move(*normal);
}

void Draft::add_identifier(FieldId field, std::string_view text) {
  const registry::FieldDescription& row = description(field);
  if (text.empty() || (row.cardinality == registry::Cardinality::one && record.first(field) != nullptr)) {
    return;
  }
  const std::optional<std::string> normal = identifier(field, row.scheme, text);
  if (!normal) {
    return;
  }
  for (const auto& [id, value] : record.values) {
    if (id == field && value.text == *normal) {
      return;
    }
  }
  add(field, *normal);
}

void Draft::with(FieldId field, Value& value, Attribute attribute, std::string_view text) {
  if (!text.empty() && fits(field, text)) {
    value.attributes.emplace_back(attribute, text);
  }
}

}  // namespace pitchblende::sources::pubmed
