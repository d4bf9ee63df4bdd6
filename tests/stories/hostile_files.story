# Markup, scripts and addresses of scripts in what institutions send are shown harmless; the page changes while it is served.
file people.csv = id,family name,given names,organisation,job title,homepage,from\nX1,"<script>alert(1)</script>","<img src=x onerror=alert(2)>",Institut Curie,"<b onclick=x>chief</b>",javascript:alert(3),2015\nX2,"=cmd|' /C calc'!A0",Formule,Institut Curie,chercheuse,https://example.org/x,2015\n
run import people people.csv --as hostile --institution hostile --trust 10
exit 0
let one = local:hostile/X1
let two = local:hostile/X2
GET /fr/person/{one}
200
lacks <script>
lacks <img src=x
lacks <b onclick
lacks href="javascript:
has alert(1)
GET /fr/search?q=formule
200
has Formule
GET /fr/person/{two}
200
has https://example.org/x
