#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_collection[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(8, text(k_many, {"acronym", "Acronym", "Sigle", "cerif:acronym"})),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    identifier(k_many, {"miabis", "MIABIS identifier", "Identifiant MIABIS", "pb:miabisId"}),
    faceted(searched(4, text(k_many, {"materials", "Materials", "Matériels biologiques", "pb:material"}))),
    faceted(searched(6, text(k_many, {"diseases", "Diseases", "Maladies", "schema:about"}))),
    number({"size", "Samples", "Échantillons", "schema:size"}),
    number({"donors", "Donors", "Donneurs", "pb:donors"}),
    code(k_many, {"sex", "Sex", "Sexe", "pb:sex"}, "female male unknown undifferentiated"),
    text(k_one, {"ages", "Ages", "Âges", "pb:ages"}),
    text(k_many, {"consent", "Consent", "Consentement", "pb:consent"}),
    text(k_many, {"storage_temperatures", "Storage temperatures", "Températures de stockage", "pb:storageTemperature"}),
    localized(k_many, {"access_conditions", "Access conditions", "Conditions d’accès", "schema:conditionsOfAccess"}),
    faceted(link(k_many, {"custodians", "Custodian", "Dépositaire", "schema:maintainer"},
                 "organisation team platform person")),
    link(k_many, {"sites", "Site", "Site", "schema:location"}, "site"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_collection{Kind::collection, "collection", "Collection",           "Collection",
                                             "schema:Dataset", "names",      k_fields_of_collection, "custodians"};

}  // namespace pitchblende::registry::rows
