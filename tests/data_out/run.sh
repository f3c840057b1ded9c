#!/usr/bin/env bash
# Data for analysts, read back by the programs they use: .sav by PSPP and R,
# .dta by R, the workbook by openpyxl, codebook and data package by Python
# (by the rules of DDI) and npm's datapackage, JSON-stat by npm's
# jsonstat-toolkit.
#
#     tests/data_out/run.sh BRUKERPLAN STORE ROUND
#
# Every cell is compared with the CSV that can be imported again, and the
# figures of bergen-2014-published.json are counted anew in PSPP and in R.
set -euo pipefail
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
exe=$(realpath "$1") store=$(realpath "$2") round=$3
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../..")
python=/usr/bin/python3
export SOURCE_DATE_EPOCH=1401616800
cd "$work"

out_as() {      # FORMAT FILE OPTION...
    local format=$1 file=$2
    shift 2
    expect 0 "$exe" export "$store" "$round" --format "$format" -o "$file" \
        "$@"
}
run() {
    local status=0
    "$@" > "$out" 2> "$err" || status=$?
    if [ "$status" -eq 0 ]; then pass; else cat "$out"; fail "$*"; fi
}

# Every format, and the same bytes again whatever the machine's time zone.
for format in csv xlsx sav dta ddi package; do
    out_as "$format" "data.$format"
    TZ=Asia/Tokyo out_as "$format" "again.$format"
    same "data.$format" "again.$format"
    out_as "$format" "some.$format" --counting --without-pseudonyms \
        --where 'target_group = mental and units_serving in {nav_arna}' \
        --lang en
done
LC_ALL=C TZ=UTC out_as sav again.sav
same data.sav again.sav

# What is read back.
run $python "$here/figures.py" "$top/tests/data/bergen-2014-published.json" .
run $python "$here/read_back.py" all data.csv data.xlsx data.ddi data.package
run $python "$here/read_back.py" some data.csv some.xlsx some.ddi \
    some.package
for file in data.ddi some.ddi; do
    run $python "$here/ddi.py" $file
done
run Rscript "$here/read_back.R" .
run pspp -O format=txt figures.sps
run $python "$here/figures.py" --compare pspp.csv \
    "$top/tests/data/bergen-2014-published.json" .
for file in r_sav r_dta; do
    run $python "$here/figures.py" --compare $file.csv \
        "$top/tests/data/bergen-2014-published.json" .
done
pspp -O format=txt about.sps > about.txt
has about.txt 'Runde: Bergen 2014 (bergen-2014)'
has about.txt 'Filter: Ingen'
has about.txt 'Hentet ut: 2014-06-01 12:00'
has about.txt 'Hentet ut av:'
has about.txt 'Vern: Internt'

# Without pseudonyms nothing of one is in any byte, and what is unpacked.
cut -d ';' -f 9 data.csv | awk '/^[0-9a-f]+$/ && n++ < 200' > pseudonyms
mkdir unpacked
for format in xlsx package; do
    mkdir "unpacked/$format"
    $python -m zipfile -e "some.$format" "unpacked/$format"
done
if grep -rqF -f pseudonyms some.csv some.sav some.dta some.ddi unpacked; then
    fail "a pseudonym is in a file without"
else
    pass
fi
run test "$(wc -l < pseudonyms)" -eq 200

# Refused, with nothing written.
expect 1 "$exe" export "$store" bergen-ovelse --format sav -o no.sav
has "$err" 'bergen-ovelse'
expect 1 "$exe" export "$store" "$round" --format spss -o no.sav
has "$err" 'csv, xlsx, sav, dta, ddi, package'
expect 1 "$exe" export "$store" "$round" --format dta -o no.sav \
    --where 'sex = wrong'
expect 2 "$exe" export "$store" "$round" --format dta
run test ! -e no.sav
expect 3 "$exe" export "$store" "$round" --format sav -o /dev/full
expect 3 "$exe" export "$store" "$round" --format package -o /dev/full

# What each format says of itself is the same.
for format in json html pdf docx pptx xlsx; do
    expect 0 "$exe" report "$store" "$round" --format $format --text tables \
        -o "about.$format"
done
expect 0 "$exe" report "$store" "$round" --format svg --table area_housing \
    -o about.svg
run $python "$here/about.py" about.json about.{html,pdf,docx,pptx,xlsx,svg}

# JSON-stat and a drawing.
run "$here/jsonstat/run.sh" "$exe" "$store" "$round"
table=(table "$store" "$round" --where 'target_group = mental' --rows)
expect 0 "$exe" "${table[@]}" index_grade --format svg
cp "$out" chart.svg
run $python -c 'import sys, xml.dom.minidom as d; d.parse(sys.argv[1])' \
    chart.svg
for word in 'Gul 67' 'Internt' '<title' '<desc' 'pattern id="p-g1"'; do
    has chart.svg "$word"
done
expect 0 "$exe" "${table[@]}" index_grade --format png
cp "$out" chart.png
run $python "$here/picture.py" chart.png
expect 1 "$exe" table "$store" "$round" --rows index_grade \
    --where 'year = 1999' --format svg
done_testing
