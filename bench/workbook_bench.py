#!/usr/bin/env python3
"""workbook_bench.py PROGRAM: a workbook of 1,000 people goes out, comes back with 10,000 cells changed, is read and applied; one JSON line per figure.

By the command on a data folder of its own: what opening the folder takes is in it.
"""
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time
import zipfile

PEOPLE = 1000
FIELDS = ["particle", "suffix", "other_names", "honorific", "telephone", "biography@fr", "biography@en", "skills", "homepage", "photo"]


def spent():
    """Processor time of the commands so far: what others on the machine do is not in it."""
    of = resource.getrusage(resource.RUSAGE_CHILDREN)
    return of.ru_utime + of.ru_stime


def run(program, data, *words):
    began, before = time.monotonic(), spent()
    done = subprocess.run([program, "--data", data, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout, (time.monotonic() - began, spent() - before)


def typed(field, row):
    return f"https://people.example/{field}/{row}" if field in ("homepage", "photo") else f"{field.split('@')[0]} {row}"


def correct(path, sent):
    """As a spreadsheet writes it: the texts of the sheet of people stand in their cells."""
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as out:
        shared = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        for name in book.namelist():
            text = book.read(name)
            if name.startswith("xl/worksheets/sheet") and b'r="T1"' in text:
                sheet = text.decode()
                head = re.search(r'<row r="1".*?</row>', sheet, re.S).group(0)
                columns = {shared[int(at)]: letter for letter, at in re.findall(r'<c r="([A-Z]+)1"[^>]*><v>(\d+)</v>', head)}
                wanted = {columns[field]: field for field in FIELDS}

                def row(found):
                    number = int(found.group(1))
                    if number < 3:
                        return found.group(0)
                    cells = dict(re.findall(r'(?=<c r="([A-Z]+)\d+")(<c .*?</c>|<c [^>]*/>)', found.group(3), re.S))
                    for letter, field in wanted.items():
                        cells[letter] = f'<c r="{letter}{number}" t="inlineStr"><is><t>{typed(field, number)}</t></is></c>'
                    return f'<row r="{number}"{found.group(2)}>' + "".join(cells[letter] for letter in sorted(cells)) + "</row>"

                text = re.sub(r'<row r="(\d+)"([^>]*)>(.*?)</row>', row, sheet, flags=re.S).encode()
            out.writestr(name, text)


def main():
    program = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release/pitchblende").resolve())
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        data = str(place / "data")
        run(program, data, "init")
        (place / "members.csv").write_text("id,name,role,from\nI1,Institut Essai,member,2007\n", encoding="utf-8")
        rows = ["id,family name,given names,organisation,from,e-mail"]
        rows += [f"P{i},Nom{i},Prénom{i},Institut Essai,2015,p{i}@example.org" for i in range(PEOPLE)]
        (place / "people.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        run(program, data, "import", "organisations", place / "members.csv", "--as", "members")
        run(program, data, "import", "people", place / "people.csv", "--as", "staff")
        _, out = run(program, data, "workbook", "export", "name:Institut Essai", "--out", place / "out.xlsx")
        correct(place / "out.xlsx", place / "sent.xlsx")
        _, read = run(program, data, "workbook", "read", place / "sent.xlsx")
        _, applied = run(program, data, "workbook", "read", place / "sent.xlsx", "--apply", "--who", "bench@example.org")
        said, again = run(program, data, "--json", "workbook", "read", place / "sent.xlsx")
        for name, times in (("workbook_out", out), ("workbook_read", read), ("workbook_applied", applied), ("workbook_read_again", again)):
            for what, value in zip(("", "_processor"), times):
                print(json.dumps({"figure": name + what, "value": value, "unit": "s"}), flush=True)
        if json.loads(said)["corrections"] != 0:
            sys.exit("what was applied is there to be applied once more")


if __name__ == "__main__":
    main()
