#!/usr/bin/env bash
# JSON-stat read by npm's jsonstat-toolkit, against our own JSON of the same
# tables; a data package by npm's datapackage.
#
#     tests/data_out/jsonstat/run.sh BRUKERPLAN STORE ROUND
#
# The packages are pinned with their hashes by the lock file beside this and
# put into build/jsonstat; no script of theirs is run. Where the machine has no Node
# 20 or newer, the one of tests/browser is used.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../../..")
exe=$1 store=$2 round=$3

TOP=$top
# shellcheck source=tests/node.sh
. "$top/tests/node.sh"
fetch "$here" "$top/build/jsonstat"
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-test.XXXXXX")
trap 'rm -rf "$work"' EXIT

for format in json jsonstat; do
    for report in mental substance; do
        "$exe" report "$store" "$round" --report $report --format $format \
            -o "$work/$report.$format"
    done
    "$exe" table "$store" "$round" --rows index_grade --columns sex \
        --where 'target_group = mental' --format $format \
        > "$work/single.$format"
done
for name in mental substance single; do
    NODE_MODULES=$top/build/jsonstat "$node" "$here/read.mjs" \
        "$work/$name.jsonstat" "$work/$name.json"
done

"$exe" export "$store" "$round" --format package -o "$work/package"
python3 -m zipfile -e "$work/package" "$work/unpacked"
NODE_MODULES=$top/build/jsonstat "$node" "$here/package.mjs" "$work/unpacked"
