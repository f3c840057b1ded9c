#!/usr/bin/env bash
# Counting by columns against counting by rows for a time: another seed again
# and again, beginning with FIRST (1), each kernel that runs here forced, one
# to three threads. The seed of what differs is the last one printed.
#
#     tests/oracle/random_long.sh RANDOM_COLUMNS SECONDS [FIRST]
set -euo pipefail
exe=$1 seconds=$2 seed=${3:-1}
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-random.XXXXXX")
trap 'rm -rf "$work"' EXIT
begin=$SECONDS
while :; do
    "$exe" "$seed" 40 "$work/r.columns"
    seed=$((seed + 1))
    [ $((SECONDS - begin)) -lt "$seconds" ] || break
done
echo "ok to seed $((seed - 1)) in $((SECONDS - begin)) s"
