# Whole answers, kept: `tests/stories/run.py --remake` writes them anew after a change that was meant.
let debre = local:gip/PD
GET /fr/person/{debre}
golden person.fr.html
GET /en/person/{debre}
golden person.en.html
GET /en/person/{debre}.jsonld
golden person.jsonld
GET /en/person/{debre}.json
golden person.json
GET /fr/group.csv
golden groups.fr.csv
GET /en/nothing-of-the-kind
golden not_found.en.html
