#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_equipment[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    faceted(searched(6, text(k_many, {"type", "Kind of equipment", "Type d’équipement", "schema:category"}))),
    faceted(searched(6, text(k_one, {"make", "Make", "Marque", "schema:manufacturer"}))),
    searched(8, text(k_one, {"model", "Model", "Modèle", "schema:model"})),
    shown_to(
        access::Visibility::institution,
        identifier(k_many, {"serial_number", "Serial number", "Numéro de série", "schema:serialNumber"}, "serial")),
    shown_to(
        access::Visibility::institution,
        identifier(k_many, {"inventory_number", "Inventory number", "Numéro d’inventaire", "schema:sku"}, "inventory")),
    identifier(k_many, {"rrid", "RRID", "RRID", "pb:rrid"}),
    identifier(k_many, {"pidinst", "PIDINST DOI", "DOI PIDINST", "datacite:doi"}),
    faceted(searched(6, text(k_many, {"techniques", "Techniques", "Techniques", "schema:measurementTechnique"}))),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    date({"acquired", "Acquired", "Acquisition", "schema:purchaseDate"}),
    link(k_many, {"funded_by", "Funded by", "Financé par", "schema:funder"}, "organisation project award"),
    faceted(code(k_one, {"condition", "Condition", "État", "schema:itemCondition"},
                 "working degraded broken maintenance retired")),
    link(k_many, {"sites", "Site", "Site", "schema:location"}, "site"),
    text(k_one, {"room", "Room", "Salle", "pb:room"}),
    faceted(searched(2, text(k_one, {"commune", "Town", "Commune", "schema:addressLocality"}))),
    link(k_many, {"platforms", "Platform", "Plateforme", "pb:partOfPlatform"}, "platform"),
    link(k_many, {"teams", "Team", "Équipe", "schema:provider"}, "team"),
    faceted(link(k_many, {"owners", "Owner", "Propriétaire", "cerif:isOwnedBy"}, "organisation team")),
    link(k_many, {"contacts", "Contact", "Contact", "schema:contactPoint"}, "person"),
    link(k_many, {"substitute_contacts", "Substitute contact", "Contact suppléant", "pb:substituteContact"}, "person"),
    faceted(code(k_many, {"open_to", "Open to", "Ouvert à", "pb:openTo"}, "own consortium academic company")),
    flag({"training_needed", "Training needed", "Formation nécessaire", "pb:trainingNeeded"}),
    url(k_many, {"photo", "Photograph", "Photographie", "schema:image"}),
    faceted(
        searched(4, text(k_many, {"capabilities", "Capabilities", "Caractéristiques", "schema:additionalProperty"}))),
    faceted(code(k_one, {"booking", "Booking", "Réservation", "pb:booking"}, "here elsewhere request none")),
    url(k_many, {"booking_address", "Booking address", "Adresse de réservation", "pb:bookingAddress"}),
    url(k_many, {"booking_calendar", "Booking calendar", "Calendrier de réservation", "pb:bookingCalendar"}),
    link(k_one, {"billing_institution", "Billing institution", "Organisme facturant", "pb:billedBy"}, "organisation"),
    text(k_one, {"service_level", "Service level", "Niveau de service", "pb:serviceLevel"}),
    text(k_one, {"quantity", "Quantity", "Quantité", "pb:quantity"}),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_equipment{
    Kind::equipment, "equipment",           "Equipment", "Équipement", "schema:IndividualProduct",
    "names",         k_fields_of_equipment, "owners"};

}  // namespace pitchblende::registry::rows
