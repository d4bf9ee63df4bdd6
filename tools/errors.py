#!/usr/bin/env python3
"""errors.py SLICE IN.tsv OUT.hpp: one slice's error registry as C++ constants.

A row: code, HTTP status, English message, French message, separated by tabs; {0}, {1}… are the arguments.
'#' begins a comment line. The code is SLICE_NAME in capitals; the constant is <slice>::errors::name.
"""
import re
import sys


def rows(slice_name, path):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        where = f"{path}:{number}"
        if len(cells) != 4:
            sys.exit(f"{where}: {len(cells)} cells, 4 wanted: code, status, English, French")
        code, status, english, french = cells
        if not re.fullmatch(slice_name.upper() + r"_[A-Z0-9_]+", code):
            sys.exit(f"{where}: code {code} does not begin with {slice_name.upper()}_")
        if not re.fullmatch(r"[1-5]\d\d", status):
            sys.exit(f"{where}: status {status}")
        if sorted(set(re.findall(r"\{\d\}", english))) != sorted(set(re.findall(r"\{\d\}", french))):
            sys.exit(f"{where}: the two languages do not use the same arguments")
        yield code, status, english, french


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main(slice_name, source, target):
    seen = set()
    out = ["// Made from errors.tsv; do not edit.", "#pragma once", "", '#include "base/result.hpp"', "",
           f"namespace pitchblende::{slice_name}::errors {{", ""]
    for code, status, english, french in rows(slice_name, source):
        if code in seen:
            sys.exit(f"{source}: code {code} twice")
        seen.add(code)
        name = code[len(slice_name) + 1:].lower()
        out.append(f"inline constexpr ErrorKind {name}{{{quoted(code)}, {status}, {quoted(english)}, {quoted(french)}}};")
    out += ["", f"}}  // namespace pitchblende::{slice_name}::errors", ""]
    with open(target, "w", encoding="utf-8") as file:
        file.write("\n".join(out))


main(*sys.argv[1:])
