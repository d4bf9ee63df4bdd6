#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_organisation[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    identifier(k_one, {"ror", "ROR", "ROR", "cerif:RORID"}),
    identifier(k_many, {"isni", "ISNI", "ISNI", "cerif:ISNI"}),
    identifier(k_many, {"fundref", "Crossref Funder ID", "Identifiant de financeur Crossref", "cerif:FundRefID"}),
    identifier(k_many, {"siren", "SIREN", "SIREN", "pb:siren"}),
    identifier(k_many, {"siret", "SIRET", "SIRET", "pb:siret"}),
    identifier(k_many, {"finess", "FINESS", "FINESS", "pb:finess"}),
    identifier(k_many, {"wikidata", "Wikidata", "Wikidata", "schema:sameAs"}),
    identifier(k_many, {"rnsr", "RNSR", "RNSR", "pb:rnsr"}),
    identifier(k_many, {"grid", "GRID", "GRID", "cerif:GRID"}),
    text(k_many, {"other_ids", "Other identifiers", "Autres identifiants", "schema:identifier"}),
    faceted(code(k_many, {"type", "Type", "Type", "org:classification"},
                 "university hospital cancer_centre research_body foundation company cluster association funder "
                 "authority healthcare education facility archive nonprofit government other")),
    faceted(code(k_many, {"consortium_roles", "Role in the consortium", "Rôle dans le consortium", "org:role"},
                 "founder member partner regional_player")),
    code(k_one, {"status", "Status", "Statut", "pb:status"}, "active inactive withdrawn"),
    localized(k_many, {"legal_form", "Legal form", "Forme juridique", "pb:legalForm"}),
    date({"founded", "Founded", "Création", "schema:foundingDate"}),
    date({"closed", "Closed", "Fermeture", "schema:dissolutionDate"}),
    faceted(code(k_one, {"country", "Country", "Pays", "schema:addressCountry"})),
    text(k_one, {"region", "Region", "Région", "schema:addressRegion"}),
    faceted(searched(2, text(k_one, {"commune", "Town", "Commune", "schema:addressLocality"}))),
    text(k_one, {"address", "Address", "Adresse", "schema:address"}),
    text(k_one, {"postal_code", "Postal code", "Code postal", "schema:postalCode"}),
    identifier(k_many, {"geonames", "GeoNames", "GeoNames", "pb:geonames"}),
    number({"latitude", "Latitude", "Latitude", "schema:latitude"}),
    number({"longitude", "Longitude", "Longitude", "schema:longitude"}),
    link(k_many, {"sites", "Sites", "Sites", "schema:location"}, "site"),
    url(k_many, {"homepage", "Web site", "Site web", "schema:url"}),
    url(k_many, {"links", "Other addresses", "Autres adresses", "schema:subjectOf"}),
    text(k_many, {"domains", "Internet domains", "Domaines internet", "pb:domain"}),
    searched(3, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    faceted(searched(3, text(k_many, {"field", "Field of activity", "Domaine d’activité", "schema:knowsAbout"}))),
    faceted(code(k_one, {"size", "Size", "Taille", "schema:numberOfEmployees"})),
    faceted(link(k_many, {"parents", "Part of", "Fait partie de", "schema:parentOrganization"}, "organisation")),
    link(k_many, {"related", "Related organisations", "Organisations liées", "org:linkedTo"}, "organisation"),
    link(k_many, {"predecessors", "Predecessors", "Prédécesseurs", "vivo:hasPredecessorOrganization"}, "organisation"),
    link(k_many, {"successors", "Successors", "Successeurs", "vivo:hasSuccessorOrganization"}, "organisation"),
    link(k_many, {"leaders", "Leaders", "Direction", "org:headOf"}, "person"),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_organisation{
    Kind::organisation,    "organisation", "Organisation",          "Organisme",
    "schema:Organization", "names",        k_fields_of_organisation};

}  // namespace pitchblende::registry::rows
