#!/usr/bin/env bash
# Files that Office opens: the rules of ECMA-376 (rules.py), and whether other
# programs read the same numbers in them as the report has.
#
#     tests/office/run.sh EXE STORE ROUND [CHECK...]    pptx, ...
#
# EXE stands in its build folder. The npm package that reads slides is pinned
# with its hash by node/package-lock.json and put into build/office; no script
# of it is run. Where the machine has no Node 20 or newer, the one of
# tests/browser is used.
set -euo pipefail
exe=$(realpath "$1") store=$(realpath "$2") round=$3
shift 3
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../..")
build=$(dirname "$exe")
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-office.XXXXXX")
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3         # the one that has Debian's modules

TOP=$top
# shellcheck source=tests/node.sh
. "$top/tests/node.sh"

die() { echo "$*" >&2; exit 1; }

# report NAME WORDS...: the report in FORMAT (of NAME's suffix).
report() {
    local to=$work/$1
    shift
    "$exe" report "$store" "$round" "$@" --format "${to##*.}" -o "$to"
}

# published NAME WORDS...: the same for publication, in a copy of the store.
published() {
    local to=$work/$1
    shift
    "$exe" report "$work/store" "$round" "$@" --publish \
        --format "${to##*.}" -o "$to"
}

# opens FILE PAGES: LibreOffice makes a PDF of it, with that many pages.
opens() {
    timeout 300 soffice -env:UserInstallation="file://$work/lo" --headless \
        --convert-to pdf --outdir "$work/pdf" "$1" > "$work/lo.log" 2>&1 \
        || { cat "$work/lo.log"; die "LibreOffice: $1"; }
    local pages
    pages=$(pdfinfo "$work/pdf/$(basename "${1%.*}").pdf" \
        | sed -n 's/^Pages: *//p')
    [ "$pages" -eq "$2" ] || die "$1: $pages pages in LibreOffice, not $2"
}

# No page of the text FILE of a PDF has but its head and foot.
no_blank_pages() {
    awk 'BEGIN { RS = "\f" }
         NF > 0 && gsub(/[^\n]+/, "x") < 9 { print FILENAME ": page " NR
                                             bad = 1 }
         END { exit bad }' "$1" || die "a page of nothing"
}

slides_in() { unzip -Z1 "$1" | grep -c '^ppt/slides/slide[0-9]*\.xml$'; }

# A deck's numbers, as another program reads them, against the report's.
deck_numbers() {
    NODE_MODULES=$top/build/office "$node" "$here/pptx.mjs" "$2" \
        > "$work/read.json"
    "$python" "$here/pptx.py" "$1" "$2" "$work/read.json"
}

check_pptx() {
    fetch "$here/node" "$top/build/office"
    local deck=$build/tests/unit/office_deck what
    flock "$build/.lock" ninja -C "$build" tests/unit/office_deck \
        > "$work/ninja.log" || { cat "$work/ninja.log"; exit 1; }
    # Every table as a slide: internal, in English, and with hidden cells.
    report a.json
    report a.pptx --text tables
    report b.json --report substance --lang en
    report b.pptx --report substance --lang en --text tables
    report again.pptx --text tables
    cmp "$work/a.pptx" "$work/again.pptx"
    cp -r "$store" "$work/store"
    cp -r "$store.keys" "$work/store.keys"
    published c.json
    published c.pptx --text tables
    # The slides that are handed out, and all that may stand on one.
    report slides.pptx
    "$deck" "$work/deck.pptx"
    "$python" "$here/rules.py" "$work"/{a,b,c,slides,deck}.pptx
    deck_numbers "$work/a.json" "$work/a.pptx"
    deck_numbers "$work/b.json" "$work/b.pptx"
    deck_numbers "$work/c.json" "$work/c.pptx"
    opens "$work/slides.pptx" "$(slides_in "$work/slides.pptx")"
    opens "$work/deck.pptx" "$(slides_in "$work/deck.pptx")"
    # On a municipality's template, and on some that can't be used.
    "$python" "$here/template.py" make "$work/a.pptx" "$work/t.pptx"
    report on.pptx --template "$work/t.pptx"
    "$deck" "$work/odd.pptx" "$work/t.pptx"
    "$python" "$here/rules.py" "$work/on.pptx" "$work/odd.pptx"
    "$python" "$here/template.py" check "$work/t.pptx" "$work/on.pptx"
    opens "$work/on.pptx" "$(slides_in "$work/on.pptx")"
    for what in ole outside twice dtd missing titles word; do
        "$python" "$here/template.py" spoil "$work/t.pptx" "$what" \
            "$work/bad.pptx"
        if "$deck" "$work/never.pptx" "$work/bad.pptx" 2> "$work/err"; then
            die "a template was taken that is spoilt: $what"
        fi
        [ -s "$work/err" ] || die "no message: $what"
    done
    # The rules themselves must find what is wrong.
    "$python" "$here/spoil.py" "$work/a.pptx" "$work/spoilt.pptx"
}

