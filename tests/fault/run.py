#!/usr/bin/env python3
"""Whatever fails once, the store is as before or the work is wholly done.

    tests/fault/run.py PROGRAM SHIM [--long] [WORK...]

PROGRAM is brukerplan_fault (hook.c), SHIM the library of shim.c. Each work
below is run once to count its chances to fail: to be given memory, to write,
sync, open and remove, and the statements of the database. Then it is run
once for each of them, and

* it says 3 (the machine failed) in one line and nothing else, and the store
  is as before: the same export, units, opt-outs, keys; nothing to be told
  by `check`; and done again it succeeds;
* or it says 0, and everything is there: what failed was not needed, such as
  tidying up.

Where a small allocation fails the process ends at once. What `init`, `demo`
and `backup` were making is then left half made: it must not pass for a
store (a demo without its registrations is one), and when it is taken away
they succeed.

Without --long, where there are many chances to be given memory, every eighth
of an import and some hundreds of the others, and doing it again is tried
every eighth time. So is asking where every file has the bytes it had before:
the same bytes would get the same answers, and asking is ten processes. With
--long all chances are taken, and all this is done each time of an import."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

# Of many chances, without --long: the first, some of all, and some of the
# last, for most of the memory is for reading the instrument.
FIRST, SOME, LAST, LATE = 40, 60, 5000, 200
PARALLEL = int(os.environ.get("JOBS") or 2)
THOROUGH = 8    # every so many is looked at in every way

# A small definition, so that most chances are the import's own and many of
# them can be taken: every eighth, and all of them with --long.
TINY = pathlib.Path(__file__).resolve().parent.parent / "data/tiny.yaml"
OFTEN, OFTEN_STEP = {"import"}, 8
# Works that mostly count and write, of whose chances these many are taken.
FEW, FEW_MANY = {"sav", "package", "publish", "aggregate", "add", "brand",
                 "population", "count"}, 3

UNITS = """unit,name,tier,number_required
nord,Nord,1=Vedtak|2,
sor,Sør,2|3,
ost,Øst,1,1
"""
FIRST_ROWS = """unit;target;home;ident;remark;helpers
nord;mental;2;{0};A 1;nord|sor
sor;mental;3;{1};;
nord;mental;4;;;sor
"""
SECOND_ROWS = """unit;tier;target;home;ident;remark;status
nord;1;mental;2;{1};B 2;
sor;3;mental;3;{1};;
sor;3;mental;3;{2};"C ""3"" x";
nord;2;mental;3;{3};;draft
nord;1;mental;4;;D 4;
ost;1;mental;5;{4};;withdrawn
ost;1;mental;5;{4};E 5;
"""


def number(n):
    """The nth synthetic number of 1 January 1980."""
    found = 0
    for three in range(500):
        d = [int(c) for c in f"018180{three:03}"]
        for weights in ("376189452", "5432765432"):
            d.append(-sum(a * int(w) for a, w in zip(d, weights)) % 11)
        if 10 in d:
            continue
        if found == n:
            return "".join(map(str, d))
        found += 1
    raise ValueError(n)


NUMBERS = [number(n) for n in range(8)]


class Failed(Exception):
    pass


class Bench:
    """The program, and folders to run it in."""

    def __init__(self, program, shim, root):
        self.program, self.shim = program, shim
        self.root = pathlib.Path(root)

    def run(self, folder, words, fault=None):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        seen = folder / "seen"
        if fault is not None:
            kind, n = fault
            seen.unlink(missing_ok=True)
            env |= {"FAULT_KIND": kind, "FAULT_AT": str(n),
                    "FAULT_SEEN": str(seen)}
            if kind != "statement":
                env["LD_PRELOAD"] = str(self.shim)
        done = subprocess.run([self.program, *words], cwd=folder, env=env,
                              stdin=subprocess.DEVNULL, capture_output=True,
                              check=False)
        count = seen.read_text().split() if seen.exists() else None
        return done, count

    def must(self, folder, *words):
        done, _ = self.run(folder, words)
        if done.returncode != 0:
            raise Failed(f"{' '.join(words)}: exit {done.returncode}: "
                         f"{done.stderr.decode(errors='replace')}")
        return done.stdout

    def state(self, folder, store="store"):
        """Everything that can be asked of a store, and its keys."""
        if not (folder / store).exists():
            return None

        def ask(*words):
            return self.must(folder, *words, "--keys", "store.keys")

        rounds = ask("round", "list", store)
        out = [ask("check", store), rounds, ask("user", "list", store)]
        for line in rounds.decode().splitlines():
            name, kind = line.split("\t")[0], line.split("\t")[4]
            out.append(ask("round", "show", store, name))
            out.append(ask("optout", "list", store, name))
            if kind != "training":
                out.append(ask("export", store, name, "--format", "csv",
                               "-o", "-"))
        keys = folder / "store.keys"
        return out + [(p.name, p.read_bytes() if "new" not in p.name else b"")
                      for p in sorted(keys.glob("*"))]


# --- the works: what is there before, the words, what is looked at after

def nothing(_bench, _folder):
    pass


def empty(bench, folder):
    (folder / "units.csv").write_text(UNITS, encoding="utf-8")
    bench.must(folder, "init", "store")


def filled(bench, folder):
    empty(bench, folder)
    bench.must(folder, "round", "new", "store", "r", "--municipality",
               "1201", "--year", "2014", "--units", "units.csv",
               "--synthetic", "--instrument", str(TINY))
    bench.must(folder, "round", "switch", "store", "r", "remark")
    (folder / "first.csv").write_text(FIRST_ROWS.format(*NUMBERS),
                                      encoding="utf-8")
    (folder / "second.csv").write_text(SECOND_ROWS.format(*NUMBERS),
                                       encoding="utf-8")
    (folder / "numbers").write_text(f"{NUMBERS[1]}\n{NUMBERS[5]}\n",
                                    encoding="utf-8")
    (folder / "other").write_text(f"{NUMBERS[6]}\n", encoding="utf-8")
    bench.must(folder, "import", "store", "r", "first.csv")
    bench.must(folder, "optout", "add", "store", "r", "other")


def closed(bench, folder):
    """With the key that files are signed with, which chance makes."""
    filled(bench, folder)
    bench.must(folder, "round", "close", "store", "r")
    bench.must(folder, "aggregate", "key", "store")


def branded(bench, folder):
    filled(bench, folder)
    bench.must(folder, "report", "store", "r", "--report", "whole",
               "--format", "docx", "-o", "letter.docx")


def given(bench, folder):
    """With the file of another's round, and its key."""
    closed(bench, folder)
    bench.must(folder, "aggregate", "write", "store", "r", "-o", "r.json")
    (folder / "r.pub").write_bytes(bench.must(folder, "aggregate", "key",
                                              "store"))


