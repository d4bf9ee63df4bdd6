#!/usr/bin/env python3
"""check_layers: who may include whom.

src/LAYERS gives the order: a file includes its own folder and folders of earlier lines, never its own line's neighbours and
never a later line. From outside, a slice is entered by its public headers only: <slice>/<slice>.hpp, its generated
errors.hpp, and those that src/PUBLIC names. DOORS says which folder alone may touch a library, HEAVY which libraries are so
slow to compile that they stand in two files at most and in no header. search and resolution know no SQL; *_rules.* know
neither SQL, nor the clock, nor files. Tests and their fixtures may use tests/, too. Exceptions stand in tools/layers_exceptions.txt ("file header"), one that is not
needed any more is a problem too, so the list only shrinks.
"""
import pathlib
import re

import tree

DOORS = {
    r"boost/(beast|asio)[/.]": {"http"},
    r"soci/|sqlite3\.h|libpq-fe\.h|libpq/|postgres": {"store"},
    r"curl/": {"net"},
    r"cmark\.h": {"pages"},
}
HEAVY = {"spdlog": r"spdlog/", "CLI11": r"CLI/", "simdjson": r"simdjson(\.h|/)", "toml++": r"toml\+\+/|toml\.hpp", "SOCI": r"soci/"}
HEAVY_FILES = 2
WITHOUT_SQL = {"search", "resolution"}
IMPURE = {"store", "net", "files", "http"}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.MULTILINE)


def ranks(root):
    """Folder → line number of src/LAYERS."""
    rank = {}
    for number, line in enumerate((root / "src/LAYERS").read_text(encoding="utf-8").splitlines()):
        for folder in line.split("#")[0].split():
            rank[folder] = number
    return rank


def public_headers(root):
    """Folder → names of the headers that others may include, from src/PUBLIC; '*' is every header."""
    public = {}
    path = root / "src/PUBLIC"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for line in lines:
        line = line.split("#")[0].strip()
        if line:
            folder, _, names = line.partition(":")
            public[folder.strip()] = set(names.split())
    return public


def is_public(public, folder, header):
    names = public.get(folder, set())
    return "*" in names or header in names or header in {f"{folder}.hpp", "errors.hpp"}


def judge_own(root, path, header, rank, public):
    """What is wrong with including a header of the project; None: nothing."""
    here = path.parts[1]
    there, _, rest = header.partition("/")
    if path.stem.endswith(("_test", "_fixture")) and (root / "tests" / header.removeprefix("../tests/")).is_file():
        return None
    if not rest or there not in rank:
        return "is not written from the root of src/, or its folder is not in src/LAYERS"
    if path.name.split(".")[0].endswith(("_rules", "_rules_test")) and (there in IMPURE or header == "base/clock.hpp"):
        return "rules are pure: no SQL, clock or files"
    if there == here:
        return None
    if here in WITHOUT_SQL and there == "store":
        return f"{here} knows no SQL"
    if rank[there] == rank[here]:
        return f"{here} and {there} are neighbours on one line of src/LAYERS"
    if rank[there] > rank[here]:
        return f"{there} is a later line of src/LAYERS than {here}"
    if not is_public(public, there, rest):
        return f"is not a public header of {there} (src/PUBLIC)"
    return None


def judge_library(path, header):
    here = path.parts[1]
    for pattern, folders in DOORS.items():
        if re.match(pattern, header) and here not in folders:
            return f"only {' and '.join(sorted(folders))} may include it"
    for name, pattern in HEAVY.items():
        if re.match(pattern, header) and path.suffix == ".hpp":
            return f"{name} is slow to compile: never in a header"
    return None


def includes(root):
    for path in tree.files(root):
        if path.parts[0] == "src" and tree.is_cpp(path):
            text = tree.text(root, path) or ""
            for match in INCLUDE.finditer(text):
                yield path, text.count("\n", 0, match.start(2)) + 1, match.group(1), match.group(2)


def check(root):
    rank, public = ranks(root), public_headers(root)
    allowed = {tuple(line.split()) for line in tree.listed(root, "layers_exceptions.txt")}
    used, problems, heavy = set(), [], {name: set() for name in HEAVY}
    for path, line, quote, header in includes(root):
        if len(path.parts) < 3:
            problems.append(f"{path}: stands in no folder of src/")
            continue
        if path.parts[1] not in rank:
            problems.append(f"{path}: its folder is not in src/LAYERS")
            continue
        wrong = judge_own(root, path, header, rank, public) if quote == '"' else judge_library(path, header)
        if wrong and (str(path), header) in allowed:
            used.add((str(path), header))
        elif wrong:
            problems.append(f"{path}:{line}: {header}: {wrong}")
        for name, pattern in HEAVY.items():
            if re.match(pattern, header):
                heavy[name].add(path)
    for name, paths in heavy.items():
        if len(paths) > HEAVY_FILES:
            problems.append(f"{name} is slow to compile and stands in {len(paths)} files, {HEAVY_FILES} at most: "
                            + ", ".join(map(str, sorted(paths))))
    for exception in sorted(allowed - used):
        problems.append(f"tools/layers_exceptions.txt: not needed any more: {' '.join(exception)}")
    made = root / "src/CMakeLists.txt"
    generated = made.read_text(encoding="utf-8") if made.exists() else ""
    for folder, names in public.items():
        problems += [f"src/PUBLIC: src/{folder}/{name} does not exist" for name in sorted(names - {"*"})
                     if not (root / "src" / folder / name).exists() and f"{folder}/{name}" not in generated]
    return problems, []


if __name__ == "__main__":
    tree.run(check, __doc__)
