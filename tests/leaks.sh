#!/usr/bin/env bash
# Every kind of command once under AddressSanitizer with its leak check.
#
#     tests/leaks.sh BRUKERPLAN_BUILT_WITH_ASAN
set -euo pipefail
exe=$(realpath "$1")
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work"
export ASAN_OPTIONS=detect_leaks=1:exitcode=99
export UBSAN_OPTIONS=halt_on_error=1:exitcode=99

printf 'unit,name,tier\nnord,Nord,1\n' > units.csv
printf 'unit,target_group,mental\nnord,mental,9\n' > bad.csv
expect 0 "$exe" demo demo
expect 0 "$exe" init store
expect 0 "$exe" round new store r --municipality 4601 --year 2025 \
    --units units.csv
expect 1 "$exe" import store r bad.csv
expect 0 "$exe" check demo
expect 0 "$exe" export demo bergen-2014 --format csv -o out.csv
expect 0 "$exe" count demo bergen-2014 --where 'not (sex = male) or ip = 1'
expect 1 "$exe" count demo bergen-2014 --where 'not (sex = male or ip = 1'
for format in text csv json; do
    expect 0 "$exe" table demo bergen-2014 --rows sex --columns age_group \
        --format $format
done
for report in mental substance; do
    for format in html json csv; do
        expect 0 "$exe" report demo bergen-2014 --report $report \
            --format $format -o -
    done
done
expect 0 "$exe" report demo @all --format html -o -
expect 0 "$exe" report demo @all --report unit --unit myrsaeter --format json \
    -o -
expect 0 "$exe" table demo @all --rows sex --columns municipality
expect 1 "$exe" report demo @all --publish -o -
expect 1 "$exe" report demo bergen-2014,bergen-ovelse -o -
expect 0 "$exe" report demo bergen-2014 --audit -o why.csv
for format in docx pptx pdf xlsx jsonstat; do
    expect 0 "$exe" report demo bergen-2014 --publish --format $format \
        -o out.$format
done
for file in out.docx out.pptx; do
    expect 0 "$exe" brand demo bergen-2014 --${file#out.} $file
    expect 1 "$exe" brand demo bergen-2014 --${file#out.} bad.csv
    expect 0 "$exe" report demo bergen-2014 --format ${file#out.} -o made
done
for format in xlsx sav dta ddi package; do
    expect 0 "$exe" export demo bergen-2014 --format $format -o out
done
"$exe" text show report > report.md
expect 0 "$exe" text check report.md demo bergen-2014
head -c 3000 report.md > torn.md
expect 1 "$exe" text check torn.md demo bergen-2014
expect 0 "$exe" focus demo bergen-2014 --format json
"$exe" aggregate key demo > own.pub
expect 0 "$exe" aggregate write demo bergen-2014 -o out.json
expect 0 "$exe" aggregate check out.json --signer own.pub
expect 0 "$exe" aggregate add demo bergen-2014 out.json --signer own.pub
expect 1 "$exe" aggregate check bad.csv --signer own.pub
expect 1 "$exe" population demo bergen-2014 out.json
expect 1 "$exe" report demo bergen-2014 --compare ./out.json --signer own.pub \
    -o out
expect 0 "$exe" backup demo copy
expect 0 "$exe" restore copy again
expect 0 "$exe" round show demo bergen-2014
expect 0 "$exe" round close store r
expect 0 "$exe" instrument show brukerplan-2014
expect 0 "$exe" instrument diff brukerplan-2014 brukerplan-2014
expect 0 "$exe" key list demo
expect 0 "$exe" help round
expect 0 "$exe" help --man
expect 2 "$exe" help roud
done_testing
