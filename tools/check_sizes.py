#!/usr/bin/env python3
"""check_sizes: small files, small functions, small slices.

A file of over 600 lines, a function of over 50 and a folder of src/ of over 4,000 (its tests not counted) are problems: a slice
that has grown is split in two, or into folders of its own. Over 400
lines in a file, 200 in a header, 20 files in a folder is a warning. Lines that hold nothing but literals
are data and do not count towards a function. Functions that are longer stand in
tools/sizes_exceptions.txt ("file name lines"); one that has grown, or that is short again, is a problem: the list only shrinks.
"""
import collections
import re

import tree

FILE_WISHED, FILE_NEVER, HEADER_WISHED, FUNCTION, SLICE, FOLDER = 400, 600, 200, 50, 4000, 20
LOOKED_AT = {".cpp", ".hpp", ".py", ".ts", ".sql", ".sh", ".cmake"}
SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b")
DATA = re.compile(r"^(?=.*[\"'\d])[ \t\"'\d.,{}()-]*$", re.MULTILINE)
NAME = re.compile(r"([\w:~]*operator\s*(?:\(\)|\[\]|[^\s\w(]+)|[\w:~]+)\s*\(")


def is_scope(head):
    return bool(SCOPE.search(head)) and not re.search(r"\)\s*(const|noexcept|override|->|$)", head.strip())


def is_function(head):
    """Whether the text between the last ; { or } and a { begins a function."""
    if "(" not in head:
        return False
    before = re.sub(r"operator\s*(==|=|<=>|<=|>=|!=)", "operator", head[:head.index("(")])
    return "=" not in before and not re.match(r"\s*(if|for|while|switch|do|else|return)\b", head)


def functions(source):
    """(name, first line, lines) of each function; what stands inside one belongs to it."""
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                  tree.without_comments_and_strings(source), flags=re.MULTILINE)
    stack, head, opened = [], 0, 0
    for match in re.finditer(r"[;{}]", text):
        at, sign = match.start(), match.group(0)
        inside = any(kind != "scope" for kind, _, _ in stack)
        if sign == "{":
            words = text[head:at]
            if inside:
                stack.append(("inner", "", 0))
            elif is_scope(words):
                stack.append(("scope", "", 0))
            elif is_function(words):
                name, opened = NAME.search(words), at
                begin = head + len(words) - len(words.lstrip())
                stack.append(("function", name.group(1) if name else "?", text.count("\n", 0, begin) + 1))
            else:
                stack.append(("inner", "", 0))
        elif sign == "}" and stack:
            kind, name, line = stack.pop()
            if kind == "function":
                body = text[opened:at]
                yield name, line, text.count("\n", 0, at) + 2 - line - len(DATA.findall(body))
        if not any(kind != "scope" for kind, _, _ in stack):
            head = at + 1


def test_name(source, line):
    """TEST(Suite, case) as Suite.case: every test function would otherwise have one name."""
    match = re.match(r"\s*\w*TEST\w*\(([^,]+),\s*([^,)]+)", source.splitlines()[line - 1])
    return f"{match.group(1).strip()}.{match.group(2).strip()}" if match else None


def check_functions(root, paths):
    allowed = {tuple(line.split()[:2]): int(line.split()[2]) for line in tree.listed(root, "sizes_exceptions.txt")}
    problems, seen = [], set()
    for path in paths:
        if not tree.is_cpp(path):
            continue
        source = tree.text(root, path) or ""
        for name, line, length in functions(source):
            if length <= FUNCTION:
                continue
            name = test_name(source, line) or name
            key = (str(path), name)
            seen.add(key)
            if length > allowed.get(key, FUNCTION):
                problems.append(f"{path}:{line}: {name} has {length} lines, {allowed.get(key, FUNCTION)} at most")
    problems += [f"tools/sizes_exceptions.txt: not needed any more: {' '.join(key)}" for key in sorted(set(allowed) - seen)]
    return problems


def check(root):
    problems, warnings = [], []
    slices, folders = collections.Counter(), collections.Counter()
    paths = [p for p in tree.files(root) if p.suffix in LOOKED_AT and "fixtures" not in p.parts]
    for path in paths:
        lines = (tree.text(root, path) or "").count("\n")
        folders[path.parent] += 1
        if path.parts[0] == "src" and len(path.parts) > 2 and not path.stem.endswith(("_test", "_fixture")):
            slices[path.parent] += lines
        if lines > FILE_NEVER:
            problems.append(f"{path}: {lines} lines, {FILE_NEVER} at most")
        elif lines > FILE_WISHED:
            warnings.append(f"{path}: {lines} lines, {FILE_WISHED} wished")
        elif path.suffix == ".hpp" and lines > HEADER_WISHED:
            warnings.append(f"{path}: {lines} lines, {HEADER_WISHED} wished for a header")
    problems += [f"{name}: {lines} lines, {SLICE} at most: split it" for name, lines in slices.items() if lines > SLICE]
    warnings += [f"{folder}: {count} files, {FOLDER} wished" for folder, count in folders.items() if count > FOLDER]
    return problems + check_functions(root, paths), warnings


if __name__ == "__main__":
    tree.run(check, __doc__)
