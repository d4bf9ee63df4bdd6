# A key area says who leads it, for how long, which teams it has and what they publish.
let area = local:gip/AXE5
GET /fr/group/{area}
200
has Responsables
has trois ans
has id="members"
has id="publication"
has Publications au fil du temps
has Tout voir
GET /en/group/{area}
200
has Leaders
has Publications over time
# Seven of them, each with a leader who has a page.
let second = local:gip/AXE2
let third = local:gip/AXE3
let fourth = local:gip/AXE4
let sixth = local:gip/AXE6
let seventh = local:gip/AXE7
GET /fr/group/{second}
has Responsables
GET /fr/group/{third}
has Responsables
GET /fr/group/{fourth}
has Responsables
GET /fr/group/{sixth}
has Responsables
GET /fr/group/{seventh}
has Responsables
# The unit of the one real person is part of the university, by a link and not by a name that happens to be on the page.
let unit = local:gip/UMRS543
let upmc = ror:01yvrd251
GET /fr/team/{unit}
has href="/fr/organisation/{upmc}"
GET /en/team/{unit}
has href="/en/organisation/{upmc}"
has Cellular and tissue immunology
# Languages: what has two names is shown by the reader's, in lists and links too.
let area = local:gip/AXE1
GET /en/
has Host/tumour relationship
lacks Relation hôte/tumeur
let debre = local:gip/PD
GET /en/person/{debre}
has Host/tumour relationship
GET /fr/group/{area}
has trois ans
lacks three years
GET /en/group/{area}
has three years
lacks trois ans
# The consortium's own page says who has which role.
let gip = local:gip/GIP
GET /en/organisation/{gip}
has Founders
has Players of the region
has Institute Curie
GET /fr/organisation/{gip}
has Acteurs de la région
# A kind's own facets.
GET /fr/equipment
has ?make=
GET /fr/trial
has phase 2
has ?status=
GET /en/search?kind=person
has position=engineer
