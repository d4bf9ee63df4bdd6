#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_person[] = {
    searched(10, text(k_one, {"family_name", "Family name", "Nom de famille", "schema:familyName"})),
    searched(8, text(k_one, {"given_names", "Given names", "Prénoms", "schema:givenName"})),
    text(k_one, {"particle", "Name particle", "Particule", "pb:nameParticle"}),
    text(k_one, {"suffix", "Name suffix", "Suffixe du nom", "schema:honorificSuffix"}),
    text(k_one, {"printed_name", "Name as printed", "Nom tel qu’imprimé", "schema:alternateName"}),
    searched(6, text(k_many, {"other_names", "Other names", "Autres noms", "schema:alternateName"})),
    text(k_one, {"honorific", "Honorific", "Civilité", "schema:honorificPrefix"}),
    identifier(k_one, {"orcid", "ORCID", "ORCID", "vivo:orcidId"}),
    identifier(k_one, {"idhal", "IdHAL", "IdHAL", "pb:idHal"}),
    identifier(k_one, {"idref", "IdRef", "IdRef", "pb:idRef"}),
    identifier(k_many, {"isni", "ISNI", "ISNI", "cerif:ISNI"}),
    shown_to(access::Visibility::institution,
             identifier(k_many, {"email", "E-mail address", "Adresse électronique", "schema:email"})),
    shown_to(access::Visibility::institution,
             text(k_many, {"telephone", "Telephone", "Téléphone", "schema:telephone"})),
    url(k_one, {"photo", "Photograph", "Photographie", "schema:image"}),
    searched(3, localized(k_many, {"biography", "Short biography", "Courte biographie", "schema:description"})),
    code(k_many, {"languages", "Languages", "Langues", "schema:knowsLanguage"}),
    faceted(searched(6, text(k_many, {"skills", "Declared skills", "Compétences déclarées", "schema:knowsAbout"}))),
    url(k_many, {"homepage", "Home page", "Page personnelle", "foaf:homepage"}),
    code(k_one, {"contact_preference", "Contact preference", "Préférence de contact", "pb:contactPreference"},
         "direct form institution none"),
    shown_to(access::Visibility::institution, flag({"opted_out", "Opted out", "A refusé d’apparaître", "pb:optedOut"})),
    faceted(link(k_many, {"positions", "Positions", "Fonctions", "vivo:relatedBy"}, "team organisation")),
    link(k_many, {"memberships", "Member of", "Membre de", "schema:memberOf"}, "group organisation team"),
    link(k_many, {"publications", "Publications confirmed as own", "Publications validées", "vivo:relatedBy"},
         "publication"),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_person{Kind::person,    "person",      "Person",          "Personne",
                                         "schema:Person", "family_name", k_fields_of_person};

}  // namespace pitchblende::registry::rows
