# The door: forms of nowhere are refused, rooms lead to signing in, nothing leads off the site; the audit log is whole.
run admin add not-an-address
exit 1
says is not an e-mail address
run admin add root@example.org
exit 0
run admin add root@example.org
exit 1
GET /fr/account
303
header Location: /fr/sign-in?next=%2Ffr%2Faccount
GET /en/admin/audit
303
GET /en/sign-in?next=//evil.example/
200
has name="next" value=""
header Cache-Control: no-store
header Set-Cookie: SameSite=Lax
POST /en/sign-in
> Content-Type: application/x-www-form-urlencoded
403
has Nothing was stored
GET /en/sign-in/0000
410
POST /en/admin/roles
> Origin: https://evil.example
403
GET /en/about
> Cookie: pb_session=0000
200
lacks Signed in as
kill
start
run check
exit 0
