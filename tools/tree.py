"""The files of the tree that the checks look at, and how they speak of what they find."""
import argparse
import os
import pathlib
import re
import subprocess
import sys

LEFT_OUT = {".git", "build", "node_modules", "__pycache__"}


def files(root):
    """Paths from root, as git sees them (new ones too, ignored ones not); without git, all but what builds leave behind."""
    if (root / ".git").exists():
        try:
            listed = subprocess.run(["git", "-C", str(root), "ls-files", "-co", "--exclude-standard", "-z"],
                                    capture_output=True, check=True).stdout.decode().split("\0")
            return sorted({pathlib.PurePosixPath(name) for name in listed if name and (root / name).is_file()})
        except (OSError, subprocess.CalledProcessError):
            pass
    found = []
    for folder, below, names in os.walk(root):
        below[:] = sorted(set(below) - LEFT_OUT)
        found += [pathlib.PurePosixPath((pathlib.Path(folder) / name).relative_to(root).as_posix()) for name in names]
    return sorted(found)


def text(root, path):
    """The text of a file, or None for one that is not text."""
    data = (root / path).read_bytes()
    if b"\0" in data[:8192]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_cpp(path):
    return path.suffix in {".cpp", ".hpp"}


def without_comments_and_strings(source):
    """C++ with comments and the insides of literals blanked out, line for line."""
    def blank(match):
        whole = match.group(0)
        if whole.startswith(("//", "/*")):
            return re.sub(r"[^\n]", " ", whole)
        quote = whole[-1]
        return quote + re.sub(r"[^\n]", " ", whole[1:-1]) + quote
    pattern = (r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^\s()\\]{0,16})\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"|'
               r"(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'")
    return re.sub(pattern, blank, source, flags=re.DOTALL)


def listed(root, name):
    """Lines of a list in tools/: comments and empty ones left out. A missing list is an empty one."""
    path = root / "tools" / name
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def run(check, description):
    """Calls check(root) → (problems, warnings), prints both, and leaves with 1 when there are problems."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    parser.add_argument("--quiet", action="store_true", help="problems only, no warnings")
    options = parser.parse_args()
    problems, warnings = check(options.root)
    if not options.quiet:
        for line in warnings:
            print(f"warning: {line}")
    for line in problems:
        print(line)
    sys.exit(1 if problems else 0)
