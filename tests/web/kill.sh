#!/usr/bin/env bash
# Every answer that was acknowledged is there after kill -9: kill.py.
#
#     tests/web/kill.sh BRUKERPLAN TIMES
#
# BRUKERPLAN must be the one of build/.
set -euo pipefail
cd "$(dirname "$0")/../.."
exe=$(realpath "$1")
flock build/.lock ninja -C build tests/unit/load > /dev/null
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-killed.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 tests/web/kill.py "$exe" build/tests/unit/load "$work" "$2"
