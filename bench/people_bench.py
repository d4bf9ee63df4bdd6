#!/usr/bin/env python3
"""people_bench.py PROGRAM [one-person FOLDER | consortium SIZE]: whether people are told apart in a whole pool, measured from outside; one JSON line per figure.

The invented consortium, whose truth is known, with its lists of staff as seeds: precision and recall of pairs of
mentions, how many names stand with the right entry of a list, how many a human is asked about. The last tenth of its
papers arrives in runs of their own, so that what runs add up to stands beside `pool --full` (drift). And one known
person among real papers: FOLDER has one PubMed file and one list of staff (id, first, middle, last), that of
../shared/data/publications/one-person unless said; whoever all of its papers name is the person, put on the list where
it lacks him.

  PB_BENCH_FOLDER  keeps the pooled consortium, and takes it again

SIZE is small or consortium (unless said). With one-person or consortium only that is measured.
"""
import atexit
import collections
import csv
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
LATER = 0.1  # of the papers, in runs of their own


def figure(name, value, unit=""):
    print(json.dumps({"figure": name, "value": round(value, 6), "unit": unit}), flush=True)


def run(*command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 3):  # 3: some records did not get in, as the invented files want it
        sys.exit(f"{' '.join(map(str, command))} ended with {done.returncode}\n{done.stderr}")


def opened(folder):
    return sqlite3.connect(f"file:{folder}/pitchblende.db?mode=ro", uri=True)


def assignments(folder):
    """(record, part) → entity, of people."""
    db = opened(folder)
    people = {entity for (entity,) in db.execute("SELECT id FROM entity WHERE kind = 'person'")}
    return {(record, part): entity for record, part, entity in db.execute("SELECT record, part, entity FROM assignment")
            if entity in people}


