#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/vocabularies/term.hpp"
#include "sources/vocabularies/vocabularies.hpp"
#include "sources/xml/xml_cursor.hpp"
#include "sources/xml/xml_splitter.hpp"

namespace pitchblende::sources {

namespace {

// Descriptors of a file, and where each stands in the trees: what is right above it is known at the end.
class MeshTerms {
 public:
  explicit MeshTerms(const std::string& file) : m_terms(file) {}

  Term& of(const std::string& code, int64_t line) {
    Term& term = m_terms.of(code, line);
    term.scheme = "MeSH";
    return term;
  }
  void place(const std::string& code, std::string_view tree_number) {
    m_places.emplace_back(std::string(tree_number), code);
  }
  Result<void> finish(const ByteStream& bytes, RecordSink& sink) {
    std::map<std::string, std::string, std::less<>> at;
    for (const auto& [number, code] : m_places) {
      at.emplace(number, code);
    }
    for (const auto& [number, code] : m_places) {
      const size_t dot = number.rfind('.');
      const auto above = dot == std::string::npos ? at.end() : at.find(std::string_view(number).substr(0, dot));
      std::vector<std::string>& broader = m_terms.of(code, 0).broader;
      if (above != at.end() && above->second != code &&
          std::find(broader.begin(), broader.end(), above->second) == broader.end()) {
        broader.push_back(above->second);
      }
    }
    return m_terms.finish(bytes, sink);
  }

 private:
  TermList m_terms;
  std::vector<std::pair<std::string, std::string>> m_places;  // tree number, code
};

// The bytes already read, then the rest of the stream.
class Resumed final : public ByteStream {
 public:
  Resumed(std::string_view first, ByteStream& rest) : m_first(first), m_rest(rest) {}
  Result<std::string_view> next() override {
    if (!m_first.empty()) {
      const std::string_view out = m_first;
      m_first = {};
      return out;
    }
    return m_rest.next();
  }
  int64_t consumed() const override { return m_rest.consumed(); }

 private:
  std::string_view m_first;
  ByteStream& m_rest;
};

Result<void> read_table(ByteStream& bytes, const std::string& file, RecordSink& sink) {
  LineReader lines(bytes);
  MeshTerms terms(file);
  std::string_view line;
  TRY_ASSIGN(const bool some, lines.next(line));
  const std::vector<std::string_view> titles = cells_of(line, '\t');
  const auto column = [&](std::string_view name) {
    return static_cast<size_t>(
        std::find_if(titles.begin(), titles.end(), [&](std::string_view title) { return fold(title) == name; }) -
        titles.begin());
  };
  const std::array<size_t, 3> places{column("tree number"), column("desc ui"), column("term")};
  if (!some || *std::max_element(places.begin(), places.end()) >= titles.size()) {
    return fail(errors::no_header, file, "Tree Number, Desc Ui, Term", clean_utf8(line.substr(0, 80)));
  }
  for (;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    const std::vector<std::string_view> cells = cells_of(line, '\t');
    if (cells.size() <= *std::max_element(places.begin(), places.end()) || cells[places[1]].empty()) {
      continue;
    }
    const std::string code(cells[places[1]]);
    Term& term = terms.of(code, lines.number());
    if (term.labels.empty()) {
      term.labels.push_back({std::string(cells[places[2]]), "en"});
    }
    terms.place(code, cells[places[0]]);
  }
  return terms.finish(bytes, sink);
}

// *NEWRECORD, then "MH = Heading", "MN = tree number", "ENTRY = synonym|…", "MS = scope note", "UI = D000001".
class AsciiDraft {
 public:
  explicit AsciiDraft(MeshTerms& terms) : m_terms(terms) {}

  void begin(int64_t line) {
    close();
    m_begins = line;
  }
  void tell(std::string_view tag, std::string_view value) {
    if (tag == "MH") {
      m_term.labels.push_back({std::string(value), "en"});
    } else if (tag == "UI") {
      m_term.code = value;
    } else if (tag == "MN") {
      m_numbers.emplace_back(value);
    } else if (tag == "MS") {
      m_term.definitions.push_back({std::string(value), "en"});
    } else if (tag == "ENTRY" || tag == "PRINT ENTRY") {
      m_term.synonyms.push_back({std::string(value.substr(0, value.find('|'))), "en"});
    }
  }
  void close() {
    if (!m_term.code.empty()) {
      Term& term = m_terms.of(m_term.code, m_begins);
      m_term.scheme = term.scheme;
      for (const std::string& number : m_numbers) {
        m_terms.place(m_term.code, number);
      }
      term = std::move(m_term);
    } else if (!m_term.labels.empty()) {
      m_terms.of({}, m_begins);  // said as a reject
    }
    m_term = {};
    m_numbers.clear();
  }

