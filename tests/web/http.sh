#!/usr/bin/env bash
# The HTTP layer from outside (http_test.py), as it was built in a folder.
#
#     tests/web/http.sh BUILD
set -euo pipefail
cd "$(dirname "$0")/../.."
flock "$1/.lock" ninja -C "$1" tests/unit/http_echo > /dev/null
tests/web/http_test.py "$1/tests/unit/http_echo"
