#!/usr/bin/env python3
"""bench/run holds figures to their limits: a missed one, a missing one and a program that fails are each a failure."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUN = pathlib.Path(__file__).resolve().parent.parent.parent / "bench/run"


class Bench(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.limits = self.folder / "limits.tsv"
        self.limits.write_text("# set\nx\tspeed\tat_least\t300\tMB/s\nx\ttime\tat_most\t1\tms\n", encoding="utf-8")

    def program(self, speed, time, code=0):
        rows = [f'echo \'{{"figure":"speed","value":{speed},"unit":"MB/s"}}\'' if speed is not None else "true",
                f'echo \'{{"figure":"time","value":{time},"unit":"ms"}}\'' if time is not None else "true", f"exit {code}"]
        path = self.folder / "bench_x"
        path.write_text("#!/bin/sh\n" + "\n".join(rows) + "\n", encoding="utf-8")
        path.chmod(0o755)

    def run_it(self, *more):
        done = subprocess.run([sys.executable, RUN, "x", "--no-build", "--folder", self.folder, "--limits", self.limits, *more],
                              stdout=subprocess.PIPE, text=True, check=False)
        return done.returncode, done.stdout

    def test_met(self):
        self.program(300, 1)
        code, said = self.run_it()
        self.assertEqual(code, 0, said)
        self.assertIn("at least 300", said)

    def test_missed(self):
        for speed, time in [(299, 1), (300, 1.1)]:
            self.program(speed, time)
            code, said = self.run_it()
            self.assertEqual(code, 1)
            self.assertEqual(said.count("MISSED"), 1)
            self.assertEqual(self.run_it("--slack", "1.2")[0], 0)

    def test_missing(self):
        self.program(300, None)
        code, said = self.run_it()
        self.assertEqual(code, 1)
        self.assertIn("missing", said)

    def test_a_program_that_fails_or_is_not_there(self):
        self.program(300, 1, code=3)
        self.assertEqual(self.run_it()[0], 1)
        (self.folder / "bench_x").unlink()
        self.assertEqual(self.run_it()[0], 1)

    def test_paths_reach_the_program_and_ask_only_for_what_it_prints(self):
        path = self.folder / "bench_x"
        path.write_text('#!/bin/sh\n[ "$*" = "set other file" ] || exit 4\necho \'{"figure":"speed","value":200,"unit":"MB/s"}\'\n', encoding="utf-8")
        path.chmod(0o755)
        code, said = self.run_it("--", "set", "other file")
        self.assertEqual(code, 1)
        self.assertIn("MISSED", said)
        self.assertNotIn("missing", said)
        path.write_text(path.read_text(encoding="utf-8").replace("200", "300"), encoding="utf-8")
        self.assertEqual(self.run_it("--", "set", "other file")[0], 0)

    def test_json(self):
        self.program(299, 0.5)
        code, said = self.run_it("--json")
        answer = json.loads(said)
        self.assertEqual(code, 1)
        self.assertEqual([row["met"] for row in answer["figures"]], [False, True])
        self.assertFalse(answer["met"])


if __name__ == "__main__":
    unittest.main()
