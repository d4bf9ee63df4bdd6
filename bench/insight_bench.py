#!/usr/bin/env python3
"""insight_bench.py PROGRAM: the figures of a year of the invented consortium; one JSON line per figure.

By the command, with all that it takes to open the folder, and by the server, the first time and when they are known. PB_BENCH_FOLDER keeps and
takes again a folder that is pooled.
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request

YEAR, REQUESTS = 2024, 50


def figure(name, value, unit):
    print(json.dumps({"figure": name, "value": value, "unit": unit}), flush=True)


def run(*command):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def get(url):
    with urllib.request.urlopen(url, timeout=120) as answer:
        return answer.read()


def processor_time(pid):
    """Seconds of all threads, to the nanosecond (the clock of that process)."""
    return time.clock_gettime((~pid << 3) | 2)


def page(name, server, address):
    get(address)
    before = processor_time(server.pid)
    for _ in range(REQUESTS):
        get(address)
    figure(name, (processor_time(server.pid) - before) / REQUESTS * 1e3, "ms")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="pitchblende-insight-") as scratch:
        folder = pathlib.Path(os.environ.get("PB_BENCH_FOLDER", pathlib.Path(scratch) / "consortium"))
        if not (folder / "pitchblende.db").exists():
            run(program, "demo", "--size", "consortium", "--seed", "1", "--out", folder)
            run(program, "--data", folder, "pool")
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        said = json.loads(run(program, "--data", folder, "--json", "figures", "--year", YEAR, "--out", pathlib.Path(scratch) / "figures.xlsx"))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        figure("figures_command", time.monotonic() - began, "s")
        figure("figures_command_processor", after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "s")
        figure("figures_bytes_read", said["bytes_read"] / 1e6, "MB")
        figure("outputs_counted", next(each["count"] for each in said["figures"] if each["figure"] == "outputs"), "publications")
        server = subprocess.Popen([program, "--data", folder, "--json", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            address = json.loads(server.stdout.readline())["address"].rstrip("/")
            began, spent = time.monotonic(), processor_time(server.pid)
            get(f"{address}/en/figures?year={YEAR}")
            figure("figures_first", time.monotonic() - began, "s")
            figure("figures_first_processor", processor_time(server.pid) - spent, "s")
            page("figures_page", server, f"{address}/en/figures?year={YEAR}")
            page("records_page", server, f"{address}/en/figures/records?year={YEAR}&figure=outputs")
            page("network_page", server, f"{address}/en/figures/network?year={YEAR}")
            area = json.loads(get(f"{address}/en/group.json?type=key_area"))["things"][0]["id"]
            began = time.monotonic()
            get(f"{address}/en/group/{area}/size")
            figure("size_of_area_first", time.monotonic() - began, "s")
            page("size_of_area_page", server, f"{address}/en/group/{area}/size")
            page("topics_page", server, f"{address}/en/topics")
        finally:
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