def pairs(counts):
    return sum(count * (count - 1) // 2 for count in counts)


def compared(found, truth):
    """Precision and recall of pairs of mentions that stand in both."""
    both = [mention for mention in truth if mention in found]
    right = pairs(collections.Counter((found[m], truth[m]) for m in both).values())
    said = pairs(collections.Counter(found[m] for m in both).values())
    true = pairs(collections.Counter(truth[m] for m in both).values())
    return right / max(said, 1), right / max(true, 1), said, true, right


def truth_of(folder):
    """(record, part) → who it is, of people and of authors from elsewhere."""
    db = opened(folder)
    sources = {name: number for number, name in db.execute("SELECT id, name FROM source")}
    records = {(source, key): number for number, source, key in db.execute("SELECT id, source, key FROM record")}
    truth = {}
    with open(folder / "truth.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            record = records.get((sources.get(row["source"]), row["key"]))
            if record is not None and row["entity"].startswith(("person:", "outsider:")):
                truth[record, int(row["part"])] = row["entity"]
    return truth


def blocking_missed(folder, truth):
    """The share of true pairs that have no key in common."""
    keys = collections.defaultdict(list)
    for key, record, part in opened(folder).execute("SELECT hash, record, part FROM match_key"):
        if (record, part) in truth:
            keys[record, part].append(key)
    people = collections.defaultdict(collections.Counter)  # of each, mentions by their keys
    for mention, own in keys.items():
        people[truth[mention]][frozenset(own)] += 1
    missed, true = 0, 0
    for sets in people.values():
        true += pairs([sum(sets.values())])
        kinds = list(sets.items())
        missed += sum(n * m for at, (a, n) in enumerate(kinds) for b, m in kinds[at + 1:] if a.isdisjoint(b))
    return missed / max(true, 1)


def measure_truth(folder):
    truth, found = truth_of(folder), assignments(folder)
    precision, recall, *_ = compared(found, truth)
    figure("mentions", sum(mention in found for mention in truth), "mentions")
    figure("blocking_missed", blocking_missed(folder, truth))
    figure("pairs_precision", precision)
    figure("pairs_recall", recall)
    entries = {mention: who for mention, who in truth.items() if mention[1] == 0 and mention in found}
    staff = collections.defaultdict(set)
    for mention, who in entries.items():
        staff[found[mention]].add(who)
    people = set(entries.values())
    named = [mention for mention in truth if mention[1] > 0 and mention in found]
    placed = [mention for mention in named if found[mention] in staff]
    right = sum(truth[m] in staff[found[m]] for m in placed)
    figure("seeds_precision", right / max(len(placed), 1))
    figure("seeds_recall", right / max(sum(truth[m] in people for m in named), 1))
    figure("seeds_of_two_people", sum(len(who) > 1 for who in staff.values()), "entries")
    doubts = list(opened(folder).execute("SELECT record_a, part_a, record_b, part_b FROM doubt"))
    asked = {m for a, b, c, d in doubts for m in ((a, b), (c, d)) if m in truth}
    figure("doubts", len(doubts), "pairs")
    figure("asked", len(asked) / max(len(truth), 1))


def measure_consortium(program, folder, size):
    if not (folder / "later").exists():
        run(program, "demo", "--size", size, "--out", folder)
        papers = sorted((folder / "pubmed").glob("*.xml.gz"))
        later = papers[-max(1, int(len(papers) * LATER)):] if len(papers) > 1 else []
        (folder / "held").mkdir()
        for paper in later:
            shutil.move(paper, folder / "held" / paper.name)
        run(program, "--data", folder, "pool")
        for paper in later:
            run(program, "--data", folder, "pool", f"pubmed={folder / 'held' / paper.name}")
        (folder / "later").write_text("\n".join(paper.name for paper in later), encoding="utf-8")
    measure_truth(folder)
    before = assignments(folder)
    run(program, "--data", folder, "pool", "--full")
    after = assignments(folder)
    _, _, said, true, both = compared(before, after)
    figure("drift", (said + true - 2 * both) / max(true, 1))
    figure("drift_mentions", len(after), "mentions")
    truth = truth_of(folder)
    precision, recall, *_ = compared(after, truth)
    figure("full_pairs_precision", precision)
    figure("full_pairs_recall", recall)


def authors_of(file):
    for article in xml.etree.ElementTree.parse(file).iter("PubmedArticle"):
        names = [(a.findtext("LastName") or "", a.findtext("ForeName") or a.findtext("Initials") or "") for a in article.iter("Author")]
        yield article.findtext("MedlineCitation/PMID"), names


def measure_one_person(program, data, folder):
    papers = next(data.glob("*.xml"), None)
    staff = next(data.glob("*.csv"), None)
    if papers is None or staff is None:
        print("skipped, no " + str(data), file=sys.stderr)
        return False
    articles = list(authors_of(papers))
    family, count = collections.Counter(family for _, names in articles for family in {f for f, _ in names}).most_common(1)[0]
    given = collections.Counter(g for _, names in articles for f, g in names if f == family).most_common(1)[0][0]
    with open(staff, encoding="utf-8", newline="") as file:
        rows = [[re.sub("^NULL$", "", cell) for cell in row] for row in csv.reader(file)][1:]
    listed = any(row[3].lower() == family.lower() for row in rows if len(row) > 3)
    figure("one_person_listed", int(listed), "0 or 1")
    if not listed:
        rows.append(["known", given, "", family])
    run(program, "--data", folder, "init")
    list_of_staff = folder / "staff.csv"
    with open(list_of_staff, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Staff ID", "First name", "Last name"]] +
                                   [[row[0], " ".join(filter(None, row[1:3])), row[3]] for row in rows if len(row) > 3])
    run(program, "--data", folder, "pool", f"people={list_of_staff}", f"pubmed={papers}")
    db, found = opened(folder), assignments(folder)
    records = {key: number for number, key in db.execute("SELECT id, key FROM record WHERE kind = 'publication'")}
    own = {(records[pmid], at) for pmid, names in articles for at, (name, _) in enumerate(names, 1) if name == family}
    entry = next((record, 0) for record, key in db.execute("SELECT id, key FROM record WHERE kind = 'person'")
                 if (given and key == "known") or any(row[0] == key and row[3].lower() == family.lower() for row in rows if len(row) > 3))
    hers = {mention for mention, entity in found.items() if entity == found[entry] and mention[1] > 0}
    figure("one_person_mentions", len(own), "mentions")
    figure("one_person_found", len(own & hers), "mentions")
    figure("one_person_strangers", len(hers - own), "mentions")
    figure("one_person_parts", len({found[mention] for mention in own if mention in found}), "people")
    figure("one_person_papers", count, "papers")
    return True


def main():
    program = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build/release/pitchblende"
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="pb-people-"))
    atexit.register(shutil.rmtree, scratch, True)
    (scratch / "one").mkdir()
    what, of = sys.argv[2:4] if len(sys.argv) > 3 else ("", "")
    if len(sys.argv) not in (1, 2, 4) or what not in ("", "one-person", "consortium"):
        sys.exit("people_bench.py PROGRAM [one-person FOLDER | consortium SIZE]")
    if what != "consortium":
        data = pathlib.Path(of) if of else ROOT / "../shared/data/publications/one-person"
        if not measure_one_person(program, data, scratch / "one") and of:
            sys.exit(f"{of} has no PubMed file and list of staff")
    if what != "one-person":
        kept = os.environ.get("PB_BENCH_FOLDER")
        measure_consortium(program, pathlib.Path(kept).resolve() if kept else scratch / "consortium", of or "consortium")


main()
