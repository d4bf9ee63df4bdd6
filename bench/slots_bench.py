#!/usr/bin/env python3
"""slots_bench.py PROGRAM: finding a slot and drawing a week as pages, in the server's processor time for each request; one JSON line per figure.

1,000 invented instruments, 300 of them of one platform, booked over three months, in a data folder of their own.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

INSTRUMENTS, OF_PLATFORM, REQUESTS = 1000, 300, 200
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def write(folder):
    rows = ["Identifiant;Type de fiche;Nom;Techniques;Code plateforme;Numéro de série", "P1;plateforme;Grande plateforme;;;"]
    bookable = []
    for i in range(INSTRUMENTS):
        platform = "P1" if i < OF_PLATFORM else ""
        rows.append(f"E{i};équipement;Appareil {i};technique {i % 20}, mesure;{platform};S{i}")
        bookings = [{"weekday": DAYS[(i + week + k) % 5], "weeks": week, "from": start, "to": end}
                    for week in range(13) for k, (start, end) in enumerate([("08:00", "12:00"), ("14:00", "17:30")])]
        hours = {day: ["08:00-12:30", "13:30-20:00"] if i % 3 else ["00:00-24:00"] for day in DAYS}
        bookable.append({"instrument": f"serial:S{i}", "how": "here", "horizon": 120, "hours": hours, "trained": i % 4 == 0, "confirmed": i % 7 == 0,
                         "bookings": bookings})
    (folder / "equipment.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "bookable.json").write_text(json.dumps(bookable), encoding="utf-8")


def run(program, data, *words):
    done = subprocess.run([program, "--data", data, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def get(url):
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read().decode()


def processor_time(pid):
    """Seconds of all threads, to the nanosecond (the clock of that process)."""
    return time.clock_gettime((~pid << 3) | 2)


def measure(name, server, address, wanted):
    page = get(address)
    for each in wanted:
        if each not in page:
            sys.exit(f"{address} lacks {each}")
    before = processor_time(server.pid)
    for _ in range(REQUESTS):
        get(address)
    spent = (processor_time(server.pid) - before) / REQUESTS * 1e3
    print(json.dumps({"figure": name, "value": spent, "unit": "ms"}), flush=True)
    print(f"{name}: {len(page) / 1e3:.0f} kB")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="pitchblende-slots-") as scratch:
        scratch = pathlib.Path(scratch)
        data = scratch / "data"
        write(scratch)
        run(program, data, "init")
        run(program, data, "import", "equipment", scratch / "equipment.csv", "--as", "lab")
        said = run(program, data, "bookable", scratch / "bookable.json")
        if not said.startswith(f"{INSTRUMENTS} instruments"):
            sys.exit(said)
        platform = json.loads(run(program, data, "--json", "show", "local:lab/P1"))["id"]
        server = subprocess.Popen([program, "--data", data, "--json", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = json.loads(server.stdout.readline())["address"].rstrip("/")
            monday = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 86400))
            measure("page_of_slots", server, f"{address}/en/slots?minutes=120&days=90", ["Appareil"])
            measure("page_of_slots_of_a_technique", server, f"{address}/en/slots?q=technique+7&minutes=120&days=90", ["Appareil"])
            measure("page_of_week_of_300", server, f"{address}/fr/platform/{platform}/week?from={monday}", ["Appareil 299", "h libres"])
            measure("page_of_day_of_300", server, f"{address}/fr/platform/{platform}/day?from={monday}", ["Appareil 299"])
        finally:
            server.terminate()
            server.wait(20)


os.environ.setdefault("LC_ALL", "C.UTF-8")
main()
