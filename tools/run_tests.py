#!/usr/bin/env python3
"""run_tests.py BUILD [SLICE…]: runs the test programs of a build folder and counts their cases.

Programs run side by side, those of ALONE one after the other at the end, because they measure time. The output of a program
is shown only when something in it failed. Skipped cases are counted apart and their reasons are shown once. With
--counts FILE a line "passed failed skipped" is added to the file. Exit code: 0 when nothing failed.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ALONE = {"store"}
LEAKS = pathlib.Path(__file__).resolve().parent.parent / "tests" / "leaks.txt"  # of libraries, read by LeakSanitizer
WEIGHT_FIRST = ["pool", "cli", "sources", "resolution", "search"]  # the longest begin first


class Outcome:
    def __init__(self, name):
        self.name, self.passed, self.failed, self.skipped = name, 0, 0, 0
        self.seconds, self.output, self.reasons = 0.0, "", set()


def read_report(outcome, report):
    """Counts the cases of one gtest JSON report; returns the names of the failed ones."""
    failed = []
    for suite in report.get("testsuites", []):
        for case in suite.get("testsuite", []):
            if case.get("result") == "SKIPPED":
                outcome.skipped += 1
                continue
            if case.get("status") != "RUN":
                continue
            if case.get("failures"):
                outcome.failed += 1
                failed.append(f"{suite['name']}.{case['name']}")
            else:
                outcome.passed += 1
    return failed


def run(program, name, timeout):
    outcome = Outcome(name)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pitchblende-test-") as folder:
        os.chmod(folder, 0o755)  # a test's PostgreSQL runs as another user
        report = os.path.join(folder, "report.json")
        environment = dict(os.environ, TMPDIR=folder, LSAN_OPTIONS=f"suppressions={LEAKS}:print_suppressions=0")
        command = [program.resolve(), f"--gtest_output=json:{report}", "--gtest_brief=1", "--gtest_color=no"]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  env=environment, cwd=folder, timeout=timeout, check=False)
            code, output = done.returncode, done.stdout
        except subprocess.TimeoutExpired as expired:
            code, output = f"none after {timeout} s", expired.stdout or b""
        outcome.output = output.decode("utf-8", "replace")
        failed = []
        if os.path.exists(report):
            with open(report, encoding="utf-8", errors="replace") as file:
                failed = read_report(outcome, json.load(file))
        if code != 0 and not failed:
            outcome.failed += 1
            outcome.output += f"\n{name}: exit code {code} without a failed case: it crashed or was stopped\n"
    outcome.reasons = set(re.findall(r"^(?:.*: )?([Ss]kipped[,:] .*)$", outcome.output, re.MULTILINE))
    outcome.seconds = time.monotonic() - began
    return outcome


def show(outcome):
    state = "FAILED" if outcome.failed else "ok"
    skipped = f", {outcome.skipped} skipped" if outcome.skipped else ""
    cases = outcome.passed + outcome.failed
    print(f"  {outcome.name:<14} {cases:5} cases{skipped:<13} {outcome.seconds:7.1f} s  {state}", flush=True)
    if outcome.failed:
        print(outcome.output, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("slices", nargs="*")
    parser.add_argument("--counts")
    parser.add_argument("--timeout", type=int, default=900)
    options = parser.parse_intermixed_args()

    found = {p.name[5:]: p for p in sorted(options.build.glob("src/test_*")) if os.access(p, os.X_OK) and p.is_file()}
    for name in options.slices:
        if name not in found:
            sys.exit(f"{options.build}: there is no test program test_{name}")
    names = options.slices or list(found)
    names.sort(key=lambda n: (WEIGHT_FIRST.index(n) if n in WEIGHT_FIRST else len(WEIGHT_FIRST), n))

    outcomes = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as workers:
        waiting = [workers.submit(run, found[n], n, options.timeout) for n in names if n not in ALONE]
        for done in concurrent.futures.as_completed(waiting):
            outcomes.append(done.result())
            show(outcomes[-1])
    for name in (n for n in names if n in ALONE):
        outcomes.append(run(found[name], name, options.timeout))
        show(outcomes[-1])

    for reason in sorted(set().union(*(o.reasons for o in outcomes)) if outcomes else []):
        print(f"  {reason}")
    if options.counts:
        with open(options.counts, "a", encoding="utf-8") as file:
            for o in outcomes:
                file.write(f"{o.passed} {o.failed} {o.skipped}\n")
    sys.exit(1 if any(o.failed for o in outcomes) else 0)


if __name__ == "__main__":
    main()
