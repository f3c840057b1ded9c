#!/usr/bin/env bash
# Runs each fuzz target for a while. The corpus begins with the files of the
# other tests and grows in build/fuzz/corpus.
#
#     tools/fuzz.sh [SECONDS]     for each target; 60 if not said
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
tools/build.sh fuzz

# seed TARGET FILE...: copies of files, or lines, to begin with.
seed() {
    local target=$1
    shift
    mkdir -p "build/fuzz/corpus/$target"
    cp "$@" "build/fuzz/corpus/$target"
}
seed csv tests/refused/import/*.csv
mkdir -p build/fuzz/lines
python3 - build/fuzz/lines <<'END'
import json, pathlib, sys
figures = json.load(open("tests/data/bergen-2014-published.json"))["figures"]
for i, figure in enumerate(figures):
    (pathlib.Path(sys.argv[1]) / str(i)).write_text(figure["where"])
END
seed expr build/fuzz/lines/*
seed instrument tests/data/tiny.yaml
{
    cat tests/data/tiny.yaml
    cat <<'END'
local:
  off: [visits, sex.male, categories.work]
  texts: [{at: talks, help: {nb: a}, examples: {en: b}},
          {at: home.red, help: {nn: c}}]
  services: [{category: care, code: tea, label: {nb: d}, replaces: meals}]
  names: [{at: services.talks, label: {nb: e}}]
END
} > build/fuzz/corpus/instrument/local.yaml
seed template src/web/templates/*.html
python3 tests/fuzz/seed_opc_read.py build/fuzz/corpus/opc_read
seed text texts/*.md
mkdir -p build/fuzz/corpus/population build/fuzz/corpus/aggregate
python3 - build/fuzz/corpus <<'END'
import hashlib, json, pathlib, sys
ages = [f"{a:03d}" for a in range(105)] + ["105+"]
ids = ["Region", "Kjonn", "Alder", "Tid"]
cats = [["1201"], ["2", "1"], ages, ["2014"]]
people = {"version": "2.0", "class": "dataset", "id": ids,
          "size": [len(c) for c in cats], "value": list(range(212)),
          "role": {"time": ["Tid"], "geo": ["Region"]},
          "dimension": {i: {"category": {"index": c}}
                        for i, c in zip(ids, cats)}}
text = open("tests/data/tiny.yaml", encoding="utf-8").read()
table = {"id": "areas", "counts": "recipients", "rows": ["a", "b"],
         "columns": ["c"], "cells": [1, None], "of": [5, -1]}
file = {"brukerplan": "aggregate", "format": 1, "name": "B", "total": False,
        "municipalities": [4601], "year": 2020, "period": 1,
        "mapping_from": "", "mapping_to": "", "from_age": 18,
        "inclusion": "", "synthetic": True, "population": None,
        "instrument": {"id": "tiny", "version": 1, "switched_on": "",
                       "sha256": hashlib.sha256(text.encode()).hexdigest(),
                       "definition": text},
        "index": {"version": 1, "own": False, "rule": "x"},
        "protection": {"kind": "hidden", "threshold": 5},
        "reports": [{"id": "whole", "recipients": 100, "tables": [table]}],
        # the public half of the seed in fuzz_aggregate.c
        "key": "cecc1507dc1ddd7295951c290888f095adb9044d1b73d696e6df065d683bd4fc"}
folder = pathlib.Path(sys.argv[1])
(folder / "population/a").write_text(json.dumps(people))
(folder / "aggregate/a").write_text(
    json.dumps(file, separators=(",", ":"), ensure_ascii=False)[:-1],
    encoding="utf-8")
END
# What is done to a file of columns: which and how, then what, where, value.
mkdir -p build/fuzz/corpus/columns
for how in 00 01 02 03 05 06 07 0b 13 27; do
    printf '%b' "\\x$how" > "build/fuzz/corpus/columns/whole-$how"
    for what in 0 1 2 3 4 5 6; do
        printf '%b' "\\x$how\\x0$what\\xe8\\x03\\x00\\x00\\x05" \
            > "build/fuzz/corpus/columns/$how-$what"
    done
done
mkdir -p build/fuzz/corpus/ident build/fuzz/corpus/http
printf '/a%%20b?c=%%C3%%A6+d\ne=f; a=1\nname=K%%c3%%a5re&b' \
    > build/fuzz/corpus/http/request
for file in tests/fuzz/fuzz_*.c; do
    name=$(basename "$file" .c) name=${name#fuzz_}
    mkdir -p "build/fuzz/corpus/$name"
    echo "$name: $seconds s"
    # Messages of a target go to its log; what stops it goes to both.
    "build/fuzz/tests/fuzz/fuzz_$name" -max_total_time="$seconds" \
        -artifact_prefix="build/fuzz/$name-" -timeout=10 \
        "build/fuzz/corpus/$name" > "build/fuzz/$name.log" 2>&1 ||
        { tail -n 40 "build/fuzz/$name.log"; exit 1; }
    tail -n 1 "build/fuzz/$name.log"
done
