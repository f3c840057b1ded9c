#!/usr/bin/python3
"""Attacks a whole publication that rounds: what can be told from all of it.

    rounded_attack.py BASE THRESHOLD FILE... [--tell HOW]

Each FILE is a release as `published --tables` prints it by ROUND_TO=BASE; the
files after the first are later releases of the same data. What sets mean, and
what adds up to what between all tables of all documents, is publish.py's.

A reader knows that the true number is less than BASE from the one shown, all
that adds up, and which set lies in which. Then:
  - the same number is the same wherever it stands; in a later release, if
    it is not small, it may be the other multiple beside it;
  - the numbers of each table add up as they are shown;
  - what is 0 could be somebody: so nobody knows that all of a group have one
    value;
  - what is from 1 to THRESHOLD-1 could be 0, or THRESHOLD or more; where BASE
    is more than that (2 * THRESHOLD - 1), the second always.
The truths that prove it are whole numbers and fit everything shown, checked
here and not only by the solver.

--tell makes a fault of a kind, and then there must be one: `number` shows one
small number as it is, `zero` a group as it is, `other` one number otherwise
in a second place."""
import json
import sys

import numpy
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_matrix, vstack

import publish

NUMBERS = {"birth_year", "age"}         # asked for value by value


class Shown(list):
    """What is shown of each number, and between which it must then be."""
    faults = others = 0

    def __setitem__(self, n, value):
        if self[n] is not None and self[n] != value:
            self.others += 1
            if self.s.alone or min(self[n], value) <= self.s.base:
                print("other:", publish.describe(self.s, n), "as", self[n],
                      "and", value)
                self.faults += 1
        low, high = self.s.between.get(n, (0, 1 << 40))
        slack = self.s.base - 1
        self.s.between[n] = max(low, value - slack), min(high, value + slack)
        self.s.here[n] = value
        super().__setitem__(n, value)


class System(publish.System):
    def __init__(self, base):
        super().__init__()
        self.base, self.shown = base, Shown()
        self.shown.s = self
        self.between, self.here, self.alone = {}, {}, True
        self.added = self.faults = 0
        self.exact, self.open = set(), set()

    def sum(self, whole, parts):
        """Values of a number are shown from one end to the other of those
        that are not empty: others may have some."""
        if len(parts) in self.open:
            parts = parts + [self.plain(("beyond", whole, tuple(parts)),
                                        self.truth[whole] - sum(
                                            self.truth[n] for n in parts))]
        super().sum(whole, parts)

    def place(self, scope, s, shown, truth, status=False):
        n = self.number(scope, s, truth)
        if shown is not None:
            self.shown[n] = shown
        self.status[n] = self.status[n] or status
        return n


class Reader(publish.Reader):
    def table(self, t):
        ends = [("row_keys", (t["variables"] or [""])[0]),
                ("column_keys", t["by"] or (t["variables"] or [""])[0])]
        self.s.open = {len(t[keys]) for keys, name in ends
                       if name in NUMBERS and t[keys]}
        s, before = self.s, len(self.s.sums)
        s.here = {}
        super().table(t)
        s.open = set()
        for row in s.sums[before:]:
            if all(n in s.here for n, _ in row):
                s.added += 1
                if sum(s.here[n] * sign for n, sign in row) != 0:
                    print("adds up to something else:",
                          [(publish.describe(s, n), s.here[n])
                           for n, _ in row])
                    s.faults += 1


class Program:
    """All truths that could have become what is shown."""
    def __init__(self, s):
        self.s, n = s, len(s.truth)
        self.low, self.high = numpy.zeros(n), numpy.full(n, 1e9)
        for i in range(n):
            if i in s.between:
                self.low[i], self.high[i] = s.between[i]
            if i in s.exact:
                self.low[i] = self.high[i] = s.truth[i]
        r, c, v = [], [], []
        for k, row in enumerate(s.sums):
            for i, sign in row:
                r.append(k)
                c.append(i)
                v.append(sign)
        self.eq = csr_matrix((v, (r, c)), shape=(len(s.sums), n))
        k = len(s.less)
        self.less = csr_matrix(
            ([1, -1] * k, ([i for i in range(k) for _ in (0, 1)],
                           [i for pair in s.less for i in pair])),
            shape=(max(k, 1), n))
        self.rows = vstack([self.eq, self.less])
        self.low_rows = numpy.concatenate(
            [numpy.zeros(len(s.sums)), numpy.full(max(k, 1), -numpy.inf)])

    def fits(self, x):
        return (x >= self.low).all() and (x <= self.high).all() \
            and (self.eq @ x == 0).all() and (self.less @ x <= 0).all()

    def truth(self, push, low, high):
        """A whole truth that pushes each of PUSH up or down (1, -1), by the
        bounds LOW and HIGH."""
        cost = numpy.zeros(len(self.low))
        for n, sign in push.items():
            cost[n] = -sign
        res = milp(cost, integrality=numpy.ones(len(cost)),
                   constraints=LinearConstraint(self.rows, self.low_rows,
                                                0),
                   bounds=(low, high), options={"mip_rel_gap": 0.02})
        assert res.x is not None, res.message
        x = numpy.rint(res.x)
        assert self.fits(x)
        return x


