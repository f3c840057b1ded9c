#!/usr/bin/env bash
# An import that is killed leaves the store as it was, again and again.
#
#     tests/killed.sh BRUKERPLAN ROUNDS
set -euo pipefail
exe=$(realpath "$1") rounds=$2
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work"

printf 'unit,name,tier\nnord,Nord,1\n' > units.csv
awk 'BEGIN { print "unit,target_group,mental"
             for (i = 0; i < 60000; i++) print "nord,mental,2" }' > many.csv
expect 0 "$exe" init store
expect 0 "$exe" round new store r --municipality 4601 --year 2025 \
    --units units.csv

before=$(date +%s%N)
"$exe" import store r many.csv 2> "$err"
took=$(( ($(date +%s%N) - before) / 1000000 ))
rows=60000
for ((i = 1; i <= rounds; i++)); do
    "$exe" import store r many.csv 2> "$err" &
    pid=$!
    sleep "$(awk -v t="$took" -v i="$i" -v n="$rounds" \
        'BEGIN { printf "%.3f", t * (i - 0.5) / n / 1000 }')"
    kill -9 "$pid" 2>/dev/null || true
    # It may have been done already.
    if wait "$pid" 2>/dev/null; then rows=$((rows + 60000)); fi
    expect 0 "$exe" count store r
    now=$(cat "$out")
    if [ "$now" -ne "$rows" ] && [ "$now" -eq $((rows + 60000)) ]; then
        rows=$now               # committed, and killed on the way out
    fi
    is "$out" "$rows"
done
expect 0 "$exe" check store
empty "$out"
done_testing
