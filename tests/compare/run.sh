#!/usr/bin/env bash
# A round beside others, from outside: made-up rounds of other years and
# municipalities; every mark computed again by R; files signed, checked by
# OpenSSL, and refused; the inhabitants; the focus areas.
#
#     tests/compare/run.sh BRUKERPLAN DEMO_STORE ROUND
set -euo pipefail
exe=$(realpath "$1") demo=$(realpath "$2") round=$3
here=$(realpath "$(dirname "$0")")
# shellcheck source=tests/lib.sh
. "$here/../lib.sh"
cd "$work"
cp -r "$demo" store
cp -r "$demo.keys" store.keys
expect 0 "$exe" export store "$round" --format csv -o rows.csv
python3 "$here/rounds.py" "$exe" store rows.csv 2> log || fail "rounds.py"

# --- beside rounds of the store, and R --------------------------------------
compare=(--compare bergen-2012 --compare oslo-2014 --compare stavanger-2014
    --compare arendal-2014)
for report in mental substance; do
    for format in json text html csv; do
        expect 0 "$exe" report store "$round" --report $report \
            "${compare[@]}" --format $format -o $report.$format
    done
    expect 0 Rscript "$here/check.R" $report.json $report.text 1201-2014-5
    cat "$out"
done
# The text and the slides mark the same, in every file.
for format in text docx; do
    expect 0 "$exe" report store "$round" --text report "${compare[@]}" \
        --format $format -o report.$format
done
for format in text pptx; do
    expect 0 "$exe" report store "$round" --text slides "${compare[@]}" \
        --format $format -o slides.$format
done
printf -- '---\nkind: report\nlang: nb\ntitle: T\n---\n%s\n\n%s\n\n%s\n' \
    '# Sammenligning' '{{compare}}' '{{rates}}' > all.md
for format in text json; do
    expect 0 "$exe" report store "$round" --text all.md "${compare[@]}" \
        --format $format -o all.$format
done
expect 0 Rscript "$here/check.R" all.json all.text 1201-2014-5
cat "$out"
expect 0 python3 "$here/texts.py" mental.text report.text slides.text \
    slides.pptx report.docx
cat "$out"
for lang in nn en; do
    expect 0 "$exe" report store "$round" --text report "${compare[@]}" \
        --lang $lang --format text -o text.$lang
    expect 0 "$exe" report store "$round" --text slides "${compare[@]}" \
        --lang $lang --format text -o slides.$lang
done
has text.nn 'har gått ned frå 37'
has text.en 'has gone down from 37'
has slides.nn 'Planar ved sida av andre'
has slides.en 'Plans beside other surveys'
# Without any there is nothing of it.
expect 0 "$exe" report store "$round" --text report --format text -o alone
lacks alone Sammenligning
has mental.text 'Arbeid og aktivitet: 24'
lacks mental.text 'i Oslo 2014, '

# --- what is refused ----------------------------------------------------------
refuse() {
    local what=$1
    shift
    expect 1 "$exe" report store "$round" --report mental -o no.html "$@"
    has "$err" "$what"
    [ ! -e no.html ] || fail 'something was written'
}
refuse 'at least 3' --compare oslo-2014
refuse 'the round itself' --compare "$round"
refuse 'in it already' --compare bergen-2012 --compare bergen-2012
refuse 'no round nothing' --compare nothing
refuse 'training round' --compare bergen-ovelse
refuse 'not been published' --compare bergen-2012 --publish
expect 1 "$exe" publish store "$round" --compare bergen-2012 -o no
has "$err" 'not been published'
if [ -e no ] || [ -e no.part ]; then fail 'a folder was made'; fi
head='---\nkind: report\nlang: nb\ntitle: T\n---\n# A\n\n'
wrong() {
    # shellcheck disable=SC2059
    printf -- "$head$1\n" > wrong.md
    expect 1 "$exe" text check wrong.md
    has "$err" "$2"
}
wrong '{{compare nothing}}' 'is no table that the report is compared by'
wrong '{{compare area_actvity}}' 'did you mean area_activity'
wrong '{{change plans nothing}}' 'is no row of the table'
wrong '{{change plans}}' 'is no row of the table'
wrong 'A {{rates}} b' 'line of its own'
expect 0 "$exe" round open store bergen-2012 --reason test
expect 0 "$exe" round set store bergen-2012 inclusion='Bare noen'
refuse 'another rule of who' --compare bergen-2012
expect 0 "$exe" round show store oslo-2014
expect 0 "$exe" round set store bergen-2012 \
    "inclusion=$(sed -n 's/^inclusion\t//p' "$out")"
