#!/usr/bin/env bash
# The benchmark of the counters; see counters.py for what is done.
#
#     tests/bench/counters.sh BRUKERPLAN [PAIRS]
#
# BRUKERPLAN is that of a build folder, from which the program's side is
# built, too. DuckDB, pinned with its hash, comes from npm to build/duckdb.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
TOP=$(realpath "$here/../..")
exe=$(realpath "$1") pairs=${2:-5}
build=$(dirname "$exe")

# shellcheck source=tests/node.sh
. "$TOP/tests/node.sh"
fetch "$here/count" "$TOP/build/duckdb" >&2
flock "$build/.lock" ninja -C "$build" tests/unit/counters_bench > /dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NODE_MODULES=$TOP/build/duckdb
python3 "$here/counters.py" "$exe" "$build/tests/unit/counters_bench" \
    "$node" "$work" "$pairs"
