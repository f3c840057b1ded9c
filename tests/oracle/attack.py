#!/usr/bin/python3
"""Attacks protected tables: what can be told from all that a table shows.

    attack.py PROTECTED.json OPEN.json
    attack.py --tell PROTECTED.json OPEN.json
    attack.py --units OPEN.json

Each file is a report as JSON, or tables one after another; OPEN the same
without protection (THRESHOLD=0). For every table by itself, everything it
shows (cells, sums, base, those outside, what shares are of) becomes linear
equations; hidden numbers are at least 1, as zeros are shown (but for a row or
table that is hidden whole), and everything else at least 0. By linear
programming (HiGHS in Debian's python3-scipy) each number that is small in
OPEN must be able to be the threshold or more.
--tell first shows, of the first table that has such a number, one that was
hidden though it is not small: then there must be a fault. --units prints the
units of the table of units.
Also nothing small is shown, and what is shown is right. Prints counts; exit 1
at a fault."""
import json
import sys

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

OUT = ["unanswered", "unknown", "not_asked"]


def read(path):
    text = open(path, encoding="utf-8").read()
    decoder, at, tables, plain, below = json.JSONDecoder(), 0, [], [], None
    while at < len(text.rstrip()):
        while text[at].isspace():
            at += 1
        one, at = decoder.raw_decode(text, at)
        if "tables" in one:
            tables += one["tables"]
            plain += one["data"]
        else:
            tables.append(one)
        below = one.get("protected_below", below)
    return tables, plain, below


def grid(t, key):
    return [c if isinstance(c, list) else [c] for c in t[key]]


class System:
    """Numbers by name, each shown or not, and what adds up to what."""

    def __init__(self):
        self.names, self.rows = {}, []
        self.known, self.least = {}, {}

    def var(self, name, shown=None, least=0):
        self.names.setdefault(name, len(self.names))
        if shown is not None:
            self.known[name] = shown
        self.least[name] = max(least, self.least.get(name, 0))
        return name

    def sum(self, whole, parts):
        """WHOLE is what PARTS add up to."""
        self.rows.append([(whole, -1)] + [(p, 1) for p in parts])

    def most(self, name, wanted):
        n = len(self.names)
        r, c, v = [], [], []
        for i, row in enumerate(self.rows):
            for part, sign in row:
                r.append(i)
                c.append(self.names[part])
                v.append(sign)
        bounds = [None] * n
        for k, i in self.names.items():
            bounds[i] = (self.known[k],) * 2 if k in self.known \
                else (self.least[k], None)
        target = numpy.zeros(n)
        target[self.names[name]] = -1
        # No more than is asked for: the answer is bounded.
        low, high = bounds[self.names[name]]
        bounds[self.names[name]] = (low, wanted)
        if not self.rows:
            return wanted
        res = linprog(target, A_eq=csr_matrix((v, (r, c)),
                                              shape=(len(self.rows), n)),
                      b_eq=numpy.zeros(len(self.rows)), bounds=bounds,
                      method="highs")
        assert res.status == 0, (res.message, name)
        return -res.fun


def base_of(s, t, o, i, at, below):
    """The base numbered I and those outside it. How many there are in all is
    taken as known, unless they are few."""
    lists = isinstance(t["base"], list)
    base = t["base"][i] if lists else t["base"]
    out = t["outside"][i] if lists else t["outside"]
    open_base = o["base"][i] if lists else o["base"]
    open_out = o["outside"][i] if lists else o["outside"]
    in_all = open_base + sum(open_out[k] for k in OUT)
    name = s.var(("base", at), base)
    parts = [s.var((k, at), out[k]) for k in OUT]
    few = 0 < in_all < below
    s.sum(s.var(("in all", at), None if few else in_all), parts + [name])
    return name


def system(t, o, below):
    s = System()
    cells, rows = grid(t, "cells"), t["sums"]["rows"]
    columns, whole = t["sums"]["columns"], t["sums"]["all"]
    two = isinstance(t["cells"][0], list) and "keys" in t["rows"] \
        and "columns" in t and "of" not in t
    one = not isinstance(t["cells"][0], list) and "of" not in t
    summed, multiple = "sum" in t, t.get("multiple", False)
    # Where a row or table is hidden whole, zeros may be among the hidden.
    whole_hidden = [all(c is None for c in r) for r in cells]
    if (one or two) and not multiple:
        whole_hidden = [all(whole_hidden)] * len(cells)
    name = {}
    for r, row in enumerate(cells):
        least = 0 if whole_hidden[r] else 1
        for c, n in enumerate(row):
            name[r, c] = s.var((r, c), n, 0 if n is not None else least)
    ticks = not (one or two) or (one and multiple)
    if summed and not (one or two):
        return s, name
    if (one or two) and not multiple:
        if summed:
            base = s.var("all", whole)
        else:
            base = base_of(s, t, o, 0, 0, below)
            if whole is not None:
                s.known[base] = whole
        for r in range(len(cells)):
            s.sum(s.var(("row", r), rows[r]),
                  [name[r, c] for c in range(len(cells[r]))])
        for c in range(len(cells[0])):
            s.sum(s.var(("column", c), columns[c]),
                  [name[r, c] for r in range(len(cells))])
        s.sum(base, [("row", r) for r in range(len(cells))])
        s.sum(base, [("column", c) for c in range(len(cells[0]))])
        return s, name
    if two:
        for r in range(len(cells)):
            row = s.var(("row", r), rows[r])
            s.sum(row, [name[r, c] for c in range(len(cells[r]))])
            if not summed:
                s.sum(base_of(s, t, o, 0, 0, below),
                      [row, s.var(("rest", r))])
        return s, name
    battery = "variables" in t["rows"] and "of" not in t \
        and len(cells[0]) > 1
    counts = t.get("row_counts")
    for r in range(len(cells)):
        if summed:
            continue
        b = base_of(s, t, o, 0 if one else r, 0 if one else r, below)
        if battery:
            s.sum(b, [name[r, c] for c in range(len(cells[r]))])
        elif ticks and len(cells[r]) == 1:
            if counts and counts[r] not in ("recipients", "registrations"):
                continue
            if grid(o, "cells")[r][0] > (o["base"][r] if not one
                                         else o["base"]):
                continue
            s.sum(b, [name[r, 0], s.var(("rest", r))])
        else:
            of = grid(t, "of")[r] if "of" in t else [None] * len(cells[r])
            if any(v is None for v in grid(o, "of")[r]):
                continue
            for c in range(len(cells[r])):
                s.var(("of", r, c), of[c])
                s.sum(("of", r, c), [name[r, c], s.var(("rest", r, c))])
            s.sum(b, [("of", r, c) for c in range(len(cells[r]))])
    return s, name


