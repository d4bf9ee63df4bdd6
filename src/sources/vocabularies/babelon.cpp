#include <algorithm>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/vocabularies/term.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace pitchblende::sources {

namespace {

// Where the columns stand; -1: there is none.
struct Columns {
  int subject = -1;
  int language = -1;
  int predicate = -1;
  int text = -1;
  int source = -1;  // what was translated
  int source_language = -1;
};

Columns columns_of(std::string_view header) {
  Columns out;
  const std::vector<std::string_view> cells = cells_of(header, '\t');
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string name = fold(cells[i]);
    int* const place = name == "subject_id"             ? &out.subject
                       : name == "translation_language" ? &out.language
                       : name == "predicate_id"         ? &out.predicate
                       : name == "translation_value"    ? &out.text
                       : name == "source_value"         ? &out.source
                       : name == "source_language"      ? &out.source_language
                                                        : nullptr;
    if (place != nullptr) {
      *place = static_cast<int>(i);
    }
  }
  return out;
}

class Babelon final : public Reader {
 public:
  explicit Babelon(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_babelon(*bytes, path, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_babelon_reader(const Settings& settings) { return std::make_unique<Babelon>(settings); }

Result<void> read_babelon(ByteStream& bytes, const std::string& file, RecordSink& sink) {
  LineReader lines(bytes);
  std::string_view line;
  TRY_ASSIGN(const bool some, lines.next(line));
  if (!some) {
    return fail(errors::empty, file);
  }
  const Columns columns = columns_of(line);
  if (columns.subject < 0 || columns.text < 0) {
    return fail(errors::no_header, file, "subject_id, translation_value", clean_utf8(line.substr(0, 80)));
  }
  const bool synonyms = columns.predicate < 0;
  TermList terms(file);
  for (;;) {
    TRY_ASSIGN(const bool more, lines.next(line));
    if (!more) {
      break;
    }
    const std::vector<std::string_view> cells = cells_of(line, '\t');
    const auto cell = [&](int at) {
      return at >= 0 && static_cast<size_t>(at) < cells.size() ? cells[static_cast<size_t>(at)] : std::string_view();
    };
    const std::string_view subject = cell(columns.subject);
    const std::string_view text = cell(columns.text);
    if (subject.find(':') == std::string_view::npos || text.empty()) {
      continue;  // the line under the titles that says what they mean to a machine; an empty translation
    }
    Term& term = terms.of(std::string(subject), lines.number());
    term.key = synonyms ? term.code + "#synonyms" : term.code;
    term.scheme = term.code.substr(0, term.code.find(':'));
    const std::string language = columns.language < 0 ? "fr" : fold(cell(columns.language));
    const std::string_view predicate = cell(columns.predicate);
    TermName name{std::string(text), language};
    if (synonyms || predicate.find("ynonym") != std::string_view::npos) {
      term.synonyms.push_back(std::move(name));
    } else if (predicate.ends_with("label")) {
      term.labels.push_back(std::move(name));
      // The label that was translated: the file says both languages by itself.
      if (const std::string_view source = cell(columns.source); !source.empty()) {
        const std::string_view of = cell(columns.source_language);
        term.labels.push_back({std::string(source), of.empty() ? "en" : fold(of)});
      }
    } else {
      term.definitions.push_back(std::move(name));
    }
  }
  return terms.finish(bytes, sink);
}

}  // namespace pitchblende::sources
