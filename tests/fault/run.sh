#!/usr/bin/env bash
# Everything that can fail once, does; see run.py. Of many chances, some.
#
#     tests/fault/run.sh [--long] [WORK...]
set -euo pipefail
cd "$(dirname "$0")/../.."

flock build/.lock ninja -C build tests/unit/brukerplan_fault \
    tests/unit/libfault_shim.so > /dev/null
python3 tests/fault/run.py build/tests/unit/brukerplan_fault \
    build/tests/unit/libfault_shim.so "$@"
