#!/usr/bin/env python3
"""The guides say what the screen says: words in **bold** are texts of that language's locale, the same ones in the same order
in both languages, and pictures are there, in that language, light enough, and each shown somewhere.
"""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GUIDES, PICTURES = ROOT / "docs/guides", ROOT / "docs/images/guides"
LANGUAGES = ("en", "fr")
NAMES = ["administrator", "company", "platform", "researcher", "staff", "visitor"]
HEAVIEST, ALL_TOGETHER = 120_000, 11_000_000  # bytes
ROUTE = re.compile(r'(?:add_room\(\s*site,\s*router,\s*(?:http::)?Method::get,|add_listing\(\s*site,\s*router,|\badd\(\s*(?:http::)?Method::get,)\s*"(/[^"]*)"')
FILES = re.compile(r"\.(csv|json|xlsx|ics)$|files/|/file$")
NO_PAGES = {"/calendar/…", "/proposals/…/submissions/…"}  # a calendar, a file as it was submitted


def texts(tree, path=()):
    """(key, text) of a locale, with what is inside objects."""
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if isinstance(value, str):
            yield ".".join(map(str, (*path, name))), value
        else:
            yield from texts(value, (*path, name))


def locale(language):
    """What may stand on the screen → keys of it: texts of the locale, and what the mappings call themselves. A colon at the
    end is no part of a label, and any space is a space."""
    found = {}
    called = {"en": "english", "fr": "french"}[language]
    mappings = [(f"mapping.{path.stem}", re.search(rf'^{called} = "(.*)"$', path.read_text(encoding="utf-8"), re.M)[1])
                for path in sorted((ROOT / "src/sources/mappings").glob("*.toml"))]
    words = json.loads((ROOT / f"web/locales/{language}.json").read_text(encoding="utf-8"))
    for key, text in [*texts(words), *mappings]:
        found.setdefault(re.sub(r"\s*:$", "", re.sub(r"\s+", " ", text)), set()).add(key)
    return found


def labels(text):
    marked = re.findall(r"\*\*([^*]+)\*\*", re.sub(r"^ *```.*?^ *```", "", text, flags=re.S | re.M))
    return [re.sub(r"\s+", " ", label) for label in marked]


def unknown(text, words):
    return [label for label in labels(text) if label not in words]


def guide(language, name):
    return (GUIDES / language / f"{name}.md").read_text(encoding="utf-8")


class Guides(unittest.TestCase):
    def test_each_is_there_in_both_languages(self):
        for language in LANGUAGES:
            self.assertEqual(sorted(path.stem for path in (GUIDES / language).glob("*.md")), NAMES)

    def test_labels_are_those_of_the_screen(self):
        for language in LANGUAGES:
            words = locale(language)
            for name in NAMES:
                self.assertEqual(unknown(guide(language, name), words), [], f"{language}/{name}.md")
                self.assertGreater(len(labels(guide(language, name))), 5, f"{language}/{name}.md quotes the screen")

    def test_a_label_that_is_not_on_the_screen_is_told(self):
        self.assertEqual(unknown("Press **Search**, then **Serach**.", locale("en")), ["Serach"])
        self.assertEqual(unknown("**Search**", locale("fr")), ["Search"])

    def test_both_languages_name_the_same_in_the_same_order(self):
        keys = {language: locale(language) for language in LANGUAGES}
        for name in NAMES:
            both = [labels(guide(language, name)) for language in LANGUAGES]
            self.assertEqual(len(both[0]), len(both[1]), name)
            for english, french in zip(*both):
                self.assertTrue(keys["en"][english] & keys["fr"][french], f"{name}: “{english}” is not “{french}”")

    def test_guides_show_pictures_of_their_own_language(self):
        for language in LANGUAGES:
            for name in NAMES:
                shown = re.findall(r"!\[[^\]]+\]\(\.\./\.\./images/guides/([^)]+)\)", guide(language, name))
                self.assertTrue(shown, f"{language}/{name}.md shows nothing")
                for picture in shown:
                    self.assertTrue(picture.startswith(f"{language}-"), f"{language}/{name}.md: {picture}")
                    self.assertTrue((PICTURES / picture).exists(), f"{language}/{name}.md: {picture}")

    def test_pictures_are_light_and_each_is_shown(self):
        files = sorted(PICTURES.iterdir())
        self.assertLess(sum(path.stat().st_size for path in files), ALL_TOGETHER)
        shown = "".join(path.read_text(encoding="utf-8") for path in GUIDES.rglob("*.md"))
        for path in files:
            self.assertLess(path.stat().st_size, HEAVIEST, path.name)
            self.assertIn(f"images/guides/{path.name})", shown, "no guide and no list shows it")

    def test_every_page_is_there_at_both_widths(self):
        pages = {}
        for language in LANGUAGES:
            both = [{path.name[3:].removesuffix(f"-{width}.webp") for path in PICTURES.glob(f"{language}-*-{width}.webp")} for width in (1280, 375)]
            self.assertEqual(both[0], both[1], language)
            pages[language] = both[0]
        self.assertGreater(len(pages["en"]), 120)
        self.assertGreater(len(pages["fr"]), 50)
        self.assertEqual(pages["fr"] - pages["en"], set(), "in French alone")

    def test_each_route_of_a_page_has_a_picture(self):
        sources = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "src/pages").rglob("*.cpp")) if "_test" not in path.name)
        routes = {re.sub(r"\{[^}]*\}", "…", route) for text in sources for route in ROUTE.findall(text) if not FILES.search(route)}
        self.assertGreater(len(routes), 70)
        shown = set(re.findall(r"\| `([^`]+)` \|", (GUIDES / "pictures.md").read_text(encoding="utf-8")))
        shown.add("/admin/texts/…" if "/admin/texts/home" in shown else "")
        self.assertEqual(sorted(routes - shown - NO_PAGES), [], "pages without a picture")

    def test_documents_name_pictures_that_are_there(self):
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
            for target in re.findall(r"\]\(([^)\s]+\.(?:webp|png))\)", path.read_text(encoding="utf-8")):
                self.assertTrue((path.parent / target).exists(), f"{path.relative_to(ROOT)}: {target}")


if __name__ == "__main__":
    unittest.main()
