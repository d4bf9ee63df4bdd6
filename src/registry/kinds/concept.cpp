#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_concept[] = {
    faceted(code(k_one, {"scheme", "Vocabulary", "Vocabulaire", "skos:inScheme"})),
    identifier(k_many, {"code", "Code", "Code", "skos:notation"}, "concept"),
    searched(10, localized(k_many, {"labels", "Labels", "Libellés", "skos:prefLabel"})),
    searched(8, localized(k_many, {"synonyms", "Synonyms", "Synonymes", "skos:altLabel"})),
    searched(3, localized(k_many, {"definition", "Definition", "Définition", "skos:definition"})),
    link(k_many, {"broader", "Broader", "Plus général", "skos:broader"}, "concept"),
    link(k_many, {"related", "Related", "Lié", "skos:related"}, "concept"),
    text(k_one, {"version", "Version", "Version", "schema:version"}),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_concept{Kind::concept_,       "concept", "Concept",          "Concept",
                                          "schema:DefinedTerm", "labels",  k_fields_of_concept};

}  // namespace pitchblende::registry::rows