expect 0 "$exe" round close store bergen-2012
expect 2 "$exe" report store "$round" --report unit --unit strax_huset \
    --compare oslo-2014 -o no.html

# --- aggregate files ----------------------------------------------------------
expect 0 "$exe" aggregate key store
cp "$out" own.pub
expect 0 "$exe" aggregate key store
same "$out" own.pub
[ "$(stat -c %a store.keys/_signing.key)" = 600 ] || fail 'mode of the key'
# Rounded files add up, and so do they together.
cp -R store rounded
cp -R store.keys rounded.keys
for town in oslo-2014 stavanger-2014 arendal-2014; do
    expect 0 "$exe" round set rounded $town round_to=5
    expect 0 "$exe" aggregate write rounded $town -o $town-5.json
    expect 0 "$exe" aggregate check $town-5.json --signer own.pub
    has "$out" "$(printf 'protection\trounded 5')"
done
expect 0 "$exe" aggregate sum rounded oslo-2014-5.json \
    stavanger-2014-5.json arendal-2014-5.json --name Alle \
    --signer own.pub -o sum-5.json
expect 0 "$exe" aggregate check sum-5.json --signer own.pub
python3 - oslo-2014-5.json stavanger-2014-5.json arendal-2014-5.json \
    sum-5.json <<'END'
