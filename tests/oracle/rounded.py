#!/usr/bin/env python3
"""rounded.py BASE EXACT.json ROUNDED.json AUDIT.csv

A report as it is published by a rule that rounds, beside the same with every
number: each is a multiple of the base next to the true one, and whatever
adds up in the exact report (cells to a base, a row to its base, those outside
to all) adds up in the rounded one. The audit names no number otherwise."""
import csv
import json
import sys

base = int(sys.argv[1])
exact, rounded = (json.load(open(f)) for f in sys.argv[2:4])
numbers = sums = moved = 0


def stop(*words):
    print(*words)
    sys.exit(1)


def pair(where, a, b):
    """Each number of A beside that of B."""
    global numbers, moved
    if isinstance(a, list):
        if len(a) != len(b):
            stop(where, "is another table")
        for x, y in zip(a, b):
            pair(where, x, y)
    elif isinstance(a, dict):
        for k in a:
            pair(where, a[k], b[k])
    elif isinstance(a, int):
        numbers += 1
        moved += a != b
        if a == -1 and b == -1:
            return
        if b % base or abs(a - b) >= base:
            stop(where, a, "became", b)


def flat(cells):
    return sum(flat(c) if isinstance(c, list) else c for c in cells)


def add(where, a, b):
    """(parts, whole) of the exact report, of the rounded."""
    global sums
    if a[0] == a[1]:
        sums += 1
        if b[0] != b[1]:
            stop(where, "adds up to", b[0], "and not", b[1])


def wholes(t, all_):
    """What may add up in T, by name."""
    found = {}
    cells = t["cells"]
    bases = t["base"] if isinstance(t["base"], list) else [t["base"]]
    outside = t["outside"]
    if not isinstance(outside, list):
        outside = [outside]
    for i, n in enumerate(bases):
        found[f"outside {i}"] = (n + sum(outside[i].values()), all_)
        if i >= len(cells):
            continue
        row = cells[i] if isinstance(cells[i], list) else [cells[i]]
        found[f"row {i}"] = (sum(row), n)
        if isinstance(t.get("of"), list) and isinstance(t["of"][i], list):
            found[f"of {i}"] = (sum(t["of"][i]), n)
    if len(bases) == 1:
        found["all"] = (flat(cells), bases[0])
    return found


pair("recipients", exact["report"]["recipients"],
     rounded["report"]["recipients"])
if rounded["rounded_to"] != base or "rounded_to" in exact:
    stop("the base is not told")
if len(exact["tables"]) != len(rounded["tables"]):
    stop("not the same tables")
for a, b in zip(exact["tables"], rounded["tables"]):
    name = a["table"]
    for key in ("cells", "base", "outside", "of", "left_out"):
        if key in a:
            pair(f"{name} {key}", a[key], b[key])
    x = wholes(a, exact["report"]["recipients"])
    y = wholes(b, rounded["report"]["recipients"])
    for k in x:
        add(f"{name} {k}", x[k], y[k])
for t in rounded["data"]:
    if any(n % base for row in t["cells"]
           for n in (row if isinstance(row, list) else [row])):
        stop(t["table"], "has another number")
    if t["table"] == "data_blanks":
        for row in t["cells"]:
            if sum(row) != rounded["report"]["recipients"]:
                stop("data_blanks", row)
listed = 0
for line in csv.DictReader(open(sys.argv[4]), delimiter=";"):
    n, shown, by = (int(line[k]) for k in ("number", "shown", "moved"))
    listed += 1
    if shown % base or abs(by) >= base or shown - n != by:
        stop("the audit:", line)
if numbers < 500 or sums < 100 or moved < numbers // 10 or listed < 500:
    stop("too little:", numbers, sums, moved, listed)
print(f"{numbers} numbers, {moved} moved, {sums} sums, {listed} in the audit")
