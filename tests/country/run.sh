#!/usr/bin/env bash
# The invented country (demo --country): the same every time, in a store and
# in a file alike, taken by the program's own import, which decides the same;
# refused where something is wrong.
#
#     tests/country/run.sh BRUKERPLAN
set -euo pipefail
exe=$1
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/../lib.sh"

size=(--country --registrations 30000 --seed 7)
expect 0 "$exe" demo "$work/store" "${size[@]}" --csv "$work/both.csv"
empty "$out"
has "$err" '3907 rounds'
expect 0 "$exe" demo "${size[@]}" --csv -
same "$out" "$work/both.csv"
is <(wc -l < "$out") 30001
# For ever, on every machine: figures of benchmarks are of these numbers.
is <(sha256sum < "$out" | cut -c1-64) \
    b8601e151117d21f6e3935b550da037c9deb77b4f92a8b4f05768dd072746c5e
expect 0 "$exe" round list "$work/store"
is <(grep -c '	closed	.*	synthetic	' "$out") 3907
has "$out" 'm0301-2024	closed	2024	0301	synthetic	Oslo 2024'
has "$out" 'm1507-2020	closed	2020	1507	synthetic	Ålesund 2020'
has "$out" 'm1508-2024	closed	2024	1508	synthetic	Ålesund 2024'
expect 0 "$here/rounds.py" "$exe" "$work/store" "$work/both.csv" \
    m0301-2024 m4601-2020 m1201-2019 m5001-2018 m0105-2015 m1144-2021 \
    m1835-2017

# None empty where there are enough; else the smallest.
expect 0 "$exe" count "$work/store" m1144-2021
[ "$(cat "$out")" -gt 0 ] || fail 'a round is empty'
expect 0 "$exe" demo --country --registrations 0 --csv -
is <(wc -l < "$out") 1
expect 0 "$exe" demo --country --registrations 3907 --seed 1 --csv -
is <(cut -d';' -f1,2 "$out" | sort | uniq -d | wc -l) 0

expect 1 "$exe" demo "$work/store" --country
expect 2 "$exe" demo
expect 2 "$exe" demo --country
expect 2 "$exe" demo "$work/x" --seed 7
expect 2 "$exe" demo --country --csv - --registrations 100000001
expect 2 "$exe" demo --country --csv - --seed x
expect 3 "$exe" demo --country --csv /dev/full
expect 1 "$exe" demo --country --csv "$work/none/x.csv"
[ ! -e "$work/x" ] || fail 'a refused command made a store'
# A store whose keys can't be made goes again, with those that were.
mkdir -m 700 "$work/keys"
touch "$work/keys/m0301-2016.key"
expect 1 "$exe" demo "$work/again" --country --registrations 10 \
    --keys "$work/keys"
[ ! -e "$work/again" ] || fail 'an unfinished store is left'
is <(ls "$work/keys") m0301-2016.key
done_testing
