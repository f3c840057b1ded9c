#!/usr/bin/env python3
"""Made-up rounds to compare the demo's with.

    rounds.py BRUKERPLAN STORE ROWS.csv

ROWS.csv is the demo round's export. Of its rows each new round gets a part,
some of them changed, always the same:

    bergen-2012     1201, 2012   a smaller round of the same municipality,
                                 with more people red on activity
    oslo-2014       0301, 2014   as Bergen: nothing differs but by chance
    stavanger-2014  1103, 2014   another municipality, with fewer plans
    arendal-2014    0906, 2014   few people: numbers are hidden

They are made in STORE and closed."""
import csv
import pathlib
import subprocess
import sys
import tempfile

INCLUSION = ("Mottakere over 18 år av kommunale tjenester, med psykiske "
             "problemer eller rusmiddelproblemer som går ut over daglig "
             "fungering")


def lot(seed):
    """Numbers 0..9999, always the same for a seed."""
    state = seed * 2654435761 % 2**32 or 1
    while True:
        state ^= state << 13 & 0xffffffff
        state ^= state >> 17
        state ^= state << 5 & 0xffffffff
        yield state % 10000


def some(rows, seed, part, change):
    chance = lot(seed)
    for row in rows:
        if next(chance) < part * 10000:
            row = dict(row)
            change(row, next(chance))
            yield row


def redder(row, n):
    if row["activity"] in "1234" and row["activity"] and n < 1500:
        row["activity"] = "5"


def fewer_plans(row, n):
    for plan in ("ip", "plan_measure", "plan_action", "group"):
        if row[plan] == "1" and n < 6000:
            row[plan] = "0"
            if plan == "group":
                for name in row:
                    if name.startswith("group_"):
                        row[name] = ""


ROUNDS = [
    ("bergen-2012", 1201, 2012, 1, 0.6, redder, 198000),
    ("oslo-2014", 301, 2014, 2, 0.8, lambda row, n: None, 500000),
    ("stavanger-2014", 1103, 2014, 3, 0.5, fewer_plans, 101000),
    ("arendal-2014", 906, 2014, 4, 0.03, lambda row, n: None, 33000),
]


def main():
    exe, store, rows_file = sys.argv[1:4]
    rows = list(csv.DictReader(open(rows_file, encoding="utf-8-sig"),
                               delimiter=";"))
    rows = [r for r in rows if r["status"] == "complete"
            and not r["superseded_by"]]
    units = sorted({(r["unit"], r["tier"]) for r in rows})

    def run(*words):
        subprocess.run([exe, *map(str, words)], check=True,
                       stdout=subprocess.DEVNULL)

    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        lines = ["unit,name,tier"]
        for unit in sorted({u for u, _ in units}):
            tiers = "|".join(t for u, t in units if u == unit)
            lines.append(f"{unit},{unit},{tiers}")
        (folder / "units.csv").write_text("\n".join(lines) + "\n")
        for round_, number, year, seed, part, change, people in ROUNDS:
            run("round", "new", store, round_, "--municipality",
                f"{number:04d}", "--year", year, "--units",
                folder / "units.csv", "--synthetic")
            with open(folder / "rows.csv", "w", encoding="utf-8") as f:
                w = csv.DictWriter(f, rows[0].keys(), delimiter=";",
                                   lineterminator="\n")
                w.writeheader()
                for row in some(rows, seed, part, change):
                    row["municipality"] = f"{number:04d}"
                    row["year"] = year
                    row["period"] = 1
                    if row["birth_year"].isdigit():
                        row["birth_year"] = int(row["birth_year"]) - 2014 \
                            + year
                    row["registered_on"] = f"{year}-06-01"
                    row["registration"] = ""
                    w.writerow(row)
            run("import", store, round_, folder / "rows.csv")
            run("round", "set", store, round_, f"inclusion={INCLUSION}",
                f"population={people}", "population_from_age=18",
                f"population_on={year}-01-01")
            run("round", "close", store, round_)


main()
