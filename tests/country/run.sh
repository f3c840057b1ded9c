#!/usr/bin/env bash
# The invented country (demo --country): the same every time, in a store and
# in a file alike, taken by the program's own import, which decides the same;
# refused where something is wrong.
#
#     tests/country/run.sh BRUKERPLAN [--long]
#
# With --long also the most rows that an import leaves columns of.
set -euo pipefail
exe=$1 long=${2:-}
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

# --- several rounds as one --------------------------------------------------
bergen=m1201-2018,m1201-2019,m4601-2020
expect 0 "$here/series.py" "$exe" "$work/store" ${bergen//,/ } m0301-2020 \
    m5001-2018
cat "$out"
# A place by its number of the time, named as in the newest year; holes are
# none. What the file says of them is counted by awk.
expect 0 "$exe" table "$work/store" @all --rows municipality
has "$out" '0301 Oslo '
has "$out" '1201 Bergen '
has "$out" '4601 Bergen '
awk -F ';' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { seen[$at["municipality"]] } END { for (m in seen) print m }' \
    "$work/both.csv" | sort > "$work/numbers"
expect 0 "$exe" table "$work/store" @all --rows municipality --format json
sed -n 's/.*"keys": \[\(.*\)\],*$/\1/p' "$out" | head -n 1 | tr -d '" ' \
    | tr ',' '\n' > "$work/keys.txt"
same "$work/keys.txt" "$work/numbers"
# A picture of so many rows is refused; of those of a year it is not.
expect 1 "$exe" table "$work/store" @all --rows municipality --format png
has "$err" 'dots high, and one can have 32767 at most'
empty "$out"
expect 0 "$exe" table "$work/store" @all --rows municipality \
    --where 'year = 2024' --format png
has <(head -c 4 "$out") PNG
# By columns and, once a round is open, by rows: the same bytes.
ask() {
    local where=$1
    shift
    "$exe" table "$work/store" @all "$@" --where "$where" --format json
}
several() {
    ask 'year >= 2022' --rows municipality
    ask 'index_grade in {red, bloodred}' --rows municipality --columns year
    ask 'sex = male' --rows mental_grade --columns municipality
    ask '' --rows municipality --sum children
    "$exe" report "$work/store" @all --format csv -o -
}
expect 0 several
mv "$out" "$work/by-columns"
[ -e "$work/store/@all.columns" ] || fail 'it was not counted by columns'
expect 0 "$exe" round open "$work/store" m0301-2024 --reason test
expect 0 several
same "$out" "$work/by-columns"
expect 0 "$exe" round close "$work/store" m0301-2024
# What it is called.
title() {
    expect 0 "$exe" report "$work/store" "$1" --format json "${@:3}" -o -
    has "$out" "\"title\": \"$2\""
}
title @all 'Alle kommuner 2015–2024'
lacks "$out" '"year":'
has "$out" '"rounds": 3907'
title @all 'All municipalities 2015–2024' --lang en
title $bergen 'Bergen 2018–2020'
title m0301-2024,m4601-2024 'Oslo og Bergen 2024'
title m0301-2024,m4601-2024,m1101-2022,m1103-2023 '4 kommunar 2022–2024' \
    --lang nn
# Inhabitants are added where that makes sense; else it says why not.
expect 0 "$exe" round set "$work/store" m0301-2024 population=700000 \
    population_from_age=18 population_on=2024-01-01
expect 0 "$exe" round set "$work/store" m4601-2024 population=300000 \
    population_from_age=18 population_on=2024-01-01
text() { expect 0 "$exe" report "$work/store" "$@" --format text -o -; }
text m0301-2024,m4601-2024
has "$out" "av de 1 000 000 innbyggerne på 18 år og over per"
has "$out" 'Tallene er fra 2 runder: Oslo 2024 og Bergen 2024.'
text m0301-2024,m4601-2024,m1101-2024
has "$out" 'ikke regnet ut, for ikke alle rundene har innbyggertall'
text m0301-2024,m4601-2023
has "$out" 'ikke regnet ut, for rundene er fra flere år'
expect 0 "$exe" round set "$work/store" m4601-2024 population_from_age=16
text m0301-2024,m4601-2024
has "$out" 'ikke regnet ut, for innbyggertallene kan ikke legges sammen'
text m1101-2024,m1103-2024
lacks "$out" 'regnet ut'
# Every format that has a report.
for format in html docx pdf pptx xlsx csv json jsonstat text tree; do
    expect 0 "$exe" report "$work/store" $bergen --format $format \
        -o "$work/several.$format"
done
has "$work/several.html" 'Bergen 2018–2020'
# Of one round only.
for words in --publish --audit '--compare m0301-2023' '--text report' \
    '--without report.nb'; do
    # Word splitting is meant.
    # shellcheck disable=SC2086
    expect 1 "$exe" report "$work/store" $bergen $words -o "$work/x"
done
expect 1 "$exe" report "$work/store" $bergen --report unit --unit none -o -
expect 1 "$exe" report "$work/store" m0301-2024,m0301-2024 -o -
expect 1 "$exe" report "$work/store" @some -o -
[ ! -e "$work/x" ] || fail 'a refused report was written'

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

# --- 65,536 rounds as one, and one more (ROUNDS_MAX) --------------------------
printf 'unit;name;tier\nx;x;2\n' > "$work/unit.csv"
printf 'unit;target_group;mental\nx;mental;2\n' > "$work/one.csv"
"$exe" init "$work/many" > "$work/init" 2>&1
"$exe" round new "$work/many" first --municipality 0301 --year 2024 \
    --units "$work/unit.csv" --synthetic
expect 0 "$exe" import "$work/many" first "$work/one.csv"
expect 0 "$here/many_rounds.py" "$work/many" 65536
expect 0 "$exe" count "$work/many" @all
is "$out" 1
expect 0 "$here/many_rounds.py" "$work/many" 65537
expect 1 "$exe" count "$work/many" @all
has "$err" 'more than 65536 rounds'
empty "$out"

# --- 1,048,576 rows, and one more (GATHERED_MAX) ------------------------------
filled() {
    "$exe" round new "$work/large" "$1" --municipality 0301 --year 2024 \
        --units "$work/unit.csv" --synthetic
    { echo 'unit;target_group;mental'; seq "$2" | sed 's/.*/x;mental;2/'; } \
        > "$work/large.csv"
    expect 0 "$exe" import "$work/large" "$1" "$work/large.csv"
}
if [ -n "$long" ]; then
    "$exe" init "$work/large" > "$work/init" 2>&1
    filled most 1048576
    [ -e "$work/large/most.columns" ] || fail 'no columns of the most rows'
    filled more 1048577
    [ ! -e "$work/large/more.columns" ] || fail 'columns of too many rows'
fi
done_testing