def counted(bench, folder):
    """With Statistics Norway's table, of a hundred of each age."""
    filled(bench, folder)
    sides = {"Region": ["1201"], "Tid": ["2014"],
             "Alder": [f"{a:03}" for a in range(105)] + ["105+"]}
    (folder / "people.json").write_text(json.dumps({
        "version": "2.0", "class": "dataset", "id": list(sides),
        "size": [len(s) for s in sides.values()],
        "dimension": {k: {"category": {"index": s}}
                      for k, s in sides.items()},
        "value": [100] * 106}), encoding="utf-8")


WORKS = {
    "init": (nothing, ["init", "store"]),
    "round": (empty, ["round", "new", "store", "new", "--municipality",
                      "4601", "--year", "2025", "--units", "units.csv"]),
    "import": (filled, ["import", "store", "r", "second.csv"]),
    "optout": (filled, ["optout", "add", "store", "r", "numbers"]),
    "backup": (filled, ["backup", "store", "copy"]),
    "export": (filled, ["export", "store", "r", "--format", "csv", "-o",
                        "out.csv"]),
    "user": (filled, ["user", "add", "store", "per", "--name", "Per",
                      "--duty", "mapper", "--round", "r", "--unit",
                      "nord,sor"]),
    "demo": (nothing, ["demo", "store"]),
    "sav": (filled, ["export", "store", "r", "--format", "sav", "-o",
                     "out"]),
    "package": (filled, ["export", "store", "r", "--format", "package",
                         "-o", "out"]),
    "publish": (closed, ["report", "store", "r", "--report", "whole",
                         "--publish", "--format", "json", "-o", "out"]),
    "aggregate": (closed, ["aggregate", "write", "store", "r", "-o",
                           "out"]),
    "add": (given, ["aggregate", "add", "store", "r", "r.json", "--signer",
                    "r.pub"]),
    "brand": (branded, ["brand", "store", "r", "--docx", "letter.docx"]),
    "population": (counted, ["population", "store", "r", "people.json"]),
    "count": (closed, ["table", "store", "r", "--rows", "home", "--columns",
                       "unit", "--format", "csv"]),
}
# What it prints is the same whatever fails, or nothing: of a closed round a
# file is made to count by.
PRINTS = {"count"}
# What is published is in the ledger before its file is written.
LEDGERED = {"publish", "aggregate"}
# Who makes a store, and where.
MAKERS = {"init": "store", "demo": "store", "backup": "copy"}
# An opt-out whose deletion can't be tidied up is done, but not acknowledged.
MAY_BE_DONE = {"optout"}


