# Every kind of answer carries the same policy.
GET /fr/
header Content-Security-Policy: default-src 'none'
header X-Content-Type-Options: nosniff
header X-Frame-Options: DENY
once <script
has <script type="module" src="/files/suggest.
lacks style=
GET /fr/nothing/here
header Content-Security-Policy: default-src 'none'
GET /en/person.json
header Content-Security-Policy: default-src 'none'
GET /health
200
json status = ok
header Cache-Control: no-store
GET /metrics
200
has pitchblende_http_requests_total
GET /metrics
> X-Forwarded-For: 192.0.2.1
404
