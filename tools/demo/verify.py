#!/usr/bin/env python3
"""Counts the demo round's registrations the slow way and compares.

    tools/demo/verify.py REGISTRATIONS.csv PUBLISHED.json

Reads the CSV with nothing of the program and nothing of solve.py: checks
what a registration may not say, the numbers' control digits, decides which
registrations count, counts every published figure, and prints summary
distributions for a person to judge. Exit status 1 if anything is wrong."""
import collections
import csv
import json
import re
import sys

YEAR = 2014
AREAS = ("substance economy mental physical housing social network"
         " activity").split()
WEIGHTS = dict(substance=2, mental=2, housing=2, activity=2)
PLANS = "plan_measure plan_action plan_crisis plan_other".split()
GROUP = ("group_nav group_social group_specialist group_health"
         " group_other").split()
USE = ("use_alcohol use_cannabis use_opioids use_stimulants use_medicines"
       " use_other").split()
CODES = {"sex": {"male", "female", "other"},
         "target_group": {"mental", "substance", "dual"},
         "care": {"none", "daily", "shared"},
         "contact": {"none", "agreed", "some"},
         "status": {"", "draft", "complete", "withdrawn"}}
CODES.update({u: {"none", "some", "main"} for u in USE})
BOOLS = (["crisis", "opioid_treatment", "ip", "ip_declined", "coordinator",
          "group", "injecting"] + PLANS + GROUP)
INTS = ("care_children care_obs contact_children contact_obs"
        " birth_year").split()
COMPARED = (["sex", "birth_year", "target_group", "crisis",
             "opioid_treatment", "care", "care_children", "care_obs",
             "contact", "contact_children", "contact_obs", "units_serving",
             "ip", "ip_declined"] + PLANS + ["coordinator", "group"] +
            GROUP + AREAS + USE + ["injecting"])
SPECIALIST = ("mental_outpatient mental_inpatient mental_other"
              " substance_outpatient substance_inpatient").split()
UNITS = {"botreningssenteret": ("1", 2), "introduksjonssenteret": ("1", 1),
         "myrsaeter": ("1", 2), "strax_huset": ("3", 7)}
UNITS.update({"nav_" + n: ("23", d) for n, d in (
    ("arna", 1), ("bergenhus", 1), ("fana", 1), ("fyllingsdalen", 1),
    ("laksevag", 1), ("ytrebygda", 1), ("arstad", 2), ("asane", 2))})
UNITS.update({"psykisk_helse_" + n: ("12", d) for n, d in (
    ("arna_asane", 3), ("bergenhus", 2), ("fana_ytrebygda", 3),
    ("fyllingsdalen", 2), ("laksevag", 2), ("arstad", 2))})
DAYS = dict(zip(("05-20 05-21 05-22 05-23 05-26 05-27 05-28 06-02 06-03"
                 " 06-04").split(), (3, 4, 4, 4, 4, 3, 3, 4, 4, 3)))
faults = []


def fault(text):
    faults.append(text)
    if len(faults) <= 50:
        print("FAULT", text)


# ---- numbers -------------------------------------------------------------

