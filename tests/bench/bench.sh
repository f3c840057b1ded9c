#!/usr/bin/env bash
# The benchmarks of import, counting, counters and loading, one after the
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

for one in run count counters load; do
    "$here/$one.sh" "$@" | but_lines || wrong=1
done
cat "$lines"
exit "$wrong"
