#!/usr/bin/env python3
"""article_bench.py PROGRAM: new articles, one at a time, into a running server's pool of a million names; one JSON line per figure.

The pool is the invented consortium (PB_BENCH_FOLDER takes one that is pooled; it is copied, not changed). Each article has
the authors of one that is there and a title and numbers of its own, so that every name is met again. Measured are the
command from its start to its end, in which the article is found by search, and the server's processor time.
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ARTICLES = 40
APART = 37  # articles between two that are taken


def figure(name, value, unit):
    print(json.dumps({"figure": name, "value": value, "unit": unit}), flush=True)


def articles(folder, out):
    """Paths of files of one article each."""
    text = gzip.open(sorted((folder / "pubmed").glob("*.xml.gz"))[-1], "rt", encoding="utf-8").read()
    known = re.findall(r"<PubmedArticle>.*?</PubmedArticle>", text, re.S)[::APART][:ARTICLES]
    for at, article in enumerate(known):
        pmid = re.search(r"<PMID[^>]*>(\d+)", article)[1]
        article = article.replace(pmid, str(99_000_000 + at)).replace("<ArticleTitle>", f"<ArticleTitle>Sequel {at}: ")
        path = out / f"{at}.xml"
        path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>{article}</PubmedArticleSet>\n', encoding="utf-8")
        yield path


def processor_seconds(pid):
    after_name = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="pitchblende-article-") as scratch:
        scratch = pathlib.Path(scratch)
        folder = scratch / "consortium"
        if "PB_BENCH_FOLDER" in os.environ:
            shutil.copytree(os.environ["PB_BENCH_FOLDER"], folder)
        else:
            for command in ([program, "demo", "--size", "consortium", "--seed", "1", "--out", folder], [program, "--data", folder, "pool"]):
                if subprocess.run(command, stdout=sys.stderr, check=False).returncode not in (0, 3):
                    sys.exit(f"{command[1]} failed")
        server = subprocess.Popen([program, "--data", folder, "--json", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            server.stdout.readline()
            clocks, names, before = [], [], 0.0
            for at, path in enumerate(articles(folder, scratch)):
                if at == 1:  # the first one opens what all of them need
                    before = processor_seconds(server.pid)
                began = time.monotonic()
                done = subprocess.run([program, "--data", folder, "--json", "import", "pubmed", path], capture_output=True, text=True, check=True)
                clocks.append((time.monotonic() - began) * 1e3)
                names.append(json.loads(done.stdout.splitlines()[-1])["mentions"])
            clocks, names = clocks[1:], names[1:]
            figure("article_by_command", statistics.median(clocks), "ms")
            figure("article_by_command_p90", sorted(clocks)[len(clocks) * 9 // 10], "ms")
            figure("article_processor", (processor_seconds(server.pid) - before) / len(clocks) * 1e3, "ms")
            figure("article_names_looked_at", statistics.mean(names), "names")
        finally:
            server.kill()


main()