def reach(program, wanted, sign):
    """Those of WANTED (number to value) that no truth reaches, upwards or
    downwards: all at once while that reaches some, then each by itself."""
    open_ = set(wanted)

    def reached(some):
        low, high = program.low.copy(), program.high.copy()
        for n in some:
            if sign > 0:
                high[n] = min(high[n], max(wanted[n], low[n]))
            else:
                low[n] = max(low[n], min(wanted[n], high[n]))
        x = program.truth({n: sign for n in some}, low, high)
        return {n for n in some if (x[n] - wanted[n]) * sign >= 0}

    while open_ and (done := reached(open_)):
        open_ -= done
    return {n for n in open_ if not reached({n})}


def possible(s):
    """Of each variable the values that somebody can have: what printed sets
    ask for by name. A class of the others counts nobody, as all know."""
    values = {}
    for n, item in enumerate(s.sets):
        if item is None or s.shown[n] is None:
            continue
        for name, spans in item[1].items():
            if not (publish.holds(spans, 0)
                    and publish.holds(spans, publish.TOP)):
                values.setdefault(name, set()).update(spans)
    return {name: publish.norm(spans) for name, spans in values.items()}


def real(s, n, values):
    """Whether somebody can be in the set N: of what is not printed by the
    values that there are."""
    if s.sets[n] is None:
        return s.shown[n] is not None
    return all(spans and (s.shown[n] is not None or name not in values
                          or publish.both(spans, values[name]))
               for name, spans in s.sets[n][1].items())


def attack(s, people, threshold):
    program = Program(s)
    values = possible(s)
    wide = s.base >= 2 * threshold - 1
    zero, small, faults = {}, {}, 0
    for n, truth in enumerate(s.truth):
        if truth is None or s.status[n]:
            continue
        if truth == 0:
            if real(s, n, values):
                zero[n] = 1
        elif people.get(n, truth) < threshold:
            small[n] = threshold if n not in people else truth + 1
    for n in sorted(reach(program, zero, 1)):
        print("nobody:", publish.describe(s, n), "as", s.shown[n])
        faults += 1
    told = reach(program, small, 1)
    if not wide:
        told = reach(program, {n: 0 for n in told}, -1)
    for n in sorted(told):
        print("told:", publish.describe(s, n), "as", s.shown[n])
        faults += 1
    return len(zero), len(small), faults


def tell(s, how):
    shown = [n for n, t in enumerate(s.truth) if s.shown[n] is not None
             and t is not None and not s.status[n] and s.sets[n] is not None
             and s.sets[n][0] == "n"]
    if how == "other":
        n = next(n for n in shown if s.shown[n] == 0 < s.truth[n])
        s.shown[n] = s.base
    elif how == "number":
        n = next(n for n in shown if 0 < s.truth[n] < s.base)
        s.exact = {n}
    else:
        n = next(n for n in shown if s.truth[n] == 0)
        s.exact = {n}


def main():
    words = sys.argv[1:]
    how = None
    if "--tell" in words:
        how = words.pop(words.index("--tell") + 1)
        words.remove("--tell")
    base, threshold = int(words[0]), int(words[1])
    releases = [[json.loads(line) for line in open(f, encoding="utf-8")]
                for f in words[2:]]
    tables = [t for r in releases for t in r]
    instrument = publish.Instrument("instruments/brukerplan-2014.yaml", 2014)
    reader = Reader(instrument, tables)
    s = reader.s = System(base)
    for tables in releases:
        for t in tables:
            reader.table(t)
        s.alone = False
    blanks = {}
    for name in instrument.derived:
        n, values = instrument.turn(name, publish.BLANK)
        if n != name:
            blanks.setdefault(n, []).append(values)
    publish.classes(s, instrument, blanks)
    publish.fill(s)
    shown, s.shown = s.shown, [None] * len(s.truth)
    publish.nest(s, max(base, threshold))
    s.shown = shown
    if how is not None:
        tell(s, how)
    zeros, small, faults = attack(s, getattr(reader, "people", {}),
                                  threshold)
    faults += s.faults + s.shown.faults
    print(f"{len(s.truth)} numbers, {len(s.sums)} sums, {s.added} of tables,"
          f" {len(s.less)} nested, {zeros} zeros, {small} small, "
          f"{s.shown.others} otherwise later, {faults} faults")
    if how is None and (zeros < 50 or small < 50 or s.added < 200):
        sys.exit("too little to attack")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
