# Never was, never could be, in a language that we do not have.
GET /fr/person/0000000000
404
has Rien ne porte cette adresse
has type="search"
GET /de/person/0000000000
> Accept-Language: de
404
has type="search"
GET /fr/nosuchkind/0000000000
404
# Who asks for data is told in data.
GET /fr/person/0000000000.json
404
header Content-Type: application/json
json status = 404
json title = Cette page n’est pas ici
GET /en/nothing/here
> Accept: application/ld+json
404
json message = Nothing has this address, or it is not public.
GET /en/nothing/here.csv
404
header Content-Type: text/plain
lacks <html
GET /xx/
404
GET /
> Accept-Language: de, en;q=0.5
302
header Location: /en/
GET /fr
301
header Location: /fr/
PUT /fr/
405
header Allow: GET
has Cette page n’accepte pas une telle requête
OPTIONS /fr/
204
GET /fr/%zz
400
has Cette adresse est illisible
GET /fr/%2e%2e/x
400
HEAD /fr/about
200
GET /robots.txt
200
has Disallow: /fr/search
has Disallow: /en/experts
has Allow: /*?page=
# A list with a slash behind it is the list.
GET /fr/person/
301
header Location: /fr/person
# What is no kind and no year is said; texts are no data.
GET /en/search?kind=banana
200
has There is no kind of thing called “banana”
GET /fr/figures?year=banana
404
has Il n’y a pas de chiffres de cette année
GET /fr/figures?year=1066
404
has Il n’y a pas de chiffres de cette année
GET /fr/about.json
404
header Content-Type: application/json
GET /en/glossary.csv
200
header Content-Type: text/csv
