#include "sources/pubmed/pubmed_article.hpp"

#include "sources/errors.hpp"
#include "sources/languages.hpp"

namespace pitchblende::sources::pubmed {

namespace {

using registry::Attribute;
using registry::Value;

}  // namespace

Article::Article(const XmlRecord& source, std::string_view file)
    : m_cursor(source), m_draft(source, m_cursor, file), m_fields(fields()) {}

void Article::read() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::MedlineCitation:
      case Tag::BookDocument:
        citation();
        break;
      case Tag::PubmedData:
      case Tag::PubmedBookData:
        pubmed_data();
        break;
      default:
        m_cursor.skip();
    }
  }
  finish_titles();
  m_draft.add_first(m_fields.journal_abbreviation, m_abbreviation);
  if (!m_start_page.empty()) {
    m_draft.add_first(m_fields.pages, m_end_page.empty() ? m_start_page : m_start_page + "-" + m_end_page);
  }
}

void Article::finish_titles() {
  const Value* language = m_draft.record.first(m_fields.language);
  const std::string lang = language == nullptr || language->text == "und" ? std::string{} : language->text;
  const bool has_title = !m_title.empty() && m_title != "[Not Available]." && m_title != "Not Available";
  m_draft.add(m_fields.title, has_title ? m_title : m_book_title, "en");
  if (has_title) {
    m_draft.add_first(m_fields.journal, m_book_title);
    m_draft.add(m_fields.original_title, m_vernacular_title, lang);
  } else if (m_book_title.empty()) {
    m_draft.add(m_fields.title, m_vernacular_title, lang);
  }
  if (m_draft.record.first(m_fields.title) == nullptr) {
    m_draft.notice("title", {}, Error(errors::missing));
  }
}

// MedlineCitation and BookDocument; the latter holds what an Article holds besides.
void Article::citation() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::PMID:
        if (m_draft.record.key.empty()) {
          m_draft.add_identifier(m_fields.pmid, text());
          m_draft.record.key = m_draft.record.text(m_fields.pmid);
        } else {
          m_cursor.skip();
        }
        break;
      case Tag::DateRevised: {
        std::string printed;
        m_draft.record.date = date_text(date_parts(printed)).text;
        break;
      }
      case Tag::Article:
        article();
        break;
      case Tag::MedlineJournalInfo:
        journal_info();
        break;
      case Tag::OtherAbstract:
        other_abstract();
        break;
      case Tag::CoiStatement:
        add_text(m_fields.conflict_of_interest);
        break;
      case Tag::Book:
        book();
        break;
      case Tag::ReferenceList:
        references();
        break;
      case Tag::ArticleIdList:
        article_ids();
        break;
      default:
        subject(tag);
    }
  }
}

void Article::subject(Tag tag) {
  switch (tag) {
    case Tag::ChemicalList:
      return chemicals();
    case Tag::SupplMeshList:
      return supplementary_concepts();
    case Tag::CommentsCorrectionsList:
      return corrections();
    case Tag::GeneSymbolList:
      return genes();
    case Tag::MeshHeadingList:
      return mesh_headings();
    case Tag::KeywordList:
      return keywords();
    default:
      article_part(tag);
  }
}

void Article::article() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    article_part(tag);
  }
}

void Article::article_part(Tag tag) {
  switch (tag) {
    case Tag::Journal:
      return journal();
    case Tag::ArticleTitle:
      m_title = text();
      return;
    case Tag::VernacularTitle:
      m_vernacular_title = text();
      return;
    case Tag::Pagination:
      return pagination();
    case Tag::ELocationID:
      return electronic_location();
    case Tag::Abstract:
      return abstract("en", {});
    case Tag::AuthorList:
      return people(has("Type", "editors") ? m_fields.editors : m_fields.authors);
    case Tag::InvestigatorList:
      return people(m_fields.investigators);
    case Tag::Language:
      return m_draft.add(m_fields.language, language_tag(text()));
    case Tag::DataBankList:
      return data_banks();
    case Tag::GrantList:
      return grants();
    case Tag::PublicationTypeList:
      return publication_types();
    case Tag::PublicationType:
      return publication_type();
    case Tag::ArticleDate:
      date(m_fields.online_date);
      return;
    default:
      m_cursor.skip();
  }
}

void Article::electronic_location() {
  if (has("ValidYN", "N")) {
    m_cursor.skip();
    return;
  }
  const std::string_view type = m_cursor.attribute("EIdType");
  if (type == "doi") {
    m_draft.add_identifier(m_fields.doi, text());
  } else if (type == "pii") {
    m_draft.add_identifier(m_fields.pii, text());
  } else {
    m_cursor.skip();
  }
}

void Article::abstract(std::string_view lang, std::string_view type) {
  std::string all;
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::CopyrightInformation) {
      m_draft.add_first(m_fields.copyright, text());
      continue;
    }
    if (tag != Tag::AbstractText) {
      m_cursor.skip();
      continue;
    }
    const std::string label = m_cursor.attribute_text("Label");
    const std::string_view section = text();
    if (section.empty()) {
      continue;
    }
    all += all.empty() ? "" : " ";
    if (!label.empty() && label != "UNLABELLED") {
      all.append(label).append(label.back() == ':' ? " " : ": ");
    }
    all += section;
  }
  Value value{std::move(all), std::string(lang), {}};
  m_draft.with(m_fields.abstract, value, Attribute::type, type);
  m_draft.add(m_fields.abstract, std::move(value));
}

void Article::other_abstract() {
  const std::string lang = language_tag(m_cursor.attribute_text("Language"));
  const std::string type = m_cursor.attribute_text("Type");
  abstract(lang.empty() ? "en" : lang, type);
}

void Article::book() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    book_part(tag);
  }
}

void Article::book_part(Tag tag) {
  switch (tag) {
    case Tag::Publisher:
      return publisher();
    case Tag::BookTitle:
      m_book_title = text();
      return;
    case Tag::PubDate:
      return publication_date();
    case Tag::Volume:
      return m_draft.add_first(m_fields.volume, text());
    case Tag::Isbn:
      return m_draft.add_identifier(m_fields.isbn, text());
    default:
      article_part(tag);
  }
}

void Article::publisher() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    if (tag == Tag::PublisherName) {
      m_draft.add_first(m_fields.publisher, text());
    } else {
      m_cursor.skip();
    }
  }
}

void Article::pubmed_data() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    switch (tag) {
      case Tag::History:
        history();
        break;
      case Tag::PublicationStatus:
        m_draft.add_first(m_fields.status, text());
        break;
      case Tag::ArticleIdList:
        article_ids();
        break;
      case Tag::ReferenceList:
        references();
        break;
      default:
        m_cursor.skip();
    }
  }
}

void Article::article_ids() {
  for (Tag tag = child(); tag != Tag::none; tag = child()) {
    const std::string_view type = tag == Tag::ArticleId ? m_cursor.attribute("IdType") : std::string_view{};
    if (type == "doi") {
      m_draft.add_identifier(m_fields.doi, text());
    } else if (type == "pmc") {
      m_draft.add_identifier(m_fields.pmc, text());
    } else if (type == "pii") {
      m_draft.add_identifier(m_fields.pii, text());
    } else {
      m_cursor.skip();
    }
  }
}

}  // namespace pitchblende::sources::pubmed
