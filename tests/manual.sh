#!/usr/bin/env bash
# The manual reads without a warning, and the completion completes.
#
#     tests/manual.sh BRUKERPLAN
set -euo pipefail
exe=$(realpath "$1")
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
cd "$work"

for lang in en nb nn; do
    expect 0 "$exe" help --man --lang "$lang"
    cp "$out" brukerplan.1
    expect 0 mandoc -T lint -W warning brukerplan.1
    empty "$out"
    expect 0 env MANROFFSEQ='' MANWIDTH=80 LC_ALL=C.UTF-8 \
        man --warnings -E UTF-8 -l -Tutf8 -Z brukerplan.1
    empty "$err"
done

"$exe" help --bash > completion
bash -n completion
# shellcheck disable=SC1091
. ./completion
# complete_at WORD...: what the last word can become.
complete_at() {
    COMP_WORDS=(brukerplan "$@") COMP_CWORD=$#
    _brukerplan
    echo "${COMPREPLY[*]}" > "$out"
}
complete_at rou
is "$out" round
complete_at round s
is "$out" 'show set switch'
complete_at count store round --wh
is "$out" --where
complete_at instrument diff a --
has "$out" --lang
lacks "$out" --where
done_testing
