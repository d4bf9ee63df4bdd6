#include "sources/vocabularies/term.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/json_draft.hpp"

namespace pitchblende::sources {

namespace {

using registry::FieldId;
using registry::Kind;

struct Fields {
  static FieldId of(std::string_view name) { return registry::field(Kind::concept_, name); }
  FieldId scheme = of("scheme"), code = of("code"), labels = of("labels"), synonyms = of("synonyms"),
          definition = of("definition"), broader = of("broader"), related = of("related"), version = of("version"),
          homepage = of("homepage");
};

const Fields& fields() {
  static const Fields all;
  return all;
}

// Once each; a synonym that only repeats a label says nothing.
void add_names(JsonDraft& draft, FieldId field, const std::vector<TermName>& names, std::vector<std::string>& said) {
  for (const TermName& name : names) {
    std::string mark = name.lang + ":" + fold(name.text);
    if (std::find(said.begin(), said.end(), mark) == said.end()) {
      draft.add(field, name.text, name.lang);
      said.push_back(std::move(mark));
    }
  }
}

}  // namespace

void hand_on(const Term& term, const Place& place, RecordSink& sink) {
  const bool named = !term.labels.empty() || !term.synonyms.empty() || !term.definitions.empty();
  if (term.code.empty() || !named) {
    sink.reject({place, term.code.empty() ? "code" : "labels", finding_excerpt(term.code), Error(errors::missing),
                 Kind::concept_, term.key});
    return;
  }
  JsonDraft draft(Kind::concept_, place);
  draft.add(fields().scheme, term.scheme);
  if (draft.add_identifier(fields().code, term.code) == nullptr) {
    sink.reject({place, "code", finding_excerpt(term.code), Error(errors::value, finding_excerpt(term.code)),
                 Kind::concept_, term.key});
    return;
  }
  draft.record.key = clean_utf8(squeeze(term.key.empty() ? term.code : term.key));
  std::vector<std::string> said;
  add_names(draft, fields().labels, term.labels, said);
  add_names(draft, fields().synonyms, term.synonyms, said);
  std::vector<std::string> defined;
  add_names(draft, fields().definition, term.definitions, defined);
  for (const std::string& code : term.broader) {
    draft.add_link(fields().broader, "concept", code);
  }
  for (const std::string& code : term.related) {
    draft.add_link(fields().related, "concept", code);
  }
  draft.add(fields().version, term.version);
  draft.add(fields().homepage, term.homepage);
  if (draft.record.first(fields().labels) == nullptr && draft.record.first(fields().synonyms) == nullptr &&
      draft.record.first(fields().definition) == nullptr) {
    sink.reject({place, "labels", {}, Error(errors::missing), Kind::concept_, term.key});
    return;
  }
  sink.accept(std::move(draft.record), place);
  for (Finding& notice : draft.notices) {
    sink.notice(std::move(notice));
  }
}

Term& TermList::of(const std::string& code, int64_t line) {
  const auto [at, fresh] = m_places.try_emplace(code, m_items.size());
  if (fresh) {
    Item& item = m_items.emplace_back();
    item.term.code = code;
    item.place = {m_file, {}, line, static_cast<int64_t>(m_items.size())};
  }
  return m_items[at->second].term;
}

Result<void> TermList::finish(const ByteStream& bytes, RecordSink& sink) {
  if (m_items.empty()) {
    return fail(errors::empty, m_file);
  }
  int64_t record = 0;
  for (Item& item : m_items) {
    item.place.record = ++record;
    hand_on(item.term, item.place, sink);
    if (record % 256 == 0 && !sink.progress(bytes.consumed())) {
      return {};
    }
  }
  sink.progress(bytes.consumed());
  return {};
}

Result<bool> LineReader::next(std::string_view& line) {
  m_line.clear();
  for (;;) {
    const size_t end = m_left.find('\n');
    const std::string_view piece = m_left.substr(0, end);
    m_line.append(piece.substr(0, k_longest_line - std::min(m_line.size(), k_longest_line)));
    if (end != std::string_view::npos) {
      m_left.remove_prefix(end + 1);
      break;
    }
    m_left = {};
    if (!m_ended) {
      TRY_ASSIGN(m_left, m_bytes.next());
      m_ended = m_left.empty();
    }
    if (m_ended) {
      if (m_line.empty()) {
        return false;
      }
      break;
    }
  }
  ++m_number;
  line = m_line;
  if (m_number == 1 && line.starts_with("\xEF\xBB\xBF")) {
    line.remove_prefix(3);
  }
  if (line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  return true;
}

std::vector<std::string_view> cells_of(std::string_view line, char separator) {
  std::vector<std::string_view> cells;
  for (;;) {
    const size_t end = line.find(separator);
    cells.push_back(trim(line.substr(0, end)));
    if (end == std::string_view::npos) {
      return cells;
    }
    line.remove_prefix(end + 1);
  }
}

}  // namespace pitchblende::sources