 private:
  MeshTerms& m_terms;
  Term m_term;
  std::vector<std::string> m_numbers;
  int64_t m_begins = 0;
};

Result<void> read_ascii(ByteStream& bytes, const std::string& file, RecordSink& sink) {
  LineReader lines(bytes);
  MeshTerms terms(file);
  AsciiDraft draft(terms);
  std::string_view line;
  for (;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    const size_t equals = line.find(" = ");
    if (line.starts_with("*NEWRECORD")) {
      draft.begin(lines.number());
    } else if (equals != std::string_view::npos) {
      draft.tell(line.substr(0, equals), trim(line.substr(equals + 3)));
    }
  }
  draft.close();
  return terms.finish(bytes, sink);
}

void read_concepts(XmlCursor& cursor, Term& term) {
  while (cursor.child()) {  // Concept
    const bool preferred = cursor.attribute("PreferredConceptYN") == "Y";
    while (cursor.child()) {
      const std::string_view name = cursor.name();
      if (name == "ScopeNote" && preferred) {
        term.definitions.push_back({std::string(cursor.text()), "en"});
      } else if (name == "TermList" && preferred) {
        while (cursor.child()) {  // Term
          while (cursor.child()) {
            if (cursor.name() == "String") {
              term.synonyms.push_back({std::string(cursor.text()), "en"});
            } else {
              cursor.skip();
            }
          }
        }
      } else {
        cursor.skip();
      }
    }
  }
}

void read_descriptor(XmlCursor& cursor, Term& term, std::vector<std::string>& numbers) {
  while (cursor.child()) {
    const std::string_view name = cursor.name();
    if (name == "DescriptorUI") {
      term.code = cursor.text();
    } else if (name == "DescriptorName") {
      while (cursor.child()) {
        term.labels.push_back({std::string(cursor.text()), "en"});
      }
    } else if (name == "TreeNumberList") {
      while (cursor.child()) {
        numbers.emplace_back(cursor.text());
      }
    } else if (name == "ConceptList") {
      read_concepts(cursor, term);
    } else {
      cursor.skip();
    }
  }
}

Result<void> read_xml(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink) {
  XmlSplitter splitter(bytes, file, {{"DescriptorRecord"}, {"DescriptorRecordSet"}}, settings.largest_record);
  MeshTerms terms(file);
  for (;;) {
    TRY_ASSIGN(const std::optional<XmlRecord> record, splitter.next());
    if (!record) {
      break;
    }
    Term term;
    std::vector<std::string> numbers;
    if (!record->error) {
      XmlCursor cursor(*record);
      read_descriptor(cursor, term, numbers);
      if (cursor.failed()) {
        term.code.clear();
      }
    }
    Term& kept = terms.of(term.code, record->line);
    for (const std::string& number : numbers) {
      terms.place(term.code, number);
    }
    term.scheme = kept.scheme;
    kept = std::move(term);
  }
  return terms.finish(bytes, sink);
}

class Mesh final : public Reader {
 public:
  explicit Mesh(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_mesh(*bytes, path, m_settings, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_mesh_reader(const Settings& settings) { return std::make_unique<Mesh>(settings); }

Result<void> read_mesh(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink) {
  TRY_ASSIGN(const std::string_view first, bytes.next());
  if (first.empty()) {
    return fail(errors::empty, file);
  }
  const std::string kept(first);
  Resumed all(kept, bytes);
  std::string_view begin = kept;
  begin.remove_prefix(begin.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  begin = trim(begin.substr(0, 200));
  if (begin.starts_with('<')) {
    return read_xml(all, file, settings, sink);
  }
  return begin.starts_with("*NEWRECORD") ? read_ascii(all, file, sink) : read_table(all, file, sink);
}

}  // namespace pitchblende::sources
