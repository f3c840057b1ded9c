#!/usr/bin/env python3
"""Every figure that was published in 2014, counted from the demo store.

    tests/figures.py BRUKERPLAN STORE ROUND

n must be equal; pct is a rounded percentage, halves away from zero;
pct_below is a percentage that the share is below; a rate is a percentage
with two decimals of the population. A figure with "sum" adds a variable."""
import json
import pathlib
import subprocess
import sys

PUBLISHED = (pathlib.Path(__file__).resolve().parent
             / "data/bergen-2014-published.json")
KNOWN = {"id", "where", "base", "n", "pct", "pct_below", "sum", "section",
         "note", "counts"}


def main():
    program, store, round_id = sys.argv[1:4]
    seen = {}

    def count(where, add=None):
        key = where, add
        if key not in seen:
            words = [program, "count", store, round_id, "--where", where]
            done = subprocess.run(words + (["--sum", add] if add else []),
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                sys.exit(f"count --where {where!r}: {done.stderr.strip()}")
            seen[key] = int(done.stdout)
        return seen[key]

    def percent(n, base, decimals=0):
        return (2 * n * 100 * 10 ** decimals + base) // (2 * base)

    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    wrong = 0

    def check(name, found, expected, good):
        nonlocal wrong
        if not good:
            wrong += 1
            print(f"{name}: counted {found}, published {expected}")

    for figure in published["figures"]:
        unknown = set(figure) - KNOWN
        if unknown:
            sys.exit(f"{figure['id']}: what is {sorted(unknown)}?")
        n = count(figure["where"], figure.get("sum"))
        if "n" in figure:
            check(figure["id"], n, figure["n"], n == figure["n"])
        if "pct" in figure or "pct_below" in figure:
            base = count(figure["base"], figure.get("sum"))
            if "pct" in figure:
                check(figure["id"], percent(n, base), figure["pct"],
                      percent(n, base) == figure["pct"])
            else:
                check(figure["id"], n * 100 / base, figure["pct_below"],
                      n * 100 < figure["pct_below"] * base)
    rate = published["rate"]
    found = percent(count(rate["where"]), rate["population"], 2)
    check(rate["id"], found / 100, rate["pct1"],
          found == round(rate["pct1"] * 100))
    print(f"{len(published['figures']) + 1} figures, {wrong} wrong")
    return 1 if wrong else 0


sys.exit(main())
