#!/usr/bin/env python3
"""run.py [STORY…]: stories over HTTP, on the small invented consortium; README.md says how one is written. A story is
passed or failed as a whole; what was wrong is shown with its line. Those whose name ends in _anywhere are told on a
PostgreSQL of their own too, where it is installed.
"""
import argparse
import difflib
import html
import http.client
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import postgresql  # noqa: E402
from site_under_test import Site  # noqa: E402


class Wrong(Exception):
    pass


class Story:
    def __init__(self, path, site, remake=False):
        self.path, self.site, self.names, self.answer, self.said = path, site, {}, None, None
        self.request, self.remake = None, remake

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
            words = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', rest)]
            self.said = self.site.run(*words, wanted=None)
        elif word == "exit":
            self.hold(self.said.returncode == int(rest), f"exit {self.said.returncode}: {self.said.stderr[-300:]}")
        elif word == "says":
            self.hold(rest in self.said.stdout + self.said.stderr, (self.said.stdout + self.said.stderr)[-300:])
        elif word == "facts":
            command = [sys.executable, HERE.parent.parent / "tools/check_demo.py", self.site.program, self.site.data, self.site.address]
            said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            missing = [each.strip() for each in said.stdout.splitlines() if "MISSING" in each]
            self.hold(said.returncode == 0 and " 0 failed" in said.stdout, "\n      ".join(missing) or said.stdout[-500:])
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
        elif word == "once":
            self.hold(html.unescape(text).count(rest) == 1, f"is there {html.unescape(text).count(rest)} times")
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
        elif word == "golden":
            self.compare(HERE / "golden" / rest, text)
        elif word == "json":
            path, _, wanted = rest.partition(" = ")
            value = json.loads(text)
            for part in path.split("."):
                value = value[int(part)] if part.isdigit() else value[part]
            self.hold(str(value) == wanted, f"is {value}")
        else:
            raise Wrong("is no step of a story")

    def compare(self, file, text):
        text = re.sub(r"\?v=[0-9a-f]+", "?v=", text).replace(self.site.address, "")
        if self.remake:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        wanted = file.read_text(encoding="utf-8") if file.exists() else ""
        diff = list(difflib.unified_diff(wanted.splitlines(), text.splitlines(), "golden", "answer", n=0, lineterm=""))
        self.hold(not diff, "\n      ".join(["differs (--remake writes it anew):", *diff[2:14]]))

    @staticmethod
    def hold(good, otherwise):
        if not good:
            raise Wrong(otherwise)


def tell(paths, program, database="", remake=False):
    """Tells stories on a site of their own; how many passed and failed."""
    site = Site(program, database)
    passed = failed = 0
    try:
        for path in paths:
            wrong = Story(path, site, remake).tell()
            passed, failed = passed + (wrong is None), failed + (wrong is not None)
            name = path.stem + (" on PostgreSQL" if database else "")
            print(f"  {name:<40} {'ok' if wrong is None else 'FAILED'}", *([wrong] if wrong else []),
                  sep="\n    " if wrong else " ", flush=True)
    finally:
        code = site.close()
    if code != 0:
        failed += 1
        print(f"  the server ended with {code}")
    return passed, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", nargs="*", type=pathlib.Path)
    parser.add_argument("--counts")
    parser.add_argument("--program", default=HERE.parent.parent / "build/release/pitchblende")
    parser.add_argument("--database", default="", help="postgresql://…: the site stands on it")
    parser.add_argument("--remake", action="store_true", help="write the goldens anew")
    options = parser.parse_args()
    stories = options.stories or sorted(HERE.glob("*.story"))
    counts = [tell(stories, options.program, options.database, options.remake)]
    skipped = 0
    anywhere = [path for path in stories if path.stem.endswith("_anywhere")]
    if anywhere and not options.database and postgresql.installed():
        server = postgresql.PrivatePostgresql()
        try:
            counts.append(tell(anywhere, options.program, server.address))
        finally:
            server.close()
    elif anywhere and not options.database:
        skipped = len(anywhere)
        print("  skipped: PostgreSQL 15 (package postgresql-15) is not installed")
    passed, failed = (sum(each) for each in zip(*counts))
    if options.counts:
        with open(options.counts, "a", encoding="ascii") as file:
            file.write(f"{passed} {failed} {skipped}\n")
    print(f"{passed} stories passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
