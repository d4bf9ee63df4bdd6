#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_event[] = {
    searched(10, localized(k_many, {"title", "Title", "Titre", "schema:name"})),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    date({"from", "From", "Début", "schema:startDate"}),
    date({"to", "Until", "Fin", "schema:endDate"}),
    searched(2, text(k_one, {"place", "Place", "Lieu", "schema:location"})),
    url(k_one, {"online", "Online at", "En ligne", "schema:VirtualLocation"}),
    link(k_many, {"organisers", "Organisers", "Organisateurs", "schema:organizer"}, "organisation team group person"),
    faceted(link(k_many, {"areas", "Key areas", "Axes", "pb:partOfArea"}, "group")),
    url(k_one, {"registration", "Registration", "Inscription", "pb:registration"}),
    url(k_many, {"documents", "Documents", "Documents", "schema:workFeatured"}),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_event{Kind::event,    "event", "Event",          "Événement",
                                        "schema:Event", "title", k_fields_of_event};

}  // namespace pitchblende::registry::rows
