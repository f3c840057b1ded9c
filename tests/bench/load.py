#!/usr/bin/env python3
"""The benchmark of loading behind load.sh.

    tests/bench/load.py BRUKERPLAN UNIT NODE WORK THOUSANDS PAIRS DEDUP

UNIT is the folder of count_bench, dedup_bench and parts_bench; NODE runs
DuckDB.

Loading: the made-up country's CSV, made into one round, from the file to what
can be counted: by the program a file of columns, read and counted once
(load/parts.c), by DuckDB a database file with all that is derived and who
counts, of the two ways of count_sql.py the quicker one. Beside it the same
with the store, where every registration can be found, changed and deleted
again (`import`, `round close` and the first `count`: sealed, logged, durable,
indexed), against the same DuckDB, which does nothing of that, and with three
indexes.

Choosing: DEDUP thousand pseudonyms and ranks in memory, from there to a mark
on each that counts; by DuckDB arg_min, grouped by the pseudonym as a number
of 128 bits, into a table, from a table in memory.

Both sides are asked first: registrations, who counts, and three tables; the
winners and the sum of their numbers. Then both are measured in turn, PAIRS
times, one thread each. A ratio is of medians of elapsed time; the time that
processors worked is printed beside it. The last lines are name, ratio,
least, aim."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import count
import count_sql

HERE = pathlib.Path(__file__).parent
SEED = "2014"
ROUND, MUNICIPALITY, YEAR = "load", "0301", "2024"
TABLES = ["target_group", "index_grade", "housing_grade"]
# By what the store finds a registration, and counts what a unit has.
INDEXES = ["create unique index number on raw (registration)",
           "create index person on raw (pseudonym)",
           "create index unit on raw (unit)", "checkpoint"]
Wrong = count.Wrong


def run(words):
    """What a process took: elapsed, worked; its output."""
    begin = time.monotonic()
    with subprocess.Popen([str(w) for w in words], text=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        out, said = process.stdout.read(), process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = time.monotonic() - begin
    if process.returncode != 0:
        raise Wrong(f"{words}: {said}")
    return (took, usage.ru_utime + usage.ru_stime), out


def one_round(source, target, units):
    """The country's rows as rows of one round, and its units."""
    tiers = {}
    with open(source, encoding="utf-8") as f, \
            open(target, "w", encoding="utf-8") as out:
        header = f.readline()
        names = header.rstrip("\n").split(";")
        first = ["municipality", "year", "period", "unit", "tier"]
        if names[:5] != first or names[-1] != "registration":
            raise Wrong("the country's CSV has other columns")
        out.write(header)
        for number, line in enumerate(f, 1):
            _, _, period, unit, tier, rest = line.split(";", 5)
            tiers.setdefault(unit, set()).add(tier)
            rest = rest[:rest.rindex(";")]
            out.write(f"{MUNICIPALITY};{YEAR};{period};{unit};{tier};{rest};"
                      f"{number}\n")
    lines = [f"{u};{u};{'|'.join(sorted(t))}\n" for u, t in
             sorted(tiers.items())]
    units.write_text("unit;name;tier\n" + "".join(lines), encoding="utf-8")


class Duck(count.Duck):
    def steps(self, statements):
        """Seconds: elapsed and worked."""
        answers = [self.ask("run", sql) for sql in statements]
        return tuple(sum(a[k] for a in answers) for k in ("seconds", "work"))


