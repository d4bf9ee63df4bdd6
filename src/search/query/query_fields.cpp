#include "search/query/query_fields.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/text.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::search {

namespace {

using registry::Kind;

struct Row {
  QueryField field;
  std::string_view aliases;  // folded, parted by spaces
};

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {{"kind", "type", FieldTarget::kind}, "genre nature"},
      {{"type", "type", FieldTarget::type, Facet::type}, ""},
      {{"at", "chez", FieldTarget::named, Facet::institution, {}, {Kind::organisation, Kind::team}},
       "a institution institutions etablissement etablissements organisme affiliation"},
      {{"group", "groupe", FieldTarget::named, Facet::group, {}, {Kind::group}}, "groupes groups axe area"},
      {{"topic", "sujet", FieldTarget::topic, Facet::concept_}, "theme concept concepts topics sujets"},
      {{"open", "ouvert", FieldTarget::open, Facet::open_access}, "acces ouverte open_access"},
      {{"year", "année", FieldTarget::range, Facet::year}, "annee an years annees"},
      {{"until", "jusque", FieldTarget::range, Facet::until}, "fin end"},
      {{"closes", "clôture", FieldTarget::range, Facet::closes}, "cloture deadline echeance"},
      {{"person", "personne", FieldTarget::named, Facet::person, {}, {Kind::person}}, "people who qui"},
      {{"platform", "plateforme", FieldTarget::named, Facet::platform, {}, {Kind::platform}}, "plateau plateforme"},
      {{"title", "titre", FieldTarget::text, {}, {"title", "original_title"}}, ""},
      {{"name",
        "nom",
        FieldTarget::text,
        {},
        {"names", "acronym", "family_name", "given_names", "other_names", "labels", "synonyms", "label", "title"}},
       "noms"},
      {{"author",
        "auteur",
        FieldTarget::text,
        {},
        {"authors", "collective_authors", "investigators", "creators", "inventors", "leaders"}},
       "auteurs authors"},
      {{"abstract", "résumé", FieldTarget::text, {}, {"abstract", "description", "biography", "definition"}},
       "resume description"},
      {{"journal", "revue", FieldTarget::text, {}, {"journal", "journal_abbreviation"}}, ""},
      {{"keyword", "mot", FieldTarget::text, {}, {"keywords", "concepts", "techniques", "themes"}},
       "keywords mots motcle"},
      {{"printed", "imprimé", FieldTarget::text, {}, {"affiliation"}}, "imprime"},
      {{"role", "rôle", FieldTarget::facet, Facet::role}, ""},
      {{"position", "fonction", FieldTarget::facet, Facet::position}, ""},
      {{"place", "lieu", FieldTarget::facet, Facet::place}, "ville commune town city pays country"},
      {{"make", "marque", FieldTarget::facet, Facet::make}, ""},
      {{"condition", "état", FieldTarget::facet, Facet::condition}, "etat"},
      {{"open_to", "ouvert_à", FieldTarget::facet, Facet::open_to}, "ouvert_a"},
      {{"booking", "réservation", FieldTarget::facet, Facet::booking}, "reservation"},
      {{"capability", "capacité", FieldTarget::facet, Facet::capability}, "capacite caracteristique"},
      {{"material", "matériel", FieldTarget::facet, Facet::material}, "materiel echantillon"},
      {{"field", "domaine", FieldTarget::facet, Facet::field}, ""},
      {{"programme", "programme", FieldTarget::facet, Facet::programme}, "program"},
      {{"language", "langue", FieldTarget::facet, Facet::language}, ""},
      {{"phase", "phase", FieldTarget::facet, Facet::phase}, ""},
      {{"status", "statut", FieldTarget::facet, Facet::status}, ""},
      {{"scheme", "vocabulaire", FieldTarget::facet, Facet::scheme}, "vocabulary"},
      {{"size", "taille", FieldTarget::facet, Facet::size}, ""},
      {{"cluster", "pôle", FieldTarget::facet, Facet::cluster}, "clusters"},
  };
  return all;
}

