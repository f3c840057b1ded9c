#!/bin/sh
# protect.sh - protected reports and tables of a round, attacked: the whole
# report, that of every unit, that of groups, other thresholds, and tables of
# random questions.
#
#     tests/oracle/protect.sh STORE ROUND
#
# Needs Debian's python3-scipy.
set -eu

if [ $# -ne 2 ]; then
    echo "usage: $0 STORE ROUND" >&2
    exit 2
fi
store=$1
round=$2
here=$(dirname "$0")
exe=$here/../../build/tests/unit/protected
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

flock "$here/../../build/.lock" \
    ninja -C "$here/../../build" tests/unit/protected > /dev/null
/usr/bin/python3 -c 'import scipy' || exit 77

# Attacks what the words ask for.
attack() {
    THRESHOLD=0 "$exe" "$store" "$round" "$@" > "$dir/open.json"
    "$exe" "$store" "$round" "$@" > "$dir/shown.json"
    printf '%s: ' "$*"
    "$here/attack.py" "$dir/shown.json" "$dir/open.json"
}

attack mental - json
for threshold in 2 3 10 25; do
    export THRESHOLD=$threshold
    THRESHOLD=0 "$exe" "$store" "$round" mental - json > "$dir/open.json"
    "$exe" "$store" "$round" mental - json > "$dir/shown.json"
    printf 'threshold %s: ' "$threshold"
    "$here/attack.py" "$dir/shown.json" "$dir/open.json"
done
unset THRESHOLD
for sex in male female; do
    attack mental - json sex=$sex age_group=26-35
done
for unit in $("$here/attack.py" --units "$dir/open.json"); do
    attack unit "$unit" json
done
for seed in 1 2 3 4 5 6; do
    attack --tables "$seed" 150
done

# A report of fewer than the threshold says so, and nothing else.
THRESHOLD=1000 "$exe" "$store" "$round" mental - text sex=female \
    age_group=26-35 > "$dir/few"
if ! grep -q 'færre enn 1.000' "$dir/few" ||
    grep -q '%' "$dir/few" || [ "$(wc -l < "$dir/few")" -gt 12 ]; then
    cat "$dir/few"
    echo "a report of few says more than that they are few"
    exit 1
fi

# The attacker finds a complement that is shown after all.
if "$here/attack.py" --tell "$dir/shown.json" "$dir/open.json" \
    > "$dir/told"; then
    echo "the attacker did not find what was told"
    exit 1
fi
echo "ok"
