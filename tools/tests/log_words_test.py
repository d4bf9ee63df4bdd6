#!/usr/bin/env python3
"""What the audit log and the list of work for later call what they hold: each deed, what it is done to, and each job that the sources
name has its words in both languages.
"""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DEED = re.compile(r'(?:audited\((?:[^"();]|\([^()]*\))*|\b(?:account|k_account), *)"([a-z_]+)", *"([a-z_]+)"|and_record\("([a-z_]+)"')
WORK = re.compile(r'(?:_job|k_try|k_apply|k_work|std::string name)\s*=\s*"([a-z]+\.[a-z]+)"')


def found():
    deeds, kinds, works = set(), set(), set()
    for path in sorted((ROOT / "src").rglob("*.[ch]pp")):
        if "_test" in path.name or "_fixture" in path.name:
            continue
        text = path.read_text(encoding="utf-8")
        for verb, kind, alone in DEED.findall(text):
            deeds.add(verb or alone)
            kinds.update([kind] if kind else [])
        kinds.update(re.findall(r'numbered\.kind = "([a-z_]+)"', text))
        works.update(WORK.findall(text))
    return deeds, kinds, works


class LogWords(unittest.TestCase):
    def test_each_has_words_in_both_languages(self):
        deeds, kinds, works = found()
        self.assertGreater(len(deeds), 25)
        self.assertGreater(len(works), 4)
        for language in ("en", "fr"):
            admin = json.loads((ROOT / f"web/locales/{language}.json").read_text(encoding="utf-8"))["admin"]
            self.assertEqual(sorted(deeds - set(admin["audit"]["verbs"])), [], language)
            self.assertEqual(sorted(kinds - set(admin["audit"]["kinds"])), [], language)
            there = {f"{room}.{job}" for room, jobs in admin["jobs"]["works"].items() for job in jobs}
            self.assertEqual(sorted(works - there), [], language)


if __name__ == "__main__":
    unittest.main()
