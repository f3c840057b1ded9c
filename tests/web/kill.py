#!/usr/bin/env python3
"""Every answer that was acknowledged is there after kill -9.

    tests/web/kill.py BRUKERPLAN LOAD WORK TIMES

Thirty-two mappers answer without a pause (tests/bench/load.c) until the
server is killed at a random moment (KILL_SEED=N for other ones). It starts
again, and each registration is read: of every question it must have the
answer that was acknowledged last, or the one that was under way. The store
must be without a fault each time. Sessions outlast it, too."""
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

from app import OPEN, App, Person, Wrong, make_demo, register

EXE, LOAD, WORK = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
TIMES, STORE = int(sys.argv[4]), str(pathlib.Path(sys.argv[3]) / "store")
MAPPERS, LATEST = 32, 1.5       # the last moment, in seconds
QUESTIONS = "economy mental physical housing social network activity".split()


def answer(n):
    """The question and answer of a mapper's Nth save, as load.c has them."""
    return (QUESTIONS[n % len(QUESTIONS)],
            str(1 + n // len(QUESTIONS) % 5))


def kill_once(file, after):
    """[(acknowledged, sent)] of each mapper."""
    with App(EXE, STORE, "--quiet") as app:
        load = subprocess.Popen(
            [LOAD, str(app.port), str(file), "60", "0", "0", *QUESTIONS],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(after)
        app.stop(signal.SIGKILL)
        said, wrong = load.communicate(timeout=30)
    if load.returncode != 0:
        raise Wrong(wrong)
    lines = [line.split() for line in said.splitlines()]
    bad = [int(words[1]) for words in lines if words[0] == "bad"][0]
    if bad:
        raise Wrong(f"{bad} answers were refused")
    return [(int(words[2]), int(words[3])) for words in lines
            if words[0] == "mapper"]


def allowed(before, acked, sent):
    """What may stand after ACKED of SENT saves: for each question a set."""
    stands = {q: set(a) for q, a in before.items()}
    for n in range(max(0, acked - len(QUESTIONS)), acked):
        question, value = answer(n)
        stands[question] = {value}
    for n in range(acked, sent):
        question, value = answer(n)
        stands[question] = stands.get(question, {None}) | {value}
    return stands


def look(person, ids, states):
    """Faults; STATES become what stands."""
    faults = []
    for i, public_id in enumerate(ids):
        got = person.get(f"/api/v1/rounds/{OPEN}/registrations/{public_id}")
        if got.status != 200:
            raise Wrong(f"registration {i}: {got.status}")
        stands = json.loads(got.text)["answers"]
        for question, values in states[i].items():
            if stands.get(question) not in values:
                faults.append(f"mapper {i}, {question}: "
                              f"{stands.get(question)}, not {values}")
            states[i][question] = {stands.get(question)}
    return faults


def main():
    chance = random.Random(int(os.environ.get("KILL_SEED", "1")))
    file = WORK / "mappers"
    make_demo(EXE, STORE)
    with App(EXE, STORE, "--quiet") as app:
        person = Person(app).log_in("mapper")
        ids = register(person, MAPPERS)
        app.stop()
    path = f"rounds/{OPEN}/registrations"
    file.write_text("".join(
        f"{person.cookie()}\t{person.csrf}\t/{path}/{i}/function\t"
        f"/api/v1/{path}/{i}\n" for i in ids), encoding="ascii")
    states = [{} for _ in ids]
    saved = failed = 0
    for turn in range(TIMES):
        counts = kill_once(file, chance.uniform(0.05, LATEST))
        saved += sum(acked for acked, _ in counts)
        states = [allowed(state, *count)
                  for state, count in zip(states, counts)]
        with App(EXE, STORE, "--quiet") as app:
            person.close()
            person.app = app
            faults = look(person, ids, states)
            app.stop()
            person.close()
        checked = subprocess.run([EXE, "check", STORE], capture_output=True,
                                 text=True, check=False)
        if checked.returncode != 0:
            faults.append(checked.stdout + checked.stderr)
        for fault in faults[:5]:
            print(f"FAILED: kill {turn}: {fault}")
        failed += bool(faults)
    print(f"{saved} answers acknowledged, {TIMES - failed} passed, "
          f"{failed} failed")
    if saved < 20 * TIMES:
        raise Wrong("too few answers to say anything")
    sys.exit(failed > 0)


main()
