#!/usr/bin/env bash
# Golden files: a small round in, whole reports out, compared byte by byte.
#
#     tools/golden.sh         fails on a difference, and shows it
#     tools/golden.sh --ask   shows each difference and asks whether it is
#                             the new truth
#     tools/golden.sh --take  takes everything as it is now; look at the
#                             difference before you commit it
#
# The round is tests/golden/{small.yaml,units.csv,registrations.csv}. The
# text dump ("tree") shows what the document is; of each other format there
# is one file. The style sheet is no part of the HTML compared.
set -euo pipefail
cd "$(dirname "$0")/.."

program=${BRUKERPLAN:-build/brukerplan}
golden=tests/golden
how=${1:-}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store=$work/store

# Which report, in which language, as which format.
reports='
mental nb tree
mental nn tree
mental en tree
mental nb json
mental nb csv
mental nb text
mental nb html
unit nb tree
'

# Runs the program, and shows what it said only where it fails.
quiet() {
    "$program" "$@" > "$work/said" 2>&1 || { cat "$work/said"; exit 1; }
}

quiet init "$store"
quiet round new "$store" small --municipality 1201 --year 2014 \
    --units "$golden/units.csv" --instrument "$golden/small.yaml" \
    --synthetic
while read -r field value; do
    quiet round set "$store" small "$field=$value"
done << END
mapping_from 2014-05-19
mapping_to 2014-06-04
population 1234
population_from_age 18
population_on 2014-01-01
inclusion Everybody & nobody
END
quiet import "$store" small "$golden/registrations.csv"

status=0
while read -r report lang format; do
    [ -n "$report" ] || continue
    name=$report.$lang.$format
    unit=()
    [ "$report" = unit ] && unit=(--unit north)
    "$program" report "$store" small --lang "$lang" --report "$report" \
        "${unit[@]}" --format "$format" -o - |
        sed '/^<style>$/,/^<\/style>$/d' > "$work/$name"
    if [ "$how" = --take ]; then
        cp "$work/$name" "$golden/$name"
        continue
    fi
    if [ -f "$golden/$name" ] && cmp -s "$golden/$name" "$work/$name"; then
        continue
    fi
    diff -u --label "golden $name" --label "now $name" \
        "$([ -f "$golden/$name" ] && echo "$golden/$name" || echo /dev/null)" \
        "$work/$name" || true
    if [ "$how" = --ask ]; then
        read -r -p "Take $name as it is now? [y/N] " answer < /dev/tty
        if [ "$answer" = y ]; then
            cp "$work/$name" "$golden/$name"
            continue
        fi
    fi
    status=1
done <<< "$reports"
exit "$status"
