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
