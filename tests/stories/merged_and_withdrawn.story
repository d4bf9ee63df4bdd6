# Two pages become one: the old address redirects. What its source takes back is gone.
file twins.csv = id,family name,given names,organisation,from\nT1,Dédoublé,Camille,Institut Curie,2015\nT2,Autrement,Sacha,Institut Curie,2016\nT3,Tiers,Noa,Institut Curie,2016\nT4,Quart,Lou,Institut Curie,2016\nT5,Quint,Eli,Institut Curie,2016\nT6,Sixt,Ari,Institut Curie,2016\n
run import people twins.csv --as twins --institution twins
exit 0
let one = local:twins/T1
let two = local:twins/T2
let gone = local:twins/T3
run decide same {one} {two} --who story --why "one person"
exit 0
let kept = local:twins/T2
GET /fr/person/{kept}
200
GET /fr/person/{gone}
200
file twins.csv = id,family name,given names,organisation,from\nT1,Dédoublé,Camille,Institut Curie,2015\nT2,Autrement,Sacha,Institut Curie,2016\nT4,Quart,Lou,Institut Curie,2016\nT5,Quint,Eli,Institut Curie,2016\nT6,Sixt,Ari,Institut Curie,2016\n
run import people twins.csv --as twins --institution twins
exit 0
GET /fr/person/{gone}
410
has Cette page a été retirée
