#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_trial[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    searched(8, localized(k_many, {"official_title", "Official title", "Titre officiel", "schema:alternateName"})),
    searched(10, text(k_many, {"acronym", "Acronym", "Acronyme", "cerif:acronym"})),
    searched(4, localized(k_many, {"summary", "Summary", "Résumé", "schema:abstract"})),
    searched(2,
             localized(k_many, {"description", "Detailed description", "Description détaillée", "schema:description"})),
    identifier(k_one, {"nct", "NCT number", "Numéro NCT", "pb:nct"}),
    identifier(k_many, {"euct", "EU CT number", "Numéro EU CT", "pb:euct"}),
    identifier(k_many, {"eudract", "EudraCT number", "Numéro EudraCT", "pb:eudract"}),
    text(k_many, {"other_ids", "Other identifiers", "Autres identifiants", "schema:identifier"}),
    faceted(code(k_many, {"phase", "Phase", "Phase", "schema:trialDesign"},
                 "early_phase1 phase1 phase2 phase3 phase4 not_applicable")),
    faceted(code(k_one, {"status", "Status", "Statut", "schema:status"})),
    faceted(code(k_one, {"type", "Study type", "Type d’étude", "schema:studyDesign"},
                 "interventional observational expanded_access")),
    faceted(link(k_one, {"sponsor", "Sponsor", "Promoteur", "schema:sponsor"}, "organisation")),
    link(k_many, {"collaborators", "Collaborators", "Collaborateurs", "schema:contributor"}, "organisation"),
    faceted(link(k_many, {"sites", "Sites", "Centres", "schema:studyLocation"}, "organisation site")),
    searched(4, mention(k_many, {"investigators", "Investigators", "Investigateurs", "pb:investigator"})),
    faceted(searched(6, text(k_many, {"tumour_types", "Tumour types", "Types de tumeurs", "schema:healthCondition"}))),
    searched(4, text(k_many, {"conditions", "Conditions as printed", "Pathologies telles qu’imprimées",
                              "schema:studySubject"})),
    searched(4, text(k_many, {"interventions", "Interventions", "Interventions", "schema:intervention"})),
    searched(3, text(k_many, {"keywords", "Keywords", "Mots-clés", "schema:keywords"})),
    faceted(searched(4, text(k_many, {"concepts", "Concepts", "Concepts", "schema:about"}))),
    number({"enrolment", "Enrolment", "Effectif", "pb:enrolment"}),
    faceted(number({"year", "Year", "Année", "pb:startYear"})),
    date({"from", "From", "Début", "schema:startDate"}),
    date({"primary_completion", "Primary completion", "Fin du critère principal", "pb:primaryCompletion"}),
    date({"to", "Until", "Fin", "schema:endDate"}),
    date({"first_posted", "First posted", "Première publication", "schema:datePublished"}),
    date({"updated", "Updated", "Mise à jour", "schema:dateModified"}),
    link(k_many, {"publications", "Publications", "Publications", "schema:citation"}, "publication"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_trial{Kind::trial,           "trial", "Trial",          "Essai clinique",
                                        "schema:MedicalTrial", "title", k_fields_of_trial};

}  // namespace pitchblende::registry::rows
