#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_dataset[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    identifier(k_many, {"doi", "DOI", "DOI", "datacite:doi"}),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    searched(3, mention(k_many, {"creators", "Creators", "Auteurs", "schema:creator"})),
    text(k_one, {"license", "Licence", "Licence", "schema:license"}),
    faceted(code(k_one, {"access", "Access", "Accès", "dcterms:accessRights"}, "open embargoed restricted closed")),
    text(k_one, {"size", "Size", "Taille", "schema:contentSize"}),
    faceted(number({"year", "Year", "Année", "dcterms:issued"})),
    date({"date", "Date", "Date", "schema:datePublished"}),
    link(k_many, {"measured_by", "Measured with", "Mesuré avec", "pb:measuredWith"}, "equipment"),
    link(k_many, {"publications", "Publications", "Publications", "schema:citation"}, "publication"),
    faceted(searched(3, text(k_many, {"keywords", "Keywords", "Mots-clés", "schema:keywords"}))),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_dataset{Kind::dataset,    "dataset", "Dataset",          "Jeu de données",
                                          "schema:Dataset", "title",   k_fields_of_dataset};

}  // namespace pitchblende::registry::rows
