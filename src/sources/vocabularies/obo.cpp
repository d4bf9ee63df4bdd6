#include <optional>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/vocabularies/term.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace pitchblende::sources {

namespace {

// "text" with OBO's escapes, from its opening quote on; what stands behind it goes to `rest`.
std::optional<std::string> quoted(std::string_view value, std::string_view& rest) {
  if (!value.starts_with('"')) {
    return std::nullopt;
  }
  std::string out;
  for (size_t at = 1; at < value.size(); ++at) {
    if (value[at] == '"') {
      rest = value.substr(at + 1);
      return out;
    }
    if (value[at] == '\\' && at + 1 < value.size()) {
      ++at;
      out += value[at] == 'n' || value[at] == 't' || value[at] == 'W' ? ' ' : value[at];
    } else {
      out += value[at];
    }
  }
  return std::nullopt;
}

// An unquoted value: escapes replaced, the comment behind " ! " and the modifiers in braces cut off.
std::string unquoted(std::string_view value) {
  std::string out;
  for (size_t at = 0; at < value.size(); ++at) {
    const char c = value[at];
    if (c == '\\' && at + 1 < value.size()) {
      ++at;
      out += value[at] == 'n' || value[at] == 't' || value[at] == 'W' ? ' ' : value[at];
    } else if (c == '!' && (at == 0 || value[at - 1] == ' ')) {
      break;
    } else if (c == '{' && at > 0 && value[at - 1] == ' ' && value.find('=', at) != std::string_view::npos) {
      break;
    } else {
      out += c;
    }
  }
  return std::string(trim(out));
}

// The language that a trailing {lang="fr"} says; English where none is said.
std::string language_of(std::string_view rest) {
  for (const std::string_view mark : {"lang=\"", "language=\""}) {
    const size_t at = rest.find(mark);
    if (at != std::string_view::npos) {
      const std::string_view code = rest.substr(at + mark.size());
      return fold(code.substr(0, std::min<size_t>(code.find('"'), 8)));
    }
  }
  return "en";
}

class OboReader {
 public:
  OboReader(ByteStream& bytes, const std::string& file, RecordSink& sink)
      : m_bytes(bytes), m_lines(bytes), m_file(file), m_sink(sink) {}

  Result<void> read() {
    std::string_view line;
    bool said_something = false;
    for (;;) {
      TRY_ASSIGN(const bool more, m_lines.next(line));
      if (!more) {
        break;
      }
      line = trim(line);
      if (!said_something && !line.empty()) {
        said_something = true;
        if (line.front() != '[' && line.find(':') == std::string_view::npos) {
          return fail(errors::other_format, m_file, "OBO", clean_utf8(line.substr(0, 80)));
        }
      }
      if (!take(line)) {
        return {};
      }
    }
    if (!said_something) {
      return fail(errors::empty, m_file);
    }
    close();
    m_sink.progress(m_bytes.consumed());
    return {};
  }

 private:
  bool take(std::string_view line) {
    if (line.starts_with('[')) {
      close();
      m_inside = line.starts_with("[Term]");
      m_header = false;
      m_obsolete = false;
      m_term = {};
      m_begins = m_lines.number();
      return m_record % 256 != 0 || m_sink.progress(m_bytes.consumed());
    }
    const size_t colon = line.find(':');
    if (line.starts_with('!') || colon == std::string_view::npos) {
      return true;
    }
    const std::string_view tag = line.substr(0, colon);
    const std::string_view value = trim(line.substr(colon + 1));
    if (m_header && (tag == "data-version" || tag == "version")) {
      m_version = unquoted(value);
    } else if (m_inside) {
      tell(tag, value);
    }
    return true;
  }

  void tell(std::string_view tag, std::string_view value) {
    std::string_view rest;
    if (tag == "id") {
      m_term.code = unquoted(value);
    } else if (tag == "name") {
      m_term.labels.push_back({unquoted(value), language_of(value)});
    } else if (tag == "is_a") {
      m_term.broader.push_back(unquoted(value));
    } else if (tag == "is_obsolete") {
      m_obsolete = value.starts_with("true");
    } else if (tag == "def") {
      if (auto text = quoted(value, rest)) {
        m_term.definitions.push_back({std::move(*text), language_of(rest)});
      }
    } else if (tag == "synonym") {
      auto text = quoted(value, rest);
      if (text && trim(rest).starts_with("EXACT")) {
        m_term.synonyms.push_back({std::move(*text), language_of(rest)});
      }
    } else if (tag == "exact_synonym") {  // OBO 1.0
      if (auto text = quoted(value, rest)) {
        m_term.synonyms.push_back({std::move(*text), language_of(rest)});
      }
    }
  }

  void close() {
    if (m_inside && !m_obsolete) {
      const size_t colon = m_term.code.find(':');
      m_term.scheme = colon == std::string::npos ? std::string() : m_term.code.substr(0, colon);
      m_term.version = m_version;
      hand_on(m_term, {m_file, {}, m_begins, ++m_record}, m_sink);
    }
    m_inside = false;
  }

  ByteStream& m_bytes;
  LineReader m_lines;
  const std::string& m_file;
  RecordSink& m_sink;
  std::string m_version;
  Term m_term;
  bool m_header = true;
  bool m_inside = false;
  bool m_obsolete = false;
  int64_t m_begins = 0;
  int64_t m_record = 0;
};

class Obo final : public Reader {
 public:
  explicit Obo(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_obo(*bytes, path, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_obo_reader(const Settings& settings) { return std::make_unique<Obo>(settings); }

Result<void> read_obo(ByteStream& bytes, const std::string& file, RecordSink& sink) {
  return OboReader(bytes, file, sink).read();
}

}  // namespace pitchblende::sources
