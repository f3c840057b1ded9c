#!/usr/bin/env bash
# The description of the API against a validator of OpenAPI documents.
#
#     tests/web/openapi/run.sh BRUKERPLAN
#
# The package is pinned with its hash by the lock file beside this and put
# into build/openapi; no script of it is run. Where the machine has no Node
# 20 or newer, the one of tests/browser is used.
set -euo pipefail
exe=$(realpath "$1")
here=$(realpath "$(dirname "$0")")
top=$(realpath "$here/../../..")
work=$(mktemp -d)
server=

end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" || true
    rm -rf "$work"
}
trap end EXIT

TOP=$top
# shellcheck source=tests/node.sh
. "$top/tests/node.sh"
fetch "$here" "$top/build/openapi"

"$exe" init "$work/store" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
"$exe" serve "$work/store" --listen 127.0.0.1:0 \
    >"$work/out" 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    grep -q '^ready ' "$work/out" && break
    sleep 0.1
done
address=$(sed -n 's/^ready //p' "$work/out")
[ -n "$address" ] || { cat "$work/log"; exit 1; }
NODE_MODULES=$top/build/openapi "$node" "$here/check.mjs" \
    "$address/api/v1/openapi.json"
