#!/bin/sh
# rounded.sh - a round that rounds its numbers instead of hiding small ones:
# every number, what adds up, what can be told from all of it
# (rounded_attack.py), texts, releases, aggregate files and their sum.
#
#     tests/oracle/rounded.sh EXE ROUND
#
# Needs Debian's python3-scipy.
set -eu

if [ $# -lt 2 ]; then
    echo "usage: $0 EXE ROUND" >&2
    exit 2
fi
exe=$1
round=$2
here=$(dirname "$0")
build=$(dirname "$exe")
published=$build/tests/unit/published
dir=$(mktemp -d)
store=$dir/store
trap 'rm -rf "$dir"' EXIT

flock "$build/.lock" ninja -C "$build" tests/unit/published > /dev/null
/usr/bin/python3 -c 'import scipy' || exit 77

fail() {
    echo "$*"
    exit 1
}

# What is published by base $1, with a text $3 if there is one, into $2.
tables() {
    to=$2
    ROUND_TO=$1 "$published" "$store" "$round" --tables ${3+"$3"} > "$to"
}

"$exe" demo "$store" > /dev/null 2>&1

# What a reader of everything can tell; by base 10 of no number below 5
# either that it is. Then each kind of fault, which must be found.
for base in 5 10; do
    tables $base "$dir/$base.json"
    printf 'an attack, base %s: ' $base
    "$here/rounded_attack.py" $base 5 "$dir/$base.json"
done
for how in number zero other; do
    if "$here/rounded_attack.py" 5 5 "$dir/5.json" --tell $how \
        > "$dir/told"; then
        fail "the attack did not find a fault of the kind $how"
    fi
done

# By a base, every report beside what is true of it.
for base in 5 10 3; do
    "$exe" round set "$store" "$round" round_to=$base
    "$exe" report "$store" "$round" --audit -o "$dir/why.csv"
    for report in mental substance; do
        "$exe" report "$store" "$round" --report $report --format json \
            -o "$dir/exact.json"
        rm -rf "$dir/copy" "$dir/copy.keys"
        cp -R "$store" "$dir/copy"
        cp -R "$store.keys" "$dir/copy.keys"
        "$exe" report "$dir/copy" "$round" --report $report --publish \
            --format json -o "$dir/rounded.json" 2> /dev/null
        printf '%s, base %s: ' $report $base
        "$here/rounded.py" $base "$dir/exact.json" "$dir/rounded.json" \
            "$dir/why.csv"
    done
done

# A base of one or two is none.
for base in 1 2 26 x; do
    if "$exe" round set "$store" "$round" "round_to=$base" 2> /dev/null; then
        fail "round_to=$base was taken"
    fi
done

# All documents at once: nothing hidden, and the same again is the same.
"$exe" round set "$store" "$round" round_to=5
"$exe" publish "$store" "$round" -o "$dir/out" 2> "$dir/said"
grep -q 'Release 1 ' "$dir/said" || fail "no first release"
"$exe" publish "$store" "$round" -o "$dir/again" 2> "$dir/said"
grep -q 'Release 1 ' "$dir/said" || fail "another release of the same"
diff -r "$dir/out" "$dir/again" || fail "the same is not the same"
"$here/rounded_text.py" 5 "$dir"/out/*.html

# Later releases, beside what is out: the same numbers are the same.
tables 5 "$dir/later.json" "$here/publish_more.md"
"$exe" report "$store" "$round" --publish --text "$here/publish_more.md" \
    -o "$dir/later.html" 2> "$dir/said"
grep -q 'Release 2 ' "$dir/said" || fail "no second release"
"$here/publish_text.py" 1 25 > "$dir/chance.md"
tables 5 "$dir/chance.json" "$dir/chance.md"
printf 'an attack, three releases: '
"$here/rounded_attack.py" 5 5 "$dir/5.json" "$dir/later.json" \
    "$dir/chance.json"

# Hiding after rounding would tell what either keeps, and another base too.
for other in 0 10; do
    "$exe" round set "$store" "$round" round_to=$other
    if "$exe" publish "$store" "$round" -o "$dir/mixed" 2> "$dir/said"; then
        fail "both ways were published"
    fi
    grep -q 'another way' "$dir/said" || fail "$(cat "$dir/said")"
done
"$exe" round set "$store" "$round" round_to=5

# For others: a file that may be added to others'.
"$exe" aggregate key "$store" > "$dir/own.pub"
"$exe" aggregate write "$store" "$round" -o "$dir/one.json"
"$exe" aggregate check "$dir/one.json" --signer "$dir/own.pub" \
    > "$dir/said"
grep -q 'rounded 5' "$dir/said" || fail "$(cat "$dir/said")"
echo ok
