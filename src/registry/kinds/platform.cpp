#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_platform[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(8, text(k_many, {"acronym", "Acronym", "Sigle", "cerif:acronym"})),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    identifier(k_many, {"rrid", "RRID", "RRID", "pb:rrid"}),
    searched(3, text(k_many, {"labels", "Labels and certificates", "Labels et certifications", "schema:award"})),
    link(k_many, {"managers", "Managers", "Responsables", "schema:employee"}, "person"),
    faceted(link(k_many, {"hosts", "Host organisations", "Organismes d’accueil", "schema:parentOrganization"},
                 "organisation team")),
    link(k_many, {"sites", "Sites", "Sites", "schema:location"}, "site"),
    faceted(searched(6, text(k_many, {"techniques", "Techniques", "Techniques", "schema:measurementTechnique"}))),
    faceted(code(k_many, {"open_to", "Open to", "Ouverte à", "pb:openTo"}, "own consortium academic company")),
    localized(k_many, {"how_to_get_access", "How to get access", "Modalités d’accès", "pb:howToGetAccess"}),
    shown_to(access::Visibility::consortium, text(k_many, {"tariffs", "Tariffs", "Tarifs", "schema:offers"})),
    text(k_many, {"charter", "Charter", "Charte", "schema:publishingPrinciples"}),
    text(k_many, {"steering_body", "Steering body", "Instance de pilotage", "pb:steeringBody"}),
    localized(k_many, {"acknowledgement", "Acknowledgement sentence", "Phrase de remerciement", "pb:acknowledgement"}),
    text(k_many, {"tariff_decision", "Tariff decision", "Décision tarifaire", "pb:tariffDecision"}),
    link(k_many, {"equipment", "Equipment", "Équipements", "schema:owns"}, "equipment"),
    link(k_many, {"services", "Services", "Prestations", "schema:makesOffer"}, "service"),
    shown_to(access::Visibility::institution,
             identifier(k_many, {"email", "E-mail address", "Adresse électronique", "schema:email"})),
    url(k_many, {"homepage", "Web site", "Site web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_platform{Kind::platform,        "platform", "Platform",           "Plateforme",
                                           "schema:Organization", "names",    k_fields_of_platform, "hosts"};

}  // namespace pitchblende::registry::rows
