#!/bin/sh
# publish.sh - a round's publication, protected as one and attacked
# (publish.py): thresholds, a later release that cuts the same people in
# other ways, the same release again, what the files themselves show.
#
#     tests/oracle/publish.sh EXE ROUND [--long]
#
# Needs Debian's python3-scipy.
set -eu

if [ $# -lt 2 ]; then
    echo "usage: $0 EXE ROUND [--long]" >&2
    exit 2
fi
exe=$1
round=$2
long=${3:-}
here=$(dirname "$0")
build=$(dirname "$exe")
published=$build/tests/unit/published
dir=$(mktemp -d)
store=$dir/store
trap 'rm -rf "$dir"' EXIT

flock "$build/.lock" ninja -C "$build" tests/unit/published > /dev/null
/usr/bin/python3 -c 'import scipy' || exit 77
"$exe" demo "$store" > /dev/null 2>&1
cp -r "$store" "$dir/parts"
cp -r "$store.keys" "$dir/parts.keys"
COUNT="$published $store $round --count"
export COUNT

fail() {
    echo "$*"
    exit 1
}

# The tables of one publication by threshold $1 into $2.
tables() {
    THRESHOLD=$1 "$published" "$store" "$round" --tables > "$2"
}

more=
[ -z "$long" ] || more='3 4 6 7 8 15 20'
for threshold in 2 5 10 25 $more; do
    tables "$threshold" "$dir/$threshold.json"
    printf 'threshold %s: ' "$threshold"
    "$here/publish.py" "$threshold" "$dir/$threshold.json"
done

# No complement can be shown by itself.
for threshold in 5 ${long:+2 10}; do
    "$here/publish.py" "$threshold" "$dir/$threshold.json" --spare \
        || fail "hidden for nothing"
done

# The attacker finds a complement that is shown after all.
if "$here/publish.py" 5 "$dir/5.json" --tell > "$dir/told"; then
    fail "the attacker did not find what was told"
fi

# No sum failed to add up: sets mean what the program takes them for.
for threshold in 2 5 ${long:+25}; do
    THRESHOLD=$threshold "$published" "$store" "$round" --stats \
        "$here/publish_more.md" > "$dir/stats"
    grep -q ' 0 odd' "$dir/stats" || fail "$(cat "$dir/stats")"
done

# Released, and again in another format: the same release.
report() {
    "$exe" report "$store" "$round" --publish "$@"
}
report --format json -o "$dir/one.json" 2> "$dir/said"
grep -q 'Release 1 ' "$dir/said" || fail "no first release"
report --format html -o "$dir/one.html" 2> "$dir/said"
grep -q 'Release 1 ' "$dir/said" || fail "another release of the same"
report --format json -o "$dir/again.json" 2> /dev/null
cmp "$dir/one.json" "$dir/again.json" || fail "the same is not the same"
"$here/publish_files.py" "$dir/5.json" "$dir/one.json" \
    || fail "the file shows something else"

# A later text that cuts the same people in other ways, with what was
# released known; without the ledger it would tell.
THRESHOLD=5 "$published" "$store" "$round" --tables \
    "$here/publish_more.md" > "$dir/later.json"
printf 'a later release: '
"$here/publish.py" 5 "$dir/5.json" "$dir/later.json"
report --text "$here/publish_more.md" -o "$dir/later.html" 2> "$dir/said"
grep -q 'Release 2 ' "$dir/said" || fail "no second release"
report --format csv -o "$dir/one.csv" 2> "$dir/said"
grep -q 'Release 1 ' "$dir/said" || fail "the first again is another"
printf 'the first again: '
tables 5 "$dir/third.json"
"$here/publish.py" 5 "$dir/5.json" "$dir/later.json" "$dir/third.json"

# Texts about single birth years, and that ask for tables and counts by
# chance, one released after the other, the usual publication after each: none
# is refused, and nothing can be told from all of them together.
seeds='5'
[ -z "$long" ] || seeds='1 2 3 4 5 6 7 8 9 10 11 12'
cp "$here/publish_years.md" "$dir/chance0.md"
shown="$dir/5.json $dir/later.json"
for seed in 0 $seeds; do
    [ "$seed" = 0 ] || "$here/publish_text.py" "$seed" 25 \
        > "$dir/chance$seed.md"
    THRESHOLD=5 "$published" "$store" "$round" --tables \
        "$dir/chance$seed.md" > "$dir/chance$seed.json"
    report --text "$dir/chance$seed.md" -o "$dir/chance.html" \
        2> "$dir/said" || fail "refused, $seed: $(cat "$dir/said")"
    THRESHOLD=5 "$published" "$store" "$round" --tables \
        > "$dir/usual$seed.json"
    report --format csv -o "$dir/usual.csv" 2> "$dir/said" \
        || fail "refused after $seed: $(cat "$dir/said")"
    shown="$shown $dir/chance$seed.json $dir/usual$seed.json"
done
printf 'by chance: '
# shellcheck disable=SC2086
"$here/publish.py" 5 $shown

# Three releases that leave a few between them, the link lost in the second:
# no two of them tell it.
text() {
    printf -- '---\nkind: report\nlang: en\nabout: mental\ntitle: T\n---\n\n'
    printf '# T\n\n'
    for filter; do
        printf 'There are {{count %s}} of them.\n\n' "$filter"
    done
}
text 'birth_year = 1996' 'birth_year = 1995' > "$dir/parts1.md"
text 'birth_year <= 1991' 'birth_year in {1930, 1931}' > "$dir/parts2.md"
text 'birth_year <= 1994' 'birth_year <= 1994 and ip = 1' > "$dir/parts3.md"
shown=
for i in 1 2 3; do
    THRESHOLD=5 "$published" "$dir/parts" "$round" --tables \
        "$dir/parts$i.md" > "$dir/parts$i.json"
    "$exe" report "$dir/parts" "$round" --publish --text "$dir/parts$i.md" \
        -o "$dir/parts.html" 2> "$dir/said" \
        || fail "refused, parts $i: $(cat "$dir/said")"
    shown="$shown $dir/parts$i.json"
done
printf 'parts: '
# shellcheck disable=SC2086
"$here/publish.py" 5 $shown

# By a higher threshold what was shown tells: refused with the places, listed
# by the audit all the same.
"$exe" round set "$store" "$round" small_below=25 > /dev/null
if report --format csv -o "$dir/told.csv" 2> "$dir/said"; then
    fail "published what earlier releases tell"
fi
grep -q 'mental/' "$dir/said" || fail "no place: $(cat "$dir/said")"
"$exe" report "$store" "$round" --audit -o "$dir/told.csv"
grep -q ';told;' "$dir/told.csv" || fail "the audit does not have what is told"
report --despite-told --format csv -o "$dir/told.csv" 2> /dev/null \
    || fail "refused all the same"
"$exe" round set "$store" "$round" small_below=5 > /dev/null

# Why: internal, a line a number.
"$exe" report "$store" "$round" --audit -o "$dir/why.csv"
grep -q ';small;' "$dir/why.csv" || fail "the audit has no small number"
grep -q ';complement;[^;]' "$dir/why.csv" || fail "nor what needs a complement"
echo "ok"
