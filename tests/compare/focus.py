#!/usr/bin/env python3
"""The proposals for focus areas, counted again.

    focus.py BRUKERPLAN STORE ROUND ROWS.csv

Every number of every proposal by `count`; those of the three areas that the
working group of 2014 chose (plans, children, work and activity) also from the
export, by rules written here a second time."""
import csv
import json
import subprocess
import sys

exe, store, round_, rows_file = sys.argv[1:5]
WEIGHTS = {"substance": 2, "economy": 1, "mental": 2, "physical": 1,
           "housing": 2, "social": 1, "network": 1, "activity": 2}
PLANS = ("ip", "plan_measure", "plan_action", "plan_crisis", "plan_other",
         "group")


def run(*words):
    return subprocess.run([exe, *words], check=True, capture_output=True,
                          text=True).stdout


def count(where, sum_=None):
    words = ["count", store, round_, "--where", where]
    return int(run(*words, *(["--sum", sum_] if sum_ else [])))


def index(row):
    """The value in thousandths, None without one."""
    scored = [(int(row[a]), w) for a, w in WEIGHTS.items()
              if row[a].isdigit()]
    asked = 7 if row["target_group"] == "mental" else 8
    if asked - len(scored) > 1:
        return None
    weight = sum(w for _, w in scored)
    return (sum(s * w for s, w in scored) * 1000 + weight // 2) // weight


def main():
    with open(rows_file, encoding="utf-8-sig") as f:
        rows = [r for r in csv.DictReader(f, delimiter=";")
                if r["status"] == "complete" and not r["superseded_by"]
                and r["target_group"] == "mental"]
    found = {p["id"]: p for p in json.loads(
        run("focus", store, round_, "--format", "json"))["proposals"]}
    faults = checked = 0

    def same(what, got, want):
        nonlocal faults, checked
        checked += 1
        if got != want:
            faults += 1
            print(f"{what}: {got}, not {want}")

    for p in found.values():
        for n in p["numbers"]:
            where = "target_group = mental"
            if n["where"]:
                where += f" and ({n['where']})"
            same(p["id"], n["n"], count(where, n.get("sum")))
            if "of" in n:
                same(p["id"] + " base", n["base"],
                     count(f"target_group = mental and ({n['of']})"))
    scores = [p["score"] for p in found.values()]
    same("order", scores, sorted(scores, reverse=True))

    red = [r for r in rows if (index(r) or 0) >= 3000
           and any(r[p] in ("0", "1") for p in PLANS)]
    none = [r for r in red if not any(r[p] == "1" for p in PLANS)]
    n = found["red_without_plan"]["numbers"][0]
    same("red without a plan", (n["n"], n["base"]), (len(none), len(red)))

    def total(*names):
        return sum(int(r[k]) for r in rows for k in names
                   if r[k].isdigit())
    n = found["children_of_concern"]["numbers"][0]
    same("children of concern", (n["n"], n["base"]),
         (total("care_obs", "contact_obs"),
          total("care_children", "contact_children")))
    reds = {a: sum(r[a] == "5" for r in rows) for a in WEIGHTS
            if a != "substance"}
    worst = max(reds, key=reds.get)
    same("area with most red", worst, "activity")
    n = found[f"most_red.{worst}_grade"]["numbers"][0]
    same("most red", n["n"], reds[worst])
    print(f"{checked} checked, {faults} wrong")
    sys.exit(faults > 0)


main()
