#!/usr/bin/env python3
"""check_demo.py PROGRAM DATA ADDRESS: asks a running demo for its main pages and for every fact of its source.

Prints a line for each, "ok" or what is missing. Exit code: 0 when nothing is.
"""
import html
import json
import subprocess
import sys
import urllib.error
import urllib.request

PAGES = ["/", "/search?q=cytom%C3%A9trie", "/search?q=lymphoma", "/person", "/team", "/organisation", "/group", "/platform",
         "/equipment", "/publication", "/project", "/trial", "/patent", "/partnership", "/about", "/glossary", "/contacts",
         "/accessibility", "/calls/1", "/figures", "/topics", "/partner", "/person.csv", "/publication.json", "/publication.jsonld"]


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, html.unescape(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return error.code, ""


class Check:
    def __init__(self, program, data, address):
        self.program, self.data, self.address = program, data, address.rstrip("/")
        self.passed = self.failed = 0

    def say(self, good, what, detail=""):
        self.passed += good
        self.failed += not good
        print(f"  {'ok     ' if good else 'MISSING'} {what}{'' if good else ': ' + detail}", flush=True)

    def path_of(self, reference):
        """Where the page of a reference is: "page:about", or of what the registry knows by it."""
        if reference.startswith("page:"):
            return "/" + reference[5:].replace("home", "")
        said = subprocess.run([self.program, "--data", self.data, "--json", "show", reference], stdout=subprocess.PIPE, text=True, check=False)
        thing = json.loads(said.stdout)
        return f"/{thing['kind']}/{thing['id']}" if "id" in thing else None

    def pages(self):
        for language in ("fr", "en"):
            for page in PAGES:
                status, body = get(f"{self.address}/{language}{page}")
                empty = "search?" in page and 'class="hits"' not in body
                self.say(status == 200 and bool(body) and not empty, f"/{language}{page}", "nothing found" if empty else f"status {status}")

    def facts(self):
        facts = json.loads(subprocess.run([self.program, "demo", "--facts"], stdout=subprocess.PIPE, text=True, check=True).stdout)
        for fact in facts:
            path = self.path_of(fact["reference"])
            for language in ("fr", "en"):
                status, body = get(f"{self.address}/{language}{path}") if path else (404, "")
                missing = [word for word in fact[f"words_{language}"] if word not in body]
                self.say(status == 200 and not missing, f"{language} {fact['id']}: {fact[language]}", f"/{language}{path} ({status}) lacks {missing}")


def main():
    check = Check(*sys.argv[1:4])
    print("Pages", flush=True)
    check.pages()
    print("Facts of the source", flush=True)
    check.facts()
    print(f"{check.passed} passed, {check.failed} failed")
    sys.exit(1 if check.failed else 0)


main()
