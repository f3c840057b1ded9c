#!/usr/bin/env bash
# Installs what is missing of the given groups of packages.txt.
#
#     tools/install.sh GROUP...
#
# Asks dpkg first: where nothing is missing, apt is never called and no
# network is needed.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for group in "$@"; do
    while read -r of package _; do
        [ "$of" = "$group" ] || continue
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" \
            2>/dev/null || true)
        [ "$status" = installed ] || missing+=("$package")
    done < packages.txt
done
[ "${#missing[@]}" -gt 0 ] || exit 0

# Somebody else's node may carry its own npm, which Debian's conflicts with.
if command -v npm >/dev/null; then
    for i in "${!missing[@]}"; do
        [ "${missing[i]}" = npm ] && unset "missing[i]"
    done
    [ "${#missing[@]}" -gt 0 ] || exit 0
fi

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
echo "installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -q >&2
"${as_root[@]}" apt-get install -q -y --no-install-recommends \
    "${missing[@]}" >&2
