#!/usr/bin/env bash
# The benchmark of the counting; see count.py for what is done.
#
#     tests/bench/count.sh BRUKERPLAN [MILLIONS [PAIRS]]
#     tests/bench/count.sh BRUKERPLAN plot FILE.svg [MOST]
#
# BRUKERPLAN must be the one of build/. MILLIONS of registrations: 1, 10, or
# both (1,10), which is usual; 10 need some 7 GB of disk for a while and 8 GB
# of memory. The second draws time over their number (count_plot.py). What is
# made stands in build/bench-count and is removed again; DuckDB, pinned with
# its hash, comes from npm to build/duckdb.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
TOP=$(realpath "$here/../..")
exe=$(realpath "$1") millions=${2:-1,10} pairs=${3:-5}
work=$TOP/build/bench-count

# shellcheck source=tests/node.sh
. "$TOP/tests/node.sh"
fetch "$here/count" "$TOP/build/duckdb" >&2
flock "$TOP/build/.lock" ninja -C "$TOP/build" tests/unit/count_bench \
    > /dev/null
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
export NODE_MODULES=$TOP/build/duckdb
sides=("$exe" "$TOP/build/tests/unit/count_bench" "$node" "$work")
if [ "$millions" = plot ]; then
    python3 "$here/count_plot.py" "${sides[@]}" "${@:3}"
else
    python3 "$here/count.py" "${sides[@]}" "$millions" "$pairs"
fi
