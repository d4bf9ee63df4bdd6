#!/usr/bin/env python3
"""run.py [STORY…] [--counts FILE] [--program P]: stories over HTTP, on the small invented consortium; README.md says how
one is written. A story is passed or failed as a whole; what was wrong is shown with its line.
"""
import argparse
import html
import http.client
import json
import pathlib
import re
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from site_under_test import Site  # noqa: E402


class Wrong(Exception):
    pass


class Story:
    def __init__(self, path, site):
        self.path, self.site, self.names, self.answer, self.said = path, site, {}, None, None
        self.request = None

    def put_in(self, text):
        def value(match):
            if match[1] not in self.names:
                raise Wrong(f"{match[1]} was not named by let")
            return self.names[match[1]]
        return re.sub(r"\{([a-z_]+)\}", value, text)

    def tell(self):
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            try:
                self.step(self.put_in(line.strip()))
            except Wrong as wrong:
                return f"{self.path.name}:{number}: {line.strip()}: {wrong}"
        return None

    def step(self, line):
        word, _, rest = line.partition(" ")
        if word == "let":
            name, _, reference = rest.partition(" = ")
            kind, identifier = self.site.thing(reference)
            self.names[name], self.names[name + "_kind"] = identifier, kind
        elif word == "file":
            name, _, text = rest.partition(" = ")
            (self.site.scratch / name).write_text(text.replace("\\n", "\n"), encoding="utf-8")
        elif word == "run":
            self.said = self.site.run(*re.findall(r'"([^"]*)"|(\S+)', rest) and [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', rest)], wanted=None)
        elif word == "exit":
            self.hold(self.said.returncode == int(rest), f"exit {self.said.returncode}: {self.said.stderr[-300:]}")
        elif word == "says":
            self.hold(rest in self.said.stdout + self.said.stderr, (self.said.stdout + self.said.stderr)[-300:])
        elif word == "kill":
            self.site.kill()
        elif word == "start":
            self.site.start()
        elif word in ("GET", "HEAD", "POST", "PUT", "OPTIONS"):
            self.request = (word, rest, {})
            self.answer = None
        elif word == ">":
            name, _, value = rest.partition(": ")
            self.request[2][name] = value
        else:
            self.expect(word, rest)

    def ask(self):
        method, path, headers = self.request
        host = urllib.parse.urlsplit(self.site.address)
        connection = http.client.HTTPConnection(host.hostname, host.port, timeout=30)
        connection.request(method, urllib.parse.quote(path, safe="/%?=&.:+"), headers=headers)
        answer = connection.getresponse()
        self.answer = (answer.status, answer.headers, answer.read())
        connection.close()

    def expect(self, word, rest):
        if self.answer is None:
            self.ask()
        status, headers, body = self.answer
        text = body.decode("utf-8", "replace")
        if word.isdigit():
            self.hold(status == int(word), f"status {status}: {text[:200]}")
        elif word == "has":
            self.hold(rest in text or rest in html.unescape(text), "is not there")
        elif word == "lacks":
            self.hold(rest not in text, "is there")
        elif word == "header":
            name, _, value = rest.partition(": ")
            self.hold(value in (headers.get(name) or ""), f"{name} is {headers.get(name)}")
            if value:
                return
            self.hold(name in headers, "is not there")
        elif word == "keep":  # keep NAME = Header
            name, _, header = rest.partition(" = ")
            self.names[name] = headers.get(header) or ""
        elif word == "json":
            path, _, wanted = rest.partition(" = ")
            value = json.loads(text)
            for part in path.split("."):
                value = value[int(part)] if part.isdigit() else value[part]
            self.hold(str(value) == wanted, f"is {value}")
        else:
            raise Wrong("is no step of a story")

    @staticmethod
    def hold(good, otherwise):
        if not good:
            raise Wrong(otherwise)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", type=pathlib.Path)
    parser.add_argument("--counts")
    parser.add_argument("--program", default=HERE.parent.parent / "build/release/pitchblende")
    parser.add_argument("--database", default="", help="postgresql://…: the site stands on it")
    options = parser.parse_args()
    site = Site(options.program, options.database)
    passed = failed = 0
    try:
        for path in options.stories or sorted(HERE.glob("*.story")):
            wrong = Story(path, site).tell()
            passed, failed = passed + (wrong is None), failed + (wrong is not None)
            print(f"  {path.stem:<28} {'ok' if wrong is None else 'FAILED'}", *([wrong] if wrong else []), sep="\n    " if wrong else " ", flush=True)
    finally:
        code = site.close()
    if code != 0:
        failed += 1
        print(f"  the server ended with {code}")
    if options.counts:
        with open(options.counts, "a", encoding="ascii") as file:
            file.write(f"{passed} {failed} 0\n")
    print(f"{passed} stories passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