import json, sys
def cells(file):
    found = {}
    for r in json.load(open(file))["reports"]:
        for t in r["tables"]:
            columns = t.get("columns") or [""]
            for i, n in enumerate(t["cells"]):
                key = (r["id"], t["id"], t["rows"][i // len(columns)],
                       columns[i % len(columns)])
                found[key] = n
    return found
*parts, whole = map(cells, sys.argv[1:])
numbers = 0
for key, n in whole.items():
    part = [p.get(key, 0) for p in parts]
    assert not any(x % 5 for x in part) and sum(part) == n, (key, part, n)
    numbers += n > 0
assert numbers > 300, numbers
END
for town in oslo stavanger; do
    expect 0 "$exe" aggregate write store $town-2014 -o $town.json
    expect 0 "$exe" aggregate check $town.json --signer own.pub
    has "$out" "$(printf 'protection\thidden 5')"
done
expect 0 "$exe" aggregate write store oslo-2014 -o again.json
same oslo.json again.json
expect 0 "$exe" check store
# Whoever has OpenSSL can check it: the signature is of all before it.
python3 - oslo.json own.pub <<'END'
import re, sys
data = open(sys.argv[1], "rb").read()
end = data.rindex(b',"signature":"')
open("body", "wb").write(data[:end])
open("sig", "wb").write(bytes.fromhex(data[end + 14:-3].decode()))
key = bytes.fromhex(open(sys.argv[2]).read().strip())
open("key.der", "wb").write(bytes.fromhex("302a300506032b6570032100") + key)
END
expect 0 openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin \
    -in body -sigfile sig
sed 's/"Oslo"/"Oslq"/' oslo.json > changed.json
expect 1 "$exe" aggregate check changed.json --signer own.pub
has "$err" 'changed.json: none of the keys has signed this file'
printf '%064d\n' 0 > other.pub
expect 1 "$exe" aggregate check oslo.json --signer other.pub
expect 2 "$exe" aggregate check oslo.json
expect 1 "$exe" aggregate sum store oslo.json stavanger.json --name Alle \
    --signer own.pub -o sum.json
has "$err" 'numbers are hidden'
for name in '' "$(printf 'a\tb')" "$(printf '%0201d' 1)" "$(printf '\377')"; do
    expect 1 "$exe" aggregate sum store oslo.json --name "$name" \
        --signer own.pub -o sum.json
    has "$err" 'plain text of at most 200'
done
refuse 'none of the keys' --compare ./oslo.json
expect 0 "$exe" aggregate add store "$round" oslo.json --signer own.pub
expect 1 "$exe" aggregate add store "$round" oslo.json --signer own.pub
expect 0 "$exe" aggregate list store "$round"
has "$out" 'Oslo 2014'
expect 0 "$exe" aggregate remove store "$round" 1
expect 0 "$exe" aggregate list store "$round"
empty "$out"

# Published: nothing small, and the marks are those that R finds in it.
files=(--compare ./oslo.json --compare ./stavanger.json --signer own.pub)
for format in json text; do
    expect 0 "$exe" report store "$round" --report mental "${files[@]}" \
        --publish --format $format -o published.$format
done
expect 0 python3 "$here/published.py" published.json 5
expect 0 Rscript "$here/check.R" published.json published.text 1201-2014-5

# Kept ones stand in the whole publication, when they can.
expect 0 "$exe" aggregate add store "$round" oslo.json --signer own.pub
expect 0 "$exe" publish store "$round" -o alone.d
has "$err" 'at least 3'
lacks alone.d/report.html 'Oslo 2014'
expect 0 "$exe" aggregate add store "$round" stavanger.json --signer own.pub
expect 0 "$exe" aggregate write store bergen-2012 -o bergen.json
expect 0 "$exe" publish store "$round" --compare bergen-2012 -o beside.d
for file in report.html mental.html substance.html; do
    for name in 'Oslo 2014' 'Stavanger 2014' 'Bergen 2012'; do
        has beside.d/$file "$name"
    done
done
expect 0 python3 "$here/published.py" beside.d/mental.json 5
expect 0 python3 "$here/published.py" beside.d/substance.json 5
# What was printed of the other round was in its ledger, and is the same.
python3 - store/brukerplan.db <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
n = db.execute("select count(*) from released r join round o on "
               "o.municipality = r.municipality and o.place = r.round "
               "where o.id = 'bergen-2012'").fetchone()
assert n == (1,), n
END
expect 0 "$exe" check store

# --- inhabitants --------------------------------------------------------------
python3 - > 07459.json <<'END'
import json
ages = [f"{a:03d}" for a in range(105)] + ["105+"]
regions = ["0301", "1201", "4601"]
ids = ["Region", "Kjonn", "Alder", "ContentsCode", "Tid"]
cats = [regions, ["2", "1"], ages, ["Personer1"], ["2013", "2014", "2020"]]
value = [(0 if (r == "1201") == (t == "2020") and r != "0301" else
          1000 + 10 * int(a[:3]) + int(s) + int(t) - 2013)
         for r in regions for s in cats[1] for a in ages for t in cats[4]]
print(json.dumps({"version": "2.0", "class": "dataset",
    "label": "07459: Befolkning (eksempel)", "id": ids,
    "size": [len(c) for c in cats],
    "role": {"time": ["Tid"], "geo": ["Region"]},
    "dimension": {i: {"category": {"index": c}} for i, c in zip(ids, cats)},
    "value": value}))
END
people() {
    python3 - "$1" <<'END'
import json, sys
d = json.load(open("07459.json"))
at = {"2013": 0, "2014": 1, "2020": 2}[sys.argv[1]]
r = 2 if at == 2 else 1
print(sum(d["value"][((r * 2 + s) * 106 + a) * 3 + at]
          for s in range(2) for a in range(18, 106)))
END
}
expect 0 "$exe" round open store "$round" --reason test
expect 0 "$exe" population store "$round" 07459.json
has "$out" "$(printf 'population\t%s' "$(people 2014)")"
expect 0 "$exe" population store "$round" 07459.json --on 2020-01-01
has "$out" "$(printf 'population\t%s' "$(people 2020)")"
has "$out" "$(printf 'municipalities\t4601')"
expect 0 "$exe" round show store "$round"
has "$out" "$(printf 'population_on\t2020-01-01')"
has "$out" "$(printf 'population_from_age\t18')"
expect 2 "$exe" population store "$round" 07459.json --on 2020-07-01
expect 1 "$exe" population store "$round" 07459.json --on 2012-01-01
has "$err" '07459.json: '
expect 1 "$exe" population store "$round" rows.csv
expect 0 "$exe" round show store "$round"
has "$out" "$(printf 'population_on\t2020-01-01')"

# --- focus areas --------------------------------------------------------------
expect 0 python3 "$here/focus.py" "$exe" store "$round" rows.csv
cat "$out"
for lang in nb nn en; do
    expect 0 "$exe" focus store "$round" --lang $lang
    lacks "$out" '{'
done
expect 0 "$exe" focus store "$round" --compare oslo-2014 \
    --compare stavanger-2014
has "$out" 'compare.plans.any_plan.1'
expect 1 "$exe" focus store "$round" --report unit
done_testing
