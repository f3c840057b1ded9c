#!/usr/bin/env bash
# Every page and API call, tried by everybody (rights.py).
#
#     tests/web/rights/run.sh BRUKERPLAN
set -euo pipefail
cd "$(dirname "$0")/../../.."
flock build/.lock ninja -C build tests/unit/list_pages > /dev/null
tests/web/rights/rights.py "$(realpath "$1")" build/tests/unit/list_pages
