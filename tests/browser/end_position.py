#!/usr/bin/env python3
"""end_position.py WORKBOOK DATE: writes DATE as the end of the first position without one, as a spreadsheet would, and prints whose it is."""
import html
import re
import sys
import zipfile


def main():
    path, date = sys.argv[1:]
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    shared = [html.unescape(text) for text in re.findall(r"<si><t[^>]*>(.*?)</t></si>", parts["xl/sharedStrings.xml"].decode(), re.S)]

    def cells(row):
        return {letter: shared[int(at)] for letter, at in re.findall(r'<c r="([A-Z]+)\d+"[^>]* t="s"[^>]*><v>(\d+)</v>', row)}

    for name, text in parts.items():
        rows = re.findall(r'<row r="\d+".*?</row>', text.decode(), re.S) if name.startswith("xl/worksheets/sheet") else []
        head = cells(rows[0]) if rows else {}
        if head.get("A") != "links:person.positions":
            continue
        place = {value: letter for letter, value in head.items()}
        for row in rows[2:]:
            said = cells(row)
            if said.get(place["to"]):
                continue
            number = re.search(r'r="(\d+)"', row).group(1)
            cell = f'<c r="{place["to"]}{number}" t="inlineStr"><is><t>{date}</t></is></c>'
            old = re.compile(rf'<c r="{place["to"]}{number}"[^>]*(/>|>.*?</c>)', re.S)
            ended = old.sub(cell, row) if old.search(row) else row.replace("</row>", cell + "</row>")
            # Cells of a row stand in the order of their columns.
            found = re.findall(r"<c [^>]*/>|<c .*?</c>", ended, re.S)
            found.sort(key=lambda each: (len(re.search(r'r="([A-Z]+)', each).group(1)), re.search(r'r="([A-Z]+)', each).group(1)))
            parts[name] = text.decode().replace(row, re.match(r"<row[^>]*>", row).group(0) + "".join(found) + "</row>").encode()
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
                for each, bytes_of in parts.items():
                    book.writestr(each, bytes_of)
            print(said[place["who"]])
            return
    sys.exit("no position without an end")


if __name__ == "__main__":
    main()
