#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_award[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    searched(10, text(k_many, {"acronym", "Acronym", "Acronyme", "cerif:acronym"})),
    searched(4, localized(k_many, {"abstract", "Abstract", "Résumé", "schema:abstract"})),
    faceted(link(k_one, {"call", "Call", "Appel à projets", "pb:answersCall"}, "call")),
    faceted(number({"year", "Year", "Année", "pb:year"})),
    number({"amount", "Amount", "Montant", "schema:amount"}),
    searched(4, mention(k_many, {"leaders", "Leader", "Porteur", "schema:recipient"})),
    link(k_many, {"teams", "Team", "Équipe", "pb:awardedToTeam"}, "team"),
    faceted(link(k_many, {"institutions", "Institution", "Établissement", "pb:awardedToInstitution"}, "organisation")),
    faceted(link(k_many, {"areas", "Key area", "Axe", "pb:partOfArea"}, "group")),
    link(k_many, {"projects", "Project", "Projet", "schema:fundedItem"}, "project"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_award{Kind::award,    "award", "Award",          "Lauréat",
                                        "schema:Grant", "title", k_fields_of_award};

}  // namespace pitchblende::registry::rows
