#!/usr/bin/env bash
# The benchmarks of loading, import, counting and counters, one after the
# other, and at the end the lines of all.
#
#     tests/bench/bench.sh BRUKERPLAN
#
# Exits 0 where all do.
set -euo pipefail
here=$(dirname "$0")
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
wrong=0

# What is said, at once, but the lines of results.
but_lines() {
    awk -F '\t' -v lines="$lines" '
        NF == 4 && $2 $3 $4 ~ /^[0-9.]+$/ { print >> lines; next }
        { print; fflush() }'
}

# Loading first: later on memory is full of cached files, and large pages are
# slow to come by.
for one in load run count counters; do
    "$here/$one.sh" "$@" | but_lines || wrong=1
done
cat "$lines"
exit "$wrong"