# A workbook's numbers, also where some are hidden, and a table alone.
check_xlsx() {
    local protected=$build/tests/unit/protected what
    flock "$build/.lock" ninja -C "$build" tests/unit/protected \
        > "$work/ninja.log" || { cat "$work/ninja.log"; exit 1; }
    for what in mental substance; do
        report $what.json --report $what
        report $what.xlsx --report $what
        "$protected" "$store" "$round" $what - json > "$work/$what-p.json"
        "$protected" "$store" "$round" $what - xlsx > "$work/$what-p.xlsx"
    done
    "$exe" table "$store" "$round" --rows age_group --columns index_grade \
        --format xlsx > "$work/single.xlsx"
    report again.xlsx
    cmp "$work/mental.xlsx" "$work/again.xlsx"
    "$python" "$here/rules.py" "$work"/{mental,mental-p,single}.xlsx
    for what in mental substance mental-p substance-p; do
        "$python" "$here/xlsx.py" "$work/$what.xlsx" "$work/$what.json"
    done
    "$exe" export "$store" "$round" --format xlsx -o "$work/data.xlsx"
    "$python" "$here/rules.py" "$work/data.xlsx"
    opens "$work/single.xlsx" 4
}

# Text documents: the report's tables, the working group's text, one table,
# small numbers hidden, and all on a municipality's template.
check_docx() {
    local protected=$build/tests/unit/protected what
    flock "$build/.lock" ninja -C "$build" tests/unit/protected \
        > "$work/ninja.log" || { cat "$work/ninja.log"; exit 1; }
    for what in mental substance; do
        report $what.json --report $what
        report $what.docx --report $what --text tables
        "$protected" "$store" "$round" $what - json > "$work/$what-p.json"
        "$protected" "$store" "$round" $what - docx > "$work/$what-p.docx"
    done
    report again.docx --report substance --text tables
    cmp "$work/substance.docx" "$work/again.docx"
    for what in mental substance mental-p substance-p; do
        "$python" "$here/word.py" numbers "$work/$what.json" \
            "$work/$what.docx"
    done
    report text.docx
    report other.docx --report substance
    "$exe" table "$store" "$round" --rows age_group --columns index_grade \
        --format docx > "$work/single.docx"
    "$python" "$here/word.py" text "$work/text.docx"
    "$python" "$here/word.py" text "$work/single.docx"
    "$python" "$here/word.py" template "$work/t.docx"
    report on.docx --template "$work/t.docx"
    "$python" "$here/word.py" uses "$work/t.docx" "$work/on.docx"
    "$python" "$here/rules.py" \
        "$work"/{mental,mental-p,substance,text,single,on}.docx
    timeout 300 soffice -env:UserInstallation="file://$work/lo" --headless \
        --convert-to pdf --outdir "$work/pdf" "$work"/{text,other,on}.docx \
        > "$work/lo.log" 2>&1
    for what in text other on; do
        pdftotext "$work/pdf/$what.pdf" "$work/$what.txt"
        grep -q Figur "$work/$what.txt" || die "LibreOffice: $what.docx"
        no_blank_pages "$work/$what.txt"
    done
    for what in dtd outside field up slides styles; do
        "$python" "$here/word.py" spoil "$work/t.docx" "$what" \
            "$work/bad.docx"
        if "$exe" report "$store" "$round" --template "$work/bad.docx" \
            --format docx -o "$work/never.docx" 2> "$work/err"; then
            die "a template was taken that is spoilt: $what"
        fi
        if [ ! -s "$work/err" ] || [ -e "$work/never.docx" ]; then
            die "no message, or a file: $what"
        fi
    done
}

[ $# -gt 0 ] || set -- pptx docx xlsx
for check in "$@"; do
    "check_$check"
    echo "$check: ok"
done
