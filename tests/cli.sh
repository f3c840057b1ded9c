#!/usr/bin/env bash
# The command line from outside: exit statuses, what goes where, what the
# machine can do to it.
#
#     tests/cli.sh BRUKERPLAN DEMO_STORE
set -euo pipefail
exe=$(realpath "$1") demo=$(realpath "$2")
here=$(realpath "$(dirname "$0")")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$work"
round=bergen-2014

# A store of our own, with a small round that is not synthetic.
printf 'unit,name,tier\nnord,Nord,1=Vedtak|2\nsor,Sør,2\n' > units.csv
printf 'unit,target_group,sex,birth_year,mental,economy\n' > few.csv
printf 'nord,mental,male,1980,3,2\nsor,dual,female,1990,5,1\n' >> few.csv
expect 0 "$exe" init own
expect 0 "$exe" round new own r1 --municipality 4601 --year 2025 \
    --units units.csv
empty "$out"

# --- help, for every command and in every language -----------------------
expect 0 "$exe" help
empty "$err"
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\( [a-z]*\)\{0,1\}\)  .*/\1/p' \
    "$out")
[ "$(wc -l <<< "$commands")" -ge 25 ] || fail "help lists too few commands"
for lang in en nb nn; do
    while read -r command; do
        # shellcheck disable=SC2086
        expect 0 "$exe" help $command --lang "$lang"
        has "$out" "brukerplan $command"
        empty "$err"
    done <<< "$commands"
done
expect 0 "$exe" --help
expect 0 "$exe" count --help
has "$out" 'brukerplan count STORE ROUND'
expect 0 "$exe" --lang nb help
has "$out" 'Kommandoer:'
expect 2 "$exe" --lang nb coutn
has "$err" 'mente du count?'
expect 0 "$exe" version
has "$out" 'brukerplan '
expect 0 "$exe" --version

# --- the words of a command ----------------------------------------------
one_line() { [ "$(wc -l < "$err")" -eq 1 ] || fail "not one line"; }
wrong_words() { expect 2 "$exe" "$@"; empty "$out"; one_line; }
wrong_words
wrong_words frobnicate
wrong_words coutn
has "$err" 'count'
wrong_words round
wrong_words round nwe own r2
has "$err" 'new'
wrong_words count "$demo"
wrong_words count "$demo" $round extra
wrong_words count "$demo" $round --wehre 'sex = male'
has "$err" '--where'
wrong_words count "$demo" $round --where
wrong_words count "$demo" $round --where a --where b
wrong_words count "$demo" $round --format csv
wrong_words table "$demo" $round
has "$err" '--rows'
wrong_words report "$demo" $round
has "$err" '-o'
wrong_words report "$demo" $round --report unit -o x.html
wrong_words count "$demo" $round --lang sv
wrong_words round new own r2 --municipality bergen --year 2025 \
    --units units.csv
wrong_words round new own r2 --municipality 4601 --year soon \
    --units units.csv
wrong_words key destroy own r1 --confirm r2
wrong_words optout add own r1 01018012345
lacks "$err" 01018012345
wrong_words optout add own r1 '010180 12345'
lacks "$err" 12345
wrong_words optout remove own r1 01018012345
lacks "$err" 01018012345
wrong_words optout add own r1 - 01018012345
lacks "$err" 01018012345
wrong_words help frobnicate

# --- refused input -------------------------------------------------------
refused() { expect 1 "$exe" "$@"; empty "$out"; one_line; }
refused count "$demo" bergen-2015
has "$err" 'bergen-2014'
refused count nowhere $round
refused count "$demo" $round --where 'sexx = male'
has "$err" 'sex'
refused count "$demo" $round --where 'sex = '
refused count "$demo" $round --sum sex
refused count "$demo" $round --sum sexx
refused table "$demo" $round --rows sexx
refused table "$demo" $round --rows ident
refused table "$demo" $round --rows sex --format odt
has "$err" 'json'
refused report "$demo" $round --format odp -o x.odp
refused report "$demo" $round --report mentl -o x.html
has "$err" 'mental'
# One chart, of a table that has one.
expect 0 "$exe" report "$demo" $round --format svg --table area_housing \
    -o housing.svg
