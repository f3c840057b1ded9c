#!/usr/bin/env bash
# Makes the demo store that other tests use, and shows that it is what it
# should be: the same every time, verified, refused where something is.
#
#     tests/demo.sh BRUKERPLAN STORE
set -euo pipefail
exe=$1 store=$2
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"

rm -rf "$store" "$store.keys"
mkdir -p "$(dirname "$store")"
expect 0 "$exe" demo "$store"
empty "$out"
has "$err" 'bergen-2014'
expect 0 "$exe" check "$store"
empty "$out"
expect 0 "$exe" count "$store" bergen-2014
is "$out" 3556
expect 0 "$exe" round list "$store"
has "$out" 'bergen-2014	closed	2014	1201	synthetic	Bergen 2014'
has "$out" 'bergen-ovelse	open	2014	1201	training	Bergen 2014'

expect 0 "$exe" user list "$store"
for who in mapper mapper2 resource leader coordinator group analyst dpo \
    admin; do
    grep -q "^$who	[^	]*	-	${who%2}" "$out" || fail "no account $who"
done

expect 0 "$exe" demo "$work/again"
for which in "$store" "$work/again"; do
    expect 0 "$exe" export "$which" bergen-2014 --format csv -o -
    cp "$out" "$work/$(basename "$which").csv"
done
same "$work/$(basename "$store").csv" "$work/again.csv"
same "$store.keys/bergen-2014.key" "$work/again.keys/bergen-2014.key"

expect 1 "$exe" demo "$store"
expect 1 "$exe" init "$store"
done_testing
