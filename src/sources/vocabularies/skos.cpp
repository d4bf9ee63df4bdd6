// SKOS through Serd's reader of Turtle, piece by piece; what is no statement about a concept is passed over.
#include <serd/serd.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/vocabularies/term.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace pitchblende::sources {

namespace {

constexpr std::string_view k_skos = "http://www.w3.org/2004/02/skos/core#";
constexpr std::string_view k_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
constexpr int64_t k_largest_turtle = int64_t{1} << 30;

std::string_view text_of(const SerdNode* node) {
  return node == nullptr || node->buf == nullptr
             ? std::string_view()
             : std::string_view(reinterpret_cast<const char*>(node->buf), node->n_bytes);
}

// "http://example.org/tree/C04" → "C04".
std::string last_part(std::string_view iri) {
  const size_t at = iri.find_last_of("/#:");
  return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

class SkosTerms {
 public:
  explicit SkosTerms(const std::string& file) : m_terms(file), m_env(serd_env_new(nullptr)) {}
  ~SkosTerms() { serd_env_free(m_env); }
  SkosTerms(const SkosTerms&) = delete;
  SkosTerms& operator=(const SkosTerms&) = delete;

  static SerdStatus on_base(void* self, const SerdNode* uri) {
    return serd_env_set_base_uri(static_cast<SkosTerms*>(self)->m_env, uri);
  }
  static SerdStatus on_prefix(void* self, const SerdNode* name, const SerdNode* uri) {
    return serd_env_set_prefix(static_cast<SkosTerms*>(self)->m_env, name, uri);
  }
  static SerdStatus on_statement(void* self, SerdStatementFlags, const SerdNode*, const SerdNode* subject,
                                 const SerdNode* predicate, const SerdNode* object, const SerdNode*,
                                 const SerdNode* lang) {
    static_cast<SkosTerms*>(self)->take(subject, predicate, object, lang);
    return SERD_SUCCESS;
  }
  static SerdStatus on_error(void* self, const SerdError* error) {
    auto& terms = *static_cast<SkosTerms*>(self);
    terms.m_problem_line = terms.m_problem_line == 0 ? std::max<int64_t>(error->line, 1) : terms.m_problem_line;
    return SERD_SUCCESS;
  }

  int64_t problem_line() const { return m_problem_line; }

  Result<void> finish(const ByteStream& bytes, RecordSink& sink) {
    std::map<std::string, std::string, std::less<>> codes;  // IRI → code
    for (TermList::Item& item : m_terms.items()) {
      const auto notation = m_notations.find(item.term.code);
      codes[item.term.code] = notation == m_notations.end() ? last_part(item.term.code) : notation->second;
    }
    const auto code_of = [&](std::string& iri) {
      const auto known = codes.find(iri);
      iri = known == codes.end() ? last_part(iri) : known->second;
    };
    for (TermList::Item& item : m_terms.items()) {
      item.term.homepage = item.term.code.starts_with("http") ? item.term.code : std::string();
      code_of(item.term.code);
      std::for_each(item.term.broader.begin(), item.term.broader.end(), code_of);
      std::for_each(item.term.related.begin(), item.term.related.end(), code_of);
    }
    return m_terms.finish(bytes, sink);
  }

 private:
  std::string expanded(const SerdNode* node) const {
    SerdNode whole = serd_env_expand_node(m_env, node);
    std::string out(text_of(whole.buf != nullptr ? &whole : node));
    serd_node_free(&whole);
    return out;
  }

  void take(const SerdNode* subject, const SerdNode* predicate, const SerdNode* object, const SerdNode* lang) {
    const std::string what = expanded(predicate);
    const bool type = what == k_type;
    if (!type && !what.starts_with(k_skos)) {
      return;
    }
    const std::string_view name = type ? std::string_view("type") : std::string_view(what).substr(k_skos.size());
    if (type && expanded(object) != std::string(k_skos) + "Concept") {
      return;
    }
    static constexpr std::string_view k_told[] = {"type",    "prefLabel", "altLabel", "definition", "notation",
                                                  "broader", "narrower",  "related",  "inScheme"};
    if (std::find(std::begin(k_told), std::end(k_told), name) == std::end(k_told)) {
      return;
    }
    const std::string about = expanded(subject);
    Term& term = m_terms.of(about, 0);
    const std::string text(text_of(object));
    const std::string language = fold(text_of(lang).substr(0, text_of(lang).find('-')));
    if (name == "prefLabel") {
      term.labels.push_back({text, language});
    } else if (name == "altLabel") {
      term.synonyms.push_back({text, language});
    } else if (name == "definition") {
      term.definitions.push_back({text, language});
    } else if (name == "notation") {
      m_notations.try_emplace(about, text);
    } else if (name == "broader") {
      term.broader.push_back(expanded(object));
    } else if (name == "related") {
      term.related.push_back(expanded(object));
    } else if (name == "inScheme") {
      term.scheme = last_part(expanded(object));
    } else if (name == "narrower") {
      m_terms.of(expanded(object), 0).broader.push_back(about);
    }
  }

  TermList m_terms;
  SerdEnv* m_env;
  std::map<std::string, std::string, std::less<>> m_notations;
  int64_t m_problem_line = 0;
};

class Skos final : public Reader {
 public:
  explicit Skos(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_skos(*bytes, path, m_settings, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_skos_reader(const Settings& settings) { return std::make_unique<Skos>(settings); }

Result<void> read_skos(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink) {
  TRY_ASSIGN(std::string text, read_all(bytes, file, std::min(settings.largest_file, k_largest_turtle)));
  text = clean_utf8(text);
  if (trim(text).empty()) {
    return fail(errors::empty, file);
  }
  SkosTerms terms(file);
  SerdReader* const reader = serd_reader_new(SERD_TURTLE, &terms, nullptr, SkosTerms::on_base, SkosTerms::on_prefix,
                                             SkosTerms::on_statement, nullptr);
  serd_reader_set_error_sink(reader, SkosTerms::on_error, &terms);
  const SerdStatus status = serd_reader_read_string(reader, reinterpret_cast<const uint8_t*>(text.c_str()));
  serd_reader_free(reader);
  if (status > SERD_FAILURE) {
    return fail(errors::damaged, file, "Turtle, line " + std::to_string(terms.problem_line()));
  }
  return terms.finish(bytes, sink);
}

}  // namespace pitchblende::sources
