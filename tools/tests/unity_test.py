#!/usr/bin/env python3
"""Sources are compiled together only where neither could mean something else beside the other."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parent.parent / "unity.py"


def own(text):
    return f"namespace pb {{\nnamespace {{\n\n{text}\n\n}}  // namespace\n"


class Unity(unittest.TestCase):
    def groups(self, **sources):
        """The groups of a slice of these sources, by their names, sorted."""
        with tempfile.TemporaryDirectory() as folder:
            slice_of = pathlib.Path(folder) / "src/some"
            slice_of.mkdir(parents=True)
            (slice_of.parent / "base").mkdir()
            for name, text in sources.items():
                (slice_of / (name + (".hpp" if name == "header" else ".cpp"))).write_text(text + "\n}\n", encoding="utf-8")
            out = pathlib.Path(folder) / "unity.cmake"
            subprocess.run([sys.executable, TOOL, slice_of.parent, out], check=True)
            return sorted(sorted(re.findall(r"(\w+)\.cpp", line)) for line in out.read_text(encoding="utf-8").splitlines())

    def test_what_has_nothing_in_common_goes_together(self):
        self.assertEqual(self.groups(a=own("int one() { return 1; }"), b=own("int two() { return 2; }")), [["a", "b"]])

    def test_one_name_twice(self):
        self.assertEqual(self.groups(a=own("int one() { return 1; }"), b=own("int one() { return 2; }")), [["a"], ["b"]])
        self.assertEqual(self.groups(a=own("struct One {};"), b=own("constexpr int One = 1;")), [["a"], ["b"]])

    def test_a_call_that_might_find_the_others_function(self):
        self.assertEqual(self.groups(a=own("int one() { return 1; }"), b=own("int two() { return one(); }")), [["a"], ["b"]])
        self.assertEqual(self.groups(a="static int one() { return 1; }", b=own("int two() { return one(); }")), [["a"], ["b"]])

    def test_a_variable_of_that_name_is_nearer(self):
        self.assertEqual(self.groups(a=own("int one() { return 1; }"), b=own("int two(int one) { return one; }")), [["a", "b"]])

    def test_what_is_looked_for_elsewhere(self):
        self.assertEqual(self.groups(a=own("int one() { return 1; }"),
                                     b=own("int two(const X& x, X* y) {\n  return x.one() + y->one() + X::one();\n}")), [["a", "b"]])

    def test_a_call_inside_a_function_declares_nothing(self):
        self.assertEqual(self.groups(a=own("int two() {\n  return one(2);\n}"), b=own("int three() {\n  return one(3);\n}")), [["a", "b"]])

    def test_a_type_is_found_by_every_word(self):
        self.assertEqual(self.groups(a=own("struct One {};"), b=own("int two(One one) { return 2; }")), [["a"], ["b"]])

    def test_using(self):
        a = own("using x::Kind;")
        self.assertEqual(self.groups(a=a, b=own("using x::Kind;\nKind two() { return {}; }")), [["a", "b"]])
        self.assertEqual(self.groups(a=a, b=own("using y::Kind;")), [["a"], ["b"]])
        self.assertEqual(self.groups(a=a, b=own("Kind two() { return {}; }")), [["a"], ["b"]])

    def test_what_a_header_names_that_the_other_alone_includes(self):
        two = own("int two() { return 2; }")
        b = '#include "some/header.hpp"\n' + two
        for header in ("struct One {};", "using One = int;", "int three(One one);"):
            self.assertEqual(self.groups(header=header, a=own("struct One {};"), b=b), [["a"], ["b"]])
            self.assertEqual(self.groups(header=header, a=own("struct One {};"), b=two), [["a", "b"]])
        self.assertEqual(self.groups(header="int three(One one);", a=own("using x::One;"), b=b), [["a"], ["b"]])
        self.assertEqual(self.groups(header="int three(x::One one);", a=own("using x::One;"), b=b), [["a", "b"]])

    def test_what_is_marked_stays_alone(self):
        b = own("int two() { return 2; }")
        self.assertEqual(self.groups(a="// unity: alone\n" + own("int one() { return 1; }"), b=b), [["a"], ["b"]])
        self.assertEqual(self.groups(a="#define X 1\n" + own("int one() { return 1; }"), b=b), [["a"], ["b"]])

    def test_a_group_has_its_bound(self):
        long = "\n".join(f"// {n}" for n in range(900))
        self.assertEqual(len(self.groups(a=long, b=long)), 2)


if __name__ == "__main__":
    unittest.main()
