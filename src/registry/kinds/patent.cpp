#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_patent[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    identifier(k_many, {"numbers", "Numbers", "Numéros", "cerif:patentNumber"}, "patent"),
    searched(4, localized(k_many, {"abstract", "Abstract", "Résumé", "schema:abstract"})),
    faceted(link(k_many, {"applicants", "Applicants", "Déposants", "vivo:assignee"}, "organisation")),
    searched(4, mention(k_many, {"inventors", "Inventors", "Inventeurs", "schema:creator"})),
    date({"filed", "Filed", "Dépôt", "dcterms:dateSubmitted"}),
    date({"granted", "Granted", "Délivrance", "dcterms:issued"}),
    faceted(number({"year", "Year", "Année", "pb:filingYear"})),
    faceted(
        code(k_one, {"status", "Status", "Statut", "pb:status"}, "pending granted lapsed withdrawn refused expired")),
    flag({"licensed", "Licensed", "Licence concédée", "pb:licensed"}),
    link(k_many, {"areas", "Key areas", "Axes", "pb:partOfArea"}, "group"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_patent{Kind::patent,  "patent", "Patent",          "Brevet",
                                         "vivo:Patent", "title",  k_fields_of_patent};

}  // namespace pitchblende::registry::rows
