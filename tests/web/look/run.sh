#!/usr/bin/env bash
# The parts of the application's pages in a browser (look.mjs).
#
#     tests/web/look/run.sh
#
# The packages are those of tests/browser and tests/web/mustache, pinned by
# their lock files. Exit 77 where there is no Chromium.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
cd "$here/../../.."

TOP=$PWD
# shellcheck source=tests/node.sh
. tests/node.sh
chromium=$(command -v chromium || true)
[ -n "$chromium" ] || { echo "no chromium"; exit 77; }
fetch tests/browser build/browser
fetch tests/web/mustache build/mustache
NODE_MODULES=build/browser:build/mustache "$node" "$here/look.mjs" \
    build/src/web/assets "$chromium"
