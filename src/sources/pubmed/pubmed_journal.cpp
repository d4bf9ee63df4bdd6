// Where and when a publication appeared.
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed_article.hpp"

namespace pitchblende::sources::pubmed {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Value;

}  // namespace

void Article::journal() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::ISSN: {
        const std::string_view type = m_cursor.attribute("IssnType");
        issn(type == "Print" ? "print" : type == "Electronic" ? "electronic" : "");
        break;
      }
      case Tag::JournalIssue:
        journal_issue();
        break;
      case Tag::Title:
        m_draft.add_first(m_fields.journal, text());
        break;
      case Tag::ISOAbbreviation:
        m_draft.add_first(m_fields.journal_abbreviation, text());
        break;
      default:
        m_cursor.skip();
    }
  }
}

void Article::journal_issue() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::Volume:
        m_draft.add_first(m_fields.volume, text());
        break;
      case Tag::Issue:
        m_draft.add_first(m_fields.issue, text());
        break;
      case Tag::PubDate:
        publication_date();
        break;
      default:
        m_cursor.skip();
    }
  }
}

void Article::journal_info() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::Country:
        m_draft.add_first(m_fields.country, text());
        break;
      case Tag::MedlineTA:
        m_abbreviation = text();
        break;
      case Tag::NlmUniqueID:
        m_draft.add_identifier(m_fields.nlm_id, text());
        break;
      case Tag::ISSNLinking:
        issn("linking");
        break;
      default:
        m_cursor.skip();
    }
  }
}

void Article::issn(std::string_view type) {
  const std::string_view printed = text();
  const std::optional<std::string> normal = m_draft.identifier(m_fields.issn, "issn", printed);
  if (!normal) {
    return;
  }
  for (const auto& [field, value] : m_draft.record.values) {
    if (field == m_fields.issn && value.text == *normal) {
      return;
    }
  }
  Value value{*normal, {}, {}};
  m_draft.with(m_fields.issn, value, Attribute::type, type);
  m_draft.add(m_fields.issn, std::move(value));
}

void Article::pagination() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::MedlinePgn:
        m_draft.add_first(m_fields.pages, text());
        break;
      case Tag::StartPage:
        m_start_page = text();
        break;
      case Tag::EndPage:
        m_end_page = text();
        break;
      default:
        m_cursor.skip();
    }
  }
}

void Article::history() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    const std::string_view status = tag == Tag::PubMedPubDate ? m_cursor.attribute("PubStatus") : std::string_view{};
    if (status == "received") {
      date(m_fields.received);
    } else if (status == "accepted") {
      date(m_fields.accepted);
    } else if (status == "revised") {
      date(m_fields.revised);
    } else if (status == "entrez") {
      date(m_fields.entered);
    } else {
      m_cursor.skip();
    }
  }
}

DateParts Article::date_parts(std::string& printed) {
  DateParts parts;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::Year:
        parts.year = text();
        break;
      case Tag::Month:
        parts.month = text();
        break;
      case Tag::Day:
        parts.day = text();
        break;
      case Tag::Season:
      case Tag::MedlineDate:
        printed = text();
        break;
      default:
        m_cursor.skip();
    }
  }
  return parts;
}

// The first one counts.
void Article::date(FieldId field) {
  std::string printed;
  const DateParts parts = date_parts(printed);
  const DateText found = date_text(parts);
  if (!found.whole) {
    m_draft.notice(description(field).name, parts.year + "-" + parts.month + "-" + parts.day,
                   Error(errors::value, excerpt(parts.year + "-" + parts.month + "-" + parts.day)));
  }
  m_draft.add_first(field, found.text);
}

void Article::publication_date() {
  std::string printed;
  const DateParts parts = date_parts(printed);
  const DateText found = date_text(parts);
  const DateSpan span = found.text.empty() ? date_span(printed) : DateSpan{found.text, {}};
  if (!found.whole || (span.from.empty() && !printed.empty())) {
    const std::string said = parts.year + "-" + parts.month + "-" + parts.day + printed;
    m_draft.notice("date", said, Error(errors::value, excerpt(said)));
  }
  if (span.from.empty() || m_draft.record.first(m_fields.date) != nullptr) {
    return;
  }
  m_draft.add(m_fields.year, std::string_view(span.from).substr(0, 4));
  Value value{span.from, {}, {}};
  m_draft.with(m_fields.date, value, Attribute::to, span.to);
  if (!printed.empty()) {
    m_draft.with(m_fields.date, value, Attribute::printed, found.text.empty() ? printed : parts.year + " " + printed);
  }
  m_draft.add(m_fields.date, std::move(value));
}

}  // namespace pitchblende::sources::pubmed