def check_shown(t, o, below, title):
    faults, shown = 0, 0
    for r, (row, open_row) in enumerate(zip(grid(t, "cells"),
                                            grid(o, "cells"))):
        for c, (n, m) in enumerate(zip(row, open_row)):
            shown += n is not None
            if n is not None and (n != m or 0 < n < below):
                print(f"{title}: cell {r},{c} shows {n} of {m}")
                faults += 1
    for base in [t["base"]] if not isinstance(t["base"], list) \
            else t["base"]:
        if base is not None and 0 < base < below:
            print(f"{title}: base {base}")
            faults += 1
    return faults, shown


def attack(t, o, below):
    title = t.get("table") or t["title"]
    if t["cells"][0] == []:
        return 0, 0, 0
    faults, shown = check_shown(t, o, below, title)
    s, name = system(t, o, below)
    hidden = 0
    opened = grid(o, "cells")
    for (r, c), key in name.items():
        if key in s.known:
            continue
        hidden += 1
        true = opened[r][c]
        if not 0 < true < below:
            continue
        most = s.most(key, below)
        if most < below - 1e-6:
            print(f"{title}: {r},{c} is {true}, at most {most:.0f}")
            faults += 1
    # What no cell says, but is few: those not ticked.
    for key in list(s.names):
        if key[0] != "rest":
            continue
        r, c = key[1], key[2] if len(key) > 2 else 0
        base = o["of"][r][c] if len(key) > 2 else \
            o["base"][r] if isinstance(o["base"], list) else o["base"]
        true = base - (opened[r][c] if len(opened[r]) == 1 or len(key) > 2
                       else sum(opened[r]))
        if 0 < true < below and s.most(key, below) < below - 1e-6:
            print(f"{title}: the rest of {r},{c} is {true}")
            faults += 1
    return faults, hidden, shown


def attack_plain(t, o, below):
    """Tables of the program's own: each row's or column's sum is known."""
    faults = hidden = shown = 0
    rows = len(t["cells"][0]) > 1 if t["cells"] else True
    lines = list(zip(t["cells"], o["cells"])) if rows \
        else [([r[0] for r in t["cells"]], [r[0] for r in o["cells"]])]
    for n, m in lines:
        s = System()
        least = 1 if any(v is not None for v in n) else 0
        parts = [s.var(i, v, least if v is None else 0)
                 for i, v in enumerate(n)]
        if None in n:
            few = 0 < sum(m) < below
            s.sum(s.var("all", None if few else sum(m)), parts)
        for i, v in enumerate(n):
            shown += v is not None
            hidden += v is None
            if v is not None and (v != m[i] or 0 < v < below):
                print(f"{t['table']}: shows {v}")
                faults += 1
            if v is None and 0 < m[i] < below \
                    and s.most(i, below) < below - 1e-6:
                print(f"{t['table']}: {m[i]} can be told")
                faults += 1
    return faults, hidden, shown


def tell(tables, opened, below):
    """Shows a complement of one whole that is hidden."""
    for t, o in zip(tables, opened):
        if t.get("multiple") or "of" in t or "sum" in t:
            continue
        for r, row in enumerate(t["cells"]):
            cells = row if isinstance(row, list) else t["cells"]
            true = o["cells"][r] if isinstance(row, list) else o["cells"]
            for c, n in enumerate(cells):
                if n is None and true[c] >= below \
                        and cells.count(None) == 2:
                    cells[c] = true[c]
                    return
    sys.exit("nothing to tell")


def main():
    if sys.argv[1] == "--units":
        units = next(p for p in read(sys.argv[2])[1]
                     if p["table"] == "data_units")
        print(*units["rows"]["keys"])
        return 0
    telling = sys.argv[1] == "--tell"
    files = sys.argv[2:] if telling else sys.argv[1:]
    tables, plain, below = read(files[0])
    opened, open_plain, _ = read(files[1])
    if telling:
        tell(tables, opened, below)
    assert below and len(tables) == len(opened)
    total = numpy.zeros(3, int)
    for t, o in zip(tables, opened):
        if t["cells"]:
            total += attack(t, o, below)
    for t in plain:
        o = next(p for p in open_plain if p["table"] == t["table"])
        if t["table"] == "data_units":
            o = dict(o, cells=[r[:1] for r in o["cells"]])
        if t["cells"]:
            total += attack_plain(t, o, below)
    print(f"{len(tables) + len(plain)} tables, {total[1]} numbers hidden, "
          f"{total[2]} shown, {total[0]} faults")
    return int(total[0] > 0)


if __name__ == "__main__":
    sys.exit(main())
