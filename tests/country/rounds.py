#!/usr/bin/env python3
"""The invented country's file beside the program's own exports and imports.

    rounds.py BRUKERPLAN STORE FILE ROUND...

Each ROUND of STORE is exported and must be FILE's rows of it, in their
order. The same rows are then imported into a round of their own, in a new
store: what that one exports, with which registrations are superseded by
which, must be what STORE exports. So the import decides again, from the
file alone, what the generator decided on its own way.
"""
import csv
import subprocess
import sys
import tempfile

OWN = {"superseded_by", "subunit", "professional", "case_code"}


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def rows_of(text):
    return list(csv.DictReader(text, delimiter=";"))


def write_units(path, rows):
    """UNITS.csv of what the rows name: any tier may come first."""
    tiers = {}
    for row in rows:
        tiers.setdefault(row["unit"], set()).add(row["tier"])
        for unit in filter(None, row["units_serving"].split("|")):
            tiers.setdefault(unit, set())
    with open(path, "w", encoding="utf-8") as out:
        out.write("unit;name;tier\n")
        for unit in sorted(tiers):
            out.write(f"{unit};{unit};{'|'.join(sorted(tiers[unit])) or 1}\n")


def in_order(rows):
    """The rows as they can be compared: units served are a set."""
    for row in rows:
        row["units_serving"] = "|".join(sorted(
            row["units_serving"].split("|")))
    return rows


def check_round(exe, store, lines, header, name):
    given = rows_of([header] + lines)
    exported = rows_of(run(exe, "export", store, name, "--format", "csv",
                           "-o", "-").splitlines())
    numbers = [row["registration"] for row in given]
    if numbers != [str(n + 1) for n in range(len(given))]:
        sys.exit(f"{name}: numbers do not rise by one")
    mine = [{k: v for k, v in row.items() if k not in OWN}
            for row in exported]
    if in_order(mine) != in_order([dict(row) for row in given]):
        sys.exit(f"{name}: the store's registrations are not the file's")
    with tempfile.TemporaryDirectory() as work:
        again, units, file = work + "/s", work + "/units.csv", work + "/r.csv"
        write_units(units, given)
        with open(file, "w", encoding="utf-8") as out:
            out.writelines(line + "\n" for line in [header] + lines)
        run(exe, "init", again)
        run(exe, "round", "new", again, name, "--municipality", name[1:5],
            "--year", name[6:], "--period", "5", "--units", units,
            "--synthetic")
        if given:
            run(exe, "import", again, name, file)
        theirs = rows_of(run(exe, "export", again, name, "--format", "csv",
                             "-o", "-").splitlines())
        counts = [run(exe, "count", s, name) for s in (store, again)]
    if in_order(theirs) != in_order(exported):
        sys.exit(f"{name}: the import decides otherwise")
    if counts[0] != counts[1]:
        sys.exit(f"{name}: counts {counts}")
    lost = sum(row["superseded_by"] != "" for row in exported)
    print(f"{name}: {len(given)} registrations, {lost} superseded")
    return len(given), lost


def main():
    exe, store, path, *names = sys.argv[1:]
    lines = {name: [] for name in names}
    with open(path, encoding="utf-8") as file:
        header = file.readline().rstrip("\n")
        for line in file:
            name = f"m{line[0:4]}-{line[5:9]}"
            if name in lines:
                lines[name].append(line.rstrip("\n"))
    sums = [check_round(exe, store, lines[name], header, name)
            for name in names]
    if not sum(lost for _, lost in sums) > 0:
        sys.exit("nobody is registered twice")


main()
