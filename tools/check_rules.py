#!/usr/bin/env python3
"""check_rules: the numbered rules of docs/rules and what cites them.

A rule stands as "7. …" or "**7. …**" at the beginning of a line, in search.md as "7.2 …" under its chapter. src/ and tests/ cite it
as "rule 7", "rules 2, 3 and 5", "rules 2 to 6" or "docs/rules/search.md, 7.2", a test's name as rules_2_to_6_…. Which document: the one that is named just before, else
the last one named above in the file, else that of the folder (src/pages/calls: calls.md). A rule that no test cites is a problem (tests
are all of tests/, and *_test.cpp beside the code), and a citation of a rule or a document that is not there.
"""
import re

import tree

RULE = re.compile(r"^(?:\*\*)?(\d+\.\d+(?= )|\d+(?=\. ))", re.MULTILINE)
CHAPTER = re.compile(r"^## (\d+)\. ", re.MULTILINE)
NUMBERS = r"\d+(?:\.\d+)?(?:(?:, | and | to |,? or )\d+(?:\.\d+)?)*(?![\w%])"
CITATION = re.compile(r"\b(?:docs/rules/)?(?P<name>[a-z]+)\.md(?:,? (?:(?:(?P<word>rules?) )?(?P<named>" + NUMBERS + r")))?"
                      r"|\b[Rr]ules? (?P<own>" + NUMBERS + r")(?: of (?:docs/rules/)?(?P<of>[a-z]+)\.md)?")


def rules(root, paths):
    """Document → its rules, and its chapters."""
    out = {}
    for path in paths:
        if path.parent.as_posix() == "docs/rules" and path.suffix == ".md":
            text = re.sub(r"^```.*?^```", "", tree.text(root, path) or "", flags=re.MULTILINE | re.DOTALL)
            out[path.stem] = (RULE.findall(text), set(CHAPTER.findall(text)))
    return out


def said(numbers):
    """"2, 3 and 5 to 7" → 2, 3, 5, 6, 7."""
    out = []
    for first, last in re.findall(r"(\d+(?:\.\d+)?)(?: to (\d+(?:\.\d+)?))?", numbers):
        if not last:
            out.append(first)
            continue
        chapter, _, begin = first.rpartition(".")
        out += [f"{chapter}.{at}" if chapter else str(at) for at in range(int(begin), int(last.rpartition(".")[2]) + 1)]
    return out


def citations(path, text, known):
    """(line, document, rule) of each; the document is "" where none can be told."""
    text = re.sub(r"\n\s*(?://|#|--)", lambda m: "\n" + " " * (len(m.group(0)) - 1), text)  # a comment goes on in the next line
    text = re.sub(r"\brules?(?:_(?:\d+|to|and)(?=_))+", lambda m: m.group(0).replace("_", " ") + ".", text)  # names of tests
    last = next((part for part in reversed(path.parent.parts) if part in known), "")
    for match in CITATION.finditer(re.sub(r"\s", " ", text)):
        name = match["name"] or match["of"]
        if name in known or (match["name"] and match.group(0).startswith("docs/rules/")):
            last = name
        elif match["name"]:
            continue
        for number in said(match["named"] or match["own"] or ""):
            yield text.count("\n", 0, match.start()) + 1, last, number


def is_test(path):
    return path.parts[0] == "tests" or path.stem.endswith("_test")


def check(root):
    paths = tree.files(root)
    known = rules(root, paths)
    problems, cited, tested = [], set(), set()
    for path in paths:
        if path.parts[0] not in {"src", "tests"} or path.suffix not in {".cpp", ".hpp", ".mjs", ".py", ".story", ".ts"}:
            continue
        for line, document, number in citations(path, tree.text(root, path) or "", known):
            numbered, chapters = known.get(document, ((), ()))
            if number not in numbered and number not in chapters:
                problems.append(f"{path}:{line}: there is no rule {number} in docs/rules/{document or '?'}.md")
            cited.add((document, number))
            if is_test(path):
                tested.add((document, number))
    for document, (numbered, _) in sorted(known.items()):
        problems += [f"docs/rules/{document}.md: nothing cites rule {number}" for number in numbered if (document, number) not in cited]
        problems += [f"docs/rules/{document}.md: no test cites rule {number}"
                     for number in numbered if (document, number) in cited - tested]
        problems += [f"docs/rules/{document}.md: rule {number} stands twice" for number in sorted(set(numbered)) if numbered.count(number) > 1]
    return problems, []


if __name__ == "__main__":
    tree.run(check, __doc__)
