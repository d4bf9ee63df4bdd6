#!/usr/bin/env python3
"""embed.py ROOT OUT.hpp FILE…: files as read-only bytes in the program, found by their path from ROOT.

The header declares `embedded::<stem>()`, a sorted span of {path, text}; the .cpp beside it holds the bytes.
"""
import os
import re
import sys


def chunks(data):
    """C++ string literals of at most 60 bytes; long literals are not portable, so they are pieces."""
    for at in range(0, len(data), 60):
        yield '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in data[at:at + 60]) + '"'


def main(root, header, *files):
    stem = re.sub(r"\W", "_", os.path.splitext(os.path.basename(header))[0])
    include = os.path.join(os.path.basename(os.path.dirname(header)), os.path.basename(header))
    os.makedirs(os.path.dirname(header), exist_ok=True)
    with open(header, "w", encoding="utf-8") as out:
        out.write(f"""// Made by tools/embed.py; do not edit.
#pragma once

#include <span>
#include <string_view>

namespace pitchblende::embedded {{

struct {stem.title().replace('_', '')}File {{
  std::string_view path;
  std::string_view text;
}};

std::span<const {stem.title().replace('_', '')}File> {stem}();

}}  // namespace pitchblende::embedded
""")
    with open(re.sub(r"\.hpp$", ".cpp", header), "w", encoding="utf-8") as out:
        out.write(f'// Made by tools/embed.py; do not edit.\n#include "{include}"\n\n#include <array>\n\n')
        out.write('#ifdef __clang__\n#pragma clang diagnostic ignored "-Woverlength-strings"\n#endif\n\n')
        out.write("namespace pitchblende::embedded {\n\nnamespace {\n\n")
        names = sorted((os.path.relpath(f, root), f) for f in files)
        for number, (path, file) in enumerate(names):
            data = open(file, "rb").read()
            body = "\n    ".join(chunks(data)) or '""'
            out.write(f"constexpr char k_{number}[] =\n    {body};\n")
        kind = stem.title().replace("_", "") + "File"
        out.write(f"\nconstexpr std::array<{kind}, {len(names)}> k_files{{{{\n")
        for number, (path, _) in enumerate(names):
            out.write(f'    {kind}{{"{path}", std::string_view(k_{number}, sizeof(k_{number}) - 1)}},\n')
        out.write(f"}}}};\n\n}}  // namespace\n\nstd::span<const {kind}> {stem}() {{ return k_files; }}\n\n}}  // namespace pitchblende::embedded\n")


main(*sys.argv[1:])