def ledger(folder):
    """The numbers that are known to have been published."""
    base = sqlite3.connect(f"file:{folder}/store/brukerplan.db?mode=ro",
                           uri=True)
    try:
        return base.execute("select * from released_number").fetchall()
    finally:
        base.close()


def looked_at(bench, name, folder):
    state = bench.state(folder)
    if name in FEW:
        out = folder / "out"
        data = out.read_bytes() if out.exists() else None
        if data is not None and name in ("sav", "package"):
            data = bool(data)           # it has the time in it
        state = [state,
                 bench.must(folder, "brand", "store", "r"),
                 bench.must(folder, "aggregate", "list", "store", "r"),
                 ledger(folder), data]
    if name == "backup":
        state = [state, bench.state(folder, "copy")]
    if name == "export":
        out = folder / "out.csv"
        state = [state, out.read_bytes() if out.exists() else None]
    return state


def contents(folder):
    """Every file's bytes. What SQLite's lock leaves behind where a process
    ends at once has nothing in it: its index, and an empty log."""
    return {p.relative_to(folder): p.read_bytes() if p.is_file() else None
            for p in folder.rglob("*")
            if not (p == folder / "seen" or p.name.endswith("-shm")
                    or (p.name.endswith("-wal")
                        and p.stat().st_size == 0))}


def one_line(text):
    text = re.sub(rb"^Release \d+ of r stands in the ledger.*\n", b"", text)
    lines = text.decode(errors="replace").splitlines()
    if len(lines) != 1:
        return f"{len(lines)} lines were said: {lines[:4]}"
    if not text.endswith(b"\n") or re.fullmatch(r"[a-z_.]+", lines[0]) \
            or "Assert" in lines[0] or NUMBERS[1] in lines[0]:
        return f"it said {lines[0]!r}"
    return None