def number_fault(n, sex, birth_year):
    if not re.fullmatch("[0-9]{11}", n):
        return "not eleven digits"
    d = [int(c) for c in n]
    for weights, at in (([3, 7, 6, 1, 8, 9, 4, 5, 2], 9),
                        ([5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 10)):
        k = 11 - sum(a * b for a, b in zip(weights, d)) % 11
        if (0 if k == 11 else k) != d[at]:
            return "control digit %d" % (at - 8)
    day, month, yy, three = int(n[:2]), int(n[2:4]), int(n[4:6]), int(n[6:9])
    if not 81 <= month <= 92:
        return "not synthetic"
    if not (1 <= day <= 31 or 41 <= day <= 71):
        return "day"
    last = [31, 29 if (1900 + yy) % 4 == 0 and yy else 28, 31, 30, 31, 30,
            31, 31, 30, 31, 30, 31][month - 81]
    if day % 40 > last:
        return "no such day"
    if three > (199 if day > 40 and yy < 40 else 499):
        return "series"
    if birth_year and int(birth_year) != 1900 + yy:
        return "birth year"
    if (three % 2 == 0) != (sex == "female"):
        return "sex"
    return None


# ---- validity ------------------------------------------------------------

def whole(r, name):
    return int(r[name]) if r[name] not in ("", "unknown") else None


def check_values(r, say):
    for name, codes in CODES.items():
        if r[name] not in codes | {"", "unknown"}:
            say("%s: %s" % (name, r[name]))
    for name in BOOLS:
        if r[name] not in ("", "unknown", "0", "1"):
            say("%s: %s" % (name, r[name]))
    for name in INTS:
        if not re.fullmatch("|unknown|[0-9]+", r[name]):
            say("%s: %s" % (name, r[name]))
    for name in AREAS:
        if r[name] not in ("", "unknown", "1", "2", "3", "4", "5"):
            say("%s: %s" % (name, r[name]))
    for name in r:
        if name.startswith("svc_"):
            if r[name] not in ("0", "1", "") or (
                    r["services_done"] == "0" and r[name]):
                say("%s: %s" % (name, r[name]))
    if r["services_done"] not in ("0", "1"):
        say("services_done")
    if r["target_group"] == "unknown" or r["status"] == "unknown":
        say("may not be unknown")


def check_asked(r, say):
    if r["crisis"] and r["target_group"] != "mental":
        say("crisis is not asked")
    if r["target_group"] not in ("substance", "dual"):
        for name in ["substance", "injecting"] + USE:
            if r[name]:
                say(name + " is not asked")
    if r["group"] != "1":
        for name in GROUP:
            if r[name]:
                say(name + " is not asked")
    if r["ip_declined"] and r["ip"] != "0":
        say("ip_declined is not asked")
    for kind in ("care", "contact"):
        n, obs = whole(r, kind + "_children"), whole(r, kind + "_obs")
        if ((n or 0) > 0 or (obs or 0) > 0) and (
                r[kind] in ("", "none", "unknown")):
            say("children without " + kind)
        if obs is not None and (n is None or obs > n) and obs > 0:
            say(kind + "_obs above children")
        if (n or 0) > 20:
            say("too many children")


def check_row(r, line):
    def say(text):
        fault("line %d: %s" % (line, text))

    check_values(r, say)
    check_asked(r, say)
    year = whole(r, "birth_year")
    if year is not None and not 18 <= YEAR - year <= 120:
        say("age %d" % (YEAR - year))
    if (r["municipality"], r["year"], r["period"]) != ("1201", "2014", "5"):
        say("not of the round")
    if r["unit"] not in UNITS or r["tier"] not in UNITS[r["unit"]][0]:
        say("unit or tier")
    for u in filter(None, r["units_serving"].split("|")):
        if u not in UNITS:
            say("units_serving")
    if r["unit"] == "strax_huset" and not r["ident"]:
        say("number required")
    if r["ident"]:
        wrong = number_fault(r["ident"], r["sex"],
                             "" if year is None else year)
        if wrong:
            say("number: " + wrong)
    if r["status"] != "draft":
        if not r["target_group"] or not any(
                r[a] not in ("", "unknown") for a in AREAS):
            say("not complete")
        if r["registered_on"][5:] not in DAYS:
            say("day")


# ---- which registrations count -------------------------------------------

def asked_areas(r):
    return AREAS if r["target_group"] in ("substance", "dual") else AREAS[1:]


def index_of(r):
    """Whole thousandths, or None."""
    have = [(WEIGHTS.get(a, 1), int(r[a])) for a in asked_areas(r)
            if r[a] not in ("", "unknown")]
    weight = sum(w for w, _ in have)
    if len(asked_areas(r)) - len(have) > 1 or not weight:
        return None
    return (2000 * sum(w * s for w, s in have) + weight) // (2 * weight)


def answered(r):
    return sum(r[v] not in ("", "unknown") for v in COMPARED)


def sort_key(r):
    return (index_of(r) is None, int(r["tier"]), -answered(r),
            -int(r["registered_on"].replace("-", "")), r["line"])


STEPS = ["index", "tier", "answered", "day", "number"]


def deciding_step(a, b):
    for name, x, y in zip(STEPS, sort_key(a), sort_key(b)):
        if x != y:
            return name
    return "?"


def which_count(rows):
    same = collections.defaultdict(list)
    for r in rows:
        if r["status"] in ("", "complete"):
            same[r["ident"] or ("line", r["line"])].append(r)
    count, beaten = [], []
    for group in same.values():
        group.sort(key=sort_key)
        count.append(group[0])
        beaten += [(group[0], r) for r in group[1:]]
    sizes = collections.Counter(len(g) for g in same.values())
    return count, beaten, sizes


# ---- derived variables ---------------------------------------------------

def some(values):
    """1, 0, or None where none of VALUES has an answer."""
    known = [v for v in values if v not in ("", "unknown", None)]
    return None if not known else int(any(v == "1" for v in known))


def derive(r):
    d = {k: v for k, v in r.items() if v not in ("", "unknown")}
    if "birth_year" in d:
        age = YEAR - int(d["birth_year"])
        d["age"] = age
        d["age_group"] = ("18-25" if age < 26 else "26-35" if age < 36 else
                          "36-45" if age < 46 else "46-55" if age < 56 else
                          "56+")
    for a in AREAS:
        if a in d:
            d[a + "_grade"] = {"1": "green", "5": "red"}.get(d[a], "yellow")
    i = index_of(r)
    if i is not None:
        d["index"] = i
        d["index_grade"] = ("green" if i < 1200 else "yellow" if i < 3000
                            else "red" if i < 4200 else "bloodred")
    d["other_plan"] = some(r[p] for p in PLANS)
    d["any_plan"] = some([r["ip"], r["group"]] + [r[p] for p in PLANS])
    if "coordinator" in d:
        d["only_coordinator"] = int(d["coordinator"] == "1" and
                                    d["any_plan"] != 1)
    for kind, yes in (("care", ("daily", "shared")),
                      ("contact", ("agreed", "some"))):
        if kind in d:
            d["has_" + kind] = int(d[kind] in yes)
    for part in ("children", "obs"):
        n = [whole(r, k + part) for k in ("care_", "contact_")]
        if n != [None, None]:
            d[part] = sum(x or 0 for x in n)
    if r["services_done"] != "0":
        d["nav_r"] = d["specialist_r"] = d["firstline_r"] = 0
        for name in r:
            if name.startswith("svc_") and name.endswith("_r"):
                d[name] = int(r[name] == "1")
                code = name[4:-2]
                kind = ("nav_r" if code.startswith("nav_") else
                        "specialist_r" if code in SPECIALIST
                        else "firstline_r")
                d[kind] |= d[name]
    return {k: v for k, v in d.items() if v is not None}


# ---- the filter language -------------------------------------------------

TOKEN = re.compile(r'\s*(!=|<=|>=|[=<>(){},]|"(?:[^"\\]|\\.)*"'
                   r'|[A-Za-z0-9_][A-Za-z0-9_+.-]*)')


def parse(text):
    """A function from a derived row to true or false."""
    tokens, at = [], 0
    while at < len(text.rstrip()):
        m = TOKEN.match(text, at)
        tokens.append(m.group(1))
        at = m.end()
    if not tokens:
        return lambda r: True
    tokens.append(None)

    def take(expected=None):
        t = tokens.pop(0)
        assert expected is None or t == expected, (t, expected)
        return t

    def value():
        t = take()
        return re.sub(r"\\(.)", r"\1", t[1:-1]) if t[0] == '"' else t

    def either():
        parts = [both()]
        while tokens[0] == "or":
            take()
            parts.append(both())
        return lambda r: any(p(r) for p in parts)

    def both():
        parts = [opposite()]
        while tokens[0] == "and":
            take()
            parts.append(opposite())
        return lambda r: all(p(r) for p in parts)

    def opposite():
        if tokens[0] == "not":
            take()
            inner = opposite()
            return lambda r: not inner(r)
        if tokens[0] == "(":
            take()
            inner = either()
            take(")")
            return inner
        return test()

    def test():
        name, op = take(), take()
        if op == "in":
            take("{")
            values = {value()}
            while tokens[0] == ",":
                take()
                values.add(value())
            take("}")
            return lambda r: name in r and str(r[name]) in values
        v = value()
        if op == "=":
            return lambda r: name in r and str(r[name]) == v
        if op == "!=":
            return lambda r: name in r and str(r[name]) != v
        raise ValueError(op)

    result = either()
    assert tokens == [None], tokens
    return result


def check_figures(people, path):
    with open(path, encoding="utf-8") as f:
        figures = json.load(f)["figures"]
    wrong = 0
    for f in figures:
        hit = [r for r in people if parse(f["where"])(r)]
        n = len(hit)
        if "sum" in f:
            n = sum(int(r[f["sum"]]) for r in hit if f["sum"] in r)
        if "n" in f:
            ok, want = n == f["n"], f["n"]
        else:
            base = len([r for r in people if parse(f["base"])(r)])
            if "pct" in f:
                want = "%d %%" % f["pct"]
                ok = (200 * n + base) // (2 * base) == f["pct"]
            else:
                want = "< %d %%" % f["pct_below"]
                ok = 100 * n < base * f["pct_below"]
            n = "%d of %d" % (n, base)
        if not ok:
            wrong += 1
            fault("figure %s: %s, printed %s" % (f["id"], n, want))
    print("%d figures, %d wrong" % (len(figures), wrong))


# ---- summaries -----------------------------------------------------------

def table(title, rows, people):
    print("\n" + title)
    for name, f in rows:
        c = collections.Counter(f(r) for r in people)
        print("  %-18s %s" % (name, "  ".join(
            "%s %d" % (k, c[k]) for k in sorted(c, key=str))))


def summarise(people, count, beaten, sizes, rows):
    print("rows %d; status %s; recipients by registrations %s" % (
        len(rows), dict(collections.Counter(r["status"] for r in rows)),
        dict(sizes)))
    print("superseded by step:", dict(collections.Counter(
        deciding_step(a, b) for a, b in beaten)),
        "same unit:", sum(a["unit"] == b["unit"] for a, b in beaten),
        "other target group:", sum(a["target_group"] != b["target_group"]
                                   for a, b in beaten))
    print("without number %d, D-numbers %d" % (
        sum(not r["ident"] for r in count),
        sum(r["ident"] > "4" for r in count)))
    same = collections.Counter(
        abs(int(a[v]) - int(b[v])) for a, b in beaten for v in AREAS
        if a[v].isdigit() and b[v].isdigit())
    print("score differences between mappers:", dict(same))
    for target in ("mental", "dual", "substance"):
        some_people = [r for r in people if r["target_group"] == target]
        ages = sorted(r["age"] for r in some_people if "age" in r)
        print("\n== %s: %d; ages %d-%d, median %d" % (
            target, len(some_people), ages[0], ages[-1],
            ages[len(ages) // 2]))
        table("answers", [(v, lambda r, v=v: r.get(v, "-")) for v in
                          ["sex", "age_group", "index_grade", "crisis",
                           "opioid_treatment", "care", "contact",
                           "children", "obs", "ip", "ip_declined"] + PLANS
                          + ["coordinator", "group"] + GROUP + AREAS + USE
                          + ["injecting"]], some_people)
        red = sum(any(r.get(a) == "5" for a in AREAS) for r in some_people)
        print("  red in one area or more: %.1f %%" % (
            100 * red / len(some_people)))
        for end, word in (("_r", "received"), ("_w", "wanted")):
            c = collections.Counter(sum(
                v == "1" or v == 1 for k, v in r.items()
                if k.startswith("svc_") and k.endswith(end))
                for r in some_people if r["services_done"] == "1")
            print("  services %s a person:" % word,
                  " ".join("%d:%d" % k for k in sorted(c.items())))
    table("sex and age", [(g, lambda r, g=g: r.get("age_group") == g and
                           r.get("sex", "-")) for g in
                          "18-25 26-35 36-45 46-55 56+".split()], people)
    print("\nunit and tier: mental dual substance; days; services")
    units = collections.defaultdict(list)
    for r in people:
        units[r["unit"], r["tier"]].append(r)
    for key in sorted(units):
        c = collections.Counter(r["target_group"] for r in units[key])
        days = sorted({r["registered_on"][5:] for r in units[key]})
        n = [sum(v == 1 for k, v in r.items() if k.startswith("svc_"))
             for r in units[key]]
        print("  %-30s %s %4d: %4d %4d %4d  %s  %.1f  age %.0f" % (
            key[0], key[1], len(units[key]), c["mental"], c["dual"],
            c["substance"], " ".join(days), sum(n) / len(n),
            sum(r.get("age", 40) for r in units[key]) / len(n)))
    print("\nservices received/wanted: mental, dual, substance")
    for name in [k for k in rows[0] if k.startswith("svc_")
                 and k.endswith("_r")]:
        cells = []
        for target in ("mental", "dual", "substance"):
            g = [r for r in people if r["target_group"] == target]
            cells.append("%4d/%4d" % (
                sum(r.get(name) == 1 for r in g),
                sum(r.get(name[:-1] + "w") == "1" for r in g)))
        print("  %-24s %s" % (name[4:-2], "  ".join(cells)))


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter=";"))
    for line, r in enumerate(rows, 2):
        if None in r or None in r.values():
            fault("line %d: short or long" % line)
        check_row(r, line)
        r["line"] = line
    days = collections.defaultdict(set)
    for r in rows:
        if r["registered_on"]:
            days[r["unit"]].add(r["registered_on"][5:])
    for unit, (_, n) in UNITS.items():
        if len(days[unit]) != n:
            fault("%s registered on %d days" % (unit, len(days[unit])))
    for day, n in DAYS.items():
        if sum(day in d for d in days.values()) != n:
            fault("units on %s" % day)
    count, beaten, sizes = which_count(rows)
    people = [derive(r) for r in count]
    summarise(people, count, beaten, sizes, rows)
    print()
    check_figures(people, sys.argv[2])
    print("%d faults" % len(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
