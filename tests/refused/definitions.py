#!/usr/bin/env python3
"""Definitions that must be refused with that exact message.

    tests/refused/definitions.py BRUKERPLAN             compares
    tests/refused/definitions.py BRUKERPLAN --record    writes what came

The cases stand in definitions.txt, which says how they are written."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE / "definitions.txt"
GOOD = HERE.parent / "data/tiny.yaml"


def read_cases(lines):
    """[(name, edits, expected, place of the = line)]; an edit is (old lines,
    new lines)."""
    cases, name, edits, old, new = [], None, [], [], []
    for at, line in enumerate(lines):
        if line.startswith("@ "):
            name, edits, old, new = line[2:], [], [], []
        elif line.startswith("-") and name:
            if new:
                edits.append((old, new))
                old, new = [], []
            old.append(line[2:])
        elif line.startswith("+") and name:
            new.append(line[2:])
        elif line.startswith("=") and name:
            cases.append((name, edits + [(old, new)], line[2:], at))
            name = None
    return cases


def edited(text, edits, name):
    for old, new in edits:
        added = "".join(line + "\n" for line in new)
        if old == ["*"]:
            text = added
        elif old:
            gone = "".join(line + "\n" for line in old)
            if gone not in text:
                sys.exit(f"{name}: these lines are not in tiny.yaml:\n{gone}")
            text = text.replace(gone, added, 1)
        else:
            text += added
    return text


def message(program, text):
    """(exit status, the message) of a definition called tiny.yaml."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "tiny.yaml"
        file.write_text(text, encoding="utf-8")
        done = subprocess.run([program, "instrument", "check", "tiny.yaml"],
                              cwd=folder, capture_output=True, text=True,
                              check=False)
    return done.returncode, done.stderr.rstrip("\n")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    record = "--record" in sys.argv[2:]
    lines = CASES.read_text(encoding="utf-8").splitlines()
    good = GOOD.read_text(encoding="utf-8")
    failed = 0

    status, said = message(program, good)
    if status != 0:
        sys.exit(f"tiny.yaml is refused: {said}")
    cases = read_cases(lines)
    for name, edits, expected, at in cases:
        status, said = message(program, edited(good, edits, name))
        if record:
            lines[at] = f"= {said}"
        if status != 1 or not record and said != expected:
            failed += 1
            print(f"FAILED: {name} (exit {status})\n    said     {said}"
                  f"\n    expected {expected}")
    if record:
        CASES.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
