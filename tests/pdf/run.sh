#!/usr/bin/env bash
# The PDF: qpdf and poppler open it without a word, the rules of PDF/UA-1 and
# of good pages hold (rules.py, tried by spoil.py), tables and texts say what
# the JSON and the tree say (read_back.py), hard texts stay on the page and
# are read whole (odd.py), and the tags of a small text are those that Typst
# gives the same text (tags.py).
#
#     tests/pdf/run.sh EXE STORE ROUND
#
# Typst comes from npm, pinned with its hash by node/package-lock.json, into
# build/pdf; no script of it is run. Where the machine has no Node 20 or
# newer, the one of tests/browser is used.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(realpath "$here/../..")
# shellcheck source=tests/lib.sh
. "$here/../lib.sh"
exe=$(realpath "$1") store=$(realpath "$2") round=$3
modules=${PDF_MODULES:-$top/build/pdf}
fonts=${PDF_FONTS:-$top/third_party/inter}

TOP=$top
# shellcheck source=tests/node.sh
. "$top/tests/node.sh"
fetch "$here/node" "$modules" > /dev/null

# opened FILE: by qpdf, poppler and the rules.
opened() {
    expect 0 qpdf --check "$1"
    expect 0 pdfinfo -struct-text "$1"
    empty "$err"
    expect 0 python3 "$here/rules.py" "$1"
    cat "$out"
}

# make NAME WORDS...: $work/NAME.pdf, .json and .tree of one document.
make() {
    local file=$work/$1 format
    shift
    for format in pdf json tree; do
        expect 0 "$exe" report "$store" "$round" --format $format \
            -o "$file.$format" "$@"
    done
    opened "$file.pdf"
}

# make_read NAME WORDS...: and its numbers and texts are read back.
make_read() {
    make "$@"
    expect 0 python3 "$here/read_back.py" "$work/$1".{pdf,json,tree}
    cat "$out"
}

make_read tables --text tables
make_read report --text report
make_read nynorsk --text report --lang nn
make_read english --report substance --text tables --lang en
make slides --text slides
make media --text media
expect 0 "$exe" table "$store" "$round" --rows activity_grade \
    --columns index_grade --format pdf
cp "$out" "$work/table.pdf"
opened "$work/table.pdf"

# The same report is the same bytes.
expect 0 "$exe" report "$store" "$round" --format pdf --text tables \
    -o "$work/again.pdf"
same "$work/tables.pdf" "$work/again.pdf"

# For publication, of made-up people: both notices in the foot.
cp -r "$store" "$work/store"
cp -r "$store.keys" "$work/store.keys"
store=$work/store
make_read published --text report --publish
store=$(realpath "$2")

# Hard texts.
for seed in 1 2 3 4 5 6; do
    python3 "$here/odd.py" "$work/odd.md" $seed
    expect 0 "$exe" report "$store" "$round" --text "$work/odd.md" \
        --format pdf -o "$work/odd.pdf"
    expect 0 qpdf --check "$work/odd.pdf"
    expect 0 python3 "$here/rules.py" "$work/odd.pdf"
    cat "$out"
    expect 0 python3 "$here/odd.py" "$work/odd.md" $seed "$work/odd.pdf"
    cat "$out"
done

# Typst's tags of the same text.
mkdir "$work/typst"
cp "$here/small.typ" "$work/typst/"
cp "$work/tables.json" "$work/typst/report.json"
expect 0 "$exe" report "$store" "$round" --text "$here/small.md" \
    --format pdf -o "$work/small.pdf"
opened "$work/small.pdf"
expect 0 "$node" "$here/typst.cjs" "$modules/node_modules" "$fonts" \
    "$work/typst" "$work/typst.pdf"
# What the rules are for they find.
expect 0 python3 "$here/spoil.py" "$work/small.pdf"
cat "$out"
expect 0 python3 "$here/tags.py" "$work/small.pdf" "$work/typst.pdf"
cat "$out"
done_testing
