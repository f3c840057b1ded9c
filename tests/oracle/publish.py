#!/usr/bin/python3
"""Attacks a whole publication: what can be told from everything it shows.

    publish.py THRESHOLD FILE... [--tell | --spare]

Each FILE is a release as `published --tables` prints it: every table of every
document, a line of JSON each, with what it asks, what it shows (null: hidden)
and the truth. The files after the first are later releases of the same data:
what any of them shows is known.

It knows nothing of how the program protects. From the meaning of the tables
it makes unknowns: every set of people that a place counts is a dictionary of
variables to allowed values, read from filters and keys by a parser of its
own; what is derived (grades, age groups, the index' grades) is turned into
the values it is made of by the definition in YAML, which a small reader of
its own takes apart. Sets that differ in one variable only are cut into the
classes that their values make: each class is an unknown of 0 or more, each
set the sum of its classes; classes are sets again. Set in set: not larger.
What adds up within a table does. Numbers of 1 or more that the first file
hides are known not to be 0 (later ones hide new noughts, too).

Then by linear programming (HiGHS): each number from 1 to THRESHOLD-1, and
each small class of people with an answer, must be able to be THRESHOLD or
more. One solution that raises many proves them all. --tell shows the
reader one complement more; then something must be told. --spare does so with
each complement by itself: one that tells nothing is hidden for nothing.

Classes that the sums leave open are counted by the command $COUNT, which
reads filters: a class that nobody asked for is as secret as one in a table.

Prints counts; exit 1 at a fault."""
import json
import os
import re
import subprocess
import sys

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

NONE = (-3, -2, -1)                     # unasked, unknown, unanswered
TOP = 1 << 30
AGE_LIMIT = 18                          # of the round: no younger band


# ---- the definition: only what turns one variable into another

class Instrument:
    def __init__(self, path, year):
        text = open(path, encoding="utf-8").read()
        self.year = year
        self.grades = re.findall(r"^  - id: (\w+)", self.part(
            text, "grades"), re.M)
        scale = re.findall(r"score: (\d)\s+grade: (\w+)",
                           self.part(text, "scale"))
        self.scale = [(int(s), self.grades.index(g)) for s, g in scale]
        index = self.part(text, "index")
        cuts = dict(re.findall(r"^    (\w+): (\d+)$", index, re.M))
        self.cuts = [int(cuts.get(g, 0)) for g in self.grades]
        self.derived, self.bands, self.worst = {}, [], {}
        self.last = {}
        for item in re.split(r"\n  - id: ", text)[1:]:
            kind = re.search(r"^    (?:kind|is): (\w+)", item, re.M)
            if kind and kind[1] in ("bool", "when", "services"):
                self.last[item.split("\n")[0]] = (0, 1)
            elif kind and kind[1] == "score":
                self.last[item.split("\n")[0]] = (1, 5)
        for item in re.split(r"\n  - id: ",
                             "\n" + self.part(text, "derived"))[1:]:
            name = item.split("\n")[0]
            kind = re.search(r"^    is: (\w+)", item, re.M)[1]
            of = re.search(r"^    of: (\w+)", item, re.M)
            self.derived[name] = (kind, of and of[1])
            worst = re.search(r"^    worst:\n +grade: (\w+)", item, re.M)
            if worst:           # it and those worse than it are one
                self.worst[name] = self.grades.index(worst[1])
            if kind == "bands":
                for code, rest in re.findall(
                        r'code: "?([\w+-]+)"?(.*)\}', item):
                    low = re.search(r"from: (\d+)", rest)
                    high = re.search(r" to: (\d+)", rest)
                    if not high or int(high[1]) >= AGE_LIMIT:
                        self.bands.append(
                            (code, int(low[1]) if low else 0,
                             int(high[1]) if high else 10 ** 6))

    @staticmethod
    def part(text, name):
        found = re.search(r"^%s:\n(.*?)(?=^\w)" % name, text,
                          re.M | re.S)
        return found[1]

    def turn(self, name, values):
        """VALUES of NAME (spans) as those of what it is made of."""
        kind, of = self.derived.get(name, (None, None))
        if kind == "grade":
            got = [(s, s) for s, g in self.scale if holds(values, g)]
            every = [(s, s) for s, _ in self.scale]
        elif kind == "index_grade":
            of = "index"
            ends = [c - 1 for c in self.cuts[1:]] + [TOP]
            every = list(zip(self.cuts, ends))
            worst = self.worst.get(name)
            got = [e for i, e in enumerate(every)
                   if holds(values, i if worst is None else min(i, worst))]
        elif kind == "bands":
            every = [(a, min(b, TOP)) for _, a, b in self.bands]
            got = [e for i, e in enumerate(every) if holds(values, i)]
        elif kind == "age":
            every = [(0, self.year)]
            got = [(max(a, 0), min(b, self.year)) for a, b in values
                   if b >= 0]
            got = [(self.year - b, self.year - a) for a, b in got]
        else:
            return name, values
        if holds(values, -1):
            got = got + list(minus(ALL, norm(every)))
        return self.turn(of, norm(got))

    def every(self, name):
        """The values that NAME may have, none too."""
        if re.search("_[rw]$", name):
            return norm(BLANK + ((0, 1),))
        return norm(BLANK + (self.last.get(name, (0, TOP)),))

    def value(self, name, word):
        kind = self.derived.get(name, (None, None))[0]
        if kind in ("grade", "index_grade"):
            return self.grades.index(word)
        if kind == "bands":
            return [b[0] for b in self.bands].index(word)
        if re.fullmatch(r"\d{1,9}", word):
            return int(word)
        # A code of its own: a number for the word.
        return 1000 + CODES.setdefault((name, word), len(CODES))


