#!/usr/bin/env bash
# run.sh - texts made with a round's numbers.
#
#     tests/text/run.sh BRUKERPLAN STORE ROUND [--take]
#
# The sample, which has one of every place, and the templates in bokmål are
# compared byte by byte with what they were (golden/; .5 where numbers below
# five are hidden); --take takes them as they are now. Every number of every
# template is counted a second time (check.py), and a number that is wrong
# must be seen. No template may be refused, and none has anything remarked
# that golden/remarks does not know.
set -euo pipefail

if [ $# -lt 3 ]; then
    echo "usage: $0 BRUKERPLAN STORE ROUND [--take]" >&2
    exit 2
fi
program=$1 store=$2 round=$3 take=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
build=${BUILD:-$top/build}
texted=$build/tests/unit/texted
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

flock "$build/.lock" ninja -C "$build" tests/unit/texted > /dev/null
status=0

# Compares what is in $work/NAME with the golden file NAME.
golden() {
    if [ "$take" = --take ]; then
        mkdir -p "$here/golden"
        cp "$work/$1" "$here/golden/$1"
    else
        diff -u "$here/golden/$1" "$work/$1" || status=1
    fi
}

cp "$here/sample.md" "$work/sample.md"
names="report slides media report-substance slides-substance media-substance"
for name in $names; do
    cp "$top/texts/$name.nb.md" "$work/$name.md"
done
for name in sample $names; do
    "$texted" "$store" "$round" "$work/$name.md" tree > "$work/$name"
    "$texted" "$store" "$round" "$work/$name.md" tree 5 > "$work/$name.5"
    golden "$name"
    golden "$name.5"
done

(cd "$top" && for text in texts/*.md; do
    "$texted" "$store" "$round" "$text" remarks
done) > "$work/remarks"
golden remarks

for text in "$top"/texts/*.md "$here/sample.md"; do
    "$program" text check "$text" > "$work/said" 2>&1 || {
        cat "$work/said"
        status=1
    }
    "$texted" "$store" "$round" "$text" tree > "$work/tree"
    "$here/check.py" "$program" "$store" "$round" "$text" < "$work/tree" ||
        status=1
done

# The sample with one number wrong: check.py must see it.
sed "s/573/574/g" "$work/sample" > "$work/wrong"
if "$here/check.py" "$program" "$store" "$round" "$here/sample.md" \
    < "$work/wrong" > /dev/null; then
    echo "a wrong number was not seen"
    status=1
fi
exit "$status"
