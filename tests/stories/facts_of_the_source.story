# Every statement of the source stands on its page, in both languages: docs/source.md, src/demo/facts_said.cpp.
facts
# What is counted there is counted here: founders, members, partners, players of the region, companies, key areas.
GET /en/search.json?kind=organisation&role=founder
json count = 8
GET /en/search.json?kind=organisation&role=member
json count = 7
GET /en/search.json?kind=organisation&role=partner
json count = 14
GET /en/search.json?kind=organisation&role=regional_player
json count = 4
GET /en/search.json?kind=organisation&type=company
json count = 50
GET /en/search.json?kind=group&type=key_area
json count = 7
# Some of the companies are of the cluster.
let cluster = local:gip/MEDICEN
GET /en/organisation/{cluster}
has Related organisations
has class="more"
# An acronym stands once, with what it means in the language of the reader beside.
GET /en/glossary
has French atomic energy commission
has French national centre for scientific research
has French national institute for health and medical research
has Joint research unit in health
has Public interest group
GET /fr/glossary
has Unité mixte de recherche en santé
# Seven founders, of eight names: the page says which two count as one.
let gip = local:gip/GIP
GET /fr/{gip_kind}/{gip}
has comptent pour un
# What platforms offer, and what was measured on their instruments.
GET /en/service
has as a service
GET /fr/dataset
has Données de référence
# Who leads an area is of an institution, whose page says so; who only takes part in it is not said to lead.
let curie = ror:04t0gwh46
let upmc = ror:01yvrd251
let cea = ror:00jjx8s55
GET /en/organisation/{upmc}
has Key areas led
has Host/tumour relationship
GET /en/organisation/{cea}
has Key areas and groups
lacks Key areas led
# Quick access, and a link that leaves says so.
GET /en/
has Quick access
GET /en/organisation/{curie}
has (leaves this site)
# The one real person: his unit, his university and his area, and nothing that he published.
let debre = local:gip/PD
GET /en/search.json?person={debre}
json count = 1
json things.0.kind = group
# Who lives on in whom is a link, and not a name that happens to be on the page.
let sorbonne = ror:02en5vm52
let cite = ror:05f82e368
let diderot = ror:02n7qrg46
let huguenin = local:gip/CRH
GET /en/organisation/{upmc}
has Successors
has href="/en/organisation/{sorbonne}"
# Two sources say so, and Sorbonne Université does too: it stands there once.
once <dt>Successors</dt>
GET /en/organisation/{diderot}
has Successors
has href="/en/organisation/{cite}"
GET /en/organisation/{huguenin}
has Successors
has href="/en/organisation/{curie}"
GET /en/organisation/{curie}
has Predecessors
has href="/en/organisation/{huguenin}"
