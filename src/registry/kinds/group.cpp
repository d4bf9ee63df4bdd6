#include "registry/kinds/rows.hpp"

namespace pitchblende::registry::rows {

namespace {

constexpr FieldDescription k_fields_of_group[] = {
    searched(10, localized(k_many, {"names", "Names", "Noms", "schema:name"})),
    searched(8, text(k_many, {"acronym", "Acronym", "Sigle", "cerif:acronym"})),
    faceted(
        code(k_one, {"type", "Type", "Type", "org:classification"}, "key_area working_group network governing_body")),
    localized(k_many, {"period", "Period", "Période", "schema:temporalCoverage"}),
    date({"from", "From", "Depuis", "schema:startDate"}),
    date({"to", "Until", "Jusqu’à", "schema:endDate"}),
    link(k_many, {"leaders", "Leaders", "Responsables", "org:headOf"}, "person"),
    searched(4, localized(k_many, {"objectives", "Objectives", "Objectifs", "schema:description"})),
    link(k_many, {"members", "Members", "Membres", "schema:member"}, "person team organisation"),
    link(k_many, {"parents", "Part of", "Fait partie de", "schema:parentOrganization"}, "group organisation"),
    link(k_many, {"predecessors", "Successor of", "Fait suite à", "vivo:hasPredecessorOrganization"}, "group"),
    url(k_many, {"homepage", "Web site", "Site web", "schema:url"}),
    k_local_id,
};

}  // namespace

constinit const KindDescription k_group{Kind::group,           "group", "Group",          "Groupe",
                                        "schema:Organization", "names", k_fields_of_group};

}  // namespace pitchblende::registry::rows
