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
