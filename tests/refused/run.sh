#!/usr/bin/env bash
# What must be refused is refused, with exactly that message, and nothing is
# left of it.
#
#     tests/refused/run.sh BRUKERPLAN [--record]
#
# definitions.txt   definitions of instruments
# import/X.csv      registrations; X.msg is what is said of them. They go
#                   into a synthetic round; real-X.csv into one that is not
# units/X.csv       units of a new round
#
# --record writes what came: read it before you believe it.
set -euo pipefail
exe=$(realpath "$1") record=${2:-}
here=$(realpath "$(dirname "$0")")
# shellcheck source=tests/lib.sh
. "$here/../lib.sh"
cd "$work"

printf '%s\n' 'unit,name,tier,number_required' 'nord,Nord,1=Vedtak|2,' \
    'sor,Sør,2|3,' 'ost,Øst,1,1' > units.csv
expect 0 "$exe" init store
expect 0 "$exe" round new store synthetic --municipality 1201 --year 2014 \
    --units units.csv --synthetic
expect 0 "$exe" round new store real --municipality 1201 --year 2014 \
    --units units.csv
expect 0 "$exe" round switch store real case_code

# refuse FOLDER NAME COMMAND...: run in FOLDER, so that its messages name
# the file alone.
refuse() {
    local folder=$1 name=$2
    shift 2
    cd "$here/$folder"
    expect 1 "$@"
    empty "$out"
    if [ -n "$record" ]; then
        cp "$err" "$name.msg"
    else
        same "$name.msg" "$err"
    fi
    cd "$work"
}

for file in "$here"/import/*.csv; do
    name=$(basename "$file" .csv) round=synthetic
    case $name in real-*) round=real ;; esac
    refuse import "$name" "$exe" import "$work/store" $round "$name.csv"
done
for file in "$here"/units/*.csv; do
    name=$(basename "$file" .csv)
    refuse units "$name" "$exe" round new "$work/store" "new-$name" \
        --municipality 1201 --year 2014 --units "$name.csv"
done
for round in synthetic real; do
    expect 0 "$exe" count store $round
    is "$out" 0
    expect 0 "$exe" export store $round --format csv -o -
    [ "$(wc -l < "$out")" -eq 1 ] || fail "something was stored"
done
expect 0 "$exe" check store
expect 0 "$exe" round list store
[ "$(wc -l < "$out")" -eq 2 ] || fail "a refused round is there"

expect 0 "$here/definitions.py" "$exe" ${record:+"$record"}
[ ! -s "$out" ] || cat "$out"
done_testing
