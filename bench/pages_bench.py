#!/usr/bin/env python3
"""pages_bench.py PROGRAM: the site as visitors find it, measured from outside; one JSON line per figure.

Writes and pools the invented consortium, serves it, and asks with wrk (one thread, 64 connections, on the same machine):
the search page with facets over a varied list of queries that find something, the person page over all people, each
once over addresses that come again (the server may keep their pages) and once over addresses of which none comes a
second time (`fresh`: each page is made for its request; where there are fewer things than requests, a parameter that
says nothing makes further addresses); and nginx serving a static page of the same size, beside. PB_BENCH_FOLDER keeps and takes again a folder that is pooled.
"""
import atexit
import gzip
import json
import os
import pathlib
import random
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

CONNECTIONS = 64
SECONDS = 10
FRESH = 200_000  # addresses, more than are asked for in that time


def figure(name, value, unit):
    print(json.dumps({"figure": name, "value": value, "unit": unit}), flush=True)


def run(*command):
    """Seconds and the largest memory in MB of a program that must end well; what it says goes to our error stream."""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=sys.stderr)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))} failed")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def get(url, **headers):
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60) as answer:
        return answer.read()


class Server:
    def __init__(self, program, folder):
        began = time.monotonic()
        self.child = subprocess.Popen([program, "--data", folder, "--json", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True)
        self.address = json.loads(self.child.stdout.readline())["address"].rstrip("/")
        get(self.address + "/health")
        self.start_seconds = time.monotonic() - began
        atexit.register(self.child.kill)

    def memory(self):
        """MB that are the process's own (not files mapped into it, such as the index)."""
        text = pathlib.Path(f"/proc/{self.child.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"RssAnon:\s+(\d+)", text)[1]) / 1024

    def stop(self):
        self.child.terminate()
        self.child.wait(15)


def wrk(address, paths, folder, connections=CONNECTIONS):
    """Requests per second, p99 in ms and failures of asking for the paths one after the other, from the first again."""
    (folder / "paths.txt").write_text("\n".join(paths) + "\n", encoding="utf-8")
    (folder / "list.lua").write_text(f"""
local paths, at = {{}}, 0
-- Not before: only now does wrk know the Host, without which nginx refuses.
init = function() for line in io.lines("{folder}/paths.txt") do paths[#paths + 1] = wrk.format("GET", line) end end
request = function() at = at % #paths + 1; return paths[at] end
done = function(summary, latency)
  io.write(string.format("FIGURES %f %f %d\\n", summary.requests / summary.duration * 1e6, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
""", encoding="utf-8")
    said = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s", folder / "list.lua", address],
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    rate, p99, failed = re.search(r"FIGURES (\S+) (\S+) (\d+)", said).groups()
    if int(failed):
        sys.exit(f"{failed} requests failed of those like {paths[0]}\n{said}")
    return float(rate), float(p99)


def measure(name, server, paths, folder):
    rate, p99 = wrk(server.address, paths, folder)
    figure(name + "_rate", rate, "requests/s")
    figure(name + "_p99", p99, "ms")


def never_again(paths):
    """The paths, then each with a parameter that the site does not look at, until there are enough."""
    return [path if time_around == 0 else f"{path}{'&' if '?' in path else '?'}around={time_around}"
            for time_around in range(-(-FRESH // len(paths))) for path in paths][:FRESH]


def search_paths(server, many):
    """Queries of one to three words, taken from titles: each finds something."""
    choice = random.Random(20260101)
    titles = []
    for page in range(1, 41):
        things = json.loads(get(f"{server.address}/en/publication.json?sort=newest&page={page * 7}"))["things"]
        titles += [thing["label"] for thing in things]
    paths = set()
    while len(paths) < many:
        words = [w for w in re.findall(r"\w+", choice.choice(titles)) if len(w) > 3]
        if words:
            some = choice.sample(words, min(len(words), choice.randint(1, 3)))
            paths.add(f"/{choice.choice(['en', 'fr'])}/search?q={urllib.parse.quote(' '.join(some))}")
    return sorted(paths, key=lambda path: choice.random())


def person_paths(server):
    paths, page = [], 1
    while True:
        rows = get(f"{server.address}/en/person.csv?page={page}").decode("utf-8-sig").splitlines()[1:]
        ids = [row.split(",", 1)[0] for row in rows if re.match(r"[0-9A-Z]{10},person,", row)]
        if not ids:
            random.Random(1).shuffle(paths)
            return paths
        paths += [f"/{language}/person/{each}" for each in ids for language in ("en", "fr")]
        page += 1


def nginx(page, folder):
    """The same bytes from a file, by nginx with its sendfile, two workers and no log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "static").mkdir()
    (folder / "static/page.html").write_bytes(page)
    os.chmod(folder, 0o755)
    (folder / "nginx.conf").write_text(f"""
user root; worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log /dev/null;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; open_file_cache max=10;
  types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {folder}/static; }} }}
""", encoding="ascii")
    child = subprocess.Popen(["nginx", "-e", "stderr", "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    atexit.register(child.terminate)
    time.sleep(1)
    rate, p99 = wrk(f"http://127.0.0.1:{port}", ["/page.html"], folder)
    child.terminate()
    child.wait()
    return rate, p99


def slow_connections(server, path, many=10_000):
    """Many clients that send their request byte by byte, and what others wait for their answers meanwhile."""
    host = urllib.parse.urlsplit(server.address)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    slow = []
    for _ in range(many):
        slow.append(socket.create_connection((host.hostname, host.port)))
        slow[-1].send(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
    waited, began, at = [], time.monotonic(), 0
    while time.monotonic() - began < 5:
        for each in slow[at:at + 200]:
            try:
                each.send(b"a")
            except OSError:
                pass  # given up by the server already
        at = (at + 200) % many
        asked = time.monotonic()
        get(server.address + path)
        waited.append((time.monotonic() - asked) * 1e3)
    figure("slow_connections", many, "connections")
    figure("slow_connections_memory", server.memory(), "MB")
    figure("slow_connections_others_p99", sorted(waited)[len(waited) * 99 // 100], "ms")
    time.sleep(8)  # they have had their ten seconds by now
    ended = 0
    for each in slow:
        each.setblocking(False)
        try:
            while each.recv(4096):
                pass
            ended += 1
        except BlockingIOError:
            pass
        except OSError:
            ended += 1
        each.close()
    figure("slow_connections_ended", ended, "connections")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    for tool in ("wrk", "nginx"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is wanted: apt-get install wrk nginx-light")
    with tempfile.TemporaryDirectory(prefix="pitchblende-pages-") as scratch:
        scratch = pathlib.Path(scratch)
        folder = pathlib.Path(os.environ.get("PB_BENCH_FOLDER", scratch / "consortium"))
        if not (folder / "pitchblende.db").exists():
            seconds, _ = run(program, "demo", "--size", "consortium", "--seed", "1", "--out", folder)
            figure("demo_written", seconds, "s")
            seconds, megabytes = run(program, "--data", folder, "pool")
            figure("consortium_pooled", seconds, "s")
            figure("consortium_pooled_memory", megabytes, "MB")
        server = Server(program, folder)
        figure("start", server.start_seconds, "s")
        people = person_paths(server)
        searches = search_paths(server, 60_000)
        if not people:
            sys.exit("nobody has a page that may be listed")
        for path in ("/fr/", "/fr/search?q=" + urllib.parse.quote("cytométrie"), people[0]):
            get(server.address + path)
        server.stop()

        server = Server(program, folder)
        time.sleep(1)
        figure("idle_memory", server.memory(), "MB")
        measure("person_fresh", server, never_again(people), scratch)
        measure("search_fresh", server, never_again(searches), scratch)
        measure("person", server, people[:1000], scratch)
        measure("search", server, searches[:1000], scratch)
        figure("memory_after", server.memory(), "MB")
        page = get(server.address + searches[0])
        person = get(server.address + people[0])
        figure("search_page_bytes", len(page), "B")
        figure("person_page_bytes", len(person), "B")
        style = get(server.address + re.search(rb'href="(/files/[^"]+\.css)"', page)[1].decode())
        for name, path in (("home", "/fr/"), ("search", searches[0]), ("person", people[0])):
            figure(f"{name}_page_compressed", len(gzip.compress(get(server.address + path), 6)), "B")
        figure("style_compressed", len(gzip.compress(style, 6)), "B")
        slow_connections(server, people[0])
        server.stop()
        for name, body in (("search", page), ("person", person)):
            rate, p99 = nginx(body, pathlib.Path(tempfile.mkdtemp(dir=scratch)))
            figure(f"nginx_{name}_rate", rate, "requests/s")
            figure(f"nginx_{name}_p99", p99, "ms")


main()
