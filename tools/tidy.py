#!/usr/bin/env python3
"""clang-tidy over the sources, again only where something changed.

    tools/tidy.py

The build of clang (tools/build.sh clang) must be there: how each source is
compiled, and which headers it includes, is read from it. What was found in
order is remembered in build/lint-cache, by a hash of all that it depends on.
JOBS processes (all cores)."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

BUILD = pathlib.Path("build/clang")
CACHE = pathlib.Path("build/lint-cache")


def dependencies():
    """The files that each object was made of, as ninja knows them."""
    said = subprocess.run(["ninja", "-C", BUILD, "-t", "deps"],
                          capture_output=True, text=True, check=True).stdout
    found, of = {}, None
    for line in said.splitlines():
        if line.startswith("    "):
            of.append(line.strip())
        elif line:
            of = found.setdefault(line.split(": #deps")[0], [])
    return found


class Hashes(dict):
    """A file's hash, by its path from the build."""

    def __missing__(self, path):
        self[path] = hashlib.sha256((BUILD / path).read_bytes()).digest()
        return self[path]


def jobs():
    """What is to be looked at: (source, hash of all it depends on)."""
    command = ["clang-tidy", "--quiet", "-p", str(BUILD)]
    version = subprocess.run(["clang-tidy", "--version"], check=True,
                             capture_output=True).stdout
    common = version + pathlib.Path(".clang-tidy").read_bytes() \
        + " ".join(command).encode()
    of, hashes, found = dependencies(), Hashes(), []
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        source = os.path.relpath(
            os.path.join(entry["directory"], entry["file"]))
        if not source.startswith("src/") or entry["output"] not in of:
            continue
        key = hashlib.sha256(common + entry["command"].encode())
        for path in sorted(of[entry["output"]]):
            key.update(hashes[path])
        found.append((source, key.hexdigest()))
    return command, sorted(set(found))


def look(command, source, key):
    """What is wrong with SOURCE; nothing is remembered."""
    if (CACHE / key).exists():
        return ""
    done = subprocess.run([*command, source], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode == 0 and not done.stdout.strip():
        (CACHE / key).touch()
        return ""
    # Its counts of warnings in system headers go to standard error.
    return done.stdout or done.stderr or f"{source}: {done.returncode}\n"


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    command, todo = jobs()
    listed = {str(p) for p in pathlib.Path("src").glob("*/*.c")}
    missing = sorted(listed - {source for source, _ in todo})
    new = sum(not (CACHE / key).exists() for _, key in todo)
    many = int(os.environ.get("JOBS") or os.cpu_count())
    wrong = [f"{source}: it is not built\n" for source in missing]
    with concurrent.futures.ThreadPoolExecutor(many) as pool:
        wrong += [said for said in pool.map(
            lambda one: look(command, *one), todo) if said]
    sys.stdout.writelines(wrong)
    print(f"{len(todo)} sources, {new} of them looked at, "
          f"{len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
