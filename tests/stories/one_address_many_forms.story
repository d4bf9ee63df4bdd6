# The same address answers HTML, JSON, JSON-LD and CSV, by suffix and by Accept.
let debre = local:gip/PD
GET /fr/person/{debre}
200
has Patrice Debré
has Relation hôte
header Content-Language: fr
header ETag: "
keep tag = ETag
GET /fr/person/{debre}
> If-None-Match: {tag}
304
GET /en/person/{debre}.json
200
header Content-Type: application/json
json kind = person
json fields.family_name.0.value = Debré
GET /en/person/{debre}
> Accept: application/ld+json
200
header Content-Type: application/ld+json
json @type = schema:Person
GET /en/person/{debre}.csv
200
has Debré
GET /en/team/{debre}
301
header Location: /en/person/{debre}
GET /id/pitchblende/{debre}
> Accept-Language: en
303
header Location: /en/person/{debre}
GET /id/local/gip/PD
404
# Lists are in the reader's language, and publish nobody's own numbers.
GET /en/group
200
has Invented for the demonstration
lacks Axe inventé
GET /fr/group
200
lacks Invented for the demonstration
GET /en/equipment.csv
200
lacks local:
GET /en/person.json
200
lacks local:
GET /terms.jsonld
200
header Content-Type: application/ld+json