has housing.svg '<title id="chart-title">'
has housing.svg 'Intern'
expect 0 "$exe" report "$demo" $round --format png --table index -o index.png
[ "$(head -c 4 index.png | tail -c 3)" = PNG ] || fail 'no PNG'
refused report "$demo" $round --format svg --table area_hosing -o never.svg
has "$err" 'area_housing'
refused report "$demo" $round --format png --table key_figures -o never.png
has "$err" 'no chart'
expect 2 "$exe" report "$demo" $round --format svg -o never.svg
has "$err" '--table'
expect 2 "$exe" report "$demo" $round --table index -o never.html
has "$err" 'svg'
ls never.* > "$out" 2> /dev/null || :
empty "$out"
refused report "$demo" $round --compare $round -o x.html
refused report own r1 --publish -o x.html
has "$err" 'not closed'
refused publish own r1 -o published
has "$err" 'not closed'
if [ -e published ] || [ -e published.part ]; then
    fail 'half a publication'
fi
refused report "$demo" $round --report unit --unit nowhere -o x.html
refused export "$demo" $round --format ods -o x.ods
refused export "$demo" bergen-ovelse --format csv -o x.csv
refused init postgresql://localhost/x
refused count postgresql://localhost/x $round
refused import own r1 missing.csv
refused round new own R1 --municipality 4601 --year 2025 --units units.csv
refused round new own r1 --municipality 4601 --year 2025 --units units.csv
refused round new own r2 --municipality 9999 --year 2025 --units units.csv
refused round new own r2 --municipality 4601 --year 2025 --units missing.csv
refused round new own r2 --municipality 4601 --year 2025 --units units.csv \
    --instrument brukerplan-2041
has "$err" 'brukerplan-2014'
refused round set own r1 controler=x
has "$err" 'controller'
refused round set own r1 dpia=x informed_on=2025-02-30
refused round switch own r1 case_cod
has "$err" 'case_code'
refused round switch own r1 sex
refused instrument check missing.yaml
refused init "$demo"
refused demo "$demo"
for file in x.*; do
    if [ -e "$file" ]; then fail "$file was made"; fi
done

# A number of another year is a warning; the round is there.
expect 0 "$exe" round new own r2 --municipality 1201 --year 2025 \
    --units units.csv --period 2 --from-age 16
has "$err" '4601'

# --- data to standard output, messages to standard error -----------------
expect 0 "$exe" import own r1 few.csv
empty "$out"
has "$err" '2'
expect 0 "$exe" count own r1
is "$out" 2
empty "$err"
expect 0 "$exe" count own r1 --where 'sex = male'
is "$out" 1
expect 0 "$exe" count own r1 --sum care_children
is "$out" 0
has "$err" '2'
expect 0 "$exe" round show own r1
has "$out" 'unit	nord	Nord	1=Vedtak|2'
expect 0 "$exe" round set own r1 'controller=Bergen kommune' population=290000
empty "$err"
# What rounding means is said, and what would tell less; blank is off.
expect 0 "$exe" round set own r1 round_to=5
one_line
has "$err" 'multiples of 5'
has "$err" '1 to 4: round_to=10'
expect 0 "$exe" round set own r1 round_to=9
one_line
lacks "$err" 'round_to='
expect 0 "$exe" round set own r1 small_below=10 round_to=10
has "$err" '1 to 9: round_to=20'
expect 0 "$exe" round set own r1 small_below= round_to=
empty "$err"
expect 0 "$exe" round set own r1 round_to=0
empty "$err"
expect 0 "$exe" round show own r1
has "$out" 'controller	Bergen kommune'
has "$out" 'dpia	'
expect 0 "$exe" round switch own r1 case_code
expect 0 "$exe" round show own r1
has "$out" 'switched_on	case_code'
has "$out" 'definition	2'
expect 0 "$exe" round close own r1
refused import own r1 few.csv
refused round open own r1 --reason 'too early'  # blanks
expect 0 "$exe" check own
empty "$out"
expect 0 "$exe" instrument check brukerplan-2014
empty "$out"
expect 0 "$exe" instrument show brukerplan-2014
has "$out" 'target_group'
empty "$err"
expect 0 "$exe" instrument show brukerplan-2014 --lang en
expect 0 "$exe" instrument diff brukerplan-2014 brukerplan-2014

# --- why one registration has its index ----------------------------------
expect 0 "$exe" index "$demo" $round 1
empty "$err"
refused index "$demo" $round 99999999
wrong_words index "$demo" $round one
wrong_words index "$demo" $round 0