class Work:
    def __init__(self, bench, name, long):
        self.bench, self.name, self.long = bench, name, long
        prepare, self.words = WORKS[name]
        self.template = bench.root / name / "template"
        self.template.mkdir(parents=True)
        prepare(bench, self.template)
        self.before = looked_at(bench, name, self.template)
        self.bytes_before = contents(self.template)
        self.after = None

    def copy(self, label):
        folder = self.bench.root / self.name / label
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.template, folder)
        for made in folder.glob("store/*.columns"):
            made.unlink()               # it is to be made
        return folder

    def chances(self, kind):
        """How many there are; the work is done for reference."""
        folder = self.copy(f"count-{kind}")
        done, count = self.bench.run(folder, self.words, (kind, 0))
        if done.returncode != 0 or count is None:
            raise Failed(f"{self.name}: exit {done.returncode} without a "
                         f"fault: {done.stderr.decode(errors='replace')}")
        self.printed = done.stdout
        if self.after is None:
            self.after = looked_at(self.bench, self.name, folder)
        shutil.rmtree(folder)
        return int(count[0])

    def same(self, folder, state):
        """Whether what can be asked is STATE."""
        return looked_at(self.bench, self.name, folder) == state

    def again(self, folder):
        done, _ = self.bench.run(folder, self.words)
        if done.returncode != 0:
            return ("again: exit "
                    f"{done.returncode}: {done.stderr.decode()}")
        if not self.same(folder, self.after):
            return "done again it is not what it should be"
        return None

    def left_over(self, folder):
        """What an end at once left of a store being made is taken away."""
        name = MAKERS[self.name]
        if (folder / name).exists():
            done, _ = self.bench.run(folder, ["round", "list", name])
            if done.returncode == 0 and self.name != "demo":
                return "what is half made passes for a store"
            wrong = one_line(done.stderr)
            if done.returncode != 0 and wrong is not None:
                return f"of what is half made: {wrong}"
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.rmtree(folder / f"{name}.keys", ignore_errors=True)
        return self.again(folder)

    def judge(self, folder, done, n):
        """What is wrong, or None."""
        if done.returncode == 0:
            if self.name in PRINTS and done.stdout != self.printed:
                return "it prints something else"
            if not self.same(folder, self.after):
                return "exit 0, and not all is there"
            return None
        if done.returncode != 3:
            return (f"exit {done.returncode}: "
                    f"{done.stderr.decode(errors='replace')}")
        wrong = one_line(done.stderr)
        if wrong is not None:
            return wrong
        if done.stdout:
            return "something stands on standard output"
        if self.name in MAKERS and b": out of memory" in done.stderr:
            return self.left_over(folder)
        thorough = n % THOROUGH == 0 or (self.long and self.name in OFTEN)
        if not thorough and contents(folder) == self.bytes_before:
            return None
        if not self.same(folder, self.before):
            if self.name in MAY_BE_DONE and self.same(folder, self.after):
                return None
            if self.name in LEDGERED and self.same(
                    folder, self.after[:-1] + self.before[-1:]):
                return None
            return f"the store is another: {done.stderr.decode()}"
        return self.again(folder) if thorough else None

    def once(self, kind, n):
        folder = self.copy(f"{kind}-{n}")
        try:
            done, count = self.bench.run(folder, self.words, (kind, n))
            if count is not None and "failed" not in count:
                return None             # it had fewer chances this time
            try:
                wrong = self.judge(folder, done, n)
            except Failed as why:
                wrong = f"afterwards {why}, having said: " \
                        f"{done.stderr.decode(errors='replace')}"
            return None if wrong is None else \
                f"{self.name}, {kind} {n}: {wrong.strip()}"
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def chosen(count, long, name):
    if name == "demo":
        step = 50 if long else max(50, count // 12)
        return range(1, count + 1, step)
    if name in FEW and not long:
        many = FEW_MANY * (8 if name in PRINTS else 1)
        return range(1, count + 1, max(-(-count // many), 1))
    if long or count <= FIRST + SOME + LATE:
        return range(1, count + 1)
    if name in OFTEN:
        return range(1, count + 1, OFTEN_STEP)
    late = max(count - LAST, 0)
    return sorted(set(range(1, FIRST + 1))
                  | set(range(1, count + 1, count // SOME))
                  | set(range(late + 1, count + 1, (count - late) // LATE)))


def main():
    words = [w for w in sys.argv[1:] if w != "--long"]
    long = "--long" in sys.argv
    names = words[2:] or list(WORKS)
    wrong = total = 0
    with tempfile.TemporaryDirectory(prefix="brukerplan-test.") as root:
        bench = Bench(os.path.abspath(words[0]), os.path.abspath(words[1]),
                      root)
        for name in names:
            work = Work(bench, name, long)
            for kind in ("disk", "statement", "memory"):
                count = work.chances(kind)
                numbers = chosen(count, long, name)
                with concurrent.futures.ThreadPoolExecutor(PARALLEL) as pool:
                    faults = [f for f in pool.map(
                        lambda n, w=work, k=kind: w.once(k, n), numbers)
                        if f is not None]
                for fault in faults[:10]:
                    print(f"FAILED: {fault}")
                print(f"{name}: {kind}, {len(numbers)} of {count} chances, "
                      f"{len(faults)} wrong", flush=True)
                wrong += len(faults)
                total += len(numbers)
            shutil.rmtree(work.template.parent)
    print(f"{total - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


sys.exit(main())
