#!/usr/bin/env python3
"""growth.py OUT.svg [MENTIONS]: how the time of resolving grows with the number of mentions, as a table and a curve.

Runs build/release/bench_resolution growth (3,000,000 unless said); both axes are logarithmic, and the thin line is what
would grow exactly as the mentions do.
"""
import json
import math
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, MARGIN = 480, 300, 48


def measured(most):
    done = subprocess.run([ROOT / "build/release/bench_resolution", "growth", most], stdout=subprocess.PIPE, text=True, check=True)
    figures = {row["figure"]: row["value"] for row in map(json.loads, done.stdout.splitlines())}
    counts = sorted(int(name.split("_")[1]) for name in figures if name.count("_") == 1)
    return [(count, figures[f"growth_{count}"], figures[f"growth_{count}_each"], figures[f"growth_{count}_peak"]) for count in counts]


def curve(rows):
    low, high = math.log10(rows[0][0]), math.log10(rows[-1][0])
    least = math.floor(math.log10(min(row[1] for row in rows)))
    most = math.ceil(math.log10(max(row[1] for row in rows)))

    def place(count, seconds):
        x = MARGIN + (math.log10(count) - low) / (high - low) * (WIDTH - 2 * MARGIN)
        y = HEIGHT - MARGIN - (math.log10(seconds) - least) / (most - least) * (HEIGHT - 2 * MARGIN)
        return f"{x:.1f},{y:.1f}"

    straight = [(count, rows[-1][1] * count / rows[-1][0]) for count, *_ in rows]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="11">',
           "<title>Seconds of processor time by mentions resolved</title>",
           f'<polyline fill="none" stroke="#999" stroke-width="1" points="{" ".join(place(*each) for each in straight)}"/>',
           f'<polyline fill="none" stroke="#0b5394" stroke-width="2" points="{" ".join(place(row[0], row[1]) for row in rows)}"/>']
    for count, seconds, *_ in rows:
        x, y = place(count, seconds).split(",")
        out.append(f'<circle cx="{x}" cy="{y}" r="3" fill="#0b5394"/>')
        out.append(f'<text x="{x}" y="{float(y) - 8:.1f}" text-anchor="middle">{seconds:.3g} s</text>')
        out.append(f'<text x="{x}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{count:,}</text>')
    return "\n".join(out + [f'<text x="{WIDTH / 2}" y="{HEIGHT - 10}" text-anchor="middle">mentions</text>', "</svg>", ""])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    rows = measured(sys.argv[2] if len(sys.argv) > 2 else "3000000")
    pathlib.Path(sys.argv[1]).write_text(curve(rows), encoding="utf-8")
    print("| mentions | seconds | µs each | peak memory |\n|---|---|---|---|")
    for count, seconds, each, peak in rows:
        print(f"| {count:,} | {seconds:.3g} | {each:.3g} | {peak:,.0f} MB |".replace(",", " "))


main()