# --- the same store and words give the same bytes ------------------------
twice() {
    expect 0 "$exe" "$@"
    cp "$out" first
    expect 0 env LC_ALL=nn_NO.UTF-8 TZ=Asia/Tokyo "$exe" "$@"
    same first "$out"
    [ -s first ] || fail "no output: $*"
}
twice table "$demo" $round --rows activity_grade --columns index_grade \
    --where 'target_group = mental'
twice table "$demo" $round --rows age_group --format json
twice table "$demo" $round --rows sex --format csv --lang en
for format in html json csv; do
    twice report "$demo" $round --format $format -o -
    twice report "$demo" $round --report substance --format $format -o -
done
unit=$("$exe" round show "$demo" $round | awk '$1 == "unit" { print $2; exit }')
twice report "$demo" $round --report unit --unit "$unit" -o -
twice export "$demo" $round --format csv -o -
refused report "$demo" $round --report unit --unit "x$unit" -o -
has "$err" "$unit"

# Coverage: who was registered, and why others were not, add up to what was
# expected; those registered are the units' complete ones, counted apart.
coverage() {
    "$exe" report "$demo" $round --lang en --format text "$@" -o - |
        awk '/^On the lists/ { on = 1; next } on && !/[0-9]$/ { exit }
             on { n = $0; sub(/^[^0-9]*/, "", n); gsub(/[^0-9]/, "", n)
                  sum = NR0++ ? sum + n : 0; if (NR0 == 1) expected = n
                  if (NR0 == 2) done = n }
             END { print expected, sum, done }'
}
complete() {
    "$exe" round show "$demo" $round | awk -F '\t' -v unit="$1" '
        $1 == "unit" && (unit == "" || $2 == unit) {
            sub(/complete /, "", $5); n += $5 } END { print n }'
}
for which in "" "$unit"; do
    read -r expected sum registered < <(
        coverage ${which:+--report unit --unit "$which"})
    if [ "$expected" -gt 0 ] && [ "$sum" -eq "$expected" ] &&
        [ "$registered" -eq "$(complete "$which")" ]; then
        pass
    else
        fail "coverage $which: $expected, $sum, $registered"
    fi
done

# What is exported can be imported, and counts the same.
"$exe" export "$demo" $round --format csv -o out.csv
"$exe" round show "$demo" $round |
    awk -F '\t' 'BEGIN { print "unit;name;tier" }
        $1 == "unit" { print $2 ";" $3 ";" $4 }' > demo-units.csv
expect 0 "$exe" round new own again --municipality 1201 --year 2014 \
    --period 5 --units demo-units.csv --synthetic
expect 0 "$exe" import own again out.csv
expect 0 "$exe" count own again
is "$out" 3556
expect 0 "$exe" export own again --format csv -o again.csv
same out.csv again.csv

# The columns that the import left are those that are made of the store.
mv own/again.columns imported.columns
expect 0 "$exe" round close own again
expect 0 "$exe" count own again
same own/again.columns imported.columns
expect 0 "$exe" round open own again --reason test

# --- opting out ----------------------------------------------------------
# 17 January 1980 with month + 80: made for tests, nobody's.
number=$(python3 - <<'END'
first = "178180123"
for i in range(100):
    d = [int(c) for c in f"178180{i:03d}"]
    k1 = -sum(a * b for a, b in zip(d, (3, 7, 6, 1, 8, 9, 4, 5, 2))) % 11
    k2 = -(sum(a * b for a, b in zip(d, (5, 4, 3, 2, 7, 6, 5, 4, 3)))
           + 2 * k1) % 11
    if k1 < 10 and k2 < 10:
        print("".join(map(str, d + [k1, k2])))
        break
END
)
printf 'unit,target_group,mental,ident\n' > one.csv
printf '%s,mental,2,%s\n' "$unit" "$number" >> one.csv
expect 0 "$exe" import own again one.csv
lacks "$err" "$number"
expect 0 "$exe" count own again
is "$out" 3557
expect 0 "$exe" optout add own again <<< "$number"
lacks "$err" "$number"
has "$err" 'registrations deleted: 1'
expect 0 "$exe" count own again
is "$out" 3556
expect 1 "$exe" import own again one.csv
lacks "$err" "$number"
expect 0 "$exe" optout list own again
[ "$(wc -l < "$out")" -eq 1 ] || fail "not one on the list"
echo "$number" > numbers.txt
expect 0 "$exe" optout remove own again numbers.txt
expect 0 "$exe" optout list own again
empty "$out"
expect 1 "$exe" optout add own again <<< "${number%?}x"
lacks "$err" "${number%?}"
has "$err" '-:1: '
expect 0 "$exe" check own
grep -rqaF -e "$number" own own.keys && fail "a number in the store"

