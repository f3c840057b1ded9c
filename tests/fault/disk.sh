#!/usr/bin/env bash
# A disk that is really full, and one that can't be written to.
#
#     tests/fault/disk.sh BRUKERPLAN
#
# Makes small file systems in memory; where that is not allowed it exits
# with 77, skipped.
set -euo pipefail
exe=$(realpath "$1")
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
cd "$work"
mkdir disk
if ! mount -t tmpfs -o size=1m none disk 2> /dev/null; then
    echo "skipped: nothing may be mounted here"
    exit 77
fi
umount disk
unmount() {
    umount disk 2> /dev/null || true
    chmod -R u+w "$work" 2> /dev/null || true
    rm -rf "$work"
}
trap unmount EXIT

# one_line: what failed is said in one line.
one_line() {
    if [ "$(wc -l < "$err")" -eq 1 ]; then pass; else
        fail "$(wc -l < "$err") lines were said"
    fi
}

printf 'unit,name,tier\nnord,Nord,1\n' > units.csv
awk 'BEGIN {
    print "unit;target_group;mental;units_serving"
    for (i = 0; i < 20000; i++) print "nord;mental;2;nord"
}' > many.csv
expect 0 "$exe" init template
expect 0 "$exe" round new template r --municipality 1201 --year 2014 \
    --units units.csv --synthetic
printf 'unit;target_group;mental\nnord;mental;2\n' > one.csv
expect 0 "$exe" import template r one.csv

# No room to make a store, in KiB; nothing is left of it.
for size in 16 64 128 200; do
    mount -t tmpfs -o "size=${size}k" none disk
    status=0
    "$exe" init disk/store > "$out" 2> "$err" || status=$?
    if [ "$status" -eq 0 ]; then
        expect 0 "$exe" check disk/store
    elif [ "$status" -eq 3 ]; then
        one_line
        [ ! -e disk/store ] || fail "init left disk/store ($size KiB)"
    else
        fail "init on a full disk: exit $status ($size KiB)"
    fi
    umount disk
done

# No room for an import: all or nothing, and the disk is usable after.
refused=0
for size in 600 1000 2000 4000 6000 9000 20000 60000; do
    mount -t tmpfs -o "size=${size}k" none disk
    cp -a template disk/store
    cp -a template.keys disk/store.keys
    status=0
    "$exe" import disk/store r many.csv > "$out" 2> "$err" || status=$?
    rows=20001
    if [ "$status" -ne 0 ]; then
        [ "$status" -eq 3 ] || fail "import: exit $status ($size KiB)"
        one_line
        rows=1 refused=$((refused + 1))
    fi
    mount -o remount,size=200m disk
    expect 0 "$exe" count disk/store r
    is "$out" "$rows"
    expect 0 "$exe" check disk/store
    empty "$out"
    expect 0 "$exe" import disk/store r many.csv
    umount disk
done
[ "$refused" -ge 3 ] || fail "only $refused imports met a full disk"

# Nothing may be written.
mount -t tmpfs -o size=60m none disk
cp -a template disk/store
cp -a template.keys disk/store.keys
mount -o remount,ro disk
for words in "import disk/store r one.csv" "round close disk/store r" \
    "init disk/new" "demo disk/demo" "backup disk/store disk/copy" \
    "round new disk/store s --municipality 1201 --year 2014 --units units.csv"
do
    # Word splitting is meant: a command and its words.
    # shellcheck disable=SC2086
    expect 3 "$exe" $words
    empty "$out"
    one_line
done
# Who may not write can't be told who read: so nothing is read either.
expect 3 "$exe" count disk/store r
empty "$out"
one_line
mount -o remount,rw disk
expect 0 "$exe" count disk/store r
is "$out" 1
expect 0 "$exe" check disk/store
expect 0 "$exe" export disk/store r --format csv -o disk/out.csv
mount -o remount,ro disk
expect 3 "$exe" export template r --format csv -o disk/out.csv
one_line
umount disk
done_testing
