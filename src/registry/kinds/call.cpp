#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_call[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    searched(8, text(k_many, {"acronym", "Acronym", "Acronyme", "cerif:acronym"})),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    text(k_many, {"stages", "Stages", "Étapes", "pb:stage"}),
    date({"opens", "Opens", "Ouverture", "schema:availabilityStarts"}),
    date({"closes", "Closes", "Clôture", "schema:availabilityEnds"}),
    faceted(number({"year", "Year", "Année", "pb:year"})),
    number({"budget", "Budget", "Budget", "schema:amount"}),
    faceted(link(k_many, {"funders", "Funders", "Financeurs", "schema:funder"}, "organisation")),
    link(k_many, {"areas", "Key areas", "Axes", "pb:partOfArea"}, "group"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_call{Kind::call,     "call",  "Call for proposals", "Appel à projets",
                                       "schema:Grant", "title", k_fields_of_call};

}  // namespace pitchblende::registry::rows
