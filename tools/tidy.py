#!/usr/bin/env python3
"""tidy.py [FILE…]: clang-tidy 16 over the sources, all or those named, several at a time.

Reads build/release/compile_commands.json (build first: generated headers must be there). A file that was clean is not looked
at again until it, one of the project's headers that it includes, its command or .clang-tidy changes: what was clean is
remembered in $XDG_CACHE_HOME/pitchblende-tidy. Exit code: 0 when nothing was found.

  --since COMMIT   only files that changed since the commit, and those that include a header that did
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
TIDY = "clang-tidy-16"


def headers_of(path, folders, known):
    """The project's headers that a file includes, directly or not."""
    found, waiting = set(), [path]
    while waiting:
        here = waiting.pop()
        if here not in known:
            known[here] = [folder / name for name in INCLUDE.findall(here.read_text(encoding="utf-8", errors="replace"))
                           for folder in folders if (folder / name).is_file()]
        for header in known[here]:
            if header not in found:
                found.add(header)
                waiting.append(header)
    return found


def apart(entry):
    """What was compiled together (tools/unity.py) is looked at file by file."""
    together = pathlib.Path(entry["file"])
    if not together.match("Unity/unity_*"):
        return [entry]
    return [{**entry, "file": file, "command": entry["command"].replace(str(together), file)}
            for file in INCLUDE.findall(together.read_text(encoding="utf-8"))]


def commands(build):
    """File → command. What GCC has precompiled is nothing that clang can read: build/tidy holds the commands without it."""
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    for entry in entries:
        entry["command"] = re.sub(r" -Winvalid-pch| -include \S+/cmake_pch\.hxx", "", entry["command"])
    entries = [single for entry in entries for single in apart(entry)]
    (build / "tidy").mkdir(exist_ok=True)
    (build / "tidy/compile_commands.json").write_text(json.dumps(entries), encoding="utf-8")
    return {pathlib.Path(entry["file"]): entry["command"] for entry in entries
            if not pathlib.Path(entry["file"]).is_relative_to(build)}


def fingerprint(path, command, headers):
    sums = hashlib.blake2b(digest_size=20)
    sums.update(command.encode())
    for each in [ROOT / ".clang-tidy", path, *sorted(headers)]:
        sums.update(each.read_bytes() + b"\0")
    return sums.hexdigest()


def look(path, build):
    done = subprocess.run([TIDY, "--quiet", "-p", str(build / "tidy"), "--extra-arg=-Wno-unknown-warning-option",
                           "--extra-arg=-fconstexpr-steps=100000000", str(path)],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    said = done.stdout if done.stdout.strip() else done.stderr
    return done.returncode, said


def changed_since(commit):
    listed = subprocess.run(["git", "-C", str(ROOT), "diff", "--name-only", commit], capture_output=True, text=True, check=True)
    return {ROOT / line for line in listed.stdout.splitlines()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release")
    parser.add_argument("--since")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    build = options.build.resolve()

    known, folders = {}, [ROOT / "src", build / "generated"]
    waiting = {path: (command, headers_of(path, folders, known)) for path, command in commands(build).items() if path.is_file()}
    if options.files:
        named = {path.resolve() for path in options.files}
        waiting = {path: rest for path, rest in waiting.items() if path in named}
    if options.since:
        changed = changed_since(options.since)
        waiting = {path: rest for path, rest in waiting.items() if path in changed or rest[1] & changed}

    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "pitchblende-tidy"
    cache.mkdir(parents=True, exist_ok=True)
    prints = {path: fingerprint(path, *rest) for path, rest in waiting.items()}
    stale = sorted(path for path in waiting if not (cache / prints[path]).exists())
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as workers:
        for path, (code, said) in zip(stale, workers.map(lambda p: look(p, build), stale)):
            if code:
                failed += 1
                print(said.rstrip(), flush=True)
            else:
                (cache / prints[path]).touch()
    print(f"clang-tidy: {len(waiting)} files, {len(waiting) - len(stale)} known to be clean, {failed} with findings")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