# --- keys ----------------------------------------------------------------
expect 0 "$exe" key list own
has "$out" 'again	there'
refused key destroy own again --confirm again       # it is open
expect 0 "$exe" round close own again
expect 0 "$exe" key destroy own again --confirm again
expect 0 "$exe" key list own
lacks "$out" 'again	there'
expect 0 "$exe" check own       # a destroyed key is no damage
# A demo that fails takes no key but its own.
mkdir -m 700 shared
expect 0 "$exe" init keyed-one
expect 0 "$exe" round new keyed-one bergen-2014 --municipality 4601 --year 2025 \
    --units units.csv --keys shared
expect 1 "$exe" demo keyed-two --keys shared
[ -e shared/bergen-2014.key ] || fail "demo took a key that is another's"
expect 0 "$exe" count own again
is "$out" 3556
cp -r "$demo.keys" elsewhere
mv "$demo.keys" hidden
expect 0 "$exe" count "$demo" $round --keys elsewhere
BRUKERPLAN_KEYS=elsewhere expect 0 "$exe" count "$demo" $round
mv hidden "$demo.keys"

# --- backup and restore --------------------------------------------------
expect 0 "$exe" backup "$demo" copy
expect 1 "$exe" backup "$demo" copy
[ ! -e copy.keys ] || fail "a backup with keys"
expect 0 "$exe" restore copy restored
expect 0 "$exe" count restored $round --keys elsewhere
is "$out" 3556
expect 0 "$exe" check restored --keys elsewhere

# --- the file for fast counting -------------------------------------------
columns=restored/$round.columns
[ -e "$columns" ] || fail 'a closed round was counted by rows'
[ "$(stat -c %a "$columns")" = 600 ] || fail 'a file for others to read'
# change FILE AT: one byte is another.
change() {
    python3 -c 'import sys
with open(sys.argv[1], "r+b") as f:
    f.seek(int(sys.argv[2])); byte = f.read(1)[0]
    f.seek(int(sys.argv[2])); f.write(bytes([byte ^ 4]))' "$@"
}
change "$columns" 50000
expect 1 "$exe" check restored --keys elsewhere
has "$out" 'was damaged and was removed'
[ ! -e "$columns" ] || fail 'a damaged file was left'
touch restored/gone.columns "$columns.AbCdEf"
expect 0 "$exe" check restored --keys elsewhere
[ ! -e restored/gone.columns ] || fail "a file of no round was left"
[ ! -e "$columns.AbCdEf" ] || fail 'a file that was being written was left'
expect 0 "$exe" count restored $round --keys elsewhere
change "$columns" 50000
expect 0 "$exe" count restored $round --keys elsewhere
is "$out" 3556
truncate -s 9000 "$columns"
expect 0 "$exe" count restored $round --keys elsewhere
is "$out" 3556
expect 0 "$exe" check restored --keys elsewhere
expect 0 "$exe" round open restored $round --reason test --keys elsewhere
[ ! -e "$columns" ] || fail 'a file of a round that is open'

# --- standard streams ----------------------------------------------------
expect 3 sh -c "'$exe' count '$demo' $round > /dev/full"
one_line
expect 3 sh -c "'$exe' count '$demo' $round >&-"
expect 3 sh -c "'$exe' report '$demo' $round -o - > /dev/full"
expect 3 "$exe" report "$demo" $round -o /dev/full
expect 3 "$exe" export "$demo" $round --format csv -o /dev/full
expect 3 sh -c "'$exe' help >&-"
expect 2 sh -c "'$exe' >&- 2>&- <&-"
expect 1 "$exe" report "$demo" $round -o missing/x.html
expect 0 "$exe" check "$demo"

# --- a line of 2 GiB -----------------------------------------------------
begin=$SECONDS
expect 1 sh -c "head -c 2G /dev/zero | tr '\0' x |
    (ulimit -v 2000000; exec '$exe' import own r2 -)"
