#include "pages/terms_page.hpp"

#include <map>
#include <set>

#include "pages/data.hpp"

namespace pitchblende::pages {

namespace {

struct Term {
  const registry::FieldDescription* field = nullptr;
  std::set<registry::Kind> kinds;
};

// By their names, "nameParticle".
std::map<std::string_view, Term> own_terms() {
  constexpr std::string_view k_ours = "pb:";
  std::map<std::string_view, Term> terms;
  for (const auto& kind : registry::kinds()) {
    for (const auto& field : kind.fields) {
      if (field.iri.starts_with(k_ours) && field.scheme != "local") {
        Term& term = terms[field.iri.substr(k_ours.size())];
        term.field = term.field == nullptr ? &field : term.field;
        term.kinds.insert(kind.kind);
      }
    }
  }
  return terms;
}

http::Answer terms_data(const Site& site, http::Format format) {
  const std::string begin = terms_begin(site.settings().entry.address);
  Views graph;
  for (const auto& [name, term] : own_terms()) {
    graph.push_back(View{{"@id", begin + std::string(name)},
                         {"@type", "rdf:Property"},
                         {"rdfs:label", Views{View{{"@value", term.field->english}, {"@language", "en"}},
                                              View{{"@value", term.field->french}, {"@language", "fr"}}}}});
  }
  const View context{{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
                     {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"}};
  return json_answer(View{{"@context", context}, {"@graph", std::move(graph)}}, format);
}

}  // namespace

http::Answer terms_page(const Site& site, const http::Request& request, Language language, http::Format format) {
  if (format == http::Format::csv) {
    return site.error(request, language, 404);
  }
  if (format != http::Format::html) {
    return terms_data(site, format);
  }
  const Words& words = site.words(language);
  Views rows;
  for (const auto& [name, term] : own_terms()) {
    std::string kinds;
    for (const registry::Kind kind : term.kinds) {
      kinds += (kinds.empty() ? "" : ", ") + words.kind(kind);
    }
    rows.push_back(view({{"anchor", name},
                         {"term", "pb:" + std::string(name)},
                         {"meaning", language == Language::french ? term.field->french : term.field->english},
                         {"note", kinds}}));
  }
  const std::string title = words.get("terms.title");
  View section = view({{"id", "terms"}, {"title", terms_begin(site.settings().entry.address)}});
  section["terms"] = std::move(rows);
  section["has_terms"] = true;
  View body = view({{"description", title}, {"lead", words.get("terms.lead")}});
  body["sections"] = Views{std::move(section)};
  body["alternates"] = Views{view({{"type", "application/ld+json"}, {"url", "/terms.jsonld"}, {"label", "jsonld"}})};
  return site.page(request, language, "text", title, std::move(body), {{title, {}}});
}

}  // namespace pitchblende::pages
