# A member's list of staff becomes pages, changes, and goes; whatever the database.
file staff.csv = Matricule;Nom;Prénom;Fonction;Établissement;Depuis\nS-1;ÉCLAIRÉE;Zoé;Ingénieure;Institut Curie;2019\nS-2;Obscur;Yann;Chercheur;Institut Curie;2020\n
run import people staff.csv --as story-staff --institution story --institution-ref ror:04t0gwh46
exit 0
says new 2
let zoe = local:story/S-1
GET /fr/person/{zoe}
200
has Zoé Éclairée
has Ingénieure
GET /en/search?q=eclairee
200
has /en/person/{zoe}
# The same file again changes nothing.
run import people staff.csv --as story-staff
exit 0
says unchanged 2
# A decision of a person stands, and is taken back.
run decide override {zoe} --field family_name --value "Éclairée-Nouvelle" --who test --why married
exit 0
GET /fr/person/{zoe}
200
has Éclairée-Nouvelle
# Who is no longer on the list has no page; the address says so.
file staff.csv = Matricule;Nom;Prénom;Fonction;Établissement;Depuis\nS-2;Obscur;Yann;Chercheur;Institut Curie;2020\n
run import people staff.csv --as story-staff
exit 4
run import people staff.csv --as story-staff --accept-withdrawals
exit 0
GET /fr/person/{zoe}
410
GET /en/search?q=eclairee
200
lacks /en/person/{zoe}
run check
exit 0
