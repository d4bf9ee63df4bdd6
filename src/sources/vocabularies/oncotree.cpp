#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/json_objects.hpp"
#include "sources/json_view.hpp"
#include "sources/vocabularies/term.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace pitchblende::sources {

namespace {

constexpr int k_deepest_tree = 64;

std::string code_of(std::string_view code) { return code.empty() ? std::string() : "ONCOTREE:" + std::string(code); }

// "Acute Myeloid Leukemia, NOS": not otherwise specified is no part of a name that people look for.
std::string without_nos(std::string_view name) {
  for (const std::string_view end : {", NOS", " NOS"}) {
    if (name.ends_with(end)) {
      return std::string(name.substr(0, name.size() - end.size()));
    }
  }
  return {};
}

class OncotreeReader {
 public:
  explicit OncotreeReader(TermList& terms) : m_terms(terms) {}

  void read(const JsonView& root) {
    if (root.is_array()) {
      root.each([&](const JsonView& node) { take(node, node["parent"].text(), 0); });
    } else {
      root.each_member([&](std::string_view, const JsonView& node) { take(node, {}, 0); });
    }
  }

 private:
  void take(const JsonView& node, std::string_view parent, int depth) {
    const std::string_view code = node["code"].text();
    Term& term = m_terms.of(code_of(code), 0);
    term.scheme = "OncoTree";
    const std::string_view name = node["name"].text();
    if (!name.empty() && term.labels.empty()) {
      term.labels.push_back({std::string(name), "en"});
      if (std::string other = without_nos(name); !other.empty()) {
        term.synonyms.push_back({std::move(other), "en"});
      }
      if (code.size() >= 3) {
        term.synonyms.push_back({std::string(code), {}});
      }
    }
    if (!parent.empty()) {
      term.broader.push_back(code_of(parent));
    }
    if (depth < k_deepest_tree) {
      node["children"].each_member([&](std::string_view, const JsonView& child) { take(child, code, depth + 1); });
    }
  }

  TermList& m_terms;
};

class Oncotree final : public Reader {
 public:
  explicit Oncotree(const Settings& settings) : m_settings(settings) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_oncotree(*bytes, path, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_oncotree_reader(const Settings& settings) { return std::make_unique<Oncotree>(settings); }

Result<void> read_oncotree(ByteStream& bytes, const std::string& file, RecordSink& sink) {
  TRY_ASSIGN(std::string text, read_all(bytes, file, k_largest_json));
  const size_t size = text.size();
  if (trim(text).empty()) {
    return fail(errors::empty, file);
  }
  text.resize(size + k_json_padding);
  JsonParser parser;
  const Result<JsonParser::Parsed> parsed = parser.parse(std::string_view(text).substr(0, size));
  if (!parsed) {
    return fail(errors::damaged, file, parsed.error().message());
  }
  TermList terms(file);
  OncotreeReader(terms).read(parsed->root);
  return terms.finish(bytes, sink);
}

}  // namespace pitchblende::sources