has "$err" '-:'
[ $((SECONDS - begin)) -lt 60 ] || fail "a long line took too long"

# --- while another writes ------------------------------------------------
expect 0 "$exe" init busy
expect 0 "$exe" round new busy b --municipality 4601 --year 2025 \
    --units units.csv
mkfifo pipe
"$exe" import busy b pipe > held.out 2> held.err &
holder=$!
exec 9> pipe
printf 'unit,target_group,mental\n' >&9
for _ in $(seq 100000); do echo 'nord,mental,2'; done >&9
for _ in $(seq 100); do
    "$exe" import busy b few.csv > /dev/null 2> "$err" || break
    sleep 0.1
done
expect 0 "$exe" count busy b
is "$out" 0
expect 3 "$exe" import busy b few.csv
one_line
has "$err" "$holder"
expect 0 "$exe" table busy b --rows sex
exec 9>&-
wait "$holder" || fail "the import that held the store"
expect 0 "$exe" count busy b
is "$out" 100000

# --- accounts ------------------------------------------------------------
# slip FILE: the code of the one line that `user add` and `reset` print.
slip() { cut -f 2 "$1"; }
code='^[2-9A-HJKMNP-Z]\{4\}-[2-9A-HJKMNP-Z]\{4\}-[2-9A-HJKMNP-Z]\{4\}$'
expect 0 "$exe" init fresh
grep -q '^/login/slip#' "$out" || fail "init prints no link"
sed 's/.*#//' "$out" | grep -q "$code" || fail "init prints no code"
lacks "$err" "$(sed 's/.*#//' "$out")"
expect 0 "$exe" user list fresh
is "$out" 'admin	Administrator	-	admin'
expect 0 "$exe" round new fresh r1 --municipality 4601 --year 2025 \
    --units units.csv
expect 0 "$exe" user add fresh kari.n --name 'Kari Nordmann' --duty mapper \
    --round r1 --unit nord,sor
slip "$out" | grep -q "$code" || fail "user add prints no code"
lacks "$err" "$(slip "$out")"
has "$err" '/login/slip'
expect 0 "$exe" user list fresh
has "$out" 'kari.n	Kari Nordmann	-	mapper r1 nord,mapper r1 sor'
expect 0 "$exe" user grant fresh kari.n --duty leader --round r1 --unit sor
empty "$out"
expect 0 "$exe" user access fresh
[ "$(wc -l < "$out")" -eq 4 ] || fail "not four grants"
has "$out" 'kari.n	mapper	r1	nord		20'
expect 0 "$exe" user access fresh --on 2025-01-01
empty "$out"
expect 0 "$exe" user end fresh kari.n --duty mapper --unit nord
expect 0 "$exe" user list fresh
has "$out" 'kari.n	Kari Nordmann	-	mapper r1 sor,leader r1 sor'
expect 0 "$exe" round close fresh r1
expect 0 "$exe" user list fresh
has "$out" 'kari.n	Kari Nordmann	-	leader r1 sor'
expect 0 "$exe" user reset fresh kari.n
slip "$out" | grep -q "$code" || fail "user reset prints no code"
refused user add fresh kari.n --name 'En annen'
refused user add fresh 'Kari N' --name 'En annen'
refused user add fresh per --name Per --duty mapper --round r1
refused user add fresh per --name Per --duty mapper --round r1 --unit nord
has "$err" 'closed'
refused user add fresh per --name Per --duty leader --round r1 --unit ost
refused user add fresh per --name Per --duty leader --round r2 --unit sor
refused user grant fresh per --duty admin
refused user grant fresh kari.n --duty leader --round r1 --unit sor
refused user end fresh kari.n --duty analyst
refused user end fresh per
refused user reset fresh per
wrong_words user
wrong_words user add fresh per
wrong_words user grant fresh kari.n
wrong_words user grant fresh kari.n --duty boss
wrong_words user grant fresh kari.n --duty leader --round r1 --unit sor \
    --tier 4
wrong_words user access fresh --on yesterday
expect 0 "$exe" user list fresh
lacks "$out" 'per	'
expect 0 "$exe" user end fresh kari.n
expect 0 "$exe" user list fresh
lacks "$out" 'leader'
expect 0 "$exe" check fresh
empty "$out"

