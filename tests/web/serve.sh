#!/usr/bin/env bash
# `brukerplan serve` from outside: serve.py does it.
#
#     tests/web/serve.sh BRUKERPLAN [TEST...]
set -euo pipefail
cd "$(dirname "$0")/../.."
exe=$(realpath "$1")
shift
work=$(mktemp -d "${TMPDIR:-/tmp}/brukerplan-serve.XXXXXX")
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
python3 tests/web/serve.py "$exe" "$work" "$@"
