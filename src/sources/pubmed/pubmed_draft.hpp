// A publication while PubMed's record of it is read: values with their limits, and what had to be dropped. Inside
// sources. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"
#include "sources/source.hpp"
#include "sources/xml/xml_cursor.hpp"

namespace pitchblende::sources::pubmed {

// The fields of a publication, looked up once.
struct Fields {
  Fields();
  registry::FieldId title, original_title, abstract, pmid, doi, pmc, pii, isbn, journal, journal_abbreviation, issn,
      nlm_id, publisher, volume, issue, pages, year, date, online_date, received, revised, accepted, entered, type,
      language, status, country, authors, collective_authors, investigators, editors, authors_complete, concepts,
      keywords, chemicals, genes, grants, accessions, trials, copyright, conflict_of_interest, corrects, corrected_by,
      retracts, retracted_by, concern_about, concern_raised_by, comments, commented_by, updates, updated_by,
      republishes, republished_by, related, cites;
};
const Fields& fields();

class Draft {
 public:
  Draft(const XmlRecord& source, XmlCursor& cursor, std::string_view file);

  registry::Record record;
  std::vector<Finding> notices;

  // Adds nothing when the text is empty or too large, or the record has too many values (that is said).
  void add(registry::FieldId field, std::string_view text, std::string_view lang = {});
  void add(registry::FieldId field, registry::Value&& value);
  // The same where the field has no value yet.
  void add_first(registry::FieldId field, std::string_view text);
  // Checked and normalised; once each. A wrong one is said.
  void add_identifier(registry::FieldId field, std::string_view text);
  // nullopt (and said): it is wrong.
  std::optional<std::string> identifier(registry::FieldId field, std::string_view scheme, std::string_view text);
  // Adds nothing when the text is empty or too large (that is said).
  void with(registry::FieldId field, registry::Value& value, registry::Attribute attribute, std::string_view text);

  void notice(std::string_view field, std::string_view excerpt, Error error);
  // Of where the cursor has come to, or of some other place in the record.
  Place place() const { return place(m_cursor.position()); }
  Place place(const char* at) const;

 private:
  bool fits(registry::FieldId field, std::string_view text);

  const XmlRecord& m_source;
  XmlCursor& m_cursor;
  std::string_view m_file;
  bool m_full = false;
};

// At most 80 bytes, cut between characters.
std::string excerpt(std::string_view text);

}  // namespace pitchblende::sources::pubmed