class Load:
    def __init__(self, exe, unit, node, work, rows):
        self.exe, self.unit, self.node, self.work = exe, unit, node, work
        self.rows = rows
        self.file, self.units = work / "round.csv", work / "units.csv"
        country = work / "country.csv"
        run([exe, "demo", "--country", "--registrations", rows, "--seed",
             SEED, "--csv", country])
        one_round(country, self.file, self.units)
        country.unlink()
        self.store, self.database = work / "store", work / "db"
        self.sql = self.statements()

    def variables(self, names):
        """What the program says of its variables."""
        columns = self.work / "columns"
        program = self.unit / "count_bench"
        run([program, "make", 1000, columns])
        side = count.Program([program, "serve", "1000", columns,
                              HERE / "tables.tsv", HERE / "two-way.tsv"])
        found = {n: side.variable(n) for n in names}
        side.close()
        columns.unlink()
        return found

    def statements(self):
        """DuckDB's, with what is derived made in the same reading."""
        with open(self.file, encoding="utf-8") as f:
            header = f.readline().strip().split(";")
        names = set(header) | {"index", "age", "any_plan", "children",
                               "has_care", "has_contact"}
        variables = self.variables(names - count.NOT_VARIABLES)
        first, raw, winner, *_ = count_sql.load(header, variables, self.file)
        more = ", ".join(f"({sql})::utinyint as {count_sql.quoted(n)}"
                         for n, sql in count_sql.derived(variables).items())
        inner = raw.split("create table raw as", 1)[1]
        self.coded = {n: variables[n].codes for n in TABLES
                      if n in variables}
        return [first, f"create table raw as select *, {more} from ({inner})",
                winner, "alter table raw add column win boolean",
                "update raw set win = pseudonym is null "
                "or rowid in (select id from winner)",
                "drop table winner", "checkpoint"]

    def theirs(self):
        for end in ("", ".wal"):
            pathlib.Path(f"{self.database}{end}").unlink(missing_ok=True)
        duck = Duck([self.node, HERE / "count/duck.mjs", self.database])
        duck.threads(1)
        took = duck.steps(self.sql)
        return took, duck

    def fresh(self):
        shutil.rmtree(self.store, ignore_errors=True)
        shutil.rmtree(f"{self.store}.keys", ignore_errors=True)
        run([self.exe, "init", self.store])
        run([self.exe, "round", "new", self.store, ROUND, "--municipality",
             MUNICIPALITY, "--year", YEAR, "--period", "5", "--synthetic",
             "--units", self.units])

    def ours(self):
        self.fresh()
        steps = [run([self.exe, *words])[0] for words in (
            ["import", self.store, ROUND, self.file],
            ["round", "close", self.store, ROUND],
            ["count", self.store, ROUND])]
        self.last = steps
        return tuple(sum(s) for s in zip(*steps))

    def direct(self, *words):
        """What the process took, and the words of what it says. Asks the
        store, which is empty, for the definition."""
        took, out = run([self.unit / "parts_bench", self.store, ROUND,
                         self.file, self.work / "parts.columns", *words])
        return took, [line.split("\t") for line in out.splitlines()]

    def table(self, name):
        _, out = run([self.exe, "table", self.store, ROUND, "--rows", name,
                      "--format", "json"])
        found = json.loads(out)
        return dict(zip(found["rows"]["keys"], found["cells"]))

    def check(self):
        self.ours()
        _, duck = self.theirs()
        _, counting = run([self.exe, "count", self.store, ROUND])
        rows = duck.ask("rows", ["select count(*), count_if(win) from raw"])
        complete, win = rows["rows"][0][0]
        self.same("who count", counting.strip(), win)
        tables = {name: self.table(name) for name in TABLES}
        for name, ours in tables.items():
            rows = duck.ask("rows", [f"select {name}, count(*) from raw "
                                     f"where win and {name} < 254 "
                                     f"group by 1"])["rows"][0]
            keys = list(ours)
            theirs = dict.fromkeys(keys, 0)
            for value, n in rows:
                theirs[keys[int(value)]] = int(n)
            self.same(name, ours, theirs)
        duck.close()
        self.fresh()
        _, (*direct, _, (read, without)) = self.direct("columns", *TABLES)
        self.same("rows without a store", int(read), self.rows)
        self.same("who count without a store", without, win)
        for name, *cells in direct:
            self.same(f"{name} without a store", [int(n) for n in cells],
                      list(tables[name].values()))
        print(f"same on both sides: {self.rows} registrations, {complete} "
              f"complete, {win} count, {len(direct)} tables")
        _, (*parts, _) = self.direct()
        print("without a store, worked, each with those before it: "
              + ", ".join(f"{name} {float(s):.2f}" for name, _, s in parts))

    @staticmethod
    def same(what, ours, theirs):
        if ours != theirs:
            raise Wrong(f"{what}: the program has {ours}, DuckDB {theirs}")

    def compare(self, pairs):
        """The ratio without a store; tells those with it."""
        stored, direct, theirs, found = [], [], [], []
        for _ in range(pairs):
            stored.append(self.ours())
            self.fresh()
            direct.append(self.direct("columns")[0])
            took, duck = self.theirs()
            theirs.append(took)
            found.append(tuple(map(sum, zip(took, duck.steps(INDEXES)))))
            duck.close()
        print("import, close, first count (elapsed, worked): "
              + "; ".join(f"{a:.2f} {b:.2f}" for a, b in self.last))
        say("CSV to store and columns", stored, theirs)
        say("the same, DuckDB with three indexes", stored, found)
        return say("CSV to columns", direct, theirs)


