#!/usr/bin/env python3
"""unity.py SRC OUT: writes, as CMake reads it, which sources of each slice are compiled together.

Most of a build is the same templates made again in every file, so that files compiled together cost half. A file is never put
beside one that it could mean something else with: what a file declares for itself alone (its unnamed namespace, what is
static) must be neither declared nor named by another of the group, nor by a header of the slice that only the other
includes. A file may be kept alone by `// unity: alone`.
"""
import functools
import pathlib
import re
import sys

LINES = 1600  # of a group at most: one file changed is then compiled within seconds
COMMENTS = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"', re.DOTALL)
UNNAMED = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
USING = re.compile(r"^using ([\w:]+::)?(\w+)( = [^;]+)?;", re.MULTILINE)
TYPE = re.compile(r"^(?:template <[^\n]*>\n?)?\s?(?:class|struct|enum class|enum|union) (?:\[\[\w+\]\] )?(\w+)", re.MULTILINE)
OBJECT = re.compile(r"^(?:static |constexpr |inline |const |thread_local |constinit )+[^=;{(\n]*?(\w+)(?:\[[^\]\n]*\])? ?(?:=|\{|;)", re.MULTILINE)
FUNCTION = re.compile(r"^(?! |using|namespace|return|class|struct|enum|TEST|RC_|INSTANTIATE|BENCHMARK|#|\})[\w:<>,&*\[\] ]*?[\w>&*\]] [&*]?(\w+)\(", re.MULTILINE)
STATIC = re.compile(r"^static [^=;{(\n]*?(\w+)\(", re.MULTILINE)
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)
WORD = re.compile(r"(?<![.\w:])(?<!->)\w+")
MACRO = re.compile(r"^#define (\w+)", re.MULTILINE)


@functools.cache
def words_of(header):
    return frozenset(WORD.findall(COMMENTS.sub(" ", header.read_text(encoding="utf-8"))))


@functools.cache
def headers(path, src):
    """What a file of the source folder includes of it, and what that includes. Generated headers are not there to be read."""
    out = set()
    for name in INCLUDE.findall(path.read_text(encoding="utf-8")):
        header = src / name
        if header.is_file() and header not in out:
            out |= {header} | headers(header, src)
    return frozenset(out)


class Source:
    def __init__(self, path, src):
        self.path = path
        folder = src / pathlib.Path(path).relative_to(src).parts[0]
        self.headers = {header for header in headers(pathlib.Path(path), src) if folder in header.parents}
        raw = pathlib.Path(path).read_text(encoding="utf-8")
        self.lines = raw.count("\n")
        self.alone = "// unity: alone" in raw or MACRO.search(raw) is not None
        text = COMMENTS.sub(" ", raw)
        own = COMMENTS.sub(" ", "\n".join(UNNAMED.findall(raw)))
        self.using = {m[2]: m[0] for m in USING.finditer(own)}
        things = {m[1] for pattern in (TYPE, OBJECT) for m in pattern.finditer(own)}
        self.functions = ({m[1] for m in FUNCTION.finditer(own)} | {m[1] for m in STATIC.finditer(text)}) - things
        self.names = things | self.functions
        self.words = set(WORD.findall(text))
        self.called = set(re.findall(r"(?<![.\w:])(?<!->)(\w+)(?=[(<])", text))

    def reaches(self, other):
        """A word of the other might find what this file has for itself. A function is found by a call alone: a variable of
        its name is nearer. What stands behind `.`, `->` or `::` is looked for elsewhere."""
        seen = set().union(*(words_of(header) for header in other.headers - self.headers))
        return bool(self.functions & (other.called | other.names) or (self.names - self.functions) & other.words or
                    (self.names | self.using.keys()) & seen)

    def meets(self, other):
        return (not self.alone and not other.alone and not self.reaches(other) and not other.reaches(self) and
                all(other.using.get(name, text) == text for name, text in self.using.items()) and
                not self.using.keys() & (other.words - other.using.keys()) and
                not other.using.keys() & (self.words - self.using.keys()))


def groups(paths, src):
    out = []
    for source in (Source(path, src) for path in sorted(paths)):
        for group in out:
            if sum(s.lines for s in group) + source.lines <= LINES and all(source.meets(s) for s in group):
                group.append(source)
                break
        else:
            out.append([source])
    return out


def main():
    src, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    written = []
    for folder in sorted(path for path in src.iterdir() if path.is_dir()):
        files = [path.as_posix() for path in folder.rglob("*.cpp")]
        for kind, chosen in (("tests", [f for f in files if f.endswith("_test.cpp")]),
                             ("", [f for f in files if not f.endswith("_test.cpp")])):
            for number, group in enumerate(groups(chosen, src)):
                names = " ".join(source.path for source in group)
                written.append(f"set_source_files_properties({names} PROPERTIES UNITY_GROUP {kind}{number})\n")
    out.write_text("".join(written), encoding="utf-8")


main()
