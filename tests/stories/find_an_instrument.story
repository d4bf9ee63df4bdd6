# A newcomer looks for an instrument, in either language, and narrows down.
GET /fr/search?q=cytométrie&kind=equipment
200
header Content-Type: text/html; charset=utf-8
has résultats
has Affiner
has /fr/equipment/
GET /en/search?q=cytometry
200
has results
GET /en/equipment?sort=name
200
has Equipment
GET /en/equipment.csv
200
header Content-Type: text/csv
header Content-Disposition: attachment
has id,kind,label,address
GET /en/search?q=zzzzqqq
200
has Nothing was found
GET /fr/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E
200
lacks <script>alert
