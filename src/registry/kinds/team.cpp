#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_team[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(10, text(k_many, {"acronym", "Acronym", "Sigle", "cerif:acronym"})),
    searched(8, identifier(k_many, {"label", "Label and number", "Label et numéro", "pb:unitLabel"})),
    identifier(k_many, {"rnsr", "RNSR", "RNSR", "pb:rnsr"}),
    identifier(k_one, {"ror", "ROR", "ROR", "cerif:RORID"}),
    identifier(k_many, {"hal_structure", "HAL structure", "Structure HAL", "pb:halStructure"}, "halstructure"),
    faceted(code(k_one, {"type", "Type", "Type", "org:classification"})),
    code(k_one, {"status", "Status", "Statut", "pb:status"}, "active inactive withdrawn"),
    faceted(
        link(k_many, {"parents", "Parent institutions", "Tutelles", "schema:parentOrganization"}, "organisation team")),
    link(k_many, {"leaders", "Leaders", "Responsables", "org:headOf"}, "person"),
    link(k_many, {"predecessors", "Predecessors", "Prédécesseurs", "vivo:hasPredecessorOrganization"},
         "team organisation"),
    link(k_many, {"successors", "Successors", "Successeurs", "vivo:hasSuccessorOrganization"}, "team organisation"),
    link(k_many, {"sites", "Sites", "Sites", "schema:location"}, "site"),
    link(k_many, {"areas", "Key areas", "Axes", "pb:partOfArea"}, "group"),
    faceted(searched(6, localized(k_many, {"themes", "Themes", "Thèmes", "schema:knowsAbout"}))),
    searched(3, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    text(k_many, {"affiliation_string", "Mandated affiliation", "Signature imposée", "pb:affiliationString"}),
    date({"founded", "Founded", "Création", "schema:foundingDate"}),
    date({"closed", "Closed", "Fermeture", "schema:dissolutionDate"}),
    faceted(code(k_one, {"country", "Country", "Pays", "schema:addressCountry"})),
    faceted(searched(2, text(k_one, {"commune", "Town", "Commune", "schema:addressLocality"}))),
    text(k_one, {"address", "Address", "Adresse", "schema:address"}),
    text(k_one, {"postal_code", "Postal code", "Code postal", "schema:postalCode"}),
    number({"latitude", "Latitude", "Latitude", "schema:latitude"}),
    number({"longitude", "Longitude", "Longitude", "schema:longitude"}),
    url(k_many, {"homepage", "Web site", "Site web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_team{Kind::team, "team",           "Team",   "Équipe", "schema:ResearchOrganization",
                                       "names",    k_fields_of_team, "parents"};

}  // namespace pitchblende::registry::rows
