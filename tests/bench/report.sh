#!/usr/bin/env bash
# The benchmark of the publication; see report.py for what is done.
#
#     tests/bench/report.sh BRUKERPLAN [PAIRS]
#
# BRUKERPLAN must be the one of build/.
set -euo pipefail
cd "$(dirname "$0")/../.."
exe=$(realpath "$1") pairs=${2:-7} work=build/bench-report

tools/install.sh bench test >&2
flock build/.lock ninja -C build tests/unit/xlsx_alone > /dev/null
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
python3 tests/bench/report.py "$exe" build/tests/unit "$work" "$pairs"
