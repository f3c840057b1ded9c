#!/usr/bin/env python3
"""The benchmark behind web.sh.

    tests/bench/web.py BRUKERPLAN TOOLS WORK PAIRS

Everything runs on this machine, over loopback, with log, sandbox and access
log as they always are; the two sides of a ratio are measured in turn, PAIRS
times, and each ratio is of the two medians. TOOLS holds load and raw.

  pages     the time of every page in the server, as its own log says it
  form      the registration form, session and rights checked, with wrk;
            beside libmicrohttpd alone with a constant page as long as the
            form with its headers, on as many threads
  autosave  answers a second at 64 connections, each on disk when it is
            acknowledged; beside SQLite alone with the same statements on
            the same rows, one transaction each (raw.c)
  alone     one mapper's answers; beside two syncs of the same disk
  mappers   200 at once, opening forms and answering: the 99th percentile

First both sides are asked for the same: the form is the form, and each
answer that was saved is there. The last lines: name, ratio of medians,
least, aim."""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

from app import CLOSED, OPEN, App, Person, Wrong, make_demo, pages, register

EXE, TOOLS = sys.argv[1], pathlib.Path(sys.argv[2])
WORK, PAIRS = pathlib.Path(sys.argv[3]), int(sys.argv[4])
STORE = str(WORK / "store")
LIMITS = {"form": (0.5, 0.8), "autosave": (3, 4), "alone": (1, 2)}
IO_THREADS = "2"                # as cmd_serve.c has them
MAPPERS, CONNECTIONS, ROUND_SECONDS, MANY_SECONDS = 200, 64, 1, 10
QUESTIONS = "economy mental physical housing social network activity".split()
ACCOUNTS = ("coordinator", "mapper", "leader", "admin", "analyst", "dpo",
            "group", "resource")
PAGE_TIMES = 60
API = f"/api/v1/rounds/{OPEN}/registrations"


def output(*words):
    return subprocess.run([str(w) for w in words], check=True, text=True,
                          capture_output=True).stdout


def say(*words):
    print(*words, flush=True)


def percentile(values, part):
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


# pages

def places(people, ids):
    """What may stand for each {word} of a path, to be tried."""
    units = ["psykisk_helse_laksevag", "nav_laksevag"]
    found = {"round": [OPEN, CLOSED], "id": ids[:1], "tab": ["function"],
             "unit": units, "account": ["mapper"]}
    for start in (f"/rounds/{CLOSED}/setup", f"/rounds/{CLOSED}/setup/lists",
                  f"/rounds/{CLOSED}/setup/services",
                  f"/rounds/{CLOSED}/setup/texts"):
        text = people["coordinator"].get(start).text
        for where, word in re.findall(r'/setup/(\w+)/([\w-]+)"', text):
            found.setdefault({"lists": "list", "services": "service",
                              "texts": "variable",
                              "service": "category"}.get(where, where),
                             []).append(word)
    return {name: values[:3] for name, values in found.items()}


def fill(path, words):
    """Paths with every {word} filled in."""
    hole = re.search(r"\{(\w+)\}", path)
    if hole is None:
        return [path]
    return [p for word in words.get(hole.group(1), [])
            for p in fill(path.replace(hole.group(), word, 1), words)]


def open_page(people, path, words):
    """Who gets a page there, and where; None where nobody does."""
    for at in fill(path, words):
        for person in people.values():
            if person.get(at).status == 200:
                return person, at
    return None


def server_times(log, begin):
    """Microseconds of the good answers in LOG from byte BEGIN on."""
    with open(log, "rb") as file:
        file.seek(begin)
        return [int(m) for m in re.findall(rb" 200 (\d+) us GET ",
                                           file.read())]


def measure_pages(app, ids):
    people = {a: Person(app).log_in(a) for a in ACCOUNTS}
    words = places(people, ids)
    nobody = []
    say("page\tmicroseconds: median\t99th percentile\tbytes")
    for method, path, _, _ in pages():
        if method != "GET":
            continue
        found = open_page(people, path, words)
        if found is None:
            nobody.append(path)
            continue
        person, at = found
        begin = os.path.getsize(app.log)
        for _ in range(PAGE_TIMES):
            size = len(person.get(at).body)
        time.sleep(0.25)        # lines.h
        times = server_times(app.log, begin)
        if len(times) < PAGE_TIMES / 2:
            raise Wrong(f"{path}: {len(times)} lines in the log")
        say(f"{path}\t{statistics.median(times):.0f}\t"
            f"{percentile(times, 0.99)}\t{size}")
    say("not measured, for nobody has one in the demo:", *nobody)


# the form

def wrk(url, cookie=None):
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND_SECONDS}s", url]
    if cookie:
        words += ["-H", f"Cookie: {cookie}"]
    text = output(*words)
    if "Non-2xx" in text or "Socket errors" in text:
        raise Wrong(text)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


def measure_form(app, person, public_id):
    path = f"/rounds/{OPEN}/registrations/{public_id}/function"
    answer = person.get(path)
    if answer.status != 200 or b'name="economy"' not in answer.body:
        raise Wrong(f"no form: {answer.status}")
    size = len(answer.body) + sum(len(n) + len(v) + 4
                                  for n, v in answer.headers)
    ours, theirs = [], []
    with subprocess.Popen([TOOLS / "raw", "page", str(size), IO_THREADS],
                          stdout=subprocess.PIPE, text=True) as raw:
        port = raw.stdout.readline().split()[1]
        for _ in range(PAIRS):
            theirs.append(wrk(f"http://127.0.0.1:{port}/"))
            ours.append(wrk(app.url + path, person.cookie()))
        raw.terminate()
    say(f"form: {statistics.median(ours):.0f} a second, the library alone "
        f"{statistics.median(theirs):.0f}, {size} bytes")
    return statistics.median(ours) / statistics.median(theirs)


