# A second server on the same folder is refused, and told where the first one is. What was acknowledged survives kill -9.
run serve --port 0
exit 1
says http://127.0.0.1:
run import nosuchsource people.csv
exit 2
kill
start
GET /health
200
let curie = local:gip/GIP
GET /en/organisation/{curie}
200
run check
exit 0
