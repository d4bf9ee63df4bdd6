#!/usr/bin/env python3
"""check_errors: the error registries of all slices taken together.

A code is unique, begins with its slice's name, says the same arguments in both languages, and is used by some code. French
has its own quotes and apostrophe: « » and ’.
"""
import re

import tree


def check_row(where, slice_name, cells):
    if len(cells) != 4 or not all(cell.strip() for cell in cells):
        yield f"{where}: code, status, English and French are wanted, separated by tabs"
        return
    code, status, english, french = cells
    if not re.fullmatch(slice_name.upper() + r"_[A-Z0-9_]+", code):
        yield f"{where}: {code} does not begin with {slice_name.upper()}_"
    if not re.fullmatch(r"[1-5]\d\d", status):
        yield f"{where}: {status} is no HTTP status"
    if set(re.findall(r"\{\d\}", english)) != set(re.findall(r"\{\d\}", french)):
        yield f"{where}: the two languages do not use the same arguments"
    if re.search(r"[\"“”']", re.sub(r"`[^`]*`", "", french)):
        yield f"{where}: French quotes are « » and its apostrophe is ’"
    if english == french:
        yield f"{where}: the French message is the English one"


def check(root):
    problems, codes = [], {}
    paths = tree.files(root)
    source = "\n".join(tree.text(root, p) or "" for p in paths if p.parts[0] == "src" and tree.is_cpp(p))
    used = set(re.findall(r"errors::(\w+)", source))
    for path in paths:
        if path.parts[0] != "src" or path.name != "errors.tsv":
            continue
        slice_name = path.parts[-2]
        for number, line in enumerate((tree.text(root, path) or "").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            where, cells = f"{path}:{number}", line.split("\t")
            problems += check_row(where, slice_name, cells)
            if cells[0] in codes:
                problems.append(f"{where}: {cells[0]} stands in {codes[cells[0]]} already")
            codes[cells[0]] = where
            if cells[0][len(slice_name) + 1:].lower() not in used:
                problems.append(f"{where}: {cells[0]} is used nowhere")
    return problems, []


if __name__ == "__main__":
    tree.run(check, __doc__)
