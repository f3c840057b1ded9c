#!/usr/bin/env bash
# Killed at any moment, a store is as it was, or the work is wholly done.
#
#     tests/fault/kill.sh BRUKERPLAN TIMES
#
# TIMES imports, opt-outs and rounds each are killed at a random moment
# (KILL_SEED=N for other ones); then what can be asked of the store is as
# before or as after. What was acknowledged is always there.
set -euo pipefail
exe=$(realpath "$1") times=$2
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$work"
RANDOM=${KILL_SEED:-1}
state=$work/state

# Some of the numbers of run.py, and a few thousand rows of theirs.
numbers=(01818000010 01818000282 01818000363 01818000444 01818000525)
printf 'unit,name,tier\nnord,Nord,1|2\nsor,Sor,1\n' > units.csv
rows() {
    awk -v rows="$1" -v list="${numbers[*]}" '
    BEGIN {
        n = split(list, number, " ")
        print "unit;target_group;mental;ident;units_serving"
        for (i = 0; i < rows; i++)
            printf "%s;mental;%d;%s;nord|sor\n", i % 3 ? "nord" : "sor",
                1 + i % 5, i % 400 ? "" : number[1 + i / 400 % n]
    }'
}
rows 200 > few.csv
rows 4000 > many.csv
printf '%s\n' "${numbers[0]}" > number

expect 0 "$exe" init template
expect 0 "$exe" round new template r --municipality 1201 --year 2014 \
    --units units.csv --synthetic
expect 0 "$exe" import template r few.csv

fresh() {
    rm -rf store store.keys
    cp -a template store
    cp -a template.keys store.keys
}

# look FILE: everything that can be asked, in FILE.
look() {
    expect 0 "$exe" check store
    empty "$out"
    {
        "$exe" round list store
        "$exe" round show store r
        "$exe" optout list store r
        "$exe" export store r --format csv -o -
    } > "$1"
}

# kill_one NAME COMMAND...: at most as late as the whole takes, killed.
kill_one() {
    local name=$1 took before after status=0 pid
    shift
    fresh
    look "$state.before"
    before=$(date +%s%N)
    expect 0 "$@"
    took=$(( ($(date +%s%N) - before) / 1000 ))
    look "$state.after"
    for ((i = 1; i <= times; i++)); do
        fresh
        "$@" > /dev/null 2>&1 &
        pid=$!
        sleep "$(awk -v t="$took" -v r="$RANDOM" \
            'BEGIN { printf "%.6f", t * r / 32768 / 1000000 }')"
        kill -9 "$pid" 2> /dev/null || true
        status=0
        wait "$pid" 2> /dev/null || status=$?
        look "$state"
        after=0
        cmp -s "$state" "$state.after" || after=1
        if [ "$status" -eq 0 ] && [ "$after" -ne 0 ]; then
            fail "$name $i was acknowledged, and is not there"
        elif [ "$after" -ne 0 ] && ! cmp -s "$state" "$state.before"; then
            fail "$name $i was killed, and left something else"
        else
            pass
        fi
        # Done again, as far as it was not done.
        if [ "$after" -ne 0 ]; then
            expect 0 "$@"
            look "$state"
            same "$state" "$state.after"
        fi
    done
}

kill_one import "$exe" import store r many.csv
kill_one optout "$exe" optout add store r number
kill_one round "$exe" round close store r
done_testing
