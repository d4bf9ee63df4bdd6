#!/usr/bin/env python3
"""check_words: the repository speaks of the project alone, and leaves nothing half done.

No absolute path of somebody's machine, no host of a package registry (a lock file that names one ties every build to it),
no mark for work left undone, no `using namespace`, no file whose name says nothing, and no link in a document that leads
nowhere in the tree.
"""
import posixpath
import re

import tree

# Written in pieces, so that this file does not find itself.
MARKS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
MACHINE = re.compile(r"(?<![\w.$}/-])/(" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers", "tmp" + "/w"])
                     + r")/(?!pitchblende\b)[\w.-]+")
HOSTS = re.compile("|".join(re.escape(a + b) for a, b in [
    ("registry.npm", "js.org"), ("registry.yarn", "pkg.com"), ("deb.deb", "ian.org"), ("security.deb", "ian.org"),
    ("py", "pi.org"), ("files.python", "hosted.org"), ("proxy.gol", "ang.org"), ("cra", "tes.io"), ("snapshot.deb", "ian.org")]))
NAMING_NOTHING = re.compile(r"(^|[/_.-])(common|utils?|manager|helpers?|misc)([/_.-]|$)")
USING_NAMESPACE = re.compile(r"^\s*using namespace (?!std::(\w+::)*\w*literals;)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)")
RULES = [
    (MARKS, "work left undone has its place elsewhere, not in the tree"),
    (MACHINE, "a path of one machine"),
    (HOSTS, "a host of a package registry"),
]


def dead_links(root, path, text):
    for match in LINK.finditer(text):
        target = posixpath.normpath(posixpath.join(str(path.parent), match.group(1)))
        if not target.startswith("..") and not (root / target).exists():
            yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(1)}: the link leads nowhere"


def check(root):
    problems = []
    for path in tree.files(root):
        if NAMING_NOTHING.search(str(path).lower()):
            problems.append(f"{path}: a name that says nothing")
        text = tree.text(root, path)
        # Bytes made to break parsers, and other people's licences, say what they say.
        if text is None or "seeds" in path.parts or path.name == "LICENSE":
            continue
        for pattern, why in RULES:
            problems += [f"{path}:{text.count(chr(10), 0, m.start()) + 1}: {m.group(0)}: {why}" for m in pattern.finditer(text)]
        if path.suffix == ".md":
            problems += dead_links(root, path, text)
        if tree.is_cpp(path):
            problems += [f"{path}:{text.count(chr(10), 0, m.start()) + 1}: `using namespace` is not used here"
                         for m in USING_NAMESPACE.finditer(text)]
    return problems, []


if __name__ == "__main__":
    tree.run(check, __doc__)
