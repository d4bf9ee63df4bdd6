#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_site[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(2, text(k_one, {"address", "Address", "Adresse", "schema:address"})),
    text(k_one, {"postal_code", "Postal code", "Code postal", "schema:postalCode"}),
    faceted(searched(3, text(k_one, {"commune", "Town", "Commune", "schema:addressLocality"}))),
    faceted(code(k_one, {"country", "Country", "Pays", "schema:addressCountry"})),
    number({"latitude", "Latitude", "Latitude", "schema:latitude"}),
    number({"longitude", "Longitude", "Longitude", "schema:longitude"}),
    identifier(k_many, {"geonames", "GeoNames", "GeoNames", "pb:geonames"}),
    localized(k_many, {"access", "How to get there", "Accès", "pb:access"}),
    faceted(link(k_many, {"organisations", "Organisations", "Organisations", "pb:siteOf"}, "organisation")),
    url(k_many, {"homepage", "Web page", "Page web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_site{Kind::site, "site", "Site", "Site", "schema:Place", "names", k_fields_of_site};

}  // namespace pitchblende::registry::rows
