#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_partnership[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    faceted(link(k_many, {"parties", "Parties", "Parties", "schema:member"}, "organisation team")),
    faceted(code(k_one, {"type", "Kind of partnership", "Type de partenariat", "dcterms:type"})),
    faceted(searched(3, text(k_many, {"field", "Field", "Domaine", "schema:about"}))),
    date({"from", "From", "Début", "schema:startDate"}),
    faceted(date({"to", "Until", "Fin", "schema:endDate"})),
    faceted(number({"year", "Year", "Année", "pb:startYear"})),
    shown_to(access::Visibility::institution, number({"amount", "Amount", "Montant", "schema:amount"})),
    link(k_many, {"areas", "Key area", "Axe", "pb:partOfArea"}, "group"),
    searched(3, mention(k_many, {"people", "People", "Personnes", "vivo:contributingRole"})),
    shown_to(access::Visibility::consortium, code(k_one, {"stage", "Stage", "Étape", "pb:stage"})),
    shown_to(access::Visibility::owner, url(k_many, {"documents", "Documents", "Documents", "schema:subjectOf"})),
    searched(3, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_partnership{Kind::partnership, "partnership", "Partnership",          "Partenariat",
                                              "cerif:Project",   "title",       k_fields_of_partnership};

}  // namespace pitchblende::registry::rows
