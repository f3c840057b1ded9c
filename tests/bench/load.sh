#!/usr/bin/env bash
# The benchmark of loading and of choosing who counts; see load.py for what
# is done.
#
#     tests/bench/load.sh BRUKERPLAN [THOUSANDS [PAIRS [DEDUP]]]
#
# BRUKERPLAN must be the one of build/. THOUSANDS of registrations are loaded
# (1000), and DEDUP thousands are chosen among (10000): 2 GB of disk and
# 8 GB of memory for a while. What is made stands in build/bench-load and is
# removed again; DuckDB, pinned with its hash, comes from npm to build/duckdb.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
TOP=$(realpath "$here/../..")
exe=$(realpath "$1") thousands=${2:-1000} pairs=${3:-5} dedup=${4:-10000}
build=${BUILD:-$TOP/build}
work=$build/bench-load

# shellcheck source=tests/node.sh
. "$TOP/tests/node.sh"
fetch "$here/count" "$TOP/build/duckdb" >&2
flock "$build/.lock" ninja -C "$build" tests/unit/count_bench \
    tests/unit/dedup_bench tests/unit/parts_bench > /dev/null
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export NODE_MODULES=$TOP/build/duckdb
python3 "$here/load.py" "$exe" "$build/tests/unit" "$node" "$work" \
    "$thousands" "$pairs" "$dedup"
