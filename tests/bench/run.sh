#!/usr/bin/env bash
# The benchmark of the import and the report; see run.py for what is done.
#
#     tests/bench/run.sh BRUKERPLAN [ROWS [ROUNDS]]
#
# BRUKERPLAN must be the one of build/. What is made stands in build/bench
# and is removed again: some 4 GB.
set -euo pipefail
cd "$(dirname "$0")/../.."
exe=$1 rows=${2:-1000000} rounds=${3:-3} work=build/bench

if ! command -v sqlite3 > /dev/null; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    export DEBIAN_FRONTEND=noninteractive
    "${as_root[@]}" apt-get update -q >&2
    "${as_root[@]}" apt-get install -q -y --no-install-recommends \
        sqlite3 >&2
fi
flock build/.lock ninja -C build tests/unit/generate > /dev/null
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
python3 tests/bench/run.py "$exe" build/tests/unit/generate "$work" \
    "$rows" "$rounds"