# A municipality's templates: what can't be one is refused at once.
python3 -c 'import zipfile
with zipfile.ZipFile("broken.docx", "w") as z:
    z.writestr("[Content_Types].xml", "<Types/>")
    z.writestr("word/document.xml", "<w/>")'
: > nothing.docx
expect 0 "$exe" report "$demo" $round --text media --format docx -o mal.docx
expect 0 "$exe" brand fresh r1
empty "$out"
expect 0 "$exe" brand fresh r1 --docx mal.docx
has "$out" 'docx	mal.docx	r1	'
refused brand fresh r1 --pptx mal.docx
has "$err" 'pptx'
refused brand fresh r1 --docx units.csv
refused brand fresh r1 --docx nothing.docx
refused brand fresh r1 --docx broken.docx
has "$err" 'broken.docx: '
for file in nothing broken; do
    refused report "$demo" $round --format docx --template $file.docx \
        -o never.docx
    has "$err" "$file.docx: "
done
refused brand fresh r1 --docx mal.docx --pptx missing.pptx
expect 0 "$exe" brand fresh r1
has "$out" 'docx	mal.docx	r1	'
expect 0 "$exe" brand fresh r1 --docx none
empty "$out"
expect 0 "$exe" check fresh
empty "$out"

# --- the whole publication ------------------------------------------------------
cp -r "$demo" shown
cp -r "$demo.keys" shown.keys
expect 0 "$exe" publish shown $round -o published
has "$err" 'Release 1'
for file in report.docx report.pdf report.html slides.pptx slides.pdf \
    media.docx mental.xlsx mental.html mental.docx mental.stat.json \
    substance.json charts/mental-index.svg; do
    [ -s published/$file ] || fail "no $file"
done
lacks published/charts/mental-index.svg 'Intern'
refused publish shown $round -o published
has "$err" 'not empty'
mkdir empty
expect 0 "$exe" publish shown $round -o empty/
has "$err" 'Release 1'
diff -r published empty > "$out" || fail 'the same publication differs'
# Rounding beside what was published by hiding is warned of before it is
# refused.
expect 0 "$exe" round set shown $round round_to=10
[ "$(wc -l < "$err")" -eq 2 ] || fail 'not two lines'
has "$err" 'published with round_to=0'
refused publish shown $round -o mixed
has "$err" 'another way'
expect 0 "$exe" round set shown $round round_to=
empty "$err"
refused publish shown $round -o missing/folder
refused publish shown bergen-ovelse -o training
[ ! -e training ] || fail 'training was published'

# A text of the store with a fault stops all of it, or is left out by name.
cp -r "$demo" faulty
cp -r "$demo.keys" faulty.keys
python3 - <<'END'
import hashlib, sqlite3
db = sqlite3.connect("faulty/brukerplan.db")
town, place = db.execute("select municipality, place from round"
                         " where id = 'bergen-2014'").fetchone()
body = (b"---\nkind: report\nlang: nb\nabout: mental\ntitle: Funn\n---\n\n"
        b"# Del\n\n{{count nothing = 1}}.\n")
db.execute("insert into round_text values (?, ?, 'funn', 'nb', 0, 1, 0)",
           (town, place))
db.execute("insert into round_text_version values"
           " (?, ?, 'funn', 'nb', 1, 0, 0, 0, 'x', '', ?, ?)",
           (town, place, body.decode(), hashlib.sha256(body).hexdigest()))
db.commit()
END
refused publish faulty $round -o half
has "$err" 'funn.nb:10:'
refused report faulty $round --publish -o half.html
has "$err" 'funn.nb:10:'
refused publish faulty $round --without fun.nb -o half
has "$err" 'funn.nb'
if [ -e half ] || [ -e half.part ] || [ -e half.html ]; then
    fail 'half a publication'
fi
expect 0 "$exe" report faulty $round -o whole.html
expect 0 "$exe" publish faulty $round --without funn.nb -o without
has "$err" 'Release 1'
diff -r published without > "$out" || fail 'without a text differs'
# A sound text that is left out is not handed out, and in the release still.
expect 0 "$exe" publish faulty $round --without funn.nb --without media.nb \
    -o fewer
has "$err" 'Release 1'
[ ! -e fewer/media.docx ] || fail 'media was handed out'

done_testing
