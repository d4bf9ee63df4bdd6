# A vocabulary is brought by the staff as a file: its names in one language then find what is written in the other, at once.
GET /fr/search.json?q=zymonelle
200
json count = 0
file terms.obo = format-version: 1.2\n\n[Term]\nid: ZZ:1\nname: lymphoma\nsynonym: "zymonelle" EXACT [] {lang="fr"}\n\n[Term]\nid: ZZ:2\nname: zymonitis\nsynonym: "cancer du sein" EXACT [] {lang="fr"}\n
run pool terms.obo
exit 0
says obo
GET /fr/search.json?q=zymonelle
200
lacks "count":0
has lymphoma
GET /en/search.json?q=zymonitis kind:project
200
lacks "count":0
GET /en/search.json?q=zymonelle kind:publication&translate=no
200
json count = 0
# What it cannot read as it stands is taken as words, and said.
GET /fr/search?q=(lymphome
200
has parenthèse
GET /en/search.json?q=colour:red lymphoma
200
has no known field
# Suggestions and experts know the names as well.
GET /fr/suggest?q=zymon
200
has zymonelle
GET /fr/experts.json?q=zymonelle
200
has proofs
