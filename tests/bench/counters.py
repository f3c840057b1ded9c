#!/usr/bin/env python3
"""The benchmark of the counters behind counters.sh.

    tests/bench/counters.py BRUKERPLAN COUNTERS NODE WORK PAIRS

One municipality's report: the 65 tables of tables.tsv over the demo's round,
3,556 recipients. COUNTERS (tests/bench/count/counters.c) has them counted and
reads the finished tables off; DuckDB counts them from the same registrations,
as the round's export has them, by the SQL of count_sql.py. Every cell is
compared first. Then both in turn: DuckDB once, the program the mean of TIMES,
for it has ended before a clock's tick. DuckDB is asked by prepared
statements, so that neither side reads words in the time that counts, and by
their words; the quicker is taken.

The last line is name, ratio of medians, least, aim."""
import pathlib
import statistics
import subprocess
import sys

import count
import count_sql

TIMES = 1000
ROUND = "bergen-2014"
TABLES = count.HERE / "tables.tsv"


class Counters(count.Program):
    def cells(self):
        found = {}
        for line in self.ask("cells"):
            table, row, column, n = line.split("\t")
            found.setdefault(table, {})[row, column] = int(n)
        return found

    def seconds(self, what, times):
        return [float(x) for x in self.ask(f"{what} {times}")[0].split("\t")]


def load(duck, program, questions, file):
    """The variables of FILE and QUESTIONS, with rec made of it."""
    with open(file, encoding="utf-8") as f:
        header = f.readline().strip().split(";")
    asked = {q[k] for q in questions for k in ("columns", "sum")}
    asked |= {n for q in questions if ";" not in q["rows"]
              for n in q["rows"].split(",")}
    named = (asked | set(header) | {"index", "age", "any_plan", "children",
                                    "has_care", "has_contact"}
             | {f"{c}_r" for c in ("firstline", "nav", "specialist")})
    variables = {n: program.variable(n)
                 for n in named - count.NOT_VARIABLES
                 - {"superseded_by", ""}}
    for sql in count_sql.load(header, variables, file):
        duck.ask("run", sql)
    return variables


def check(duck, program, questions, made):
    rows = duck.ask("rows", [sql for sql, _ in made])["rows"]
    ours, cells = program.cells(), 0
    for q, (_, cells_of), r in zip(questions, made, rows):
        theirs = cells_of(r)
        cells += len(theirs)
        count.Bench.same(q["name"], "counters", ours.get(q["name"], {}),
                         theirs)
    people, tables, places = program.ask("size")[0].split("\t")
    print(f"{people} recipients, {tables} tables with {places} places: same "
          f"on both sides, {cells} cells that are not 0")


def compare(duck, program, sql, pairs):
    duck.threads(1)
    duck.ask("prepare", sql)
    theirs, words, ours = [], [], []
    for _ in range(pairs):
        ours.append(program.seconds("time", TIMES))
        theirs.append(duck.ask("prepared", True)["seconds"])
        words.append(duck.ask("time", sql)["seconds"])
    read, copied, asked, page = (statistics.median(t)
                                 for t in zip(*ours))
    prepared, word_s = statistics.median(theirs), statistics.median(words)
    duck_s = min(prepared, word_s)
    print(f"tables from counters {read * 1e6:.1f} us; DuckDB prepared "
          f"{prepared * 1e3:.1f} ms, from the words {word_s * 1e3:.1f} ms; "
          f"beside the quicker, ratio {duck_s / read:.0f}")
    print(f"from a copy of the counters, as they are handed out "
          f"{copied * 1e6:.1f} us, ratio {duck_s / copied:.0f}")
    print(f"from the words {asked * 1e6:.0f} us, with the access log's "
          f"record {page * 1e6:.0f} us, ratios {duck_s / asked:.0f} and "
          f"{duck_s / page:.0f}")
    took, rows = program.seconds("update", 3 * TIMES)
    print(f"an update: a registration read again, out of all counters, in "
          f"again and decided {took * 1e6:.1f} us, {rows * 1e6:.1f} of them "
          f"counting; checked")
    return duck_s / read


def main():
    exe, counters, node, work, pairs = sys.argv[1:6]
    work = pathlib.Path(work)
    sys.stdout.reconfigure(line_buffering=True)
    count.machine()
    subprocess.run([exe, "demo", work / "store"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    file = work / "round.csv"
    subprocess.run([exe, "export", work / "store", ROUND, "--format", "csv",
                    "-o", file], check=True)
    questions = count.read_list("tables.tsv")
    program = Counters([counters, work / "store", ROUND, TABLES])
    duck = count.Duck([node, count.HERE / "count/duck.mjs", work / "db"])
    try:
        variables = load(duck, program, questions, file)
        made = [count_sql.table(q, variables) for q in questions]
        check(duck, program, questions, made)
        ratio = compare(duck, program, [sql for sql, _ in made], int(pairs))
    except count.Wrong as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    program.close()
    duck.close()
    print(f"counters\t{ratio:.0f}\t1000\t10000")
    return 0 if ratio >= 1000 else 1


if __name__ == "__main__":
    sys.exit(main())
