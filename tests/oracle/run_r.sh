#!/bin/sh
# run_r.sh - the program's tables of a round against those that R computes
# from the same round's export.
#
#     tests/oracle/run_r.sh BRUKERPLAN_EXE STORE ROUND
#
# Prints `ok N tables`, or each difference and exits 1. Needs Debian's
# r-base-core and r-cran-jsonlite.
set -eu

if [ $# -ne 3 ]; then
    echo "usage: $0 BRUKERPLAN_EXE STORE ROUND" >&2
    exit 2
fi
exe=$1
store=$2
round=$3
script=$(dirname "$0")/r_tables.R
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$exe" export "$store" "$round" --format csv -o "$dir/rows.csv"
Rscript "$script" list "$dir/rows.csv" > "$dir/questions"

while IFS='|' read -r number command rows columns where sum; do
    set -- "$command" "$store" "$round"
    [ -z "$rows" ] || set -- "$@" --rows "$rows"
    [ -z "$columns" ] || set -- "$@" --columns "$columns"
    [ -z "$where" ] || set -- "$@" --where "$where"
    [ -z "$sum" ] || set -- "$@" --sum "$sum"
    [ "$command" = count ] || set -- "$@" --format json
    "$exe" "$@" < /dev/null > "$dir/$number.out" ||
        : > "$dir/$number.out"
done < "$dir/questions"

Rscript "$script" compare "$dir/rows.csv" "$dir"
