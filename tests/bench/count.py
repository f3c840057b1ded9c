#!/usr/bin/env python3
"""The counting benchmark behind count.sh.

    tests/bench/count.py BRUKERPLAN COUNT NODE WORK MILLIONS PAIRS

COUNT is tests/bench/count/count.c, which counts by the program's columns;
NODE runs DuckDB. Both have the same registrations of the made-up country
(NATIONAL_SEED), the one from its generator, the other from its CSV, with all
that is derived, and who counts, made once beforehand. Both are asked the
questions of tables.tsv, which are those of a report, and of two-way.tsv, any
other two-way tables.

First every cell of every table is compared, by every kernel that runs here,
with one and with two threads. Then both are measured in turn, with whatever
is open and warm: from the words of the questions to the finished tables, and
from the words of the SQL to the rows. In every pair DuckDB answers once and
the program TRIES times, of which the median counts: it has ended before a
clock's tick or another process is seen in the mean.

MILLIONS is 1 or 10, or both with a comma; 0.1 to try it. The last lines are name, ratio of
medians, least, aim."""
import csv
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import count_sql

TRIES = 5
MEMORY_MIB = 64                 # beside the file that is mapped
HERE = pathlib.Path(__file__).parent
SEED = "2014"                   # NATIONAL_SEED
NOT_VARIABLES = {"pseudonym", "status", "registration"}


class Wrong(Exception):
    pass


def seconds(words, **more):
    begin = time.monotonic()
    subprocess.run(words, check=True, **more)
    return time.monotonic() - begin


