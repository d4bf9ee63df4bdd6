#!/usr/bin/env python3
"""pictures.py [--whole DIR] [--only LANGUAGE]: the pictures of the guides, docs/images/guides, made anew, and their list.

The invented consortium is served, a browser goes through every room and takes pages at 375 and 1280 px: in English each, in
French what the French guides show and the main ones. WebP, cut at some height, tables later. Those that were there are replaced
when the walk has come to its end. --whole DIR takes whole pages as PNG into DIR instead, all in both languages, for looking at.
The browser's own words (dates, "Choose File") are French where chromium-l10n is installed.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from site_under_test import ROOT, Site  # noqa: E402

GUIDES, PICTURES = ROOT / "docs/guides", ROOT / "docs/images/guides"

# In French too, whether a guide shows them or not.
MAIN = """home search person team platform organisation equipment group topics slots week platform-week advanced experts sign-in book bookings-waiting request-answer
requests-inbox company-ask group-written group-size calls call proposal-receipt call-judged confirm-done card curation-decisions sources own-card account-roles
admin roles-asked roles-table-read institutions accounts figures-matrix settings my-data""".split()

# What a new institution sends: itself, and its staff. Everybody in it is invented.
INSTITUTION = {
    "fr": [["Code", "Nom", "Sigle", "Type d’organisme", "Rôle", "Depuis", "Ville"],
           ["IBO", "Institut de biologie des Ormes", "IBO", "organisme de recherche", "membre", "2026-01-01", "Paris"]],
    "en": [["Code", "Name", "Acronym", "Kind", "Role in the consortium", "Since", "City"],
           ["ELM", "Elm Institute of Biology", "EIB", "research organisation", "member", "2026-01-01", "Paris"]],
}
STAFF = {
    "fr": ["Matricule", "Nom", "Prénom", "Fonction", "Équipe", "Date d’arrivée", "Mél", "Bureau"],
    "en": ["Staff number", "Family name", "Given name", "Job title", "Team", "Start date", "E-mail", "Office"],
}
PEOPLE = [("Vasseur-Ormel", "Amélie"), ("Tillandre", "Bruno"), ("Quérabin", "Inès"), ("Lomasque", "Théo"), ("", "Nadia"), ("Brévilliers", "Oscar")]
JOBS = {"fr": ["Directrice de recherche", "Ingénieur", "Chercheuse", "Doctorant"], "en": ["Researcher", "Engineer", "Researcher", "PhD student"]}


def sheet(path, rows):
    """An XLSX of one sheet, as small as one can be."""
    cells = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>" for row in rows)
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations, kinds = "http://schemas.openxmlformats.org/package/2006/relationships", "http://schemas.openxmlformats.org/package/2006/content-types"
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                               f'<Override PartName="/xl/workbook.xml" ContentType="{form}.sheet.main+xml"/>'
                               f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{form}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def files(folder, language):
    folder.mkdir()
    sheet(folder / "institution.xlsx", INSTITUTION[language])
    team = {"fr": "Signalisation et matrice", "en": "Signalling and matrix"}[language]
    mail = {"fr": "ormes", "en": "elm"}[language]
    rows = [[f"A{at:03}", family, given, JOBS[language][at % 4], team, f"20{15 + at}-09-01", f"{given.lower()[:1]}.{at}@{mail}.example.org", f"B{at}"]
            for at, (family, given) in enumerate(PEOPLE)]
    sheet(folder / ("personnel.xlsx" if language == "fr" else "staff.xlsx"), [STAFF[language], *rows])


def shown_in_guides(language):
    """Names of the pictures that a language's guides show."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((GUIDES / language).glob("*.md")))
    return sorted({name for text in texts for name in re.findall(rf"images/guides/{language}-([\w-]+)-1280\.webp", text)})


def tell(taken):
    """docs/guides/pictures.md: each page with its pictures, in the order of the walk."""
    rows = ["# Every page in pictures", "", "Made by `tests/browser/pictures.py` on the invented consortium; long pages are cut. The main ones are there in French too.", "",
            "| page | address | 1280 px | 375 px | français, 1280 px | français, 375 px |", "|---|---|---|---|---|---|"]
    for name, address, heading in taken:
        address = re.sub(r"/\w+-[0-9a-f]{20,}|/[0-9A-Z]{10}\b|/\d+\b|/[0-9a-f]{12,}\b|/[\w-]{20,}", "/…", address)
        there = [f"{language}-{name}-{width}.webp" for language in ("en", "fr") for width in (1280, 375)]
        links = " | ".join(f"[{name}](../images/guides/{file})" if (PICTURES / file).exists() else "" for file in there)
        rows.append(f"| {heading.replace('|', '/')} | `{address}` | {links} |")
    (GUIDES / "pictures.md").write_text("\n".join(rows) + "\n", encoding="utf-8")


def put(language, made):
    """The pictures of a language that were there go, those just made come."""
    for path in PICTURES.glob(f"{language}-*.webp"):
        path.unlink()
    for path in sorted(made.iterdir()):
        shutil.copy(path, PICTURES.parent if path.suffix == ".png" else PICTURES)


def take(language, out, whole):
    """Goes through all rooms; exit code and, for each picture, its name, address and heading."""
    wanted = [] if whole or language == "en" else sorted({*shown_in_guides(language), *MAIN})
    site = Site(web=ROOT / "web")
    try:
        for name in ("root", "admin"):
            site.run("admin", "add", f"{name}@example.org")
        site.kill()  # it may tell people of their pages, from now on
        with (site.data / "pitchblende.toml").open("a", encoding="utf-8") as config:
            config.write("\n[people]\nnotices = true\n")
        site.start()
        files(site.scratch / "files", language)
        done = subprocess.run(["node", HERE / "pictures.mjs"], stdout=subprocess.PIPE, text=True, check=False, cwd=HERE,
                              env={**os.environ, "LANGUAGE": {"en": "en_GB", "fr": "fr"}[language], "PB_ADDRESS": site.address, "PB_LETTERS": str(site.letters), "PB_LANGUAGE": language,
                                   "PB_FILES": str(site.scratch / "files"), "PB_DATABASE": str(site.data / "pitchblende.db"), "PB_PICTURES": str(out), "PB_WHOLE": "yes" if whole else "",
                                   "PB_WANTED": " ".join(wanted)})
        print(*(line for line in done.stdout.splitlines() if not line.startswith("picture ")), sep="\n", flush=True)
        taken = [line.removeprefix("picture ").split("\t") for line in done.stdout.splitlines() if line.startswith("picture ")]
        lacking = sorted({*wanted} - {name for name, *_ in taken})
        if lacking and not os.environ.get("PB_ROOM"):
            print(f"{language}: no picture of {', '.join(lacking)}", flush=True)
        return done.returncode or (1 if lacking else 0), taken
    finally:
        site.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--whole", type=pathlib.Path)
    parser.add_argument("--only", choices=["fr", "en"])
    options = parser.parse_args()
    languages = [options.only] if options.only else ["fr", "en"]
    worst = 0
    with tempfile.TemporaryDirectory() as scratch:
        for language in languages:
            out = (options.whole or pathlib.Path(scratch) / language).resolve()
            out.mkdir(parents=True, exist_ok=True)
            code, taken = take(language, out, options.whole is not None)
            worst = max(worst, code)
            if not options.whole and code == 0:
                put(language, out)
            if not options.whole and code == 0 and language == "en":
                tell(taken)
    return worst


if __name__ == "__main__":
    sys.exit(main())