def say(what, ours, theirs):
    """The ratio of medians of elapsed times."""
    (a, c), (b, d) = ([statistics.median(x[k] for x in side)
                       for k in (0, 1)] for side in (ours, theirs))
    print(f"{what}: {a:.3f} s ({c:.3f} worked), DuckDB {b:.3f} ({d:.3f}), "
          f"ratio {b / a:.2f}, by work {d / c:.2f}")
    return b / a


class Dedup:
    def __init__(self, unit, node, work, rows):
        file = work / "dedup.csv"
        self.program = count.Side([unit / "dedup_bench", str(rows), file])
        self.program.line()
        self.duck = Duck([node, HERE / "count/duck.mjs", ":memory:"])
        self.duck.threads(2)
        self.duck.ask("run", "create table d as select p::uuid as p, r, n "
                      f"from read_csv('{file}', header = false, columns = "
                      "{'p': 'varchar', 'r': 'ubigint', 'n': 'uinteger'})")
        file.unlink()
        self.duck.threads(1)
        self.rows = rows

    def theirs(self):
        return self.duck.steps(["create or replace table w as select "
                                "arg_min(n, r) as n from d group by p"])

    def ours(self):
        return tuple(float(s) for s in self.ask("time"))

    def ask(self, what):
        self.program.send(what)
        return self.program.line().split("\t")

    def check(self):
        self.theirs()
        rows = self.duck.ask("rows", ["select count(*), sum(n) from w"])
        Load.same("winners", self.ask("sum"), rows["rows"][0][0])
        if self.ask("sorted") != ["0"]:
            raise Wrong("sorting decided, not the hash table")
        print(f"same on both sides: of {self.rows} registrations "
              f"{rows['rows'][0][0][0]} count, the sum of their numbers")

    def compare(self, pairs):
        ours, theirs = [], []
        for _ in range(pairs):
            ours.append(self.ours())
            theirs.append(self.theirs())
        return say("choosing", ours, theirs)

    def close(self):
        self.program.close()
        self.duck.close()


def main():
    exe, unit, node, work, thousands, pairs, dedup = sys.argv[1:8]
    unit, work = pathlib.Path(unit), pathlib.Path(work)
    sys.stdout.reconfigure(line_buffering=True)
    count.machine()
    try:
        one = Dedup(unit, node, work, int(dedup) * 1000)
        one.check()
        chosen = one.compare(int(pairs))
        one.close()
        load = Load(exe, unit, node, work, int(thousands) * 1000)
        load.check()
        loaded = load.compare(int(pairs))
    except Wrong as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    lines = [("csv_to_columns_1m", loaded, 10, 25),
             ("dedup_10m", chosen, 5, 10)]
    for name, ratio, least, aim in lines:
        print(f"{name}\t{ratio:.2f}\t{least}\t{aim}", flush=True)
    return 0 if all(r >= m for _, r, m, _ in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
