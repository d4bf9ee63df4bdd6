#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_project[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    searched(10, text(k_many, {"acronym", "Acronym", "Acronyme", "cerif:acronym"})),
    searched(4, localized(k_many, {"abstract", "Abstract", "Résumé", "schema:abstract"})),
    identifier(k_many, {"code", "Code", "Code", "schema:identifier"}, "project"),
    faceted(link(k_many, {"funders", "Funders", "Financeurs", "schema:funder"}, "organisation")),
    faceted(searched(3, text(k_many, {"programme", "Programme", "Programme", "pb:programme"}))),
    faceted(link(k_many, {"partners", "Partners", "Partenaires", "schema:member"}, "organisation team")),
    searched(4, mention(k_many, {"leaders", "Leaders", "Responsables", "vivo:contributingRole"})),
    number({"amount", "Amount", "Montant", "schema:amount"}),
    faceted(number({"year", "Year", "Année", "pb:startYear"})),
    date({"from", "From", "Début", "schema:startDate"}),
    faceted(date({"to", "Until", "Fin", "schema:endDate"})),
    code(k_one, {"status", "Status", "Statut", "pb:status"}),
    link(k_many, {"areas", "Key areas", "Axes", "pb:partOfArea"}, "group"),
    faceted(searched(4, text(k_many, {"concepts", "Concepts", "Concepts", "schema:about"}))),
    searched(4, localized(k_many, {"keywords", "Keywords", "Mots-clés", "schema:keywords"})),
    faceted(text(k_many, {"cso", "Common Scientific Outline", "Nomenclature CSO", "pb:cso"})),
    link(k_many, {"call", "Call", "Appel à projets", "pb:answersCall"}, "call"),
    link(k_many, {"publications", "Publications", "Publications", "schema:subjectOf"}, "publication"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_project{
    Kind::project, "project", "Project", "Projet", "schema:ResearchProject", "title", k_fields_of_project};

}  // namespace pitchblende::registry::rows
