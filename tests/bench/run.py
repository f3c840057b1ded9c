#!/usr/bin/env python3
"""The benchmark behind run.sh.

    tests/bench/run.py BRUKERPLAN GENERATE WORK ROWS ROUNDS

A file of ROWS registrations in the form's full width is imported by the
program (checked, matched to persons, durable when it returns) and, beside
it, by the sqlite3 shell's own `.import` into one table without an index, on
a fresh file with the shell's defaults: it checks nothing and matches nobody.
Both are timed as processes, from start to end, in turn.

First both are asked the same: rows by unit and status, how many count, a
few groups, and every table of the report; for that the shell chooses the
registration that counts of each person by the same rules in SQL. Then come
the memory at ROWS and twice as many, and the report's time beside the
shell's for the same tables, from a table of the recipients with all that is
derived already made.

The last line is the import: name, ratio of medians, least, aim."""
import os
import pathlib
import statistics
import subprocess
import sys
import time

import translate

LEAST, AIM = 0.5, 1
MEMORY_MIB, MORE_BYTES = 256, 64        # at ROWS, and for each one more
ROUND = "bergen-2014"


class Wrong(Exception):
    pass


def run(words, stdin=None):
    """Seconds and peak memory in bytes of a process that must succeed."""
    os.sync()
    begin = time.monotonic()
    with subprocess.Popen(words, stdin=stdin, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.monotonic() - begin
    if process.returncode != 0:
        raise Wrong(f"{words}: {said.decode()}")
    return took, usage.ru_maxrss * 1024


def text_of(words):
    return subprocess.run(words, check=True, text=True,
                          capture_output=True).stdout


class Bench:
    def __init__(self, exe, generate, work, rows, rounds):
        self.exe, self.generate, self.rounds = exe, generate, rounds
        self.work, self.rows = pathlib.Path(work), rows
        self.units = self.work / "units.csv"
        self.units.write_text(text_of([generate, "--units"]),
                              encoding="utf-8")
        self.file = self.make(rows)
        self.store, self.database = self.work / "store", self.work / "raw.db"

    def make(self, rows):
        file = self.work / f"{rows}.csv"
        with open(file, "wb") as out:
            subprocess.run([self.generate, str(rows), "1"], stdout=out,
                           check=True)
        return file

    def remove(self, path):
        subprocess.run(["rm", "-rf", path, f"{path}.keys",
                        f"{path}-journal"], check=True)

    def ours(self, file):
        """A fresh store, and the import of FILE alone measured."""
        self.remove(self.store)
        run([self.exe, "init", self.store])
        run([self.exe, "round", "new", self.store, ROUND, "--municipality",
             "1201", "--year", "2014", "--period", "5", "--synthetic",
             "--units", self.units])
        return run([self.exe, "import", self.store, ROUND, file])

    def theirs(self, file):
        self.remove(self.database)
        script = self.work / "import.sql"
        script.write_text(f".separator ;\n.import {file} raw\n",
                          encoding="utf-8")
        with open(script, "rb") as lines:
            return run(["sqlite3", "-batch", self.database], stdin=lines)

    def ask(self, statements):
        return translate.answers("sqlite3", self.database, statements)

    def same(self, what, ours, theirs):
        if ours != theirs:
            raise Wrong(f"{what}: the program has {ours}, SQL {theirs}")
        print(f"same on both sides: {what}")

    def check_counts(self):
        """Rows by unit and status, and who counts, against SQL."""
        shown = {}
        for line in text_of([self.exe, "round", "show", self.store,
                             ROUND]).splitlines():
            part = line.split("\t")
            if part[0] == "unit":
                n = [int(p.split(" ")[1]) for p in part[4:]]
                if sum(n):
                    shown[part[1]] = n
        status, counting = self.ask([
            "select unit, sum(status = 'complete'), sum(status = 'draft'), "
            "sum(status = 'withdrawn') from raw group by 1;",
            "select unit, count(*) from c group by 1;"])
        counted = {unit: int(n) for unit, n in counting}
        expected = {}
        for unit, complete, draft, withdrawn in status:
            n = counted.get(unit, 0)
            expected[unit] = [int(complete), n, int(complete) - n,
                              int(draft), int(withdrawn)]
        total = [sum(n[i] for n in expected.values()) for i in range(5)]
        if total[0] + total[3] + total[4] != self.rows:
            raise Wrong(f"SQL has {total} of {self.rows} rows")
        self.same(f"{self.rows} rows by unit: {total[1]} count, {total[2]} "
                  f"superseded, {total[3]} drafts, {total[4]} withdrawn",
                  shown, expected)

    def check_tables(self, statements):
        """Every table that SQL can express, cell by cell."""
        out = self.ask([sql for _, sql, _ in statements])
        cells = 0
        for (table, _, cells_of), rows in zip(statements, out):
            found = cells_of(rows)
            if found != table["cells"]:
                raise Wrong(f"table {table['table']}: the program has "
                            f"{table['cells']}, SQL {found}")
            cells += sum(len(c) if isinstance(c, list) else 1
                         for c in found)
        return cells

    def statements(self, report):
        instrument = pathlib.Path("instruments/brukerplan-2014.yaml")
        figures = translate.figures_of(instrument)
        done, left = [], []
        for table in translate.report_tables(report):
            made = translate.table_sql(table, figures)
            if made is None:
                left.append(table["table"])
            else:
                done.append((table, *made))
        return done, left

    def report(self):
        file = self.work / "report.json"
        return run([self.exe, "report", self.store, ROUND, "--format",
                    "json", "-o", file])[0], file

    def check(self):
        """Both sides once, not measured, and what they say compared."""
        self.ours(self.file)
        self.theirs(self.file)
        header = self.file.open(encoding="utf-8").readline().strip()
        begin = time.monotonic()
        self.ask([translate.prepare(header.split(";"))])
        print(f"choosing who counts and deriving, in SQL: "
              f"{time.monotonic() - begin:.1f} s")
        self.check_counts()
        _, report = self.report()
        statements, left = self.statements(report)
        cells = self.check_tables(statements)
        print(f"same on both sides: {len(statements)} tables of the report, "
              f"{cells} cells" + (f"; not in SQL: {', '.join(left)}"
                                  if left else ""))
        return statements

    def compare_report(self, statements):
        ours, theirs = [], []
        for _ in range(self.rounds):
            ours.append(self.report()[0])
            begin = time.monotonic()
            self.ask([sql for _, sql, _ in statements])
            theirs.append(time.monotonic() - begin)
        a, b = statistics.median(ours), statistics.median(theirs)
        print(f"report as JSON: {a:.2f} s, {len(statements)} tables by "
              f"sqlite3 from what was derived: {b:.2f} s, ratio {b / a:.2f}")

    def compare_import(self):
        """The ratio of medians, and the most memory that was used."""
        ours, theirs, memory = [], [], 0
        for i in range(self.rounds):
            took, used = self.ours(self.file)
            ours.append(took)
            memory = max(memory, used)
            theirs.append(self.theirs(self.file)[0])
            print(f"import, round {i + 1}: {ours[-1]:.2f} s, sqlite3 "
                  f"{theirs[-1]:.2f} s")
        a, b = statistics.median(ours), statistics.median(theirs)
        print(f"import of {self.rows} rows: {a:.2f} s, "
              f"{self.rows / a:.0f} a second; sqlite3 {b:.2f} s")
        return b / a, memory

    def compare_memory(self, first):
        self.file.unlink()
        self.remove(self.database)
        self.remove(self.store)
        file = self.make(2 * self.rows)
        second = self.ours(file)[1]
        more = (second - first) / self.rows
        print(f"memory at {self.rows} rows\t{first / 2**20:.1f} MiB\t"
              f"at most {MEMORY_MIB}")
        print(f"memory for each row more, to {2 * self.rows}\t{more:.1f} "
              f"bytes\tat most {MORE_BYTES}")
        return first <= MEMORY_MIB * 2**20 and more <= MORE_BYTES


def main():
    exe, generate, work, rows, rounds = sys.argv[1:6]
    bench = Bench(os.path.abspath(exe), os.path.abspath(generate), work,
                  int(rows), int(rounds))
    try:
        statements = bench.check()
        bench.compare_report(statements)
        ratio, memory = bench.compare_import()
        enough = bench.compare_memory(memory)
    except Wrong as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    print(f"import\t{ratio:.2f}\t{LEAST}\t{AIM}", flush=True)
    return 0 if enough and ratio >= LEAST else 1


sys.exit(main())
