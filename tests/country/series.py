#!/usr/bin/env python3
"""A report of several rounds is the sum of the reports of each: every cell,
base, share's base and number outside, of every report, in every table; and
so are tables by municipality, whose rows are just those that are there.

    tests/country/series.py BRUKERPLAN STORE ROUND...
"""
import collections
import json
import subprocess
import sys

REPORTS = (("mental",), ("substance",), ("unit", "--unit", "nav_sosial"))
NUMBERS = ("base", "of", "left_out", "outside")
TABLES = (
    ("--rows", "municipality"),
    ("--rows", "municipality", "--columns", "index_grade"),
    ("--rows", "municipality", "--columns", "year"),
    ("--rows", "municipality", "--columns", "sex", "--where",
     "target_group = mental"),
    ("--rows", "municipality", "--sum", "children", "--where", "sex = male"),
    ("--rows", "sex", "--columns", "municipality"),
    ("--rows", "ip,any_plan", "--columns", "municipality"),
    ("--rows", "units_serving", "--columns", "municipality"),
)


def run(exe, *words):
    done = subprocess.run([exe, *words], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return json.loads(done.stdout)


def ids(side):
    return side.get("keys") or side.get("variables")


def as_list(value):
    return value if isinstance(value, list) else [value]


def put(sums, name, value):
    """Adds a number, or what is made of numbers, under its name."""
    if isinstance(value, dict):
        for key, part in value.items():
            put(sums, (*name, key), part)
    elif isinstance(value, list):
        for i, part in enumerate(value):
            put(sums, (*name, i), part)
    elif value is not None:
        sums[name] += value


def numbers(table):
    """Every number of a table by names that are the same in all rounds."""
    sums = collections.Counter()
    rows = ids(table["rows"])
    columns = ids(table["columns"]) if "columns" in table else None
    for row, cells in zip(rows, table["cells"]):
        cells = as_list(cells)
        for column, cell in zip(columns or [""], cells):
            put(sums, ("cell", row, column), cell)
    for what in NUMBERS:
        if what not in table:
            continue
        value = table[what]
        if what == "of" and columns is not None:
            for row, of_row in zip(rows, value):
                for column, of in zip(columns, as_list(of_row)):
                    put(sums, ("of", row, column), of)
        elif isinstance(value, list):
            for row, part in zip(rows, value):
                put(sums, (what, row), part)
        else:
            put(sums, (what,), value)
    return sums


def compare(what, whole, parts):
    want = sum((numbers(t) for t in parts), collections.Counter())
    got = numbers(whole)
    want = {k: v for k, v in want.items() if v != 0}
    got = {k: v for k, v in got.items() if v != 0}
    if want != got:
        name = next(k for k in sorted(set(want) | set(got), key=str)
                    if want.get(k) != got.get(k))
        sys.exit(f"{what}: {name} is {got.get(name)}, not {want.get(name)}")
    return len(got)


def by_name(report):
    return {t["table"]: t for t in report["tables"] + report.get("data", [])}


def check_report(exe, store, rounds, words):
    report, options = words[0], words[1:]
    ask = ("--report", report, *options, "--format", "json", "-o", "-")
    whole = by_name(run(exe, "report", store, ",".join(rounds), *ask))
    parts = [by_name(run(exe, "report", store, r, *ask)) for r in rounds]
    found = 0
    for name, table in whole.items():
        found += compare(f"{report}, {name}", table,
                         [p[name] for p in parts if name in p])
    for part in parts:
        if set(part) - set(whole):
            sys.exit(f"{report}: no table {set(part) - set(whole)}")
    return found


def check_table(exe, store, rounds, words):
    ask = (*words, "--format", "json")
    whole = run(exe, "table", store, ",".join(rounds), *ask)
    parts = [run(exe, "table", store, r, *ask) for r in rounds]
    side = "rows" if words[1] == "municipality" else "columns"
    keys = set()
    for part in parts:
        keys |= set(ids(part[side]))
    if ids(whole[side]) != sorted(keys):
        sys.exit(f"{words}: {side} are {ids(whole[side])}")
    return compare(" ".join(words), whole, parts)


def main():
    exe, store, *rounds = sys.argv[1:]
    found = sum(check_report(exe, store, rounds, r) for r in REPORTS)
    found += sum(check_table(exe, store, rounds, t) for t in TABLES)
    if found < 1000:
        sys.exit(f"only {found} numbers")
    print(f"{found} numbers are sums")


main()
