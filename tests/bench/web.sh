#!/usr/bin/env bash
# The benchmark of the web application; see web.py for what is done.
#
#     tests/bench/web.sh BRUKERPLAN [PAIRS]
#
# BRUKERPLAN must be the one of build/.
set -euo pipefail
cd "$(dirname "$0")/../.."
exe=$(realpath "$1") pairs=${2:-15} work=build/bench-web

tools/install.sh bench >&2
flock build/.lock ninja -C build tests/unit/load tests/unit/raw > /dev/null
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
PYTHONPATH=tests/web python3 tests/bench/web.py "$exe" build/tests/unit \
    "$work" "$pairs"
