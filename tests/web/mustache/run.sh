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

TOP=$top
# shellcheck source=tests/node.sh
. "$top/tests/node.sh"
fetch "$here" "$top/build/mustache"
flock "$top/build/.lock" ninja -C "$top/build" "$render"
NODE_MODULES=$top/build/mustache "$node" "$here/compare.mjs" \
    "$top/build/$render" "${1:-2000}" "${2:-1}"
