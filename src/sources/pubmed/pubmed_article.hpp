// One PubmedArticle or PubmedBookArticle into a record. Inside sources. One thread.
#pragma once

#include <string>
#include <string_view>

#include "sources/pubmed/pubmed_dates.hpp"
#include "sources/pubmed/pubmed_draft.hpp"
#include "sources/pubmed/pubmed_tags.hpp"
#include "sources/xml/xml_cursor.hpp"

namespace pitchblende::sources::pubmed {

// Its functions each read the element that the cursor has just entered, and leave it.
class Article {
 public:
  Article(const XmlRecord& source, std::string_view file);

  // Reads it all. The draft's record has no key when there is no PMID.
  void read();
  Draft& draft() { return m_draft; }
  XmlCursor& cursor() { return m_cursor; }

 private:
  Tag child() { return m_cursor.child() ? tag_of(m_cursor.name()) : Tag::none; }
  std::string_view text() { return m_cursor.text(); }
  bool has(std::string_view attribute, std::string_view value) const { return m_cursor.attribute(attribute) == value; }
  void add_text(registry::FieldId field) { m_draft.add(field, m_cursor.text()); }

  // pubmed_article.cpp: what it is
  void citation();
  void subject(Tag tag);
  void article();
  void article_part(Tag tag);
  void electronic_location();
  void abstract(std::string_view lang, std::string_view type);
  void other_abstract();
  void book();
  void book_part(Tag tag);
  void publisher();
  void pubmed_data();
  void article_ids();
  void finish_titles();

  // pubmed_journal.cpp: where and when it appeared
  void journal();
  void journal_issue();
  void journal_info();
  void issn(std::string_view type);
  void pagination();
  void history();
  DateParts date_parts(std::string& printed);
  void date(registry::FieldId field);
  void publication_date();

  // pubmed_people.cpp
  void people(registry::FieldId field);
  void person(registry::FieldId field);
  void person_part(Tag tag, registry::FieldId field, registry::Value& value);
  void affiliation(registry::FieldId field, registry::Value& value);
  void person_identifier(registry::FieldId field, registry::Value& value);

  // pubmed_subjects.cpp: what it is about, rests on and is tied to
  void mesh_headings();
  void mesh_heading();
  void supplementary_concepts();
  void keywords();
  void chemicals();
  void genes();
  void grants();
  void data_banks();
  void data_bank();
  void publication_types();
  void publication_type();
  void corrections();
  void correction();
  void references();
  void reference();

  XmlCursor m_cursor;
  Draft m_draft;
  const Fields& m_fields;
  std::string m_title;
  std::string m_book_title;
  std::string m_vernacular_title;
  std::string m_abbreviation;
  std::string m_start_page;
  std::string m_end_page;
  int m_order = 0;  // in the list of people
};

}  // namespace pitchblende::sources::pubmed
