#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_service[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(4, localized(k_many, {"description", "Description", "Description", "schema:description"})),
    faceted(searched(6, text(k_many, {"techniques", "Techniques", "Techniques", "schema:measurementTechnique"}))),
    localized(k_many, {"deliverables", "Deliverables", "Livrables", "schema:serviceOutput"}),
    text(k_one, {"delay", "Delay", "Délai", "schema:deliveryLeadTime"}),
    shown_to(access::Visibility::consortium, text(k_many, {"tariffs", "Tariffs", "Tarifs", "schema:offers"})),
    faceted(code(k_many, {"open_to", "Open to", "Ouverte à", "pb:openTo"}, "own consortium academic company")),
    link(k_many, {"platforms", "Platform", "Plateforme", "schema:provider"}, "platform team"),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_service{Kind::service,    "service", "Service",          "Prestation",
                                          "schema:Service", "names",   k_fields_of_service};

}  // namespace pitchblende::registry::rows
