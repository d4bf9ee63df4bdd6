#!/usr/bin/env python3
"""docs/source.md tells each fact of src/demo/facts_said.cpp, in the same words, on the same page; and the tests that it names are there."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def facts():
    """id → (in English, where), as the program has them."""
    text = (ROOT / "src/demo/facts_said.cpp").read_text(encoding="utf-8")
    literals = r'((?:"[^"]*"\s*)+)'
    found = re.findall(r'\{\s*"([a-z0-9-]+)",\s*"\w+",\s*' + literals + r",\s*" + literals + r',\s*"([^"]+)",', text)
    return {name: ("".join(re.findall(r'"([^"]*)"', english)), where) for name, english, _, where in found}


def page_of(where):
    return f"`/{{lang}}/{where[5:]}`" if where.startswith("page:") else f"`{where}`"


class SourceMap(unittest.TestCase):
    def setUp(self):
        self.text = (ROOT / "docs/source.md").read_text(encoding="utf-8")
        self.rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in self.text.splitlines() if line.startswith("| ")]

    def test_each_fact_has_its_row(self):
        told = {row[1]: (row[2], row[3]) for row in self.rows if len(row) == 5 and re.fullmatch(r"[\d, ]+|since", row[0])}
        self.assertGreaterEqual(len(told), 40)
        self.assertEqual(told, {name: (english, page_of(where)) for name, (english, where) in facts().items()})

    def test_every_paragraph_of_the_source_is_told(self):
        paragraphs = {number for row in self.rows if len(row) == 5 for number in re.findall(r"\d", row[0])}
        self.assertEqual(paragraphs, set("123456"))

    def test_the_tests_that_it_names_are_there(self):
        for name in re.findall(r"`([\w/]+\.(?:story|cpp|mjs|py))`", self.text):
            places = [ROOT / name, ROOT / "tests/stories" / name, ROOT / "src/demo" / name]
            self.assertTrue(any(place.exists() for place in places), name)
        browser = (ROOT / "tests/browser/pages.test.mjs").read_text(encoding="utf-8")
        for title in re.findall(r"`tests/browser/pages\.test\.mjs`, \*([^*]+)\*", self.text):
            self.assertIn(f"test('{title}'", browser)


if __name__ == "__main__":
    unittest.main()