class Side:
    """A process that answers commands."""

    def __init__(self, words, **more):
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            **more)

    def send(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Wrong(f"{self.process.args[0]} is gone") from None

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            raise Wrong(f"{self.process.args[0]} is gone")
        return line.rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Program(Side):
    def ask(self, line):
        self.send(line)
        lines = []
        while (line := self.line()) != "end":
            lines.append(line)
        return lines

    def variable(self, name):
        kind, unknown, codes = self.ask(f"variable {name}")[0].split("\t")
        return count_sql.Variable(kind, unknown == "1",
                                  codes.split(",") if codes else [])

    def cells(self, kernel, threads):
        """{table: {(row, column): number}}"""
        found = {}
        for line in self.ask(f"cells {kernel} {threads}"):
            table, row, column, n = line.split("\t")
            found.setdefault(table, {})[row, column] = int(n)
        return found

    def time(self, kernel, threads, first, last):
        """Of TRIES times the one in the middle, with its parts."""
        tries = [[float(x) for x in self.ask(
            f"time {kernel} {threads} {first} {last}")[0].split("\t")]
            for _ in range(TRIES)]
        return sorted(tries)[TRIES // 2]


class Duck(Side):
    def ask(self, name, what):
        self.send(json.dumps({name: what}))
        return json.loads(self.line())

    def threads(self, n):
        self.ask("run", f"set threads = {n}")


def read_list(name):
    with open(HERE / name, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


class Bench:
    """Both sides with N registrations."""

    def __init__(self, exe, count, node, work, n):
        self.n = n
        self.work = pathlib.Path(work) / str(n)
        self.work.mkdir(parents=True)
        self.report = read_list("tables.tsv")
        self.questions = self.report + read_list("two-way.tsv")
        columns, file = self.work / "columns", self.work / "country.csv"
        took = seconds([count, "make", str(n), columns])
        print(f"{n} registrations: generated, derived, decided and made "
              f"into columns in {took:.1f} s")
        self.program = Program([count, "serve", str(n), columns,
                                HERE / "tables.tsv", HERE / "two-way.tsv"])
        self.duck = Duck([node, HERE / "count/duck.mjs", self.work / "db"])
        subprocess.run([exe, "demo", "--country", "--registrations", str(n),
                        "--seed", SEED, "--csv", file], check=True)
        self.load(file)
        file.unlink()
        made = [count_sql.table(q, self.variables) for q in self.questions]
        self.sql = [sql for sql, _ in made]
        self.cells_of = [cells for _, cells in made]

    def load(self, file):
        with open(file, encoding="utf-8") as f:
            header = f.readline().strip().split(";")
        asked = {q[k] for q in self.questions for k in ("columns", "sum")}
        asked |= {n for q in self.questions if ";" not in q["rows"]
                  for n in q["rows"].split(",")}
        named = (asked | set(header) | {"index", "age", "any_plan"}
                 | {"children", "has_care", "has_contact"}
                 | {f"{c}_r" for c in ("firstline", "nav", "specialist")})
        self.variables = {n: self.program.variable(n)
                          for n in named - NOT_VARIABLES - {""}}
        # DuckDB may use both cores for what isn't measured.
        self.duck.threads(2)
        steps = [self.duck.ask("run", sql)["seconds"]
                 for sql in count_sql.load(header, self.variables, file)]
        print(f"DuckDB: CSV of {file.stat().st_size / 1e6:.0f} MB and index "
              f"in {steps[1]:.1f} s, who counts in {steps[2]:.1f} s, derived "
              f"and joined in {steps[3]:.1f} s, two threads")

    def check(self):
        """Every cell of every table, by every kernel."""
        rows = self.duck.ask("rows", self.sql)["rows"]
        theirs = {q["name"]: cells(r) for q, cells, r in
                  zip(self.questions, self.cells_of, rows)}
        self.kernels = self.program.ask("kernels")
        for kernel in self.kernels:
            for threads in (1, 2):
                ours = self.program.cells(kernel, threads)
                for name, cells in theirs.items():
                    self.same(name, kernel, ours.get(name, {}), cells)
        cells = sum(len(c) for c in theirs.values())
        print(f"same on both sides: {len(theirs)} tables, {cells} cells "
              f"that are not 0, by {', '.join(self.kernels)}, one and two "
              f"threads")

    @staticmethod
    def same(name, kernel, ours, theirs):
        for place in sorted(ours.keys() | theirs.keys()):
            if ours.get(place, 0) != theirs.get(place, 0):
                raise Wrong(f"{name} {place}: the program has "
                            f"{ours.get(place, 0)} by {kernel}, DuckDB "
                            f"{theirs.get(place, 0)}")

    def compare(self, what, runs, threads, first, last, pairs):
        """{name: ratio of medians} for RUNS, {name: kernel}, of the
        questions FIRST..LAST, in turn with DuckDB."""
        self.duck.threads(threads)
        ours = {name: [] for name in runs}
        theirs = []
        for _ in range(pairs):
            for name, kernel in runs.items():
                ours[name].append(self.program.time(kernel, threads, first,
                                                    last))
            theirs.append(self.duck.ask("time", self.sql[first:last + 1]))
        other, work = (statistics.median(t[k] for t in theirs)
                       for k in ("seconds", "work"))
        ratio = {}
        for name, kernel in runs.items():
            took = [statistics.median(part) for part in zip(*ours[name])]
            ratio[name] = other / took[0]
            print(f"{what}, {threads} thread(s): {kernel} "
                  f"{took[0] * 1e3:.3f} ms (plan {took[1] * 1e3:.3f}, count "
                  f"{took[2] * 1e3:.3f}, tables {took[3] * 1e3:.3f}), DuckDB "
                  f"{other * 1e3:.1f} ms, ratio {ratio[name]:.0f}; of "
                  f"processors' time {took[4] * 1e3:.3f} and "
                  f"{work * 1e3:.1f} ms, {work / took[4]:.0f}", flush=True)
        return ratio

    def two_way(self, threads, pairs):
        """The least ratio of any two-way table."""
        found = []
        for i in range(len(self.report), len(self.questions)):
            q = self.questions[i]
            ratio = self.compare(
                f"{q['name']} {q['rows']} x {q['columns']} where "
                f"{q['where']}", {"": self.kernels[0]}, threads, i, i, pairs)
            found.append(ratio[""])
        print(f"{len(found)} two-way tables: ratio {min(found):.0f} at "
              f"least, {statistics.median(found):.0f} in the middle")
        return min(found)

    def memory(self):
        rows, file, tables = self.program.ask("size")[0].split("\t")
        used = int(self.program.ask("memory")[0]) * 1024
        beside = (used - int(file)) / 2**20
        duck = self.duck.ask("memory", True)["kib"] / 1024
        database = (self.work / "db").stat().st_size / 2**20
        print(f"memory: {rows} rows, a file of {int(file) / 2**20:.1f} MiB "
              f"and {max(beside, 0):.1f} MiB beside it (at most "
              f"{MEMORY_MIB}); DuckDB {duck:.0f} MiB with loading, a "
              f"database of {database:.1f} MiB")
        return beside <= MEMORY_MIB

    def close(self):
        self.program.close()
        self.duck.close()
        subprocess.run(["rm", "-rf", self.work], check=True)


def one_million(bench, pairs):
    kernel = bench.kernels[0]
    runs = {"tables_1m": kernel}
    if "avx2" in bench.kernels:
        runs["tables_1m_avx2"] = "avx2"
    if "plain" in bench.kernels:
        runs["tables_1m_plain"] = "plain"
    first = bench.compare("65 tables", runs, 1, 0, len(bench.report) - 1,
                          pairs)
    bench.compare("65 tables", {"": kernel}, 2, 0, len(bench.report) - 1,
                  pairs)
    bench.two_way(1, pairs)
    lines = [("tables_1m", first["tables_1m"], 300, 1000)]
    if "tables_1m_avx2" in first:
        lines.append(("tables_1m_avx2", first["tables_1m_avx2"], 100, 400))
    return lines


def ten_million(bench, pairs):
    last = len(bench.report) - 1
    ratio = bench.compare("65 tables", {"": bench.kernels[0]}, 2, 0, last,
                          pairs)[""]
    least = bench.two_way(1, pairs)
    return [("tables_10m_two_threads", ratio, 250, 700),
            ("two_way_10m", least, 100, 400)]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        model = [line.split(":", 1)[1].strip() for line in f
                 if line.startswith("model name")]
    load = os.getloadavg()[0]
    print(f"{len(model)} x {model[0] if model else platform.machine()}, "
          f"Linux {platform.release()}; {load:.1f} processes ran before")


def main():
    exe, count, node, work, millions, pairs = sys.argv[1:7]
    kinds = {"1": one_million, "10": ten_million, "0.1": one_million}
    lines, enough = [], True
    sys.stdout.reconfigure(line_buffering=True)
    machine()
    try:
        for text in millions.split(","):
            bench = Bench(exe, count, node, work,
                          int(float(text) * 1000000))
            bench.check()
            lines += kinds[text](bench, int(pairs))
            enough = bench.memory() and enough
            bench.close()
    except Wrong as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    for name, ratio, least, aim in lines:
        print(f"{name}\t{ratio:.2f}\t{least}\t{aim}", flush=True)
    return 0 if enough and all(r >= m for _, r, m, _ in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
