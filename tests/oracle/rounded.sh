#!/bin/sh
# rounded.sh - a round that rounds its numbers instead of hiding small ones:
# every number, what adds up, texts, releases, aggregate files and their sum.
#
#     tests/oracle/rounded.sh EXE ROUND
set -eu

if [ $# -lt 2 ]; then
    echo "usage: $0 EXE ROUND" >&2
    exit 2
fi
exe=$1
round=$2
here=$(dirname "$0")
dir=$(mktemp -d)
store=$dir/store
trap 'rm -rf "$dir"' EXIT

fail() {
    echo "$*"
    exit 1
}

"$exe" demo "$store" > /dev/null 2>&1

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
for base in 1 2 26 x ''; do
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