using ByName = std::map<std::string, QueryField, std::less<>>;

// Names that a registry's field may have: its own, and its labels of one word.
void add_registry_field(const registry::FieldDescription& described, ByName& names) {
  const bool found = described.weight > 0 || (described.type == registry::FieldType::identifier &&
                                              described.scheme != "local" && described.scheme != "email");
  if (!found) {
    return;
  }
  const QueryField field{described.name, described.name, FieldTarget::text, {}, {described.name}, {}};
  names.try_emplace(std::string(described.name), field);
  for (const std::string_view label : {described.english, described.french}) {
    const std::string folded = fold(label);
    if (std::all_of(folded.begin(), folded.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
      names.try_emplace(folded, field);
    }
  }
}

const ByName& names() {
  static const ByName all = [] {
    ByName out;
    for (const Row& row : rows()) {
      out.try_emplace(std::string(row.field.name), row.field);
    }
    for (const Row& row : rows()) {
      out.try_emplace(fold(row.field.french), row.field);
      for (std::string_view left = row.aliases; !left.empty();) {
        const size_t end = std::min(left.find(' '), left.size());
        out.try_emplace(std::string(left.substr(0, end)), row.field);
        left.remove_prefix(std::min(end + 1, left.size()));
      }
    }
    for (const registry::KindDescription& kind : registry::kinds()) {
      for (const registry::FieldDescription& field : kind.fields) {
        add_registry_field(field, out);
      }
    }
    return out;
  }();
  return all;
}

std::string without_plural(std::string word) {
  if (word.size() > 3 && word.back() == 's') {
    word.pop_back();
  }
  return word;
}

}  // namespace

const std::vector<QueryField>& query_fields() {
  static const std::vector<QueryField> all = [] {
    std::vector<QueryField> out;
    for (const Row& row : rows()) {
      out.push_back(row.field);
    }
    return out;
  }();
  return all;
}

const QueryField* find_query_field(std::string_view typed) {
  const auto found = names().find(fold(typed));
  return found == names().end() ? nullptr : &found->second;
}

std::optional<Kind> kind_by_word(std::string_view typed) {
  static const std::map<std::string, Kind> all = [] {
    std::map<std::string, Kind> out;
    for (const registry::KindDescription& kind : registry::kinds()) {
      for (const std::string_view word : {kind.name, kind.english, kind.french}) {
        out.try_emplace(without_plural(normalised(word)), kind.kind);
      }
    }
    // As they are headed on the site.
    for (const auto& [word, kind] :
         std::initializer_list<std::pair<const char*, Kind>>{{"people", Kind::person},
                                                             {"institution", Kind::organisation},
                                                             {"instrument", Kind::equipment},
                                                             {"biobanque", Kind::collection},
                                                             {"biobank", Kind::collection},
                                                             {"essai", Kind::trial},
                                                             {"brevet", Kind::patent},
                                                             {"axe", Kind::group},
                                                             {"axe cle", Kind::group},
                                                             {"key area", Kind::group},
                                                             {"appel", Kind::call},
                                                             {"article", Kind::publication}}) {
      out.try_emplace(word, kind);
    }
    return out;
  }();
  const auto found = all.find(without_plural(normalised(typed)));
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

bool names_a_type(std::string_view typed) {
  static const std::set<std::string> all = [] {
    std::set<std::string> out;
    for (const registry::KindDescription& kind : registry::kinds()) {
      const auto field = registry::find_field(kind.kind, "type");
      for (std::string_view left = field ? registry::description(*field).codes : ""; !left.empty();) {
        const std::string_view code = left.substr(0, left.find(' '));
        for (const Language language : registry::k_languages) {
          out.insert(normalised(registry::code_word(code, language)));
        }
        out.insert(normalised(code));
        left.remove_prefix(std::min(code.size() + 1, left.size()));
      }
    }
    return out;
  }();
  return all.contains(normalised(typed));
}

}  // namespace pitchblende::search