CODES = {}


# ---- sets of values: sorted spans

def norm(spans):
    out = []
    for a, b in sorted(spans):
        if a > b:
            continue
        if out and a <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return tuple(out)


def holds(spans, x):
    return any(a <= x <= b for a, b in spans)


def minus(x, y):
    out = []
    for a, b in x:
        for c, d in y:
            if d < a or c > b:
                continue
            if c > a:
                out.append((a, c - 1))
            a = d + 1
        if a <= b:
            out.append((a, b))
    return norm(out)


def both(x, y):
    return norm([(max(a, c), min(b, d)) for a, b in x for c, d in y
                 if max(a, c) <= min(b, d)])


ALL, ANSWERED, BLANK = ((-3, TOP),), ((0, TOP),), ((-3, -1),)


# ---- sets of people: a dictionary of variables to values

def meet(*sets):
    out = {}
    for s in sets:
        for name, values in s.items():
            out[name] = both(out.get(name, ALL), values)
    return out


def freeze(s):
    return tuple(sorted(((k, v) for k, v in s.items() if v != ALL),
                        key=str))


class Parser:
    """The filter language to a set of people."""
    TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[A-Za-z0-9_][\w+.-]*'
                       r"|!=|<=|>=|[=<>(){},])")

    def __init__(self, instrument, codes):
        self.i, self.codes = instrument, codes

    def parse(self, text):
        if not text:
            return {}
        self.tokens = self.TOKEN.findall(text)
        self.at = 0
        s = self.any()
        assert self.at == len(self.tokens), text
        return s

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1].strip('"')

    def see(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def any(self):
        kids = [self.every()]
        while self.see() == "or":
            self.next()
            kids.append(self.every())
        return kids[0] if len(kids) == 1 else self.either(kids)

    @staticmethod
    def either(kids):
        names = {n for k in kids for n in k}
        if len(names) == 1 and all(len(k) == 1 for k in kids):
            name = names.pop()
            return {name: norm([s for k in kids for s in k[name]])}
        return {("or", tuple(sorted(freeze(k) for k in kids))): ((1, 1),)}

    def every(self):
        out = self.one()
        while self.see() == "and":
            self.next()
            out = meet(out, self.one())
        return out

    def no(self, s):
        """Not S: of one variable the other values, else each part's."""
        if len(s) == 1:
            (name, values), = s.items()
            return {name: minus(ALL, values)}
        return self.either([{n: minus(ALL, v)} for n, v in s.items()])

    def one(self):
        if self.see() == "not":
            self.next()
            return self.no(self.one())
        if self.see() == "(":
            self.next()
            out = self.any()
            assert self.next() == ")"
            return out
        return self.test()

    def test(self):
        name, sign = self.next(), self.next()
        if sign == "is":
            word = self.next()
            values = {"answered": ANSWERED, "blank": BLANK,
                      "unknown": ((-2, -2),), "unasked": ((-3, -3),)}[word]
        elif sign == "in":
            assert self.next() == "{"
            values = []
            while True:
                v = self.i.value(name, self.next())
                values.append((v, v))
                if self.next() == "}":
                    break
            if name in self.codes:
                return self.chosen(name, values)
        else:
            v = self.i.value(name, self.next())
            values = {"=": [(v, v)], "!=": minus(ANSWERED, ((v, v),)),
                      "<": [(0, v - 1)], "<=": [(0, v)],
                      ">": [(v + 1, TOP)], ">=": [(v, TOP)]}[sign]
        return self.of(name, norm(values))

    def chosen(self, name, values):
        return meet({name: ANSWERED}, self.either(
            [{(name, v[0]): ((1, 1),)} for v in values]))

    def of(self, name, values):
        name, values = self.i.turn(name, values)
        return {name: both(norm(values), self.i.every(name))}


# ---- what everything says

class System:
    def __init__(self):
        self.id, self.truth, self.shown = {}, [], []
        self.sets, self.sums, self.less = [], [], []
        self.hidden, self.status = [], []
        self.file, self.first, self.told = 0, [], []

    def number(self, scope, s, truth):
        """The unknown of those of S; a scope tells sums from counts."""
        key = (scope, freeze(s))
        if key not in self.id:
            self.id[key] = len(self.truth)
            self.truth.append(truth)
            self.shown.append(None)
            self.first.append(None)
            self.told.append(None)
            self.hidden.append(False)
            self.status.append(False)
            self.sets.append((scope, dict(key[1])) if scope == "n"
                             or isinstance(scope, tuple) else None)
        n = self.id[key]
        if truth is not None:
            assert self.truth[n] in (None, truth), (key, truth,
                                                    self.truth[n])
            self.truth[n] = truth
        return n

    def place(self, scope, s, shown, truth, status=False):
        n = self.number(scope, s, truth)
        if self.first[n] is None:
            self.first[n] = self.file
        if shown is not None:
            assert shown == truth, (s, shown, truth)
            self.show(n, shown)
        else:
            self.hidden[n] = True
        self.status[n] = self.status[n] or status
        return n

    def show(self, n, shown):
        """N is shown in this file, and known from now on."""
        if self.shown[n] is None:
            self.told[n] = self.file
        self.shown[n] = shown

    def plain(self, name, truth):
        """An unknown without a set."""
        return self.number("plain", {name: ((1, 1),)}, truth)

    def sum(self, whole, parts):
        self.sums.append([(whole, -1)] + [(p, 1) for p in parts])


class Reader:
    def __init__(self, instrument, tables):
        self.i = instrument
        codes = {t["variables"][0] for t in tables
                 if t["shown"]["multiple"]}
        self.p = Parser(instrument, codes)
        self.s = System()

    def key(self, name, word):
        if name in self.p.codes:
            return self.p.chosen(name, [(self.i.value(name, word),) * 2])
        v = self.i.value(name, word)
        return self.p.of(name, ((v, v),))

    def table(self, t):
        getattr(self, t["shown"]["shape"])(
            t, meet(self.p.parse(t["where"]), self.p.parse(t["and_where"])))

    def has(self, name):
        return self.p.of(name, ANSWERED)

    def base(self, t, k, u, names):
        """Base K of those of U with a value in every one of NAMES."""
        shown, true = t["shown"], t["open"]
        b = self.s.place("n", meet(u, *[self.has(n) for n in names]),
                         shown["base"][k], true["base"][k])
        outs = [self.out(u, names, j, true["outside"][k][j])
                for j in range(3)]
        for j, o in enumerate(outs):
            self.s.status[o] = True
            if shown["outside"][k][j] is not None:
                self.s.show(o, shown["outside"][k][j])
        whole = self.s.number("n", u, true["base"][k]
                              + sum(true["outside"][k]))
        self.s.sum(whole, [b] + outs)
        return b

    def out(self, u, names, j, truth):
        """Those of U who lack a value by reason J: of one name a set."""
        s = self.p.of(names[0], ((-1 - j, -1 - j),))
        if len(names) == 1 and all(values != () for values in s.values()):
            return self.s.number("n", meet(u, s), truth)
        return self.s.plain(("out", freeze(u), tuple(names), j), truth)

    def cell(self, t, at, s):
        scope = ("sum", t["sum"]) if t["sum"] else "n"
        n = self.s.place(scope, s, t["shown"]["cells"][at],
                         t["open"]["cells"][at])
        if scope != "n" and t["people"][at] is not None:
            self.few(n, t["people"][at])
        return n

    def few(self, n, people):
        self.people = getattr(self, "people", {})
        self.people[n] = people

    def one(self, t, u):
        name = t["variables"][0]
        b = self.base(t, 0, u, [name])
        cells = [self.cell(t, i, meet(u, self.key(name, k)))
                 for i, k in enumerate(t["row_keys"])]
        if not t["sum"] and not t["shown"]["multiple"]:
            self.s.sum(b, cells)

    def two(self, t, u):
        name, by = t["variables"][0], t["by"]
        width = len(t["column_keys"])
        b = self.base(t, 0, u, [name, by])
        scope = ("sum", t["sum"]) if t["sum"] else "n"
        grid, rows, columns = [], [], []
        for r, k in enumerate(t["row_keys"]):
            grid.append([self.cell(t, r * width + c, meet(
                u, self.key(name, k), self.key(by, l)))
                for c, l in enumerate(t["column_keys"])])
            rows.append(self.s.place(
                scope, meet(u, self.key(name, k), self.has(by)),
                t["shown"]["row_sums"][r], t["open"]["row_sums"][r]))
            self.s.sum(rows[-1], grid[-1])
        if t["shown"]["multiple"]:
            return
        for c, l in enumerate(t["column_keys"]):
            columns.append(self.s.place(
                scope, meet(u, self.has(name), self.key(by, l)),
                t["shown"]["column_sums"][c], t["open"]["column_sums"][c]))
            self.s.sum(columns[-1], [row[c] for row in grid])
        if not t["sum"]:
            self.s.sum(b, rows)
            self.s.sum(b, columns)

    def battery(self, t, u):
        width = len(t["column_keys"])
        for r, name in enumerate(t["variables"]):
            b = self.base(t, r, u, [name])
            cells = [self.cell(t, r * width + c, meet(u, self.key(name, k)))
                     for c, k in enumerate(t["column_keys"])]
            if not t["sum"]:
                self.s.sum(b, cells)

    def ticks(self, t, u):
        for r, name in enumerate(t["variables"]):
            self.base(t, r, u, [name])
            self.cell(t, r, meet(u, self.p.of(name, ((1, 1),))))

    def ticks_by(self, t, u):
        by, width = t["by"], len(t["column_keys"])
        for r, name in enumerate(t["variables"]):
            b = self.base(t, r, u, [name, by])
            of = []
            for c, k in enumerate(t["column_keys"]):
                at = r * width + c
                inside = meet(u, self.key(by, k))
                self.cell(t, at, meet(inside, self.p.of(name, ((1, 1),))))
                of.append(self.s.place("n", meet(inside, self.has(name)),
                                       t["shown"]["of"][at],
                                       t["open"]["of"][at]))
            self.s.sum(b, of)

    def figures(self, t, u):
        for r, f in enumerate(t["figures"]
                              or [{"where": "", "of": "", "sum": "",
                                   "recipients": True}]):
            name = f["sum"] or t["sum"]
            s = meet(u, self.p.parse(f["where"]))
            n = self.s.place(("sum", name) if name else "n", s,
                             t["shown"]["cells"][r], t["open"]["cells"][r])
            if name:
                self.few(n, t["people"][r])
            of = self.s.place("n", meet(u, self.p.parse(f["of"])),
                              t["shown"]["base"][r], t["open"]["base"][r])
            if not name and f["of"] and f["recipients"] and n != of \
                    and t["open"]["cells"][r] <= t["open"]["base"][r]:
                self.s.sum(of, [n, self.s.plain(
                    ("rest", of, n),
                    t["open"]["base"][r] - t["open"]["cells"][r])])


# ---- what nobody asked for

class Writer:
    """A set of people as a filter again."""
    def __init__(self, instrument):
        self.i = instrument
        self.words = {(name, 1000 + n): word
                      for (name, word), n in CODES.items()}

    def filter(self, s):
        return " and ".join(self.side(k, v) for k, v in s.items())

    def side(self, name, values):
        if isinstance(name, str):
            parts = self.answers(name, both(values, ANSWERED)) \
                + self.blanks(name, values)
            return "(%s)" % " or ".join(parts)
        if name[0] == "or":
            text = "(%s)" % " or ".join(
                f"({self.filter(dict(k))})" for k in name[1])
        else:
            text = "(%s in {%s})" % (name[0], self.words[name])
        return text if holds(values, 1) else "not " + text

    @staticmethod
    def blanks(name, values):
        if minus(BLANK, values) == ():
            return [f"{name} is blank"]
        words = {-3: f"{name} is unasked", -2: f"{name} is unknown",
                 -1: f"({name} is blank and not {name} is unknown "
                     f"and not {name} is unasked)"}
        return [words[v] for v in NONE if holds(values, v)]

    def answers(self, name, values):
        if not values:
            return []
        if minus(both(self.i.every(name), ANSWERED), values) == ():
            return [f"{name} is answered"]
        codes = {v: w for (n, v), w in self.words.items() if n == name}
        if codes:
            return self.coded(name, values, codes)
        if name in self.i.last:
            low, high = self.i.last[name]
            some = [str(v) for v in range(low, high + 1) if holds(values, v)]
            return ["%s in {%s}" % (name, ", ".join(some))] if some \
                else [f"{name} is answered and {name} is blank"]
        return ["(%s)" % " and ".join(
            ([f"{name} >= {a}"] if a > 0 else [])
            + ([f"{name} <= {b}"] if b < TOP else [])) for a, b in values]

    @staticmethod
    def coded(name, values, codes):
        """Of codes that have a number; with those that have none or not."""
        others = holds(values, TOP)
        some = [w for v, w in codes.items() if holds(values, v) != others]
        text = "%s in {%s}" % (name, ", ".join(some))
        if others and some:
            return [f"({name} is answered and not {text})"]
        return [text] if some else [f"{name} is answered"]


def count(s, instrument):
    """The truth of the sets that the sums leave open."""
    writer = Writer(instrument)
    open_ = [n for n, item in enumerate(s.sets) if item is not None
             and item[0] == "n" and s.truth[n] is None]
    if not open_ or "COUNT" not in os.environ:
        return
    lines = "".join(writer.filter(s.sets[n][1]) + "\n" for n in open_)
    said = subprocess.run(os.environ["COUNT"].split(), input=lines,
                          capture_output=True, text=True, check=True)
    said = said.stdout.split()
    assert len(said) == len(open_)
    for n, number in zip(open_, said):
        if number != "-":
            s.truth[n] = int(number)


def wholes(s, instrument):
    """Those whose every value is asked for are what they add up to."""
    families = {}
    for item in s.sets:
        for name in item[1] if item is not None and item[0] == "n" else {}:
            rest = freeze({k: v for k, v in item[1].items() if k != name})
            families.setdefault((name, rest), []).append(item[1][name])
    for (name, rest), values in sorted(families.items(), key=str):
        every = both(instrument.every(name), ANSWERED) \
            if isinstance(name, str) else ((0, 1),)
        if minus(every, norm([x for v in values for x in v])) == ():
            s.number("n", dict(rest), None)


def width_of(values):
    return sum(b - a + 1 for a, b in values)


def classes(s, instrument, blanks):
    """Families of sets that differ in one variable, cut into classes."""
    families = {}
    for n, item in enumerate(s.sets[:]):
        if item is None:
            continue
        scope, boxes = item
        for name in boxes:
            rest = freeze({k: v for k, v in boxes.items() if k != name})
            families.setdefault((scope, name, rest), []).append(
                (boxes[name], n))
    for (scope, name, rest), members in sorted(families.items(), key=str):
        whole = s.id.get((scope, rest))
        if whole is not None:
            every = instrument.every(name) if isinstance(name, str) else ALL
            members.append((every, whole))
        if len(members) > 1:
            cut(s, scope, name, dict(rest), members, blanks)


def is_blank(name, values, blanks):
    """Whether VALUES are none, or give none to what is derived."""
    return width_of(both(values, ANSWERED)) == 0 \
        or any(minus(values, b) == () for b in blanks.get(name, []))


def cut(s, scope, name, rest, members, blanks):
    edges = sorted({x for values, _ in members for a, b in values
                    for x in (a, b + 1)})
    groups = {}
    for a, b in zip(edges, edges[1:]):
        inside = tuple(n for values, n in members if holds(values, a))
        if inside:
            groups.setdefault(inside, []).append((a, b - 1))
    made = {}
    for inside, spans in groups.items():
        values = norm(spans)
        made[inside] = s.number(scope, {**rest, name: values}, None)
        if any(is_blank(k, v, blanks)
               for k, v in {**rest, name: values}.items()):
            s.status[made[inside]] = True
    for _, n in members:
        parts = [made[i] for i in groups if n in i]
        if parts != [n]:
            s.sum(n, parts)


def nest(s, threshold):
    """A set in a set is not larger; only where that could matter."""
    # Of nobody whom no table has there are many, that tell little.
    order = sorted((n for n, item in enumerate(s.sets) if item is not None
                    and s.truth[n] is not None
                    and (s.truth[n] > 0 or s.first[n] is not None)),
                   key=lambda n: s.truth[n])
    reach = 4 * threshold
    for i, outer in enumerate(order):
        if s.truth[outer] > 1 << 20:
            break
        scope, big = s.sets[outer]
        for inner in order[:i][::-1] + order[i + 1:]:
            d = s.truth[outer] - s.truth[inner]
            if d > reach:
                break
            if d < 0 or inner == outer:
                break
            if s.shown[outer] is not None and s.shown[inner] is not None \
                    and s.told[inner] <= s.told[outer]:
                continue
            if s.sets[inner][0] != scope:
                continue
            small = s.sets[inner][1]
            if inside(small, big):
                s.less.append((inner, outer))


def inside(small, big):
    return all(k in small and minus(small[k], v) == ()
               for k, v in big.items())


def fill(s):
    """The truth of classes that no table prints, from the sums."""
    left = list(s.sums)
    changed = True
    while changed:
        changed = False
        for row in left[:]:
            unknown = [t for t in row if s.truth[t[0]] is None]
            if len(unknown) > 1:
                continue
            if unknown:
                n, sign = unknown[0]
                rest = sum(s.truth[m] * g for m, g in row if m != n)
                s.truth[n] = -rest * sign
                changed = True
            else:
                assert sum(s.truth[m] * g for m, g in row) == 0, row
            left.remove(row)


class Program:
    """What a reader of all files knows, or of those before FILE."""
    def __init__(self, s, file=None):
        n = len(s.truth)
        self.s = s
        self.low = numpy.zeros(n)
        self.high = numpy.full(n, numpy.inf)
        for i in range(n):
            if s.shown[i] is not None and (file is None
                                           or s.told[i] < file):
                self.low[i] = self.high[i] = s.shown[i]
            elif s.hidden[i] and not s.status[i] and s.truth[i] > 0 \
                    and s.first[i] == 0:
                self.low[i] = 1
        r, c, v = [], [], []
        for k, row in enumerate(s.sums):
            for i, sign in row:
                r.append(k)
                c.append(i)
                v.append(sign)
        self.eq = csr_matrix((v, (r, c)), shape=(len(s.sums), n))
        r = [k for k in range(len(s.less)) for _ in (0, 1)]
        c = [i for pair in s.less for i in pair]
        self.less = csr_matrix(([1, -1] * len(s.less), (r, c)),
                               shape=(max(len(s.less), 1), n))

    def most(self, targets, wanted):
        """A truth that raises TARGETS as far as WANTED, together."""
        n = len(self.s.truth)
        cost = numpy.zeros(n)
        high = self.high.copy()
        for t in targets:
            cost[t] = -1
            high[t] = min(high[t], max(wanted[t], self.low[t]))
        res = linprog(cost, A_eq=self.eq, b_eq=numpy.zeros(self.eq.shape[0]),
                      A_ub=self.less, b_ub=numpy.zeros(self.less.shape[0]),
                      bounds=numpy.column_stack((self.low, high)),
                      method="highs")
        assert res.status == 0, res.message
        return res.x


def goals(s, people, threshold):
    """What must be able to be THRESHOLD or more."""
    out = {}
    for n, truth in enumerate(s.truth):
        if truth is None or s.status[n]:
            continue
        few = people.get(n, truth)
        if 0 < truth < threshold:
            out[n] = threshold
        elif 0 < few < threshold:
            out[n] = truth + 1
    return out


def attack(s, people, threshold):
    program = Program(s)
    wanted = goals(s, people, threshold)
    open_, faults = set(wanted), 0
    for n in list(open_):
        if s.shown[n] is not None:
            print("shown:", describe(s, n))
            faults += 1
            open_.discard(n)
    x = program.most(open_, wanted) if open_ else None
    open_ = {n for n in open_ if x[n] < wanted[n] - 1e-6}
    for n in sorted(open_):
        x = program.most([n], wanted)
        if x[n] < wanted[n] - 1e-6:
            print(f"told: {describe(s, n)}: at most {x[n]:.0f}")
            faults += 1
    return len(wanted), faults


def describe(s, n):
    key = next(k for k, i in s.id.items() if i == n)
    return f"{s.truth[n]} of {key}"


def groups(s, limit, quiet=False):
    """Small groups of which it shows that all have one value."""
    faults = 0
    for row in s.sums:
        whole, parts = row[0][0], [n for n, g in row[1:]]
        if s.sets[whole] is None or s.sets[whole][0] != "n":
            continue
        if not (s.shown[whole] is not None or s.hidden[whole]):
            continue
        parts = [n for n in parts if not s.status[n]]
        truth = s.truth[whole]
        if whole in parts or truth is None or not 0 < truth < limit \
                or len(parts) < 2 \
                or any(s.truth[n] is None for n in parts):
            continue
        if sum(s.truth[n] for n in parts) != truth:
            continue
        others = [n for n in parts if s.truth[n] != truth]
        if len(others) == len(parts):
            continue
        if all(s.shown[n] == 0 for n in others if s.hidden[n]
               or s.shown[n] is not None) \
                and any(s.shown[n] is not None for n in parts):
            # A group that a later text asks for may be known by noughts of
            # before, that told nothing then and can't be taken back.
            if known_group(s, whole, parts) \
                    and not known_group(s, whole, parts, s.first[whole]):
                if not quiet:
                    print("all of a group:", describe(s, whole), "in",
                          [describe(s, n) for n in parts])
                faults += 1
    return faults


def known_group(s, whole, parts, file=None):
    """Whether it can be told that the group has nobody else."""
    program = Program(s, file)
    others = [n for n in parts if s.truth[n] != s.truth[whole]]
    x = program.most(others, {n: 1 for n in others})
    return max(x[n] for n in others) < 1e-6


def tell(s):
    """Shows one complement."""
    for row in s.sums:
        hidden = [n for n, _ in row if s.hidden[n] and s.shown[n] is None
                  and not s.status[n]]
        small = [n for n in hidden if s.truth[n] in (1, 2, 3, 4)]
        if len(hidden) == 2 and len(small) == 1 and all(
                s.shown[n] is not None for n, _ in row if n not in hidden):
            other = hidden[0] if hidden[1] == small[0] else hidden[1]
            s.show(other, s.truth[other])
            return
    sys.exit("nothing to tell")


def tells(s, wanted, limit):
    """Whether anything can be told; no more than one answer."""
    program = Program(s)
    x = program.most(wanted, wanted)
    left = [n for n in wanted if x[n] < wanted[n] - 1e-6]
    return any(program.most([n], wanted)[n] < wanted[n] - 1e-6
               for n in left) or groups(s, limit, quiet=True) > 0


def spare(s, people, threshold):
    """Complements that could be shown, each by itself."""
    wanted, needless, count = goals(s, people, threshold), 0, 0
    for n in range(len(s.truth)):
        if not s.hidden[n] or s.shown[n] is not None or s.status[n] \
                or n in wanted or s.truth[n] is None:
            continue
        count += 1
        s.show(n, s.truth[n])
        if not tells(s, wanted, 2 * threshold):
            print("hidden for nothing:", describe(s, n))
            needless += 1
        s.shown[n] = None
    print(f"{count} complements, {needless} hidden for nothing")
    return int(needless > 0)


def read(names):
    """The tables of each file but for those that an earlier one has."""
    files, seen = [], set()
    for name in names:
        files.append([])
        for line in open(name, encoding="utf-8"):
            table = json.loads(line)
            table.pop("document")
            line = json.dumps(table)
            if line not in seen:
                files[-1].append(table)
            seen.add(line)
    return files


def main():
    words = [w for w in sys.argv[1:] if not w.startswith("--")]
    threshold = int(words[0])
    files = read(words[1:])
    tables = [t for file in files for t in file]
    instrument = Instrument("instruments/brukerplan-2014.yaml", 2014)
    reader = Reader(instrument, tables)
    s = reader.s
    for s.file, file in enumerate(files):
        for t in file:
            reader.table(t)
    blanks = {}
    for name in instrument.derived:
        n, values = instrument.turn(name, BLANK)
        if n != name:
            blanks.setdefault(n, []).append(values)
    wholes(s, instrument)
    for _ in range(2):          # classes of classes
        classes(s, instrument, blanks)
    fill(s)
    count(s, instrument)
    fill(s)
    nest(s, threshold)
    if "--tell" in sys.argv:
        tell(s)
    people = getattr(reader, "people", {})
    if "--spare" in sys.argv:
        return spare(s, people, threshold)
    small, faults = attack(s, people, threshold)
    faults += groups(s, 2 * threshold)
    hidden = sum(1 for n in range(len(s.truth))
                 if s.hidden[n] and s.shown[n] is None)
    print(f"{len(tables)} tables, {len(s.truth)} numbers, {hidden} hidden, "
          f"{len(s.sums)} sums, {len(s.less)} nested, {small} small, "
          f"{faults} faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