# autosave

class Mappers:
    """load.c, with so many of them."""

    def __init__(self, app, people, ids):
        self.app, self.ids, self.person = app, ids, people[0]
        self.lines = [
            f"{p.cookie()}\t{p.csrf}\t/rounds/{OPEN}/registrations/{i}"
            f"/function\t{API}/{i}\n"
            for p, i in zip(people * (len(ids) // len(people) + 1), ids)]

    def run(self, count, seconds, think_ms=0, opens=0):
        """{"open" and "save": (count, a second, median and 99th percentile
        in microseconds)}, after each answer was found where it should."""
        file = WORK / "mappers"
        file.write_text("".join(self.lines[:count]), encoding="ascii")
        said = [line.split() for line in output(
            TOOLS / "load", self.app.port, file, seconds, think_ms, opens,
            *QUESTIONS).splitlines()]
        bad = [words for words in said if words[0] == "bad"][0]
        if bad[1] != "0":
            raise Wrong(f"{bad[1]} answers were refused")
        self.look([(int(words[1]), int(words[2])) for words in said
                   if words[0] == "mapper"])
        return {words[0]: tuple(float(w) for w in words[1:])
                for words in said if words[0] in ("open", "save")}

    def look(self, saved):
        """Every answer that was acknowledged is there."""
        for mapper, count in saved:
            got = self.person.get(f"{API}/{self.ids[mapper]}")
            stands = json.loads(got.text)["answers"]
            for n in range(max(0, count - len(QUESTIONS)), count):
                question = QUESTIONS[n % len(QUESTIONS)]
                value = str(1 + n // len(QUESTIONS) % 5)
                if stands.get(question) != value:
                    raise Wrong(f"mapper {mapper}: {question} is "
                                f"{stands.get(question)}, not {value}")


def raw_saves():
    """SQLite's own transactions a second on a copy of the store."""
    copy = WORK / "raw.db"
    for end in ("", "-wal", "-shm"):
        pathlib.Path(f"{copy}{end}").unlink(missing_ok=True)
    for end in ("", "-wal"):
        if os.path.exists(f"{STORE}/brukerplan.db{end}"):
            shutil.copy(f"{STORE}/brukerplan.db{end}", f"{copy}{end}")
    return float(output(TOOLS / "raw", "save", copy, ROUND_SECONDS))


def measure_autosave(mappers):
    ours, theirs = [], []
    for _ in range(PAIRS):
        theirs.append(raw_saves())
        ours.append(mappers.run(CONNECTIONS, ROUND_SECONDS)["save"][1])
    say(f"autosave: {statistics.median(ours):.0f} a second at {CONNECTIONS} "
        f"connections, SQLite alone {statistics.median(theirs):.0f}")
    return statistics.median(ours) / statistics.median(theirs)


def measure_alone(mappers):
    syncs, ours = [], []
    for _ in range(PAIRS):
        syncs.append(float(output(TOOLS / "raw", "sync", WORK / "sync",
                                  1000)) * 1e6)
        ours.append(mappers.run(1, ROUND_SECONDS)["save"][2])
    say(f"alone: {statistics.median(ours):.0f} microseconds an answer, two "
        f"syncs {statistics.median(syncs):.0f}")
    return statistics.median(syncs) / statistics.median(ours)


def measure_many(mappers):
    for think in (0, 1000):
        got = mappers.run(MAPPERS, MANY_SECONDS, think, 20)
        for kind in ("open", "save"):
            count, rate, median, late = got[kind]
            say(f"{MAPPERS} mappers, {think / 1000:.0f} s between answers, "
                f"{kind}: {rate:.0f} a second, median {median / 1000:.1f} "
                f"ms, 99th percentile {late / 1000:.1f} ms")


def main():
    say(f"load of the machine at the start: {os.getloadavg()[0]:.1f}, "
        f"{os.cpu_count()} cores, {PAIRS} pairs")
    make_demo(EXE, STORE)
    log = str(WORK / "log")
    with App(EXE, STORE, log=log) as app:
        person = Person(app).log_in("mapper")
        ids = register(person, MAPPERS)
        mappers = Mappers(app, [person] + [Person(app).log_in("mapper")
                                           for _ in range(7)], ids)
        mappers.run(CONNECTIONS, 0.5)
        measure_pages(app, ids)
        measure_many(mappers)
        app.stop()
    ratios = {}
    with open(log, "wb"):
        pass
    with App(EXE, STORE, log=log) as app:
        person.close()
        for p in [person]:
            p.app = mappers.app = app
        ratios["form"] = measure_form(app, person, ids[0])
        ratios["autosave"] = measure_autosave(mappers)
        ratios["alone"] = measure_alone(mappers)
        code, _ = app.stop()
        if code != 0:
            raise Wrong(f"the server ended with {code}")
    checked = subprocess.run([EXE, "check", STORE], capture_output=True,
                             text=True, check=False)
    if checked.returncode != 0:
        raise Wrong(checked.stdout + checked.stderr)
    say(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    low = False
    for name, ratio in ratios.items():
        least, aim = LIMITS[name]
        low = low or ratio < least
        say(f"{name}\t{ratio:.3f}\t{least}\t{aim}")
    sys.exit(low)


main()
